//! # loose-date
//!
//! ## What it checks
//! Whether a date could be read only by mending it: a year of two digits, a day of the week that is not that day's, a
//! zone by a name of its own, the name of a month in another language, hour 24.
//!
//! ## Why it matters
//! Each reader mends such dates in its own way, or not at all: the item is sorted hours or years off, or counts as new.
//!
//! ## Example
//! ```xml
//! <pubDate>Mittwoch, 24. September 2025 03:17 CEST</pubDate>
//! ```
//!
//! ## Use instead
//! ```xml
//! <pubDate>Wed, 24 Sep 2025 03:17:00 +0200</pubDate>
//! ```
//!
//! ## Since
//! 0.1.0

use super::{Check, Rule};
use crate::finding::Severity;

pub(super) const RULE: Rule = Rule {
    code: "loose-date",
    severity: Severity::Warning,
    page: include_str!("loose_date.rs"),
    preview: false,
    check: Check::Elsewhere,
};
