//! Heads of lines `Key: value`, as Pelican has them from Python-Markdown's extension for metadata.
//!
//! Keys are lower-cased, values are text as it stands, quotes and all. A line that is indented by four blanks goes on
//! with the value above. An empty line ends the head, and so does a fence; a fence may open it. A key that stands
//! again makes a list, except those of which Pelican takes the first.

use std::ops::Range;

use super::split::{Line, lines};
use crate::{
    finding::{Finding, Place},
    syntax::{
        tree::{Entry, Kind, Style, Tree},
        yaml::duplicate,
    },
};

/// Keys of which the first one counts.
const FIRST_WINS: &[&str] =
    &["tags", "date", "modified", "status", "category", "author", "authors", "save_as", "url", "slug"];

/// Whether a line opens a head: `---`, and anything after a blank.
pub(super) fn opens(line: &str) -> bool {
    line.strip_prefix("---").is_some_and(|rest| rest.is_empty() || rest.starts_with([' ', '\t']))
}

/// Whether a line closes a head between fences.
fn closes(line: &str) -> bool {
    opens(line) || line.strip_prefix("...").is_some_and(|rest| rest.is_empty() || rest.starts_with([' ', '\t']))
}

/// Key and value of a line, with their bytes: up to three blanks, a key of letters, digits, `_` and `-`, a colon.
pub(super) fn key_and_value(line: &Line<'_>) -> Option<(Range<usize>, Range<usize>)> {
    let text = line.text.trim_start_matches(' ');
    let indent = line.text.len() - text.len();
    let (key, value) = text.split_once(':')?;
    let is_key = !key.is_empty() && key.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'-'));
    if indent > 3 || !is_key {
        return None;
    }
    let start = line.start + indent;
    let from = start + key.len() + 1 + (value.len() - value.trim_start().len());
    Some((start..start + key.len(), from..from + value.trim().len()))
}

/// Where the lines of a head whose lines start at `start` end: the bytes of the line that ends it (a fence, an empty
/// line, or nothing before the first line that is none of a head), and where the body begins.
pub(super) fn end(text: &str, start: usize) -> (Range<usize>, usize) {
    let mut after_key = false;
    for line in lines(text, start) {
        if closes(line.text) {
            return (line.start..line.start + 3, line.next);
        }
        if line.text.trim().is_empty() {
            return (line.start..line.start, line.next);
        }
        let goes_on = after_key && is_more(line.text);
        if !goes_on && key_and_value(&line).is_none() {
            return (line.start..line.start, line.start);
        }
        after_key = true;
    }
    (text.len()..text.len(), text.len())
}

/// Whether a line goes on with the value above.
fn is_more(line: &str) -> bool {
    line.starts_with("    ") || line.starts_with('\t')
}

/// Parses the lines in `range` of `text`.
pub(super) fn parse(text: &str, range: Range<usize>) -> (Tree, Vec<Finding>) {
    let mut tree = Tree::default();
    let mut findings = Vec::new();
    tree.push(Kind::Map(Vec::new()), range.clone(), Style::Plain);
    let mut entries: Vec<Entry> = Vec::new();
    // Which entry the line above belongs to; `None` below one that was passed over.
    let mut open: Option<usize> = None;
    for line in lines(&text[..range.end], range.start) {
        let Some((key_range, value)) = key_and_value(&line).filter(|_| !is_more(line.text)) else {
            if let Some(entry) = open.map(|at| &entries[at]) {
                go_on(&mut tree, entry, line.text.trim(), line.start + line.text.trim_end().len());
            }
            continue;
        };
        let key = text[key_range.clone()].to_lowercase();
        let written = text[value.clone()].to_owned();
        let known = entries.iter().position(|entry| entry.key == key);
        match known {
            Some(at) if FIRST_WINS.contains(&key.as_str()) => {
                let first = &entries[at];
                let same = tree.node(first.value).kind == Kind::String(written.into());
                findings.push(duplicate(&key, &format!("/{key}"), first.key_range.clone(), key_range, same));
                open = None;
            }
            Some(at) => {
                let id = entries[at].value;
                let item = tree.push(Kind::String(written.into()), value, Style::Plain);
                let node = &mut tree.nodes[id as usize];
                match &mut node.kind {
                    Kind::List(items) => items.push(item),
                    kind => {
                        let first = std::mem::replace(kind, Kind::Null);
                        let range = node.range.clone();
                        let first = tree.push(first, range, Style::Plain);
                        tree.nodes[id as usize].kind = Kind::List(vec![first, item]);
                    }
                }
                open = None;
            }
            None => {
                let kind = if written.is_empty() { Kind::Null } else { Kind::String(written.into()) };
                let id = tree.push(kind, value, Style::Plain);
                open = Some(entries.len());
                entries.push(Entry { key: key.into(), key_range, value: id });
            }
        }
    }
    tree.nodes[0].kind = Kind::Map(entries);
    (tree, findings)
}

/// Adds a line to a value.
fn go_on(tree: &mut Tree, entry: &Entry, more: &str, end: usize) {
    let node = &mut tree.nodes[entry.value as usize];
    if let Kind::String(text) = &mut node.kind {
        text.push('\n');
        text.push_str(more);
        node.style = Style::Block;
    } else {
        node.kind = Kind::String(more.into());
        node.style = Style::Block;
        node.range.start = end - more.len();
    }
    node.range.end = end;
}

/// The finding for a head between fences that ends at a line which is none of a head.
pub(super) fn ends_early(text: &str, line: &Line<'_>) -> Finding {
    let shown = line.text.trim_end().len();
    let finding = Finding::error(
        "malformed-front-matter",
        "the front matter ends here: this line is no `Key: value`",
        Place::Bytes(line.start..line.start + shown.max(1).min(text.len() - line.start)),
    );
    finding.label("from here on it is text").help("write lists on one line: `Tags: a, b`")
}
