//! A JSON Feed that is larger than is kept, some items at a time: each lot of them is checked as a small feed of its own,
//! and what is found in it told as of the large one.

use std::{ops::Range, sync::Arc};

use super::{Options, by_rules, far::condense, read};
use crate::{
    document::{Coding, Content, Document},
    error::Error,
    feed_view::{Looks, json::Show},
    finding::{Finding, Place},
    kept::{self, Kept, Text},
    syntax::{
        json::{self, Json},
        tree::{Entry, Kind, Node, NodeId, Style, Tree},
    },
};

use std::sync::Mutex;

/// Bytes of items that are checked together.
const LOT: usize = 256 << 10;

/// Findings over the cap of a report that are gathered before they are counted and let go.
const SPARE: usize = 500;

/// What was found in a JSON Feed.
pub(super) struct Found {
    /// What the feed says of itself: all but its items. Without nodes where it could not be read.
    pub(super) head: Tree,
    /// The findings, with their bytes.
    pub(super) findings: Vec<Finding>,
    /// Findings that were let go.
    pub(super) left_out: usize,
}

/// Reads the feed of `json`, whose text goes through `kept`.
pub(super) fn read(name: &str, json: &mut Json<'_>, kept: &Mutex<Kept>, options: &Options) -> Result<Found, Error> {
    let text = Text::Streamed(kept);
    let mut show = Show::new(text);
    let mut looks = read::looks(options, false);
    let mut lot = Lot::new(0);
    let mut found = Found { head: Tree::default(), findings: Vec::new(), left_out: 0 };
    let mut failed = None;
    let mut check = |lot: &mut Lot, looks: &mut Looks<'_>| {
        let end = lot.check(name, kept, looks.take_findings(), options);
        match end {
            Ok(mut news) => found.findings.append(&mut news),
            Err(error) => failed = failed.take().or(Some(error)),
        }
        if found.findings.len() > SPARE + 4 * options.limits.findings {
            found.left_out += condense(&mut found.findings, options);
        }
    };
    let mut take = |tree: &mut Tree, item: NodeId| {
        show.item(tree, item, &mut looks);
        lot.add(tree, item);
        if lot.bytes.len() >= LOT {
            check(&mut lot, &mut looks);
        }
    };
    let (head, mut mistakes, _) = json::parse_elements(json, "items", &mut take);
    check(&mut lot, &mut looks);
    if let Some(error) = failed {
        return Err(error);
    }
    let is_feed = head.nodes.first().is_some_and(|root| matches!(root.kind, Kind::Map(_)));
    show.end(is_feed.then_some(&head), &mut looks);
    found.findings.append(&mut mistakes);
    found.findings.append(&mut looks.take_findings());
    if !is_feed && !head.nodes.is_empty() {
        found.findings.push(read::no_object());
    }
    found.head = head;
    Ok(found)
}

/// Some items that follow one another.
struct Lot {
    /// A feed of these items, with bytes counted from the first of them.
    tree: Tree,
    items: Vec<NodeId>,
    /// Which item of the feed the first is, from 0.
    first: usize,
    /// Where they stand.
    bytes: Range<usize>,
}

impl Lot {
    fn new(first: usize) -> Self {
        let mut tree = Tree::default();
        let list = Entry { key: "items".into(), key_range: 0..0, value: 1 };
        tree.push(Kind::Map(vec![list]), 0..0, Style::Flow);
        tree.push(Kind::List(Vec::new()), 0..0, Style::Flow);
        Lot { tree, items: Vec::new(), first, bytes: 0..0 }
    }

    /// Takes an item, which is the last thing in `tree`.
    fn add(&mut self, tree: &mut Tree, item: NodeId) {
        let range = tree.node(item).range.clone();
        if self.items.is_empty() {
            self.bytes = range.clone();
        }
        self.bytes.end = range.end;
        let (to, base) = (self.tree.nodes.len() as NodeId, self.bytes.start);
        self.items.push(to);
        self.tree.nodes.extend(tree.nodes.drain(item as usize..).map(|Node { mut kind, range, style }| {
            match &mut kind {
                Kind::Map(entries) => entries.iter_mut().for_each(|entry| {
                    entry.value = entry.value - item + to;
                    entry.key_range = entry.key_range.start - base..entry.key_range.end - base;
                }),
                Kind::List(ids) => ids.iter_mut().for_each(|id| *id = *id - item + to),
                _ => {}
            }
            Node { kind, range: range.start - base..range.end - base, style }
        }));
    }

    /// Checks them, and begins the next lot. `seen` is what the rules over the feed found in them.
    fn check(
        &mut self,
        name: &str,
        kept: &Mutex<Kept>,
        seen: Vec<Finding>,
        options: &Options,
    ) -> Result<Vec<Finding>, Error> {
        let lot = std::mem::replace(self, Lot::new(self.first + self.items.len()));
        let Lot { mut tree, items, first, bytes } = lot;
        if items.is_empty() {
            return Ok(seen);
        }
        let text = Text::Streamed(kept).get(bytes.clone()).map(|text| text.into_owned()).unwrap_or_default();
        kept::lock(kept).drop_item(bytes.clone());
        tree.nodes[1].kind = Kind::List(items);
        tree.nodes[..2].iter_mut().for_each(|node| node.range = 0..text.len());
        let profile = Arc::clone(&options.profile);
        let mut document = Document::new(name.to_owned(), text, Coding::Utf8, Content::JsonLines(tree), profile);
        document.surroundings = Arc::clone(&options.settings.surroundings);
        document.findings = seen;
        for finding in &mut document.findings {
            for related in &mut finding.related {
                // What stands before these items is not in this document.
                if let Place::Bytes(range) = &related.place {
                    related.range.get_or_insert_with(|| range.clone());
                }
            }
            moved(finding, &|at| at.wrapping_sub(bytes.start), &|item| item.wrapping_sub(first));
        }
        options.required.check(&mut document)?;
        by_rules(&mut document, options);
        let mut findings = std::mem::take(&mut document.findings);
        for finding in &mut findings {
            finding.range.get_or_insert_with(|| document.locate(&finding.place));
            for related in finding.related.iter_mut().filter(|related| related.file.is_none()) {
                related.range.get_or_insert_with(|| document.locate(&related.place));
            }
            moved(finding, &|at| at.wrapping_add(bytes.start), &|item| item.wrapping_add(first));
        }
        Ok(findings)
    }
}

/// The number of the item that a pointer leads into.
fn item(pointer: &str) -> Option<usize> {
    pointer.strip_prefix("/items/")?.split('/').next()?.parse().ok()
}

/// Moves a finding: its bytes, and the numbers of items in its pointers.
fn moved(finding: &mut Finding, bytes: &dyn Fn(usize) -> usize, items: &dyn Fn(usize) -> usize) {
    let range = |range: &mut Range<usize>| *range = bytes(range.start)..bytes(range.end);
    let pointer = |pointer: &mut String| {
        if let Some(number) = item(pointer) {
            let rest = pointer["/items/".len()..].find('/').map_or("", |at| &pointer["/items/".len() + at..]);
            *pointer = format!("/items/{}{rest}", items(number));
        }
    };
    let place = |place: &mut Place| match place {
        Place::Bytes(bytes) => range(bytes),
        Place::Missing { tag, end } => {
            range(tag);
            range(end);
        }
        Place::Value(text) | Place::Key(text) | Place::Hub(text) => pointer(text),
        Place::Source => {}
    };
    place(&mut finding.place);
    let before = item(&finding.pointer);
    pointer(&mut finding.pointer);
    if let (Some(before), Some(after)) = (before, item(&finding.pointer))
        && before != after
    {
        // The schema's words name the value.
        let (before, after) = (format!("`items[{before}]"), format!("`items[{after}]"));
        let texts = [Some(&mut finding.message), finding.label.as_mut(), finding.help.as_mut()];
        texts.into_iter().flatten().for_each(|text| *text = text.replacen(&before, &after, 1));
    }
    finding.range.iter_mut().for_each(range);
    for related in finding.related.iter_mut().filter(|related| related.file.is_none()) {
        place(&mut related.place);
        related.range.iter_mut().for_each(range);
    }
    if let Some(fix) = &mut finding.fix {
        fix.edits.iter_mut().for_each(|edit| range(&mut edit.range));
        fix.meant.iter_mut().for_each(pointer);
    }
}
