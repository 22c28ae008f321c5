//! A head or a JSON text as a tree in which every key and value knows its bytes.
//!
//! The nodes lie in one vector and name each other by index, so that nothing recurses on drop.

use std::{borrow::Cow, fmt, ops::Range};

use serde_json::{Map, Value};

use super::lanes;

/// A text of a tree. Heads are made of short ones, which lie in it instead of on the heap.
pub type Text = compact_str::CompactString;

/// Which node of a [`Tree`]; the root is [`Tree::ROOT`].
pub type NodeId = u32;

/// How a scalar was written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[non_exhaustive]
pub enum Style {
    /// YAML: no quotes. TOML and JSON: a number, boolean, null or date.
    #[default]
    Plain,
    /// In single quotes (TOML: a literal string).
    Single,
    /// In double quotes.
    Double,
    /// YAML `|` and `>`, TOML `"""` and `'''`.
    Block,
    /// A collection in brackets or braces.
    Flow,
}

/// What a node is.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub enum Kind {
    /// Nothing, `null`, `~`.
    Null,
    /// A boolean of YAML 1.2's core schema.
    Bool(bool),
    /// A number of YAML 1.2's core schema.
    Number(serde_json::Number),
    /// Text. Dates are text, in every syntax.
    String(Text),
    /// A list.
    List(Vec<NodeId>),
    /// A mapping, in the order written; keys are unique (a duplicate is a finding of the parser, and left out here).
    Map(Vec<Entry>),
}

/// One key and its value.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Entry {
    /// The key as text.
    pub key: Text,
    /// The bytes of the key, with its quotes.
    pub key_range: Range<usize>,
    /// The value.
    pub value: NodeId,
}

/// A value and where it stands.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Node {
    /// What it is.
    pub kind: Kind,
    /// Its bytes in the decoded text, with quotes or brackets; empty at the place where a missing value would stand.
    pub range: Range<usize>,
    /// How it was written.
    pub style: Style,
}

/// A tree of nodes; node 0 is the root.
#[derive(Debug, Clone, PartialEq, Default)]
#[non_exhaustive]
pub struct Tree {
    /// The nodes, parents before children.
    pub nodes: Vec<Node>,
}

impl Tree {
    /// The root of every tree.
    pub const ROOT: NodeId = 0;

    /// The node of that number.
    pub fn node(&self, id: NodeId) -> &Node {
        &self.nodes[id as usize]
    }

    /// Adds a node.
    pub fn push(&mut self, kind: Kind, range: Range<usize>, style: Style) -> NodeId {
        self.nodes.push(Node { kind, range, style });
        (self.nodes.len() - 1) as NodeId
    }

    /// The entries of the root, when it is a mapping.
    pub fn entries(&self) -> &[Entry] {
        match self.nodes.first() {
            Some(Node { kind: Kind::Map(entries), .. }) => entries,
            _ => &[],
        }
    }

    /// The root's entry of that key.
    pub fn entry(&self, key: &str) -> Option<&Entry> {
        self.entries().iter().find(|entry| lanes::same(&entry.key, key))
    }

    /// The root's value under that key.
    pub fn get(&self, key: &str) -> Option<&Node> {
        self.entry(key).map(|entry| self.node(entry.value))
    }

    /// The root's value under that key, when it is text.
    pub fn text(&self, key: &str) -> Option<&str> {
        match &self.get(key)?.kind {
            Kind::String(text) => Some(text),
            _ => None,
        }
    }

    /// The node that a JSON Pointer names, and the bytes of its key where it stands in a mapping.
    pub fn resolve(&self, pointer: &str) -> Option<(NodeId, Option<Range<usize>>)> {
        let (mut id, mut key) = (Self::ROOT, None);
        if self.nodes.is_empty() {
            return None;
        }
        for step in pointer.split('/').skip(1) {
            let step = match memchr::memchr(b'~', step.as_bytes()) {
                Some(_) => Cow::Owned(step.replace("~1", "/").replace("~0", "~")),
                None => Cow::Borrowed(step),
            };
            match &self.node(id).kind {
                Kind::Map(entries) => {
                    let entry = entries.iter().find(|entry| lanes::same(&entry.key, &step))?;
                    (id, key) = (entry.value, Some(entry.key_range.clone()));
                }
                Kind::List(items) => {
                    id = *items.get(step.parse::<usize>().ok()?)?;
                    key = None;
                }
                _ => return None,
            }
        }
        Some((id, key))
    }

    /// The value of a node as JSON. Recurses no deeper than the parser's limit on depth.
    pub fn to_value(&self, id: NodeId) -> Value {
        match &self.node(id).kind {
            Kind::Null => Value::Null,
            Kind::Bool(value) => Value::Bool(*value),
            Kind::Number(number) => Value::Number(number.clone()),
            Kind::String(text) => Value::String(text.to_string()),
            Kind::List(items) => items.iter().map(|&item| self.to_value(item)).collect(),
            Kind::Map(entries) => Value::Object(
                entries.iter().map(|e| (e.key.to_string(), self.to_value(e.value))).collect::<Map<_, _>>(),
            ),
        }
    }
}

/// The JSON Pointer of a value, spelt out where it is told and not before: most values are told of nothing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Pointer<'t> {
    /// As it is spelt.
    Whole(Cow<'t, str>),
    /// That of a key at the top.
    Key(&'t str),
    /// That of an item of the list under such a key.
    Item(&'t str, usize),
}

impl Pointer<'_> {
    /// The last key that it names.
    pub fn key(&self) -> &str {
        match self {
            Pointer::Whole(whole) => whole.rsplit('/').next().unwrap_or_default(),
            Pointer::Key(key) | Pointer::Item(key, _) => key,
        }
    }

    /// Adds it to a text, as it is spelt.
    pub fn push_to(&self, text: &mut String) {
        match self {
            Pointer::Whole(whole) => text.push_str(whole),
            Pointer::Key(key) | Pointer::Item(key, _) => {
                text.push('/');
                text.push_str(&pointer_step(key));
                let Pointer::Item(_, index) = self else { return };
                text.push('/');
                match DIGITS.get(*index..=*index) {
                    Some(digit) => text.push_str(digit),
                    None => text.push_str(&index.to_string()),
                }
            }
        }
    }
}

impl<'t> From<Cow<'t, str>> for Pointer<'t> {
    fn from(whole: Cow<'t, str>) -> Self {
        Pointer::Whole(whole)
    }
}

/// The numbers of the items that most lists have.
const DIGITS: &str = "0123456789";

impl fmt::Display for Pointer<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut text = String::new();
        self.push_to(&mut text);
        f.write_str(&text)
    }
}

/// A step of a JSON Pointer, escaped.
pub fn pointer_step(key: &str) -> Cow<'_, str> {
    if memchr::memchr2(b'~', b'/', key.as_bytes()).is_none() {
        return Cow::Borrowed(key);
    }
    Cow::Owned(key.replace('~', "~0").replace('/', "~1"))
}
