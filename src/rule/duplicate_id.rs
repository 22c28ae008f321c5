//! # duplicate-id
//!
//! ## What it checks
//! Whether two posts, or two items of a JSON Feed or of RSS, have the same `guid` or `id`.
//!
//! ## Why it matters
//! Feed readers know an item by its id: of two with the same, they show one.
//!
//! ## Example
//! ```yaml
//! # content/news/a.md
//! guid: tag:example.org,2025:1
//! # content/news/b.md
//! guid: tag:example.org,2025:1
//! ```
//!
//! ## Use instead
//! An id of its own for each; or none, and `slugline convert` derives it.
//!
//! ## Since
//! 0.1.0

use std::collections::{HashMap, hash_map::Entry};

use super::{Check, Rule, Verdict, all_but_first};
use crate::{
    document::Document,
    facts::{Notes, Seen},
    feed_view::{About, Dialect, Look, Part},
    finding::{Finding, Place, Severity},
};

pub(super) const RULE: Rule = Rule {
    code: "duplicate-id",
    severity: Severity::Error,
    page: include_str!("duplicate_id.rs"),
    preview: false,
    check: Check::Site { note, judge, tells_alike: true, look: Some(|| Box::<Guids>::default()) },
};

fn note(document: &Document, notes: &mut Notes) {
    if document.post().is_none() {
        return;
    }
    let key = document.profile.key_of("/id").unwrap_or("guid");
    let Some(value) = document.text(key) else { return };
    let id = value.text.trim();
    if !id.is_empty() {
        // Translations of one post may share its id.
        let language = crate::address::language(&document.name);
        notes.add(&["posts ", &language, " ", id], &["two posts have the id `", id, "`"], &value.pointer, &value.range);
    }
}

fn judge(facts: &[Seen<'_>], out: &mut Vec<Verdict>) {
    all_but_first(facts, out, |first, second| {
        Finding::error(RULE.code, second.shown.to_owned(), Place::Bytes(second.range.clone()))
            .pointer(second.pointer)
            .label(format!("the other is {}", first.place()))
    });
}

/// The guids of a feed of RSS, or the ids of a JSON Feed, and where the first of each stands.
#[derive(Default)]
struct Guids {
    known: HashMap<String, Place>,
}

impl Look for Guids {
    fn item(&mut self, item: &Part<'_>, _: &About<'_>, out: &mut Vec<Finding>) {
        // Entries of Atom may share an id.
        if !matches!(item.dialect, Dialect::Rss | Dialect::Json) {
            return;
        }
        let Some(id) = item.id().filter(|id| !id.text().is_empty()) else { return };
        match self.known.entry(id.text().to_owned()) {
            Entry::Vacant(slot) => drop(slot.insert(id.at_text())),
            Entry::Occupied(first) => {
                let message = format!("two items have the id `{}`", crate::untrusted::shown(id.text()));
                let finding =
                    Finding::error(RULE.code, message, id.at_text()).related(first.get().clone(), "the first is here");
                let finding = finding.help("give each item its own").w3c(&["DuplicateValue"]);
                out.push(match item.dialect {
                    Dialect::Json => finding.pointer(format!("/items/{}/id", item.index)),
                    _ => finding,
                });
            }
        }
    }
}
