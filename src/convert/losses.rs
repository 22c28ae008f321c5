//! What could not be kept, counted by kind.

use std::collections::BTreeMap;

use crate::finding::{Loss, Reason};

/// Which item a loss is of.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
#[non_exhaustive]
pub struct Origin {
    /// The number of the source, from 0.
    pub source: usize,
    /// The number of the item in it, from 0.
    pub item: usize,
    /// The item's title or link; `None` for what is said of the feed.
    pub title: Option<String>,
}

/// All losses of one kind.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Kind {
    /// How often it happened.
    pub count: usize,
    /// The value of the first.
    pub example: String,
    /// Whose that was.
    pub origin: Origin,
}

/// Losses by field and reason.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
#[non_exhaustive]
pub struct Losses {
    /// In order of field and reason.
    pub kinds: BTreeMap<(String, Reason), Kind>,
}

impl Losses {
    /// Counts losses of one item or head.
    pub fn add(&mut self, losses: Vec<Loss>, origin: &Origin) {
        for loss in losses {
            self.kinds
                .entry((loss.field.into_owned(), loss.reason))
                .and_modify(|kind| {
                    kind.count += 1;
                    // What a reader lost may be told before what a writer lost of an item before.
                    if (origin.source, origin.item) < (kind.origin.source, kind.origin.item) {
                        (kind.example, kind.origin) = (loss.example.clone(), origin.clone());
                    }
                })
                .or_insert_with(|| Kind { count: 1, example: loss.example.clone(), origin: origin.clone() });
        }
    }

    /// How many there are.
    pub fn count(&self) -> usize {
        self.kinds.values().map(|kind| kind.count).sum()
    }
}
