//! What the names of files depend on: all items are named before the first is written, and their bodies are not made
//! ready for that unless they count.

use std::collections::BTreeSet;

use super::{Profile, Set, fields::is_empty};
use crate::model::Item;

/// Variables that hold an item's content.
const CONTENT: [&str; 2] = ["content", "content_html"];

/// What the names of a profile's files depend on.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Naming {
    /// Where in [`Profile::keys`] the keys are whose values count, in order.
    pub(super) keys: Vec<usize>,
    /// Whether the patterns, or keys from the command line, read the content themselves.
    reads_content: bool,
}

impl Profile {
    /// What the names of its files depend on, under these keys from the command line.
    pub fn naming(&self, sets: &[Set]) -> Naming {
        let mut read: BTreeSet<&str> = self.file_name.variables().chain(self.other_file_name.variables()).collect();
        // A name may read what is set, and that is made of the values of any key.
        read.extend(sets.iter().filter_map(|set| set.value.as_ref().err()).flat_map(|made| made.variables()));
        let reads_content = CONTENT.iter().any(|name| read.contains(name));
        let mut keys = Vec::new();
        // A key's expression reads the values of keys before it.
        for (index, key) in self.keys.iter().enumerate().rev() {
            let Some(field) = key.read else { continue };
            let counts = read.contains(field.name) || field.name == "source.url" && read.contains("source");
            if counts {
                keys.push(index);
                read.extend(key.write.iter().flat_map(|expression| expression.variables()));
            }
        }
        keys.reverse();
        Naming { keys, reads_content }
    }

    /// Whether the name of an item's file depends on its content.
    pub fn name_reads_body(&self, item: &Item, naming: &Naming) -> bool {
        // The sign of an item that has neither is of its text.
        let is_nameless = item.id.is_none() && item.url.is_none();
        let of_key = |index: &usize| {
            let key = &self.keys[*index];
            let reads = key.write.as_ref().is_some_and(|write| CONTENT.iter().any(|name| write.reads(name)));
            reads && (key.always || key.read.is_none_or(|field| is_empty(&(field.get)(item))))
        };
        naming.reads_content || is_nameless || naming.keys.iter().any(of_key)
    }
}
