//! # key-order-differs
//!
//! ## What it checks
//! Whether the keys of a head stand in the order that the site asks for: `key-order` of the `[[content]]` entry in
//! `slugline.toml`. Keys that it does not name come after those that it does, in any order.
//!
//! ## Why it matters
//! Heads in one order are quick to compare, by people and in diffs. It is asked of nobody who did not ask.
//!
//! ## Example
//! ```yaml
//! # key-order = ["title", "date", "slug"]
//! slug: snow
//! title: Snow
//! date: 2025-09-24
//! ```
//!
//! ## Use instead
//! ```yaml
//! title: Snow
//! date: 2025-09-24
//! slug: snow
//! ```
//! `--fix` moves the lines, each with the comments above it.
//!
//! ## Since
//! 0.1.0

use super::{Check, Rule};
use crate::{
    document::{Document, Post},
    finding::{Edit, Finding, Place, Severity},
    syntax::{
        head::HeadFormat,
        tree::{Entry, Kind, pointer_step},
    },
};

pub(super) const RULE: Rule = Rule {
    code: "key-order-differs",
    severity: Severity::Warning,
    page: include_str!("key_order_differs.rs"),
    preview: false,
    check: Check::Document(check),
};

fn check(document: &Document, findings: &mut Vec<Finding>) {
    let order = &document.surroundings.asks.key_order;
    let Some(post) = document.post().filter(|_| !order.is_empty()) else { return };
    let rank = |entry: &Entry| order.iter().position(|key| *key == entry.key).unwrap_or(order.len());
    let mut entries: Vec<&Entry> = post.tree.entries().iter().collect();
    entries.sort_by_key(|entry| entry.key_range.start);
    let Some(pair) = entries.windows(2).find(|pair| rank(pair[0]) > rank(pair[1])) else { return };
    let message = format!("`{}` stands after `{}`", pair[1].key, pair[0].key);
    let place = Place::Key(format!("/{}", pointer_step(&pair[1].key)));
    let finding = Finding::warning(RULE.code, message, place).label("the site asks for another order");
    findings.push(match lines(document, post, &entries) {
        Some(lines) => {
            let mut sorted: Vec<usize> = (0..entries.len()).collect();
            sorted.sort_by_key(|&index| rank(entries[index]));
            let text: String = sorted.into_iter().map(|index| &document.text[lines[index].clone()]).collect();
            let range = lines[0].start..lines[lines.len() - 1].end;
            let order = format!("the order is {} (`--fix` moves the lines)", order.join(", "));
            finding.help(order).fix(true, vec![Edit { range, text }], Vec::new())
        }
        None => finding.help(format!("the order is {}", order.join(", "))),
    });
}

/// The lines of each entry, with the comments above it; `None` where entries share lines or lines have other owners.
fn lines(document: &Document, post: &Post, entries: &[&Entry]) -> Option<Vec<std::ops::Range<usize>>> {
    let text = &document.text;
    let is_table = |entry: &&Entry| matches!(post.tree.node(entry.value).kind, Kind::Map(_));
    match post.head.format {
        HeadFormat::Yaml | HeadFormat::Org => {}
        // A table of TOML takes in the keys after it.
        HeadFormat::Toml if !entries.iter().any(is_table) && !text[post.head.inner.clone()].contains("\n[") => {}
        HeadFormat::Toml | HeadFormat::Json | HeadFormat::BareJson | HeadFormat::Plain => return None,
    }
    let mut starts = Vec::new();
    let mut floor = post.head.inner.start;
    for entry in entries {
        let mut start = entry.key_range.start;
        if start < floor || !(start == post.head.inner.start || text[..start].ends_with('\n')) {
            return None;
        }
        // Comments directly above go along.
        while start > floor {
            let line = text[floor..start - 1].rfind('\n').map_or(floor, |at| floor + at + 1);
            if !text[line..start].starts_with('#') {
                break;
            }
            start = line;
        }
        starts.push(start);
        floor = entry.key_range.end;
    }
    let end = post.head.inner.end;
    if !text[..end].ends_with('\n') || *starts.first()? != post.head.inner.start {
        return None;
    }
    let ends = starts.iter().copied().skip(1).chain([end]);
    Some(starts.iter().copied().zip(ends).map(|(start, end)| start..end).collect())
}
