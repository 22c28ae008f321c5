//! # implausible-date
//!
//! ## What it checks
//! Whether a date is one that nobody meant: the zero of a program (`0001-01-01`, `1970-01-01`, `1900-01-01` and their
//! like), a year before 1000, more than ten years ahead, or a date of change before the one of publication. In a feed, whether
//! it lies before there were feeds.
//!
//! ## Why it matters
//! Such dates come of exports and templates that had none. The post is sorted to the end, and feeds drop it.
//!
//! ## Example
//! ```yaml
//! date: 1970-01-01T00:00:00Z
//! ```
//!
//! ## Use instead
//! ```yaml
//! date: 2025-09-24
//! ```
//!
//! ## Since
//! 0.1.0

use super::{Check, Rule};
use crate::{
    date::Moment,
    document::Document,
    finding::{Finding, Place, Severity},
};

pub(super) const RULE: Rule = Rule {
    code: "implausible-date",
    severity: Severity::Warning,
    page: include_str!("implausible_date.rs"),
    preview: false,
    check: Check::Document(check),
};

/// Days from which programs count.
const ZEROES: &[(i16, u8, u8)] =
    &[(1, 1, 1), (1601, 1, 1), (1899, 12, 30), (1899, 12, 31), (1900, 1, 1), (1904, 1, 1), (1970, 1, 1)];
/// Seconds of ten years.
const TEN_YEARS: i64 = 3_652 * 86_400;

fn check(document: &Document, findings: &mut Vec<Finding>) {
    let mut published: Option<Moment> = None;
    for (value, moment) in document.dates() {
        let Some(moment) = moment.filter(|_| !document.is_faulted(&value.pointer)) else {
            continue;
        };
        let far = document.surroundings.today.is_some_and(|today| moment.timestamp() > today + TEN_YEARS);
        let words = if ZEROES.contains(&(moment.year, moment.month, moment.day)) {
            "this date is a program's zero, not a day"
        } else if moment.year < 1000 {
            "this date is before the year 1000"
        } else if far {
            "this date is more than ten years ahead"
        } else {
            let key = value.pointer.key().to_ascii_lowercase();
            if matches!(key.as_str(), "date" | "date_published" | "published" | "pubdate") {
                published = Some(moment);
                continue;
            }
            let changed =
                matches!(key.as_str(), "lastmod" | "updated" | "modified" | "date_modified" | "last_modified_at");
            // Days are compared: a time of day is often the import's.
            match published.filter(|published| changed && moment.timestamp() + 86_400 < published.timestamp()) {
                Some(_) => "this post was changed before it was published",
                None => continue,
            }
        };
        findings.push(Finding::warning(RULE.code, words, Place::Value(value.pointer.to_string())));
    }
}
