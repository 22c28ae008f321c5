//! # date-differs-from-file-name
//!
//! ## What it checks
//! Whether the date in a head is of another day than the date in the file's name, where the generator reads both. A time that
//! could be that day somewhere on earth is not told.
//!
//! ## Why it matters
//! The head wins, and the file is not found where its name says. Most often the file was copied, or the post was moved to
//! another day and the name was not.
//!
//! ## Example
//! ```yaml
//! # _posts/2025-09-24-budget.md
//! date: 2025-10-01
//! ```
//!
//! ## Use instead
//! ```yaml
//! # _posts/2025-10-01-budget.md
//! date: 2025-10-01
//! ```
//!
//! ## Since
//! 0.1.0

use super::{Check, Rule};
use crate::{
    address,
    date::{self, Precision},
    document::Document,
    finding::{Finding, Place, Severity},
};

pub(super) const RULE: Rule = Rule {
    code: "date-differs-from-file-name",
    severity: Severity::Warning,
    page: include_str!("date_differs_from_file_name.rs"),
    preview: false,
    check: Check::Document(check),
};

/// Seconds by which the day may begin earlier or end later somewhere.
const ZONES: i64 = 14 * 3600;

fn check(document: &Document, findings: &mut Vec<Finding>) {
    // A date just anywhere in the path may be another thing's.
    if document.post().is_none() || document.profile.pages.date_anywhere {
        return;
    }
    let Some(day) = address::date_in_path(document) else { return };
    let Some(named) = date::read(&day).0.moment else { return };
    let Some(value) = document.profile.pointers_of("published").find_map(|pointer| document.value(&pointer)) else {
        return;
    };
    let Some(moment) = date::read(value.text).0.moment else { return };
    let same = (moment.year, moment.month, moment.day) == (named.year, named.month, named.day);
    let apart = moment.timestamp() - named.timestamp();
    let timed = moment.precision > Precision::Day;
    if same || moment.precision < Precision::Day || timed && (-ZONES..86_400 + ZONES).contains(&apart) {
        return;
    }
    let written = format!("{:04}-{:02}-{:02}", moment.year, moment.month, moment.day);
    let message = format!("the date is {written}, the file is named for {day}");
    let help = format!("{} goes by the date: rename the file, or write `{day}`", document.profile.called());
    findings.push(Finding::warning(RULE.code, message, Place::Value(value.pointer.to_string())).help(help));
}
