//! # looping-page-link
//!
//! ## What it checks
//! Whether a feed's link to its next or previous page or archive (`next`, `previous`, `prev-archive`, `next-archive`;
//! `next_url` of JSON Feed) leads to the feed itself.
//!
//! ## Why it matters
//! Readers that follow the pages never come to an end. JSON Feed says that `next_url` must not be the same as
//! `feed_url`. `first`, `last` and `current` may lead to the feed itself.
//!
//! ## Example
//! ```json
//! {"feed_url": "https://harbour.example/feed.json", "next_url": "https://harbour.example/feed.json"}
//! ```
//!
//! ## Use instead
//! ```json
//! {"feed_url": "https://harbour.example/feed.json", "next_url": "https://harbour.example/feed-2.json"}
//! ```
//!
//! ## Since
//! 0.1.0

use super::{Check, Rule};
use crate::{
    feed_view::{About, Look, Part},
    finding::{Finding, Severity},
};

pub(super) const RULE: Rule = Rule {
    code: "looping-page-link",
    severity: Severity::Error,
    page: include_str!("looping_page_link.rs"),
    preview: false,
    check: Check::Feed(|| Box::<State>::default()),
};

/// Relations that lead to another document.
const AWAY: &[&str] = &["next", "previous", "prev", "prev-archive", "next-archive"];

/// Looks at the head.
#[derive(Default)]
struct State;

impl Look for State {
    fn end(&mut self, head: &Part<'_>, _: &About<'_>, out: &mut Vec<Finding>) {
        let Some(own) = head.links().find(|link| link.rel == "self" && !link.href.is_empty()) else { return };
        for link in head.links().filter(|link| AWAY.contains(&link.rel) && link.href == own.href) {
            let message = format!("the `{}` page of this feed is the feed itself", link.rel);
            let finding = Finding::error(RULE.code, message, link.at()).related(own.at(), "its own address");
            out.push(finding.help("write the address of the other page, or take the link out where there is none"));
        }
    }
}
