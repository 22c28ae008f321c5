//! GitLab's code quality report: the widget on a merge request compares two of them by their fingerprints.

use std::io::{self, Write};

use serde_json::json;

use super::{Look, Report, Style, fingerprint::Fingerprints, json_text::write_json};
use crate::finding::Severity;

pub(super) const STYLE: Style = Style { name: "gitlab", about: "GitLab's code quality report", write };

fn write(report: &Report<'_>, _: &Look, out: &mut dyn Write) -> io::Result<()> {
    let mut fingerprints = Fingerprints::new(report);
    let mut separator = "[";
    for (file, located) in report.findings() {
        let finding = &located.finding;
        let severity = match finding.severity {
            Severity::Error => "major",
            Severity::Warning => "minor",
            Severity::Hint => "info",
        };
        let [line, _, end_line, _] = located.position();
        let entry = json!({
            "description": finding.message,
            "check_name": finding.code,
            "fingerprint": fingerprints.next(file, located),
            "severity": severity,
            "location": {"path": file.name, "lines": {"begin": line, "end": end_line}},
        });
        out.write_all(separator.as_bytes())?;
        write_json(&entry, out)?;
        separator = ",\n ";
    }
    // What could not be looked at is no code, but a green widget over it would say that it was.
    for error in report.errors {
        let entry = json!({
            "description": error.message,
            "check_name": "could-not-run",
            "fingerprint": crate::identity::name("error", &[error.source.as_deref().unwrap_or_default(), &error.message]),
            "severity": "blocker",
            "location": {
                "path": error.source.as_deref().unwrap_or("."),
                "lines": {"begin": error.position.map_or(1, |(line, _)| line)},
            },
        });
        out.write_all(separator.as_bytes())?;
        write_json(&entry, out)?;
        separator = ",\n ";
    }
    out.write_all(if separator == "[" { b"[]\n" } else { b"]\n" })
}
