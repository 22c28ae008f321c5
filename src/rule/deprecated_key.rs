//! # deprecated-key
//!
//! ## What it checks
//! Whether a head has keys that are no longer used: those that the generator knows under another name now (`tag`,
//! `alias` and `cssclass` in Obsidian, `author_title` and its like in Docusaurus), those under `deprecated` of the
//! `[[content]]` entry in `slugline.toml`, with what is used instead, and those that the schema marks
//! `deprecated: true`.
//!
//! ## Why it matters
//! Templates look at the new key only, and newer generators pass over the old one: what stands there is never seen.
//!
//! ## Example
//! ```yaml
//! # deprecated = { thumbnail = "image" }
//! thumbnail: /images/snow.jpg
//! ```
//!
//! ## Use instead
//! ```yaml
//! image: /images/snow.jpg
//! ```
//! `--fix` renames the key where the new one is not there.
//!
//! ## Since
//! 0.1.0

use super::{Check, Rule};
use crate::{
    document::Document,
    finding::{Edit, Finding, Place, Severity},
    syntax::tree::pointer_step,
};

pub(super) const RULE: Rule = Rule {
    code: "deprecated-key",
    severity: Severity::Warning,
    page: include_str!("deprecated_key.rs"),
    preview: false,
    check: Check::Document(check),
};

fn check(document: &Document, findings: &mut Vec<Finding>) {
    let Some(post) = document.post() else { return };
    for (old, new) in &document.profile.habits.deprecated {
        let Some(entry) = document.top(old) else { continue };
        let message = format!("{} has given up `{old}`", document.profile.called());
        let place = Place::Key(format!("/{}", pointer_step(&entry.key)));
        findings.push(Finding::warning(RULE.code, message, place).help(format!("write it as part of `{new}`")));
    }
    for (old, new) in &document.surroundings.asks.deprecated {
        let Some(entry) = post.tree.entry(old) else { continue };
        let pointer = format!("/{}", pointer_step(old));
        let finding = Finding::warning(RULE.code, format!("`{old}` is no longer used"), Place::Key(pointer.clone()));
        findings.push(if new.is_empty() {
            finding.help("take it out")
        } else if document.has_key(new) || document.text[entry.key_range.clone()] != **old {
            finding.help(format!("write `{new}`"))
        } else {
            let meant = vec![pointer, format!("/{}", pointer_step(new))];
            let edit = Edit { range: entry.key_range.clone(), text: new.clone() };
            finding.help(format!("write `{new}` (`--fix` does)")).fix(true, vec![edit], meant)
        });
    }
}
