//! What must be known of all sources before the first item is read.
//!
//! An export names a picture by its number; the address stands in an item of its own, which may come later, or in the
//! next file of a split export. So the conductor passes over the sources once for these facts, and hands them to the
//! readers in [`ReadOptions::facts`](super::ReadOptions::facts). They are ids, addresses and names, never bodies.

mod files;

use std::collections::HashMap;

pub use files::Files;

/// What readers look up.
#[derive(Debug, Default)]
pub struct Facts {
    /// The files of the site.
    pub files: Files,
    /// What lies where pages lie below each other, by their ids.
    pub pages: HashMap<String, Page>,
    /// What persons are called, by what the items call them.
    pub names: HashMap<String, String>,
}

/// A file of the site.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct File {
    /// Its address.
    pub url: String,
    /// What is said to those who cannot see it.
    pub alternative: Option<String>,
    /// The words under it.
    pub caption: Option<String>,
}

/// A page and the one that it lies below.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Page {
    /// Its slug.
    pub slug: String,
    /// The id of the page above it.
    pub parent: String,
}

/// How deep pages lie: more is a circle.
const DEEPEST: usize = 32;

impl Facts {
    /// The slugs of the pages above the one with that id, the uppermost first.
    pub fn above(&self, parent: &str) -> Vec<&str> {
        let first = self.pages.get(parent);
        let pages = std::iter::successors(first, |page| self.pages.get(&page.parent));
        let mut slugs: Vec<_> = pages.take(DEEPEST).map(|page| page.slug.as_str()).collect();
        slugs.reverse();
        slugs
    }
}
