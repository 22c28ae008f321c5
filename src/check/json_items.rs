//! A JSON Feed that is larger than is kept, some items at a time: each lot of them is checked as a small feed of its own,
//! and what is found in it told as of the large one.

use std::{
    ops::Range,
    sync::{Arc, Mutex, mpsc},
    thread,
};

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

/// Bytes of items that are checked together.
const LOT: usize = 256 << 10;

/// Findings over the cap of a report that are gathered before they are counted and let go.
const SPARE: usize = 500;

/// Lots that may wait to be checked.
const WAITING: usize = 4;

/// What was found in a JSON Feed.
pub(super) struct Found {
    /// What the feed says of itself: all but its items.
    pub(super) content: Content,
    /// The findings, with their bytes.
    pub(super) findings: Vec<Finding>,
    /// Findings that were let go.
    pub(super) left_out: usize,
}

/// Reads the feed of `json`, whose text goes through `kept`.
pub(super) fn read(name: &str, json: &mut Json<'_>, kept: &Mutex<Kept>, options: &Options) -> Result<Found, Error> {
    let mut looks = read::looks(options, false);
    let mut show = Show::new(Text::Streamed(kept));
    let mut gathered = Gathered::default();
    let (head, mut mistakes) = if options.settings.aside {
        thread::scope(|scope| {
            let (send, lots) = mpsc::sync_channel::<Ready>(WAITING);
            let news = &mut gathered;
            scope.spawn(move || lots.into_iter().for_each(|lot| news.take(lot.check(name, options), options)));
            // Whoever checks has ended only if it failed, which the scope tells.
            items(json, kept, &mut show, &mut looks, &mut |lot| drop(send.send(lot)))
        })
    } else {
        let check = &mut |lot: Ready| gathered.take(lot.check(name, options), options);
        items(json, kept, &mut show, &mut looks, check)
    };
    let Gathered { mut findings, left_out, failed } = gathered;
    if let Some(error) = failed {
        return Err(error);
    }
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

/// Reads the items, and gives them to `check` in lots. Gives what the feed says of itself, and what is wrong with its
/// syntax.
fn items(
    json: &mut Json<'_>,
    kept: &Mutex<Kept>,
    show: &mut Show<'_>,
    looks: &mut Looks<'_>,
    check: &mut dyn FnMut(Ready),
) -> (Tree, Vec<Finding>) {
    let mut lot = Lot::new(0);
    let mut take = |tree: &mut Tree, item: NodeId| {
        show.item(tree, item, looks);
        lot.add(tree, item);
        if lot.bytes.len() >= LOT {
            check(lot.end(kept, looks.take_findings()));
        }
    };
    let (head, mistakes) = json::parse_elements(json, "items", &mut take);
    if !lot.items.is_empty() {
        check(lot.end(kept, looks.take_findings()));
    }
    (head, mistakes)
}

/// What was found in the lots.
#[derive(Default)]
struct Gathered {
    findings: Vec<Finding>,
    left_out: usize,
    failed: Option<Error>,
}

impl Gathered {
    fn take(&mut self, lot: Result<Vec<Finding>, Error>, options: &Options) {
        match lot {
            Ok(mut news) => self.findings.append(&mut news),
            Err(error) => self.failed = self.failed.take().or(Some(error)),
        }
        if self.findings.len() > SPARE + 4 * options.limits.findings {
            self.left_out += condense(&mut self.findings, options);
        }
    }
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

    /// Makes them ready, and begins the next lot. `seen` is what the rules over the feed found in them.
    fn end(&mut self, kept: &Mutex<Kept>, seen: Vec<Finding>) -> Ready {
        let lot = std::mem::replace(self, Lot::new(self.first + self.items.len()));
        let text = Text::Streamed(kept).get(lot.bytes.clone()).map(|text| text.into_owned()).unwrap_or_default();
        kept::lock(kept).drop_item(lot.bytes.clone());
        Ready { lot, text, seen }
    }
}

/// A lot that can be checked.
struct Ready {
    lot: Lot,
    text: String,
    seen: Vec<Finding>,
}

impl Ready {
    /// What is found in it.
    fn check(self, name: &str, options: &Options) -> Result<Vec<Finding>, Error> {
        let Ready { lot: Lot { mut tree, items, first, bytes }, text, seen } = self;
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
