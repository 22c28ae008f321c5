//! # self-link-differs
//!
//! ## What it checks
//! Whether the address that a feed gives as its own is the one that `--feed-url` names. Without that option nothing is
//! compared.
//!
//! ## Why it matters
//! Readers follow the address in the feed: a wrong one sends them to a copy, or to nothing.
//!
//! ## Example
//! ```xml
//! <!-- checked with --feed-url https://harbour.example/feed.atom -->
//! <link rel="self" href="http://old.example/feed.atom"/>
//! ```
//!
//! ## Use instead
//! ```xml
//! <link rel="self" href="https://harbour.example/feed.atom"/>
//! ```
//!
//! ## Since
//! 0.1.0

use url::Url;

use super::{Check, Rule};
use crate::{
    feed_view::{About, Look, Part},
    finding::{Finding, Severity},
    reference::scheme,
    untrusted::shown,
};

pub(super) const RULE: Rule = Rule {
    code: "self-link-differs",
    severity: Severity::Warning,
    page: include_str!("self_link_differs.rs"),
    preview: false,
    check: Check::Feed(|| Box::<State>::default()),
};

/// Looks at the head.
#[derive(Default)]
struct State;

impl Look for State {
    fn end(&mut self, head: &Part<'_>, about: &About<'_>, out: &mut Vec<Finding>) {
        let Some(url) = about.feed_url else { return };
        let own: Vec<_> = head.links().filter(|link| link.rel == "self").collect();
        if own.iter().any(|link| same(link.href, url) || scheme(link.href).is_none()) {
            return;
        }
        let Some(link) = own.first() else { return };
        let message = "the feed says that it is somewhere else than where it was fetched from";
        let finding = Finding::warning(RULE.code, message, link.at()).w3c(&["SelfDoesntMatchLocation"]);
        out.push(finding.help(format!("write `{}`", shown(url))));
    }
}

/// Whether two addresses are the same but for their fragment and the letter case of scheme and host.
fn same(a: &str, b: &str) -> bool {
    let read = |text: &str| {
        let mut url = Url::parse(text).ok()?;
        url.set_fragment(None);
        Some(url)
    };
    a == b || matches!((read(a), read(b)), (Some(a), Some(b)) if a == b)
}
