//! Edits that take over keys of one head into another: values replaced, keys put in and taken out by byte range, so
//! that every other byte stays: comments, order, quotes.
//!
//! What an edit cannot do is no error here: whoever asks parses the edited text and looks whether it says what was
//! meant. Keys stand in lines (YAML, TOML, `Key: value`) or in braces (JSON, and flow mappings of the others).

mod braces;
mod set;

use std::{
    borrow::Cow,
    collections::{HashMap, HashSet},
    ops::Range,
};

pub use set::set;

use crate::{
    finding::Edit,
    limits::Limits,
    syntax::{
        emit::{self, Layout},
        head::{self, Fences, Head, HeadFormat},
        tree::{Entry, Kind, Node, Style, Tree},
    },
};

/// A post taken apart.
#[derive(Debug, Clone)]
pub struct Parts<'t> {
    /// All of it, without a byte order mark.
    pub text: Cow<'t, str>,
    /// Where its head is.
    pub head: Head,
    /// What the head says.
    pub tree: Tree,
}

/// The keys to take over, each by its steps: one, or two for a key in a mapping.
#[derive(Debug, Clone, Default)]
pub struct Changes {
    /// Keys to be as they are in the other head.
    pub take: HashSet<Vec<String>>,
    /// Keys to be gone.
    pub remove: HashSet<Vec<String>>,
}

impl<'t> Parts<'t> {
    /// Takes a post apart; `None` where it has no head that can be used.
    pub fn of(text: &'t str, fences: &Fences, limits: &Limits) -> Option<Self> {
        let split = head::split(text, fences);
        let head = split.head.or_else(|| head::split(text, &Fences::default()).head)?;
        let (tree, _) = head::parse(text, &head, limits);
        (!tree.nodes.is_empty()).then_some(Parts { text: Cow::Borrowed(text), head, tree })
    }

    /// The same values in a head of another format.
    pub fn spelt_as(&self, format: HeadFormat, layout: Layout, limits: &Limits) -> Option<Parts<'static>> {
        let tree = &self.tree;
        let values: Vec<_> = tree.entries().iter().map(|entry| (&entry.key, tree.to_value(entry.value))).collect();
        let line = |(key, value)| emit::Line { key, value, style: None, items: None, blank_before: false };
        let lines: Vec<_> = values.iter().map(|(key, value)| line((key.as_str(), value))).collect();
        let mut text = String::new();
        emit::head(format, layout, &lines, &mut text);
        text.push_str(self.body());
        let fences = Fences { formats: vec![format], ..Fences::default() };
        let Parts { head, tree, .. } = Parts::of(&text, &fences, limits)?;
        (head.format == format).then_some(Parts { text: Cow::Owned(text), head, tree })
    }

    /// What stands behind the head.
    pub fn body(&self) -> &str {
        &self.text[self.head.body.clone()]
    }

    /// The entries of a mapping of the head, in the order they stand: of the root, or of the mapping under a key.
    fn entries(&self, group: Option<&str>) -> Vec<&Entry> {
        let entries: &[Entry] = match group {
            None => self.tree.entries(),
            Some(group) => match self.tree.get(group).map(|node| &node.kind) {
                Some(Kind::Map(entries)) => entries,
                _ => &[],
            },
        };
        let mut entries: Vec<&Entry> = entries.iter().collect();
        entries.sort_by_key(|entry| entry.key_range.start);
        entries
    }

    fn node(&self, entry: &Entry) -> &Node {
        self.tree.node(entry.value)
    }

    /// Where the line of a byte begins, within the head.
    fn line_start(&self, at: usize) -> usize {
        let inner = self.head.inner.start;
        self.text.get(inner..at).and_then(|before| before.rfind('\n')).map_or(inner, |end| inner + end + 1)
    }

    /// Where the line after that of a byte begins, within the head.
    fn next_line(&self, at: usize) -> usize {
        let inner = &self.head.inner;
        self.text.get(at..inner.end).and_then(|after| after.find('\n')).map_or(inner.end, |end| at + end + 1)
    }

    /// The lines of an entry, with the last one's end.
    fn lines(&self, entry: &Entry) -> Range<usize> {
        let end = self.node(entry).range.end.max(entry.key_range.end);
        self.line_start(entry.key_range.start)..self.next_line(end)
    }

    /// Whether a header in brackets stands for a key, as TOML has it.
    fn is_table(&self, entry: &Entry) -> bool {
        self.head.format == HeadFormat::Toml
            && self.text[self.line_start(entry.key_range.start)..].trim_start_matches([' ', '\t']).starts_with('[')
    }

    /// Whether the entries of a mapping stand in braces.
    fn in_braces(&self, group: Option<&str>) -> bool {
        matches!(self.head.format, HeadFormat::Json | HeadFormat::BareJson)
            || group.and_then(|group| self.tree.get(group)).is_some_and(|node| node.style == Style::Flow)
    }

    fn column(&self, entry: &Entry) -> usize {
        entry.key_range.start - self.line_start(entry.key_range.start)
    }
}

/// The edits that make the keys of `old` what they are in `new`, whose head has the same format.
pub fn edits(old: &Parts<'_>, new: &Parts<'_>, changes: &Changes) -> Vec<Edit> {
    let mut within: HashMap<&str, Within> = HashMap::new();
    for path in changes.take.iter().filter(|path| path.len() == 2) {
        within.entry(&path[0]).or_default().takes = true;
    }
    for path in changes.remove.iter().filter(|path| path.len() == 2) {
        within.entry(&path[0]).or_default().removes = true;
    }
    let mut work = Work { old, new, changes, within, edits: Vec::new() };
    work.mapping(None);
    let mut groups: Vec<&str> = work.within.keys().copied().filter(|group| work.stays(group)).collect();
    groups.sort_unstable();
    for group in groups {
        work.mapping(Some(group));
    }
    let mut edits = work.edits;
    // What is put in at a place comes before what is taken out there.
    edits.sort_by_key(|edit| (edit.range.start, edit.range.end));
    if old.text[old.head.inner.clone()].contains("\r\n") {
        edits.iter_mut().for_each(|edit| edit.text = edit.text.replace('\n', "\r\n"));
    }
    edits
}

struct Work<'w> {
    old: &'w Parts<'w>,
    new: &'w Parts<'w>,
    changes: &'w Changes,
    /// The mappings that changes are about.
    within: HashMap<&'w str, Within>,
    edits: Vec<Edit>,
}

/// What changes of a mapping.
#[derive(Clone, Copy, Default)]
struct Within {
    takes: bool,
    removes: bool,
}

impl<'w> Work<'w> {
    fn path(group: Option<&str>, key: &str) -> Vec<String> {
        group.into_iter().chain([key]).map(str::to_owned).collect()
    }

    /// Whether a mapping of the old head is there still when the changes are made.
    fn stays(&self, group: &str) -> bool {
        let own = vec![group.to_owned()];
        let entries = self.old.entries(Some(group));
        let gone = |entry: &Entry| self.changes.remove.contains(&Self::path(Some(group), &entry.key));
        let takes = || self.within.get(group).is_some_and(|within| within.takes);
        let is_map = self.old.tree.get(group).is_some_and(|node| matches!(node.kind, Kind::Map(_)));
        is_map
            && !self.changes.remove.contains(&own)
            && !self.changes.take.contains(&own)
            && (!entries.iter().all(|entry| gone(entry)) || takes())
    }

    fn is_removed(&self, group: Option<&str>, key: &str) -> bool {
        let path = Self::path(group, key);
        let emptied = || {
            group.is_none()
                && matches!(self.old.tree.get(key), Some(node) if matches!(&node.kind, Kind::Map(inner) if !inner.is_empty()))
                && self.within.get(key).is_some_and(|within| within.removes)
                && !self.stays(key)
                && !self.changes.take.contains(&path)
        };
        self.changes.remove.contains(&path) || emptied()
    }

    /// Edits the entries of one mapping.
    fn mapping(&mut self, group: Option<&'w str>) {
        let old = self.old.entries(group);
        let known: HashMap<&str, &Entry> = old.iter().map(|entry| (entry.key.as_str(), *entry)).collect();
        let removed: Vec<bool> = old.iter().map(|entry| self.is_removed(group, &entry.key)).collect();
        let mut put_in: Vec<(Option<&Entry>, &Entry)> = Vec::new();
        let mut after: Option<&Entry> = None;
        for entry in self.new.entries(group) {
            let taken = self.changes.take.contains(&Self::path(group, &entry.key));
            match known.get(entry.key.as_str()).copied() {
                Some(own) => {
                    if taken && self.same_shape(own, entry) {
                        self.replace(group, own, entry);
                    } else if taken {
                        let lines = self.old.lines(own);
                        self.edits.push(Edit { range: lines, text: String::new() });
                        put_in.push((after, entry));
                    }
                    // Behind a table of TOML everything is the table's.
                    if self.old.is_table(own) == self.new.is_table(entry) && !self.is_removed(group, &own.key) {
                        after = Some(own);
                    }
                }
                None if taken || group.is_none() && self.takes_within(&entry.key) => put_in.push((after, entry)),
                None => {}
            }
        }
        if self.old.in_braces(group) {
            self.braces(group, &old, &removed, &put_in);
        } else {
            for (after, entry) in put_in {
                let (at, text) = (self.place(group, after, entry, &old), self.block(group, entry, &old));
                self.edits.push(Edit { range: at..at, text });
            }
            for (entry, _) in old.iter().zip(&removed).filter(|(_, removed)| **removed) {
                self.edits.push(Edit { range: self.old.lines(entry), text: String::new() });
            }
        }
    }

    fn takes_within(&self, group: &str) -> bool {
        self.within.get(group).is_some_and(|within| within.takes)
    }

    fn same_shape(&self, old: &Entry, new: &Entry) -> bool {
        self.old.is_table(old) == self.new.is_table(new)
    }

    /// Gives an entry the value that it has in the new head.
    fn replace(&mut self, group: Option<&str>, old: &Entry, new: &Entry) {
        let (from, to) = (self.old.node(old), self.new.node(new));
        if self.old.in_braces(group) {
            self.edits.push(Edit { range: from.range.clone(), text: self.in_one_line(new) });
            return;
        }
        if self.old.is_table(old) {
            let text = self.new.text[self.new.lines(new)].to_owned();
            self.edits.push(Edit { range: self.old.lines(old), text });
            return;
        }
        if self.old.head.format == HeadFormat::Toml {
            self.edits.push(Edit { range: from.range.clone(), text: self.new.text[to.range.clone()].to_owned() });
            return;
        }
        let end = from.range.end.max(old.key_range.end);
        let mut range = old.key_range.end..end;
        let text = &self.new.text[new.key_range.end..to.range.end.max(new.key_range.end)];
        let text = indented(text, self.old.column(old), self.new.column(new));
        if self.old.head.format == HeadFormat::Yaml
            && (text.contains('\n') || self.old.text[range.clone()].contains('\n'))
        {
            let line = self.old.text[end..self.old.next_line(end)].trim_end_matches(['\n', '\r']);
            let comment = line.trim_start();
            if comment.starts_with('#') {
                // Behind a value of several lines it would be part of it: it goes above.
                let at = self.old.line_start(old.key_range.start);
                let above = format!("{}{comment}\n", " ".repeat(self.old.column(old)));
                self.edits.push(Edit { range: at..at, text: above });
                range.end = end + line.len();
            }
        }
        self.edits.push(Edit { range, text });
    }

    /// Where an entry of the new head goes: behind the one that stands before it there.
    fn place(&self, group: Option<&str>, after: Option<&Entry>, entry: &Entry, old: &[&Entry]) -> usize {
        let inner = &self.old.head.inner;
        if let Some(after) = after {
            return self.old.lines(after).end;
        }
        match group {
            None if self.new.is_table(entry) => inner.end,
            None => inner.start,
            // Behind the line of the mapping's own key.
            Some(group) => match self.old.tree.entry(group) {
                Some(own) if self.old.is_table(own) => self.old.next_line(own.key_range.end),
                _ => old.first().map_or(inner.end, |first| self.old.line_start(first.key_range.start)),
            },
        }
    }

    /// The lines of an entry of the new head, as they go into the old one.
    fn block(&self, group: Option<&str>, entry: &Entry, old: &[&Entry]) -> String {
        let is_table = self.new.is_table(entry);
        let whole = || self.new.text[self.new.lines(entry)].to_owned();
        let text = if group.is_none() && !self.changes.take.contains(&Self::path(None, &entry.key)) {
            // Some keys of a mapping that is not there.
            let inner = self.new.entries(Some(&entry.key));
            let first = inner.first().map_or(entry.key_range.end, |first| self.new.line_start(first.key_range.start));
            let mut text = self.new.text[self.new.line_start(entry.key_range.start)..first].to_owned();
            for key in inner {
                if self.changes.take.contains(&Self::path(Some(&entry.key), &key.key)) {
                    text.push_str(&self.new.text[self.new.lines(key)]);
                }
            }
            text
        } else {
            whole()
        };
        let mut text = match (group, old.first()) {
            (Some(_), Some(first)) => {
                let column = self.old.column(first);
                let lines = indented(text.trim_start_matches(' '), column, self.new.column(entry));
                format!("{}{lines}", " ".repeat(column))
            }
            _ => text,
        };
        if !text.ends_with('\n') {
            text.push('\n');
        }
        if is_table { format!("\n{text}") } else { text }
    }
}

/// Lines behind the first one moved from one column to another.
fn indented(text: &str, to: usize, from: usize) -> String {
    if to == from || !text.contains('\n') {
        return text.to_owned();
    }
    let mut out = String::with_capacity(text.len() + 16);
    for (number, line) in text.split_inclusive('\n').enumerate() {
        let blanks = line.len() - line.trim_start_matches(' ').len();
        if number == 0 || line.trim().is_empty() {
            out.push_str(line);
        } else if to > from {
            out.push_str(&" ".repeat(to - from));
            out.push_str(line);
        } else {
            out.push_str(&line[blanks.min(from - to)..]);
        }
    }
    out
}
