//! A post's text as WordPress shows it. What the site's own programs made of it when it was shown is told as lost.

use std::collections::HashSet;

use super::{autop, blocks, embeds, shortcodes};
use crate::{
    finding::{Loss, Reason},
    format::Facts,
};

/// What a text may speak of.
#[derive(Debug, Clone, Copy)]
pub(super) struct Site<'f> {
    /// The files of the site.
    pub(super) facts: &'f Facts,
    /// The number of the item whose text it is.
    pub(super) item: &'f str,
}

/// The text as HTML.
pub(super) fn html(text: &str, site: &Site<'_>, losses: &mut Vec<Loss>) -> String {
    let stripped = blocks::strip(text);
    let blocks = stripped.dynamic.iter().map(|name| (format!("wp:{name}"), Reason::Dynamic));
    let cuts = stripped.cuts.iter().map(|name| (format!("<!--{name}-->"), Reason::NoField));
    let mut told = HashSet::new();
    for (field, reason) in blocks.chain(cuts) {
        if told.insert(field.clone()) {
            losses.push(Loss::new(field, reason, ""));
        }
    }
    let text = shortcodes::expand(&stripped.text, site, losses);
    let text = embeds::link(&text);
    // The block editor writes its paragraphs out.
    if stripped.has_blocks { without_empty_lines(&text) } else { autop::paragraphs(&text) }
}

/// The text with no more than one empty line in a row: the comments that are gone leave their own.
fn without_empty_lines(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut empty = true;
    let mut verbatim = false;
    for line in text.trim_end().split_inclusive('\n') {
        verbatim |= line.contains("<pre");
        let is_empty = line.trim().is_empty();
        if verbatim || !(is_empty && empty) {
            out.push_str(line);
        }
        empty = is_empty;
        verbatim &= !line.contains("</pre");
    }
    out
}
