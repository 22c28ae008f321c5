//! The lines that a finding is about, cut to a width around the place, with what would act on a terminal escaped.

use std::{fmt::Write, ops::Range};

use crate::{
    finding::Finding,
    lines::{Lines, Span},
    untrusted::{shown, write_char},
};

/// Lines of a source, fit to be drawn.
#[derive(Debug, Default)]
pub(super) struct Window {
    /// The lines, each ended by a line feed.
    pub(super) text: String,
    /// The lines, in order.
    pub(super) lines: Vec<Line>,
    /// What is marked in them, in order.
    pub(super) marks: Vec<Mark>,
}

/// One line of a [`Window`].
#[derive(Debug)]
pub(super) struct Line {
    /// Its 1-based number in the source.
    pub(super) number: usize,
    /// Where it begins in the window's text.
    pub(super) start: usize,
    /// Its bytes there, with the line feed.
    pub(super) len: usize,
}

/// A marked stretch.
#[derive(Debug)]
pub(super) struct Mark {
    /// Its bytes in the window's text.
    pub(super) range: Range<usize>,
    /// Its 1-based column in the source.
    pub(super) column: usize,
    /// What to say there; may be empty.
    pub(super) label: String,
    /// Whether it is the finding's own place.
    pub(super) primary: bool,
}

/// Lines between two marks that are shown for the sake of one picture.
const GAP: usize = 2;

impl Window {
    /// The lines of `finding` in `source`. Empty when the source is not what it was.
    pub(super) fn new(finding: &Finding, source: &str, width: usize) -> Self {
        let mut window = Window::default();
        let Some(span) = finding.span else { return window };
        let index = Lines::new(source);
        let mut places: Vec<(Span, &str, bool)> = vec![(span, finding.label.as_deref().unwrap_or_default(), true)];
        for related in finding.related.iter().filter(|related| related.file.is_none()) {
            places.extend(related.span.filter(|other| *other != span).map(|span| (span, &*related.label, false)));
        }
        places.sort_by_key(|(span, ..)| span.start);
        if places.iter().any(|(span, ..)| span.start.line > index.count()) {
            return Window::default();
        }
        let mut last: Option<usize> = None;
        let mut at = 0;
        while at < places.len() {
            let number = places[at].0.start.line;
            let count = places[at..].iter().take_while(|(span, ..)| span.start.line == number).count();
            // Marks near each other are drawn in one picture, with the lines between.
            if let Some(last) = last.filter(|last| number - last <= GAP + 1) {
                for between in last + 1..number {
                    window.line(index.line(source, between), between, &[], width);
                }
            }
            window.line(index.line(source, number), number, &places[at..at + count], width);
            last = Some(number);
            at += count;
        }
        window
    }

    /// Adds a line with its marks: cut, escaped.
    fn line(&mut self, line: &str, number: usize, places: &[(Span, &str, bool)], width: usize) {
        let chars = line.chars().count();
        let column = |position: usize| position.min(chars + 1);
        let focus =
            places.iter().find(|(.., primary)| *primary).or(places.first()).map_or(1, |(span, ..)| span.start.column);
        let (from, to) = cut(chars, column(focus), width);
        let start = self.text.len();
        if from > 1 {
            self.text.push('…');
        }
        // The byte in the window of each column that is shown, and of the one after.
        let mut offsets = Vec::with_capacity(to - from + 1);
        for c in line.chars().skip(from - 1).take(to - from) {
            offsets.push(self.text.len());
            // Writing to a string does not fail; a tab is as wide as a blank here, so that columns stay columns.
            let _ = if c == '\t' { self.text.write_char(' ') } else { write_char(&mut self.text, c) };
        }
        offsets.push(self.text.len());
        if to <= chars {
            self.text.push('…');
        }
        let end = self.text.len();
        self.text.push('\n');
        self.lines.push(Line { number, start, len: end + 1 - start });
        for (span, label, primary) in places {
            let offset = |position: usize| {
                // What was cut off is marked at the dots that stand for it.
                if column(position) < from {
                    return start;
                }
                let index = column(position).clamp(from, to) - from;
                offsets[index.min(offsets.len() - 1)]
            };
            let first = offset(span.start.column);
            let last = if span.end.line > number { offset(chars + 1) } else { offset(span.end.column) };
            // A mark has some width, if there is anything to mark.
            let last = match self.text[first..end].chars().next() {
                Some(c) if last <= first => first + c.len_utf8(),
                _ => last,
            };
            self.marks.push(Mark {
                range: first..last,
                column: span.start.column,
                label: shown(label).to_string(),
                primary: *primary,
            });
        }
    }

    /// What is said at the finding's own place, taken from there, where it would be drawn beyond so many columns.
    pub(super) fn take_label_beyond(&mut self, columns: usize) -> Option<String> {
        // The line's number and frame before the text; the hook before the label.
        let (frame, hook) = (self.lines.last()?.number.to_string().len() + 4, 4);
        let mark = self.marks.iter_mut().find(|mark| mark.primary && !mark.label.is_empty())?;
        let line = self.lines.iter().rfind(|line| line.start <= mark.range.start)?;
        let before = self.text[line.start..mark.range.start].chars().count();
        let middle = self.text[mark.range.clone()].chars().count() / 2;
        let end = frame + before + middle + hook + mark.label.chars().count();
        (end > columns).then(|| std::mem::take(&mut mark.label))
    }

    /// The lines that are drawn together with those from `first` to `last`: all that follow each other.
    pub(super) fn together(&self, first: usize, last: usize) -> (usize, usize) {
        let follows = |at: usize| self.lines[at].number == self.lines[at - 1].number + 1;
        if self.marks.len() < 2 {
            return (first, last);
        }
        let mut last = last;
        while last + 1 < self.lines.len() && follows(last + 1) {
            last += 1;
        }
        (first, last)
    }
}

/// Which columns of a line of `chars` characters are shown: all, or `width` of them around `focus`. The end is exclusive.
fn cut(chars: usize, focus: usize, width: usize) -> (usize, usize) {
    if chars <= width {
        return (1, chars + 1);
    }
    let from = focus.saturating_sub(width / 3).max(1).min(chars + 1 - width);
    let from = if from <= 3 { 1 } else { from };
    (from, (from + width).min(chars + 1))
}
