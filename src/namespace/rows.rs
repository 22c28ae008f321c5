//! Tokens of one element, collected: as rows, or as a text with its markup.

use std::ops::Range;

use super::{
    XHTML,
    date::Reading,
    element::uri_of,
    field::Level,
    markup::Markup,
    meaning::Meaning,
    name::Names,
    opened::{self, Opened},
};
use crate::{
    model::Node,
    syntax::xml::{Ns, Xml, write},
};

/// How the elements inside of an element are collected.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Way {
    /// As rows.
    Rows,
    /// As text; from the first element on as markup.
    Text,
    /// As XHTML, without the `div` around it.
    Xhtml,
    /// As XML.
    Xml,
    /// Not at all: it is no part of the feed.
    Skip,
    /// Not at all: nobody asks for it.
    Pass,
}

/// An open row.
#[derive(Debug)]
struct OpenRow {
    row: usize,
    /// Whether text other than blanks stands directly in it, or it is XHTML: its blanks count then.
    mixed: bool,
    /// Where the blanks found directly in it begin in `blanks`.
    blanks: usize,
}

/// An element on its way. Its buffers are used again for the next one.
#[derive(Debug)]
pub(crate) struct Rows {
    /// What it says, where that is known.
    pub(crate) meaning: Option<Meaning>,
    /// Where it stands.
    pub(crate) level: Level,
    /// It and what is in it.
    pub(crate) rows: Vec<Node>,
    /// Its text before the first child, or all of it with `markup`.
    pub(crate) text: String,
    /// Whether `text` is markup.
    pub(crate) markup: bool,
    /// `xml:base` there.
    pub(crate) base: Option<String>,
    /// `xml:lang` there, where it is not that of the item or feed.
    pub(crate) language: Option<String>,
    /// The bytes from its start tag on.
    pub(crate) range: Range<usize>,
    /// The first piece of a date's text, read.
    pub(crate) date: Option<Reading>,
    pub(crate) way: Way,
    writer: Markup,
    /// Whether the `div` around XHTML is open: it is left out.
    in_div: bool,
    /// How many elements are open, counting this one.
    pub(crate) depth: usize,
    open: Vec<OpenRow>,
    /// Rows whose text (true) or tail (false) is blank, with the rows that they stand in still open.
    blanks: Vec<(usize, bool)>,
    last: Option<usize>,
}

impl Default for Rows {
    fn default() -> Self {
        Rows {
            meaning: None,
            level: Level::Feed,
            rows: Vec::new(),
            text: String::new(),
            markup: false,
            base: None,
            language: None,
            range: 0..0,
            date: None,
            way: Way::Rows,
            writer: Markup::xhtml(),
            in_div: false,
            depth: 0,
            open: Vec::new(),
            blanks: Vec::new(),
            last: None,
        }
    }
}

impl Rows {
    /// Begins an element.
    pub(crate) fn begin(&mut self, node: Node, meaning: Option<Meaning>, level: Level, way: Way, at: usize) {
        self.meaning = meaning;
        self.level = level;
        self.rows.clear();
        self.text.clear();
        self.markup = matches!(way, Way::Xhtml | Way::Xml);
        self.base = None;
        self.language = None;
        self.range = at..at;
        self.date = None;
        self.way = way;
        self.writer.reset(way != Way::Xml);
        self.in_div = false;
        self.depth = 1;
        self.open.clear();
        self.blanks.clear();
        self.last = None;
        let mixed = node.name.namespace() == uri_of(XHTML);
        self.rows.push(node);
        self.open.push(OpenRow { row: 0, mixed, blanks: 0 });
    }

    /// Begins an element that is passed over.
    pub(crate) fn pass(&mut self, level: Level, at: usize) {
        self.meaning = None;
        self.level = level;
        self.text.clear();
        self.range = at..at;
        self.date = None;
        self.way = Way::Pass;
        self.depth = 1;
    }

    /// Takes a start tag inside of it. True when that is the `div` around XHTML, whose base and language count.
    pub(crate) fn open(&mut self, opened: &Opened, ns: Ns, names: &mut Names, xml: &Xml<'_>) -> bool {
        self.depth += 1;
        match self.way {
            Way::Skip | Way::Pass => {}
            Way::Rows => {
                if self.rows.len() == 1 {
                    self.rows[0].text.push_str(&self.text);
                    if let Some(open) = self.open.first_mut() {
                        open.mixed |= !self.text.trim_ascii().is_empty();
                    }
                }
                let depth = u16::try_from(self.depth - 1).unwrap_or(u16::MAX);
                let node = opened.row(ns, depth, names, xml);
                let inside_html = self.open.last().is_some_and(|open| open.mixed && self.is_html(open.row));
                let mixed = inside_html || node.name.namespace() == uri_of(XHTML);
                self.open.push(OpenRow { row: self.rows.len(), mixed, blanks: self.blanks.len() });
                self.rows.push(node);
                self.last = None;
            }
            Way::Text | Way::Xhtml | Way::Xml => {
                if !self.markup {
                    self.markup = true;
                    let text = std::mem::take(&mut self.text);
                    write::text(&mut self.text, &text);
                }
                let bare = opened.attributes().all(|attribute| attribute.0 == super::XML);
                let first = self.depth == 2 && self.text.trim().is_empty();
                if self.way == Way::Xhtml && first && bare && opened.lower() == "div" {
                    self.in_div = true;
                    self.text.clear();
                    return true;
                }
                let attributes = opened.attributes();
                let attributes =
                    attributes.map(|(ns, prefix, local, value)| (opened::uri(ns, xml), prefix, local, value));
                self.writer.open(&mut self.text, opened::uri(ns, xml), opened.local(), attributes);
            }
        }
        false
    }

    fn is_html(&self, row: usize) -> bool {
        self.rows.get(row).is_some_and(|node| node.name.namespace() == uri_of(XHTML))
    }

    /// Takes text inside of it.
    pub(crate) fn text(&mut self, text: &str) {
        match self.way {
            Way::Skip | Way::Pass => {}
            Way::Rows if self.rows.len() == 1 => self.text.push_str(text),
            Way::Rows => {
                let Some(open) = self.open.last_mut() else { return };
                let row = open.row;
                let blank = text.trim_ascii().is_empty();
                open.mixed |= !blank;
                let (slot, own) = match self.last {
                    Some(last) => (&mut self.rows[last].tail, (last, false)),
                    None => (&mut self.rows[row].text, (row, true)),
                };
                if slot.is_empty() && blank {
                    self.blanks.push(own);
                }
                slot.push_str(text);
            }
            Way::Text if !self.markup => self.text.push_str(text),
            Way::Text | Way::Xhtml | Way::Xml => self.writer.text(&mut self.text, text),
        }
    }

    /// Takes an end tag; true when it is the element's own.
    pub(crate) fn close(&mut self) -> bool {
        self.depth = self.depth.saturating_sub(1);
        match self.way {
            Way::Skip | Way::Pass => {}
            Way::Rows => {
                let Some(open) = self.open.pop() else { return true };
                let children = self.rows.len() > open.row + 1;
                if children && !open.mixed {
                    // Indentation. The first row's text went into it before its first child.
                    for &(row, own) in &self.blanks[open.blanks..] {
                        if own { self.rows[row].text.clear() } else { self.rows[row].tail.clear() }
                    }
                    if self.rows[open.row].text.trim_ascii().is_empty() {
                        self.rows[open.row].text.clear();
                    }
                }
                self.blanks.truncate(open.blanks);
                self.last = Some(open.row);
            }
            Way::Text | Way::Xhtml | Way::Xml if self.depth == 1 && self.in_div => self.in_div = false,
            Way::Text | Way::Xhtml | Way::Xml if self.depth > 0 && self.markup => self.writer.close(&mut self.text),
            Way::Text | Way::Xhtml | Way::Xml => {}
        }
        self.depth == 0
    }
}
