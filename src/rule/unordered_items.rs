//! # unordered-items
//!
//! ## What it checks
//! Whether the items of a feed are neither newest first nor oldest first.
//!
//! ## Why it matters
//! Readers that show items as they come, or keep only the first of a long feed, miss new ones. Formats do not ask for
//! an order; people do.
//!
//! ## Example
//! ```xml
//! <updated>2025-03-01T10:00:00Z</updated> … <updated>2025-03-03T10:00:00Z</updated> … <updated>2025-03-02T10:00:00Z</updated>
//! ```
//!
//! ## Use instead
//! ```xml
//! <updated>2025-03-03T10:00:00Z</updated> … <updated>2025-03-02T10:00:00Z</updated> … <updated>2025-03-01T10:00:00Z</updated>
//! ```
//!
//! ## Since
//! 0.1.0

use super::{Check, Rule};
use crate::{
    feed_view::{About, Look, Part},
    finding::{Finding, Place, Severity},
};

pub(super) const RULE: Rule = Rule {
    code: "unordered-items",
    severity: Severity::Hint,
    page: include_str!("unordered_items.rs"),
    preview: false,
    check: Check::Feed(|| Box::<State>::default()),
};

/// The last date, the order so far, and the first date that breaks it.
#[derive(Default)]
struct State {
    last: Option<i64>,
    falling: Option<bool>,
    broken: Option<Place>,
}

impl Look for State {
    fn item(&mut self, item: &Part<'_>, _: &About<'_>, _: &mut Vec<Finding>) {
        // Where both are given, feeds are ordered by when items were published.
        let date = item.dates().find(|date| date.published).or_else(|| item.dates().next());
        let Some((date, time)) = date.and_then(|date| Some((date, date.moment()?.timestamp()))) else { return };
        if let Some(last) = self.last.filter(|last| *last != time) {
            let falling = time < last;
            match self.falling {
                None => self.falling = Some(falling),
                Some(known) if known != falling && self.broken.is_none() => self.broken = Some(date.elem.at_text()),
                Some(_) => {}
            }
        }
        self.last = Some(time);
    }

    fn end(&mut self, _: &Part<'_>, _: &About<'_>, out: &mut Vec<Finding>) {
        if let Some(place) = self.broken.take() {
            let message = "the items are in no order of time: this one breaks it";
            out.push(Finding::new(RULE.code, RULE.severity, message, place).help("put the newest first"));
        }
    }
}
