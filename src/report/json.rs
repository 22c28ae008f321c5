//! The JSON report: a versioned shape of its own, described by `schemas/report.schema.json`. Built anew from findings,
//! so that what is inside may change.

use std::io::{self, Write};

use serde_json::{Value, json};

use super::{FileReport, Located, Look, Report, Style, json_text::write_json};
use crate::{error::Error, error::ErrorKind, finding::Related};

pub(super) const STYLE: Style =
    Style { name: "json", about: "everything, for programs (schemas/report.schema.json)", write };

fn write(report: &Report<'_>, _: &Look, out: &mut dyn Write) -> io::Result<()> {
    let summary = &report.summary;
    let head = json!({
        "files": summary.files,
        "skipped": summary.skipped,
        "errors": summary.errors,
        "warnings": summary.warnings,
        "hints": summary.hints,
        "fixed": summary.fixed,
        "left_out": summary.left_out,
        "known": summary.known,
    });
    let errors: Vec<Value> = report.errors.iter().map(error).collect();
    write!(out, "{{\"version\": 1,\n \"summary\": {head},\n \"errors\": ")?;
    write_json(&Value::Array(errors), out)?;
    write!(out, ",\n \"findings\": [")?;
    let mut separator = "";
    for (file, located) in report.findings() {
        write!(out, "{separator}\n  ")?;
        write_json(&finding(file, located), out)?;
        separator = ",";
    }
    writeln!(out, "]}}")
}

fn error(error: &Error) -> Value {
    let kind = match error.kind {
        ErrorKind::Usage => "usage",
        ErrorKind::Config => "config",
        ErrorKind::Schema => "schema",
        ErrorKind::Input => "input",
        ErrorKind::Output => "output",
        ErrorKind::Unreadable => "unreadable",
        ErrorKind::Limit => "limit",
        ErrorKind::Internal => "internal",
    };
    json!({
        "kind": kind,
        "message": error.message,
        "help": error.help,
        "file": error.source,
        "line": error.position.map(|(line, _)| line),
        "column": error.position.map(|(_, column)| column),
    })
}

fn finding(file: &FileReport, located: &Located) -> Value {
    let finding = &located.finding;
    let [line, column, end_line, end_column] = located.position();
    let fix = finding.fix.as_ref().map(|fix| {
        let edits: Vec<Value> = fix
            .edits
            .iter()
            .zip(&located.edits)
            .map(|(edit, bytes)| json!({"start": bytes.start, "end": bytes.end, "text": edit.text}))
            .collect();
        json!({"safe": fix.safe, "edits": edits})
    });
    let related: Vec<Value> = finding.related.iter().map(|place| related(file, place)).collect();
    json!({
        "code": finding.code,
        "severity": finding.severity.name(),
        "message": finding.message,
        "label": finding.label,
        "help": finding.help,
        "file": file.name,
        "line": line,
        "column": column,
        "end_line": end_line,
        "end_column": end_column,
        "start": located.bytes.start,
        "end": located.bytes.end,
        "pointer": finding.pointer,
        "fix": fix,
        "related": related,
        "w3c": finding.w3c,
    })
}

fn related(file: &FileReport, place: &Related) -> Value {
    let span = place.span;
    json!({
        "file": place.file.as_deref().unwrap_or(&file.name),
        "message": place.label,
        "line": span.map(|span| span.start.line),
        "column": span.map(|span| span.start.column),
        "end_line": span.map(|span| span.end.line),
        "end_column": span.map(|span| span.end.column),
    })
}
