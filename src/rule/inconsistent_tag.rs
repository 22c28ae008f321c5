//! # inconsistent-tag
//!
//! ## What it checks
//! Whether a tag or category is spelt in several ways that differ only in capitals, accents, or hyphens and blanks:
//! `Café` and `cafe`, `Open Data` and `open-data`. Of several spellings the one that fewer posts have is told.
//!
//! ## Why it matters
//! Generators make a page for each spelling. Readers find half of the posts on each.
//!
//! ## Example
//! ```yaml
//! # in forty posts
//! tags: [open-data]
//! # in one
//! tags: [Open Data]
//! ```
//!
//! ## Use instead
//! ```yaml
//! tags: [open-data]
//! ```
//!
//! ## Since
//! 0.1.0

use std::collections::BTreeMap;

use super::{Check, Rule, Verdict};
use crate::{
    address,
    document::Document,
    facts::{Notes, Seen},
    finding::{Finding, Place, Severity},
    slug,
};

pub(super) const RULE: Rule = Rule {
    code: "inconsistent-tag",
    severity: Severity::Warning,
    page: include_str!("inconsistent_tag.rs"),
    preview: false,
    check: Check::Site { note, judge, tells_alike: false, look: None },
};

fn note(document: &Document, notes: &mut Notes) {
    if document.post().is_none() {
        return;
    }
    // Translations have tags of their own language.
    let language = address::language(&document.name);
    for (field, name) in [("/tags", "tags"), ("/categories", "categories")] {
        let key = document.profile.key_of(field).unwrap_or(name);
        for value in document.list(key) {
            let tag = value.text.trim();
            let folded = slug::slugified(tag);
            if !folded.is_empty() {
                notes.add(&[key, " ", &language, " ", &folded], &[tag], &value.pointer, &value.range);
            }
        }
    }
}

fn judge(facts: &[Seen<'_>], out: &mut Vec<Verdict>) {
    if facts.iter().all(|fact| fact.shown == facts[0].shown) {
        return;
    }
    let mut spellings: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
    for (at, fact) in facts.iter().enumerate() {
        spellings.entry(fact.shown).or_insert((0, at)).0 += 1;
    }
    // The most frequent; of equals the one that comes first.
    let common = spellings.iter().max_by_key(|(_, (count, first))| (*count, std::cmp::Reverse(*first)));
    let Some((common, (count, other))) = common else { return };
    for (at, fact) in facts.iter().enumerate().filter(|(_, fact)| fact.shown != *common) {
        let posts = if *count == 1 { "1 post has".to_owned() } else { format!("{count} posts have") };
        let finding = Finding::warning(
            RULE.code,
            format!("`{}` is also spelt `{common}`", fact.shown),
            Place::Bytes(fact.range.clone()),
        )
        .pointer(fact.pointer)
        .label(format!("{posts} `{common}`"))
        .help(format!("write `{common}`"));
        out.push(Verdict { at, other: *other, finding });
    }
}
