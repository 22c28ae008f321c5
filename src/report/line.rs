//! A finding on one line, as the concise report and the log under annotations have it.

use std::io::{self, Write};

use super::{Located, Report};
use crate::untrusted::{shown, without_commands};

/// Writes the lines without the summary.
pub(super) fn write_lines(report: &Report<'_>, out: &mut dyn Write) -> io::Result<()> {
    for (file, located) in report.findings() {
        let line = line(&file.name, located);
        writeln!(out, "{}", without_commands(&line))?;
    }
    Ok(())
}

fn line(file: &str, located: &Located) -> String {
    let finding = &located.finding;
    let [line, column, ..] = located.position();
    let (severity, code) = (finding.severity.name(), &finding.code);
    let mut text = format!("{}:{line}:{column}: {severity}[{code}] {}", shown(file), shown(&finding.message));
    // The other one of two is half of what there is to say.
    if let Some(other) = finding.related.iter().find(|related| related.file.is_some()) {
        let file = other.file.as_deref().unwrap_or_default();
        text.push_str(&format!(" (the other is {}", shown(file)));
        if let Some(span) = other.span {
            text.push_str(&format!(":{}:{}", span.start.line, span.start.column));
        }
        text.push(')');
    }
    text
}
