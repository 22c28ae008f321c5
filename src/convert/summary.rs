//! What a conversion did.

use std::collections::BTreeMap;

use super::{
    losses::Losses,
    merge::{Conflict, Why},
};
use crate::{error::Error, finding::Finding};

/// What a conversion did.
#[derive(Debug, Default)]
#[non_exhaustive]
pub struct Summary {
    /// Items read.
    pub items: usize,
    /// Items written: posts whose file is new or changed, or items of a feed.
    pub written: usize,
    /// Posts whose file had the same bytes already.
    pub unchanged: usize,
    /// Posts that were there and were kept as they are.
    pub kept: usize,
    /// Posts among the written ones of which a part follows the source, and the rest is a person's.
    pub merged: usize,
    /// Posts among the kept ones that differ at the source from what was imported.
    pub changed_kept: usize,
    /// What of posts was kept against their source.
    pub conflicts: Conflicts,
    /// Items that were not asked for.
    pub not_chosen: usize,
    /// Posts left out of a feed because their day is yet to come.
    pub future: usize,
    /// Drafts left out of a feed.
    pub drafts: usize,
    /// Posts in a feed whose address nobody knows.
    pub unaddressed: usize,
    /// What an export holds that is no item, or none that was to be seen. [`Summary::losses`] has its kinds.
    pub left_out: usize,
    /// Comments of an export.
    pub comments: usize,
    /// What could not be kept.
    pub losses: Losses,
    /// What was found wrong in the sources, each with its source's name.
    pub findings: Vec<(String, Finding)>,
    /// Findings beyond those.
    pub more_findings: usize,
    /// Sources that could not be read, or not to their end. What came before is written.
    pub errors: Vec<Error>,
    /// What was made up because nobody gave it: sentences for people.
    pub notes: Vec<String>,
    /// Old and new addresses of items, where they were asked for.
    pub moved: Vec<(String, String)>,
}

/// What of posts was kept against their source, counted by kind.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
#[non_exhaustive]
pub struct Conflicts {
    /// By key and reason: how often, and the first file.
    pub kinds: BTreeMap<(String, Why), (usize, String)>,
}

impl Conflicts {
    /// Counts those of one post.
    pub(super) fn add(&mut self, conflicts: &[Conflict], file: &str) {
        for conflict in conflicts {
            let kind = self.kinds.entry((conflict.key.clone(), conflict.why));
            kind.or_insert_with(|| (0, file.to_owned())).0 += 1;
        }
    }

    /// How many there are.
    pub fn count(&self) -> usize {
        self.kinds.values().map(|(count, _)| count).sum()
    }
}

/// What became of an item.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Fate {
    /// Its post is new.
    New,
    /// Its post was there with other bytes.
    Replaced,
    /// Its post was there, and follows the source where nobody changed it by hand.
    Merged,
    /// Its post was there with the same bytes, or differs only in what was changed by hand.
    Unchanged,
    /// Its post was there and stays as it is.
    Kept,
    /// It is in the feed.
    Written,
    /// It is in nothing that was written.
    LeftOut,
}

impl Fate {
    /// The word that reports use.
    pub const fn name(self) -> &'static str {
        match self {
            Fate::New => "new",
            Fate::Replaced => "replaced",
            Fate::Merged => "merged",
            Fate::Unchanged => "unchanged",
            Fate::Kept => "kept",
            Fate::Written => "written",
            Fate::LeftOut => "left-out",
        }
    }
}
