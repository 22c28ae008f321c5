//! Reads stretches of items apart from those before them.

use std::io::Read;

use super::read::JsonFeedReader;
use crate::{
    error::{Error, ErrorKind},
    finding::Finding,
    format::{Part, Places, ReadOptions, Reader, apart::ReadApart},
    reference::Base,
};

/// The comma, brace and first key that an item begins with, with the blanks between them: items of a feed are laid out
/// alike, and no string can hold that, since quotes are escaped in it.
pub(super) fn beginning(bytes: &[u8]) -> Option<&[u8]> {
    let blanks = |from: usize| from + bytes[from..].iter().take_while(|byte| byte.is_ascii_whitespace()).count();
    let mut at = 0;
    for mark in [b',', b'{', b'"'] {
        at = blanks(at);
        if bytes.get(at) != Some(&mark) {
            return None;
        }
        at += 1;
    }
    let key = memchr::memchr(b'"', bytes.get(at..at + 64)?)?;
    Some(&bytes[..=at + key])
}

/// What the items of a stretch are read with.
pub(super) struct StretchOf {
    pub(super) options: ReadOptions,
    pub(super) base: Base,
}

impl ReadApart for StretchOf {
    fn reader<'a>(&'a self, stretch: &'a [u8]) -> Box<dyn Reader + 'a> {
        // Without the comma it is a list, and that is a feed.
        let comma = memchr::memchr(b',', stretch).map_or(0, |at| at + 1);
        let feed = (&b"{\"items\":["[..]).chain(&stretch[comma..]).chain(&b"]}"[..]);
        Box::new(StretchReader { inner: JsonFeedReader::new(Box::new(feed), &self.options), base: &self.base })
    }
}

/// The reader of a stretch of items.
struct StretchReader<'a> {
    inner: JsonFeedReader<'a>,
    base: &'a Base,
}

impl Reader for StretchReader<'_> {
    fn next(&mut self) -> Result<Option<Part>, Error> {
        let mut part = self.inner.next()?;
        if matches!(part, Some(Part::Head(_))) {
            self.inner.base = self.base.clone();
            part = self.inner.next()?;
        }
        match part {
            Some(Part::Item(_)) | None => Ok(part),
            _ => Err(Error::new(ErrorKind::Unreadable, "there is more than items in this stretch")),
        }
    }

    fn places(&self) -> &Places {
        self.inner.places()
    }

    fn take_findings(&mut self) -> Vec<Finding> {
        self.inner.take_findings()
    }
}
