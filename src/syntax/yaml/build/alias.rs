//! Anchors, what aliases stand for, and what `<<` brings.

use std::{collections::HashSet, ops::Range};

use super::{Builder, Key, Stop};
use crate::{
    finding::{Finding, Place},
    limits::Limits,
    syntax::tree::{Entry, Kind, Node, NodeId, Text},
};

impl Builder<'_> {
    /// Takes down which node an anchor stands for.
    pub(super) fn note_anchor(&mut self, anchor: usize, id: NodeId) {
        if anchor != 0 {
            self.anchors.insert(anchor, Some(id));
        }
    }

    /// An alias, as a key or as a value.
    pub(super) fn alias(&mut self, anchor: usize, range: Range<usize>) -> Result<(), Stop> {
        let Some(Some(id)) = self.anchors.get(&anchor).copied() else {
            let finding = Finding::error(
                "malformed-front-matter",
                "this alias refers to the value it stands in",
                Place::Bytes(range),
            );
            return Err(Box::new(finding.help("write the value out")));
        };
        if self.wants_key() {
            let text = match &self.tree.node(id).kind {
                Kind::String(text) => text.to_string(),
                _ => self.text[self.tree.node(id).range.clone()].to_owned(),
            };
            self.take_key(Key { text, range, merge: false });
            return Ok(());
        }
        let copy = self.copy(id, &range)?;
        self.take_value(copy)
    }

    /// What an alias stands for, as nodes of its own at the alias's place. Breadth first: parents before children.
    fn copy(&mut self, id: NodeId, at: &Range<usize>) -> Result<NodeId, Stop> {
        let first = self.tree.nodes.len();
        let mut sources = vec![id];
        let mut next = 0;
        while let Some(&source) = sources.get(next) {
            next += 1;
            self.copied += 1;
            if self.copied > self.limits.aliases {
                let limit = Limits::message("values behind aliases", self.limits.aliases, "aliases");
                return Err(Box::new(Finding::error("limit-reached", limit, Place::Bytes(at.clone()))));
            }
            let Node { kind, style, .. } = self.tree.node(source).clone();
            let mut copied = |child: NodeId| {
                sources.push(child);
                (first + sources.len() - 1) as NodeId
            };
            let kind = match kind {
                Kind::List(items) => Kind::List(items.into_iter().map(&mut copied).collect()),
                Kind::Map(entries) => Kind::Map(
                    entries
                        .into_iter()
                        .map(|e| Entry { key: e.key, key_range: at.clone(), value: copied(e.value) })
                        .collect(),
                ),
                other => other,
            };
            self.tree.push(kind, at.clone(), style);
        }
        Ok(first as NodeId)
    }

    /// Adds what `<<` brings: keys that the mapping does not have itself.
    pub(super) fn merge(&mut self, id: NodeId, merges: &[NodeId]) {
        let (false, Kind::Map(own)) = (merges.is_empty(), self.tree.node(id).kind.clone()) else { return };
        let mut known: HashSet<Text> = own.iter().map(|entry| entry.key.clone()).collect();
        let mut entries = own;
        for &merged in merges {
            let sources = match &self.tree.node(merged).kind {
                Kind::List(items) => items.clone(),
                _ => vec![merged],
            };
            for source in sources {
                if let Kind::Map(new) = &self.tree.node(source).kind {
                    entries.extend(new.iter().filter(|entry| known.insert(entry.key.clone())).cloned());
                }
            }
        }
        self.tree.nodes[id as usize].kind = Kind::Map(entries);
    }
}
