//! A [`Tree`] as jsonschema sees it: validated where it stands, without a copy.

use std::borrow::Cow;

use jsonschema::{
    JsonType,
    json::{Array, Json, JsonNumber, Node, NodeIdentity, Object},
};
use serde_json::{Number, Value};

use crate::syntax::{
    lanes::same,
    tree::{Entry, Kind, NodeId, Tree},
};

/// The representation: trees of heads and JSON Feeds.
pub(super) struct Trees;

/// A node of a tree, or the name of a key, which `propertyNames` looks at.
#[derive(Clone, Copy)]
pub(super) enum At<'t> {
    Node(&'t Tree, NodeId),
    Name(&'t str),
}

impl<'t> At<'t> {
    fn kind(self) -> Option<&'t Kind> {
        match self {
            At::Node(tree, id) => Some(&tree.node(id).kind),
            At::Name(_) => None,
        }
    }
}

impl Json for Trees {
    type Node<'a> = At<'a>;
    type PreparedKey = String;
    type StringBuffer = ();
    const KEYS_PER_LOOKUP: usize = 2;
    const ACYCLIC: bool = true;

    fn prepare_key(key: &str) -> String {
        key.to_owned()
    }

    fn with_string_node<T>((): &mut (), string: &str, f: impl FnOnce(At<'_>) -> T) -> T {
        f(At::Name(string))
    }
}

impl<'t> Node<'t, Trees> for At<'t> {
    type Object = Members<'t>;
    type Array = Elements<'t>;
    type Number = Num<'t>;

    fn as_object(&self) -> Option<Members<'t>> {
        match (*self, self.kind()?) {
            (At::Node(tree, _), Kind::Map(entries)) => Some(Members { tree, entries }),
            _ => None,
        }
    }

    fn as_array(&self) -> Option<Elements<'t>> {
        match (*self, self.kind()?) {
            (At::Node(tree, _), Kind::List(items)) => Some(Elements { tree, items }),
            _ => None,
        }
    }

    fn as_string(&self) -> Option<Cow<'t, str>> {
        match (*self, self.kind()) {
            (At::Name(name), _) => Some(Cow::Borrowed(name)),
            (_, Some(Kind::String(text))) => Some(Cow::Borrowed(text)),
            _ => None,
        }
    }

    fn as_number(&self) -> Option<Num<'t>> {
        match self.kind()? {
            Kind::Number(number) => Some(Num(number)),
            _ => None,
        }
    }

    fn as_boolean(&self) -> Option<bool> {
        match self.kind()? {
            Kind::Bool(value) => Some(*value),
            _ => None,
        }
    }

    fn is_null(&self) -> bool {
        matches!(self.kind(), Some(Kind::Null))
    }

    fn json_type(&self) -> JsonType {
        match self.kind() {
            None | Some(Kind::String(_)) => JsonType::String,
            Some(Kind::Null) => JsonType::Null,
            Some(Kind::Bool(_)) => JsonType::Boolean,
            Some(Kind::Number(_)) => JsonType::Number,
            Some(Kind::List(_)) => JsonType::Array,
            Some(Kind::Map(_)) => JsonType::Object,
        }
    }

    fn to_value(&self) -> Cow<'t, Value> {
        Cow::Owned(match *self {
            At::Node(tree, id) => tree.to_value(id),
            At::Name(name) => Value::String(name.to_owned()),
        })
    }

    fn identity(&self) -> Option<NodeIdentity> {
        match *self {
            At::Node(tree, id) => Some(NodeIdentity::tagged(std::ptr::from_ref(tree) as usize, id)),
            At::Name(_) => None,
        }
    }
}

/// A number.
pub(super) struct Num<'t>(&'t Number);

impl JsonNumber for Num<'_> {
    fn as_u64(&self) -> Option<u64> {
        self.0.as_u64()
    }

    fn as_i64(&self) -> Option<i64> {
        self.0.as_i64()
    }

    fn as_f64(&self) -> Option<f64> {
        self.0.as_f64()
    }

    fn as_str(&self) -> Cow<'_, str> {
        Cow::Owned(self.0.to_string())
    }

    fn to_number(&self) -> Cow<'_, Number> {
        Cow::Borrowed(self.0)
    }
}

/// The entries of a mapping.
#[derive(Clone, Copy)]
pub(super) struct Members<'t> {
    tree: &'t Tree,
    entries: &'t [Entry],
}

impl<'t> Object<'t, Trees> for Members<'t> {
    type Node = At<'t>;
    type MemberName = &'t str;
    type MembersIter = MembersIter<'t>;

    fn len(&self) -> usize {
        self.entries.len()
    }

    fn get(&self, key: &String) -> Option<At<'t>> {
        let entry = self.entries.iter().find(|entry| same(&entry.key, key))?;
        Some(At::Node(self.tree, entry.value))
    }

    fn members(&self) -> MembersIter<'t> {
        MembersIter { tree: self.tree, entries: self.entries.iter() }
    }
}

/// Walks the entries of a mapping.
pub(super) struct MembersIter<'t> {
    tree: &'t Tree,
    entries: std::slice::Iter<'t, Entry>,
}

impl<'t> Iterator for MembersIter<'t> {
    type Item = (&'t str, At<'t>);

    fn next(&mut self) -> Option<Self::Item> {
        let entry = self.entries.next()?;
        Some((entry.key.as_str(), At::Node(self.tree, entry.value)))
    }
}

/// The items of a list.
#[derive(Clone, Copy)]
pub(super) struct Elements<'t> {
    tree: &'t Tree,
    items: &'t [NodeId],
}

impl<'t> Array<'t, Trees> for Elements<'t> {
    type Node = At<'t>;
    type ElementsIter = ElementsIter<'t>;

    fn len(&self) -> usize {
        self.items.len()
    }

    fn elements(&self) -> ElementsIter<'t> {
        ElementsIter { tree: self.tree, items: self.items.iter() }
    }
}

/// Walks the items of a list.
pub(super) struct ElementsIter<'t> {
    tree: &'t Tree,
    items: std::slice::Iter<'t, NodeId>,
}

impl<'t> Iterator for ElementsIter<'t> {
    type Item = At<'t>;

    fn next(&mut self) -> Option<At<'t>> {
        self.items.next().map(|&item| At::Node(self.tree, item))
    }
}
