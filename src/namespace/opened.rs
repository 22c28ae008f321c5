//! A start tag, copied out of the token that lent it, so that the tokenizer can be asked about it.

use std::ops::Range;

use super::{NAMESPACES, Ns, name::Names};
use crate::{
    model::{self, Name, Node},
    syntax::{
        lanes,
        xml::{AttributeRow, Open, Xml},
    },
};

/// A start tag. Its buffers are used again for the next one.
#[derive(Debug)]
pub(crate) struct Opened {
    /// Its namespace.
    pub(crate) ns: Ns,
    /// What the tag is made of, then its local name in lower case.
    text: String,
    prefix: Range<usize>,
    local: Range<usize>,
    lower: Range<usize>,
    attributes: Vec<AttributeRow>,
}

impl Default for Opened {
    fn default() -> Self {
        let (text, attributes) = (String::new(), Vec::new());
        Opened { ns: Ns::NONE, text, prefix: 0..0, local: 0..0, lower: 0..0, attributes }
    }
}

impl Opened {
    /// Takes over a token.
    pub(crate) fn take(&mut self, open: &Open<'_>) {
        self.ns = open.ns;
        (self.prefix, self.local) = open.copy_to(&mut self.text, &mut self.attributes);
        let start = self.text.len();
        self.text.push_str(open.local);
        self.lower = start..self.text.len();
        self.text[start..].make_ascii_lowercase();
    }

    /// Its prefix; empty for none.
    pub(crate) fn prefix(&self) -> &str {
        &self.text[self.prefix.clone()]
    }

    /// Its name with its prefix, as written, in place of what was in `name`.
    pub(crate) fn written(&self, name: &mut String) {
        name.clear();
        if !self.prefix.is_empty() {
            name.push_str(self.prefix());
            name.push(':');
        }
        name.push_str(self.local());
    }

    /// Its local name, as written.
    pub(crate) fn local(&self) -> &str {
        &self.text[self.local.clone()]
    }

    /// Its local name, in lower case.
    pub(crate) fn lower(&self) -> &str {
        &self.text[self.lower.clone()]
    }

    /// Its attributes: namespace, prefix, local name, value.
    pub(crate) fn attributes(&self) -> impl Iterator<Item = (Ns, &str, &str, &str)> {
        let part = |range: &Range<u32>| &self.text[range.start as usize..range.end as usize];
        self.attributes.iter().map(move |row| (row.ns, part(&row.prefix), part(&row.local), part(&row.value)))
    }

    /// The value of an attribute.
    pub(crate) fn get(&self, ns: Ns, local: &str) -> Option<&str> {
        self.attributes()
            .find(|attribute| attribute.0 == ns && lanes::same(attribute.2, local))
            .map(|attribute| attribute.3)
    }

    /// The element as a row. `ns` is the namespace it counts for.
    pub(crate) fn row(&self, ns: Ns, depth: u16, names: &mut Names, xml: &Xml<'_>) -> Node {
        let attributes = self.attributes().map(|(ns, prefix, local, value)| model::Attribute {
            name: names.get(ns, uri(ns, xml), prefix, local),
            value: value.to_owned(),
        });
        let attributes = attributes.collect();
        let name: Name = names.get(ns, uri(ns, xml), self.prefix(), self.local());
        Node { depth, name, attributes, text: String::new(), tail: String::new() }
    }
}

/// The URI of a namespace, known or not.
pub(crate) fn uri<'x>(ns: Ns, xml: &'x Xml<'_>) -> &'x str {
    match usize::from(ns.0).checked_sub(1) {
        None => "",
        Some(at) => match NAMESPACES.get(at) {
            Some(known) => known.uri,
            None => xml.uri(ns),
        },
    }
}
