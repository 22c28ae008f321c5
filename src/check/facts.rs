//! The facts of one source, as they are kept until all sources were looked at: of a site of a hundred thousand posts
//! that is most of what is in memory. Of keys, of which only equality counts, a hash is kept.

use super::site::Noted;
use crate::{
    lines::{Position, Span},
    rule::Seen,
};

/// What the rules over a site compare one source by.
#[derive(Debug, Clone, Default)]
pub struct Facts {
    rows: Box<[Row]>,
    /// What messages call each, and its pointer, one behind the other.
    text: Box<str>,
    /// Whether the source is not one of those that are checked, and only there to be compared with.
    hidden: bool,
}

/// One fact. Numbers past four thousand million, which no source that is kept whole reaches, stop there.
#[derive(Debug, Clone)]
struct Row {
    /// The hash of rule and key.
    key: u64,
    rule: u16,
    /// Whether a comment beside it asks for silence.
    ignored: bool,
    /// Where its texts end in the text of all: what messages call it, and the pointer behind it.
    shown: u32,
    pointer: u32,
    /// Its bytes.
    start: u32,
    end: u32,
    /// Line and column of its beginning and of its end.
    span: [u32; 4],
}

impl Facts {
    /// Takes over what was noted of a source.
    pub(super) fn of(noted: &[Noted]) -> Self {
        let mut text = String::with_capacity(
            noted.iter().map(|noted| noted.fact.shown().len() + noted.fact.pointer().len()).sum(),
        );
        let mut rows = Vec::with_capacity(noted.len());
        for Noted { rule, fact, span, ignored } in noted {
            text.push_str(fact.shown());
            let shown = small(text.len());
            text.push_str(fact.pointer());
            let span = [span.start.line, span.start.column, span.end.line, span.end.column].map(small);
            let (start, end) = (small(fact.range.start), small(fact.range.end));
            let (key, pointer) = (fact.hash(*rule), small(text.len()));
            rows.push(Row { key, rule: *rule as u16, ignored: *ignored, shown, pointer, start, end, span });
        }
        Facts { rows: rows.into(), text: text.into(), hidden: false }
    }

    /// The same, of a source that is only there to be compared with.
    pub(super) fn hidden(self) -> Self {
        Facts { hidden: true, ..self }
    }

    /// The rule and key of each, as one number.
    pub(super) fn keys(&self) -> impl ExactSizeIterator<Item = u64> {
        self.rows.iter().map(|row| row.key)
    }

    pub(super) fn rule(&self, index: usize) -> usize {
        usize::from(self.rows[index].rule)
    }

    pub(super) fn is_ignored(&self, index: usize) -> bool {
        self.rows[index].ignored
    }

    pub(super) fn is_hidden(&self) -> bool {
        self.hidden
    }

    /// A fact as rules see it; `file` is the source's name.
    pub(super) fn seen<'f>(&'f self, index: usize, file: &'f str) -> Seen<'f> {
        let row = &self.rows[index];
        let before = index.checked_sub(1).map_or(0, |before| self.rows[before].pointer as usize);
        let (shown, pointer) = (row.shown as usize, row.pointer as usize);
        let [line, column, end_line, end_column] = row.span.map(|number| number as usize);
        Seen {
            file,
            shown: &self.text[before..shown],
            pointer: &self.text[shown..pointer],
            range: row.start as usize..row.end as usize,
            span: Span { start: Position { line, column }, end: Position { line: end_line, column: end_column } },
        }
    }
}

fn small(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}
