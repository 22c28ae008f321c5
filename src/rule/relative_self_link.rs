//! # relative-self-link
//!
//! ## What it checks
//! Whether the address that a feed gives as its own is relative, with no `xml:base` that it could be relative to.
//!
//! ## Why it matters
//! It is relative to the address that the feed came from, which is the very thing it should tell.
//!
//! ## Example
//! ```xml
//! <link rel="self" href="/feed.atom"/>
//! ```
//!
//! ## Use instead
//! ```xml
//! <link rel="self" href="https://harbour.example/feed.atom"/>
//! ```
//!
//! ## Since
//! 0.1.0

use super::{Check, Rule};
use crate::{
    feed_view::{About, Look, Part},
    finding::{Finding, Severity},
    reference::scheme,
};

pub(super) const RULE: Rule = Rule {
    code: "relative-self-link",
    severity: Severity::Warning,
    page: include_str!("relative_self_link.rs"),
    preview: false,
    check: Check::Feed(|| Box::<State>::default()),
};

/// Looks at the head.
#[derive(Default)]
struct State;

impl Look for State {
    fn end(&mut self, head: &Part<'_>, _: &About<'_>, out: &mut Vec<Finding>) {
        for link in head.links().filter(|link| link.rel == "self" && !link.elem.is_based()) {
            if scheme(link.href).is_none() {
                let message = "the feed's own address is relative, to nothing";
                let finding = Finding::warning(RULE.code, message, link.at()).w3c(&["RelativeSelf"]);
                out.push(finding.help("write it with `https://` and the host"));
            }
        }
    }
}
