//! The report for people in lines of words: for who has it read aloud, and for terminals that cannot draw.

use std::io::{self, Write};

use super::{FileReport, Located, Look, Report, Style, many, window::Window, write_statistics};
use crate::untrusted::{shown, without_commands};

pub(super) const STYLE: Style = Style {
    name: "plain",
    about: "each finding in lines of words, for screen readers and terminals that cannot draw",
    write,
};

/// Columns of a line of the source; what is longer is cut around the place.
const WIDTH: usize = 100;

fn write(report: &Report<'_>, look: &Look, out: &mut dyn Write) -> io::Result<()> {
    if look.statistics {
        write_statistics(report, out)?;
    } else {
        many::write(report, out, |file, located, text, out| {
            writeln!(out, "{}", without_commands(&one(file, located, text)))
        })?;
    }
    writeln!(out, "{}", report.summary)
}

/// A finding: a line each for what it is, where, what stands there, and what helps.
fn one(file: &FileReport, located: &Located, text: Option<&str>) -> String {
    let finding = &located.finding;
    let [line, column, ..] = located.position();
    let mut out = format!("{}: {}\n", finding.severity.name(), shown(&finding.message));
    let mut say = |what: &str, words: &str| out.push_str(&format!("  {what}: {words}\n"));
    say("code", &shown(&finding.code).to_string());
    say("at", &format!("{}, line {line}, column {column}", shown(&file.name)));
    let window = text.map(|text| Window::new(finding, text, WIDTH)).unwrap_or_default();
    let own = window.marks.iter().find(|mark| mark.primary);
    if let Some(mark) = own {
        let line = window.lines.iter().rfind(|line| line.start <= mark.range.start);
        let line = line.map_or("", |line| window.text[line.start..line.start + line.len].trim_end());
        let marked = &window.text[mark.range.clone()];
        say("line", line);
        // The whole line need not be said twice.
        if marked.trim() != line.trim() && !marked.trim().is_empty() {
            say("marked", marked.trim());
        }
        if !mark.label.is_empty() {
            say("there", &mark.label);
        }
    }
    for related in &finding.related {
        let file = related.file.as_deref().map(|file| format!("{}, ", shown(file))).unwrap_or_default();
        let place = related.span.map(|span| format!("line {}, column {}", span.start.line, span.start.column));
        say("see", &format!("{file}{}: {}", place.unwrap_or_default(), shown(&related.label)));
    }
    if let Some(help) = &finding.help {
        say("help", &shown(help).to_string());
    }
    out
}
