//! What is left after fixes that are only shown, at its places in the file that stands.

use std::{
    collections::{HashMap, VecDeque},
    hash::Hash,
};

use similar::{DiffOp, DiffTag, TextDiff};

use crate::{
    lines::{Lines, Position, Span},
    report::Located,
};

/// The lines of a mended text, as they stand before.
pub(super) struct Places<'t> {
    before: Lines,
    after: Lines,
    ops: &'t [DiffOp],
    /// Bytes before the text.
    offset: usize,
}

impl<'t> Places<'t> {
    /// The lines of `after` in `before`, between which `difference` is.
    pub(super) fn new(before: &str, after: &str, difference: &'t TextDiff<'_, '_, str>, offset: usize) -> Self {
        Places { before: Lines::new(before), after: Lines::new(after), ops: difference.ops(), offset }
    }

    /// The line before, and whether it is the same line; of one that was changed, the line in whose place it is.
    fn line(&self, line: usize) -> (usize, bool) {
        let at = line.saturating_sub(1);
        let op = self.ops.iter().find(|op| op.new_range().contains(&at));
        let Some((old, new)) = op.map(|op| (op.old_range(), op.new_range())) else {
            return (self.before.count(), false);
        };
        let is_same = op.is_some_and(|op| op.tag() == DiffTag::Equal);
        let last = old.end.saturating_sub(1).max(old.start);
        ((old.start + at - new.start).min(last) + 1, is_same)
    }

    /// The findings that are `left`: as they were found first, where they were; those that only show when others are
    /// mended at the line that they will be on, without the fixes, whose edits are of the mended text.
    pub(super) fn standing(&self, left: Vec<Located>, first: Vec<Located>) -> Vec<Located> {
        let mut left: Vec<Option<Located>> = left.into_iter().map(Some).collect();
        let mut first: Vec<Option<Located>> = first.into_iter().map(Some).collect();
        let mut standing = Vec::with_capacity(left.len());
        // What says the same at the same place is the same; else the first that says the same.
        let at = |position: Option<Position>| position.map(|at| (at.line, at.column));
        let before = |one: &Located| (what(one), at(start(one)));
        let after = |one: &Located| {
            let moved = start(one).map(|at| Position { line: self.line(at.line).0, ..at });
            (what(one), at(moved))
        };
        pair(&mut left, &mut first, after, before, &mut standing);
        pair(&mut left, &mut first, what, what, &mut standing);
        standing.extend(left.into_iter().flatten().map(|located| self.moved(located)));
        standing.sort_by_key(|located| located.bytes.start);
        standing
    }

    fn moved(&self, mut located: Located) -> Located {
        let finding = &mut located.finding;
        finding.fix = None;
        finding.related.retain(|related| related.file.is_some());
        (located.edits, located.edit_spans) = (Vec::new(), Vec::new());
        let Some(span) = finding.span else { return located };
        let (line, is_same) = self.line(span.start.line);
        let begin = self.before.start(line.min(self.before.count()));
        let range = finding.range.clone().unwrap_or_default();
        let (start, length) = match is_same && span.end.line == span.start.line {
            true => (range.start.saturating_sub(self.after.start(span.start.line)), range.len()),
            false => (0, 0),
        };
        let column = |column: usize| if length == 0 && start == 0 { 1 } else { column };
        let position = |at: Position| Position { line, column: column(at.column) };
        finding.span = Some(Span { start: position(span.start), end: position(span.end) });
        finding.range = Some(begin + start..begin + start + length);
        located.bytes = begin + start + self.offset..begin + start + length + self.offset;
        located
    }
}

fn start(located: &Located) -> Option<Position> {
    located.finding.span.map(|span| span.start)
}

/// What a finding says, and of what.
fn what(located: &Located) -> (String, String, String) {
    let finding = &located.finding;
    (finding.code.to_string(), finding.pointer.clone(), finding.message.clone())
}

/// Takes out of `left` what has its like in `first`, which goes to `standing`.
fn pair<K: Hash + Eq>(
    left: &mut [Option<Located>],
    first: &mut [Option<Located>],
    of_left: impl Fn(&Located) -> K,
    of_first: impl Fn(&Located) -> K,
    standing: &mut Vec<Located>,
) {
    let mut by_key: HashMap<K, VecDeque<usize>> = HashMap::new();
    for (index, located) in first.iter().enumerate() {
        if let Some(located) = located {
            by_key.entry(of_first(located)).or_default().push_back(index);
        }
    }
    for one in left {
        let like = one.as_ref().and_then(|one| by_key.get_mut(&of_left(one))?.pop_front());
        if let Some(index) = like {
            standing.extend(first[index].take());
            *one = None;
        }
    }
}
