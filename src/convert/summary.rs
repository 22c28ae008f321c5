//! What a conversion did.

use super::{losses::Losses, media::Medium};
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
    /// Pictures and files of items, where they were asked for.
    pub media: Vec<Medium>,
    /// For posts: each file and what became of it, in the order of the items.
    pub files: Vec<(String, Fate)>,
}

/// What became of a post's file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fate {
    /// It is new.
    New,
    /// It was there with other bytes.
    Replaced,
    /// It was there with the same bytes.
    Unchanged,
    /// It was there and stays as it is.
    Kept,
}
