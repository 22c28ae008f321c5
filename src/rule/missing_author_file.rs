//! # missing-author-file
//!
//! ## What it checks
//! Whether each author of a post has a file of their own, where the site asks for it: `author-files` of the `[[content]]`
//! entry in `slugline.toml`, a path with `{author}` in it. The author is looked for as written, and as a slug.
//!
//! ## Why it matters
//! A page of an author that nobody described is empty, or stops the build.
//!
//! ## Example
//! ```yaml
//! # author-files = "data/authors/{author}.yml", and there is no data/authors/ann-low.yml
//! author: Ann Low
//! ```
//!
//! ## Use instead
//! The author's name as in another post, or the file.
//!
//! ## Since
//! 0.1.0

use super::{Check, Rule};
use crate::{
    document::Document,
    finding::{Finding, Place, Severity},
    slug,
};

pub(super) const RULE: Rule = Rule {
    code: "missing-author-file",
    severity: Severity::Error,
    page: include_str!("missing_author_file.rs"),
    preview: false,
    check: Check::Document(check),
};

fn check(document: &Document, findings: &mut Vec<Finding>) {
    let around = &document.surroundings;
    let (Some(files), Some(pattern)) = (around.files.as_deref(), &around.asks.author_files) else { return };
    if document.post().is_none() {
        return;
    }
    let own = document.profile.key_of("/authors");
    let keys = ["author", "authors"].into_iter().chain(own.filter(|key| !matches!(*key, "author" | "authors")));
    for value in keys.flat_map(|key| document.list(key)) {
        let name = value.text.trim();
        if name.is_empty() {
            continue;
        }
        let slug = slug::slugify(name);
        let path = |name: &str| pattern.replace("{author}", name);
        // A name with a folder in it would be looked for somewhere else.
        let as_written = !name.contains(['/', '\\']) && files.has(&path(name));
        if !as_written && !files.has(&path(&slug)) {
            let message = format!("the author `{name}` has no file `{}`", path(&slug));
            findings.push(Finding::error(RULE.code, message, Place::Value(value.pointer.to_string())));
        }
    }
}
