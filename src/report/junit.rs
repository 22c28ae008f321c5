//! JUnit's XML, which every CI server draws: a suite a file, a failed case a finding.

use std::io::{self, Write};

use super::{FileReport, Located, Look, Report, Style};
use crate::{
    error::{Error, ErrorKind},
    finding::Severity,
    untrusted::shown,
};

pub(super) const STYLE: Style = Style { name: "junit", about: "JUnit XML: a suite a file, a case a finding", write };

fn write(report: &Report<'_>, _: &Look, out: &mut dyn Write) -> io::Result<()> {
    let failures = report.findings().count();
    let errors = report.errors.len();
    // Files without findings are counted only: the report does not know their names.
    let clean = report.summary.files.saturating_sub(report.files.len());
    writeln!(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>")?;
    let tests = failures + errors + usize::from(clean > 0 || failures + errors == 0);
    writeln!(out, "<testsuites name=\"slugline\" tests=\"{tests}\" failures=\"{failures}\" errors=\"{errors}\">")?;
    for file in report.files {
        suite(file, out)?;
    }
    if clean > 0 || failures + errors == 0 {
        writeln!(out, "  <testsuite name=\"files without findings\" tests=\"1\" failures=\"0\" errors=\"0\">")?;
        let noun = if clean == 1 { "file" } else { "files" };
        writeln!(out, "    <testcase classname=\"slugline\" name=\"{clean} {noun} checked, nothing wrong\"/>")?;
        writeln!(out, "  </testsuite>")?;
    }
    let (unwritten, unread): (Vec<&Error>, Vec<&Error>) =
        report.errors.iter().partition(|error| error.kind == ErrorKind::Output);
    failed(&unread, "read", out)?;
    failed(&unwritten, "written", out)?;
    writeln!(out, "</testsuites>")
}

fn suite(file: &FileReport, out: &mut dyn Write) -> io::Result<()> {
    let (name, count) = (escaped(&file.name), file.findings.len());
    writeln!(out, "  <testsuite name=\"{name}\" tests=\"{count}\" failures=\"{count}\" errors=\"0\">")?;
    for located in &file.findings {
        case(&name, located, out)?;
    }
    writeln!(out, "  </testsuite>")
}

fn case(file: &str, located: &Located, out: &mut dyn Write) -> io::Result<()> {
    let finding = &located.finding;
    let [line, column, ..] = located.position();
    let (code, message) = (escaped(&finding.code), escaped(&finding.message));
    writeln!(
        out,
        "    <testcase classname=\"{file}\" name=\"{code} at {line}:{column}\" file=\"{file}\" line=\"{line}\">"
    )?;
    let kind = match finding.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Hint => "hint",
    };
    write!(
        out,
        "      <failure type=\"{kind}\" message=\"{message}\">{file}:{line}:{column}: {kind}[{code}] {message}"
    )?;
    if let Some(help) = &finding.help {
        write!(out, "&#10;help: {}", escaped(help))?;
    }
    writeln!(out, "</failure>\n    </testcase>")
}

/// A suite of files with which something could not be done.
fn failed(errors: &[&Error], what: &str, out: &mut dyn Write) -> io::Result<()> {
    if errors.is_empty() {
        return Ok(());
    }
    let count = errors.len();
    writeln!(out, "  <testsuite name=\"files not {what}\" tests=\"{count}\" failures=\"0\" errors=\"{count}\">")?;
    for error in errors {
        let file = escaped(error.source.as_deref().unwrap_or("slugline"));
        let message = escaped(&error.message);
        writeln!(out, "    <testcase classname=\"{file}\" name=\"could not be {what}\">")?;
        writeln!(out, "      <error message=\"{message}\"/>\n    </testcase>")?;
    }
    writeln!(out, "  </testsuite>")
}

/// Text in XML: what XML forbids is among what [`shown`] escapes, but for two characters that are none.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 16);
    for c in shown(text).to_string().chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\u{fffe}' | '\u{ffff}' => out.push('\u{fffd}'),
            c => out.push(c),
        }
    }
    out
}
