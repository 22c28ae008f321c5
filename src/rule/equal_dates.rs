//! # equal-dates
//!
//! ## What it checks
//! Whether two entries of a feed were last changed in the same second; whether all items of one were published in the
//! same second.
//!
//! ## Why it matters
//! Readers order entries by it, and two of the same time have no order. It is a sign of a generator that writes the
//! time of its run.
//!
//! ## Example
//! ```xml
//! <updated>2025-03-01T10:00:00Z</updated>
//! …
//! <updated>2025-03-01T10:00:00Z</updated>
//! ```
//!
//! ## Use instead
//! ```xml
//! <updated>2025-03-01T10:00:00Z</updated>
//! …
//! <updated>2025-03-01T09:30:00Z</updated>
//! ```
//!
//! ## Since
//! 0.1.0

use std::collections::{HashMap, hash_map::Entry};

use super::{Check, Rule};
use crate::{
    date::Precision,
    feed_view::{About, Look, Part},
    finding::{Finding, Place, Severity},
};

pub(super) const RULE: Rule = Rule {
    code: "equal-dates",
    severity: Severity::Hint,
    page: include_str!("equal_dates.rs"),
    preview: false,
    check: Check::Feed(|| Box::<State>::default()),
};

/// The times met, and where.
#[derive(Default)]
struct State {
    known: HashMap<i64, Place>,
    told: bool,
    /// When all items so far were published, where the first and the second say it, and how many there are.
    all: Option<(i64, Place, Place, usize)>,
    /// Whether they were not.
    apart: bool,
}

/// As many items are published together now and then.
const FEW: usize = 3;

impl State {
    fn published(&mut self, item: &Part<'_>) {
        if self.apart {
            return;
        }
        let date = item.dates().find(|date| date.published);
        let moment = date.and_then(|date| date.moment()).filter(|moment| moment.precision >= Precision::Second);
        match (date, moment, &mut self.all) {
            (Some(date), Some(moment), slot @ None) => {
                *slot = Some((moment.timestamp(), date.elem.at_text(), date.elem.at_text(), 1));
            }
            (Some(date), Some(moment), Some((known, _, second, count))) if *known == moment.timestamp() => {
                *count += 1;
                if *count == 2 {
                    *second = date.elem.at_text();
                }
            }
            _ => self.apart = true,
        }
    }
}

impl Look for State {
    fn item(&mut self, item: &Part<'_>, _: &About<'_>, out: &mut Vec<Finding>) {
        self.published(item);
        if self.told {
            return;
        }
        let Some(date) = item.dates().find(|date| !date.published) else { return };
        let Some(moment) = date.moment().filter(|moment| moment.precision >= Precision::Second) else { return };
        match self.known.entry(moment.timestamp()) {
            Entry::Vacant(slot) => drop(slot.insert(date.elem.at_text())),
            Entry::Occupied(first) => {
                self.told = true;
                let message = "two items were last changed in the same second";
                out.push(
                    Finding::new(RULE.code, RULE.severity, message, date.elem.at_text())
                        .related(first.get().clone(), "the first is here")
                        .help("write when each was changed, not when the feed was made")
                        .w3c(&["DuplicateUpdated"]),
                );
            }
        }
    }

    fn end(&mut self, _: &Part<'_>, _: &About<'_>, out: &mut Vec<Finding>) {
        if self.told || self.apart {
            return;
        }
        if let Some((_, first, second, count)) = self.all.take().filter(|(.., count)| *count > FEW) {
            let message = format!("all {count} items were published in the same second");
            let finding = Finding::new(RULE.code, RULE.severity, message, second).related(first, "the first is here");
            out.push(finding.help("write when each was published, not when the feed was made"));
        }
    }
}
