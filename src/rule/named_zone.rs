//! # named-zone
//!
//! ## What it checks
//! Whether a date in a post names its time zone (`GMT`, `EST`) instead of writing its offset.
//!
//! ## Why it matters
//! Hugo takes the name for a word and reads the time in the site's own zone: with the site in New York, `03:17:09 GMT`
//! becomes four hours later. Names are not unique either: `CST` is in America and in China.
//!
//! ## Example
//! ```yaml
//! date: Wed, 24 Sep 2025 03:17:09 GMT
//! ```
//!
//! ## Use instead
//! ```yaml
//! date: 2025-09-24T03:17:09Z
//! ```
//! `--fix` writes the offset.
//!
//! ## Since
//! 0.1.0

use super::{Check, Rule};
use crate::{
    document::{Content, Document, Value},
    finding::{Edit, Finding, Place, Severity},
    syntax::tree::Style,
};

pub(super) const RULE: Rule = Rule {
    code: "named-zone",
    severity: Severity::Warning,
    page: include_str!("named_zone.rs"),
    preview: false,
    check: Check::Document(check),
};

fn check(document: &Document, findings: &mut Vec<Finding>) {
    if !matches!(document.content, Content::Post(_)) {
        return;
    }
    for (value, moment) in document.dates() {
        let Some(zone) = zone(value.text) else { continue };
        let known = document.profile.habits.zones.as_ref();
        if known.is_some_and(|known| known.iter().any(|name| name == zone)) {
            continue;
        }
        let Some(moment) = moment else { continue };
        let generator = &document.profile.generator;
        let reader = if generator.is_empty() { "generators read" } else { &format!("{generator} reads") };
        let message = format!("{reader} this date in the site's zone, not in {zone}");
        let place = at_zone(document, &value, zone);
        let mut finding = Finding::warning(RULE.code, message, place)
            .label("a zone's name is not honoured")
            .pointer(value.pointer.to_string());
        if moment.offset.is_some() {
            let written = moment.written();
            finding = finding.help(format!("write `{written}` (`--fix` does)"));
            if let Some(edit) = edit(document, &value, written) {
                finding = finding.fix(true, vec![edit], vec![value.pointer.to_string()]);
            }
        }
        findings.push(finding);
    }
}

/// The zone's name at the end of a date: two to five capitals after a blank. `Z` is an offset, `AM` none of both.
fn zone(text: &str) -> Option<&str> {
    let mut words = text.trim_end().rsplit([' ', '\t']);
    let name = words.next()?;
    // Behind a numeric offset the name says nothing more.
    let offset = words.next().unwrap_or_default();
    if offset.starts_with(['+', '-']) {
        return None;
    }
    let is_name = (2..=5).contains(&name.len()) && name.bytes().all(|b| b.is_ascii_uppercase());
    (is_name && !matches!(name, "AM" | "PM" | "BC" | "AD") && text.contains(':')).then_some(name)
}

fn at_zone(document: &Document, value: &Value<'_>, zone: &str) -> Place {
    match document.text[value.range.clone()].rfind(zone) {
        Some(at) => Place::Bytes(value.range.start + at..value.range.start + at + zone.len()),
        None => Place::Value(value.pointer.to_string()),
    }
}

/// The date in the quotes it had. A block scalar is left to its author.
fn edit(document: &Document, value: &Value<'_>, written: String) -> Option<Edit> {
    let inset = match value.style {
        Style::Plain => 0,
        Style::Single | Style::Double => 1,
        Style::Block | Style::Flow => return None,
    };
    let range = value.range.start + inset..value.range.end.checked_sub(inset)?;
    document.text.get(range.clone())?;
    Some(Edit { range, text: written })
}
