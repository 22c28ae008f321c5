//! Fixes: edits by byte range, kept only if the text parsed again is what was meant.

use std::collections::BTreeMap;

use crate::{
    document::{Content, Document},
    finding::{Edit, Finding, Fix},
    syntax::tree::{Kind, NodeId, Tree, pointer_step},
};

/// Which fixes to apply.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Apply {
    /// Those that change nothing but what they mean to: `--fix`.
    Safe,
    /// The others too: `--unsafe-fixes`.
    All,
}

/// Rounds after which a text that still changes is left as it is.
pub const ROUNDS: usize = 10;

/// The same of a head that cannot be read: it shows one mistake at a time, and each round gets further down.
pub const ROUNDS_UNREADABLE: usize = 100;

/// The fixes of `findings` that can be applied together: in order, none overlapping one before it.
pub fn choose(findings: &[Finding], apply: Apply) -> Vec<&Fix> {
    let allowed = |fix: &&Fix| fix.safe || apply == Apply::All;
    let mut fixes: Vec<&Fix> = findings.iter().filter_map(|finding| finding.fix.as_ref()).filter(allowed).collect();
    fixes.sort_by_key(|fix| fix.edits.iter().map(|edit| edit.range.start).min());
    let mut chosen: Vec<&Fix> = Vec::new();
    for fix in fixes {
        let clashes = |edit: &Edit| {
            let others = chosen.iter().flat_map(|fix| &fix.edits);
            others.into_iter().any(|other| overlap(edit, other))
        };
        if !fix.edits.is_empty() && !fix.edits.iter().any(clashes) {
            chosen.push(fix);
        }
    }
    chosen
}

/// Two insertions at one place overlap too: their order would be a matter of luck.
fn overlap(a: &Edit, b: &Edit) -> bool {
    a.range.start == b.range.start || (a.range.start < b.range.end && b.range.start < a.range.end)
}

/// The text with those edits made; `None` when one does not fit the text.
pub fn apply(text: &str, fixes: &[&Fix]) -> Option<String> {
    let mut edits: Vec<&Edit> = fixes.iter().flat_map(|fix| &fix.edits).collect();
    edits.sort_by_key(|edit| edit.range.start);
    let (mut out, mut at) = (String::with_capacity(text.len() + 64), 0);
    for edit in edits {
        out.push_str(text.get(at..edit.range.start)?);
        out.push_str(&edit.text);
        at = edit.range.end;
    }
    out.push_str(text.get(at..)?);
    Some(out)
}

/// Whether `after` is `before` with nothing changed but the values that the fixes mean: it parses, the body is the
/// same, and so is every other value.
pub fn holds(before: &Document, after: &Document, fixes: &[&Fix]) -> bool {
    match (&before.content, &after.content) {
        (Content::Post(_), Content::Post(_))
        | (Content::JsonFeed(_), Content::JsonFeed(_))
        | (Content::JsonLines(_), Content::JsonLines(_)) => {}
        (Content::Broken, _) => return reads_on(before, after, fixes),
        _ => return false,
    }
    let is_within = |inner: &str, outer: &str| {
        inner.strip_prefix(outer).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
    };
    // What lies in a value that is meant changes with it; an empty collection around it is empty no more.
    let meant = |pointer: &str, value: &str| {
        let mut meant = fixes.iter().flat_map(|fix| &fix.meant);
        meant.any(|meant| is_within(pointer, meant) || (value.ends_with("([])") && is_within(meant, pointer)))
    };
    let values = |document: &Document| {
        let mut values = document.tree().map(flat).unwrap_or_default();
        values.retain(|pointer, value| !meant(pointer, value));
        values
    };
    before.body().map(|(body, _)| body) == after.body().map(|(body, _)| body) && values(before) == values(after)
}

/// Whether a head that could not be read is read now, the values that the fixes mean with it, or at least beyond the
/// edits. There is nothing to compare it with.
fn reads_on(before: &Document, after: &Document, fixes: &[&Fix]) -> bool {
    match &after.content {
        Content::Post(post) => {
            let values = flat(&post.tree);
            let is_meant = fixes.iter().flat_map(|fix| &fix.meant).all(|pointer| values.contains_key(pointer));
            is_meant && after.body().is_none_or(|(body, _)| before.text.ends_with(body))
        }
        Content::Broken => {
            let edits = fixes.iter().flat_map(|fix| &fix.edits);
            let end = edits.map(|edit| edit.range.start + edit.text.len()).max().unwrap_or(0);
            let first =
                after.findings.iter().filter_map(|finding| finding.range.as_ref()).map(|range| range.start).min();
            first.is_some_and(|start| start > end)
        }
        _ => false,
    }
}

/// Every scalar and every empty collection, by pointer. The keys of a mapping are in it with their order.
fn flat(tree: &Tree) -> BTreeMap<String, String> {
    let mut values = BTreeMap::new();
    let mut stack: Vec<(NodeId, String)> = Vec::new();
    if !tree.nodes.is_empty() {
        stack.push((Tree::ROOT, String::new()));
    }
    while let Some((id, pointer)) = stack.pop() {
        let value = match &tree.node(id).kind {
            Kind::List(items) if !items.is_empty() => {
                stack.extend(items.iter().enumerate().map(|(i, &item)| (item, format!("{pointer}/{i}"))));
                continue;
            }
            Kind::Map(entries) if !entries.is_empty() => {
                let at = |key: &str| format!("{pointer}/{}", pointer_step(key));
                stack.extend(entries.iter().map(|entry| (entry.value, at(&entry.key))));
                continue;
            }
            Kind::String(text) => format!("s{text}"),
            Kind::Number(number) => format!("n{number}"),
            other => format!("{other:?}"),
        };
        values.insert(pointer, value);
    }
    values
}
