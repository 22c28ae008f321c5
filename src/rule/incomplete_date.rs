//! # incomplete-date
//!
//! ## What it checks
//! Whether a date in a post lacks its day: a year, a year and month, or a number in the place of a date.
//!
//! ## Why it matters
//! Pelican fills in what is missing from the day of the build, so that the post is another day's each time. Hugo takes a bare
//! number for seconds since 1970. Others take the first day, or stop.
//!
//! ## Example
//! ```yaml
//! date: 2025-09
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
    date::Precision,
    document::Document,
    finding::{Finding, Place, Severity},
    syntax::tree::Kind,
};

pub(super) const RULE: Rule = Rule {
    code: "incomplete-date",
    severity: Severity::Warning,
    page: include_str!("incomplete_date.rs"),
    preview: false,
    check: Check::Document(check),
};

fn check(document: &Document, findings: &mut Vec<Finding>) {
    let Some(tree) = document.post().map(|post| &post.tree) else { return };
    let filled = document.profile.habits.fills_dates;
    let label = if filled { "the rest is that of the day of the build" } else { "which day?" };
    let mut report = |pointer: String, message: &str| {
        let finding = Finding::warning(RULE.code, message, Place::Value(pointer)).label(label);
        findings.push(finding.help("write year, month and day: `2025-09-24`"));
    };
    for (value, moment) in document.dates() {
        if moment.is_some_and(|moment| moment.precision < Precision::Day) {
            report(value.pointer.to_string(), "this date has no day");
        }
    }
    // A year without quotes is a number.
    for pointer in ["published", "updated"].into_iter().flat_map(|field| document.profile.pointers_of(field)) {
        let Some((id, _)) = tree.resolve(&pointer) else { continue };
        let Kind::Number(number) = &tree.node(id).kind else { continue };
        if number.as_u64().is_some_and(|number| (1_000..10_000).contains(&number)) {
            report(pointer, "this date is a year alone");
        }
    }
}
