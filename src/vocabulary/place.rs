//! Where names and values stand in a tag, as it is written. Looked for only when something is to be said of them.

use std::ops::Range;

use crate::finding::Place;

/// The bytes of an element's name in its start tag; all of it where the tag came out of an entity.
pub(crate) fn name(text: &str, tag: &Range<usize>) -> Range<usize> {
    let Some(inside) = inside(text, tag) else { return tag.clone() };
    let length = inside.find(|c: char| c.is_whitespace() || c == '/').unwrap_or(inside.len());
    tag.start + 1..tag.start + 1 + length
}

/// Where something is missing in an element: at its end tag, where it would be put in. One that has no end tag of its
/// own is shown at its start, and so is the document: its end is that of the file.
pub(crate) fn missing(text: &str, tag: &Range<usize>, end: &Range<usize>, is_document: bool) -> Place {
    let tag_name = name(text, tag);
    let is_end = text.get(end.clone()).is_some_and(|raw| raw.starts_with("</"));
    match is_end && !is_document {
        true => Place::Missing { tag: tag_name, end: end.clone() },
        false => Place::Bytes(tag_name),
    }
}

/// A tag without its brackets.
fn inside<'t>(text: &'t str, tag: &Range<usize>) -> Option<&'t str> {
    let raw = text.get(tag.clone())?;
    raw.strip_prefix('<')?.strip_suffix('>')
}

/// An attribute as it is written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Written<'t> {
    /// Its name, with its prefix.
    pub(crate) name: &'t str,
    /// The bytes of its name.
    pub(crate) key: Range<usize>,
    /// The bytes of its value, without quotes.
    pub(crate) value: Range<usize>,
}

/// The attributes of a start tag, declarations of namespaces too.
pub(crate) fn attributes<'t>(text: &'t str, tag: &Range<usize>) -> impl Iterator<Item = Written<'t>> + use<'t> {
    let inside = inside(text, tag).unwrap_or("");
    let base = tag.start + 1;
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
            return Some(Written { name, key: base + start..base + end, value: base + end..base + end });
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
        Some(Written { name, key: base + start..base + end, value: base + from..base + to })
    })
}

/// Where the attribute of that name stands.
pub(crate) fn attribute<'t>(text: &'t str, tag: &Range<usize>, prefix: &str, local: &str) -> Option<Written<'t>> {
    attributes(text, tag).find(|written| match written.name.split_once(':') {
        Some((before, after)) => before == prefix && after == local,
        None => prefix.is_empty() && written.name == local,
    })
}

/// The bytes of a part of a value: of all of it where it is written in another way than it reads.
pub(crate) fn part(text: &str, whole: &Range<usize>, value: &str, part: &Range<usize>) -> Range<usize> {
    let whole = bare(text, whole);
    if part.is_empty() || part.end > value.len() || text.get(whole.clone()) != Some(value) {
        return whole;
    }
    whole.start + part.start..whole.start + part.end
}

/// A piece of text without the marks of CDATA and the blanks around it.
pub(crate) fn bare(text: &str, range: &Range<usize>) -> Range<usize> {
    let Some(mut raw) = text.get(range.clone()) else { return range.clone() };
    let mut start = range.start;
    let trimmed = raw.trim_start();
    if let Some(inside) = trimmed.strip_prefix("<![CDATA[") {
        start += raw.len() - inside.len();
        raw = inside.trim_end().strip_suffix("]]>").unwrap_or(inside);
    }
    let left = raw.trim_start();
    start += raw.len() - left.len();
    let end = start + left.trim_end().len();
    if start == end { range.clone() } else { start..end }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn attributes_are_found_as_they_are_written() {
        let text = "..<a:b xmlns:a = 'u' c=\"1 > 2\" d e='f'/>";
        let tag = 2..text.len();
        assert_eq!(&text[name(text, &tag)], "a:b");
        let found: Vec<_> = attributes(text, &tag).map(|w| (w.name, &text[w.value])).collect();
        assert_eq!(found, [("xmlns:a", "u"), ("c", "1 > 2"), ("d", ""), ("e", "f")]);
        assert!(attribute(text, &tag, "xmlns", "a").is_some());
        assert!(attribute(text, &tag, "", "a").is_none());
    }

    #[test]
    fn parts_of_a_value_are_found_where_it_reads_as_it_is_written() {
        let text = "<a> <![CDATA[ abc ]]> </a>";
        assert_eq!(&text[bare(text, &(3..22))], "abc");
        assert_eq!(&text[part(text, &(3..22), "abc", &(1..2))], "b");
        let text = "<a>a&amp;c</a>";
        assert_eq!(&text[part(text, &(3..10), "a&c", &(1..2))], "a&amp;c");
    }
}
