//! TOML to a tree with byte ranges. The one file that knows toml_edit.
//!
//! Dates stay text, as written. A key that is set twice is a finding, and the first one counts.

use std::ops::Range;

use toml_edit::{ArrayOfTables, Document, Item, Key, Table, Value};

use super::tree::{Entry, Kind, NodeId, Style, Tree};
use crate::{
    finding::{Finding, Place},
    limits::Limits,
    syntax::yaml::duplicate,
};

/// Repeated keys that are looked for; more than these, and the head cannot be used.
const REPEATS: usize = 20;

/// Parses the TOML in `range` of `text`. The ranges of the tree and of the findings are bytes of `text`. After a
/// mistake that leaves no values to speak of the tree has no nodes.
pub fn parse(text: &str, range: Range<usize>, _limits: &Limits) -> (Tree, Vec<Finding>) {
    let mut findings = Vec::new();
    // TOML knows no lone CR; it stands for a line end elsewhere in this program.
    let mut source = lone_cr_to_lf(&text[range.clone()]);
    for _ in 0..REPEATS {
        let error = match Document::parse(source.as_str()) {
            Ok(document) => return (build(text, &range, document.as_table()), findings),
            Err(error) => error,
        };
        let at = error.span().unwrap_or(source.len()..source.len());
        let repeated = (error.message().contains("duplicate key")).then(|| repeated_key(&source, &at)).flatten();
        let Some((key, first, line)) = repeated else {
            findings.push(explain(text, &range, &at, error.message()));
            return (Tree::default(), findings);
        };
        let shift = |r: &Range<usize>| range.start + r.start..range.start + r.end;
        let same = source[first.clone()].trim() == source[line.clone()].trim();
        let name_end = |line: &Range<usize>| line.start + key.len()..line.end;
        let first_key = first.start..name_end(&first).start;
        let pointer = format!("/{}", super::tree::pointer_step(key.trim_matches(['"', '\''])));
        findings.push(duplicate(key.trim_matches(['"', '\'']), &pointer, shift(&first_key), shift(&at), same));
        // Blanks in its place keep every other byte where it is.
        let blanks = " ".repeat(line.len());
        source.replace_range(line, &blanks);
    }
    (Tree::default(), findings)
}

/// The text with each lone CR as LF; the same length.
fn lone_cr_to_lf(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        out.push(if c == '\r' && chars.peek() != Some(&'\n') { '\n' } else { c });
    }
    out
}

/// A key that stands at `at` for the second time in its table: the key, the line of the first one from its key on,
/// and its own line. `None` where lines alone do not tell.
fn repeated_key(source: &str, at: &Range<usize>) -> Option<(String, Range<usize>, Range<usize>)> {
    let key = source.get(at.clone())?.to_owned();
    let line_of = |at: usize| {
        let start = source[..at].rfind('\n').map_or(0, |end| end + 1);
        let end = source[at..].find('\n').map_or(source.len(), |end| at + end);
        start..end
    };
    let line = line_of(at.start);
    if source[line.clone()].trim_start().starts_with('[') || !source[line.start..at.start].trim().is_empty() {
        return None;
    }
    let mut start = line.start;
    while start > 0 {
        let before = line_of(start - 1);
        let content = source[before.clone()].trim_start();
        if content.starts_with('[') {
            return None;
        }
        if content.strip_prefix(key.as_str()).is_some_and(|rest| rest.trim_start().starts_with('=')) {
            let key_start = before.end - content.len();
            return Some((key, key_start..before.end, at.start..line.end));
        }
        start = before.start;
    }
    None
}

/// The finding for a syntax error.
fn explain(text: &str, range: &Range<usize>, at: &Range<usize>, message: &str) -> Finding {
    let (start, end) = (range.start + at.start, range.start + at.end.max(at.start));
    // Errors at a line end show the last character of the line.
    let start = if start >= range.end { range.start + text[range.clone()].trim_end().len() } else { start };
    let end = end.clamp(start, range.end);
    let line = text[..start].rfind('\n').map_or(0, |end| end + 1).max(range.start);
    let line_text = text[line..range.end].lines().next().unwrap_or_default();
    let place = Place::Bytes(start..end);
    if message.contains("recursion limit") {
        let limit = "levels of nesting in TOML: more than 80";
        return Finding::error("limit-reached", limit, place);
    }
    if message.contains("duplicate key") {
        let finding = Finding::error("duplicate-key", "this key or table is set twice", place);
        return finding.help("keep one; TOML allows no second");
    }
    let unclosed = message.contains("invalid basic string") || message.contains("invalid literal string");
    if unclosed && let Some(quote) = line_text.find(['"', '\'']) {
        let place = Place::Bytes(line + quote..line + quote + 1);
        let finding = Finding::error("unclosed-quote", "this quote is not closed on its line", place);
        return finding.help(format!("put {} at the end of the value", &line_text[quote..=quote]));
    }
    let finding = Finding::error("malformed-front-matter", format!("this is not valid TOML: {message}"), place);
    match line_text.split_once(':') {
        Some((key, value)) if !line_text.contains('=') && !key.contains(' ') => {
            finding.help(format!("between `+++` stands TOML: write `{key} = {}`", value.trim()))
        }
        _ => finding.help("put text in quotes, and one `key = value` on a line"),
    }
}

/// What is still to be put into the tree.
enum Todo<'d> {
    Table(&'d Table),
    Tables(&'d ArrayOfTables),
    Value(&'d Value),
}

impl<'d> Todo<'d> {
    fn of(item: &'d Item) -> Option<Self> {
        match item {
            Item::None => None,
            Item::Value(value) => Some(Todo::Value(value)),
            Item::Table(table) => Some(Todo::Table(table)),
            Item::ArrayOfTables(tables) => Some(Todo::Tables(tables)),
        }
    }
}

fn build(text: &str, range: &Range<usize>, root: &Table) -> Tree {
    let mut tree = Tree::default();
    let start = range.start;
    let shift = |span: Option<Range<usize>>| span.map_or(start..start, |span| start + span.start..start + span.end);
    tree.push(Kind::Null, start..start, Style::Plain);
    let mut todo = vec![(Tree::ROOT, Todo::Table(root))];
    // Nodes are numbered when their parent is met, so that parents come first; an explicit stack, so that nothing
    // recurses.
    while let Some((id, what)) = todo.pop() {
        let (kind, span, style) = match what {
            Todo::Table(table) => {
                let pairs = table.iter().filter_map(|(key, _)| table.get_key_value(key)).collect();
                (map(&mut tree, &mut todo, start, pairs), shift(table.span()), Style::Plain)
            }
            Todo::Value(Value::InlineTable(table)) => {
                let pairs = table.iter().filter_map(|(key, _)| table.get_key_value(key)).collect();
                (map(&mut tree, &mut todo, start, pairs), shift(table.span()), Style::Flow)
            }
            Todo::Tables(tables) => {
                let ids = push_all(&mut tree, start, tables.len());
                todo.extend(ids.iter().copied().zip(tables.iter().map(Todo::Table)));
                (Kind::List(ids), shift(tables.span()), Style::Plain)
            }
            Todo::Value(Value::Array(array)) => {
                let ids = push_all(&mut tree, start, array.len());
                todo.extend(ids.iter().copied().zip(array.iter().map(Todo::Value)));
                (Kind::List(ids), shift(array.span()), Style::Flow)
            }
            Todo::Value(value) => {
                let span = shift(value.span());
                let (kind, style) = scalar(value, &text[span.clone()]);
                (kind, span, style)
            }
        };
        let node = &mut tree.nodes[id as usize];
        (node.kind, node.range, node.style) = (kind, span, style);
    }
    widen(&mut tree);
    tree
}

fn map<'d>(tree: &mut Tree, todo: &mut Vec<(NodeId, Todo<'d>)>, start: usize, pairs: Vec<(&'d Key, &'d Item)>) -> Kind {
    let ids = push_all(tree, start, pairs.len());
    let mut entries = Vec::with_capacity(pairs.len());
    for ((key, item), value) in pairs.into_iter().zip(ids) {
        let span = key.span().map_or(start..start, |span| start + span.start..start + span.end);
        entries.push(Entry { key: key.get().into(), key_range: span, value });
        todo.extend(Todo::of(item).map(|what| (value, what)));
    }
    Kind::Map(entries)
}

fn push_all(tree: &mut Tree, at: usize, count: usize) -> Vec<NodeId> {
    (0..count).map(|_| tree.push(Kind::Null, at..at, Style::Plain)).collect()
}

fn scalar(value: &Value, written: &str) -> (Kind, Style) {
    match value {
        Value::String(text) => {
            let style = match written.as_bytes() {
                [b'"', b'"', b'"', ..] | [b'\'', b'\'', b'\'', ..] => Style::Block,
                [b'\'', ..] => Style::Single,
                _ => Style::Double,
            };
            (Kind::String(text.value().into()), style)
        }
        Value::Integer(number) => (Kind::Number((*number.value()).into()), Style::Plain),
        Value::Float(number) => {
            let number = serde_json::Number::from_f64(*number.value());
            (number.map_or_else(|| Kind::String(written.into()), Kind::Number), Style::Plain)
        }
        Value::Boolean(value) => (Kind::Bool(*value.value()), Style::Plain),
        Value::Datetime(_) => (Kind::String(written.into()), Style::Plain),
        // Collections are taken apart by the caller.
        Value::Array(_) | Value::InlineTable(_) => (Kind::Null, Style::Plain),
    }
}

/// Makes every collection reach over its children: a table's own span is only its header. Children have greater
/// numbers, so one pass from the end does.
fn widen(tree: &mut Tree) {
    for id in (0..tree.nodes.len()).rev() {
        let mut range = tree.nodes[id].range.clone();
        let mut cover = |other: Range<usize>| {
            if range.is_empty() {
                range = other;
            } else if !other.is_empty() {
                range = range.start.min(other.start)..range.end.max(other.end);
            }
        };
        match &tree.nodes[id].kind {
            Kind::Map(entries) => {
                for entry in entries {
                    cover(entry.key_range.clone());
                    cover(tree.node(entry.value).range.clone());
                }
            }
            Kind::List(items) => items.iter().for_each(|&item| cover(tree.node(item).range.clone())),
            _ => {}
        }
        tree.nodes[id].range = range;
    }
}
