//! From a piece of a value to the bytes that it is written in.

use std::ops::Range;

use crate::{kept::Text, syntax::html, vocabulary::place};

/// Where in a value, and in the bytes that it is written in, the last piece was found, so that a value with many
/// findings is walked once.
#[derive(Debug, Default)]
pub(crate) struct Cursor {
    value: usize,
    source: usize,
}

impl Cursor {
    /// The bytes of `piece` of `value`, which is written in the bytes `whole` of `source`: character by character where
    /// they are written as they are, by the reference or escape that gives them otherwise. All of `whole` where the two
    /// do not agree, as with an entity that the document declares.
    pub(crate) fn locate(
        &mut self,
        source: Text<'_>,
        whole: &Range<usize>,
        value: &str,
        piece: Range<usize>,
        json: bool,
    ) -> Range<usize> {
        let all = || if json { whole.clone() } else { place::bare(source, whole) };
        let Some(raw) = source.get(whole.clone()) else { return whole.clone() };
        let raw = &*raw;
        if self.value > piece.start {
            *self = Cursor::default();
        }
        if json && self.source == 0 {
            self.source = 1;
        }
        let mut cdata = raw[..self.source.min(raw.len())]
            .rfind("<![CDATA[")
            .is_some_and(|open| raw[open..self.source].find("]]>").is_none());
        let mut start = None;
        while self.value < piece.end {
            if self.value >= piece.start && start.is_none() {
                start = Some(self.source);
            }
            let rest = &raw[self.source.min(raw.len())..];
            let Some(step) = (if json { json_step(rest) } else { xml_step(rest, &mut cdata) }) else { return all() };
            let (read, given) = step;
            let given = given.as_str(rest, read);
            if !value[self.value..].starts_with(given) {
                return all();
            }
            self.value += given.len();
            self.source += read;
            // The marks of CDATA and comments before the piece are no part of it.
            if given.is_empty() && start == Some(self.source - read) {
                start = None;
            }
        }
        let start = start.unwrap_or(self.source);
        whole.start + start..whole.start + self.source
    }
}

/// What some bytes stand for.
enum Given {
    /// Themselves.
    Same,
    /// Nothing: marks.
    Nothing,
    /// This text.
    Text(String),
}

impl Given {
    fn as_str<'a>(&'a self, rest: &'a str, read: usize) -> &'a str {
        match self {
            Given::Same => &rest[..read],
            Given::Nothing => "",
            Given::Text(text) => text,
        }
    }
}

/// The next bytes of XML text: how many, and what they stand for.
fn xml_step(rest: &str, cdata: &mut bool) -> Option<(usize, Given)> {
    let first = rest.chars().next()?;
    if *cdata {
        if rest.starts_with("]]>") {
            *cdata = false;
            return Some((3, Given::Nothing));
        }
    } else if rest.starts_with("<![CDATA[") {
        *cdata = true;
        return Some((9, Given::Nothing));
    } else if rest.starts_with("<!--") {
        return Some((rest.find("-->")? + 3, Given::Nothing));
    } else if rest.starts_with("<?") {
        return Some((rest.find("?>")? + 2, Given::Nothing));
    } else if first == '<' {
        return None;
    } else if first == '&' {
        let end = rest.bytes().take(40).position(|byte| byte == b';');
        let read = match end {
            Some(end) => end + 1,
            None => return Some((1, Given::Same)),
        };
        return Some((read, Given::Text(html::unescape(&rest[..read]).into_owned())));
    }
    if first == '\r' {
        let read = if rest[1..].starts_with('\n') { 2 } else { 1 };
        return Some((read, Given::Text("\n".to_owned())));
    }
    Some((first.len_utf8(), Given::Same))
}

/// The next bytes of a JSON string.
fn json_step(rest: &str) -> Option<(usize, Given)> {
    let first = rest.chars().next()?;
    if first != '\\' {
        return Some((first.len_utf8(), Given::Same));
    }
    let unit = |text: &str| u16::from_str_radix(text.get(2..6)?, 16).ok();
    let c = match rest[1..].chars().next()? {
        'n' => '\n',
        't' => '\t',
        'r' => '\r',
        'b' => '\u{8}',
        'f' => '\u{c}',
        'u' => {
            let high = unit(rest)?;
            let (units, read) = match 0xd800..0xdc00 {
                surrogates if surrogates.contains(&high) => (vec![high, unit(rest.get(6..)?)?], 12),
                _ => (vec![high], 6),
            };
            return Some((read, Given::Text(String::from_utf16_lossy(&units))));
        }
        c => c,
    };
    Some((2, Given::Text(c.to_string())))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn find<'s>(source: &'s str, value: &str, piece: &str, json: bool) -> &'s str {
        let start = value.find(piece).expect("a piece of it");
        let range =
            Cursor::default().locate(source.into(), &(0..source.len()), value, start..start + piece.len(), json);
        &source[range]
    }

    #[test]
    fn pieces_are_found_through_references_and_cdata() {
        assert_eq!(find("a&lt;b&gt; c", "a<b> c", "<b>", false), "&lt;b&gt;");
        assert_eq!(find("a <![CDATA[<b>]]> c", "a <b> c", "<b>", false), "<b>");
        assert_eq!(find("a<!-- x -->b\r\nc", "ab\nc", "b", false), "b");
        assert_eq!(find("&own; b", "something b", "b", false), "&own; b");
    }

    #[test]
    fn pieces_are_found_through_escapes_of_json() {
        assert_eq!(find(r#""a\n\u00e9<b>""#, "a\né<b>", "<b>", true), "<b>");
        assert_eq!(find(r#""\ud83d\ude00 <i>""#, "😀 <i>", "😀", true), r"\ud83d\ude00");
    }

    #[test]
    fn a_cursor_goes_on_where_it_was() {
        let (source, value) = ("<![CDATA[<a><b>]]>", "<a><b>");
        let mut cursor = Cursor::default();
        let whole = 0..source.len();
        assert_eq!(&source[cursor.locate(source.into(), &whole, value, 0..3, false)], "<a>");
        assert_eq!(&source[cursor.locate(source.into(), &whole, value, 3..6, false)], "<b>");
        assert_eq!(&source[cursor.locate(source.into(), &whole, value, 0..3, false)], "<a>");
    }
}
