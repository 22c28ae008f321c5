//! # deprecated-key
//!
//! ## What it checks
//! Whether a key is one that the generator knew once and knows under another name now: `tag`, `alias` and `cssclass` in
//! Obsidian, `author_title` and its like in Docusaurus.
//!
//! ## Why it matters
//! Newer versions pass over it, or will.
//!
//! ## Example
//! ```yaml
//! alias: Budget
//! ```
//!
//! ## Use instead
//! ```yaml
//! aliases:
//!   - Budget
//! ```
//!
//! ## Since
//! 0.1.0

use super::{Check, Rule};
use crate::{
    document::Document,
    finding::{Finding, Place, Severity},
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
    if document.post().is_none() {
        return;
    }
    for (old, new) in &document.profile.habits.deprecated {
        let Some(entry) = document.top(old) else { continue };
        let message = format!("{} has given up `{old}`", document.profile.called());
        let place = Place::Key(format!("/{}", pointer_step(&entry.key)));
        let finding = Finding::warning(RULE.code, message, place);
        findings.push(finding.help(format!("write it as part of `{new}`")));
    }
}
