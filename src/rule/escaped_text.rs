//! # escaped-text
//!
//! ## What it checks
//! Whether a key whose text is plain (`title`, `description`, `summary`) holds HTML character references, such as
//! `&nbsp;` or `&amp;`.
//!
//! ## Why it matters
//! Generators escape plain text when they write a page: readers and search results then show `&nbsp;` itself. It is
//! what an import leaves behind that cut the tags out of HTML and forgot the rest.
//!
//! ## Example
//! ```yaml
//! description: "Peace talks in Paris&nbsp;&nbsp;ABC News"
//! ```
//!
//! ## Use instead
//! ```yaml
//! description: "Peace talks in Paris  ABC News"
//! ```
//! `--fix` decodes them; `--unsafe-fixes` also those that give `<`, `>` or `&`, which may be meant.
//!
//! ## Since
//! 0.1.0

use super::{Check, Rule};
use crate::{
    document::{Document, Value},
    finding::{Edit, Finding, Place, Severity},
    syntax::{
        html,
        tree::{Kind, Style},
    },
};

pub(super) const RULE: Rule = Rule {
    code: "escaped-text",
    severity: Severity::Warning,
    page: include_str!("escaped_text.rs"),
    preview: false,
    check: Check::Document(check),
};

fn check(document: &Document, findings: &mut Vec<Finding>) {
    for value in document.plain_texts() {
        // Text with tags is HTML, where references are in place.
        if memchr::memchr(b'&', value.text.as_bytes()).is_none() || has_tag(value.text) {
            continue;
        }
        let references = references(&document.text[value.range.clone()], value.range.start);
        let Some(first) = references.first() else { continue };
        let name = &document.text[first.range.clone()];
        let more = match references.len() {
            1 => String::new(),
            n => format!(", and {} more", n - 1),
        };
        let key = value.pointer.key();
        let message = format!("`{key}` is plain text, and holds `{name}`{more}");
        let safe = references.iter().all(|reference| !reference.text.contains(['<', '>', '&']));
        let finding = Finding::warning(RULE.code, message, Place::Bytes(first.range.clone()))
            .label("readers see this as it stands")
            .pointer(value.pointer.to_string());
        findings.push(match edits(document, &value, &references) {
            Some(edits) if !edits.is_empty() => {
                let option = if safe { "--fix" } else { "--unsafe-fixes" };
                finding.help(format!("write the character itself (`{option}` does)")).fix(
                    safe,
                    edits,
                    vec![value.pointer.to_string()],
                )
            }
            _ => finding.help("write the character itself"),
        });
    }
}

/// A character reference in the source, and what it stands for.
struct Reference {
    range: std::ops::Range<usize>,
    text: String,
}

fn references(source: &str, start: usize) -> Vec<Reference> {
    let mut found = Vec::new();
    for (at, _) in source.match_indices('&') {
        let rest = &source[at..];
        let Some(end) = rest.bytes().take(40).position(|b| b == b';') else { continue };
        let name = &rest[..=end];
        if !name[1..end].bytes().all(|b| b.is_ascii_alphanumeric() || b == b'#') {
            continue;
        }
        let text = html::unescape(name);
        if text != name {
            found.push(Reference { range: start + at..start + at + name.len(), text: text.into_owned() });
        }
    }
    found
}

fn has_tag(text: &str) -> bool {
    text.match_indices('<').any(|(at, _)| {
        let rest = text[at + 1..].trim_start_matches('/');
        rest.starts_with(|c: char| c.is_ascii_alphabetic()) && rest.contains('>')
    })
}

/// The references written out, as the quotes around them allow; `None` where one has no place there.
fn edits(document: &Document, value: &Value<'_>, references: &[Reference]) -> Option<Vec<Edit>> {
    let quote = document.text.as_bytes().get(value.range.start);
    let style = match (value.style, quote) {
        // A literal string of TOML has no escapes.
        (Style::Single, _) if is_toml(document) => None,
        (Style::Single, _) => Some('\''),
        (Style::Double, _) => Some('"'),
        (Style::Plain, Some(b'"')) => Some('"'),
        (Style::Plain | Style::Block | Style::Flow, _) => None,
    };
    let edit = |reference: &Reference| {
        let written = match style {
            Some('\'') => reference.text.replace('\'', "''"),
            Some(_) => reference.text.replace('\\', "\\\\").replace('"', "\\\""),
            None if reference.text.chars().all(|c| c.is_alphanumeric() || !c.is_ascii()) => reference.text.clone(),
            None => return None,
        };
        let control = reference.text.chars().any(char::is_control);
        (!control).then(|| Edit { range: reference.range.clone(), text: written })
    };
    references.iter().map(edit).collect()
}

fn is_toml(document: &Document) -> bool {
    use crate::syntax::head::HeadFormat;
    document.post().is_some_and(|post| post.head.format == HeadFormat::Toml)
        && document.tree().is_some_and(|tree| matches!(tree.node(0).kind, Kind::Map(_)))
}
