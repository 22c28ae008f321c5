//! An element that was read whole, or was kept: what the fields of the hub are filled from.

use std::ops::Range;

use super::{NAMESPACES, Ns, RDF, SLUGLINE, XML};
use crate::{
    model::{Attribute, Node},
    namespace::date::Reading,
    syntax::lanes,
};

/// An element, its text beside it.
#[derive(Debug, Clone)]
pub(crate) struct Element<'r> {
    /// Its name and attributes. Its text is in `text`.
    pub(crate) node: &'r Node,
    /// The rows of what is in it.
    pub(crate) children: &'r [Node],
    /// Its text before the first child; all of it, markup included, where `markup` is set.
    pub(crate) text: &'r str,
    /// Whether `text` is markup made of its children.
    pub(crate) markup: bool,
    /// `xml:base` there.
    pub(crate) base: Option<&'r str>,
    /// `xml:lang` there, where it is not the item's.
    pub(crate) language: Option<&'r str>,
    /// The bytes of the element.
    pub(crate) range: Range<usize>,
    /// The text as a date, where it was read as one already.
    pub(crate) date: Option<Reading>,
}

impl<'r> Element<'r> {
    /// An element of kept rows.
    pub(crate) fn kept(rows: &'r [Node]) -> Option<Self> {
        let (node, children) = rows.split_first()?;
        let xml = |local| attribute(node, XML, local);
        Some(Element {
            node,
            children,
            text: &node.text,
            markup: false,
            base: xml("base"),
            language: xml("lang"),
            range: 0..0,
            date: None,
        })
    }

    /// The value of an attribute without namespace.
    pub(crate) fn get(&self, local: &str) -> Option<&'r str> {
        attribute(self.node, Ns::NONE, local)
    }

    /// The value of an attribute without namespace, unless it is blank.
    pub(crate) fn filled(&self, local: &str) -> Option<&'r str> {
        self.get(local).map(str::trim).filter(|value| !value.is_empty())
    }

    /// The value of an attribute of slugline's own.
    pub(crate) fn own(&self, local: &str) -> Option<&'r str> {
        attribute(self.node, SLUGLINE, local)
    }

    /// The text without the blanks around it.
    pub(crate) fn trimmed(&self) -> &'r str {
        self.text.trim()
    }

    /// Whether it has no other attributes than these (and slugline's own, and those of XML), and no children.
    pub(crate) fn has_only(&self, attributes: &[&str]) -> bool {
        (self.children.is_empty() || self.markup) && self.attributes_are(attributes)
    }

    /// Whether it has no other attributes than these, slugline's own, and those of XML.
    pub(crate) fn attributes_are(&self, attributes: &[&str]) -> bool {
        self.node.attributes.iter().all(|attribute| match attribute.name.namespace() {
            "" => attributes.iter().any(|known| attribute.name.local().eq_ignore_ascii_case(known)),
            // RSS 1.0 names its parts for RDF; the order of elements says the same.
            uri if uri == uri_of(RDF) => matches!(attribute.name.local(), "about" | "resource" | "parseType"),
            uri => uri == uri_of(SLUGLINE) || uri == uri_of(XML),
        })
    }

    /// The children at the top, each with its subtree.
    pub(crate) fn elements(&self) -> impl Iterator<Item = &'r [Node]> + use<'r> {
        elements(self.children)
    }
}

/// The URI of a known namespace.
pub(crate) fn uri_of(ns: Ns) -> &'static str {
    usize::from(ns.0).checked_sub(1).and_then(|at| NAMESPACES.get(at)).map_or("", |known| known.uri)
}

/// The value of a row's attribute.
pub(crate) fn attribute<'r>(node: &'r Node, ns: Ns, local: &str) -> Option<&'r str> {
    let uri = uri_of(ns);
    let exact = |a: &&Attribute| lanes::same(a.name.local(), local) && lanes::same(a.name.namespace(), uri);
    // Feeds get the case of their own names wrong.
    let loose = |a: &&Attribute| a.name.namespace().is_empty() && a.name.local().eq_ignore_ascii_case(local);
    let found = node.attributes.iter().find(exact);
    let found = found.or_else(|| if uri.is_empty() { node.attributes.iter().find(loose) } else { None });
    found.map(|attribute| attribute.value.as_str())
}

/// Rows split into the elements at their top, each with its subtree.
pub(crate) fn elements<'r>(rows: &'r [Node]) -> impl Iterator<Item = &'r [Node]> + use<'r> {
    let mut rest = rows;
    std::iter::from_fn(move || {
        let first = rest.first()?;
        let len = 1 + rest[1..].iter().take_while(|node| node.depth > first.depth).count();
        let (element, others) = rest.split_at(len);
        rest = others;
        Some(element)
    })
}

/// All the text in an element, that of its children too.
pub(crate) fn whole_text(rows: &[Node]) -> String {
    let mut text = String::new();
    let mut tails: Vec<(u16, &str)> = Vec::new();
    for (at, node) in rows.iter().enumerate() {
        while let Some(&(depth, tail)) = tails.last()
            && depth >= node.depth
        {
            text.push_str(tail);
            tails.pop();
        }
        text.push_str(&node.text);
        if at > 0 {
            tails.push((node.depth, &node.tail));
        }
    }
    while let Some((_, tail)) = tails.pop() {
        text.push_str(tail);
    }
    text
}
