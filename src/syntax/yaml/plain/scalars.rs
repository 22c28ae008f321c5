//! The values of plain heads: scalars, lists in brackets, blocks of text.

use super::Head;
use crate::syntax::{
    tree::{Kind, NodeId, Style, Text},
    yaml::scalar,
};

impl<'t> Head<'t> {
    /// A value that is all of `value` but for blanks and a comment after it.
    pub(super) fn value(&mut self, value: &'t str, at: usize) -> Option<NodeId> {
        let (id, length) = match value.as_bytes().first()? {
            b'[' => self.flow(value, at)?,
            b'"' | b'\'' => self.quoted(value, at)?,
            _ => {
                let end = memchr::memchr_iter(b'#', value.as_bytes()).find(|&at| value[..at].ends_with(' '));
                let word = value[..end.unwrap_or(value.len())].trim_end_matches(' ');
                (self.plain(word, at)?, word.len())
            }
        };
        ends(&value[length..]).then_some(id)
    }

    fn plain(&mut self, value: &str, at: usize) -> Option<NodeId> {
        let first = *value.as_bytes().first()?;
        let opens = first.is_ascii_alphanumeric() || b"/.+_(".contains(&first) || first >= 0x80;
        let is_colon = |at| matches!(value.as_bytes().get(at + 1), None | Some(b' '));
        if !opens || memchr::memchr_iter(b':', value.as_bytes()).any(is_colon) {
            return None;
        }
        Some(self.tree.push(scalar::resolve(value), at..at + value.len(), Style::Plain))
    }

    /// A text in quotes that `value` begins with; its length too.
    fn quoted(&mut self, value: &str, at: usize) -> Option<(NodeId, usize)> {
        let (text, length, style) = match value.as_bytes()[0] {
            b'"' => double(value).map(|(text, length)| (text, length, Style::Double))?,
            _ => single(value).map(|(text, length)| (text, length, Style::Single))?,
        };
        Some((self.tree.push(Kind::String(text), at..at + length, style), length))
    }

    /// A list in brackets that `value` begins with, of quoted texts and plain words; its length too.
    fn flow(&mut self, value: &str, at: usize) -> Option<(NodeId, usize)> {
        let id = self.tree.push(Kind::List(Vec::new()), at..at, Style::Flow);
        let mut items = Vec::new();
        let mut from = 1 + blanks(&value[1..]);
        // A comma at the end is one that people forget, and worth the other parser's look.
        let mut after_comma = false;
        while after_comma || !value[from..].starts_with(']') {
            let item = &value[from..];
            let (node, length) = match item.as_bytes().first()? {
                b'"' | b'\'' => self.quoted(item, at + from)?,
                _ => {
                    let word = item[..memchr::memchr2(b',', b']', item.as_bytes())?].trim_end_matches(' ');
                    let allowed = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b' ' | b'-' | b'_' | b'.' | b'/');
                    if !word.bytes().next()?.is_ascii_alphanumeric() || !word.bytes().all(allowed) {
                        return None;
                    }
                    (self.plain(word, at + from)?, word.len())
                }
            };
            items.push(node);
            from += length;
            from += blanks(&value[from..]);
            after_comma = value[from..].starts_with(',');
            if after_comma {
                from += 1;
                from += blanks(&value[from..]);
            } else if !value[from..].starts_with(']') {
                return None;
            }
        }
        let node = &mut self.tree.nodes[id as usize];
        node.kind = Kind::List(items);
        node.range.end = at + from + 1;
        Some((id, from + 1))
    }

    /// A block of text whose sign `value` begins with, under a key at `indent`; its lines begin at `next`. Gives where
    /// the line after it begins, too.
    pub(super) fn block(&mut self, value: &str, at: usize, indent: usize, mut next: usize) -> Option<(NodeId, usize)> {
        let folds = value.starts_with('>');
        let (rest, strips) = match value[1..].strip_prefix('-') {
            Some(rest) => (rest, true),
            None => (&value[1..], false),
        };
        if !ends(rest) {
            return None;
        }
        let mut text = String::new();
        let (mut inset, mut end) = (None, at);
        // Empty lines since the last one that is not, or since the beginning.
        let mut empty = 0;
        while next < self.range.end {
            let (line, after) = self.line_at(next);
            let blanks = blanks(line);
            if blanks == line.len() {
                // Blanks may be text, or tell how far the lines are set in.
                if blanks > inset.unwrap_or(0) {
                    return None;
                }
                empty += 1;
                next = after;
                continue;
            }
            if blanks <= indent {
                break;
            }
            let inset = match inset {
                None => {
                    text.extend(std::iter::repeat_n('\n', empty));
                    *inset.insert(blanks)
                }
                Some(inset) => {
                    if folds && empty == 0 {
                        text.push(' ');
                    } else {
                        text.extend(std::iter::repeat_n('\n', empty + usize::from(!folds)));
                    }
                    inset
                }
            };
            // A line that is set in further is not folded; one that is less is a mistake.
            if blanks < inset || folds && blanks > inset || after > self.range.end {
                return None;
            }
            text.push_str(&line[inset..]);
            end = next + line.trim_end_matches(' ').len();
            empty = 0;
            next = after;
        }
        inset?;
        if !strips {
            text.push('\n');
        }
        Some((self.tree.push(Kind::String(text.into()), at..end, Style::Block), next))
    }
}

fn blanks(text: &str) -> usize {
    text.bytes().take_while(|&b| b == b' ').count()
}

/// Whether nothing more comes on a line: blanks, a comment after one.
fn ends(rest: &str) -> bool {
    let blanks = blanks(rest);
    blanks == rest.len() || blanks > 0 && rest[blanks..].starts_with('#')
}

/// A text in double quotes, and the bytes that it takes.
fn double(value: &str) -> Option<(Text, usize)> {
    let mut text = Text::default();
    let mut from = 1;
    loop {
        let at = from + memchr::memchr2(b'"', b'\\', &value.as_bytes()[from..])?;
        let piece = &value[from..at];
        if value.as_bytes()[at] == b'"' {
            text.push_str(piece);
            return Some((text, at + 1));
        }
        text.push_str(piece);
        text.push(match value.as_bytes().get(at + 1)? {
            escaped @ (b'"' | b'\\' | b'/') => char::from(*escaped),
            b'n' => '\n',
            b't' => '\t',
            _ => return None,
        });
        from = at + 2;
    }
}

/// A text in single quotes, and the bytes that it takes.
fn single(value: &str) -> Option<(Text, usize)> {
    let mut text = Text::default();
    let mut from = 1;
    loop {
        let at = from + memchr::memchr(b'\'', &value.as_bytes()[from..])?;
        text.push_str(&value[from..at]);
        if value.as_bytes().get(at + 1) != Some(&b'\'') {
            return Some((text, at + 1));
        }
        text.push('\'');
        from = at + 2;
    }
}
