//! # inverted-range
//!
//! ## What it checks
//! Whether two keys that bound a range are the wrong way round: `toc_min_heading_level` above `toc_max_heading_level` in
//! Docusaurus, `expiryDate` before `publishDate` or `date` in Hugo.
//!
//! ## Why it matters
//! Docusaurus stops the build. Hugo never shows the post.
//!
//! ## Example
//! ```yaml
//! toc_min_heading_level: 4
//! toc_max_heading_level: 3
//! ```
//!
//! ## Use instead
//! ```yaml
//! toc_min_heading_level: 3
//! toc_max_heading_level: 4
//! ```
//!
//! ## Since
//! 0.1.0

use super::{Check, Rule};
use crate::{
    date,
    document::Document,
    finding::{Finding, Place, Severity},
    syntax::tree::{Kind, pointer_step},
};

pub(super) const RULE: Rule = Rule {
    code: "inverted-range",
    severity: Severity::Warning,
    page: include_str!("inverted_range.rs"),
    preview: false,
    check: Check::Document(check),
};

fn check(document: &Document, findings: &mut Vec<Finding>) {
    let Some(tree) = document.post().map(|post| &post.tree) else { return };
    for (low, high) in &document.profile.habits.ordered {
        let (Some(first), Some(second)) = (document.top(low), document.top(high)) else { continue };
        let severity = match (&tree.node(first.value).kind, &tree.node(second.value).kind) {
            (Kind::Number(low), Kind::Number(high)) if low.as_f64() > high.as_f64() => Severity::Error,
            (Kind::String(low), Kind::String(high)) if is_later(low, high) => Severity::Warning,
            _ => continue,
        };
        let pointer = |key: &str| Place::Value(format!("/{}", pointer_step(key)));
        let words = if severity == Severity::Error { "more than" } else { "later than" };
        let message = format!("`{low}` is {words} `{high}`");
        let finding = Finding::new(RULE.code, severity, message, pointer(&first.key));
        findings.push(finding.related(pointer(&second.key), "the other end").help("change one of the two"));
    }
}

/// Whether the first date is after the second. Days without a time say so only when they are apart.
fn is_later(first: &str, second: &str) -> bool {
    let moment = |text: &str| date::read(text).0.moment;
    match (moment(first), moment(second)) {
        (Some(first), Some(second)) if first.precision.min(second.precision) <= date::Precision::Day => {
            let day = |moment: &date::Moment| (moment.year, moment.month, moment.day);
            day(&first) > day(&second)
        }
        (Some(first), Some(second)) => first.timestamp() > second.timestamp(),
        _ => false,
    }
}
