//! # repeated-text
//!
//! ## What it checks
//! Whether two keys say the same: the title and the description, or the description and the summary. The latter is a hint.
//!
//! ## Why it matters
//! Lists and search results show title and description one above the other: the same words twice say nothing of the post.
//! It is what importers write when they have one text and two keys.
//!
//! ## Example
//! ```yaml
//! title: Snow on the ridge
//! description: Snow on the ridge
//! ```
//!
//! ## Use instead
//! ```yaml
//! title: Snow on the ridge
//! description: The first of the year, and the passes are closed.
//! ```
//!
//! ## Since
//! 0.1.0

use super::{Check, Rule};
use crate::{
    document::Document,
    finding::{Finding, Place, Severity},
};

pub(super) const RULE: Rule = Rule {
    code: "repeated-text",
    severity: Severity::Warning,
    page: include_str!("repeated_text.rs"),
    preview: false,
    check: Check::Document(check),
};

/// Keys that are compared, and how much it matters that they are equal.
const PAIRS: &[(&str, &str, Severity)] = &[
    ("title", "description", Severity::Warning),
    ("title", "summary", Severity::Warning),
    ("title", "excerpt", Severity::Warning),
    ("description", "summary", Severity::Hint),
    ("description", "excerpt", Severity::Hint),
];

/// Whether two texts have the same words.
fn is_same(a: &str, b: &str) -> bool {
    // Where they part within a word they differ; only else is it worth going by words.
    let is_inner = |byte: u8| byte.is_ascii() && byte > b' ';
    match a.bytes().zip(b.bytes()).find(|(a, b)| a != b) {
        Some((a, b)) if is_inner(a) && is_inner(b) => false,
        Some(_) => a.split_whitespace().eq(b.split_whitespace()),
        // One begins with the other.
        None => a[a.len().min(b.len())..].trim().is_empty() && b[a.len().min(b.len())..].trim().is_empty(),
    }
}

fn check(document: &Document, findings: &mut Vec<Finding>) {
    if document.post().is_none() {
        return;
    }
    let texts: Vec<_> = document.plain_texts().collect();
    let find = |key: &str| texts.iter().find(|value| value.pointer.key().eq_ignore_ascii_case(key));
    for (first, second, severity) in PAIRS {
        let (Some(a), Some(b)) = (find(first), find(second)) else { continue };
        let same = is_same(a.text, b.text);
        // Three keys with one text are told once each.
        if same
            && !a.text.trim().is_empty()
            && !findings.iter().any(|f| f.code == RULE.code && f.pointer == b.pointer.to_string())
        {
            let message = format!("`{second}` says the same as `{first}`");
            let finding = Finding::new(RULE.code, *severity, message, Place::Value(b.pointer.to_string()));
            findings.push(finding.related(Place::Value(a.pointer.to_string()), "the same here"));
        }
    }
}
