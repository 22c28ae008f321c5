//! `--report FILE`: what became of each item, as JSON (`schemas/convert-report.schema.json`). Written item by item into a
//! file that appears when it is whole.

use std::{collections::BTreeMap, path::Path};

use serde_json::{Map, Value, json};

use super::written::Written;
use crate::{
    cli::files::write::FileOutput,
    convert::{Output, Summary, Told},
    error::{Error, ErrorKind},
    finding::{Finding, Loss},
    report::write_json,
};

/// The version of its shape.
const VERSION: u32 = 1;

/// A report on its way.
pub(super) struct Report {
    file: FileOutput,
    /// How many items had which fate.
    fates: BTreeMap<&'static str, usize>,
    counts: Counts,
}

#[derive(Default)]
struct Counts {
    items: usize,
    losses: usize,
    repairs: usize,
    conflicts: usize,
}

impl Report {
    /// Begins the file.
    pub(super) fn begin(path: &Path, target: &str, dry_run: bool) -> Result<Self, Error> {
        let mut report = Report { file: FileOutput::file(path)?, fates: BTreeMap::new(), counts: Counts::default() };
        let head =
            format!("{{\"version\": {VERSION},\n \"target\": \"{target}\",\n \"dry_run\": {dry_run},\n \"items\": [");
        report.file.write(head.as_bytes())?;
        Ok(report)
    }

    /// Adds an item.
    pub(super) fn item(&mut self, told: &Told<'_>) -> Result<(), Error> {
        *self.fates.entry(told.fate.name()).or_default() += 1;
        let conflicts: Vec<Value> =
            told.conflicts.iter().map(|one| json!({"key": one.key, "reason": one.why.name()})).collect();
        let item = json!({
            "source": told.source,
            "index": told.index,
            "id": told.id,
            "title": told.title,
            "file": told.file,
            "fate": told.fate.name(),
            "changed_at_source": told.changed,
            "losses": told.losses.iter().map(loss).collect::<Vec<_>>(),
            "repairs": told.findings.iter().map(repair).collect::<Vec<_>>(),
            "conflicts": conflicts,
        });
        let mut line = if self.counts.items == 0 { b"\n  ".to_vec() } else { b",\n  ".to_vec() };
        json(&item, &mut line)?;
        self.counts.items += 1;
        self.counts.losses += told.losses.len();
        self.counts.repairs += told.findings.len();
        self.counts.conflicts += told.conflicts.len();
        self.file.write(&line)
    }

    /// Ends the file. `summary` is there unless the run failed; `errors` are why it did, and the sources that could not be
    /// read.
    pub(super) fn finish(
        mut self,
        summary: Option<&Summary>,
        written: Option<&Written>,
        failed: Option<&Error>,
    ) -> Result<(), Error> {
        let errors = summary.map_or(&[][..], |summary| &summary.errors).iter().chain(failed);
        let errors: Vec<Value> = errors.map(error).collect();
        let mut bytes = b"],\n \"errors\": ".to_vec();
        json(&Value::Array(errors), &mut bytes)?;
        let count = |of: fn(&Summary) -> usize| summary.map_or(0, of);
        let fates: Map<String, Value> =
            self.fates.iter().map(|(fate, count)| ((*fate).to_owned(), json!(count))).collect();
        let whole = json!({
            "complete": summary.is_some_and(|summary| summary.errors.is_empty()),
            "items": self.counts.items,
            "fates": fates,
            "losses": count(|summary| summary.losses.count()).max(self.counts.losses),
            "repairs": self.counts.repairs,
            "conflicts": self.counts.conflicts,
            "changed_and_kept": count(|summary| summary.changed_kept),
            "not_chosen": count(|summary| summary.not_chosen),
            "future": count(|summary| summary.future),
            "comments": count(|summary| summary.comments),
            "written_posts": written.map(|written| json!({
                "checked": written.checked,
                "errors": written.errors,
                "warnings": written.warnings,
            })),
        });
        bytes.extend_from_slice(b",\n \"summary\": ");
        json(&whole, &mut bytes)?;
        bytes.extend_from_slice(b"}\n");
        self.file.write(&bytes)?;
        self.file.finish()
    }
}

fn json(value: &Value, out: &mut Vec<u8>) -> Result<(), Error> {
    write_json(value, out).map_err(|error| Error::new(ErrorKind::Internal, error.to_string()))
}

fn loss(loss: &Loss) -> Value {
    json!({"field": loss.field, "reason": loss.reason.name(), "example": loss.example})
}

fn repair(finding: &Finding) -> Value {
    json!({
        "code": finding.code,
        "severity": finding.severity.name(),
        "message": finding.message,
        "line": finding.span.map(|span| span.start.line),
        "column": finding.span.map(|span| span.start.column),
    })
}

fn error(error: &Error) -> Value {
    json!({
        "message": error.message,
        "help": error.help,
        "source": error.source,
        "line": error.position.map(|(line, _)| line),
        "column": error.position.map(|(_, column)| column),
    })
}
