//! # ambiguous-value
//!
//! ## What it checks
//! Whether a value without quotes in a YAML head means one thing to readers of YAML 1.2 and another to those of
//! YAML 1.1: `no`, `on`, `012`, `1_000`, `10:30`, and in a title, slug or tag a date.
//!
//! ## Why it matters
//! Jekyll, PyYAML and what is built on them read YAML 1.1. There a tag `no` for Norway is `false`, a length `10:30` is
//! 630, and a title `2025-09-24` is a date.
//!
//! ## Example
//! ```yaml
//! tags:
//! - no
//! ```
//!
//! ## Use instead
//! ```yaml
//! tags:
//! - 'no'
//! ```
//! `--fix` adds the quotes.
//!
//! ## Since
//! 0.1.0

use super::{Check, Rule};
use crate::{
    document::Document,
    finding::{Edit, Finding, Place, Severity},
    syntax::{
        head::HeadFormat,
        tree::{Entry, Kind, NodeId, Style, Tree, pointer_step},
    },
};

pub(super) const RULE: Rule = Rule {
    code: "ambiguous-value",
    severity: Severity::Warning,
    page: include_str!("ambiguous_value.rs"),
    preview: false,
    check: Check::Document(check),
};

/// Keys whose values are text, so that a date there is a slip.
const TEXT_KEYS: &[&str] = &["title", "slug", "tags", "tag", "categories", "category", "description", "summary"];

fn check(document: &Document, findings: &mut Vec<Finding>) {
    let Some(post) = document.post().filter(|post| post.head.format == HeadFormat::Yaml) else { return };
    let mut stack: Vec<(NodeId, String)> = Vec::new();
    // Few heads hold one, and only in those are the ways to the values written out.
    for entry in post.tree.entries() {
        if holds_one(document, &post.tree, entry) {
            stack.push((entry.value, format!("/{}", pointer_step(&entry.key))));
        }
    }
    while let Some((id, pointer)) = stack.pop() {
        let node = post.tree.node(id);
        match &node.kind {
            Kind::List(items) => {
                stack.extend(items.iter().enumerate().map(|(i, &item)| (item, format!("{pointer}/{i}"))));
            }
            Kind::Map(entries) => {
                let at = |key: &str| format!("{pointer}/{}", pointer_step(key));
                stack.extend(entries.iter().map(|entry| (entry.value, at(&entry.key))));
            }
            Kind::String(_) | Kind::Number(_) if node.style == Style::Plain => {
                let Some(written) = document.text.get(node.range.clone()) else { continue };
                let top = pointer.split('/').nth(1).unwrap_or_default();
                let Some((kept, old)) = old_meaning(written, TEXT_KEYS.contains(&top)) else { continue };
                let habits = &document.profile.habits;
                let keeps = habits.old_yaml.as_ref().is_none_or(|keeps| keeps.iter().any(|word| word == kept));
                if !keeps || document.is_faulted(&pointer) {
                    continue;
                }
                let reads = match (&habits.old_yaml, document.profile.generator.as_str()) {
                    (Some(_), generator) if !generator.is_empty() => format!("{generator} reads {old}"),
                    _ => format!("Jekyll and PyYAML read {old}"),
                };
                let is_text = matches!(node.kind, Kind::String(_));
                let new = if is_text { "text" } else { "a decimal number" };
                let help = format!("write `'{written}'` (`{}` does)", if is_text { "--fix" } else { "--unsafe-fixes" });
                let edits = vec![
                    Edit { range: node.range.start..node.range.start, text: "'".to_owned() },
                    Edit { range: node.range.end..node.range.end, text: "'".to_owned() },
                ];
                // Text stays the text it was; a number becomes text.
                let meant = if is_text { Vec::new() } else { vec![pointer.clone()] };
                findings.push(
                    Finding::warning(
                        RULE.code,
                        format!("`{written}` is {new} in YAML 1.2 but {old} in YAML 1.1"),
                        Place::Value(pointer),
                    )
                    .label(reads)
                    .help(help)
                    .fix(is_text, edits, meant),
                );
            }
            _ => {}
        }
    }
}

/// Whether a value, or one within it, may be one that is looked for.
fn holds_one(document: &Document, tree: &Tree, entry: &Entry) -> bool {
    let is_text_key = TEXT_KEYS.contains(&entry.key.as_str());
    let mut stack = Vec::new();
    let mut next = Some(entry.value);
    while let Some(id) = next {
        let node = tree.node(id);
        match &node.kind {
            Kind::List(items) => stack.extend(items),
            Kind::Map(entries) => stack.extend(entries.iter().map(|entry| entry.value)),
            Kind::String(_) | Kind::Number(_) if node.style == Style::Plain => {
                let written = document.text.get(node.range.clone());
                if written.is_some_and(|written| old_meaning(written, is_text_key).is_some()) {
                    return true;
                }
            }
            _ => {}
        }
        next = stack.pop();
    }
    false
}

/// What YAML 1.1's types make of a plain scalar, where YAML 1.2's core schema makes something else of it; with the
/// word for that in a profile's `old_yaml`.
fn old_meaning(text: &str, is_text_key: bool) -> Option<(&'static str, String)> {
    match text {
        "no" | "No" | "NO" | "off" | "Off" | "OFF" => return Some(("booleans", "`false`".to_owned())),
        "yes" | "Yes" | "YES" | "on" | "On" | "ON" => return Some(("booleans", "`true`".to_owned())),
        _ => {}
    }
    let number = old_number(text).map(|number| ("numbers", number));
    number.or_else(|| (is_text_key && is_date(text)).then(|| ("dates", "a date".to_owned())))
}

/// A number in one of the spellings that YAML 1.2 gave up.
fn old_number(text: &str) -> Option<String> {
    let digits = text.strip_prefix(['-', '+']).unwrap_or(text);
    if text.len() > 32 || !digits.starts_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let all = |allowed: &str| digits.chars().all(|c| c.is_ascii_digit() || allowed.contains(c));
    if digits.contains(':') && all(":._") && !digits.contains("::") {
        return sexagesimal(digits).map(|value| format!("`{value}`"));
    }
    if digits.len() > 1 && digits.starts_with('0') && digits.bytes().all(|b| (b'0'..=b'7').contains(&b) || b == b'_') {
        let value = u64::from_str_radix(&digits.replace('_', ""), 8).ok()?;
        return Some(format!("`{value}`, an octal number"));
    }
    if digits.contains('_') && all("_.") && digits.ends_with(|c: char| c.is_ascii_digit()) {
        return Some(format!("`{}`", digits.replace('_', "")));
    }
    let bits = digits.strip_prefix("0b").filter(|bits| !bits.is_empty())?;
    bits.bytes().all(|b| matches!(b, b'0' | b'1' | b'_')).then(|| "a binary number".to_owned())
}

/// `10:30` is 10 × 60 + 30. Parts after the first have one or two digits, up to 59.
fn sexagesimal(text: &str) -> Option<u64> {
    let mut parts = text.split('.').next()?.split(':');
    let mut value: u64 = parts.next()?.replace('_', "").parse().ok()?;
    for part in parts {
        let part: u64 = Some(part).filter(|part| (1..=2).contains(&part.len()))?.parse().ok()?;
        value = value.checked_mul(60)?.checked_add(part).filter(|_| part < 60)?;
    }
    Some(value)
}

fn is_date(text: &str) -> bool {
    let bytes = text.as_bytes();
    bytes.len() == 10
        && bytes.iter().enumerate().all(|(i, b)| if i == 4 || i == 7 { *b == b'-' } else { b.is_ascii_digit() })
}
