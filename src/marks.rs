//! Lines, columns and characters before the few bytes that are asked for, of a text that is read a second time because
//! it was not kept. No more is read than is needed for the last of them.

use std::io::{self, Read};

use crate::lines::Position;

/// Bytes read at once.
const CHUNK: usize = 64 << 10;

/// What stands before a byte of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Mark {
    /// The byte's offset.
    pub(crate) offset: usize,
    /// Its line and column.
    pub(crate) position: Position,
    /// How many characters stand before it.
    pub(crate) characters: usize,
    /// How many units of UTF-16 these take.
    pub(crate) units: usize,
}

/// The marks of a text.
#[derive(Debug, Clone, Default)]
pub(crate) struct Marks(Vec<Mark>);

impl Marks {
    /// Reads `text` up to the last of the offsets that are asked for. One past the end means the end, one in the middle
    /// of a character its beginning.
    pub(crate) fn read(text: &mut dyn Read, mut offsets: Vec<usize>) -> io::Result<Self> {
        offsets.sort_unstable();
        offsets.dedup();
        let mut marks = Vec::with_capacity(offsets.len());
        let mut offsets = offsets.into_iter().peekable();
        let (mut walk, mut chunk) = (Walk::default(), vec![0; CHUNK]);
        while offsets.peek().is_some() {
            let count = fill(text, &mut chunk)?;
            let (bytes, start) = (&chunk[..count], walk.offset);
            while let Some(offset) = offsets.next_if(|offset| count == 0 || *offset < start + count) {
                let at = offset.min(start + count);
                walk.pass(&bytes[walk.offset - start..at - start]);
                marks.push(Mark { offset, ..walk.mark(bytes.get(at - start).copied()) });
            }
            walk.pass(&bytes[walk.offset - start..]);
        }
        Ok(Marks(marks))
    }

    /// The mark of an offset that was asked for; the nearest before it of one that was not.
    pub(crate) fn at(&self, offset: usize) -> Option<&Mark> {
        self.0.get(self.0.partition_point(|mark| mark.offset <= offset).checked_sub(1)?)
    }
}

/// The offset of a line and column of a text, 1-based; of the line's beginning where it has no such column, of the text's
/// last line where it has no such line. And how many bytes the character there has.
pub(crate) fn offset(text: &mut dyn Read, line: usize, column: usize) -> io::Result<(usize, usize)> {
    let (mut walk, mut chunk) = (Walk::default(), vec![0; CHUNK]);
    let (mut start, mut found) = (Position { line: 1, column: 1 }, (0, 0));
    loop {
        let count = fill(text, &mut chunk)?;
        if count == 0 {
            return Ok(found);
        }
        for at in 0..count {
            let position = walk.mark(Some(chunk[at])).position;
            let begins = chunk[at] & 0xc0 != 0x80;
            if position.line > line {
                return Ok(found);
            }
            if begins && position.line != start.line {
                (start, found) = (position, (walk.offset, 1));
            } else if begins && position == (Position { line, column }) {
                found = (walk.offset, 1);
            } else if !begins && walk.offset == found.0 + found.1 {
                found.1 += 1;
            } else if walk.offset == 0 {
                found.1 = 1;
            }
            walk.pass(&chunk[at..=at]);
        }
    }
}

fn fill(text: &mut dyn Read, chunk: &mut [u8]) -> io::Result<usize> {
    loop {
        match text.read(chunk) {
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            other => return other,
        }
    }
}

/// What was passed so far.
#[derive(Debug, Default)]
struct Walk {
    offset: usize,
    line: usize,
    column: usize,
    characters: usize,
    units: usize,
    /// Whether the last byte is a carriage return, whose line ends unless a line feed follows.
    after_return: bool,
}

impl Walk {
    fn pass(&mut self, bytes: &[u8]) {
        let Some(&first) = bytes.first() else { return };
        self.offset += bytes.len();
        let mut from = 0;
        if std::mem::take(&mut self.after_return) && first != b'\n' {
            (self.line, self.column) = (self.line + 1, 0);
        }
        for at in memchr::memchr2_iter(b'\n', b'\r', bytes) {
            match bytes.get(at + 1) {
                Some(b'\n') if bytes[at] == b'\r' => continue,
                None if bytes[at] == b'\r' => self.after_return = true,
                _ => {
                    self.count(&bytes[from..=at]);
                    (self.line, self.column) = (self.line + 1, 0);
                    from = at + 1;
                }
            }
        }
        self.count(&bytes[from..]);
    }

    fn count(&mut self, bytes: &[u8]) {
        let characters = bytes.iter().filter(|&&byte| byte & 0xc0 != 0x80).count();
        self.column += characters;
        self.characters += characters;
        // Characters beyond U+FFFF have four bytes, and two units.
        self.units += characters + bytes.iter().filter(|&&byte| byte >= 0xf0).count();
    }

    /// What stands here; `next` is the byte that follows.
    fn mark(&self, next: Option<u8>) -> Mark {
        let Walk { offset, line, column, characters, units, .. } = *self;
        let ended = self.after_return && next != Some(b'\n');
        let inside = usize::from(next.is_some_and(|next| next & 0xc0 == 0x80));
        let position = match ended {
            true => Position { line: line + 2, column: 1 },
            false => Position { line: line + 1, column: column + 1 - inside },
        };
        Mark { offset, position, characters: characters - inside, units }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{drip::Drip, lines::Lines};

    #[test]
    fn positions_are_those_of_the_whole_text() {
        let text = "é日x😀\r\ny\rz\n\n\r\r\nabc\r";
        let lines = Lines::new(text);
        let all: Vec<usize> = (0..text.len() + 2).collect();
        for step in 1..9 {
            let marks = Marks::read(&mut Drip(text.as_bytes(), step), all.clone()).expect("bytes");
            for &at in &all {
                let mark = marks.at(at).expect("it was asked for");
                assert_eq!(mark.position, lines.position(text, at), "{at} by {step}");
                let before = &text[..text.floor_char_boundary(at)];
                assert_eq!(mark.characters, before.chars().count());
                if text.is_char_boundary(at) {
                    assert_eq!(mark.units, before.chars().map(char::len_utf16).sum::<usize>());
                }
            }
            for (at, c) in text.char_indices() {
                let Position { line, column } = lines.position(text, at);
                let found = offset(&mut Drip(text.as_bytes(), step), line, column).expect("bytes");
                assert_eq!(found, (at, c.len_utf8()), "{at} by {step}");
            }
        }
    }
}
