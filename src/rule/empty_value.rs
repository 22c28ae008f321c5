//! # empty-value
//!
//! ## What it checks
//! Whether a key at the top of a head has nothing behind it: no value, an empty text, list or mapping. In a feed,
//! whether an element or attribute that says something is empty. Keys that say something by having no value, such as
//! Jekyll's `layout: ~`, are passed over.
//!
//! ## Why it matters
//! An empty title or id of a feed is worse than none: readers show a blank line, or take all such items for one.
//! Templates that ask whether a key is there take it for set. More often it is what a template for new posts left behind.
//!
//! ## Example
//! ```yaml
//! image: ''
//! tags:
//! ```
//!
//! ## Use instead
//! No such key. `--unsafe-fixes` takes it out.
//!
//! ## Since
//! 0.1.0

use super::{Check, Rule};
use crate::{
    document::Document,
    finding::{Edit, Finding, Place, Severity},
    syntax::{
        head::HeadFormat,
        tree::{Kind, Pointer, Style},
    },
};

pub(super) const RULE: Rule = Rule {
    code: "empty-value",
    severity: Severity::Hint,
    page: include_str!("empty_value.rs"),
    preview: false,
    check: Check::Document(check),
};

fn check(document: &Document, findings: &mut Vec<Finding>) {
    let Some(post) = document.post() else { return };
    let is_block = post.tree.nodes.first().is_some_and(|root| root.style != Style::Flow);
    for entry in post.tree.entries() {
        let node = post.tree.node(entry.value);
        let is_empty = match &node.kind {
            Kind::Null => true,
            Kind::String(text) => text.trim().is_empty(),
            Kind::List(items) => items.is_empty(),
            Kind::Map(entries) => entries.is_empty(),
            Kind::Bool(_) | Kind::Number(_) => false,
        };
        let means = document.profile.habits.means_empty(&entry.key);
        if !is_empty || means || document.is_faulted(Pointer::Key(&entry.key)) {
            continue;
        }
        let pointer = Pointer::Key(&entry.key).to_string();
        let message = format!("`{}` has no value", entry.key);
        let finding = Finding::new(RULE.code, RULE.severity, message, Place::Key(pointer.clone()));
        let text = &document.text;
        let start = entry.key_range.start;
        let end = entry.key_range.end.max(node.range.end);
        let line = text[end..].find('\n').map_or(text.len(), |at| end + at + 1);
        let whole = (start == post.head.inner.start || text[..start].ends_with('\n'))
            && !text[start..end].contains('\n')
            && matches!(text[end..line].trim(), "" | ":");
        let removable = whole && is_block && post.head.format != HeadFormat::Json;
        findings.push(match removable {
            true => {
                let edit = Edit { range: start..line, text: String::new() };
                finding.help("take it out (`--unsafe-fixes` does)").fix(false, vec![edit], vec![pointer])
            }
            false => finding,
        });
    }
}
