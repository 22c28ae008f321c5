//! The walk: tokens to findings. It looks on while somebody else reads the feed.

use std::ops::Range;

use super::{
    at_hand::AtHand,
    declared::Declared,
    find,
    frame::{Frame, Inside, Seen},
    kind, markup, place,
    say::{Said, short},
    table::{Class, Content, Element, Parent, Table, Variant, Weight},
};
use crate::{
    finding::Finding,
    kept::Text,
    namespace::{ATOM, ATOM_03, NAMESPACES, RSS},
    syntax::xml::{Ns, Open, Watch},
};

/// Findings for which a remedy is sought among the names of a table: nobody reads more.
pub(super) const ADVISED: usize = 1000;

/// Findings that are kept: enough to say that the feed is none.
const KEPT: usize = 100_000;

/// Children of one element that are compared with each other.
pub(super) const COMPARED: usize = 500;

/// Bytes of XHTML's text that are looked at for escaped markup.
const ENOUGH: usize = 1 << 16;

/// Checks a feed against the tables. It is a [`Watch`]; what it found is in [`Vocabulary::take_findings`].
#[derive(Debug)]
pub(crate) struct Vocabulary<'t> {
    pub(super) text: Text<'t>,
    own: Vec<&'static Table>,
    /// The table of elements without a namespace.
    home: Option<&'static Table>,
    /// A namespace that the root was put in by mistake: it counts for that table.
    mistaken: Option<(Ns, &'static Table)>,
    /// Whether the root was met.
    begun: bool,
    pub(super) frames: Vec<Frame>,
    /// How many elements are open of which nothing is known, or wanted.
    skipped: usize,
    pub(super) seen: Vec<Seen>,
    value: String,
    /// Whether the last piece of text goes to the innermost frame.
    took: Took,
    pub(super) declared: Declared,
    pub(super) findings: Vec<Finding>,
    /// Rows that were asked for: the same few elements come again in every item.
    rows: AtHand,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Took {
    Nothing,
    Blank,
    Text,
}

impl<'t> Vocabulary<'t> {
    /// Looks on while `text` is read. `own` are a site's tables: they come before built-in ones.
    pub(crate) fn new(text: impl Into<Text<'t>>, own: &[&'static Table]) -> Self {
        Vocabulary {
            text: text.into(),
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
            rows: AtHand::default(),
        }
    }

    /// What was found since the last call.
    pub(crate) fn take_findings(&mut self) -> Vec<Finding> {
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
                let start = self.text.get(open.range.clone());
                let old = |start: &str| start.contains("netscape.com/rdf/simple/0.9");
                known(if start.as_deref().is_some_and(old) { "rss090" } else { "rss1" })
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
        short(written.as_deref().unwrap_or(row.name))
    }

    /// Judges the text of an element that ends.
    fn judge(&mut self, frame: &Frame, value: &str, end: &Range<usize>) {
        let blank = value.trim().is_empty();
        match frame.inside {
            Inside::Text(kind) if !(blank && frame.children > 0) => self.text_of(frame, kind, value),
            Inside::Div if frame.children != 1 => markup::div(self, frame, end),
            Inside::Div if frame.inner == 0 && kind::holds_markup(value) => markup::escaped(self, frame),
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
            self.declarations(open);
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
        self.declarations(open);
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
        let rows = self.rows.of(table, open.local);
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
        // The text of this element is the last of all that is kept: lent, so that no body is copied.
        let mut value = std::mem::take(&mut self.value);
        self.judge(&frame, &value[frame.value..], &range);
        self.missing(&frame, &range);
        self.seen.truncate(frame.seen);
        self.repeated(&frame, &value[frame.value..]);
        value.truncate(frame.value);
        self.value = value;
    }

    fn end(&mut self) {
        self.frames.clear();
    }
}
