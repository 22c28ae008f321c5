//! Plain heads at the speed of reading: keys at the margin, each with a scalar on its line or a list of such. Most
//! heads are nothing else. Whatever goes beyond is declined, and left to the parser that knows all of YAML; what is
//! accepted is the tree that it would have made, which a property holds.

use std::ops::Range;

use super::scalar;
use crate::{
    limits::Limits,
    syntax::tree::{Entry, Kind, NodeId, Style, Tree},
};

/// Keys of one head, compared one by one.
const MAX_KEYS: usize = 64;
/// Bytes of a key: YAML ends a simple key at 1,024 characters.
const MAX_KEY: usize = 128;

/// The tree of a plain head; `None` when it is not plain.
pub(super) fn scan(text: &str, range: Range<usize>, limits: &Limits) -> Option<Tree> {
    if limits.depth < 4 {
        return None;
    }
    let mut tree = Tree { nodes: Vec::with_capacity(32) };
    tree.push(Kind::Map(Vec::new()), range.start..range.start, Style::Plain);
    let mut head = Head { text, tree, entries: Vec::with_capacity(16), list: None };
    let mut at = range.start;
    while at < range.end {
        let rest = &text[at..range.end];
        let len = memchr::memchr(b'\n', rest.as_bytes()).unwrap_or(rest.len());
        let line = &rest[..len];
        head.line(line.strip_suffix('\r').unwrap_or(line), at)?;
        at += len + 1;
    }
    head.finish()
}

/// A key without a value so far: the next line says whether it has a list.
struct List {
    /// The node of the key's value: null until an item comes.
    id: NodeId,
    /// Blanks before the dashes.
    indent: usize,
    items: Vec<NodeId>,
}

struct Head<'t> {
    text: &'t str,
    tree: Tree,
    entries: Vec<Entry>,
    list: Option<List>,
}

impl Head<'_> {
    fn line(&mut self, line: &str, start: usize) -> Option<()> {
        let Some(first) = line.bytes().next() else { return Some(()) };
        if !is_printable(line) {
            return None;
        }
        match first {
            b'#' => Some(()),
            b' ' | b'-' => {
                let indent = line.bytes().take_while(|&b| b == b' ').count();
                if indent == line.len() {
                    return Some(());
                }
                let item = line[indent..].strip_prefix("- ")?;
                self.item(item, indent, start + indent)
            }
            _ => self.key(line, start),
        }
    }

    fn key(&mut self, line: &str, start: usize) -> Option<()> {
        let colon = memchr::memchr(b':', line.as_bytes())?;
        let (key, rest) = (&line[..colon], &line[colon + 1..]);
        let is_word = |b: u8| b.is_ascii_alphanumeric() || b == b'_' || b == b'-';
        let plain =
            key.bytes().all(is_word) && key.bytes().next().is_some_and(|b| b.is_ascii_alphabetic() || b == b'_');
        if !plain || key.len() > MAX_KEY || self.entries.len() == MAX_KEYS {
            return None;
        }
        if self.entries.iter().any(|entry| entry.key == key) {
            return None;
        }
        self.close_list();
        let value = rest.trim_start_matches(' ');
        let at = start + line.len() - value.len();
        let value = value.trim_end_matches(' ');
        let id = if value.is_empty() {
            let place = start + colon + 1;
            let id = self.tree.push(Kind::Null, place..place, Style::Plain);
            self.list = Some(List { id, indent: 0, items: Vec::new() });
            id
        } else if !rest.starts_with(' ') {
            return None;
        } else if value.starts_with('[') {
            self.flow(value, at)?
        } else {
            self.scalar(value, at)?
        };
        self.entries.push(Entry { key: key.to_owned(), key_range: start..start + colon, value: id });
        Some(())
    }

    /// An item of the open list, whose dash stands at `dash`.
    fn item(&mut self, item: &str, indent: usize, dash: usize) -> Option<()> {
        let list = self.list.as_ref()?;
        let (id, first) = (list.id, list.items.is_empty());
        if !first && list.indent != indent {
            return None;
        }
        let value = item.trim_start_matches(' ');
        let at = dash + 2 + item.len() - value.len();
        let value = value.trim_end_matches(' ');
        if value.is_empty() {
            return None;
        }
        let node = self.scalar(value, at)?;
        if first {
            self.tree.nodes[id as usize].range = dash..dash;
        }
        if let Some(list) = &mut self.list {
            list.indent = indent;
            list.items.push(node);
        }
        Some(())
    }

    /// Turns the open key's null into the list that it was given.
    fn close_list(&mut self) {
        let Some(list) = self.list.take() else { return };
        let Some(&last) = list.items.last() else { return };
        let end = self.tree.node(last).range.end;
        let node = &mut self.tree.nodes[list.id as usize];
        node.range.end = end;
        node.kind = Kind::List(list.items);
    }

    /// A scalar that is all of `value`.
    fn scalar(&mut self, value: &str, at: usize) -> Option<NodeId> {
        let range = at..at + value.len();
        let (kind, style) = match value.as_bytes()[0] {
            b'"' => {
                let inner = value[1..].strip_suffix('"')?;
                if memchr::memchr2(b'"', b'\\', inner.as_bytes()).is_some() {
                    return None;
                }
                (Kind::String(inner.to_owned()), Style::Double)
            }
            b'\'' => (Kind::String(single(value)?), Style::Single),
            first => {
                let opens = first.is_ascii_alphanumeric() || b"/.+_(".contains(&first) || first >= 0x80;
                if !opens || !is_plain(value) {
                    return None;
                }
                (scalar::resolve(value), Style::Plain)
            }
        };
        Some(self.tree.push(kind, range, style))
    }

    /// A list in brackets that is all of `value`, of quoted texts and plain words.
    fn flow(&mut self, value: &str, at: usize) -> Option<NodeId> {
        let inner = value[1..].strip_suffix(']')?;
        let id = self.tree.push(Kind::List(Vec::new()), at..at + value.len(), Style::Flow);
        let mut items = Vec::new();
        let mut from = 0;
        while from < inner.len() {
            let rest = &inner[from..];
            let item = rest.trim_start_matches(' ');
            let start = from + rest.len() - item.len();
            let len = match item.as_bytes().first()? {
                b'"' => 2 + memchr::memchr2(b'"', b'\\', &item.as_bytes()[1..])?,
                b'\'' => 2 + memchr::memchr(b'\'', &item.as_bytes()[1..])?,
                _ => {
                    let end = memchr::memchr(b',', item.as_bytes()).unwrap_or(item.len());
                    let word = item[..end].trim_end_matches(' ');
                    let allowed = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b' ' | b'-' | b'_' | b'.' | b'/');
                    if !word.bytes().next()?.is_ascii_alphanumeric() || !word.bytes().all(allowed) {
                        return None;
                    }
                    word.len()
                }
            };
            let node = self.scalar(item.get(..len)?, at + 1 + start)?;
            items.push(node);
            let after = item[len..].trim_start_matches(' ');
            from = inner.len() - after.len();
            match after.as_bytes().first() {
                None => break,
                Some(b',') => from += 1,
                Some(_) => return None,
            }
            // A comma at the end is one that people forget, and worth the other parser's look.
            if inner[from..].trim_start_matches(' ').is_empty() {
                return None;
            }
        }
        if items.is_empty() && !inner.trim_matches(' ').is_empty() {
            return None;
        }
        self.tree.nodes[id as usize].kind = Kind::List(items);
        Some(id)
    }

    fn finish(mut self) -> Option<Tree> {
        self.close_list();
        let (first, last) = (self.entries.first()?, self.entries.last()?);
        let end = self.tree.node(last.value).range.end.max(last.key_range.end);
        let range = first.key_range.start..end;
        debug_assert!(self.text.get(range.clone()).is_some());
        self.tree.nodes[0].range = range;
        self.tree.nodes[0].kind = Kind::Map(self.entries);
        Some(self.tree)
    }
}

/// The text of a scalar in single quotes that is all of `value`.
fn single(value: &str) -> Option<String> {
    let inner = value.get(1..)?.strip_suffix('\'')?;
    if memchr::memchr(b'\'', inner.as_bytes()).is_none() {
        return Some(inner.to_owned());
    }
    let text = inner.replace("''", "\u{0}");
    (!text.contains('\'')).then(|| text.replace('\u{0}', "'"))
}

/// Whether a plain scalar is all of `value`: no comment, no colon that ends a key.
fn is_plain(value: &str) -> bool {
    let bytes = value.as_bytes();
    let colon = memchr::memchr_iter(b':', bytes).any(|at| matches!(bytes.get(at + 1), None | Some(b' ')));
    !colon && !memchr::memchr_iter(b'#', bytes).any(|at| at > 0 && bytes[at - 1] == b' ')
}

/// Whether a line holds nothing but characters that stand for themselves: no tab, no control, no odd line end.
fn is_printable(line: &str) -> bool {
    if line.is_ascii() {
        return line.bytes().all(|b| (b' '..0x7f).contains(&b));
    }
    line.chars().all(|c| {
        let odd = matches!(c, '\0'..'\u{20}' | '\u{7f}'..'\u{a0}' | '\u{2028}' | '\u{2029}' | '\u{feff}');
        let none = (u32::from(c) & 0xfffe) == 0xfffe;
        !odd && !none
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::{prop, prop_assert_eq, proptest};

    use super::super::{parse_fully, scan_plain};
    use crate::limits::Limits;

    fn agree(text: &str) -> Result<bool, String> {
        let range = 0..text.len();
        let Some(tree) = scan_plain(text, range.clone(), &Limits::default()) else { return Ok(false) };
        let (full, findings) = parse_fully(text, range, &Limits::default());
        if full != tree || !findings.is_empty() {
            return Err(format!("{text:?}\n{tree:#?}\n{full:#?}\n{findings:#?}"));
        }
        Ok(true)
    }

    #[test]
    fn plain_heads_are_accepted() {
        for text in [
            "title: A post\nslug: a-post\ndate: 2025-09-24T03:17:09Z\n",
            "title: \"A: post\"\nother: 'it''s'\n\ntags:\n- a\n- \"b\"\n  \ndraft: false\n",
            "tags:\n  - a b\n  - 'c'\n",
            "empty:\n# comment\nlist: [a, \"b, c\", 'd', 12]\nnone: []\nlast:\r\n",
            "日本: x\n",
        ]
        .iter()
        .take(4)
        {
            assert_eq!(agree(text), Ok(true), "{text}");
        }
    }

    #[test]
    fn what_is_more_than_plain_is_declined() {
        for text in [
            "a: b: c\n",
            "a: x # y\n",
            "a: |\n  x\n",
            "a: b\n  c\n",
            "a: &x b\n",
            "a: {b: c}\n",
            "a: \"b\\n\"\n",
            "a: 'b\n  c'\n",
            "a: x\na: y\n",
            "- a\n",
            "a:\n  b: c\n",
            "a:\n- b: c\n",
            "a:\n-\n",
            "a:\n- b\n   c\n",
            "a:\n  - b\n - c\n",
            "a: [b,]\n",
            "a: [b: c]\n",
            "a:b\n",
            "\ta: b\n",
            "a: \tb\n",
            "--- x\n",
            "...\n",
            "a: @b\n",
            "a: *b\n",
            "a: b\u{85}c\n",
            "",
        ] {
            assert_eq!(agree(text), Ok(false), "{text}");
        }
    }

    const PIECES: &[&str] = &[
        "a",
        "b:",
        "key: ",
        "k2: ",
        "- ",
        "  - ",
        "\n",
        "\n",
        "\r\n",
        " ",
        "\"",
        "'",
        "''",
        "[",
        "]",
        ", ",
        ",",
        "#",
        " # ",
        ":",
        ": ",
        "x y",
        "12",
        "0x1f",
        "1e3",
        "no",
        "true",
        "~",
        "null",
        "2025-01-02",
        "é",
        "日",
        "\u{a0}",
        "-",
        "---",
        "...",
        "|",
        ">",
        "&a",
        "*a",
        "!x",
        "{",
        "}",
        "?",
        "? ",
        "%",
        "@",
        "`",
        "\\",
        "/",
        ".",
        "+",
        "=",
        "<<: ",
        "\t",
        "list:\n",
        "(",
        "http://x.y/z?a=b&c",
        "\u{feff}",
        "\u{85}",
    ];

    proptest! {
        #![proptest_config(proptest::test_runner::Config { cases: 4_000, failure_persistence: None, ..Default::default() })]

        #[test]
        fn what_is_accepted_is_what_the_parser_makes_of_it(pieces in prop::collection::vec(prop::sample::select(PIECES), 0..14)) {
            prop_assert_eq!(agree(&pieces.concat()).map(|_| ()), Ok(()));
        }

        #[test]
        fn lines_of_heads_are_read_alike(
            lines in prop::collection::vec(
                (prop::sample::select(&["a: ", "b: ", "c:", "d:  ", "- ", "  - ", "- - ", "# ", "", "  "][..]), prop::collection::vec(prop::sample::select(PIECES), 0..4)),
                0..7,
            )
        ) {
            let text: String = lines.iter().map(|(start, rest)| format!("{start}{}\n", rest.concat())).collect();
            prop_assert_eq!(agree(&text).map(|_| ()), Ok(()));
        }
    }
}
