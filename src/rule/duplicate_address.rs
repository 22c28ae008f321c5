//! # duplicate-address
//!
//! ## What it checks
//! Whether two posts get the same address. Where the site's generator is known, an address is what the generator makes
//! of folder, slug and language, so that translations are no duplicates; where it is not, it is the slug alone.
//!
//! ## Why it matters
//! One of the two is never seen: the generator writes one page over the other, and which one wins may change.
//!
//! ## Example
//! ```yaml
//! # content/news/budget.md
//! slug: budget
//! # content/news/budget-2.md
//! slug: budget
//! ```
//!
//! ## Use instead
//! A slug of its own for each.
//!
//! ## Since
//! 0.1.0

use super::{Check, Rule, Verdict, all_but_first};
use crate::{
    address::{self, Address, lower},
    document::Document,
    facts::{Notes, Seen},
    finding::{Finding, Place, Severity},
};

pub(super) const RULE: Rule = Rule {
    code: "duplicate-address",
    severity: Severity::Error,
    page: include_str!("duplicate_address.rs"),
    preview: false,
    check: Check::Site { note, judge, tells_alike: true, look: None },
};

fn note(document: &Document, notes: &mut Notes) {
    match address::of(document) {
        Some(Address::Path { path, pointer }) => {
            let range = document.range_of(&pointer);
            notes.add(&[&*lower(&path)], &["two posts have the address `", &path, "`"], &pointer.into(), &range);
        }
        Some(Address::Slug { slug, language, pointer }) => {
            let range = document.range_of(&pointer);
            let key = [&*lower(slug), " ", &language];
            notes.add(&key, &["duplicate slug `", slug, "`: two posts have it"], &pointer.into(), &range);
        }
        None => {}
    }
}

fn judge(facts: &[Seen<'_>], out: &mut Vec<Verdict>) {
    all_but_first(facts, out, |first, second| {
        Finding::error(RULE.code, second.shown.to_owned(), Place::Bytes(second.range.clone()))
            .pointer(second.pointer)
            .label(format!("the other is {}", first.place()))
    });
}
