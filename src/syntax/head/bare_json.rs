//! Heads in JSON without the outer braces, as Hexo has them before a line `;;;`.

use std::{borrow::Cow, ops::Range};

use crate::{
    finding::{Finding, Place},
    limits::Limits,
    syntax::{json, tree::Tree},
};

/// Parses the members in `range` of `text`. The ranges of the tree and of the findings are bytes of `text`; the root
/// is all of `range`.
pub(super) fn parse(text: &str, range: Range<usize>, limits: &Limits) -> (Tree, Vec<Finding>) {
    let source = format!("{{{}}}", &text[range.clone()]);
    let (mut tree, mut findings) = json::parse(&source, 0..source.len(), limits);
    // The braces that were added have no bytes of their own.
    let shift = |at: usize| (range.start + at.saturating_sub(1)).min(range.end);
    let move_it = |range: &mut Range<usize>| *range = shift(range.start)..shift(range.end);
    tree.nodes.iter_mut().for_each(|node| move_it(&mut node.range));
    for node in &mut tree.nodes {
        if let crate::syntax::tree::Kind::Map(entries) = &mut node.kind {
            entries.iter_mut().for_each(|entry| move_it(&mut entry.key_range));
        }
    }
    for finding in &mut findings {
        if finding.code == "malformed-json" {
            finding.code = Cow::Borrowed("malformed-front-matter");
        }
        let related = finding.related.iter_mut().map(|related| &mut related.place);
        for place in related.chain([&mut finding.place]) {
            if let Place::Bytes(range) = place {
                move_it(range);
            }
        }
        for edit in finding.fix.iter_mut().flat_map(|fix| &mut fix.edits) {
            move_it(&mut edit.range);
        }
    }
    (tree, findings)
}
