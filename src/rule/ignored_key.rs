//! # ignored-key
//!
//! ## What it checks
//! Whether a key at the top of a head is one that the generator passes over there: in Zola's heads everything but its own
//! keys, and `tags` and `categories`, which belong in `[taxonomies]`.
//!
//! ## Why it matters
//! Nothing is said when it happens: the post has no tags, the theme finds no image, and the site is built all the same.
//!
//! ## Example
//! ```toml
//! title = "Snow"
//! tags = ["weather"]
//! ```
//!
//! ## Use instead
//! ```toml
//! title = "Snow"
//!
//! [taxonomies]
//! tags = ["weather"]
//! ```
//!
//! ## Since
//! 0.1.0

use super::{Check, Rule};
use crate::{
    document::Document,
    finding::{Finding, Place, Severity},
    nearest::nearest,
    syntax::tree::pointer_step,
};

pub(super) const RULE: Rule = Rule {
    code: "ignored-key",
    severity: Severity::Warning,
    page: include_str!("ignored_key.rs"),
    preview: false,
    check: Check::Document(check),
};

fn check(document: &Document, findings: &mut Vec<Finding>) {
    let profile = &document.profile;
    let (Some(post), Some(others)) = (document.post(), &profile.habits.others_in) else { return };
    // The page of a section has keys of its own.
    if profile.pages.is_section(&document.name) {
        return;
    }
    for entry in post.tree.entries() {
        let key = entry.key.as_str();
        let is_known = profile.described.iter().any(|known| known == key) || key.starts_with('$');
        if is_known || profile.is_group(key) {
            continue;
        }
        let lacks = profile.described.iter().map(String::as_str).filter(|known| post.tree.entry(known).is_none());
        if nearest(key, lacks).is_some() {
            // Said already: it is most likely misspelt.
            continue;
        }
        let group = profile.keys.iter().find(|known| known.name == key).and_then(|known| known.within.as_ref());
        let group = group.unwrap_or(others);
        let message = format!("{} passes over `{key}` here", profile.called());
        let finding = Finding::warning(RULE.code, message, Place::Key(format!("/{}", pointer_step(key))));
        findings.push(finding.help(format!("put it into `{group}`")));
    }
}
