//! # paged-complete-feed
//!
//! ## What it checks
//! Whether a feed that says it is complete (`fh:complete`) links to other pages or archives.
//!
//! ## Why it matters
//! RFC 5005, section 2: a complete feed holds all entries, and must have no links to more of them. Readers delete what
//! is in no complete feed.
//!
//! ## Example
//! ```xml
//! <fh:complete/>
//! <link rel="next" href="https://harbour.example/2.atom"/>
//! ```
//!
//! ## Use instead
//! ```xml
//! <fh:complete/>
//! ```
//!
//! ## Since
//! 0.1.0

use super::{Check, Rule};
use crate::{
    feed_view::{About, Look, Part},
    finding::{Finding, Severity},
    namespace::FH,
    syntax::xml::Ns,
};

pub(super) const RULE: Rule = Rule {
    code: "paged-complete-feed",
    severity: Severity::Error,
    page: include_str!("paged_complete_feed.rs"),
    preview: false,
    check: Check::Feed(|| Box::<State>::default()),
};

/// Relations that lead to more entries.
const PAGING: &[&str] = &["first", "last", "next", "previous", "prev", "prev-archive", "next-archive"];

/// Looks at the head.
#[derive(Default)]
struct State;

impl Look for State {
    fn end(&mut self, head: &Part<'_>, _: &About<'_>, out: &mut Vec<Finding>) {
        let Some(complete) = head.child(FH, "complete") else { return };
        let own = head.links().find(|link| link.rel == "self").map(|link| link.href);
        for link in head.links() {
            let at = link.elem.at_attribute(Ns::NONE, "rel");
            let finding = if PAGING.contains(&link.rel) {
                let message = format!("a complete feed has no `{}` page", link.rel);
                Finding::error(RULE.code, message, at).w3c(&["FeedRelInCompleteFeed"])
            } else if link.rel == "current" && own.is_some_and(|own| own != link.href) {
                let message = "a complete feed is its own current one: `current` and `self` must be the same";
                Finding::error(RULE.code, message, link.at()).w3c(&["CurrentNotSelfInCompleteFeed"])
            } else {
                continue;
            };
            let finding = finding.related(complete.at_name(), "the feed says that it is complete");
            out.push(finding.help("take the link out, or `fh:complete`"));
        }
    }
}
