//! # quoted-date
//!
//! ## What it checks
//! Whether a date stands in quotes where the generator wants one that YAML knows as a date.
//!
//! ## Why it matters
//! Material for MkDocs stops the build: "Expected type: date or datetime but received: str". In quotes a date is text like
//! any other.
//!
//! ## Example
//! ```yaml
//! date: '2025-09-24'
//! ```
//!
//! ## Use instead
//! ```yaml
//! date: 2025-09-24
//! ```
//! `--fix` removes the quotes.
//!
//! ## Since
//! 0.1.0

use super::{Check, Rule};
use crate::{
    document::Document,
    finding::{Edit, Finding, Place, Severity},
    syntax::{
        head::HeadFormat,
        tree::Style,
        yaml::scalar::{Taken, taken_for},
    },
};

pub(super) const RULE: Rule = Rule {
    code: "quoted-date",
    severity: Severity::Error,
    page: include_str!("quoted_date.rs"),
    preview: false,
    check: Check::Document(check),
};

fn check(document: &Document, findings: &mut Vec<Finding>) {
    let is_yaml = document.post().is_some_and(|post| post.head.format == HeadFormat::Yaml);
    if !is_yaml || !document.profile.habits.unquoted_dates {
        return;
    }
    for field in ["published", "updated"] {
        for value in document.profile.pointers_of(field).filter_map(|pointer| document.value(&pointer)) {
            if !matches!(value.style, Style::Single | Style::Double) {
                continue;
            }
            let message = format!("{} wants this date without quotes", document.profile.called());
            let mut finding = Finding::error(RULE.code, message, Place::Value(value.pointer.to_string()));
            finding = finding.label("text, not a date");
            // Only what is a date without them too, and stands there as it is read.
            let inside = value.range.start + 1..value.range.end - 1;
            let plain = document.text.get(inside.clone()) == Some(value.text);
            if plain && matches!(taken_for(value.text), Some(Taken::Date)) {
                let edits = [value.range.start..inside.start, inside.end..value.range.end];
                let edits = edits.map(|range| Edit { range, text: String::new() }).to_vec();
                finding = finding.help(format!("write `{}` (`--fix` does)", value.text)).fix(true, edits, Vec::new());
            } else {
                finding = finding.help("write it as `2025-09-24` or `2025-09-24T03:17:09+02:00`, without quotes");
            }
            findings.push(finding);
        }
    }
}
