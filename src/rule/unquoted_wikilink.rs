//! # unquoted-wikilink
//!
//! ## What it checks
//! Whether a link `[[note]]` stands without quotes in a head of Obsidian's.
//!
//! ## Why it matters
//! To YAML it is a list in a list. The property shows brackets and commas, and links to nothing.
//!
//! ## Example
//! ```yaml
//! up: [[Budget]]
//! ```
//!
//! ## Use instead
//! ```yaml
//! up: '[[Budget]]'
//! ```
//! `--fix` adds the quotes.
//!
//! ## Since
//! 0.1.0

use super::{Check, Rule};
use crate::{
    document::Document,
    finding::{Edit, Finding, Place, Severity},
    syntax::{
        emit::yaml::quoted,
        head::HeadFormat,
        tree::{Kind, NodeId, Style, Tree, pointer_step},
    },
};

pub(super) const RULE: Rule = Rule {
    code: "unquoted-wikilink",
    severity: Severity::Error,
    page: include_str!("unquoted_wikilink.rs"),
    preview: false,
    check: Check::Document(check),
};

fn check(document: &Document, findings: &mut Vec<Finding>) {
    let Some(post) = document.post().filter(|post| post.head.format == HeadFormat::Yaml) else { return };
    if !document.profile.habits.wikilinks {
        return;
    }
    for entry in post.tree.entries() {
        let pointer = format!("/{}", pointer_step(&entry.key));
        let mut values = vec![(entry.value, pointer.clone())];
        if let Kind::List(items) = &post.tree.node(entry.value).kind {
            values.extend(items.iter().enumerate().map(|(at, &item)| (item, format!("{pointer}/{at}"))));
        }
        // The outer of two lists is told; what is in it goes with it.
        if let Some((id, pointer)) = values.into_iter().find(|(id, _)| is_link(&post.tree, *id, &document.text)) {
            let range = post.tree.node(id).range.clone();
            let written = quoted(&document.text[range.clone()]);
            let edits = vec![Edit { range, text: written.clone() }];
            findings.push(
                Finding::error(RULE.code, "a link needs quotes here", Place::Value(pointer.clone()))
                    .label("to YAML this is a list in a list")
                    .help(format!("write `{written}` (`--fix` does)"))
                    .fix(true, edits, vec![pointer]),
            );
        }
    }
}

/// A list in brackets with nothing in it but another one, the brackets side by side on one line.
fn is_link(tree: &Tree, id: NodeId, text: &str) -> bool {
    let node = tree.node(id);
    let Kind::List(items) = &node.kind else { return false };
    let inner = items.first().filter(|_| items.len() == 1).map(|&item| tree.node(item));
    let is_list = inner.is_some_and(|inner| matches!(inner.kind, Kind::List(_)) && inner.style == Style::Flow);
    let written = &text[node.range.clone()];
    is_list && written.starts_with("[[") && written.ends_with("]]") && !written.contains('\n')
}
