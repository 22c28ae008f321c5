//! # misplaced-paging-link
//!
//! ## What it checks
//! Whether an entry has a link that pages or archives of feeds are tied together by: `first`, `last`, `next`,
//! `previous`, `current`, `prev-archive`, `next-archive`.
//!
//! ## Why it matters
//! RFC 5005 gives them a meaning in the head of a feed only. In an entry, readers that look for a feed's history pass
//! over them.
//!
//! ## Example
//! ```xml
//! <entry>
//!   <link rel="prev-archive" href="https://harbour.example/2024.atom"/>
//!   …
//! ```
//!
//! ## Use instead
//! ```xml
//! <feed xmlns="http://www.w3.org/2005/Atom">
//!   <link rel="prev-archive" href="https://harbour.example/2024.atom"/>
//!   …
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
    code: "misplaced-paging-link",
    severity: Severity::Warning,
    page: include_str!("misplaced_paging_link.rs"),
    preview: false,
    check: Check::Feed(|| Box::<State>::default()),
};

/// The relations of RFC 5005.
const PAGING: &[&str] = &["first", "last", "next", "previous", "prev", "current", "prev-archive", "next-archive"];

/// Looks at each entry.
#[derive(Default)]
struct State;

impl Look for State {
    fn item(&mut self, item: &Part<'_>, _: &About<'_>, out: &mut Vec<Finding>) {
        for link in item.links().filter(|link| PAGING.contains(&link.rel)) {
            let message = format!("a link to the `{}` page belongs to the feed, not to an entry", link.rel);
            let finding = Finding::warning(RULE.code, message, link.elem.at_attribute(Ns::NONE, "rel"));
            out.push(finding.help("put it into the head of the feed").w3c(&["FeedHistoryRelInEntry"]));
        }
    }
}
