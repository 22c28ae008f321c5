//! Tokens to parts. It looks on while somebody else reads the feed.

use std::ops::Range;

use super::{
    Dialect, Looks, Part,
    part::{Attribute, Element},
};
use crate::{
    kept::Text,
    namespace::{ATOM, ATOM_03, NAMESPACES, RDF, RSS, XML},
    syntax::xml::{Ns, Open, Watch},
};

/// Shows an XML feed to the rules. It is a [`Watch`]; [`Viewer::finish`] must be called when the reader has ended.
#[derive(Debug)]
pub(crate) struct Viewer<'t, 'l> {
    looks: Looks<'l>,
    head: Part<'t>,
    item: Part<'t>,
    in_item: bool,
    /// How many items have ended.
    items: usize,
    frames: Vec<Frame>,
    /// The texts of the open elements, the outermost first.
    value: String,
    /// What the namespace of the root counts for, where that is none that feeds may have.
    mistaken: Option<Ns>,
    finished: bool,
    /// The items that have ended, where their text is kept no longer than it must.
    ended: Vec<Range<usize>>,
    streams: bool,
}

#[derive(Debug)]
struct Frame {
    in_item: bool,
    /// Its number in its part.
    element: usize,
    /// Where its text begins.
    value: usize,
    range: Option<Range<usize>>,
    based: bool,
}

impl<'t, 'l> Viewer<'t, 'l> {
    /// Shows the feed in `source` to `looks`.
    pub(crate) fn new(source: impl Into<Text<'t>>, looks: Looks<'l>) -> Self {
        let source = source.into();
        Viewer {
            looks,
            head: Part::new(source),
            item: Part::new(source),
            in_item: false,
            items: 0,
            frames: Vec::new(),
            value: String::new(),
            mistaken: None,
            finished: false,
            ended: Vec::new(),
            streams: matches!(source, Text::Streamed(_)),
        }
    }

    /// The namespace that counts.
    fn effective(&self, ns: Ns) -> Ns {
        if self.mistaken == Some(ns) {
            ATOM
        } else if ns == RSS {
            Ns::NONE
        } else {
            ns
        }
    }

    fn root(&mut self, open: &Open<'_>) {
        let foreign = open.ns == Ns::NONE || usize::from(open.ns.0) > NAMESPACES.len();
        let dialect = match open.local {
            "feed" | "entry" => {
                self.mistaken = foreign.then_some(open.ns);
                Dialect::Atom
            }
            "RDF" if open.ns == RDF => Dialect::Rdf,
            _ => Dialect::Rss,
        };
        (self.head.dialect, self.item.dialect) = (dialect, dialect);
    }

    /// Whether the element begins an item.
    fn is_item(&self, open: &Open<'_>) -> bool {
        if self.in_item || !matches!(open.local, "item" | "entry") {
            return false;
        }
        let ns = self.effective(open.ns);
        let parent = self.frames.last().map(|frame| &self.head.elements[frame.element]);
        let inside = parent.is_none_or(|parent| {
            parent.depth == 0 || parent.depth == 1 && &self.head.arena[parent.local.clone()] == "channel"
        });
        inside && matches!(ns, Ns::NONE | ATOM | ATOM_03)
    }

    fn pop(&mut self, end: Range<usize>) {
        let Some(frame) = self.frames.pop() else { return };
        let part = if frame.in_item { &mut self.item } else { &mut self.head };
        let text = part.keep(&self.value[frame.value..]);
        let element = &mut part.elements[frame.element];
        element.text = text;
        element.value = frame.range;
        element.end = end;
        self.value.truncate(frame.value);
        if frame.in_item && frame.element == 0 {
            self.item.index = self.items;
            self.item.settle();
            self.looks.item(&self.item);
            if self.streams
                && let Some(range) = self.item.bytes()
            {
                self.ended.push(range);
            }
            self.items += 1;
            self.item.clear();
            self.in_item = false;
        }
    }

    /// The bytes of the items that have ended since the last call: nobody looks at them any more.
    pub(crate) fn take_ended(&mut self) -> Vec<Range<usize>> {
        std::mem::take(&mut self.ended)
    }

    /// What the rules found so far.
    pub(crate) fn take_findings(&mut self) -> Vec<crate::finding::Finding> {
        self.looks.take_findings()
    }

    /// Ends what is open, and shows the head. What the rules found.
    pub(crate) fn finish(&mut self) -> Vec<crate::finding::Finding> {
        if !self.finished {
            self.finished = true;
            while !self.frames.is_empty() {
                self.pop(0..0);
            }
            self.head.index = self.items;
            self.head.settle();
            self.looks.end(&self.head);
        }
        self.looks.take_findings()
    }
}

impl Watch for Viewer<'_, '_> {
    fn open(&mut self, open: &Open<'_>) {
        if self.frames.is_empty() && self.head.is_empty() {
            self.root(open);
        }
        let ns = self.effective(open.ns);
        if self.is_item(open) {
            self.in_item = true;
        }
        let around = self.frames.last();
        let based = around.is_some_and(|frame| frame.based) || open.attributes.get(XML, "base").is_some();
        let depth = match around {
            Some(frame) if frame.in_item == self.in_item => {
                let part = if frame.in_item { &self.item } else { &self.head };
                part.elements[frame.element].depth + 1
            }
            _ => 0,
        };
        let part = if self.in_item { &mut self.item } else { &mut self.head };
        let first = part.attributes.len();
        for attribute in open.attributes.iter() {
            let ns = attribute.ns;
            let prefix = part.keep(attribute.prefix);
            let local = part.keep(attribute.local);
            let value = part.keep(attribute.value);
            part.attributes.push(Attribute { ns, prefix, local, value });
        }
        let element = Element {
            depth,
            ns,
            prefix: part.keep(open.prefix),
            local: part.keep(open.local),
            attributes: first..part.attributes.len(),
            text: 0..0,
            tag: open.range.clone(),
            value: None,
            end: 0..0,
            based,
            document: self.frames.is_empty(),
        };
        part.elements.push(element);
        self.frames.push(Frame {
            in_item: self.in_item,
            element: part.elements.len() - 1,
            value: self.value.len(),
            range: None,
            based,
        });
    }

    fn text(&mut self, text: &str) {
        if !self.frames.is_empty() {
            self.value.push_str(text);
        }
    }

    fn text_at(&mut self, range: Range<usize>) {
        let Some(frame) = self.frames.last_mut() else { return };
        match &mut frame.range {
            Some(whole) => whole.end = range.end.max(whole.end),
            slot @ None => *slot = Some(range),
        }
    }

    fn close(&mut self, range: Range<usize>) {
        self.pop(range);
    }

    fn end(&mut self) {}
}
