//! XML to tokens with byte ranges: well-formedness, namespaces, references, limits and repairs. Knows no feeds.
//! The one folder that knows quick-xml.

mod apart;
mod at_hand;
mod base;
mod content;
mod declaration;
mod doctype;
mod entity;
mod misplaced;
mod name;
mod read;
mod repair;
mod scope;
mod source;
mod state;
mod tag;
mod tape;
mod watch;
pub mod write;

use std::ops::Range;

use crate::limits::Limits;
pub use read::Xml;
pub(crate) use state::Around;
pub use tape::{Player, Tape};
pub use watch::Watch;

/// A namespace, interned by an [`Xml`]: compared as a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Ns(pub u16);

impl Ns {
    /// No namespace.
    pub const NONE: Ns = Ns(0);
}

/// The namespaces that a reader knows, so that it can compare numbers: `uris[i]` is `Ns(i + 1)`.
#[derive(Debug, Clone, Copy)]
pub struct Known {
    /// The canonical URIs.
    pub uris: &'static [&'static str],
    /// Other spellings of them that are met: old ones, wrong case. `None` for a URI that is unknown.
    pub by_uri: fn(&str) -> Option<Ns>,
    /// What a prefix usually stands for, when it was never declared.
    pub by_prefix: fn(&str) -> Option<Ns>,
}

/// What an [`Xml`] may be told.
#[derive(Debug, Clone)]
pub struct XmlOptions {
    /// Bounds on the input.
    pub limits: Limits,
    /// Whether to go on after what is not well-formed, as far as it makes sense; each repair is a finding.
    /// Otherwise the first one is an error.
    pub repair: bool,
    /// The namespaces that the reader knows.
    pub known: Known,
}

/// A token. Text comes in chunks, split at references, CDATA sections and comments.
#[derive(Debug)]
pub enum Token<'t> {
    /// A start tag, or an empty-element tag (a [`Token::Close`] follows).
    Open(Open<'t>),
    /// Text: references resolved, line ends normalised.
    Text(&'t str),
    /// An end tag.
    Close,
    /// The end of the document.
    End,
}

/// A start tag.
#[derive(Debug)]
pub struct Open<'t> {
    /// Its namespace.
    pub ns: Ns,
    /// Its prefix; empty for none.
    pub prefix: &'t str,
    /// Its local name.
    pub local: &'t str,
    /// The URI of its namespace; empty for none.
    pub uri: &'t str,
    /// Its attributes, without namespace declarations.
    pub attributes: Attributes<'t>,
    /// Its bytes in the decoded source.
    pub range: Range<usize>,
}

/// The attributes of a start tag, in the order written.
#[derive(Debug, Clone, Copy)]
pub struct Attributes<'t> {
    list: &'t [AttributeRow],
    text: &'t str,
    uris: &'t scope::Uris,
}

/// An attribute: ranges into the text that [`Attributes`] holds.
#[derive(Debug, Clone)]
pub(crate) struct AttributeRow {
    pub(crate) ns: Ns,
    pub(crate) prefix: Range<u32>,
    pub(crate) local: Range<u32>,
    pub(crate) value: Range<u32>,
}

/// One attribute.
#[derive(Debug, Clone, Copy)]
pub struct Attribute<'t> {
    /// Its namespace; attributes without prefix have none.
    pub ns: Ns,
    /// The URI of its namespace; empty for none.
    pub uri: &'t str,
    /// Its prefix; empty for none.
    pub prefix: &'t str,
    /// Its local name.
    pub local: &'t str,
    /// Its value: references resolved, white space normalised.
    pub value: &'t str,
}

impl Open<'_> {
    /// Copies the tag at once: what it is made of into `text`, where its attributes lie in that into `attributes`.
    /// Gives where its prefix and its local name lie.
    pub(crate) fn copy_to(
        &self,
        text: &mut String,
        attributes: &mut Vec<AttributeRow>,
    ) -> (Range<usize>, Range<usize>) {
        text.clear();
        text.push_str(self.attributes.text);
        attributes.clear();
        attributes.extend_from_slice(self.attributes.list);
        let local = if self.prefix.is_empty() { 0 } else { self.prefix.len() + 1 };
        (0..self.prefix.len(), local..local + self.local.len())
    }
}

impl<'t> Attributes<'t> {
    /// The value of the attribute of that name.
    pub fn get(&self, ns: Ns, local: &str) -> Option<&'t str> {
        self.iter().find(|attribute| attribute.ns == ns && attribute.local == local).map(|attribute| attribute.value)
    }

    /// All of them.
    pub fn iter(&self) -> impl Iterator<Item = Attribute<'t>> + use<'t> {
        let Attributes { list, text, uris } = *self;
        let part = move |range: &Range<u32>| &text[range.start as usize..range.end as usize];
        list.iter().map(move |row| Attribute {
            ns: row.ns,
            uri: uris.uri(row.ns),
            prefix: part(&row.prefix),
            local: part(&row.local),
            value: part(&row.value),
        })
    }
}
