//! What became of each item, told while a conversion runs: for reports and samples, so that nobody has to hold it all.

use super::{Conflict, Fate};
use crate::finding::{Finding, Loss};

/// What became of one item.
#[derive(Debug, Clone, Copy)]
#[non_exhaustive]
pub struct Told<'t> {
    /// The name of its source.
    pub source: &'t str,
    /// Its number in the source, from 0.
    pub index: usize,
    /// Its id; what was derived where the target requires one.
    pub id: Option<&'t str>,
    /// Its title, else its link.
    pub title: Option<&'t str>,
    /// The file of its post, relative to the folder.
    pub file: Option<&'t str>,
    /// What became of it.
    pub fate: Fate,
    /// Whether a post that is kept differs at the source from what was imported.
    pub changed: bool,
    /// What of it could not be kept.
    pub losses: &'t [Loss],
    /// What was found wrong in its source since the item before it, and read all the same.
    pub findings: &'t [Finding],
    /// What of its post was kept as it was changed by hand.
    pub conflicts: &'t [Conflict],
    /// The post that was there, where it changes.
    pub before: Option<&'t [u8]>,
    /// The post as it is written; `None` where none is.
    pub after: Option<&'t [u8]>,
}

impl Told<'_> {
    /// An item of which nothing more is known.
    pub(super) fn new(source: &str, index: usize, fate: Fate) -> Told<'_> {
        Told {
            source,
            index,
            id: None,
            title: None,
            file: None,
            fate,
            changed: false,
            losses: &[],
            findings: &[],
            conflicts: &[],
            before: None,
            after: None,
        }
    }
}
