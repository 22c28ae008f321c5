//! The text of a source as those see it who look on while it is read: all of it, or what is kept of it while it streams.
//!
//! Of a stream, what stands outside of items is kept, and what was read since the last item ended: whoever looks on
//! speaks of the item that they saw, of the elements around it, and of what the feed says of itself.

use std::{
    borrow::Cow,
    ops::Range,
    sync::{Mutex, MutexGuard, PoisonError},
};

use crate::{
    error::{Error, ErrorKind},
    limits::Limits,
};

/// Bytes that may have been dropped before those that are kept are moved up.
const SLACK: usize = 1 << 20;

/// Bytes that those who look on may be behind what is read.
pub(crate) const AHEAD: usize = 128 << 10;

/// The text of a source, by offsets in all of it.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Text<'t> {
    /// All of it is at hand.
    Whole(&'t str),
    /// It streams.
    Streamed(&'t Mutex<Kept>),
}

impl<'t> From<&'t str> for Text<'t> {
    fn from(text: &'t str) -> Self {
        Text::Whole(text)
    }
}

impl<'t> Text<'t> {
    /// The bytes of a range; `None` where it does not fit characters, or is no longer there.
    #[inline]
    pub(crate) fn get(self, range: Range<usize>) -> Option<Cow<'t, str>> {
        match self {
            Text::Whole(text) => text.get(range).map(Cow::Borrowed),
            Text::Streamed(kept) => lock(kept).get(range).map(|text| Cow::Owned(text.to_owned())),
        }
    }

    /// What stands at the two ends of a range: twice the same where all of it is there.
    pub(crate) fn ends(self, range: Range<usize>) -> Option<(Cow<'t, str>, Cow<'t, str>)> {
        if let Some(whole) = self.get(range.clone()) {
            return Some((whole.clone(), whole));
        }
        let Text::Streamed(kept) = self else { return None };
        let kept = lock(kept);
        let (first, last) = (kept.piece(range.start)?, kept.piece(range.end.checked_sub(1)?)?);
        let first = std::str::from_utf8(&first.1[range.start - first.0..]).ok()?;
        let last = std::str::from_utf8(&last.1[..range.end - last.0]).ok()?;
        Some((Cow::Owned(first.to_owned()), Cow::Owned(last.to_owned())))
    }

    /// The text around an offset, and where it begins: all of it, or up to `reach` bytes on each side.
    pub(crate) fn around(self, offset: usize, reach: usize) -> Option<(Cow<'t, str>, usize)> {
        let kept = match self {
            Text::Whole(text) => return Some((Cow::Borrowed(text), 0)),
            Text::Streamed(kept) => lock(kept),
        };
        let (start, bytes) = kept.piece(offset)?;
        let at = offset - start;
        let from = boundary(bytes, at.saturating_sub(reach));
        let to = boundary(bytes, (at + reach).min(bytes.len()));
        let text = std::str::from_utf8(&bytes[from..to]).ok()?;
        Some((Cow::Owned(text.to_owned()), start + from))
    }
}

/// What is kept, for as long as it is asked: nobody leaves it half changed.
pub(crate) fn lock(kept: &Mutex<Kept>) -> MutexGuard<'_, Kept> {
    kept.lock().unwrap_or_else(PoisonError::into_inner)
}

/// The last beginning of a character up to an offset.
pub(crate) fn boundary(bytes: &[u8], mut at: usize) -> usize {
    while at > 0 && bytes.get(at).is_some_and(|byte| byte & 0xc0 == 0x80) {
        at -= 1;
    }
    at
}

/// What is kept of a text that streams.
#[derive(Debug)]
pub(crate) struct Kept {
    /// What stands outside of items, in order, each with its offset; blanks are left out.
    outside: Vec<(usize, Vec<u8>)>,
    /// How many bytes these are.
    outside_length: usize,
    /// What was read since the last item that was dropped ended, behind `dropped` bytes that count no more.
    tail: Vec<u8>,
    dropped: usize,
    /// The offset of the first byte of `tail`.
    start: usize,
    most_outside: usize,
    most_in_tail: usize,
    /// A word whose places are noted, wherever it stands.
    word: &'static str,
    noted: Vec<usize>,
}

impl Kept {
    /// Keeps nothing yet, and no more than the limits allow; notes where `word` stands.
    pub(crate) fn new(limits: &Limits, word: &'static str) -> Self {
        Kept {
            outside: Vec::new(),
            outside_length: 0,
            tail: Vec::new(),
            dropped: 0,
            start: 0,
            most_outside: limits.kept,
            // An item may be large, and is read a little ahead of.
            most_in_tail: limits.kept.max(limits.item).saturating_add(SLACK + AHEAD),
            word,
            noted: Vec::new(),
        }
    }

    /// Adds what was read.
    pub(crate) fn push(&mut self, bytes: &[u8]) -> Result<(), Error> {
        let from = self.tail.len().saturating_sub(self.word.len() - 1).max(self.dropped);
        self.tail.extend_from_slice(bytes);
        let start = self.start + from;
        self.noted.extend(memchr::memmem::find_iter(&self.tail[from..], self.word).map(|at| start + at));
        if self.tail.len() - self.dropped > self.most_in_tail || self.outside_length > self.most_outside {
            let message = Limits::message("bytes outside of items", self.most_outside, "kept");
            return Err(Error::new(ErrorKind::Limit, message));
        }
        Ok(())
    }

    /// Whether the word was met.
    pub(crate) fn has_noted(&self) -> bool {
        !self.noted.is_empty()
    }

    /// Where the word stands.
    pub(crate) fn noted(&mut self) -> Vec<usize> {
        std::mem::take(&mut self.noted)
    }

    /// How many bytes were read.
    pub(crate) fn length(&self) -> usize {
        self.start + self.tail.len()
    }

    /// The first character's bytes.
    pub(crate) fn first(&self) -> usize {
        let first = self.outside.first().map_or(&self.tail, |(_, bytes)| bytes);
        1 + first.iter().skip(1).take(3).take_while(|byte| **byte & 0xc0 == 0x80).count()
    }

    /// Lets go of an item, of which nobody speaks any more.
    pub(crate) fn drop_item(&mut self, item: Range<usize>) {
        let live = self.start + self.dropped;
        if item.start < live || item.end > self.length() {
            return;
        }
        let before = &self.tail[self.dropped..item.start - self.start];
        if !before.iter().all(u8::is_ascii_whitespace) || self.outside.is_empty() {
            self.outside_length += before.len();
            self.outside.push((live, before.to_vec()));
        }
        self.dropped = item.end - self.start;
        if self.dropped > SLACK {
            self.tail.drain(..self.dropped);
            self.start += self.dropped;
            self.dropped = 0;
        }
    }

    fn get(&self, range: Range<usize>) -> Option<&str> {
        if range.start > range.end {
            return None;
        }
        let (start, bytes) = self.piece(range.start)?;
        std::str::from_utf8(bytes.get(range.start - start..range.end - start)?).ok()
    }

    /// What is kept together around an offset, and where it begins.
    fn piece(&self, offset: usize) -> Option<(usize, &[u8])> {
        let live = self.start + self.dropped;
        if offset >= live {
            return (offset <= self.length()).then(|| (live, &self.tail[self.dropped..]));
        }
        let at = self.outside.partition_point(|(start, _)| *start <= offset).checked_sub(1)?;
        let (start, bytes) = &self.outside[at];
        (offset < start + bytes.len()).then_some((*start, bytes))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_stands_outside_of_items_is_kept() {
        let kept = Mutex::new(Kept::new(&Limits::default(), "word"));
        lock(&kept).push("<a> é<i>1</i> <i>2</i>b<i>3</i>".as_bytes()).expect("it is short");
        let text = Text::Streamed(&kept);
        assert_eq!(text.get(6..9).as_deref(), Some("<i>"));
        assert_eq!(text.get(5..9), None);
        for item in [6..14, 15..23, 24..32] {
            lock(&kept).drop_item(item);
        }
        assert_eq!(text.get(0..6).as_deref(), Some("<a> é"));
        assert_eq!(text.get(6..9), None);
        assert_eq!(text.get(23..24).as_deref(), Some("b"));
        assert_eq!(text.ends(4..24), Some(("é".into(), "b".into())));
        assert_eq!(lock(&kept).length(), 32);
    }

    #[test]
    fn more_than_is_allowed_outside_of_items_is_an_error() {
        let mut limits = Limits::default();
        (limits.kept, limits.item) = (10, 10);
        let mut kept = Kept::new(&limits, "word");
        kept.push(b"<rss><channel>").expect("it is read ahead");
        kept.drop_item(14..14);
        assert!(kept.push(b"x").is_err());
    }
}
