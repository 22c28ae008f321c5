//! Heads of Org documents, as Hugo reads them: lines `#+KEY: value` at the top. Read only.
//!
//! Keys are lower-cased; one that ends in `[]` is a list of words, one that is repeated a list of its values;
//! `filetags` has colons between its terms; a date may stand in `<` `>` or `[` `]` with the day's name.

use std::ops::Range;

use super::split::{Line, lines};
use crate::syntax::tree::{Entry, Kind, NodeId, Style, Tree};

/// Keys whose values are dates.
const DATES: &[&str] = &["date", "lastmod", "publishdate", "expirydate"];

/// Whether a line belongs to the head.
pub(super) fn is_line(line: &str) -> bool {
    line.starts_with("#+")
}

/// Parses the lines in `range` of `text`. What stands on a line without colon says nothing to Hugo either.
pub(super) fn parse(text: &str, range: Range<usize>) -> Tree {
    let mut tree = Tree::default();
    tree.push(Kind::Map(Vec::new()), range.clone(), Style::Plain);
    let mut entries: Vec<Entry> = Vec::new();
    for line in lines(&text[..range.end], range.start) {
        let Some((key, key_range, value)) = key_and_value(&line) else { continue };
        let written = &text[value.clone()];
        if let Some(entry) = entries.iter().find(|entry| entry.key == key) {
            let id = entry.value;
            let item = tree.push(Kind::String(written.into()), value, Style::Plain);
            add(&mut tree, id, item);
            continue;
        }
        let (key, id) = match key.strip_suffix("[]") {
            Some(name) => (name.to_owned(), words(&mut tree, written, value, char::is_whitespace)),
            None if key == "filetags" => {
                let id = words(&mut tree, written, value, |c| c == ':');
                (key, id)
            }
            None => {
                let (kind, range) = scalar(&key, written, value);
                let id = tree.push(kind, range, Style::Plain);
                (key, id)
            }
        };
        entries.push(Entry { key: key.into(), key_range, value: id });
    }
    tree.nodes[0].kind = Kind::Map(entries);
    tree
}

/// The key in small letters, its bytes, and those of the value.
fn key_and_value(line: &Line<'_>) -> Option<(String, Range<usize>, Range<usize>)> {
    let (key, value) = line.text.strip_prefix("#+")?.split_once(':')?;
    let start = line.start + 2;
    let from = start + key.len() + 1 + (value.len() - value.trim_start().len());
    let key_range = start..start + key.len();
    (!key.is_empty() && !key.contains(char::is_whitespace)).then(|| {
        let value = value.trim();
        (key.to_lowercase(), key_range, from..from + value.len())
    })
}

/// A value as Hugo casts it: a switch, a weight, the day of a time stamp; all else is text.
fn scalar(key: &str, written: &str, range: Range<usize>) -> (Kind, Range<usize>) {
    match written {
        "" => return (Kind::Null, range),
        "true" => return (Kind::Bool(true), range),
        "false" => return (Kind::Bool(false), range),
        _ => {}
    }
    if let Some(number) = written.parse::<i64>().ok().filter(|_| key == "weight") {
        return (Kind::Number(number.into()), range);
    }
    let stamp = written.strip_prefix(['<', '[']).filter(|_| DATES.contains(&key));
    match stamp.and_then(|stamp| stamp.split([' ', '>', ']']).next()) {
        Some(day) if day.len() == 10 => (Kind::String(day.into()), range.start + 1..range.start + 1 + day.len()),
        _ => (Kind::String(written.into()), range),
    }
}

/// A list of the words between separators.
fn words(tree: &mut Tree, written: &str, range: Range<usize>, separates: fn(char) -> bool) -> NodeId {
    let id = tree.push(Kind::Null, range.clone(), Style::Plain);
    let mut items = Vec::new();
    for word in written.split(separates).filter(|word| !word.is_empty()) {
        // Both are parts of one text: where the word begins in it.
        let at = range.start + (word.as_ptr() as usize - written.as_ptr() as usize);
        items.push(tree.push(Kind::String(word.into()), at..at + word.len(), Style::Plain));
    }
    tree.nodes[id as usize].kind = Kind::List(items);
    id
}

/// Adds a value to what stood under the key before.
fn add(tree: &mut Tree, id: NodeId, item: NodeId) {
    let node = &mut tree.nodes[id as usize];
    if let Kind::List(items) = &mut node.kind {
        items.push(item);
        return;
    }
    let first = std::mem::replace(&mut node.kind, Kind::Null);
    let range = node.range.clone();
    let first = tree.push(first, range, Style::Plain);
    tree.nodes[id as usize].kind = Kind::List(vec![first, item]);
}
