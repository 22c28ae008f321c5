//! SARIF 2.1.0, for code scanning: each rule with its page, one place on one line a finding, fixes as replacements.

use std::{
    collections::BTreeMap,
    io::{self, Write},
};

use serde_json::{Value, json};

use super::{FileReport, Located, Look, Report, Style, fingerprint::Fingerprints, json_text::write_json};
use crate::{error::Error, finding::Severity, lines::Span};

pub(super) const STYLE: Style = Style { name: "sarif", about: "SARIF 2.1.0, for code scanning", write };

/// Where the schema of SARIF 2.1.0 is, as its specification (section 3.13.3) names it.
const SCHEMA: &str = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/os/schemas/sarif-schema-2.1.0.json";

fn write(report: &Report<'_>, _: &Look, out: &mut dyn Write) -> io::Result<()> {
    let mut rules: BTreeMap<&str, Severity> = BTreeMap::new();
    for (_, located) in report.findings() {
        let severity = rules.entry(&located.finding.code).or_insert(located.finding.severity);
        *severity = (*severity).max(located.finding.severity);
    }
    let driver = json!({
        "name": "slugline",
        "semanticVersion": env!("CARGO_PKG_VERSION"),
        "rules": rules.iter().map(|(code, severity)| rule(report, code, *severity)).collect::<Vec<_>>(),
    });
    write!(out, "{{\"$schema\": \"{SCHEMA}\",\n \"version\": \"2.1.0\",\n \"runs\": [{{\"tool\": {{\"driver\": ")?;
    write_json(&driver, out)?;
    write!(out, "}},\n  \"columnKind\": \"unicodeCodePoints\",\n  \"invocations\": [")?;
    let unread: Vec<Value> = report.errors.iter().map(notification).collect();
    let invocation = json!({"executionSuccessful": report.errors.is_empty(), "toolExecutionNotifications": unread});
    write_json(&invocation, out)?;
    write!(out, "],\n  \"results\": [")?;
    let mut fingerprints = Fingerprints::new(report);
    let mut separator = "";
    for (file, located) in report.findings() {
        let index = rules.keys().position(|code| *code == located.finding.code);
        let fingerprint = fingerprints.next(file, located);
        let fix = fix(&mut fingerprints, file, located);
        write!(out, "{separator}\n   ")?;
        write_json(&result(file, located, index, &fingerprint, fix), out)?;
        separator = ",";
    }
    writeln!(out, "]}}]}}")
}

fn rule(report: &Report<'_>, code: &str, severity: Severity) -> Value {
    let page = (report.page)(code).unwrap_or_else(|| format!("# {code}\n"));
    let about = page.split("\n## What it checks\n").nth(1).and_then(|rest| rest.split("\n## ").next());
    let about = about.map_or_else(String::new, |text| text.split_whitespace().collect::<Vec<_>>().join(" "));
    let short = match about.split_once(". ") {
        Some((first, _)) => format!("{first}."),
        None if about.is_empty() => format!("{code}."),
        None => about.clone(),
    };
    json!({
        "id": code,
        "shortDescription": {"text": short},
        "fullDescription": {"text": if about.is_empty() { &short } else { &about }},
        "help": {"text": page, "markdown": page},
        "defaultConfiguration": {"level": level(severity)},
    })
}

const fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Hint => "note",
    }
}

fn notification(error: &Error) -> Value {
    let mut value = json!({"level": "error", "message": {"text": error.message}});
    if let Some(source) = &error.source {
        value["locations"] = json!([{"physicalLocation": {"artifactLocation": artifact(source)}}]);
    }
    value
}

fn result(file: &FileReport, located: &Located, index: Option<usize>, fingerprint: &str, fix: Option<Value>) -> Value {
    let finding = &located.finding;
    let mut text = finding.message.clone();
    for more in finding.label.iter().chain(&finding.help) {
        text.push_str(". ");
        text.push_str(more);
    }
    let mut value = json!({
        "ruleId": finding.code,
        "level": level(finding.severity),
        "message": {"text": text},
        "locations": [{"physicalLocation": place(&file.name, finding.span)}],
        "partialFingerprints": {"slugline/v1": fingerprint},
    });
    if let Some(index) = index {
        value["ruleIndex"] = json!(index);
    }
    if !finding.pointer.is_empty() {
        value["locations"][0]["logicalLocations"] = json!([{"fullyQualifiedName": finding.pointer, "kind": "value"}]);
    }
    let related: Vec<Value> = finding
        .related
        .iter()
        .enumerate()
        .map(|(index, related)| {
            let name = related.file.as_deref().unwrap_or(&file.name);
            json!({"id": index, "message": {"text": related.label}, "physicalLocation": place(name, related.span)})
        })
        .collect();
    if !related.is_empty() {
        value["relatedLocations"] = Value::Array(related);
    }
    if let Some(fix) = fix {
        value["fixes"] = json!([fix]);
    }
    value
}

/// A place, on one line: viewers draw a region of several as the whole block, or not at all. One that ends on a later
/// line runs to the end of its first.
fn place(file: &str, span: Option<Span>) -> Value {
    let mut region = json!({"startLine": 1});
    if let Some(span) = span {
        region = json!({"startLine": span.start.line, "startColumn": span.start.column});
        if span.end.line == span.start.line {
            region["endColumn"] = json!(span.end.column);
        }
    }
    json!({"artifactLocation": artifact(file), "region": region})
}

/// The fix, its replacements by line and column; none where the text cannot be had any more.
fn fix(texts: &mut Fingerprints<'_>, file: &FileReport, located: &Located) -> Option<Value> {
    let fix = located.finding.fix.as_ref()?;
    let spans = match located.edit_spans.is_empty() {
        false => located.edit_spans.clone(),
        true => {
            let (text, lines) = texts.source(file)?;
            if fix.edits.iter().any(|edit| edit.range.end > text.len()) {
                return None;
            }
            fix.edits.iter().map(|edit| lines.span(text, &edit.range)).collect()
        }
    };
    let edits = fix.edits.iter().zip(spans);
    let replacements: Vec<Value> = edits
        .map(|(edit, span)| json!({"deletedRegion": whole(span), "insertedContent": {"text": edit.text}}))
        .collect();
    let words = if fix.safe { "what `--fix` does" } else { "what `--unsafe-fixes` does" };
    Some(json!({
        "description": {"text": words},
        "artifactChanges": [{"artifactLocation": artifact(&file.name), "replacements": replacements}],
    }))
}

fn whole(span: Span) -> Value {
    json!({
        "startLine": span.start.line, "startColumn": span.start.column,
        "endLine": span.end.line, "endColumn": span.end.column,
    })
}

/// A file's name as a relative reference (RFC 3986): bytes that may not stand there are escaped.
fn artifact(file: &str) -> Value {
    let mut uri = String::with_capacity(file.len());
    if file.starts_with('/') {
        uri.push_str("file://");
    }
    // A colon in the first part would make it a scheme.
    for byte in file.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' | b'.' | b'~' | b'/' => uri.push(char::from(byte)),
            byte => uri.push_str(&format!("%{byte:02X}")),
        }
    }
    json!({"uri": uri})
}
