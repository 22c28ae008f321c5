//! # awkward-slug
//!
//! ## What it checks
//! Whether a slug holds what an address should not: blanks, capitals, slashes, `?`, `#`, `%`, quotes, or hyphens at its
//! ends or two together. Letters of every script are fine.
//!
//! ## Why it matters
//! Servers differ on capitals, browsers escape blanks, `?` and `#` end the path: sooner or later such an address is not
//! found.
//!
//! ## Example
//! ```yaml
//! slug: "A New Budget?"
//! ```
//!
//! ## Use instead
//! ```yaml
//! slug: a-new-budget
//! ```
//! `--unsafe-fixes` writes it so; the old address is lost, unless it becomes an alias.
//!
//! ## Since
//! 0.1.0

use super::{Check, Rule};
use crate::{
    document::Document,
    finding::{Edit, Finding, Place, Severity},
    slug,
    syntax::tree::Style,
};

pub(super) const RULE: Rule = Rule {
    code: "awkward-slug",
    severity: Severity::Warning,
    page: include_str!("awkward_slug.rs"),
    preview: false,
    check: Check::Document(check),
};

fn check(document: &Document, findings: &mut Vec<Finding>) {
    let key = document.profile.key_of("/slug").unwrap_or("slug");
    if document.post().is_none() {
        return;
    }
    let Some(value) = document.text(key) else { return };
    let text = value.text;
    if text.is_empty() || slug::is_slug(text) || document.is_faulted(&value.pointer) {
        return;
    }
    let pointer = value.pointer.to_string();
    let what = match text.chars().find(|c| !c.is_alphanumeric() && !matches!(c, '-' | '_' | '.')) {
        Some(c) if c.is_whitespace() => "has a blank in it".to_owned(),
        Some(c) => format!("has `{c}` in it"),
        None if text.chars().any(char::is_uppercase) => "has capitals".to_owned(),
        None => "has hyphens or dots at its ends, or two together".to_owned(),
    };
    let finding = Finding::warning(RULE.code, format!("the slug `{text}` {what}"), Place::Value(pointer.clone()));
    let better = slug::slugify(text);
    if better.is_empty() {
        findings.push(finding);
        return;
    }
    let finding = finding.help(format!("write `{better}` (`--unsafe-fixes` does)"));
    let inset = usize::from(matches!(value.style, Style::Single | Style::Double));
    // Without quotes a number would be one.
    let is_plain = value.style != Style::Plain || better.bytes().any(|b| b.is_ascii_alphabetic());
    let range = value.range.start + inset..value.range.end.saturating_sub(inset);
    findings.push(match value.style {
        Style::Plain | Style::Single | Style::Double if is_plain => {
            finding.fix(false, vec![Edit { range, text: better }], vec![pointer])
        }
        _ => finding,
    });
}
