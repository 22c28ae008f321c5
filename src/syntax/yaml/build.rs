//! Events to a tree.

mod alias;

use std::{collections::HashMap, ops::Range};

use granit_parser::{Event, ScalarStyle, Span, StructureStyle, Tag};

use super::scalar;
use crate::{
    finding::{Edit, Finding, Place},
    limits::Limits,
    syntax::tree::{Entry, Kind, NodeId, Style, Tree, pointer_step},
};

/// A finding that ends the parsing. Boxed, since it is rare and large.
pub(super) type Stop = Box<Finding>;

/// A collection that is open.
struct Open {
    id: NodeId,
    /// Where its last child ends: end events can run past it.
    end: usize,
    /// `None` in a list.
    map: Option<OpenMap>,
}

#[derive(Default)]
struct OpenMap {
    /// The key that waits for its value.
    key: Option<Key>,
    /// The entries by key, to find duplicates in linear time.
    known: HashMap<String, usize>,
    /// The keys that came again, with the entry they repeat.
    repeated: Vec<(usize, Range<usize>, NodeId)>,
    /// What `<<` brought.
    merges: Vec<NodeId>,
}

struct Key {
    text: String,
    range: Range<usize>,
    /// Whether it is a plain `<<`.
    merge: bool,
}

pub(super) struct Builder<'t> {
    pub(super) tree: Tree,
    pub(super) findings: Vec<Finding>,
    text: &'t str,
    /// Where the parsed range starts in `text`.
    base: usize,
    limits: &'t Limits,
    stack: Vec<Open>,
    /// Anchors by their number; `None` while the node is open.
    anchors: HashMap<usize, Option<NodeId>>,
    /// Anchors of the open collections, innermost last; 0 for none.
    open_anchors: Vec<usize>,
    /// Nodes that aliases have stood for.
    copied: usize,
    documents: usize,
}

impl<'t> Builder<'t> {
    pub(super) fn new(text: &'t str, base: usize, limits: &'t Limits) -> Self {
        Builder {
            tree: Tree::default(),
            findings: Vec::new(),
            text,
            base,
            limits,
            stack: Vec::new(),
            anchors: HashMap::new(),
            open_anchors: Vec::new(),
            copied: 0,
            documents: 0,
        }
    }

    fn range(&self, span: &Span) -> Range<usize> {
        span.byte_range().map_or(self.base..self.base, |range| self.base + range.start..self.base + range.end)
    }

    pub(super) fn event(&mut self, event: Event<'_>, span: &Span) -> Result<(), Stop> {
        let range = self.range(span);
        match event {
            Event::DocumentStart(..) => {
                self.documents += 1;
                if self.documents > 1 {
                    let finding = Finding::error(
                        "malformed-front-matter",
                        "a second YAML document begins here",
                        Place::Bytes(range.start..self.line_end(range.start)),
                    );
                    return Err(Box::new(finding.help("front matter is one document: remove the marker above")));
                }
            }
            Event::Scalar(value, style, anchor, tag) => self.scalar(&value, style, anchor, tag.as_deref(), range)?,
            Event::SequenceStart(style, anchor, tag) => {
                self.check_tag(tag.as_deref(), "seq", &range);
                self.open(Kind::List(Vec::new()), style, anchor, range)?;
            }
            Event::MappingStart(style, anchor, tag) => {
                self.check_tag(tag.as_deref(), "map", &range);
                self.open(Kind::Map(Vec::new()), style, anchor, range)?;
            }
            Event::SequenceEnd | Event::MappingEnd => self.close(range)?,
            Event::Alias(anchor) => self.alias(anchor, range)?,
            _ => {}
        }
        Ok(())
    }

    fn line_end(&self, at: usize) -> usize {
        self.text[at..].find(['\n', '\r']).map_or(self.text.len(), |end| at + end)
    }

    fn scalar(
        &mut self,
        value: &str,
        style: ScalarStyle,
        anchor: usize,
        tag: Option<&Tag>,
        mut range: Range<usize>,
    ) -> Result<(), Stop> {
        let missing = style == ScalarStyle::Plain && range.is_empty();
        let plain = if missing { "" } else { value };
        let (kind, style) = match style {
            ScalarStyle::Plain => (self.plain(plain, tag, &range), Style::Plain),
            ScalarStyle::SingleQuoted => (Kind::String(value.into()), Style::Single),
            ScalarStyle::DoubleQuoted => (Kind::String(value.into()), Style::Double),
            ScalarStyle::Literal | ScalarStyle::Folded => (Kind::String(value.into()), Style::Block),
        };
        if style == Style::Block {
            // The line ends under a block are not part of it, but its sign above is.
            let end = range.start + self.text[range.clone()].trim_end_matches(['\n', '\r', ' ', '\t']).len();
            let from = self.after_key().unwrap_or_else(|| self.stack.last().map_or(self.base, |open| open.end));
            let above = &self.text[from.min(range.start)..range.start];
            range = above.find(['|', '>']).map_or(range.start, |at| from + at)..end;
            range.end = range.end.max(range.start + 1);
        }
        if self.wants_key() {
            let merge = style == Style::Plain && plain == "<<" && tag.is_none();
            let text = if missing { String::new() } else { value.to_string() };
            self.take_key(Key { text, range, merge });
            return Ok(());
        }
        if missing {
            let place = self.missing_value(range.start);
            range = place..place;
        }
        let id = self.tree.push(kind, range, style);
        self.note_anchor(anchor, id);
        self.take_value(id)
    }

    /// A plain scalar, by its tag or the core schema.
    fn plain(&mut self, value: &str, tag: Option<&Tag>, range: &Range<usize>) -> Kind {
        let Some(tag) = tag else { return scalar::resolve(value) };
        let core = tag.suffix_in_namespace("tag:yaml.org,2002:");
        let resolved = scalar::resolve(value);
        let fits = match core.as_deref() {
            // Types of YAML 1.1 whose values are text here.
            Some("str" | "timestamp" | "binary") => return Kind::String(value.into()),
            Some("null") => matches!(resolved, Kind::Null),
            Some("bool") => matches!(resolved, Kind::Bool(_)),
            Some("int") => matches!(&resolved, Kind::Number(number) if !number.is_f64()),
            Some("float") => matches!(resolved, Kind::Number(_)),
            // `!` alone says: text.
            None if tag.handle().is_empty() && tag.suffix() == "!" => return Kind::String(value.into()),
            _ => {
                self.unknown_tag(tag, range);
                return resolved;
            }
        };
        if !fits {
            let finding = Finding::warning(
                "unknown-tag",
                format!("`{}` does not fit this value", tag.original()),
                Place::Bytes(range.clone()),
            );
            self.findings.push(finding.help("remove the tag: the value is kept as it is"));
        }
        resolved
    }

    fn check_tag(&mut self, tag: Option<&Tag>, expected: &str, range: &Range<usize>) {
        let Some(tag) = tag else { return };
        let known = tag.suffix_in_namespace("tag:yaml.org,2002:").is_some_and(|suffix| {
            suffix == expected || matches!((expected, suffix.as_ref()), ("seq", "omap" | "pairs") | ("map", "set"))
        });
        if !known {
            self.unknown_tag(tag, &(range.start..range.start));
        }
    }

    fn unknown_tag(&mut self, tag: &Tag, range: &Range<usize>) {
        let finding = Finding::warning(
            "unknown-tag",
            format!("`{}` is no type that front matter has", tag.original()),
            Place::Bytes(range.clone()),
        );
        self.findings.push(finding.help("remove the tag: generators differ on it, and some refuse it"));
    }

    fn open(&mut self, kind: Kind, style: StructureStyle, anchor: usize, range: Range<usize>) -> Result<(), Stop> {
        let map = matches!(kind, Kind::Map(_)).then(OpenMap::default);
        if self.wants_key() {
            let finding = Finding::error("malformed-front-matter", "a key must be text", Place::Bytes(range));
            return Err(Box::new(finding.help("put it in quotes if it is meant as text")));
        }
        let style = if style == StructureStyle::Flow { Style::Flow } else { Style::Plain };
        let mut range = range;
        if style == Style::Plain && map.is_none() && !self.text[range.start..].starts_with('-') {
            // A list that is not indented under its key begins at its first item; its dash is before that.
            let before = self.text[self.base..range.start].trim_end_matches([' ', '\t']);
            if before.ends_with('-') {
                range = self.base + before.len() - 1..range.end;
            }
        }
        let id = self.tree.push(kind, range.clone(), style);
        if anchor != 0 {
            self.anchors.insert(anchor, None);
        }
        self.open_anchors.push(anchor);
        self.stack.push(Open { id, end: range.end, map });
        Ok(())
    }

    fn close(&mut self, range: Range<usize>) -> Result<(), Stop> {
        let Some(open) = self.stack.pop() else { return Ok(()) };
        // A closing bracket is the collection's own; the end of a block is where its last child ends.
        let bracket = self.text[range.clone()].ends_with([']', '}']);
        let end = if bracket { range.end } else { open.end };
        let start = self.tree.nodes[open.id as usize].range.start;
        self.tree.nodes[open.id as usize].range = start..end.max(start);
        if let Some(map) = open.map {
            self.report_duplicates(open.id, &map);
            self.merge(open.id, &map.merges);
        }
        let anchor = self.open_anchors.pop().unwrap_or(0);
        self.note_anchor(anchor, open.id);
        self.take_value(open.id)
    }

    /// Whether the next node is a key.
    fn wants_key(&self) -> bool {
        self.stack.last().and_then(|open| open.map.as_ref()).is_some_and(|map| map.key.is_none())
    }

    fn take_key(&mut self, key: Key) {
        if let Some(open) = self.stack.last_mut() {
            open.end = open.end.max(key.range.end);
            if let Some(map) = &mut open.map {
                map.key = Some(key);
            }
        }
    }

    fn take_value(&mut self, id: NodeId) -> Result<(), Stop> {
        let end = self.tree.node(id).range.end;
        let Some(open) = self.stack.last_mut() else { return Ok(()) };
        open.end = open.end.max(end);
        let parent = open.id as usize;
        let Some(map) = &mut open.map else {
            if let Kind::List(items) = &mut self.tree.nodes[parent].kind {
                items.push(id);
            }
            return Ok(());
        };
        let Some(key) = map.key.take() else { return Ok(()) };
        let mergeable = match &self.tree.nodes[id as usize].kind {
            Kind::Map(_) => true,
            Kind::List(items) => items.iter().all(|&item| matches!(self.tree.node(item).kind, Kind::Map(_))),
            _ => false,
        };
        if key.merge && mergeable {
            map.merges.push(id);
        } else if let Some(&first) = map.known.get(&key.text) {
            map.repeated.push((first, key.range, id));
        } else if let Kind::Map(entries) = &mut self.tree.nodes[parent].kind {
            map.known.insert(key.text.clone(), entries.len());
            entries.push(Entry { key: key.text.into(), key_range: key.range, value: id });
        }
        Ok(())
    }

    fn report_duplicates(&mut self, id: NodeId, map: &OpenMap) {
        if map.repeated.is_empty() {
            return;
        }
        let Kind::Map(entries) = &self.tree.node(id).kind else { return };
        let parent = self.pointer();
        let mut found = Vec::new();
        for (first, range, value) in &map.repeated {
            let Entry { key, key_range, value: first } = &entries[*first];
            let same = same_value(&self.tree, *first, *value);
            let (key, place) = (key.clone(), key_range.clone());
            let pointer = format!("{parent}/{}", pointer_step(&key));
            let finding = duplicate(&key, &pointer, place.clone(), range.clone(), same);
            // One that says nothing, or the same, can go.
            let (goes, meant) = match (self.is_empty(*first), same || self.is_empty(*value)) {
                (_, true) => (self.own_line(range, *value), Vec::new()),
                (true, false) => (self.own_line(&place, *first), vec![pointer]),
                (false, false) => (None, Vec::new()),
            };
            found.push(match goes {
                Some(range) => {
                    let edit = Edit { range, text: String::new() };
                    finding.help("take out the one that adds nothing (`--fix` does)").fix(true, vec![edit], meant)
                }
                None => finding,
            });
        }
        self.findings.append(&mut found);
    }

    /// Whether a value says nothing.
    fn is_empty(&self, id: NodeId) -> bool {
        match &self.tree.node(id).kind {
            Kind::Null => true,
            Kind::String(text) => text.is_empty(),
            Kind::List(items) => items.is_empty(),
            Kind::Map(entries) => entries.is_empty(),
            Kind::Bool(_) | Kind::Number(_) => false,
        }
    }

    /// The line of a key and its value, where it holds nothing else.
    fn own_line(&self, key: &Range<usize>, value: NodeId) -> Option<Range<usize>> {
        let end = key.end.max(self.tree.node(value).range.end);
        let start = self.text[..key.start].rfind('\n').map_or(0, |at| at + 1);
        let next = end + self.text[end..].find('\n')? + 1;
        let alone = self.text[start..key.start].trim().is_empty()
            && !self.text[key.start..end].contains('\n')
            && matches!(self.text[end..next].trim(), "" | ":");
        (alone && start >= self.base).then_some(start..next)
    }

    /// The pointer of the collection that was just closed: the keys and numbers of the open ones around it.
    fn pointer(&self) -> String {
        let mut pointer = String::new();
        for open in &self.stack {
            pointer.push('/');
            match (&open.map, &self.tree.node(open.id).kind) {
                (Some(map), _) => {
                    pointer.push_str(&map.key.as_ref().map_or_else(String::new, |k| pointer_step(&k.text).into_owned()))
                }
                (None, Kind::List(items)) => pointer.push_str(&items.len().to_string()),
                _ => {}
            }
        }
        pointer
    }

    /// Where a value that is not there would stand: after the colon of its key, else after the dash.
    fn missing_value(&self, fallback: usize) -> usize {
        let Some(after_key) = self.after_key() else { return fallback };
        let rest = &self.text[after_key..];
        let blanks = rest.len() - rest.trim_start_matches([' ', '\t']).len();
        after_key + if rest[blanks..].starts_with(':') { blanks + 1 } else { 0 }
    }

    /// Where the key ends whose value comes next.
    fn after_key(&self) -> Option<usize> {
        self.stack.last()?.map.as_ref()?.key.as_ref().map(|key| key.range.end)
    }
}

/// Whether two values are equal. Compares through JSON: both are small, and this is rare.
fn same_value(tree: &Tree, a: NodeId, b: NodeId) -> bool {
    tree.to_value(a) == tree.to_value(b)
}

/// The finding for a key that is set twice.
pub(in crate::syntax) fn duplicate(
    key: &str,
    pointer: &str,
    first: Range<usize>,
    again: Range<usize>,
    same: bool,
) -> Finding {
    let value = if same { "with the same value" } else { "with another value" };
    Finding::error("duplicate-key", format!("`{key}` is set twice"), Place::Bytes(first))
        .pointer(pointer)
        .label("first here")
        .related(Place::Bytes(again), format!("again here, {value}"))
        .help("keep one; generators disagree on which counts")
}
