//! Where names and values stand in a tag, as it is written. Looked for only when something is to be said of them.

use std::ops::Range;

use crate::{finding::Place, kept::Text};

/// The bytes of an element's name in its start tag; all of it where the tag came out of an entity.
pub(crate) fn name(text: Text<'_>, tag: &Range<usize>) -> Range<usize> {
    let raw = text.get(tag.clone());
    let Some(inside) = raw.as_deref().and_then(inside) else { return tag.clone() };
    let length = inside.find(|c: char| c.is_whitespace() || c == '/').unwrap_or(inside.len());
    tag.start + 1..tag.start + 1 + length
}

/// Where something is missing in an element: at its end tag, where it would be put in. One that has no end tag of its
/// own is shown at its start, and so is the document: its end is that of the file.
pub(crate) fn missing(text: Text<'_>, tag: &Range<usize>, end: &Range<usize>, is_document: bool) -> Place {
    let tag_name = name(text, tag);
    let is_end = text.get(end.clone()).is_some_and(|raw| raw.starts_with("</"));
    match is_end && !is_document {
        true => Place::Missing { tag: tag_name, end: end.clone() },
        false => Place::Bytes(tag_name),
    }
}

/// A tag without its brackets.
fn inside(raw: &str) -> Option<&str> {
    raw.strip_prefix('<')?.strip_suffix('>')
}

/// An attribute as it is written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Written {
    /// The bytes of its name.
    pub(crate) key: Range<usize>,
    /// The bytes of its value, without quotes.
    pub(crate) value: Range<usize>,
}

/// The attributes of a start tag that is written at `start`, declarations of namespaces too: each name, with its prefix.
pub(crate) fn attributes(raw: &str, start: usize) -> impl Iterator<Item = (&str, Written)> {
    let inside = inside(raw).unwrap_or("");
    let base = start + 1;
    let bytes = inside.as_bytes();
    let mut at = bytes.iter().position(u8::is_ascii_whitespace).unwrap_or(bytes.len());
    std::iter::from_fn(move || {
        let skip = |mut at: usize| {
            while bytes.get(at).is_some_and(|b| b.is_ascii_whitespace() || *b == b'/') {
                at += 1;
            }
            at
        };
        let start = skip(at);
        let length = bytes.get(start..)?.iter().position(|&b| b == b'=' || b.is_ascii_whitespace());
        let end = start + length.unwrap_or(bytes.len() - start);
        if end == start {
            return None;
        }
        let name = inside.get(start..end)?;
        let equals = skip(end);
        if bytes.get(equals) != Some(&b'=') {
            at = end;
            return Some((name, Written { key: base + start..base + end, value: base + end..base + end }));
        }
        let open = skip(equals + 1);
        let (from, to) = match bytes.get(open) {
            Some(&quote @ (b'"' | b'\'')) => {
                let length = memchr::memchr(quote, &bytes[open + 1..]).unwrap_or(bytes.len() - open - 1);
                at = (open + length + 2).min(bytes.len());
                (open + 1, open + 1 + length)
            }
            _ => {
                let rest = &bytes[open.min(bytes.len())..];
                let length = rest.iter().position(u8::is_ascii_whitespace).unwrap_or(rest.len());
                at = open + length;
                (open, open + length)
            }
        };
        Some((name, Written { key: base + start..base + end, value: base + from..base + to }))
    })
}

/// Where the attribute of that name stands.
pub(crate) fn attribute(text: Text<'_>, tag: &Range<usize>, prefix: &str, local: &str) -> Option<Written> {
    let raw = text.get(tag.clone())?;
    let mut all = attributes(&raw, tag.start);
    let found = all.find(|(name, _)| match name.split_once(':') {
        Some((before, after)) => before == prefix && after == local,
        None => prefix.is_empty() && *name == local,
    });
    found.map(|(_, written)| written)
}

/// The bytes of a part of a value: of all of it where it is written in another way than it reads.
pub(crate) fn part(text: Text<'_>, whole: &Range<usize>, value: &str, part: &Range<usize>) -> Range<usize> {
    let whole = bare(text, whole);
    if part.is_empty() || part.end > value.len() || text.get(whole.clone()).as_deref() != Some(value) {
        return whole;
    }
    whole.start + part.start..whole.start + part.end
}

/// A piece of text without the marks of CDATA and the blanks around it.
pub(crate) fn bare(text: Text<'_>, range: &Range<usize>) -> Range<usize> {
    let Some((first, last)) = text.ends(range.clone()) else { return range.clone() };
    let (mut left, mut right) = (first.trim_start(), last.trim_end());
    if let Some(inside) = left.strip_prefix("<![CDATA[") {
        left = inside.trim_start();
        right = right.strip_suffix("]]>").unwrap_or(right).trim_end();
    }
    let (start, end) = (range.start + first.len() - left.len(), range.end - (last.len() - right.len()));
    if start >= end { range.clone() } else { start..end }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn attributes_are_found_as_they_are_written() {
        let text = "..<a:b xmlns:a = 'u' c=\"1 > 2\" d e='f'/>";
        let tag = 2..text.len();
        assert_eq!(&text[name(text.into(), &tag)], "a:b");
        let found: Vec<_> = attributes(&text[2..], 2).map(|(name, w)| (name, &text[w.value])).collect();
        assert_eq!(found, [("xmlns:a", "u"), ("c", "1 > 2"), ("d", ""), ("e", "f")]);
        assert!(attribute(text.into(), &tag, "xmlns", "a").is_some());
        assert!(attribute(text.into(), &tag, "", "a").is_none());
    }

    #[test]
    fn parts_of_a_value_are_found_where_it_reads_as_it_is_written() {
        let text = "<a> <![CDATA[ abc ]]> </a>";
        assert_eq!(&text[bare(text.into(), &(3..22))], "abc");
        assert_eq!(&text[part(text.into(), &(3..22), "abc", &(1..2))], "b");
        let text = "<a>a&amp;c</a>";
        assert_eq!(&text[part(text.into(), &(3..10), "a&c", &(1..2))], "a&amp;c");
    }
}
