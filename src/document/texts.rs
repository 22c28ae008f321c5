//! The texts of a document that rules ask for: those of a key, dates, plain texts. What several rules ask for is found
//! once.

use std::{borrow::Cow, ops::Range};

use super::{Content, Document};
use crate::{
    date::{self, Moment},
    syntax::{
        lanes::same,
        tree::{Entry, Kind, Node, NodeId, Pointer, Style, Tree, pointer_step},
    },
};

/// A piece of text in a tree, with where it stands.
#[derive(Debug, Clone)]
pub struct Value<'d> {
    /// Its JSON Pointer.
    pub pointer: Pointer<'d>,
    /// What it says.
    pub text: &'d str,
    /// Its bytes, with quotes.
    pub range: Range<usize>,
    /// How it was written.
    pub style: Style,
}

/// Where a text stands that several rules ask for.
#[derive(Debug)]
pub(super) enum Spot {
    /// Under which of the keys at the top.
    Entry(usize),
    /// Elsewhere: by its pointer.
    Node(String, NodeId),
}

/// Keys that hold dates, in posts of every profile.
const DATE_KEYS: &[&str] = &[
    "date",
    "lastmod",
    "updated",
    "modified",
    "published",
    "publishdate",
    "pubdate",
    "expirydate",
    "last_modified_at",
    "updateddate",
];

/// Keys whose text is plain: no markup, no entities.
const PLAIN_KEYS: &[&str] = &["title", "description", "summary", "subtitle", "linktitle", "excerpt"];

impl Document {
    /// The text at that pointer.
    pub fn value(&self, pointer: &str) -> Option<Value<'_>> {
        let tree = self.tree()?;
        let (id, _) = tree.resolve(pointer)?;
        text_of(tree.node(id), Pointer::Whole(Cow::Owned(pointer.to_owned())))
    }

    /// What the text at that pointer says.
    pub fn text_at(&self, pointer: &str) -> Option<&str> {
        let tree = self.tree()?;
        match &tree.node(tree.resolve(pointer)?.0).kind {
            Kind::String(text) => Some(text),
            _ => None,
        }
    }

    /// The text under a key at the top, spelt as it is given.
    pub fn text(&self, key: &str) -> Option<Value<'_>> {
        let tree = self.tree()?;
        let entry = tree.entry(key)?;
        text_of(tree.node(entry.value), Pointer::Key(&entry.key))
    }

    /// The texts under a key: one, or those of a list.
    pub fn list(&self, key: &str) -> impl Iterator<Item = Value<'_>> {
        let folds = self.profile.any_case;
        let is_it = |entry: &&Entry| same(&entry.key, key) || (folds && entry.key.eq_ignore_ascii_case(key));
        let found = self.tree().and_then(|tree| Some((tree, tree.entries().iter().find(is_it)?)));
        found.into_iter().flat_map(|(tree, entry)| {
            let key = entry.key.as_str();
            let (one, items): (_, &[NodeId]) = match &tree.node(entry.value).kind {
                Kind::List(items) => (None, items),
                _ => (text_of(tree.node(entry.value), Pointer::Key(key)), &[]),
            };
            let item = move |(index, &item): (usize, &NodeId)| text_of(tree.node(item), Pointer::Item(key, index));
            one.into_iter().chain(items.iter().enumerate().filter_map(item))
        })
    }

    /// The dates that it holds, those of the head, or of a JSON Feed's items: each as it is written, and what it means
    /// where it can be read.
    pub fn dates(&self) -> impl Iterator<Item = (Value<'_>, Option<Moment>)> {
        let dates = self.dates.get_or_init(|| {
            let read = |spot| {
                let moment = self.at(&spot).and_then(|value| date::read(value.text).0.moment);
                (spot, moment)
            };
            self.find_dates().into_iter().map(read).collect()
        });
        dates.iter().filter_map(|(spot, moment)| Some((self.at(spot)?, *moment)))
    }

    fn find_dates(&self) -> Vec<Spot> {
        match &self.content {
            Content::Post(post) => {
                let mut dates = texts(&post.tree, DATE_KEYS);
                // Those that stand in a mapping, and those that the profile calls by other names.
                for pointer in ["published", "updated"].into_iter().flat_map(|field| self.profile.pointers_of(field)) {
                    let is_it = |date: &Spot| spelt(&post.tree, date).is_some_and(|date| date.to_string() == pointer);
                    if !dates.iter().any(is_it)
                        && let Some((id, _)) = post.tree.resolve(&pointer)
                    {
                        dates.push(Spot::Node(pointer, id));
                    }
                }
                dates
            }
            Content::JsonFeed(tree) | Content::JsonLines(tree) => {
                self.item_texts(tree, &["date_published", "date_modified"])
            }
            _ => Vec::new(),
        }
    }

    /// The texts that hold neither markup nor entities: titles, descriptions.
    pub fn plain_texts(&self) -> impl Iterator<Item = Value<'_>> {
        let texts = self.plain_texts.get_or_init(|| match &self.content {
            Content::Post(post) => texts(&post.tree, PLAIN_KEYS),
            Content::JsonFeed(tree) | Content::JsonLines(tree) => self.item_texts(tree, &["title", "summary"]),
            _ => Vec::new(),
        });
        texts.iter().filter_map(|spot| self.at(spot))
    }

    /// What stands at a place.
    fn at<'d>(&'d self, spot: &'d Spot) -> Option<Value<'d>> {
        let tree = self.tree()?;
        let id = match spot {
            Spot::Entry(index) => tree.entries().get(*index)?.value,
            Spot::Node(_, id) => *id,
        };
        text_of(tree.node(id), spelt(tree, spot)?)
    }

    fn item_texts(&self, tree: &Tree, keys: &[&str]) -> Vec<Spot> {
        let mut found = Vec::new();
        for (index, id) in self.items() {
            let Kind::Map(entries) = &tree.node(id).kind else { continue };
            for entry in entries.iter().filter(|entry| keys.contains(&entry.key.as_str())) {
                let pointer = format!("/items/{index}/{}", pointer_step(&entry.key));
                found.push(Spot::Node(pointer, entry.value));
            }
        }
        found
    }
}

/// The texts under those keys of the root; case does not count.
fn texts(tree: &Tree, keys: &[&str]) -> Vec<Spot> {
    // Most are of another length, or begin with another letter.
    let is_near = |known: &str, key: &str| known.len() == key.len() && known.as_bytes()[0] == key.as_bytes()[0] | 0x20;
    let is_one = |key: &str| keys.iter().any(|known| is_near(known, key) && known.eq_ignore_ascii_case(key));
    let is_text = |entry: &Entry| matches!(tree.node(entry.value).kind, Kind::String(_));
    let entries = tree.entries().iter().enumerate();
    entries.filter(|(_, entry)| is_one(&entry.key) && is_text(entry)).map(|(index, _)| Spot::Entry(index)).collect()
}

/// The pointer of a place.
fn spelt<'d>(tree: &'d Tree, spot: &'d Spot) -> Option<Pointer<'d>> {
    Some(match spot {
        Spot::Entry(index) => Pointer::Key(&tree.entries().get(*index)?.key),
        Spot::Node(pointer, _) => Pointer::Whole(Cow::Borrowed(pointer)),
    })
}

fn text_of<'d>(node: &'d Node, pointer: Pointer<'d>) -> Option<Value<'d>> {
    match &node.kind {
        Kind::String(text) => Some(Value { pointer, text, range: node.range.clone(), style: node.style }),
        _ => None,
    }
}
