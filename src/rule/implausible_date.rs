//! # implausible-date
//!
//! ## What it checks
//! Whether a date is from before there were feeds: before 1990.
//!
//! ## Why it matters
//! It is mostly a year of two digits, or a clock that begins at 1970.
//!
//! ## Example
//! ```xml
//! <updated>1970-01-01T00:00:00Z</updated>
//! ```
//!
//! ## Use instead
//! ```xml
//! <updated>2025-03-01T10:00:00Z</updated>
//! ```
//!
//! ## Since
//! 0.2.0

use super::{Check, Rule};
use crate::{
    feed_view::{About, Look, Part},
    finding::{Finding, Severity},
};

pub(super) const RULE: Rule = Rule {
    code: "implausible-date",
    severity: Severity::Hint,
    page: include_str!("implausible_date.rs"),
    preview: false,
    check: Check::Feed(|| Box::<State>::default()),
};

/// Looks at each date.
#[derive(Default)]
struct State;

impl Look for State {
    fn item(&mut self, item: &Part<'_>, _: &About<'_>, out: &mut Vec<Finding>) {
        for date in item.dates() {
            let Some(moment) = date.moment().filter(|moment| moment.year < 1990) else { continue };
            let message = format!("this date is in the year {}", moment.year);
            let finding = Finding::new(RULE.code, RULE.severity, message, date.elem.at_text());
            out.push(finding.help("see whether the year is right").w3c(&["ImplausibleDate"]));
        }
    }

    fn end(&mut self, head: &Part<'_>, about: &About<'_>, out: &mut Vec<Finding>) {
        self.item(head, about, out);
    }
}
