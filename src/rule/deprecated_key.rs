//! # deprecated-key
//!
//! ## What it checks
//! Whether a head has keys that the site no longer uses: those under `deprecated` of the `[[content]]` entry in
//! `slugline.toml`, with what is used instead, and those that the schema marks `deprecated: true`.
//!
//! ## Why it matters
//! Templates look at the new key only: what stands under the old one is never seen.
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
