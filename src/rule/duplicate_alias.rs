//! # duplicate-alias
//!
//! ## What it checks
//! Whether two posts, or one post twice, have the same old address under `aliases` (Hugo) or `redirect_from` (Jekyll).
//!
//! ## Why it matters
//! An old address can lead to one page only: the generator writes one redirect over the other, and says nothing.
//!
//! ## Example
//! ```yaml
//! # content/news/budget.md
//! aliases: [/old/budget/]
//! # content/news/budget-2.md
//! aliases: [/old/budget/]
//! ```
//!
//! ## Use instead
//! The alias in the post that took the old one's place.
//!
//! ## Since
//! 0.1.0

use super::{Check, Rule, Verdict, all_but_first};
use crate::{
    address,
    document::Document,
    facts::{Notes, Seen},
    finding::{Finding, Place, Severity},
};

pub(super) const RULE: Rule = Rule {
    code: "duplicate-alias",
    severity: Severity::Error,
    page: include_str!("duplicate_alias.rs"),
    preview: false,
    check: Check::Site { note, judge, tells_alike: true, look: None },
};

fn note(document: &Document, notes: &mut Notes) {
    for (alias, value) in address::aliases(document) {
        let shown = ["two posts have the alias `", value.text.trim(), "`"];
        notes.add(&[&alias], &shown, &value.pointer, &value.range);
    }
}

fn judge(facts: &[Seen<'_>], out: &mut Vec<Verdict>) {
    all_but_first(facts, out, |first, second| {
        let (message, label) = match first.file == second.file {
            true => (second.shown.replacen("two posts have", "this post has twice", 1), String::new()),
            false => (second.shown.to_owned(), format!("the other is {}", first.place())),
        };
        Finding::error(RULE.code, message, Place::Bytes(second.range.clone())).pointer(second.pointer).label(label)
    });
}
