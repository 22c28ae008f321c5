//! # nested-categories
//!
//! ## What it checks
//! Whether a list of categories is a path to the generator, each below the one before it, as in Hexo.
//!
//! ## Why it matters
//! Elsewhere such a list is a set. After a move to Hexo `[news, budget]` is a category `budget` within `news`.
//!
//! ## Example
//! ```yaml
//! categories: [news, budget]
//! ```
//!
//! ## Use instead
//! For two categories side by side:
//! ```yaml
//! categories:
//!   - [news]
//!   - [budget]
//! ```
//!
//! ## Since
//! 0.1.0

use super::{Check, Rule};
use crate::{
    document::Document,
    finding::{Finding, Place, Severity},
    syntax::tree::{Kind, pointer_step},
};

pub(super) const RULE: Rule = Rule {
    code: "nested-categories",
    severity: Severity::Hint,
    page: include_str!("nested_categories.rs"),
    preview: false,
    check: Check::Document(check),
};

fn check(document: &Document, findings: &mut Vec<Finding>) {
    let Some(tree) = document.post().map(|post| &post.tree) else { return };
    if !document.profile.habits.category_paths {
        return;
    }
    let Some(entry) = document.top("categories") else { return };
    let Kind::List(items) = &tree.node(entry.value).kind else { return };
    let texts: Option<Vec<&str>> = items
        .iter()
        .map(|&item| match &tree.node(item).kind {
            Kind::String(text) => Some(text.as_str()),
            _ => None,
        })
        .collect();
    let Some([above, below, ..]) = texts.as_deref() else { return };
    let message = format!("`{below}` is a category within `{above}`, not beside it");
    let place = Place::Value(format!("/{}/1", pointer_step(&entry.key)));
    let help = "if that is not meant, write each as a list of its own: `- [name]`";
    findings.push(Finding::new(RULE.code, RULE.severity, message, place).help(help));
}
