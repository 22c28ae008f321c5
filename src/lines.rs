//! Byte offsets to lines and columns.

use std::ops::Range;

/// A position in a text. Both are 1-based; the column counts characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Position {
    /// 1-based line.
    pub line: usize,
    /// 1-based column, in characters.
    pub column: usize,
}

/// A stretch of text: where it begins, and where the first character after it stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    /// The first character.
    pub start: Position,
    /// The first character after it.
    pub end: Position,
}

/// The line starts of a text. Lines end at LF, CRLF or a lone CR.
#[derive(Debug, Clone)]
pub struct Lines {
    starts: Vec<usize>,
}

impl Lines {
    /// Indexes `text`.
    pub fn new(text: &str) -> Self {
        let bytes = text.as_bytes();
        let mut starts = vec![0];
        for at in memchr::memchr2_iter(b'\n', b'\r', bytes) {
            if bytes[at] == b'\n' || bytes.get(at + 1) != Some(&b'\n') {
                starts.push(at + 1);
            }
        }
        Lines { starts }
    }

    /// The position of the byte at `offset`; past the end means the end.
    pub fn position(&self, text: &str, offset: usize) -> Position {
        let mut offset = offset.min(text.len());
        while !text.is_char_boundary(offset) {
            offset -= 1;
        }
        let line = self.starts.partition_point(|&start| start <= offset);
        let start = self.starts[line - 1];
        Position { line, column: 1 + text[start..offset].chars().count() }
    }

    /// The 1-based line of the byte at `offset`, without counting its column.
    pub fn number(&self, offset: usize) -> usize {
        self.starts.partition_point(|&start| start <= offset)
    }

    /// The span of a byte range.
    pub fn span(&self, text: &str, range: &Range<usize>) -> Span {
        let start = self.position(text, range.start);
        Span { start, end: if range.end <= range.start { start } else { self.position(text, range.end) } }
    }

    /// The bytes of a 1-based line, without its line end.
    pub fn line<'t>(&self, text: &'t str, line: usize) -> &'t str {
        let start = self.starts[line - 1];
        let end = self.starts.get(line).copied().unwrap_or(text.len());
        text[start..end].trim_end_matches(['\n', '\r'])
    }

    /// The byte at which a 1-based line starts.
    pub fn start(&self, line: usize) -> usize {
        self.starts[line - 1]
    }

    /// How many lines there are.
    pub fn count(&self) -> usize {
        self.starts.len()
    }
}

/// Positions of one text asked for in ascending order, counted from one to the next: for the few at the beginning of
/// a text whose other lines nobody asks for.
#[derive(Debug, Clone)]
pub struct Counter<'t> {
    text: &'t str,
    offset: usize,
    position: Position,
}

impl<'t> Counter<'t> {
    /// Begins at the first byte.
    pub fn new(text: &'t str) -> Self {
        Counter { text, offset: 0, position: Position { line: 1, column: 1 } }
    }

    /// The position of the byte at `offset`; past the end means the end, before the last one asked for that one.
    pub fn position(&mut self, offset: usize) -> Position {
        let offset = self.text.floor_char_boundary(offset).max(self.offset);
        let bytes = self.text.as_bytes();
        let mut from = self.offset;
        while let Some(step) = memchr::memchr2(b'\n', b'\r', &bytes[from..offset]) {
            from += step + 1;
            if bytes[from - 1] == b'\n' || bytes.get(from) != Some(&b'\n') {
                self.position = Position { line: self.position.line + 1, column: 1 };
                self.offset = from;
            }
        }
        self.position.column += self.text[self.offset..offset].chars().count();
        self.offset = offset;
        self.position
    }
}

/// Positions of one text asked for in ascending order: what lies between two on one line is counted once.
#[derive(Debug, Clone)]
pub struct Cursor<'t> {
    text: &'t str,
    lines: &'t Lines,
    offset: usize,
    position: Position,
}

impl<'t> Cursor<'t> {
    /// Begins at the first byte.
    pub fn new(text: &'t str, lines: &'t Lines) -> Self {
        Cursor { text, lines, offset: 0, position: Position { line: 1, column: 1 } }
    }

    /// The span of a byte range; the cursor stays at its beginning.
    pub fn span(&mut self, range: &Range<usize>) -> Span {
        let start = self.position(range.start);
        Span { start, end: if range.end <= range.start { start } else { self.clone().position(range.end) } }
    }

    /// The position of the byte at `offset`; past the end means the end.
    pub fn position(&mut self, offset: usize) -> Position {
        let offset = self.text.floor_char_boundary(offset);
        let line = self.lines.number(offset);
        self.position = match self.text.get(self.offset..offset) {
            Some(between) if line == self.position.line => {
                Position { line, column: self.position.column + between.chars().count() }
            }
            _ => self.lines.position(self.text, offset),
        };
        self.offset = offset;
        self.position
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_count_characters_and_every_line_end_counts_once() {
        let text = "é日x\r\ny\rz\n";
        let lines = Lines::new(text);
        assert_eq!(lines.position(text, 5), Position { line: 1, column: 3 });
        assert_eq!(lines.position(text, 8), Position { line: 2, column: 1 });
        assert_eq!(lines.position(text, 10), Position { line: 3, column: 1 });
        assert_eq!(lines.position(text, 99), Position { line: 4, column: 1 });
        assert_eq!(lines.line(text, 1), "é日x");
        let mut cursor = Cursor::new(text, &lines);
        for offset in [2, 5, 5, 8, 11, 2] {
            assert_eq!(cursor.position(offset), lines.position(text, offset));
        }
        let mut counter = Counter::new(text);
        for offset in 0..text.len() + 2 {
            assert_eq!(counter.position(offset), lines.position(text, offset));
            assert_eq!(Counter::new(text).position(offset), lines.position(text, offset));
        }
    }
}
