//! Annotations of GitHub Actions (workflow commands), then the concise lines for the log.

use std::io::{self, Write};

use super::{Look, Report, Style, line::write_lines, write_statistics};
use crate::finding::Severity;

pub(super) const STYLE: Style =
    Style { name: "github", about: "annotations on a pull request, then concise lines", write };

/// Annotations of each kind that GitHub takes from one step; it drops the others without a word. One notice is kept
/// for saying so.
const ERRORS: usize = 10;
const WARNINGS: usize = 10;
const NOTICES: usize = 9;

fn write(report: &Report<'_>, look: &Look, out: &mut dyn Write) -> io::Result<()> {
    let (mut errors, mut warnings, mut notices) = (ERRORS, WARNINGS, NOTICES);
    let mut dropped = false;
    for (file, located) in report.findings() {
        let finding = &located.finding;
        let (command, left) = match finding.severity {
            Severity::Error => ("error", &mut errors),
            Severity::Warning => ("warning", &mut warnings),
            Severity::Hint => ("notice", &mut notices),
        };
        if *left == 0 {
            dropped = true;
            continue;
        }
        *left -= 1;
        let [line, column, end_line, end_column] = located.position();
        write!(out, "::{command} file={},line={line},endLine={end_line}", property(&file.name))?;
        // GitHub takes columns only where a range stays in its line.
        if line == end_line {
            write!(out, ",col={column},endColumn={end_column}")?;
        }
        write!(out, ",title={}::{}", property(&finding.code), data(&finding.message))?;
        if let Some(label) = &finding.label {
            write!(out, "%0A{}", data(label))?;
        }
        if let Some(help) = &finding.help {
            write!(out, "%0Ahelp: {}", data(help))?;
        }
        writeln!(out)?;
    }
    if dropped {
        let limits = "GitHub shows 10 annotations of a kind; the log has all";
        writeln!(out, "::notice title=slugline::{}%0A{limits}", data(&report.summary.to_string()))?;
    }
    if look.statistics {
        write_statistics(report, out)?;
    } else {
        write_lines(report, out)?;
    }
    writeln!(out, "{}", report.summary)
}

/// Text in a command's message.
fn data(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '%' => out.push_str("%25"),
            '\r' => out.push_str("%0D"),
            '\n' => out.push_str("%0A"),
            c => {
                // Writing to a string does not fail.
                let _ = crate::untrusted::write_char(&mut out, c);
            }
        }
    }
    out
}

/// Text in a command's property.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}
