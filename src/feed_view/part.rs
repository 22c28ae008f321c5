//! An item, or a feed's head, as a flat list of elements.

use std::{cell::RefCell, ops::Range};

use super::{
    fields::{Kind, Role},
    place,
};
use crate::{date, finding::Place, kept::Text, namespace::Ns, vocabulary::place as tag};

/// What a feed is written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum Dialect {
    /// RSS 0.91 to 2.0: `rss`.
    #[default]
    Rss,
    /// RSS 0.90 and 1.0: `RDF`.
    Rdf,
    /// Atom.
    Atom,
    /// JSON Feed.
    Json,
}

/// Dates of a part that are read once: nearly all parts have fewer.
const MOMENTS: usize = 8;

/// An item or a head. Its first element is the item's own (`item`, `entry`), or the document's (`rss`, `feed`).
#[derive(Debug)]
pub(crate) struct Part<'t> {
    /// The source.
    pub source: Text<'t>,
    /// What it is written in.
    pub dialect: Dialect,
    /// Which item it is, counted from 0; in the head, how many there are.
    pub index: usize,
    pub(super) elements: Vec<Element>,
    pub(super) attributes: Vec<Attribute>,
    pub(super) arena: String,
    /// The elements right in the item or feed, once it is whole: every rule asks for them.
    top: Vec<usize>,
    /// Which of them are texts, likewise.
    pub(super) texts: Vec<(usize, Role, Kind)>,
    /// What the texts of elements say as dates, of those that were asked for: several rules ask.
    moments: RefCell<Vec<(usize, Option<date::Moment>)>>,
}

/// An element of a part.
#[derive(Debug, Clone)]
pub(super) struct Element {
    pub(super) depth: u16,
    pub(super) ns: Ns,
    pub(super) prefix: Range<usize>,
    pub(super) local: Range<usize>,
    pub(super) attributes: Range<usize>,
    /// Its text, of which that of elements in it is no part.
    pub(super) text: Range<usize>,
    /// The bytes of its start tag; in JSON, of its key.
    pub(super) tag: Range<usize>,
    /// The bytes of its text, from its first piece to its last.
    pub(super) value: Option<Range<usize>>,
    /// The bytes of its end tag, or of what ended it; none in JSON.
    pub(super) end: Range<usize>,
    /// Whether an address in it is relative to one that is known.
    pub(super) based: bool,
    /// Whether it is the document: the outermost element.
    pub(super) document: bool,
}

/// An attribute of an element.
#[derive(Debug, Clone)]
pub(super) struct Attribute {
    pub(super) ns: Ns,
    pub(super) prefix: Range<usize>,
    pub(super) local: Range<usize>,
    pub(super) value: Range<usize>,
}

impl<'t> Part<'t> {
    /// A part of `source` without elements.
    pub(crate) fn new(source: impl Into<Text<'t>>) -> Self {
        Part {
            source: source.into(),
            dialect: Dialect::default(),
            index: 0,
            elements: Vec::new(),
            attributes: Vec::new(),
            arena: String::new(),
            top: Vec::new(),
            texts: Vec::new(),
            moments: RefCell::default(),
        }
    }

    /// Makes room for the next item.
    pub(super) fn clear(&mut self) {
        self.elements.clear();
        self.attributes.clear();
        self.arena.clear();
        self.top.clear();
        self.texts.clear();
        self.moments.get_mut().clear();
    }

    /// Makes it ready to be shown: all its elements are there.
    pub(super) fn settle(&mut self) {
        let mut top = std::mem::take(&mut self.top);
        top.clear();
        top.extend(self.frame().into_iter().flat_map(|frame| frame.children()).map(|elem| elem.index));
        self.top = top;
        let mut texts = std::mem::take(&mut self.texts);
        texts.clear();
        texts.extend(self.top().filter_map(|elem| self.text(elem).map(|(role, kind)| (elem.index, role, kind))));
        self.texts = texts;
    }

    /// Keeps a text; where it is kept.
    pub(super) fn keep(&mut self, text: &str) -> Range<usize> {
        let start = self.arena.len();
        self.arena.push_str(text);
        start..self.arena.len()
    }

    /// Whether it has no elements: a document that is a single entry has no head.
    pub(crate) fn is_empty(&self) -> bool {
        self.elements.is_empty()
    }

    /// Its bytes, from the start tag of its first element to the end tag of that.
    pub(super) fn bytes(&self) -> Option<Range<usize>> {
        self.elements.first().map(|first| first.tag.start..first.end.end)
    }

    /// The item's own element, or the document's.
    pub(crate) fn root(&self) -> Option<Elem<'_, 't>> {
        (!self.is_empty()).then_some(Elem { part: self, index: 0 })
    }

    /// The element that is the item, or the feed: `item`, `entry`, `channel`, `feed`.
    pub(crate) fn frame(&self) -> Option<Elem<'_, 't>> {
        let root = self.root()?;
        if matches!(root.local(), "rss" | "RDF") {
            return root.children().find(|child| child.local() == "channel");
        }
        Some(root)
    }

    /// What stands right in the item or feed.
    pub(crate) fn top(&self) -> impl Iterator<Item = Elem<'_, 't>> {
        self.top.iter().map(|&index| Elem { part: self, index })
    }

    /// The element of a number.
    pub(super) fn elem(&self, index: usize) -> Elem<'_, 't> {
        Elem { part: self, index }
    }

    /// The first child of the item or feed of that name.
    pub(crate) fn child(&self, ns: Ns, local: &str) -> Option<Elem<'_, 't>> {
        self.top().find(|child| child.is(ns, local))
    }
}

/// An element of a [`Part`].
#[derive(Debug, Clone, Copy)]
pub(crate) struct Elem<'p, 't> {
    part: &'p Part<'t>,
    index: usize,
}

impl<'p, 't> Elem<'p, 't> {
    fn row(&self) -> &'p Element {
        &self.part.elements[self.index]
    }

    fn piece(&self, range: &Range<usize>) -> &'p str {
        &self.part.arena[range.clone()]
    }

    /// Its namespace; RSS's own stand for none.
    pub(crate) fn ns(&self) -> Ns {
        self.row().ns
    }

    /// Its prefix; empty for none.
    pub(crate) fn prefix(&self) -> &'p str {
        self.piece(&self.row().prefix)
    }

    /// Its local name; in JSON, its key.
    pub(crate) fn local(&self) -> &'p str {
        self.piece(&self.row().local)
    }

    /// Whether it has that name.
    pub(crate) fn is(&self, ns: Ns, local: &str) -> bool {
        let row = self.row();
        row.ns == ns && row.local.len() == local.len() && self.piece(&row.local) == local
    }

    /// Its text, with blanks.
    pub(crate) fn raw(&self) -> &'p str {
        self.piece(&self.row().text)
    }

    /// Its text, without the blanks around it.
    pub(crate) fn text(&self) -> &'p str {
        self.raw().trim()
    }

    /// What its text says as a date.
    pub(crate) fn moment(&self) -> Option<date::Moment> {
        let known =
            self.part.moments.borrow().iter().find(|(index, _)| *index == self.index).map(|(_, moment)| *moment);
        known.unwrap_or_else(|| {
            let moment = date::read(self.text()).0.moment;
            let mut moments = self.part.moments.borrow_mut();
            if moments.len() < MOMENTS {
                moments.push((self.index, moment));
            }
            moment
        })
    }

    /// An attribute without namespace.
    pub(crate) fn get(&self, local: &str) -> Option<&'p str> {
        self.get_in(Ns::NONE, local)
    }

    /// An attribute.
    pub(crate) fn get_in(&self, ns: Ns, local: &str) -> Option<&'p str> {
        let rows = &self.part.attributes[self.row().attributes.clone()];
        let row = rows.iter().find(|row| row.ns == ns && self.piece(&row.local) == local)?;
        Some(self.piece(&row.value))
    }

    /// Its attributes: namespace, local name, value.
    pub(crate) fn attributes(&self) -> impl Iterator<Item = (Ns, &'p str, &'p str)> + use<'p, 't> {
        let elem = *self;
        let rows = &self.part.attributes[self.row().attributes.clone()];
        rows.iter().map(move |row| (row.ns, elem.piece(&row.local), elem.piece(&row.value)))
    }

    /// Whether what is relative in it has an address to be relative to: `xml:base`.
    pub(crate) fn is_based(&self) -> bool {
        self.row().based
    }

    /// The elements in it, one level down.
    pub(crate) fn children(&self) -> impl Iterator<Item = Elem<'p, 't>> + use<'p, 't> {
        let (part, depth) = (self.part, self.row().depth);
        let inside = self.inside();
        inside.filter(move |elem| part.elements[elem.index].depth == depth + 1)
    }

    /// The elements in it, on every level.
    pub(crate) fn inside(&self) -> impl Iterator<Item = Elem<'p, 't>> + use<'p, 't> {
        let (part, depth) = (self.part, self.row().depth);
        let rest = self.index + 1..part.elements.len();
        rest.take_while(move |&index| part.elements[index].depth > depth).map(move |index| Elem { part, index })
    }

    /// The first child of that name.
    pub(crate) fn child(&self, ns: Ns, local: &str) -> Option<Elem<'p, 't>> {
        self.children().find(|child| child.is(ns, local))
    }

    /// The place of its name.
    pub(crate) fn at_name(&self) -> Place {
        let row = self.row();
        if self.part.dialect == Dialect::Json {
            return Place::Bytes(row.tag.clone());
        }
        Place::Bytes(tag::name(self.part.source, &row.tag))
    }

    /// The place of what is missing in it.
    pub(crate) fn at_missing(&self) -> Place {
        if self.part.dialect == Dialect::Json {
            return self.at_name();
        }
        let row = self.row();
        tag::missing(self.part.source, &row.tag, &row.end, row.document)
    }

    /// The place of its text; of its name where it has none.
    pub(crate) fn at_text(&self) -> Place {
        match &self.row().value {
            Some(range) if self.part.dialect == Dialect::Json => Place::Bytes(range.clone()),
            Some(range) => Place::Bytes(tag::bare(self.part.source, range)),
            None => self.at_name(),
        }
    }

    /// The place of an attribute's value; of the element's name where it is not there.
    pub(crate) fn at_attribute(&self, ns: Ns, local: &str) -> Place {
        match self.written(ns, local) {
            Some(written) if written.value.is_empty() => Place::Bytes(written.key),
            Some(written) => Place::Bytes(written.value),
            None => self.at_name(),
        }
    }

    /// The place of an attribute's name; of the element's where it is not there.
    pub(crate) fn at_key(&self, ns: Ns, local: &str) -> Place {
        self.written(ns, local).map_or_else(|| self.at_name(), |written| Place::Bytes(written.key))
    }

    fn written(&self, ns: Ns, local: &str) -> Option<tag::Written> {
        let rows = &self.part.attributes[self.row().attributes.clone()];
        let row = rows.iter().find(|row| row.ns == ns && self.piece(&row.local) == local)?;
        tag::attribute(self.part.source, &self.row().tag, self.piece(&row.prefix), local)
    }

    /// The place of a piece of [`Elem::raw`], from `cursor`, which must be used for one element, and go forwards.
    pub(crate) fn at(&self, piece: Range<usize>, cursor: &mut place::Cursor) -> Place {
        match &self.row().value {
            Some(whole) => {
                let json = self.part.dialect == Dialect::Json;
                Place::Bytes(cursor.locate(self.part.source, whole, self.raw(), piece, json))
            }
            None => self.at_name(),
        }
    }

    /// The bytes of its start tag; in JSON, of its key.
    pub(crate) fn tag(&self) -> Range<usize> {
        self.row().tag.clone()
    }

    /// The bytes of its text as written, from its first piece to its last.
    pub(crate) fn value(&self) -> Option<Range<usize>> {
        self.row().value.clone()
    }
}
