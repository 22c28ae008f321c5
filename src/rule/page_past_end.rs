//! # page-past-end
//!
//! ## What it checks
//! Whether a feed that is its own first page has a page before it, or one that is its own last a page after it.
//!
//! ## Why it matters
//! Readers that follow the pages run in circles.
//!
//! ## Example
//! ```xml
//! <link rel="self" href="https://harbour.example/1.atom"/>
//! <link rel="first" href="https://harbour.example/1.atom"/>
//! <link rel="previous" href="https://harbour.example/0.atom"/>
//! ```
//!
//! ## Use instead
//! ```xml
//! <link rel="self" href="https://harbour.example/1.atom"/>
//! <link rel="first" href="https://harbour.example/1.atom"/>
//! ```
//!
//! ## Since
//! 0.1.0

use super::{Check, Rule};
use crate::{
    feed_view::{About, Look, Part},
    finding::{Finding, Severity},
    syntax::xml::Ns,
};

pub(super) const RULE: Rule = Rule {
    code: "page-past-end",
    severity: Severity::Error,
    page: include_str!("page_past_end.rs"),
    preview: false,
    check: Check::Feed(|| Box::<State>::default()),
};

/// Looks at the head.
#[derive(Default)]
struct State;

impl Look for State {
    fn end(&mut self, head: &Part<'_>, _: &About<'_>, out: &mut Vec<Finding>) {
        let href = |rel: &str| head.links().find(|link| link.rel == rel).map(|link| link.href);
        let Some(own) = href("self") else { return };
        for (end, beyond) in [("first", ["previous", "prev"]), ("last", ["next", "next"])] {
            if href(end) != Some(own) {
                continue;
            }
            if let Some(link) = head.links().find(|link| beyond.contains(&link.rel)) {
                let message = format!("this is the {end} page, and it has a `{}` one", link.rel);
                let finding = Finding::error(RULE.code, message, link.elem.at_attribute(Ns::NONE, "rel"));
                out.push(finding.help("take the link out").w3c(&["LinkPastEnd"]));
            }
        }
    }
}
