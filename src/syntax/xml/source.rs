//! The bytes beneath quick-xml: read in large chunks, counted, bounded per token, given back for repairs, and
//! resolved to lines and columns.

use std::{
    cell::Cell,
    io::{self, BufRead, Read},
};

use crate::{
    error::{Error, ErrorKind},
    lines::Position,
};

/// Bytes read at once. Two chunks are kept.
const CHUNK: usize = 64 << 10;

/// What a stretch of bytes may hold that needs a closer look.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Suspects {
    /// A carriage return.
    pub(super) returns: bool,
    /// Bytes of characters that XML forbids, perhaps.
    pub(super) illegal: bool,
}

impl Suspects {
    fn of(bytes: &[u8]) -> Self {
        let (mut controls, mut returns, mut high) = (false, false, false);
        // One pass without branches, so that the compiler can take many bytes at a time.
        for &byte in bytes {
            controls |= (byte < 0x20) & (byte != b'\t') & (byte != b'\n') & (byte != b'\r');
            returns |= byte == b'\r';
            high |= byte == 0xef;
        }
        // U+FFFE and U+FFFF are EF BF BE and EF BF BF; they may be split between two chunks.
        let illegal =
            controls || high && (bytes.ends_with(b"\xef") || memchr::memmem::find(bytes, b"\xef\xbf").is_some());
        Suspects { returns, illegal }
    }

    fn or(self, other: Self) -> Self {
        Suspects { returns: self.returns | other.returns, illegal: self.illegal | other.illegal }
    }
}

/// Line and column of a byte, counted from 0. `after_return`: the byte before it is a carriage return, whose line
/// ends unless a line feed follows.
#[derive(Debug, Clone, Copy, Default)]
struct Mark {
    offset: usize,
    line: usize,
    column: usize,
    after_return: bool,
}

impl Mark {
    /// The mark after `bytes`, which follow it. `returns`: whether they may hold carriage returns.
    fn after(mut self, bytes: &[u8], returns: bool) -> Self {
        let mut rest = bytes;
        self.offset += bytes.len();
        if self.after_return && !rest.is_empty() {
            self.after_return = false;
            if rest[0] == b'\n' {
                rest = &rest[1..];
            }
            self.line += 1;
            self.column = 0;
        }
        if !returns || memchr::memchr(b'\r', rest).is_none() {
            if let Some(last) = memchr::memrchr(b'\n', rest) {
                self.line += 1 + memchr::memchr_iter(b'\n', &rest[..last]).count();
                self.column = 0;
                rest = &rest[last + 1..];
            }
            self.column += characters(rest);
            return self;
        }
        while let Some(end) = memchr::memchr2(b'\n', b'\r', rest) {
            let next = rest.get(end + 1);
            if rest[end] == b'\r' && next.is_none() {
                self.column += characters(rest);
                self.after_return = true;
                return self;
            }
            let long = rest[end] == b'\r' && next == Some(&b'\n');
            rest = &rest[end + 1 + usize::from(long)..];
            self.line += 1;
            self.column = 0;
        }
        self.column += characters(rest);
        self
    }

    /// As a position; `next` is the byte at it.
    fn position(self, next: Option<u8>) -> Position {
        if self.after_return && next != Some(b'\n') {
            return Position { line: self.line + 2, column: 1 };
        }
        Position { line: self.line + 1, column: self.column + 1 }
    }
}

fn characters(bytes: &[u8]) -> usize {
    bytes.iter().filter(|&&byte| byte & 0xc0 != 0x80).count()
}

/// A [`BufRead`] of our own under quick-xml's reader.
pub(super) struct Source<'a> {
    read: Option<Box<dyn Read + 'a>>,
    /// The bytes at hand: `chunk[at..end]` are still to come, those before are kept for positions.
    chunk: Vec<u8>,
    at: usize,
    end: usize,
    start: Mark,
    suspects: Suspects,
    /// The bytes before the chunk, up to its start.
    before: Vec<u8>,
    before_start: Mark,
    /// The last position that was asked for: the next one is most often after it.
    cursor: Cell<Mark>,
    token_cursor: Cell<Mark>,
    token: usize,
    /// Where the token starts, when that is no longer in the chunk.
    token_start: Option<Mark>,
    token_suspects: Suspects,
    limit: usize,
    failure: Option<Error>,
    /// Whether the token grew beyond the limit.
    pub(super) too_long: bool,
    /// Up to which offset tags are looked at before they are read: a bad one has swallowed all up to there, and was
    /// given back. Without it, a second bad one would swallow the same again.
    pub(super) careful: usize,
}

impl<'a> Source<'a> {
    /// A source of decoded bytes, whose tokens may have `limit` bytes.
    pub(super) fn new(read: Box<dyn Read + 'a>, limit: usize) -> Self {
        Source { read: Some(read), chunk: vec![0; CHUNK], ..Self::of(Vec::new(), limit) }
    }

    /// A source of bytes that are at hand.
    pub(super) fn of(bytes: Vec<u8>, limit: usize) -> Self {
        Source {
            read: None,
            end: bytes.len(),
            suspects: Suspects::of(&bytes),
            chunk: bytes,
            at: 0,
            start: Mark::default(),
            before: Vec::new(),
            before_start: Mark::default(),
            cursor: Cell::default(),
            token_cursor: Cell::default(),
            token: 0,
            token_start: None,
            token_suspects: Suspects::default(),
            limit,
            failure: None,
            too_long: false,
            careful: 0,
        }
    }

    /// The offset of the next byte.
    pub(super) fn offset(&self) -> usize {
        self.start.offset + self.at
    }

    /// Whether tags have to be looked at before they are read.
    #[inline]
    pub(super) fn is_careful(&self) -> bool {
        self.offset() < self.careful
    }

    /// Starts a token here.
    pub(super) fn begin(&mut self) {
        self.token = self.offset();
        self.token_start = None;
        self.token_suspects = Suspects::default();
    }

    /// The offset at which the token starts.
    pub(super) fn token(&self) -> usize {
        self.token
    }

    /// What the token may hold.
    pub(super) fn suspects(&self) -> Suspects {
        self.token_suspects.or(self.suspects)
    }

    /// The bytes at hand from here on: at least `count`, unless the source ends before.
    pub(super) fn peek(&mut self, count: usize) -> &[u8] {
        while self.end - self.at < count && self.refill(count) {}
        &self.chunk[self.at..self.end]
    }

    /// The next byte.
    pub(super) fn peek_byte(&mut self) -> Option<u8> {
        if self.at == self.end {
            self.peek(1);
        }
        self.chunk[self.at..self.end].first().copied()
    }

    /// Why the bytes ended before the source did.
    pub(super) fn take_failure(&mut self) -> Option<Error> {
        // A failure counts once all bytes before it are used up.
        if self.at == self.end { self.failure.take() } else { None }
    }

    /// Goes back to an offset in the token, whose bytes from `at` on are `raw`.
    pub(super) fn rewind(&mut self, offset: usize, raw: &[u8], at: usize) {
        if offset >= self.start.offset {
            self.at = offset - self.start.offset;
            return;
        }
        let back = offset.saturating_sub(at).min(raw.len());
        let start = self.mark(offset, raw, at);
        let mut bytes = raw[back..].to_vec();
        bytes.extend_from_slice(&self.chunk[self.at..self.end]);
        self.suspects = Suspects::of(&bytes);
        self.end = bytes.len();
        self.at = 0;
        bytes.resize(bytes.len().max(CHUNK), 0);
        self.chunk = bytes;
        self.start = start;
        self.before.clear();
        self.before_start = start;
        self.cursor.set(start);
        self.token_cursor.set(start);
    }

    /// Line and column of an offset in the token (or shortly before it); `raw` is what the token has from `at` on,
    /// before which it has no line end.
    pub(super) fn position(&self, offset: usize, raw: &[u8], at: usize) -> Position {
        let mark = self.mark(offset, raw, at);
        let next = offset.checked_sub(self.start.offset).and_then(|at| self.chunk[..self.end].get(at)).copied();
        mark.position(next.or_else(|| raw.get(offset.wrapping_sub(at)).copied()))
    }

    fn mark(&self, offset: usize, raw: &[u8], at: usize) -> Mark {
        if offset > self.token && self.token_cursor.get().offset != self.token {
            // What is asked for goes to and fro within a token, but never before it.
            self.token_cursor.set(self.mark(self.token, raw, at));
        }
        let known = [self.cursor.get(), self.token_cursor.get()];
        let nearest = |start: Mark| {
            let usable = known.into_iter().filter(|mark| (start.offset..=offset).contains(&mark.offset));
            usable.max_by_key(|mark| mark.offset).unwrap_or(start)
        };
        let (from, bytes) = if offset >= self.start.offset {
            let from = nearest(self.start);
            (from, &self.chunk[from.offset - self.start.offset..self.end])
        } else if offset >= self.before_start.offset && !self.before.is_empty() {
            let from = nearest(self.before_start);
            (from, &self.before[from.offset - self.before_start.offset..])
        } else {
            let mut from = self.token_start.unwrap_or(self.before_start);
            from.column += at.saturating_sub(from.offset);
            from.offset = from.offset.max(at);
            let from = nearest(from);
            (from, &raw[(from.offset - at).min(raw.len())..])
        };
        let mark = from.after(&bytes[..offset.saturating_sub(from.offset).min(bytes.len())], true);
        self.cursor.set(mark);
        mark
    }

    /// Gets more bytes after those at hand, to make it `wanted` where that is more than a chunk; false at the end.
    fn refill(&mut self, wanted: usize) -> bool {
        let Some(read) = &mut self.read else { return false };
        if self.token >= self.start.offset && self.token < self.start.offset + self.end {
            self.token_start =
                Some(self.start.after(&self.chunk[..self.token - self.start.offset], self.suspects.returns));
        }
        if self.token < self.start.offset + self.end {
            self.token_suspects = self.token_suspects.or(self.suspects);
        }
        let next = self.start.after(&self.chunk[..self.at], self.suspects.returns);
        std::mem::swap(&mut self.chunk, &mut self.before);
        self.before_start = self.start;
        let rest = self.end - self.at;
        // What a repair gave back can be larger than a chunk.
        self.chunk.resize(CHUNK.max(rest * 2).max(wanted), 0);
        self.chunk[..rest].copy_from_slice(&self.before[self.at..self.end]);
        self.before.truncate(self.at);
        self.start = next;
        (self.at, self.end) = (0, rest);
        // Small reads at the end of a chunk would cost more than they bring.
        while self.end == rest || self.chunk.len() - self.end > CHUNK / 16 {
            match read.read(&mut self.chunk[self.end..]) {
                Ok(0) => {
                    self.read = None;
                    break;
                }
                Ok(count) => self.end += count,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => {
                    self.failure = Some(unread(error));
                    self.read = None;
                    break;
                }
            }
        }
        self.suspects = Suspects::of(&self.chunk[..self.end]);
        self.end > rest
    }
}

/// What a failed read means: an error of ours may travel in it, as that of an encoding does.
fn unread(error: io::Error) -> Error {
    match error.downcast::<Error>() {
        Ok(error) => error,
        Err(error) => Error::new(ErrorKind::Input, format!("the source could not be read: {error}")),
    }
}

impl Read for Source<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.fill_buf()?.read(buffer)?;
        self.consume(count);
        Ok(count)
    }
}

impl BufRead for Source<'_> {
    #[inline]
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        if self.at == self.end {
            if self.offset() - self.token > self.limit {
                self.too_long = true;
                return Err(io::Error::other("a token is too long"));
            }
            self.refill(0);
        }
        Ok(&self.chunk[self.at..self.end])
    }

    #[inline]
    fn consume(&mut self, count: usize) {
        self.at += count;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{drip::Drip, lines::Lines};

    #[test]
    fn positions_are_those_of_the_whole_text() {
        let text = "é日x\r\ny\rz\n\n\r\r\nabc".repeat(9_000);
        let lines = Lines::new(&text);
        let mut source = Source::new(Box::new(Drip(text.as_bytes(), 777)), usize::MAX);
        let mut offset = 0;
        while offset < text.len() {
            source.begin();
            assert_eq!(source.offset(), offset);
            for ahead in [0, 3, 1] {
                let asked = offset + ahead;
                if asked <= source.start.offset + source.end && text.is_char_boundary(asked) {
                    assert_eq!(
                        source.position(asked, &text.as_bytes()[offset..], offset),
                        lines.position(&text, asked),
                        "{asked}"
                    );
                }
            }
            let step = source.peek(1).len().min(1_001);
            source.consume(step);
            offset += step;
        }
    }

    #[test]
    fn what_was_swallowed_can_be_given_back_over_chunks() {
        let text = "line é\n".repeat(40_000);
        let lines = Lines::new(&text);
        let mut source = Source::new(Box::new(text.as_bytes()), usize::MAX);
        source.peek(1);
        source.consume(7);
        source.begin();
        let mut raw = Vec::new();
        while raw.len() < 200_000 {
            let bytes = source.fill_buf().expect("bytes").to_vec();
            source.consume(bytes.len());
            raw.extend(bytes);
        }
        assert_eq!(source.position(80_001, &raw, 7), lines.position(&text, 80_001));
        source.rewind(100, &raw, 7);
        assert_eq!(source.offset(), 100);
        source.begin();
        assert_eq!(source.position(100, &[], 100), lines.position(&text, 100));
        let mut rest = Vec::new();
        source.read_to_end(&mut rest).expect("bytes");
        assert!(rest == text.as_bytes()[100..]);
    }
}
