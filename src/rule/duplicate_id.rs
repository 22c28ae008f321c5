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
    document::{Content, Document, Value},
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
    match document.content {
        Content::Post(_) => {
            let key = document.profile.key_of("/id").unwrap_or("guid");
            if let Some(value) = document.text(key) {
                // Translations of one post may share its id.
                let language = crate::address::language(&document.name);
                note_value(&value, &["posts ", &language], "posts", notes);
            }
        }
        Content::JsonFeed(_) | Content::JsonLines(_) => {
            for (index, _) in document.items() {
                if let Some(value) = document.value(&format!("/items/{index}/id")) {
                    // Two feeds of one site hold the same items.
                    note_value(&value, &[&document.name, ""], "items", notes);
                }
            }
        }
        _ => {}
    }
}

fn note_value(value: &Value<'_>, [scope, more]: &[&str; 2], noun: &str, notes: &mut Notes) {
    let id = value.text.trim();
    if !id.is_empty() {
        let shown = ["two ", noun, " have the id `", id, "`"];
        notes.add(&[scope, more, " ", id], &shown, &value.pointer, &value.range);
    }
}

fn judge(facts: &[Seen<'_>], out: &mut Vec<Verdict>) {
    all_but_first(facts, out, |first, second| {
        Finding::error(RULE.code, second.shown.to_owned(), Place::Bytes(second.range.clone()))
            .pointer(second.pointer)
            .label(format!("the other is {}", first.place()))
    });
}

/// The guids of a feed of RSS, and where the first of each stands.
#[derive(Default)]
struct Guids {
    known: HashMap<String, Place>,
}

impl Look for Guids {
    fn item(&mut self, item: &Part<'_>, _: &About<'_>, out: &mut Vec<Finding>) {
        // Those of a JSON Feed are facts of the site; entries of Atom may share an id.
        if item.dialect != Dialect::Rss {
            return;
        }
        let Some(id) = item.id().filter(|id| !id.text().is_empty()) else { return };
        match self.known.entry(id.text().to_owned()) {
            Entry::Vacant(slot) => drop(slot.insert(id.at_text())),
            Entry::Occupied(first) => {
                let message = format!("two items have the id `{}`", crate::untrusted::shown(id.text()));
                let finding =
                    Finding::error(RULE.code, message, id.at_text()).related(first.get().clone(), "the first is here");
                out.push(finding.help("give each item its own").w3c(&["DuplicateValue"]));
            }
        }
    }
}
