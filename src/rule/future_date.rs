//! # future-date
//!
//! ## What it checks
//! Whether something is dated after today: the day of the run, or that of `--today`.
//!
//! ## Why it matters
//! Readers put it before everything newer until that day, or hide it.
//!
//! ## Example
//! ```xml
//! <pubDate>Wed, 24 Sep 2053 03:17:09 +0000</pubDate>
//! ```
//!
//! ## Use instead
//! ```xml
//! <pubDate>Wed, 24 Sep 2025 03:17:09 +0000</pubDate>
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
    code: "future-date",
    severity: Severity::Warning,
    page: include_str!("future_date.rs"),
    preview: false,
    check: Check::Feed(|| Box::<State>::default()),
};

/// Looks at each date.
#[derive(Default)]
struct State;

impl Look for State {
    fn item(&mut self, item: &Part<'_>, about: &About<'_>, out: &mut Vec<Finding>) {
        let Some(today) = about.today else { return };
        for date in item.dates() {
            if date.moment().is_some_and(|moment| moment.timestamp() > today) {
                let message = "this date is in the future";
                let finding = Finding::warning(RULE.code, message, date.elem.at_text()).w3c(&["ImplausibleDate"]);
                out.push(finding.help("see whether the year is right, and the clock of the generator"));
            }
        }
    }

    fn end(&mut self, head: &Part<'_>, about: &About<'_>, out: &mut Vec<Finding>) {
        self.item(head, about, out);
    }
}
