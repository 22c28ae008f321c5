//! A JSON Feed that is larger than is kept, some items at a time: each lot of them is checked as a small feed of its own,
//! and what is found in it told as of the large one.

use std::{
    borrow::Cow,
    ops::Range,
    sync::{Arc, Mutex, mpsc},
    thread,
};

use super::{Options, by_rules, far::condense, ignore, read};
use crate::{
    document::{Coding, Content, Document},
    error::Error,
    feed_view::{Looks, json::Show},
    finding::{Finding, Place},
    kept::{self, Kept, Text},
    limits::Limits,
    syntax::{
        json::{self, Json},
        tree::{Entry, Kind, NodeId, Style, Tree},
    },
};

/// Bytes of items that are checked together.
const LOT: usize = 256 << 10;

/// Findings over the cap of a report that are gathered before they are counted and let go.
const SPARE: usize = 500;

/// Lots that may wait to be checked.
const WAITING: usize = 1;

/// The text that is held at a time: that of the lots that wait, of the one that is checked, and of the one that grows.
pub(super) fn kept(limits: &Limits) -> Kept {
    let item = limits.item.saturating_add(LOT).saturating_mul(WAITING + 2);
    Kept::new(&Limits { item, ..limits.clone() }, ignore::MARK)
}

/// What was found in a JSON Feed.
pub(super) struct Found {
    /// What the feed says of itself: all but its items.
    pub(super) content: Content,
    /// The findings, with their bytes.
    pub(super) findings: Vec<Finding>,
    /// Findings that were let go.
    pub(super) left_out: usize,
}

/// Reads the feed of `json`, whose text goes through `kept`. While it is read on this thread, another one checks it.
pub(super) fn read(name: &str, json: &mut Json<'_>, kept: &Mutex<Kept>, options: &Options) -> Result<Found, Error> {
    let mut checker = Checker::new(name, kept, options);
    let beside = options.settings.has_hands().then(|| {
        thread::scope(|scope| {
            let (send, lots) = mpsc::sync_channel::<Lot>(WAITING);
            let checker = &mut checker;
            let work = move || lots.into_iter().for_each(|lot| checker.take(lot));
            thread::Builder::new().spawn_scoped(scope, work).ok()?;
            // Whoever checks has ended only if it failed, which the scope tells.
            Some(items(json, &mut |lot| drop(send.send(lot))))
        })
    });
    // Where no thread can be had, one does both.
    let (head, mistakes) = beside.flatten().unwrap_or_else(|| items(json, &mut |lot| checker.take(lot)));
    checker.finish(head, mistakes)
}

/// Reads the items, and gives them to `take` in lots. Gives what the feed says of itself, unless it breaks off, and what
/// is wrong with its syntax.
fn items(json: &mut Json<'_>, take: &mut dyn FnMut(Lot)) -> (Option<Tree>, Vec<Finding>) {
    let mut lot = Lot::new(0);
    let (head, mistakes) = json::parse_elements(json, "items", &mut |tree, item| {
        lot.add(tree, item);
        if lot.bytes.len() >= LOT {
            let next = Lot::new(lot.first + lot.items.len());
            take(std::mem::replace(&mut lot, next));
        }
    });
    if !lot.items.is_empty() {
        take(lot);
    }
    (head, mistakes)
}

/// Who checks the lots, in their order.
struct Checker<'c> {
    name: &'c str,
    kept: &'c Mutex<Kept>,
    options: &'c Options,
    show: Show<'c>,
    looks: Looks<'c>,
    findings: Vec<Finding>,
    left_out: usize,
    failed: Option<Error>,
}

impl<'c> Checker<'c> {
    fn new(name: &'c str, kept: &'c Mutex<Kept>, options: &'c Options) -> Self {
        let (show, looks) = (Show::new(Text::Streamed(kept)), read::looks(options, false));
        Checker { name, kept, options, show, looks, findings: Vec::new(), left_out: 0, failed: None }
    }

    fn take(&mut self, lot: Lot) {
        for &item in &lot.items {
            self.show.item(&lot.tree, item, &mut self.looks);
        }
        let text = Text::Streamed(self.kept).get(lot.bytes.clone()).map(Cow::into_owned).unwrap_or_default();
        kept::lock(self.kept).drop_item(lot.bytes.clone());
        match lot.check(self.name, text, self.looks.take_findings(), self.options) {
            Ok(mut news) => self.findings.append(&mut news),
            Err(error) => self.failed = self.failed.take().or(Some(error)),
        }
        if self.findings.len() > SPARE + 4 * self.options.limits.findings {
            self.left_out += condense(&mut self.findings, self.options);
        }
    }

    /// What was found in all of the feed. `head` is what it says of itself. Of one that breaks off nothing else is said:
    /// what it lacks may stand behind that.
    fn finish(self, head: Option<Tree>, mut mistakes: Vec<Finding>) -> Result<Found, Error> {
        let Checker { mut show, mut looks, mut findings, left_out, failed, .. } = self;
        if let Some(error) = failed {
            return Err(error);
        }
        let Some(head) = head else {
            return Ok(Found { content: Content::Broken, findings: mistakes, left_out: 0 });
        };
        let is_feed = head.nodes.first().is_some_and(|root| matches!(root.kind, Kind::Map(_)));
        show.end(is_feed.then_some(&head), &mut looks);
        findings.append(&mut mistakes);
        findings.append(&mut looks.take_findings());
        if !is_feed && !head.nodes.is_empty() {
            findings.push(read::no_object());
        }
        let content = if is_feed { Content::JsonFeed(head) } else { Content::Broken };
        Ok(Found { content, findings, left_out })
    }
}

/// Some items that follow one another.
struct Lot {
    /// A feed of these items; their bytes are those of the whole.
    tree: Tree,
    items: Vec<NodeId>,
    /// Which item of the feed the first is, from 0.
    first: usize,
    /// Where they stand.
    bytes: Range<usize>,
}

/// Nodes of a lot that are no item's.
const OWN: usize = 4;

impl Lot {
    fn new(first: usize) -> Self {
        let mut tree = Tree::default();
        // What every feed has, so that nothing is amiss but what is amiss in the items.
        let keys = ["items", "version", "title"].into_iter().zip(1..);
        let entries = keys.map(|(key, value)| Entry { key: key.into(), key_range: 0..0, value }).collect();
        tree.push(Kind::Map(entries), 0..0, Style::Flow);
        tree.push(Kind::List(Vec::new()), 0..0, Style::Flow);
        tree.push(Kind::String("https://jsonfeed.org/version/1.1".into()), 0..0, Style::Double);
        tree.push(Kind::String("-".into()), 0..0, Style::Double);
        Lot { tree, items: Vec::new(), first, bytes: 0..0 }
    }

    /// Takes an item, which is the last thing in `tree`.
    fn add(&mut self, tree: &mut Tree, item: NodeId) {
        let range = tree.node(item).range.clone();
        if self.items.is_empty() {
            self.bytes = range.clone();
        }
        self.bytes.end = range.end;
        let to = self.tree.nodes.len() as NodeId;
        self.items.push(to);
        self.tree.nodes.extend(tree.nodes.drain(item as usize..).map(|mut node| {
            match &mut node.kind {
                Kind::Map(entries) => entries.iter_mut().for_each(|entry| entry.value = entry.value - item + to),
                Kind::List(ids) => ids.iter_mut().for_each(|id| *id = *id - item + to),
                _ => {}
            }
            node
        }));
    }

    /// Checks them. `text` is theirs, `seen` what the rules over the feed found in them.
    fn check(self, name: &str, text: String, seen: Vec<Finding>, options: &Options) -> Result<Vec<Finding>, Error> {
        let Lot { mut tree, items, first, bytes } = self;
        tree.nodes[1].kind = Kind::List(items);
        // From here on bytes are counted from the first of them.
        let near = |range: &mut Range<usize>| *range = range.start - bytes.start..range.end - bytes.start;
        let (head, rest) = tree.nodes.split_at_mut(OWN);
        head.iter_mut().for_each(|node| node.range = 0..text.len());
        for node in rest {
            near(&mut node.range);
            if let Kind::Map(entries) = &mut node.kind {
                entries.iter_mut().for_each(|entry| near(&mut entry.key_range));
            }
        }
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
