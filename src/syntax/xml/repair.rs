//! What is done about tags that do not fit: quotes and brackets that are never closed, end tags that close nothing or
//! too much, sources that are cut off.

use std::io::BufRead;

use super::{
    name::{self, is_blank},
    read::{Xml, quick},
    source::Source,
    state::{Here, Stage, State, finding, malformed, replace},
    tag::shorten,
};
use crate::{
    error::{Error, ErrorKind},
    finding::Place,
};

/// Elements of HTML that have no end tag. One in another was never closed.
pub(super) fn is_void(name: &str) -> bool {
    matches!(name, "br" | "hr" | "img" | "wbr" | "input")
}

/// Whether what is between the brackets of a tag is a name and attributes in quotes, so that a `<` in it is no sign
/// that a quote or bracket was forgotten.
pub(super) fn is_clean(tag: &str) -> bool {
    let bytes = tag.as_bytes();
    let blanks = |at: usize| at + bytes[at..].iter().take_while(|&&b| is_blank(b)).count();
    let mut at = name::name_length(tag);
    if at == 0 {
        return false;
    }
    loop {
        let start = blanks(at);
        if start == bytes.len() {
            return true;
        }
        let length = name::name_length(&tag[start..]);
        if length == 0 || start == at {
            return false;
        }
        at = blanks(start + length);
        if bytes.get(at) != Some(&b'=') {
            return false;
        }
        at = blanks(at + 1);
        let Some(&quote @ (b'"' | b'\'')) = bytes.get(at) else { return false };
        let Some(length) = memchr::memchr(quote, &bytes[at + 1..]) else { return false };
        at += length + 2;
    }
}

/// How a tag looks that was not read yet: its length up to `>`, or up to a `<` in it.
#[derive(Debug, PartialEq, Eq)]
enum Look {
    Fits,
    Broken(usize),
    Unfinished,
}

fn look(bytes: &[u8]) -> Look {
    let mut quote = None;
    for (at, &byte) in bytes.iter().enumerate().skip(1) {
        match (byte, quote) {
            (b'<', _) => return Look::Broken(at),
            (b'>', None) => return Look::Fits,
            (b'"' | b'\'', None) => quote = Some(byte),
            (_, Some(open)) if open == byte => quote = None,
            _ => {}
        }
    }
    Look::Unfinished
}

/// What of `tag`, which has a `<` after it, is a tag: the length of its content, and of all of it. `None`: nothing,
/// its `<` is text.
fn cut(tag: &str, before_end: bool) -> Option<(usize, usize)> {
    if let Some(end) = tag.find('>') {
        let content = tag[..end].strip_suffix('/').unwrap_or(&tag[..end]);
        return Some((content.len(), end + 1));
    }
    let content = tag.trim_end_matches([' ', '\t', '\n', '\r']);
    (!before_end && is_clean(content)).then_some((content.len(), tag.len()))
}

impl Xml<'_> {
    /// Starts quick-xml's reader anew, over the same source.
    pub(super) fn renew(&mut self) {
        let old = std::mem::replace(&mut self.reader, quick(Source::of(Vec::new(), 0)));
        self.reader = quick(old.into_inner());
        (self.fresh, self.between) = (true, false);
    }

    /// A tag that has no end, or is too long: gives its bytes back, to be looked at more carefully.
    pub(super) fn give_back(&mut self, error: Option<quick_xml::Error>) -> Result<(), Error> {
        let source = self.reader.get_mut();
        let end = source.offset();
        if !self.state.options.repair || source.careful >= end {
            return self.state.broken(source, error);
        }
        source.too_long = false;
        source.careful = end;
        source.rewind(source.token(), &self.buf, source.token());
        self.renew();
        Ok(())
    }

    /// Looks at a tag before it is read. What there is of it without its `<`, when another `<` comes before its end.
    pub(super) fn look_at_tag(&mut self) -> Result<Option<String>, Error> {
        let source = self.reader.get_mut();
        let mut wanted = 1;
        loop {
            let bytes = source.peek(wanted);
            let length = bytes.len();
            match look(bytes) {
                Look::Fits => return Ok(None),
                Look::Broken(end) => return Ok(Some(String::from_utf8_lossy(&bytes[1..end]).into_owned())),
                // The reader will say why.
                Look::Unfinished if length < wanted || length > self.state.options.limits.text => {
                    source.careful = usize::MAX;
                    return Ok(None);
                }
                Look::Unfinished => wanted = length * 2,
            }
        }
    }

    /// Puts the source after `length` bytes of the token, which was read too far or not at all.
    fn put(&mut self, length: usize) {
        let source = self.reader.get_mut();
        let (token, end) = (source.token(), source.offset());
        if end > token {
            source.rewind(token, &self.buf, token);
            source.careful = source.careful.max(end);
        }
        source.consume(length);
        if end == token {
            // The reader has seen nothing of it.
            self.buf.clear();
        }
        self.renew();
        self.fresh = false;
        self.state.range = self.state.token_range(self.reader.get_ref());
    }

    /// A start tag that runs into another tag: `tag` is what is after its `<`.
    pub(super) fn open_cut(&mut self, tag: String) -> Result<bool, Error> {
        let tag = match tag.find('<') {
            Some(end) => &tag[..end],
            None => tag.as_str(),
        };
        let before_end = self.comes_close(tag.len() + 1);
        let Some((content, length)) = cut(tag, before_end) else {
            self.put(0);
            return self.stray();
        };
        self.put(length + 1);
        let empty = tag[..length].ends_with("/>");
        let Xml { reader, state, .. } = self;
        let source = reader.get_ref();
        let here = Here::new(source, &tag[..content], source.token() + 1);
        if !tag[..length].ends_with('>') {
            let place = here.range(content..content);
            let message = format!("`<{}` has no `>`", shorten(&tag[..content]));
            let finding = malformed(here.range(0..content), message);
            state.trouble(&here, finding.fix(false, replace(place, ">"), Vec::new()))?;
        }
        if state.depth() == 0 && !state.is_root(&here)? {
            return Ok(false);
        }
        state.start_tag(&here)?;
        state.closing = usize::from(empty);
        Ok(true)
    }

    /// An end tag that runs into another tag: `tag` is what is after its `<`.
    pub(super) fn close_cut(&mut self, tag: String) -> Result<bool, Error> {
        let tag = match tag.find('<') {
            Some(end) => &tag[..end],
            None => tag.as_str(),
        };
        let length = tag.find('>').map_or(tag.len(), |end| end + 1);
        self.put(length + 1);
        let floor = self.frames.last().map_or(0, |frame| frame.depth);
        let Xml { reader, state, .. } = self;
        let source = reader.get_ref();
        let text = tag[1..length].trim_end_matches('>');
        let here = Here::new(source, text, source.token() + 2);
        if !tag[..length].ends_with('>') {
            let end = here.at + text.trim_end_matches([' ', '\t', '\n', '\r']).len();
            let message = format!("`</{}` has no `>`", shorten(text.trim_end()));
            let finding = malformed(here.range(0..text.len()), message);
            state.trouble(&here, finding.fix(false, replace(end..end, ">"), Vec::new()))?;
        }
        state.mismatch(&here, floor)?;
        Ok(false)
    }

    /// Whether an end tag comes `after` so many bytes of the token.
    fn comes_close(&mut self, after: usize) -> bool {
        let source = self.reader.get_mut();
        let read = source.offset() - source.token();
        match self.buf.get(after + 1) {
            Some(&byte) if read > 0 => byte == b'/',
            _ => source.peek(after + 2).get(after + 1) == Some(&b'/'),
        }
    }

    /// Closes an element that HTML never closes, before another one.
    pub(super) fn close_void(&mut self) -> Result<bool, Error> {
        self.put(0);
        let source = self.reader.get_ref();
        let name = self.state.innermost().to_owned();
        let here = Here::new(source, "", source.token());
        let finding = finding("mismatched-tag", here.range(0..0), format!("`<{name}>` is never closed"));
        self.state.trouble(&here, finding.help(format!("write `<{name}/>`")))?;
        self.state.closing = 1;
        Ok(false)
    }
}

impl State {
    /// A tag outside all others: whether it is the root.
    pub(super) fn is_root(&mut self, here: &Here<'_, '_>) -> Result<bool, Error> {
        if self.stage < Stage::Root {
            self.root_begins(here);
            return Ok(true);
        }
        let length = here.text.bytes().position(is_blank).unwrap_or(here.text.len());
        let message = format!("`{}` stands outside the first element", shorten(&here.text[..length]));
        let finding = malformed(here.range(0..length), message).label("what is here is not read");
        self.trouble(here, finding.help("a file has one element that holds all others"))?;
        self.stage = Stage::Ended;
        Ok(false)
    }

    /// An end tag that does not match the innermost element: `here` is what is in it, `floor` how many elements it
    /// cannot close. Whether elements were closed without an end tag of their own.
    pub(super) fn mismatch(&mut self, here: &Here<'_, '_>, floor: usize) -> Result<bool, Error> {
        let text = here.text;
        let start = text.bytes().take_while(|&b| is_blank(b)).count();
        let mut end = start + name::name_length(&text[start..]);
        if start > 0 || text[end..].bytes().any(|b| !is_blank(b)) {
            let message = "an end tag holds nothing but a name";
            self.trouble(here, malformed(here.range(0..text.len().max(1)), message))?;
            if end == start {
                end += text[start..].bytes().position(is_blank).unwrap_or(text.len() - start);
            }
        }
        let name = &text[start..end];
        let whole = here.range(0..text.len());
        let whole = whole.start - 2..self.range.end.max(whole.end);
        let depth = self.depth().saturating_sub(floor);
        let found = self.open_names().take(depth).position(|open| open == name);
        let place = here.range(start..end);
        let innermost = shorten(self.innermost());
        match found {
            Some(0) => {
                self.closing = 1;
                return Ok(false);
            }
            Some(between) => {
                let message = match between {
                    1 => format!("`</{}>` comes before `{innermost}` is closed", shorten(name)),
                    _ => {
                        format!("`</{}>` comes before `{innermost}` and {} more are closed", shorten(name), between - 1)
                    }
                };
                let missing: String = self.open_names().take(between).map(|open| format!("</{open}>")).collect();
                let start = whole.start;
                let help = if between == 1 && is_void(self.innermost()) {
                    format!("write `<{innermost}/>`")
                } else {
                    format!("write `{}` before it", shorten(&missing))
                };
                let finding = finding("mismatched-tag", place, message).help(help);
                self.trouble(here, finding.fix(false, replace(start..start, missing), Vec::new()))?;
                self.closing = between + 1;
                return Ok(true);
            }
            None => {}
        }
        if depth > 0 && is_like(self.innermost(), name) {
            let message = format!("`</{}>` does not match `<{innermost}>`", shorten(name));
            let finding = finding("mismatched-tag", place.clone(), message).help(format!("write `</{innermost}>`"));
            let fix = replace(place, self.innermost().to_owned());
            self.trouble(here, finding.fix(true, fix, Vec::new()))?;
            self.closing = 1;
            return Ok(false);
        }
        let message = format!("`</{}>` closes nothing", shorten(name));
        let finding = finding("mismatched-tag", place, message).label("left out").help("delete it");
        self.trouble(here, finding.fix(false, replace(whole, ""), Vec::new()))?;
        Ok(false)
    }

    /// Why a token could not be read. When it is repaired, all that is open is closed, and the error comes then.
    pub(super) fn broken(&mut self, source: &mut Source<'_>, error: Option<quick_xml::Error>) -> Result<(), Error> {
        if let Some(error) = source.take_failure() {
            return Err(self.fail(error));
        }
        let here = Here::new(source, "", source.token());
        if source.too_long {
            return Err(self.limit(&here, here.at, "bytes in one piece of text", self.options.limits.text, "text"));
        }
        if let Some(quick_xml::Error::Encoding(error)) = error {
            return Err(self.fail(Error::new(ErrorKind::Internal, format!("text that was not decoded: {error}"))));
        }
        if self.within.is_some() {
            return self.trouble(&here, malformed(0..0, "the text of an entity ends within a tag"));
        }
        let within = error.map(|_| source.token());
        let message = match self.depth() {
            0 => "the file is cut off".to_owned(),
            1 => format!("the file is cut off: `{}` is never closed", shorten(self.innermost())),
            more => {
                format!("the file is cut off: `{}` and {} more are never closed", shorten(self.innermost()), more - 1)
            }
        };
        let end = source.offset();
        let start = source.position(end, &[], end);
        let here = Here::new(source, "", end);
        let mut finding = finding("truncated", end..end, message.clone());
        if let Some(at) = within {
            finding = finding.related(Place::Bytes(at..at + 1), "in what begins here");
        }
        self.trouble(&here, finding.help("get the file again: what is missing cannot be made up"))?;
        self.closing = self.depth();
        self.range = end..end;
        self.cut = Some(Error::new(ErrorKind::Unreadable, message).at(start.line, start.column));
        Ok(())
    }

    /// The end of the source, outside all elements.
    pub(super) fn finish(&mut self, source: &Source<'_>) -> Result<(), Error> {
        if let Some(error) = self.cut.take() {
            return Err(self.fail(error));
        }
        if self.stage < Stage::Root {
            let end = source.offset();
            let message = if end == 0 { "the file is empty" } else { "there is no tag in this file" };
            let start = source.position(end, &[], end);
            self.tagless = end > 0;
            return Err(self.fail(Error::new(ErrorKind::Unreadable, message).at(start.line, start.column)));
        }
        self.stage = Stage::Ended;
        Ok(())
    }
}

/// Whether `other` is most likely `name`, misspelt: in other case, or off by one letter.
fn is_like(name: &str, other: &str) -> bool {
    if name.eq_ignore_ascii_case(other) {
        return true;
    }
    let (name, other) = (name.as_bytes(), other.as_bytes());
    if name.len() < 3 || name.len().abs_diff(other.len()) > 1 {
        return false;
    }
    let start = name.iter().zip(other).take_while(|(a, b)| a == b).count();
    let (name, other) = (&name[start..], &other[start..]);
    let end = name.iter().rev().zip(other.iter().rev()).take_while(|(a, b)| a == b).count();
    let (name, other) = (&name[..name.len() - end], &other[..other.len() - end]);
    name.len() <= 1 && other.len() <= 1
        || name.len() == 2 && other.len() == 2 && name[0] == other[1] && name[1] == other[0]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_off_by_a_letter_are_alike() {
        for (a, b) in [("title", "Title"), ("title", "titel"), ("title", "titl"), ("link", "lnik"), ("item", "itemm")] {
            assert!(is_like(a, b), "{a} {b}");
        }
        for (a, b) in [("title", "link"), ("p", "b"), ("title", "tilte2"), ("item", "items2")] {
            assert!(!is_like(a, b), "{a} {b}");
        }
    }

    #[test]
    fn a_tag_that_runs_into_another_is_cut_where_it_most_likely_ended() {
        assert_eq!(cut("a href=\"x>text", true), Some((9, 10)));
        assert_eq!(cut("title\n", false), Some((5, 6)));
        assert_eq!(cut("b and c ", false), None);
        assert_eq!(cut("y", true), None);
    }
}
