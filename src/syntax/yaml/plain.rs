//! Plain heads at the speed of reading: keys with scalars, lists and mappings of such one in another, comments between.
//! Most heads are nothing else. Whatever goes beyond is declined, and left to the parser that knows all of YAML; what
//! is accepted is the tree that it would have made, which properties hold.

mod scalars;
#[cfg(test)]
mod tests;

use std::ops::Range;

use crate::{
    limits::Limits,
    syntax::{
        lanes,
        tree::{Entry, Kind, NodeId, Style, Tree},
    },
};

/// Keys of one mapping, compared one by one.
const MAX_KEYS: usize = 64;
/// Bytes of a key: YAML ends a simple key at 1,024 characters.
const MAX_KEY: usize = 128;
/// Collections one in another.
const MAX_DEPTH: usize = 8;

/// The tree of a plain head; `None` when it is not plain.
pub(super) fn scan(text: &str, range: Range<usize>, limits: &Limits) -> Option<Tree> {
    if limits.depth < 2 * MAX_DEPTH || !is_printable(&text[range.clone()]) {
        return None;
    }
    let mut tree = Tree { nodes: Vec::with_capacity(32) };
    tree.push(Kind::Map(Vec::new()), range.start..range.start, Style::Plain);
    let root = Open { id: Tree::ROOT, indent: 0, end: 0, members: Members::Map(Vec::with_capacity(16)) };
    let mut head = Head { text, range, tree, stack: vec![root], waits: None };
    let mut at = head.range.start;
    while at < head.range.end {
        let (line, next) = head.line_at(at);
        at = head.line(line, at, next)?;
    }
    head.finish()
}

/// A collection that is open.
struct Open {
    id: NodeId,
    /// Blanks before its keys or dashes.
    indent: usize,
    /// Where its last child ends.
    end: usize,
    members: Members,
}

enum Members {
    Map(Vec<Entry>),
    List(Vec<NodeId>),
}

struct Head<'t> {
    text: &'t str,
    range: Range<usize>,
    tree: Tree,
    stack: Vec<Open>,
    /// The node of a key without a value so far: the next line says whether it has a collection.
    waits: Option<NodeId>,
}

impl<'t> Head<'t> {
    /// The line from `at`, without its end, and where the next one begins.
    fn line_at(&self, at: usize) -> (&'t str, usize) {
        let rest = &self.text[at..self.range.end];
        let len = memchr::memchr(b'\n', rest.as_bytes()).unwrap_or(rest.len());
        let line = &rest[..len];
        (line.strip_suffix('\r').unwrap_or(line), at + len + 1)
    }

    /// Reads a line; gives where the next one to read begins.
    fn line(&mut self, line: &'t str, start: usize, next: usize) -> Option<usize> {
        let indent = line.bytes().take_while(|&b| b == b' ').count();
        let content = &line[indent..];
        match content.as_bytes() {
            [] | [b'#', ..] => Some(next),
            [b'-', b' ', ..] => {
                self.item(content, indent, start + indent)?;
                Some(next)
            }
            _ => {
                let length = key_length(content)?;
                self.reach_map(indent, start + indent)?;
                self.key(content, length, start + indent, next)
            }
        }
    }

    /// Makes the mapping whose keys stand at `indent` the innermost one: one that is open, or a new one under the key
    /// that waits.
    fn reach_map(&mut self, indent: usize, at: usize) -> Option<()> {
        if let Some(id) = self.waits.take()
            && indent > self.stack.last()?.indent
        {
            return self.open(id, indent, at, Members::Map(Vec::new()));
        }
        // A list may stand as far left as the keys around it.
        let is_inner =
            |open: &Open| open.indent > indent || open.indent == indent && matches!(open.members, Members::List(_));
        while self.stack.last().is_some_and(is_inner) {
            self.close();
        }
        self.stack.last().filter(|open| open.indent == indent).map(|_| ())
    }

    /// The same for the list whose dashes stand there.
    fn reach_list(&mut self, indent: usize, at: usize) -> Option<()> {
        if let Some(id) = self.waits.take()
            && indent >= self.stack.last()?.indent
        {
            return self.open(id, indent, at, Members::List(Vec::new()));
        }
        while self.stack.last().is_some_and(|open| open.indent > indent) {
            self.close();
        }
        let is_it = |open: &&Open| open.indent == indent && matches!(open.members, Members::List(_));
        self.stack.last().filter(is_it).map(|_| ())
    }

    /// A key with its value, in the innermost mapping; `length` is the key's.
    fn key(&mut self, content: &'t str, length: usize, at: usize, next: usize) -> Option<usize> {
        let (key, rest) = (&content[..length], &content[length + 1..]);
        let open = self.stack.last()?;
        let Members::Map(entries) = &open.members else { return None };
        if entries.len() == MAX_KEYS || entries.iter().any(|entry| lanes::same(&entry.key, key)) {
            return None;
        }
        let indent = open.indent;
        let value = rest.trim_start_matches(' ');
        let start = at + content.len() - value.len();
        let (id, next) = match value.as_bytes().first() {
            None | Some(b'#') => {
                let place = at + length + 1;
                let id = self.tree.push(Kind::Null, place..place, Style::Plain);
                self.waits = Some(id);
                (id, next)
            }
            Some(b'|' | b'>') => self.block(value, start, indent, next)?,
            Some(_) => (self.value(value, start)?, next),
        };
        let end = self.tree.node(id).range.end;
        let open = self.stack.last_mut()?;
        open.end = end;
        if let Members::Map(entries) = &mut open.members {
            entries.push(Entry { key: key.into(), key_range: at..at + length, value: id });
        }
        Some(next)
    }

    /// An item, whose dash stands at `dash`: a value, or the first key of a mapping.
    fn item(&mut self, content: &'t str, indent: usize, dash: usize) -> Option<()> {
        self.reach_list(indent, dash)?;
        let value = content[2..].trim_start_matches(' ');
        let inset = content.len() - value.len();
        if let Some(length) = key_length(value) {
            // What spans lines would be measured from the dash.
            let spans = value[length + 1..].trim_start_matches(' ').starts_with(['|', '>']);
            let id = self.tree.push(Kind::Null, dash..dash, Style::Plain);
            self.add(id);
            self.open(id, indent + inset, dash + inset, Members::Map(Vec::new())).filter(|()| !spans)?;
            return self.key(value, length, dash + inset, 0).map(|_| ());
        }
        let id = self.value(value, dash + inset)?;
        self.add(id);
        Some(())
    }

    /// Adds an item to the innermost list.
    fn add(&mut self, id: NodeId) {
        let end = self.tree.node(id).range.end;
        if let Some(open) = self.stack.last_mut() {
            open.end = end;
            if let Members::List(items) = &mut open.members {
                items.push(id);
            }
        }
    }

    fn open(&mut self, id: NodeId, indent: usize, at: usize, members: Members) -> Option<()> {
        self.tree.nodes[id as usize].range = at..at;
        self.stack.push(Open { id, indent, end: at, members });
        (self.stack.len() < MAX_DEPTH).then_some(())
    }

    /// Ends the innermost collection.
    fn close(&mut self) {
        let Some(open) = self.stack.pop() else { return };
        let node = &mut self.tree.nodes[open.id as usize];
        node.range.end = open.end;
        node.kind = match open.members {
            Members::Map(entries) => Kind::Map(entries),
            Members::List(items) => Kind::List(items),
        };
        if let Some(outer) = self.stack.last_mut() {
            outer.end = open.end;
        }
    }

    fn finish(mut self) -> Option<Tree> {
        while !self.stack.is_empty() {
            self.close();
        }
        let start = self.tree.entries().first()?.key_range.start;
        self.tree.nodes[0].range.start = start;
        Some(self.tree)
    }
}

/// The length of the key that a line begins with, a word; its colon stands at the line's end or before a blank.
fn key_length(content: &str) -> Option<usize> {
    let is_word = |b: u8| b.is_ascii_alphanumeric() || b == b'_' || b == b'-';
    let bytes = content.as_bytes();
    let first = *bytes.first()?;
    if !first.is_ascii_alphabetic() && first != b'_' {
        return None;
    }
    let longest = bytes.len().min(MAX_KEY + 1);
    let length = bytes[..longest].iter().position(|&b| !is_word(b)).unwrap_or(longest);
    (length <= MAX_KEY && matches!(&bytes[length..], [b':'] | [b':', b' ', ..])).then_some(length)
}

/// Whether a head holds nothing but characters that stand for themselves: no tab, no control, no odd line end.
fn is_printable(head: &str) -> bool {
    let bytes = head.as_bytes();
    let is_odd = |word| lanes::less(word, b' ') & !lanes::equal(word, b'\n') | lanes::equal(word, 0x7f);
    // A line feed is the one sign below the blank that most heads hold.
    if !lanes::any(bytes, is_odd) {
        return bytes.is_ascii() || head.chars().all(is_plain);
    }
    let odd = bytes.iter().any(|&b| b < b' ' && b != b'\n' && b != b'\r' || b == 0x7f);
    let (wide, returns) = (!bytes.is_ascii(), bytes.contains(&b'\r'));
    let is_end = |at: usize| matches!(head.as_bytes().get(at + 1), None | Some(b'\n'));
    !odd && (!returns || memchr::memchr_iter(b'\r', head.as_bytes()).all(is_end))
        && (!wide || head.chars().all(is_plain))
}

/// Whether a character beyond ASCII is one that YAML takes for text and nothing else.
fn is_plain(c: char) -> bool {
    let odd = matches!(c, '\u{7f}'..'\u{a0}' | '\u{2028}' | '\u{2029}' | '\u{feff}');
    let none = (u32::from(c) & 0xfffe) == 0xfffe;
    !odd && !none
}
