//! A JSON Feed's tree to parts.

use super::{Dialect, Looks, Part, part::Element};
use crate::{
    kept::Text,
    syntax::{
        tree::{Kind, NodeId, Tree},
        xml::Ns,
    },
};

/// Shows a JSON Feed to the rules; without `head` it is items alone, of which there is no more to say.
pub(crate) fn show(source: &str, tree: &Tree, head: bool, looks: &mut Looks<'_>) {
    let items: &[NodeId] = match tree.get("items").map(|node| &node.kind) {
        Some(Kind::List(items)) => items,
        _ => &[],
    };
    let mut show = Show::new(source);
    for &item in items {
        show.item(tree, item, looks);
    }
    show.end(head.then_some(tree), looks);
}

/// A JSON Feed that is shown to the rules an item at a time.
#[derive(Debug)]
pub(crate) struct Show<'t> {
    part: Part<'t>,
}

impl<'t> Show<'t> {
    /// One of which nothing was shown yet.
    pub(crate) fn new(source: impl Into<Text<'t>>) -> Self {
        let mut part = Part::new(source);
        part.dialect = Dialect::Json;
        Show { part }
    }

    /// Shows the next item: a node of `tree`, whose bytes are those of the source.
    pub(crate) fn item(&mut self, tree: &Tree, item: NodeId, looks: &mut Looks<'_>) {
        add(&mut self.part, tree, "item", item, &[]);
        self.part.settle();
        looks.item(&self.part);
        self.part.clear();
        self.part.index += 1;
    }

    /// Shows what the feed says of itself, where there is a feed.
    pub(crate) fn end(&mut self, head: Option<&Tree>, looks: &mut Looks<'_>) {
        if let Some(tree) = head.filter(|tree| !tree.nodes.is_empty()) {
            add(&mut self.part, tree, "feed", Tree::ROOT, &["items"]);
        }
        self.part.settle();
        looks.end(&self.part);
    }
}

/// Adds a value and all in it, but for the keys of `without` at its top. Entries of a list are elements of one name.
fn add(part: &mut Part<'_>, tree: &Tree, name: &str, id: NodeId, without: &[&str]) {
    let range = tree.node(id).range.clone();
    let tag = range.start..range.end.min(range.start + 1);
    let mut stack: Vec<(u16, &str, std::ops::Range<usize>, NodeId)> = vec![(0, name, tag, id)];
    while let Some((depth, name, key, id)) = stack.pop() {
        let node = tree.node(id);
        let text = match &node.kind {
            Kind::List(items) => {
                // Most lists hold texts, whose own places are better than that of the key they share.
                let entries = items.iter().rev().map(|&item| (depth, name, tree.node(item).range.clone(), item));
                stack.extend(entries);
                continue;
            }
            Kind::Map(entries) => {
                let entries = entries.iter().rev().filter(|entry| depth > 0 || !without.contains(&&*entry.key));
                stack.extend(entries.map(|entry| (depth + 1, &*entry.key, entry.key_range.clone(), entry.value)));
                0..0
            }
            Kind::String(text) => part.keep(text),
            Kind::Number(number) => part.keep(&number.to_string()),
            Kind::Bool(value) => part.keep(if *value { "true" } else { "false" }),
            Kind::Null => 0..0,
        };
        let element = Element {
            depth,
            ns: Ns::NONE,
            prefix: 0..0,
            local: part.keep(name),
            attributes: 0..0,
            text,
            tag: key,
            value: Some(node.range.clone()),
            end: 0..0,
            based: false,
            document: false,
        };
        part.elements.push(element);
    }
}
