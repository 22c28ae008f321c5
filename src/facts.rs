//! What rules over a site compare sources by: small facts of each, which are kept until all were looked at. Of a site
//! of a hundred thousand posts that is most of what is in memory. Of keys, of which only equality counts, a hash is
//! kept; texts stand one behind the other in one.

use std::{
    hash::{BuildHasher, Hasher, RandomState},
    ops::Range,
    sync::LazyLock,
};

use crate::{
    lines::{Counter, Lines, Position, Span},
    syntax::tree::Pointer,
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

/// A fact as its rule sees it again, when all documents were looked at.
#[derive(Debug, Clone)]
pub(crate) struct Seen<'f> {
    /// The document's name.
    pub(crate) file: &'f str,
    /// What the messages call it.
    pub(crate) shown: &'f str,
    /// JSON Pointer of what it is about.
    pub(crate) pointer: &'f str,
    /// Its bytes.
    pub(crate) range: Range<usize>,
    /// Its lines and columns.
    pub(crate) span: Span,
}

impl Seen<'_> {
    /// Where it stands, in words: `content/news/budget.md:3:7`.
    pub(crate) fn place(&self) -> String {
        format!("{}:{}:{}", self.file, self.span.start.line, self.span.start.column)
    }
}

/// Takes down the facts of one document.
#[derive(Debug, Default)]
pub(crate) struct Notes {
    rows: Vec<Row>,
    text: String,
    /// The number of the rule whose turn it is.
    rule: u16,
    /// The key that is added, its pieces together: one step of the hash takes all.
    key: String,
}

impl Notes {
    /// Begins with the facts of a rule, by its number.
    pub(crate) fn turn(&mut self, rule: usize) {
        self.rule = rule as u16;
    }

    /// Adds a fact that stands at `pointer`, in `range`. Documents with equal keys are judged; `shown` is what messages
    /// call it. Both are given in pieces.
    pub(crate) fn add(&mut self, key: &[&str], shown: &[&str], pointer: &Pointer<'_>, range: &Range<usize>) {
        if self.rows.is_empty() {
            self.rows.reserve(16);
            self.text.reserve(256);
            self.key.reserve(64);
        }
        shown.iter().for_each(|piece| self.text.push_str(piece));
        let shown = small(self.text.len());
        pointer.push_to(&mut self.text);
        self.key.clear();
        key.iter().for_each(|piece| self.key.push_str(piece));
        self.rows.push(Row {
            key: hash(self.rule, &self.key),
            rule: self.rule,
            ignored: false,
            shown,
            pointer: small(self.text.len()),
            start: small(range.start),
            end: small(range.end),
            span: [1; 4],
        });
    }

    /// Sets the lines and columns of the facts, which stand in `text`.
    pub(crate) fn settle<'l>(&mut self, text: &str, lines: impl Fn() -> &'l Lines) {
        // Most stand in order.
        let mut order: Vec<u32> = (0..self.rows.len() as u32).collect();
        order.sort_by_key(|&index| self.rows[index as usize].start);
        let mut counter = Counter::new(text);
        for index in order {
            let row = &mut self.rows[index as usize];
            let (from, to) = (row.start as usize, row.end as usize);
            let start = counter.position(from);
            let inner = text.get(from..to).unwrap_or_default();
            let end = match memchr::memchr2(b'\n', b'\r', inner.as_bytes()) {
                Some(_) => lines().position(text, to),
                None => Position { line: start.line, column: start.column + inner.chars().count() },
            };
            row.span = [start.line, start.column, end.line, end.column].map(small);
        }
    }

    /// Asks of each fact, by the number of its rule and its line, whether a comment beside it asks for silence.
    pub(crate) fn silence(&mut self, mut is_silenced: impl FnMut(usize, usize) -> bool) {
        for row in &mut self.rows {
            row.ignored = is_silenced(usize::from(row.rule), row.span[0] as usize);
        }
    }

    /// The facts, as they are kept.
    pub(crate) fn finish(self) -> Facts {
        Facts { rows: self.rows.into(), text: self.text.into(), hidden: false }
    }
}

/// A number that stands for a key: equal for equal keys of one rule within a run.
fn hash(rule: u16, key: &str) -> u64 {
    // With a seed that nobody knows, so that no two keys can be made up that have one number.
    static SEED: LazyLock<RandomState> = LazyLock::new(RandomState::new);
    let mut hasher = SEED.build_hasher();
    hasher.write_u16(rule);
    hasher.write(key.as_bytes());
    hasher.finish()
}

fn small(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

impl Facts {
    /// The same, of a source that is only there to be compared with.
    pub(crate) fn hidden(self) -> Self {
        Facts { hidden: true, ..self }
    }

    /// The rule and key of each, as one number.
    pub(crate) fn keys(&self) -> impl ExactSizeIterator<Item = u64> {
        self.rows.iter().map(|row| row.key)
    }

    pub(crate) fn rule(&self, index: usize) -> usize {
        usize::from(self.rows[index].rule)
    }

    pub(crate) fn is_ignored(&self, index: usize) -> bool {
        self.rows[index].ignored
    }

    pub(crate) fn is_hidden(&self) -> bool {
        self.hidden
    }

    /// What messages call one.
    pub(crate) fn shown(&self, index: usize) -> &str {
        &self.text[self.from(index)..self.rows[index].shown as usize]
    }

    /// Where the texts of one begin.
    fn from(&self, index: usize) -> usize {
        index.checked_sub(1).map_or(0, |before| self.rows[before].pointer as usize)
    }

    /// A fact as rules see it; `file` is the source's name.
    pub(crate) fn seen<'f>(&'f self, index: usize, file: &'f str) -> Seen<'f> {
        let row = &self.rows[index];
        let (shown, pointer) = (row.shown as usize, row.pointer as usize);
        let [line, column, end_line, end_column] = row.span.map(|number| number as usize);
        Seen {
            file,
            shown: self.shown(index),
            pointer: &self.text[shown..pointer],
            range: row.start as usize..row.end as usize,
            span: Span { start: Position { line, column }, end: Position { line: end_line, column: end_column } },
        }
    }
}
