//! The bytes of a JSON text: a window that holds the token being read, and knows its line.

use std::{
    cell::Cell,
    io::{ErrorKind, Read},
    ops::Range,
};

use crate::lines::{Position, Span};

/// Bytes read at once.
const CHUNK: usize = 64 << 10;

/// A window over a stream of bytes.
pub(super) struct Source<'a> {
    /// `None` when all bytes are in the window from the start.
    read: Option<Box<dyn Read + 'a>>,
    buffer: Vec<u8>,
    /// How many bytes of `buffer` have been read.
    filled: usize,
    /// The next byte, in `buffer`.
    pub(super) at: usize,
    /// Where the token being read begins, in `buffer`; bytes before it may be dropped.
    pub(super) mark: usize,
    /// Where `buffer` begins in the text.
    base: usize,
    /// The position of the first byte of `buffer`.
    position: Position,
    /// Whether the byte before `buffer` is a carriage return, whose line feed is yet to come.
    after_return: bool,
    ended: bool,
    /// Why no more bytes come, met while looking ahead: told once those before it are used up.
    failure: Option<std::io::Error>,
    /// The place that was asked for last: its byte of the text, its position, whether it follows a carriage return.
    /// Places come in order, so that no byte is counted twice.
    last: Cell<(usize, Position, bool)>,
}

impl<'a> Source<'a> {
    pub(super) fn new(read: Box<dyn Read + 'a>) -> Self {
        Source { read: Some(read), buffer: vec![0; CHUNK], ended: false, ..Source::empty() }
    }

    /// Bytes that begin at `base` of some text, at a position known to the caller. The window's memory is reused.
    pub(super) fn load(&mut self, bytes: &[u8], base: usize, position: Position) {
        self.read = None;
        self.buffer.clear();
        self.buffer.extend_from_slice(bytes);
        (self.filled, self.at, self.mark) = (bytes.len(), 0, 0);
        (self.base, self.position, self.after_return, self.ended) = (base, position, false, true);
        self.last.set((base, position, false));
    }

    /// A window without bytes, to [`load`](Source::load) some.
    pub(super) fn empty() -> Self {
        let position = Position { line: 1, column: 1 };
        let last = Cell::new((0, position, false));
        let (read, buffer) = (None, Vec::new());
        Source {
            read,
            buffer,
            filled: 0,
            at: 0,
            mark: 0,
            base: 0,
            position,
            after_return: false,
            ended: true,
            failure: None,
            last,
        }
    }

    /// The bytes that are there without reading more.
    pub(super) fn rest(&self) -> &[u8] {
        &self.buffer[self.at..self.filled]
    }

    /// Bytes of the text that are in the window.
    pub(super) fn slice(&self, range: Range<usize>) -> &[u8] {
        &self.buffer[self.index(range.start)..self.index(range.end)]
    }

    /// Where the next byte stands in the text.
    pub(super) fn offset(&self) -> usize {
        self.base + self.at
    }

    /// Where a byte of the text stands in the window.
    fn index(&self, offset: usize) -> usize {
        offset.saturating_sub(self.base).min(self.filled)
    }

    /// Whether there are at least so many bytes left.
    pub(super) fn has(&mut self, count: usize) -> std::io::Result<bool> {
        while self.filled - self.at < count {
            if !self.fill()? {
                return Ok(false);
            }
        }
        Ok(true)
    }

    /// Makes `count` bytes be at hand, where there are as many.
    pub(super) fn look(&mut self, count: usize) {
        while self.filled - self.at < count {
            match self.fill() {
                Ok(true) => {}
                Ok(false) => return,
                Err(error) => {
                    self.failure = Some(error);
                    return;
                }
            }
        }
    }

    /// Reads more, dropping what stands before the mark; false at the end.
    pub(super) fn fill(&mut self) -> std::io::Result<bool> {
        if let Some(error) = self.failure.take() {
            return Err(error);
        }
        let Some(read) = self.read.as_mut().filter(|_| !self.ended) else { return Ok(false) };
        let moved = self.mark;
        if moved > 0 {
            (self.position, self.after_return) = advance(self.position, self.after_return, &self.buffer[..moved]);
            self.buffer.copy_within(moved..self.filled, 0);
            self.base += moved;
            self.filled -= moved;
            self.at -= moved;
            self.mark = 0;
        }
        if self.filled == self.buffer.len() {
            self.buffer.resize((self.buffer.len() * 2).max(CHUNK), 0);
        }
        loop {
            match read.read(&mut self.buffer[self.filled..]) {
                Ok(count) => {
                    self.ended = count == 0;
                    self.filled += count;
                    return Ok(count > 0);
                }
                Err(error) if error.kind() == ErrorKind::Interrupted => {}
                Err(error) => return Err(error),
            }
        }
    }

    /// Whether a byte of the text is in the window.
    pub(super) fn holds(&self, offset: usize) -> bool {
        (self.base..=self.base + self.filled).contains(&offset)
    }

    /// Line and column of bytes of the text that are in the window.
    pub(super) fn span(&self, range: &Range<usize>) -> Span {
        let (mut from, mut position, mut after_return) = self.last.get();
        if from < self.base || from > range.start {
            (from, position, after_return) = (self.base, self.position, self.after_return);
        }
        let (start, after_return) = advance(position, after_return, self.slice(from..range.start));
        self.last.set((range.start.max(from), start, after_return));
        let end = range.end.max(range.start);
        Span { start, end: advance(start, after_return, self.slice(range.start..end)).0 }
    }
}

/// The position after some bytes. Lines end at LF, CRLF or a lone CR.
fn advance(from: Position, after_return: bool, bytes: &[u8]) -> (Position, bool) {
    let Position { mut line, mut column } = from;
    let mut start = 0;
    for at in memchr::memchr2_iter(b'\n', b'\r', bytes) {
        let second_half = bytes[at] == b'\n' && if at == 0 { after_return } else { bytes[at - 1] == b'\r' };
        if !second_half {
            line += 1;
        }
        (column, start) = (1, at + 1);
    }
    // Bytes that continue a character do not count.
    column += bytes[start..].iter().filter(|&&byte| byte & 0xc0 != 0x80).count();
    let ends = bytes.last().map_or(after_return, |&byte| byte == b'\r');
    (Position { line, column }, ends)
}
