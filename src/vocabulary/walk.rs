//! The walk: tokens to findings. It looks on while somebody else reads the feed.

use std::ops::Range;

use super::{
    declared::Declared,
    find, kind, markup, place,
    say::{Said, short},
    table::{Class, Content, Element, List, Need, Parent, Table, Times, Value, Variant, Weight, Where},
};
use crate::{
    finding::{Finding, Place},
    namespace::{ATOM, ATOM_03, NAMESPACES, RSS},
    nearest::nearest,
    syntax::{
        html,
        xml::{Ns, Open, Watch},
    },
};

/// What may be in an open element.
#[derive(Debug, Clone, Copy)]
pub(super) enum Inside {
    /// Elements, and no text.
    Elements,
    /// Anything.
    Anything,
    /// Nothing.
    Nothing,
    /// A value.
    Text(Value),
    /// XHTML in one `div`.
    Div,
    /// XML of some type.
    Xml,
}

/// Findings for which a remedy is sought among the names of a table: nobody reads more.
const ADVISED: usize = 1000;

/// Findings that are kept: enough to say that the feed is none.
const KEPT: usize = 100_000;

/// Children of one element that are compared with each other.
const COMPARED: usize = 500;

/// Bytes of XHTML's text that are looked at for escaped markup.
const ENOUGH: usize = 1 << 16;

/// An open element.
#[derive(Debug)]
pub(super) struct Frame {
    pub(super) table: &'static Table,
    pub(super) row: &'static Element,
    pub(super) tag: Range<usize>,
    pub(super) inside: Inside,
    /// Where what was seen of its children begins.
    seen: usize,
    /// Which of its needs are met, bit by bit.
    met: u64,
    /// Where its text begins.
    value: usize,
    /// The bytes of its text, from its first piece to its last.
    pub(super) text: Option<Range<usize>>,
    /// How many elements stand in it.
    pub(super) children: usize,
    /// How many stand in these.
    pub(super) inner: usize,
    /// Whether one of these is in no namespace, which is told once.
    homeless: bool,
    /// What is in it that is said of all its children.
    passed: Vec<&'static Element>,
    /// The same of its children.
    passed_below: Vec<(&'static str, &'static Element)>,
    /// What was missing in children, unless it is said of all of them.
    pending: Vec<(&'static Need, Finding)>,
    /// Whether an attribute gives its content: Atom's `src`.
    pub(super) elsewhere: bool,
}

/// A child that may stand in its parent once.
#[derive(Debug)]
struct Seen {
    prefix: &'static str,
    row: &'static Element,
    /// What tells it from its like, where that counts.
    key: String,
    tag: Range<usize>,
}

/// Checks a feed against the tables. It is a [`Watch`]; what it found is in [`Vocabulary::take_findings`].
#[derive(Debug)]
pub struct Vocabulary<'t> {
    pub(super) text: &'t str,
    own: Vec<&'static Table>,
    /// The table of elements without a namespace.
    home: Option<&'static Table>,
    /// A namespace that the root was put in by mistake: it counts for that table.
    mistaken: Option<(Ns, &'static Table)>,
    /// Whether the root was met.
    begun: bool,
    frames: Vec<Frame>,
    /// How many elements are open of which nothing is known, or wanted.
    skipped: usize,
    seen: Vec<Seen>,
    value: String,
    /// Whether the last piece of text goes to the innermost frame.
    took: Took,
    pub(super) declared: Declared,
    findings: Vec<Finding>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Took {
    Nothing,
    Blank,
    Text,
}

impl<'t> Vocabulary<'t> {
    /// Looks on while `text` is read. `own` are a site's tables: they come before built-in ones.
    pub fn new(text: &'t str, own: &[&'static Table]) -> Self {
        Vocabulary {
            text,
            own: own.to_vec(),
            home: None,
            mistaken: None,
            begun: false,
            frames: Vec::new(),
            skipped: 0,
            seen: Vec::new(),
            value: String::new(),
            took: Took::Nothing,
            declared: Declared::default(),
            findings: Vec::new(),
        }
    }

    /// What was found since the last call.
    pub fn take_findings(&mut self) -> Vec<Finding> {
        std::mem::take(&mut self.findings)
    }

    /// The innermost open element.
    pub(super) fn innermost(&mut self) -> Option<&mut Frame> {
        self.frames.last_mut()
    }

    /// Whether a site's own table has the namespace.
    pub(super) fn is_own(&self, uri: &str) -> bool {
        self.own.iter().any(|own| own.uri == uri)
    }

    /// Takes down a finding.
    pub(super) fn raise(&mut self, finding: Finding) {
        if self.findings.len() < KEPT {
            self.findings.push(finding);
        }
    }

    /// The table of a namespace; `None` for one that has none.
    pub(super) fn table(&self, ns: Ns, uri: &str) -> Option<&'static Table> {
        if let Some((_, table)) = self.mistaken.filter(|mistaken| mistaken.0 == ns) {
            return Some(table);
        }
        if ns == Ns::NONE || ns == RSS {
            // RSS 1.0 has a namespace.
            let bare = ns == Ns::NONE && self.home.is_some_and(|home| home.prefix == "rss1" || home.prefix == "rss090");
            return self.home.filter(|_| !bare);
        }
        let at = usize::from(ns.0) - 1;
        let uri = NAMESPACES.get(at).map_or(uri, |known| known.uri);
        if let Some(own) = self.own.iter().find(|own| own.uri == uri) {
            return Some(own);
        }
        super::TABLES.get(at).filter(|_| at < NAMESPACES.len())
    }

    /// Learns from the root what elements without a namespace are.
    fn root(&mut self, open: &Open<'_>) {
        let known = |prefix: &str| find(prefix);
        let bare = open.ns == Ns::NONE || open.ns == RSS;
        self.doctype(&open.range);
        if open.ns == ATOM_03 {
            let said = Said::new(
                "obsolete-namespace",
                Weight::Should,
                "this is Atom 0.3, a draft that Atom 1.0 took the place of",
                place::name(self.text, &open.range),
            );
            let help = "write `xmlns=\"http://www.w3.org/2005/Atom\"`, and see RFC 4287";
            self.raise(said.help(help).w3c(&["ObsoleteNamespace"]).finding(None));
        }
        if open.ns == ATOM && !open.prefix.is_empty() {
            self.prefixed(&open.range);
        }
        self.home = match open.local {
            "opml" if bare => known("opml"),
            "RDF" => {
                let start = &self.text[open.range.clone()];
                known(if start.contains("netscape.com/rdf/simple/0.9") { "rss090" } else { "rss1" })
            }
            "feed" | "entry" if bare => {
                let said = Said::new(
                    "missing-namespace",
                    Weight::Must,
                    format!("`{}` is in no namespace", open.local),
                    place::name(self.text, &open.range),
                );
                let help = "add `xmlns=\"http://www.w3.org/2005/Atom\"`";
                self.raise(said.help(help).w3c(&["MissingNamespace"]).finding(None));
                known("atom")
            }
            "feed" | "entry" if usize::from(open.ns.0) > NAMESPACES.len() => {
                let said = Said::new(
                    "misspelt-namespace",
                    Weight::Must,
                    format!("`{}` is in the namespace `{}`, which is not Atom's", open.local, short(open.uri)),
                    place::name(self.text, &open.range),
                );
                let help = "write `xmlns=\"http://www.w3.org/2005/Atom\"`";
                self.raise(said.help(help).w3c(&["InvalidNamespace"]).finding(None));
                self.mistaken = known("atom").map(|table| (open.ns, table));
                known("rss")
            }
            // In Atom such elements are nobody's.
            "feed" | "entry" => None,
            _ => known("rss"),
        };
    }

    /// What a parent is called in a message, as it is written.
    pub(super) fn name(&self, tag: &Range<usize>, row: &Element) -> String {
        let name = place::name(self.text, tag);
        let written = self.text.get(name.clone()).filter(|_| name != *tag);
        short(written.unwrap_or(row.name))
    }

    /// An element that its table does not have.
    fn unknown(&mut self, open: &Open<'_>, table: &'static Table) {
        let names = table.elements.0.iter().map(|row| row.name);
        let same = names.clone().find(|name| name.eq_ignore_ascii_case(open.local));
        let advised = self.findings.len() < ADVISED;
        let help = match same.or_else(|| if advised { nearest(open.local, names) } else { None }) {
            Some(near) => format!("did you mean `{near}`?"),
            None if html::is_element(open.local) && self.frames.last().is_some_and(Frame::is_text) => {
                "it is HTML: escape it, or put the text into CDATA".to_owned()
            }
            None => String::new(),
        };
        let of = if table.about.is_empty() { table.prefix } else { table.about };
        let written =
            if open.prefix.is_empty() { open.local.to_owned() } else { format!("{}:{}", open.prefix, open.local) };
        let words = format!("`{}` is no element of {of}", short(&written));
        let said = Said::new("unknown-element", Weight::Must, words, place::name(self.text, &open.range));
        self.raise(said.help(help).w3c(&["UndefinedElement"]).finding(None));
    }

    /// An element without a namespace in a document whose own elements have one.
    fn homeless(&mut self, open: &Open<'_>) {
        let words = format!("`{}` is in no namespace: nobody can tell what it means", short(open.local));
        let said = Said::new("element-without-namespace", Weight::Should, words, place::name(self.text, &open.range));
        let help = "give it the prefix of its namespace, or leave it out";
        self.raise(said.help(help).w3c(&["UndeterminableVocabulary", "MissingNamespace"]).finding(None));
    }

    /// An element that stands where its table does not have it.
    fn misplaced(&mut self, open: &Open<'_>, row: &'static Element) {
        let said = match self.frames.last() {
            Some(parent) => {
                let words = format!(
                    "`{}` may not stand in `{}`",
                    self.name(&open.range, row),
                    self.name(&parent.tag, parent.row)
                );
                Said::new("misplaced-element", row.weight, words, place::name(self.text, &open.range))
            }
            None => {
                let words = format!("`{}` may not be the first element", self.name(&open.range, row));
                Said::new("misplaced-element", row.weight, words, place::name(self.text, &open.range))
            }
        };
        let mut places: Vec<&str> = row
            .parents
            .0
            .iter()
            .filter_map(|parent| match parent {
                Parent::In(_, name) => Some(*name),
                Parent::AnyFeed => Some("the feed"),
                Parent::AnyEntry => Some("an item"),
                Parent::Root | Parent::Anywhere => None,
            })
            .collect();
        places.dedup();
        let help = if places.is_empty() { String::new() } else { format!("it belongs in {}", places.join(", ")) };
        self.raise(said.help(help).w3c(&["UndefinedElement"]).finding(row.note("misplaced-element")));
    }

    /// Counts a child of the innermost element.
    fn count(&mut self, open: &Open<'_>, table: &'static Table, row: &'static Element) {
        let Some(parent) = self.frames.last_mut() else { return };
        parent.children += 1;
        if row.passes_on && !parent.passed.iter().any(|known| std::ptr::eq(*known, row)) {
            parent.passed.push(row);
        }
        let get = |name: &str| open.attributes.get(Ns::NONE, name);
        for (at, need) in parent.row.needs.0.iter().enumerate().take(64) {
            let would_do = need.any_of.0.iter().any(|wanted| {
                let (key, value) = wanted.attribute;
                wanted.place == Where::Here
                    && wanted.name == row.name
                    && wanted.prefix == table.prefix
                    && (key.is_empty()
                        || get(key)
                            .map_or(value.is_empty(), |given| !value.is_empty() && (value == "*" || given == value)))
            });
            if would_do {
                parent.met |= 1 << at;
            }
        }
        let start = parent.seen;
        let parent_name = (parent.tag.clone(), parent.row);
        self.order(open, table, row, start);
        let (key, wanted) = row.unique_where;
        let looked_at = !row.unique.0.is_empty()
            && row.unique.0 != ["."]
            && (key.is_empty() || get(key).unwrap_or("alternate") == wanted);
        let first_entry =
            row.class == Class::Entry && !self.seen[start..].iter().any(|seen| std::ptr::eq(seen.row, row));
        if !looked_at && !first_entry && !matches!(row.times, Times::Once | Times::One) {
            return;
        }
        let mut own = String::new();
        for name in row.unique.0 {
            own.push_str(get(name).unwrap_or(""));
            own.push('\n');
        }
        let before = self.seen[start..].iter().find(|seen| std::ptr::eq(seen.row, row) && seen.key == own);
        let Some(before) = before else {
            if self.seen.len() - start < COMPARED {
                self.seen.push(Seen { prefix: table.prefix, row, key: own, tag: open.range.clone() });
            }
            return;
        };
        let first = place::name(self.text, &before.tag);
        let parent = self.name(&parent_name.0, parent_name.1);
        let name = self.name(&open.range, row);
        let said = if row.unique.0.is_empty() {
            Said::new(
                "duplicate-element",
                row.weight,
                format!("`{parent}` has more than one `{name}`"),
                place::name(self.text, &open.range),
            )
            .help("keep one; readers disagree on which counts")
        } else {
            let words = format!("`{parent}` has more than one `{name}` of the same {}", row.unique.0.join(" and "));
            Said::new("duplicate-element", row.weight, words, place::name(self.text, &open.range)).help("keep one")
        };
        let finding = said.w3c(&["DuplicateElement"]).finding(row.note("duplicate-element"));
        self.raise(finding.related(Place::Bytes(first), "first here"));
    }

    /// An element that should stand before others that were there already.
    fn order(&mut self, open: &Open<'_>, table: &Table, row: &'static Element, start: usize) {
        let late = row.precedes.0.iter().find_map(|name| {
            let (prefix, name) = name.split_once(':').unwrap_or((table.prefix, name));
            self.seen[start..].iter().find(|seen| seen.row.name == name && seen.prefix == prefix)
        });
        let Some(late) = late else { return };
        let (tag, later) = (late.tag.clone(), late.row);
        let words = format!("`{}` stands behind `{}`", self.name(&open.range, row), self.name(&tag, later));
        let said = Said::new("misplaced-element", Weight::Should, words, place::name(self.text, &open.range));
        let note = row.note("order");
        self.raise(said.help("put it before that: some readers look no further").w3c(&["MisplacedItem"]).finding(note));
    }

    /// A child whose text must not be that of another.
    fn repeated(&mut self, frame: &Frame, value: &str) {
        if frame.row.unique.0 != ["."] {
            return;
        }
        let Some(parent) = self.frames.last() else { return };
        let start = parent.seen;
        let value = value.trim();
        let same = |seen: &&Seen| std::ptr::eq(seen.row, frame.row) && seen.key == value;
        if let Some(first) = self.seen[start..].iter().find(same) {
            let first = place::name(self.text, &first.tag);
            let words = format!("`{}` is there twice", short(value));
            let range = frame.text.clone().unwrap_or_else(|| frame.tag.clone());
            let said = Said::new("duplicate-element", frame.row.weight, words, place::bare(self.text, &range));
            let finding = said.help("keep one").w3c(&["DuplicateValue"]).finding(frame.row.note("duplicate-element"));
            self.raise(finding.related(Place::Bytes(first), "first here"));
            return;
        }
        if self.seen.len() - start >= COMPARED {
            return;
        }
        self.seen.push(Seen {
            prefix: frame.table.prefix,
            row: frame.row,
            key: value.to_owned(),
            tag: frame.tag.clone(),
        });
    }

    /// What is missing in an element that ends.
    fn missing(&mut self, frame: &Frame, end: &Range<usize>) {
        for (at, need) in frame.row.needs.0.iter().enumerate().take(64) {
            if frame.met & (1 << at) != 0 {
                continue;
            }
            let below = |name: &str, wanted: &str| {
                frame.passed_below.iter().any(|(child, row)| *child == name && row.name == wanted)
            };
            let found = need.any_of.0.iter().any(|wanted| match wanted.place {
                Where::Below(child) => below(child, wanted.name),
                _ => false,
            });
            if found {
                continue;
            }
            let parent = self.name(&frame.tag, frame.row);
            let names: Vec<String> = need
                .any_of
                .0
                .iter()
                .filter(|wanted| wanted.place == Where::Here)
                .map(|wanted| {
                    let (key, value) = wanted.attribute;
                    let prefix =
                        if wanted.prefix == frame.table.prefix { String::new() } else { format!("{}:", wanted.prefix) };
                    match (key, value) {
                        ("", _) => format!("`{prefix}{}`", wanted.name),
                        (key, "*") => format!("`{prefix}{} {key}`", wanted.name),
                        (key, value) => format!("`{prefix}{} {key}=\"{value}\"`", wanted.name),
                    }
                })
                .collect();
            let words = match names.as_slice() {
                [one] => format!("`{parent}` has no {one}"),
                [first, second] => format!("`{parent}` has neither {first} nor {second}"),
                _ => format!("`{parent}` has none of {}", names.join(", ")),
            };
            let at_start = *end == frame.tag || self.frames.is_empty();
            let place = if at_start { place::name(self.text, &frame.tag) } else { end.clone() };
            let said = Said::new("missing-element", need.weight, words, place);
            let help = format!("add {} to it", names[0]);
            let mut finding = said.help(help).w3c(&["MissingElement"]).finding(Some(&need.note));
            if !at_start {
                let opened = Place::Bytes(place::name(self.text, &frame.tag));
                finding = finding.label("it ends here").related(opened, "opened here");
            }
            let above = need.any_of.0.iter().any(|wanted| wanted.place == Where::Above);
            match self.frames.last_mut() {
                Some(parent) if above => parent.pending.push((need, finding)),
                _ => self.raise(finding),
            }
        }
        for (need, finding) in &frame.pending {
            let mut above = need.any_of.0.iter().filter(|wanted| wanted.place == Where::Above);
            if !above.any(|wanted| frame.passed.iter().any(|row| row.name == wanted.name)) {
                self.raise(finding.clone());
            }
        }
        // The children of a feed are many: only what may be asked for below an entry is kept.
        if let Some(parent) = self.frames.last_mut().filter(|parent| parent.row.class == Class::Entry) {
            parent.passed_below.extend(frame.passed.iter().map(|row| (frame.row.name, *row)));
        }
    }

    /// Judges the text of an element that ends.
    fn judge(&mut self, frame: &Frame) {
        let value = self.value[frame.value..].to_owned();
        let blank = value.trim().is_empty();
        match frame.inside {
            Inside::Text(kind) if !(blank && frame.children > 0) => self.text_of(frame, kind, &value),
            Inside::Div if frame.children == 0 => markup::div(self, frame),
            Inside::Div if frame.children > 1 => markup::div(self, frame),
            Inside::Div if frame.inner == 0 && kind::holds_markup(&value) => markup::escaped(self, frame),
            Inside::Elements | Inside::Nothing | Inside::Xml if !blank => {
                let Some(range) = &frame.text else { return };
                let name = self.name(&frame.tag, frame.row);
                let words = match frame.inside {
                    Inside::Nothing => format!("`{name}` must be empty"),
                    _ => format!("text stands in `{name}`, where only elements may"),
                };
                let said = Said::new("stray-text", frame.row.weight, words, place::bare(self.text, range));
                let finding = said.help("put it into an element, or remove it").w3c(&["UnexpectedText"]);
                self.raise(finding.finding(frame.row.note("stray-text")));
            }
            _ => {}
        }
    }
}

impl Frame {
    /// Whether it holds text.
    fn is_text(&self) -> bool {
        matches!(self.inside, Inside::Text(_))
    }
}

/// Whether an element may stand in a parent.
fn fits(row: &Element, parent: Option<&Frame>) -> bool {
    row.parents.0.iter().any(|wanted| match (wanted, parent) {
        (Parent::Anywhere, _) | (Parent::Root, None) => true,
        (Parent::In(prefix, name), Some(frame)) => *name == frame.row.name && *prefix == frame.table.prefix,
        (Parent::AnyFeed, Some(frame)) => frame.row.class == Class::Feed,
        (Parent::AnyEntry, Some(frame)) => frame.row.class == Class::Entry,
        _ => false,
    })
}

impl Watch for Vocabulary<'_> {
    fn open(&mut self, open: &Open<'_>) {
        if self.skipped > 0 {
            self.skipped += 1;
            self.declarations(&open.range);
            if let Some(frame) = self.frames.last_mut() {
                frame.inner += 1;
                if open.ns == Ns::NONE && matches!(frame.inside, Inside::Div) && !frame.homeless {
                    frame.homeless = true;
                    self.homeless(open);
                }
            }
            return;
        }
        if !self.begun {
            self.begun = true;
            self.root(open);
        }
        self.declarations(&open.range);
        let parent = self.frames.last();
        if parent.is_some_and(|parent| matches!(parent.inside, Inside::Div | Inside::Xml | Inside::Anything)) {
            markup::child(self, open);
            self.skipped = 1;
            return;
        }
        let Some(table) = self.table(open.ns, open.uri) else {
            if open.ns == Ns::NONE || open.ns == RSS {
                self.homeless(open);
            }
            self.skipped = 1;
            return;
        };
        let rows = table.rows(open.local);
        if rows.is_empty() {
            if !table.open {
                self.unknown(open, table);
            }
            if let Some(parent) = self.frames.last_mut() {
                parent.children += 1;
            }
            self.skipped = 1;
            return;
        }
        let Some(row) = rows.iter().find(|row| fits(row, self.frames.last())) else {
            self.misplaced(open, &rows[0]);
            if let Some(parent) = self.frames.last_mut() {
                parent.children += 1;
            }
            self.skipped = 1;
            return;
        };
        self.count(open, table, row);
        self.attributes(open, table, row);
        let mut frame = Frame {
            table,
            row,
            tag: open.range.clone(),
            inside: Inside::Anything,
            seen: self.seen.len(),
            met: 0,
            value: self.value.len(),
            text: None,
            children: 0,
            inner: 0,
            homeless: false,
            passed: Vec::new(),
            passed_below: Vec::new(),
            pending: Vec::new(),
            elsewhere: false,
        };
        frame.inside = match row.content {
            Content::Children => Inside::Elements,
            Content::Any => Inside::Anything,
            Content::Empty => Inside::Nothing,
            Content::Text(value) => {
                let holds = |variant: &&Variant| open.attributes.get(Ns::NONE, variant.attribute) == Some(variant.is);
                Inside::Text(row.variants.0.iter().find(holds).map_or(value, |variant| variant.text))
            }
            Content::AtomText => markup::text(self, open, row),
            Content::AtomBody => markup::content(self, open, row, &mut frame),
        };
        if let Some(note) = row.deprecated {
            let name = self.name(&open.range, row);
            let said = Said::new(
                "deprecated",
                Weight::May,
                format!("`{name}` is deprecated"),
                place::name(self.text, &open.range),
            );
            let help = if note.is_empty() { "leave it out".to_owned() } else { format!("use {note} instead") };
            self.raise(said.help(help).w3c(&["Deprecated"]).finding(row.note("deprecated")));
        }
        self.frames.push(frame);
    }

    fn text(&mut self, text: &str) {
        self.took = Took::Nothing;
        if self.skipped > 0 {
            if let Some(frame) = self.frames.last().filter(|frame| frame.inner == 0)
                && matches!(frame.inside, Inside::Div)
                && self.value.len() - frame.value < ENOUGH
            {
                self.value.push_str(text);
                self.took = Took::Text;
            }
            return;
        }
        let Some(frame) = self.frames.last() else { return };
        if matches!(frame.inside, Inside::Anything) {
            return;
        }
        let blank = text.trim_ascii().is_empty();
        // Blanks between elements say nothing; those of a value are a part of it.
        if blank && !matches!(frame.inside, Inside::Text(_)) {
            return;
        }
        self.value.push_str(text);
        self.took = if blank { Took::Blank } else { Took::Text };
    }

    fn text_at(&mut self, range: Range<usize>) {
        if self.took == Took::Nothing {
            return;
        }
        let Some(frame) = self.frames.last_mut() else { return };
        match &mut frame.text {
            Some(whole) if self.took == Took::Text => whole.end = range.end.max(whole.end),
            Some(_) => {}
            slot @ None => *slot = (self.took == Took::Text).then_some(range),
        }
    }

    fn close(&mut self, range: Range<usize>) {
        if self.skipped > 0 {
            self.skipped -= 1;
            return;
        }
        let Some(frame) = self.frames.pop() else { return };
        self.judge(&frame);
        self.missing(&frame, &range);
        self.seen.truncate(frame.seen);
        let value = self.value.split_off(frame.value);
        self.repeated(&frame, &value);
    }

    fn end(&mut self) {
        self.frames.clear();
    }
}

impl Value {
    /// Any text.
    pub(super) const TEXT: Value = Value { kind: kind::TEXT, words: List(&[]), retired: List(&[]) };
    /// Text without markup.
    pub(super) const PLAIN: Value = Value { kind: kind::ATOM_TEXT, words: List(&[]), retired: List(&[]) };
    /// HTML.
    pub(super) const HTML: Value = Value { kind: kind::HTML, words: List(&[]), retired: List(&[]) };
    /// A whole page.
    pub(super) const PAGE: Value = Value { kind: kind::PAGE, words: List(&[]), retired: List(&[]) };
    /// Bytes in base64.
    pub(super) const BASE64: Value = Value { kind: kind::BASE64, words: List(&[]), retired: List(&[]) };
}
