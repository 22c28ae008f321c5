//! # duplicate-entry
//!
//! ## What it checks
//! Whether two entries of an Atom feed have the same `id` and the same `updated`.
//!
//! ## Why it matters
//! Entries of one id are one entry at different times; where the time is the same too, nobody can tell which one
//! counts. RFC 4287, section 4.1.1, says that their `updated` should differ.
//!
//! ## Example
//! ```xml
//! <entry><id>tag:harbour.example,2025:1</id><updated>2025-03-01T10:00:00Z</updated>…</entry>
//! <entry><id>tag:harbour.example,2025:1</id><updated>2025-03-01T10:00:00Z</updated>…</entry>
//! ```
//!
//! ## Use instead
//! ```xml
//! <entry><id>tag:harbour.example,2025:1</id><updated>2025-03-01T10:00:00Z</updated>…</entry>
//! <entry><id>tag:harbour.example,2025:2</id><updated>2025-03-01T10:00:00Z</updated>…</entry>
//! ```
//!
//! ## Since
//! 0.1.0

use std::collections::{HashMap, hash_map::Entry};

use super::{Check, Rule};
use crate::{
    feed_view::{About, Dialect, Look, Part},
    finding::{Finding, Place, Severity},
};

pub(super) const RULE: Rule = Rule {
    code: "duplicate-entry",
    severity: Severity::Warning,
    page: include_str!("duplicate_entry.rs"),
    preview: false,
    check: Check::Feed(|| Box::<State>::default()),
};

/// Ids with their times, and where the first of each stands.
#[derive(Default)]
struct State {
    known: HashMap<(String, Option<i64>), Place>,
}

impl Look for State {
    fn item(&mut self, item: &Part<'_>, _: &About<'_>, out: &mut Vec<Finding>) {
        if item.dialect != Dialect::Atom {
            return;
        }
        let Some(id) = item.id().filter(|id| !id.text().is_empty()) else { return };
        let updated = item.dates().find(|date| !date.published).and_then(|date| date.moment());
        match self.known.entry((id.text().to_owned(), updated.map(|moment| moment.timestamp()))) {
            Entry::Vacant(slot) => drop(slot.insert(id.at_text())),
            Entry::Occupied(first) => out.push(
                Finding::warning(RULE.code, "two entries have this id, at the same time", id.at_text())
                    .related(first.get().clone(), "the first is here")
                    .help("give each entry its own id, or `updated` its own time")
                    .w3c(&["DuplicateEntries"]),
            ),
        }
    }
}
