//! JSON to a tree with byte ranges.

use std::{collections::HashMap, ops::Range};

use super::{
    mistakes,
    number::number,
    token::{Fault, Json, Token},
};
use crate::{
    finding::{Finding, Place},
    limits::Limits,
    lines::Position,
    syntax::tree::{Entry, Kind, Node, NodeId, Style, Tree, pointer_step},
};

/// Objects with more members than this are searched by a table.
const FEW: usize = 16;

/// An open collection.
struct Open {
    node: NodeId,
    items: Vec<NodeId>,
    entries: Vec<Entry>,
    /// Where each key is among the entries, once they are many.
    known: HashMap<String, usize>,
    /// The key whose value comes next.
    key: Option<(String, Range<usize>)>,
    /// The step of the pointer that leads here.
    step: String,
}

/// Parses the JSON in `range` of `text` as one value. The ranges of the tree and of the findings are bytes of `text`.
/// After a mistake that cannot be mended the tree has no nodes.
pub fn parse(text: &str, range: Range<usize>, limits: &Limits) -> (Tree, Vec<Finding>) {
    let mut json = Json::empty(limits.clone(), true);
    let (mut tree, mut findings) = (Tree::default(), Vec::new());
    parse_into(&mut json, text, range, "", &mut tree, &mut findings);
    (tree, findings)
}

/// Parses each line of `text` that is not blank as an object. The tree has them in a list under `key`; what cannot be
/// read is told, and not in it.
pub fn parse_lines(text: &str, key: &str, limits: &Limits) -> (Tree, Vec<Finding>) {
    let mut json = Json::empty(limits.clone(), true);
    let (mut tree, mut findings, mut objects) = (Tree::default(), Vec::new(), Vec::new());
    let root = tree.push(Kind::Map(Vec::new()), 0..text.len(), Style::Flow);
    let list = tree.push(Kind::List(Vec::new()), 0..text.len(), Style::Flow);
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let range = start..start + line.trim_end_matches(['\n', '\r']).len();
        start += line.len();
        if line.trim_ascii().is_empty() {
            continue;
        }
        let object = tree.nodes.len();
        let pointer = format!("/{key}/{}", objects.len());
        parse_into(&mut json, text, range, &pointer, &mut tree, &mut findings);
        match tree.nodes.get(object) {
            Some(Node { kind: Kind::Map(_), .. }) => objects.push(object as NodeId),
            Some(node) => {
                let finding =
                    Finding::error("wrong-type", "a line must hold an object", Place::Bytes(node.range.clone()));
                findings.push(finding.help("write one item a line: `{\"id\": …}`"));
                tree.nodes.truncate(object);
            }
            None => {}
        }
    }
    tree.nodes[list as usize].kind = Kind::List(objects);
    let entry = Entry { key: key.into(), key_range: 0..0, value: list };
    tree.nodes[root as usize].kind = Kind::Map(vec![entry]);
    (tree, findings)
}

/// Adds the value in `range` of `text`, which stands at `pointer`, to a tree: nothing where it cannot be read.
fn parse_into(
    json: &mut Json<'_>,
    text: &str,
    range: Range<usize>,
    pointer: &str,
    tree: &mut Tree,
    findings: &mut Vec<Finding>,
) {
    let (nodes, before) = (tree.nodes.len(), findings.len());
    json.load(&text.as_bytes()[range.clone()], range.start, Position { line: 1, column: 1 });
    let fault = build(json, pointer, tree, &mut None).err();
    findings.append(&mut json.take_findings());
    if let Some(fault) = fault {
        tree.nodes.truncate(nodes);
        findings.push(told(json, fault));
    }
    for finding in &mut findings[before..] {
        if let Place::Bytes(place) = &mut finding.place {
            place.end = place.end.min(range.end.max(place.start));
        }
        // Lines were counted from the beginning of the range: the document knows better.
        finding.span = None;
        if let Some(bytes) = &finding.range
            && let Place::Bytes(place) = &mut finding.place
        {
            // No place ends within a character.
            let end = (bytes.end.min(range.end)..=range.end).find(|&at| text.is_char_boundary(at));
            *place = bytes.start.min(range.end)..end.unwrap_or(range.end);
        }
        finding.range = None;
    }
}

/// Why reading ended, as a finding.
fn told(json: &Json<'_>, fault: Fault) -> Finding {
    match fault {
        Fault::Malformed(finding) => *finding,
        Fault::Stopped(error) => {
            let here = json.here();
            Finding::error("limit-reached", error.message, Place::Bytes(here..here + 1))
        }
    }
}

/// Takes an element of the list under [`Elements::key`]: the tree in which it is, and which node it is. The tree is
/// without it afterwards.
pub(crate) type Take<'t> = &'t mut dyn FnMut(&mut Tree, NodeId);

/// A list at the top of an object whose elements are handed out one by one.
struct Elements<'t> {
    key: &'t str,
    take: Take<'t>,
    /// The list, once it was met.
    list: Option<NodeId>,
    /// How many were handed out.
    count: usize,
    /// Where the one that is read begins.
    start: usize,
}

impl Elements<'_> {
    /// Hands out what was put in last, if it is an element of the list. `parent` is what it is in.
    fn hand_out(&mut self, tree: &mut Tree, parent: Option<&mut Open>) {
        if let Some(parent) = parent.filter(|parent| Some(parent.node) == self.list)
            && let Some(element) = parent.items.pop()
        {
            self.count += 1;
            (self.take)(tree, element);
            tree.nodes.truncate(element as usize);
        }
    }
}

/// Reads an object, and hands out the elements of the list under `key` one by one; one that is larger than the limit
/// `item` ends it. Gives the object without them, unless it breaks off, and what is wrong with its syntax.
pub(crate) fn parse_elements(json: &mut Json<'_>, key: &str, take: Take<'_>) -> (Option<Tree>, Vec<Finding>) {
    let mut tree = Tree::default();
    let fault = build(json, "", &mut tree, &mut Some(Elements { key, take, list: None, count: 0, start: 0 })).err();
    let is_whole = fault.is_none();
    let mut findings = json.take_findings();
    findings.extend(fault.map(|fault| told(json, fault)));
    for finding in &mut findings {
        finding.span = None;
        if let (Some(bytes), Place::Bytes(place)) = (finding.range.take(), &mut finding.place) {
            *place = bytes;
        }
    }
    (is_whole.then_some(tree), findings)
}

fn build(
    json: &mut Json<'_>,
    pointer: &str,
    tree: &mut Tree,
    elements: &mut Option<Elements<'_>>,
) -> Result<(), Fault> {
    let mut open: Vec<Open> = Vec::new();
    loop {
        let token = json.next()?;
        let (kind, style) = match token {
            Token::End => return Ok(()),
            Token::Key(key) => {
                let key = key.to_owned();
                let held = elements.is_none();
                take_key(json, tree, &mut open, key, held)?;
                continue;
            }
            Token::ObjectEnd | Token::ArrayEnd => {
                let end = json.range().end;
                if let Some(done) = open.pop() {
                    let node = &mut tree.nodes[done.node as usize];
                    node.range.end = end;
                    match &mut node.kind {
                        Kind::Map(entries) => *entries = done.entries,
                        Kind::List(items) => *items = done.items,
                        _ => {}
                    }
                    if let Some(elements) = elements {
                        elements.hand_out(tree, open.last_mut());
                    }
                }
                continue;
            }
            Token::ObjectStart => (Kind::Map(Vec::new()), Style::Flow),
            Token::ArrayStart => (Kind::List(Vec::new()), Style::Flow),
            Token::String(text) => (Kind::String(text.into()), Style::Double),
            Token::Bool(value) => (Kind::Bool(value), Style::Plain),
            Token::Null => (Kind::Null, Style::Plain),
            Token::Number(text) => match number(text) {
                Some(number) => (Kind::Number(number), Style::Plain),
                None => {
                    let text = text.to_owned();
                    json.inexact(&text);
                    (Kind::String(text.into()), Style::Plain)
                }
            },
        };
        let collection = matches!(kind, Kind::Map(_) | Kind::List(_));
        let is_list = matches!(kind, Kind::List(_));
        let node = tree.push(kind, json.range(), style);
        let mut step = pointer.to_owned();
        let depth = open.len();
        if let Some(parent) = open.last_mut() {
            match parent.key.take() {
                Some((key, key_range)) => {
                    if let Some(elements) = elements.as_mut().filter(|list| is_list && depth == 1 && list.key == key) {
                        elements.list = Some(node);
                    }
                    step = pointer_step(&key).into_owned();
                    parent.entries.push(Entry { key: key.into(), key_range, value: node });
                }
                None => {
                    let gone =
                        elements.as_ref().filter(|list| list.list == Some(parent.node)).map_or(0, |list| list.count);
                    step = (gone + parent.items.len()).to_string();
                    parent.items.push(node);
                    if let Some(elements) = elements.as_mut().filter(|list| list.list == Some(parent.node)) {
                        elements.start = json.range().start;
                    }
                }
            }
        }
        if let (Some(elements), Some(list)) = (&*elements, open.get(1))
            && Some(list.node) == elements.list
            && json.range().end - elements.start > json.limits.item
        {
            return Err(json.limit(json.range().start, "bytes in one item", json.limits.item, "item"));
        }
        if collection {
            let (items, entries, known) = (Vec::new(), Vec::new(), HashMap::new());
            open.push(Open { node, items, entries, known, key: None, step });
        } else if let Some(elements) = elements {
            elements.hand_out(tree, open.last_mut());
        }
    }
}

/// Takes a key down; of two that are equal the first stays, the second is told and passed over. `held`: all of the text
/// is, so that the two values can be compared.
fn take_key(json: &mut Json<'_>, tree: &Tree, open: &mut [Open], key: String, held: bool) -> Result<(), Fault> {
    let range = json.range();
    let Some(object) = open.last_mut() else { return Ok(()) };
    let first = if object.entries.len() <= FEW {
        object.entries.iter().position(|entry| entry.key == key)
    } else {
        for (at, entry) in object.entries.iter().enumerate().skip(object.known.len()) {
            object.known.insert(entry.key.to_string(), at);
        }
        object.known.get(&key).copied()
    };
    let Some(first) = first else {
        object.key = Some((key, range));
        return Ok(());
    };
    let first = object.entries[first].clone();
    let steps = open.iter().map(|open| &*open.step).chain([&*pointer_step(&key)]).collect::<Vec<_>>().join("/");
    let same = if held {
        tree.to_value(first.value) == json.read_value()?
    } else {
        json.skip()?;
        false
    };
    json.report(|_| mistakes::duplicate(&key, &steps, first.key_range, range, same));
    Ok(())
}
