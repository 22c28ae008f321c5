//! The report for people, drawn by miette: this is the one file that knows it.

use std::{
    fmt,
    io::{self, Write},
};

use miette::{
    Diagnostic, GraphicalReportHandler, GraphicalTheme, LabeledSpan, MietteError, SourceCode, SourceSpan, SpanContents,
};

use super::{FileReport, Located, Look, Report, Style, many, window::Window, write_statistics};
use crate::{
    finding::Severity,
    untrusted::{shown, without_commands},
};

pub(super) const STYLE: Style = Style { name: "human", about: "each finding with its lines, for people", write };

/// Columns of a window in which what is said at a place may have no room beside it.
const NARROW: usize = 60;

fn write(report: &Report<'_>, look: &Look, out: &mut dyn Write) -> io::Result<()> {
    if look.statistics {
        write_statistics(report, out)?;
        return writeln!(out, "{}", report.summary);
    }
    let theme = if look.color { GraphicalTheme::unicode() } else { GraphicalTheme::unicode_nocolor() };
    let handler =
        GraphicalReportHandler::new_themed(theme).with_links(false).with_width(look.width).with_context_lines(0);
    many::write(report, out, |file, located, text, out| {
        out.write_all(render(&handler, file, located, text, look).as_bytes())?;
        writeln!(out)
    })?;
    writeln!(out, "{}", report.summary)
}

fn render(
    handler: &GraphicalReportHandler,
    file: &FileReport,
    located: &Located,
    text: Option<&str>,
    look: &Look,
) -> String {
    let finding = &located.finding;
    let color = match finding.severity {
        Severity::Error => "\u{1b}[31m",
        Severity::Warning => "\u{1b}[33m",
        Severity::Hint => "\u{1b}[36m",
    };
    let mut out = match look.color {
        true => format!("{color}{}\u{1b}[0m\n", shown(&finding.code)),
        false => format!("{}\n", shown(&finding.code)),
    };
    let width = look.width.saturating_sub(12).max(20);
    let mut window = text.map(|text| Window::new(finding, text, width)).filter(|window| !window.lines.is_empty());
    let mut message = shown(&finding.message).to_string();
    if look.width < NARROW
        && let Some(label) = window.as_mut().and_then(|window| window.take_label_beyond(look.width))
    {
        message.push_str(&format!(" ({label})"));
    }
    let shape = Shape {
        message,
        help: finding.help.as_ref().map(|help| shown(help).to_string()),
        severity: finding.severity,
        source: window.map(|window| Source { name: shown(&file.name).to_string(), window }),
    };
    let mut body = String::new();
    if handler.render_report(&mut body, &shape).is_err() {
        // Only a place that does not fit the text brings this about: then the words alone must do.
        body = format!("  {}\n", shape.message);
    }
    out.push_str(&body);
    if shape.source.is_none() {
        let [line, column, ..] = located.position();
        out.push_str(&format!("  at {}:{line}:{column}\n", shown(&file.name)));
    }
    without_commands(&out).into_owned()
}

/// A finding in the shape that miette draws.
#[derive(Debug)]
struct Shape {
    message: String,
    help: Option<String>,
    severity: Severity,
    source: Option<Source>,
}

impl fmt::Display for Shape {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for Shape {}

impl Diagnostic for Shape {
    fn severity(&self) -> Option<miette::Severity> {
        Some(match self.severity {
            Severity::Error => miette::Severity::Error,
            Severity::Warning => miette::Severity::Warning,
            Severity::Hint => miette::Severity::Advice,
        })
    }

    fn help<'a>(&'a self) -> Option<Box<dyn fmt::Display + 'a>> {
        self.help.as_ref().map(|help| Box::new(help) as Box<dyn fmt::Display>)
    }

    fn source_code(&self) -> Option<&dyn SourceCode> {
        self.source.as_ref().map(|source| source as &dyn SourceCode)
    }

    fn labels(&self) -> Option<Box<dyn Iterator<Item = LabeledSpan> + '_>> {
        let source = self.source.as_ref()?;
        let span = |mark: &super::window::Mark| {
            let label = (!mark.label.is_empty()).then(|| mark.label.clone());
            let (start, len) = (mark.range.start, mark.range.len());
            if mark.primary {
                LabeledSpan::new_primary_with_span(label, (start, len))
            } else {
                LabeledSpan::new(label, start, len)
            }
        };
        Some(Box::new(source.window.marks.iter().map(span)))
    }
}

/// The lines of a window as miette reads them.
#[derive(Debug)]
struct Source {
    name: String,
    window: Window,
}

impl SourceCode for Source {
    fn read_span<'a>(
        &'a self,
        span: &SourceSpan,
        _: usize,
        _: usize,
    ) -> Result<Box<dyn SpanContents<'a> + 'a>, MietteError> {
        let (start, end) = (span.offset(), span.offset() + span.len());
        let lines = &self.window.lines;
        let first = lines.iter().rposition(|line| line.start <= start).ok_or(MietteError::OutOfBounds)?;
        let last = lines.iter().rposition(|line| line.start < end.max(start + 1)).unwrap_or(first);
        let (first, last) = self.window.together(first, last);
        let range = lines[first].start..lines[last].start + lines[last].len;
        let column = self.window.marks.iter().find(|mark| mark.range.start == start).map_or(0, |mark| mark.column - 1);
        // miette names the line that the span begins in, and numbers the lines from the first.
        let line = lines[first].number - 1;
        Ok(Box::new(Contents {
            data: &self.window.text.as_bytes()[range.clone()],
            span: (range.start, range.len()).into(),
            name: &self.name,
            line,
            column,
            count: last - first + 1,
        }))
    }
}

struct Contents<'a> {
    data: &'a [u8],
    span: SourceSpan,
    name: &'a str,
    line: usize,
    column: usize,
    count: usize,
}

impl<'a> SpanContents<'a> for Contents<'a> {
    fn data(&self) -> &'a [u8] {
        self.data
    }

    fn span(&self) -> &SourceSpan {
        &self.span
    }

    fn name(&self) -> Option<&str> {
        Some(self.name)
    }

    fn line(&self) -> usize {
        self.line
    }

    fn column(&self) -> usize {
        self.column
    }

    fn line_count(&self) -> usize {
        self.count
    }
}
