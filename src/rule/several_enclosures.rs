//! # several-enclosures
//!
//! ## What it checks
//! Whether an item of RSS has more than one `enclosure`.
//!
//! ## Why it matters
//! The specification speaks of one, and most readers take one: some the first, some the last.
//!
//! ## Example
//! ```xml
//! <enclosure url="https://harbour.example/1.mp3" length="1000" type="audio/mpeg"/>
//! <enclosure url="https://harbour.example/1.ogg" length="900" type="audio/ogg"/>
//! ```
//!
//! ## Use instead
//! ```xml
//! <enclosure url="https://harbour.example/1.mp3" length="1000" type="audio/mpeg"/>
//! ```
//!
//! ## Since
//! 0.1.0

use super::{Check, Rule};
use crate::{
    feed_view::{About, Dialect, Look, Part},
    finding::{Finding, Severity},
    syntax::xml::Ns,
};

pub(super) const RULE: Rule = Rule {
    code: "several-enclosures",
    severity: Severity::Warning,
    page: include_str!("several_enclosures.rs"),
    preview: false,
    check: Check::Feed(|| Box::<State>::default()),
};

/// Looks at each item.
#[derive(Default)]
struct State;

impl Look for State {
    fn item(&mut self, item: &Part<'_>, _: &About<'_>, out: &mut Vec<Finding>) {
        if item.dialect != Dialect::Rss {
            return;
        }
        let mut all = item.top().filter(|elem| elem.is(Ns::NONE, "enclosure"));
        if let (Some(first), Some(second)) = (all.next(), all.next()) {
            let finding = Finding::warning(RULE.code, "this item has more than one `enclosure`", second.at_name());
            let finding = finding.related(first.at_name(), "the first is here").w3c(&["DuplicateEnclosure"]);
            out.push(finding.help("keep one, and put others into `media:content` or `podcast:alternateEnclosure`"));
        }
    }
}
