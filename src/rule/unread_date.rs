//! # unread-date
//!
//! ## What it checks
//! Whether each date of a post, a feed or its items can be read as one.
//!
//! ## Why it matters
//! Jekyll stops at a date that it cannot read, and guesses at others; Hugo stops or sorts the post to the year 1; feed readers show the item
//! as new for ever, or never.
//!
//! ## Example
//! ```yaml
//! date: the day before yesterday
//! ```
//!
//! ## Use instead
//! ```yaml
//! date: 2025-09-24T03:17:09+02:00
//! ```
//!
//! ## Since
//! 0.1.0

use super::{Check, Rule};
use crate::{
    document::Document,
    finding::{Finding, Place, Severity},
    syntax::{head::HeadFormat, tree::Kind},
};

pub(super) const RULE: Rule = Rule {
    code: "unread-date",
    severity: Severity::Error,
    page: include_str!("unread_date.rs"),
    preview: false,
    check: Check::Document(check),
};

fn check(document: &Document, findings: &mut Vec<Finding>) {
    numbers_in_json(document, findings);
    for (value, moment) in document.dates() {
        let words = &document.profile.habits.date_words;
        if words.iter().any(|word| word.eq_ignore_ascii_case(value.text)) {
            continue;
        }
        if moment.is_some() || document.is_faulted(&value.pointer) {
            continue;
        }
        let message = if value.text.trim().is_empty() { "the date is empty" } else { "this cannot be read as a date" };
        let read_somehow = document.profile.habits.lenient_dates && value.text.contains(|c: char| c.is_ascii_digit());
        let severity = if read_somehow { Severity::Warning } else { Severity::Error };
        let finding = Finding::new(RULE.code, severity, message, Place::Value(value.pointer.to_string()));
        findings.push(finding.help("write it as `2025-09-24` or `2025-09-24T03:17:09+02:00`"));
    }
}

/// A number may be seconds since 1970, but the numbers of JSON are fractions to the generators that read it in heads.
fn numbers_in_json(document: &Document, findings: &mut Vec<Finding>) {
    let Some(post) = document.post().filter(|post| post.head.format == HeadFormat::Json) else { return };
    for field in ["published", "updated"] {
        for pointer in document.profile.pointers_of(field) {
            let node = post.tree.resolve(&pointer).map(|(id, _)| post.tree.node(id));
            if node.is_some_and(|node| matches!(node.kind, Kind::Number(_))) && !document.is_faulted(&pointer) {
                let finding = Finding::error(RULE.code, "a number is no date in JSON", Place::Value(pointer));
                findings.push(finding.help("write it as `\"2025-09-24\"` or `\"2025-09-24T03:17:09+02:00\"`"));
            }
        }
    }
}
