//! # alias-is-address
//!
//! ## What it checks
//! Whether an alias of a post (`aliases`, `redirect_from`) is the address of another post, or of itself.
//!
//! ## Why it matters
//! Two files want the same place: either the post or the redirect is never seen. A redirect from a page to itself never
//! ends.
//!
//! ## Example
//! ```yaml
//! # content/news/budget.md has the address /news/budget/
//! # content/news/council.md
//! aliases: [/news/budget/]
//! ```
//!
//! ## Use instead
//! No alias where a post stands, or another slug for that post.
//!
//! ## Since
//! 0.1.0

use super::{Check, Rule, Verdict};
use crate::{
    address::{self, Address},
    document::Document,
    facts::{Notes, Seen},
    finding::{Finding, Place, Severity},
};

pub(super) const RULE: Rule = Rule {
    code: "alias-is-address",
    severity: Severity::Error,
    page: include_str!("alias_is_address.rs"),
    preview: false,
    check: Check::Site { note, judge, tells_alike: false, look: None },
};

/// What the facts of addresses say; those of aliases say the alias.
const ADDRESS: &str = "";

fn note(document: &Document, notes: &mut Notes) {
    // Where the generator is not known there are slugs alone.
    if !document.profile.generator.is_empty()
        && let Some(Address::Path { path, pointer }) = address::of(document)
    {
        let range = document.range_of(&pointer);
        notes.add(&[&address::comparable(&path)], &[ADDRESS], &pointer.into(), &range);
    }
    for (alias, value) in address::aliases(document) {
        notes.add(&[&alias], &[value.text.trim()], &value.pointer, &value.range);
    }
}

fn judge(facts: &[Seen<'_>], out: &mut Vec<Verdict>) {
    let Some(other) = facts.iter().position(|fact| fact.shown == ADDRESS) else { return };
    for (at, fact) in facts.iter().enumerate().filter(|(_, fact)| fact.shown != ADDRESS) {
        let (whose, label) = match fact.file == facts[other].file {
            true => ("this post's own address", String::new()),
            false => ("the address of another post", format!("it is {}", facts[other].place())),
        };
        let message = format!("the alias `{}` is {whose}", fact.shown);
        let finding = Finding::error(RULE.code, message, Place::Bytes(fact.range.clone()))
            .pointer(fact.pointer)
            .label(label)
            .help("take the alias out, or give the post there another slug");
        out.push(Verdict { at, other, finding });
    }
}
