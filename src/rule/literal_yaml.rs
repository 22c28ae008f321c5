//! # literal-yaml
//!
//! ## What it checks
//! Whether a value in a head of lines `Key: value`, as Pelican has them, is written as in YAML: in quotes, or as a list in
//! brackets.
//!
//! ## Why it matters
//! Such heads are no YAML, even between lines `---`. The quotes are part of the title, the brackets part of the tags.
//!
//! ## Example
//! ```text
//! Title: "Budget: what passed"
//! Tags: [budget, council]
//! ```
//!
//! ## Use instead
//! ```text
//! Title: Budget: what passed
//! Tags: budget, council
//! ```
//!
//! ## Since
//! 0.1.0

use super::{Check, Rule};
use crate::{
    document::Document,
    finding::{Edit, Finding, Place, Severity},
    syntax::{
        head::HeadFormat,
        tree::{Kind, pointer_step},
    },
};

pub(super) const RULE: Rule = Rule {
    code: "literal-yaml",
    severity: Severity::Warning,
    page: include_str!("literal_yaml.rs"),
    preview: false,
    check: Check::Document(check),
};

fn check(document: &Document, findings: &mut Vec<Finding>) {
    let Some(post) = document.post().filter(|post| post.head.format == HeadFormat::Plain) else { return };
    for entry in post.tree.entries() {
        let node = post.tree.node(entry.value);
        let Kind::String(text) = &node.kind else { continue };
        let inner = |open, close| text.strip_prefix(open).and_then(|text: &str| text.strip_suffix(close));
        let quoted = ['"', '\''].into_iter().find_map(|sign| inner(sign, sign).filter(|text| !text.contains(sign)));
        let (what, inner) = match (quoted, inner('[', ']')) {
            (Some(inner), _) => ("quotes", inner),
            (None, Some(inner)) if !inner.contains(['[', ']', '(']) => ("brackets", inner),
            _ => continue,
        };
        let pointer = format!("/{}", pointer_step(&entry.key));
        let message = format!("the {what} are part of `{}`", entry.key);
        let mut finding = Finding::warning(RULE.code, message, Place::Value(pointer.clone()));
        if !inner.trim().is_empty() && !inner.contains('\n') {
            let edits = vec![Edit { range: node.range.clone(), text: inner.trim().to_owned() }];
            // A title may be a quotation.
            finding = finding.help(format!("write `{}` (`--unsafe-fixes` does)", inner.trim())).fix(
                false,
                edits,
                vec![pointer],
            );
        }
        findings.push(finding);
    }
}
