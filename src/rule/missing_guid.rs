//! # missing-guid
//!
//! ## What it checks
//! Whether an item of RSS 2.0 has a `guid`.
//!
//! ## Why it matters
//! Readers tell by it which items they have seen: without it an edited title makes an item new again. The RSS Best
//! Practices Profile says that publishers should give one.
//!
//! ## Example
//! ```xml
//! <item>
//!   <title>Low tide</title>
//! </item>
//! ```
//!
//! ## Use instead
//! ```xml
//! <item>
//!   <title>Low tide</title>
//!   <guid isPermaLink="false">tag:harbour.example,2025:1</guid>
//! </item>
//! ```
//!
//! ## Since
//! 0.1.0

use super::{Check, MOST, Rule};
use crate::{
    feed_view::{About, Dialect, Look, Part},
    finding::{Finding, Place, Severity},
};

pub(super) const RULE: Rule = Rule {
    code: "missing-guid",
    severity: Severity::Warning,
    page: include_str!("missing_guid.rs"),
    preview: false,
    check: Check::Feed(|| Box::<State>::default()),
};

/// Where the items stand that have none: the version of RSS decides whether that matters.
#[derive(Default)]
struct State {
    without: Vec<Place>,
}

impl Look for State {
    fn item(&mut self, item: &Part<'_>, _: &About<'_>, _: &mut Vec<Finding>) {
        if item.dialect == Dialect::Rss && item.id().is_none() && self.without.len() < MOST {
            self.without.extend(item.frame().map(|frame| frame.at_missing()));
        }
    }

    fn end(&mut self, head: &Part<'_>, _: &About<'_>, out: &mut Vec<Finding>) {
        // `guid` came with RSS 0.94.
        let version = head.root().and_then(|root| root.get("version")).unwrap_or("2.0").trim();
        if matches!(version, "0.90" | "0.91" | "0.92" | "0.93") {
            return;
        }
        out.extend(self.without.drain(..).map(|place| {
            Finding::warning(RULE.code, "this item has no `guid`", place)
                .help("add one that never changes, such as its address")
                .w3c(&["MissingGuid"])
        }));
    }
}
