//! XML to tokens with byte ranges: well-formedness, namespaces, references, limits and repairs. Knows no feeds.
//! The one folder that knows quick-xml.

use std::{io::Read, ops::Range};

use crate::{error::Error, finding::Finding, limits::Limits, lines::Span};

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
    /// Its attributes, without namespace declarations.
    pub attributes: Attributes<'t>,
}

/// The attributes of a start tag, in the order written.
#[derive(Debug, Clone, Copy)]
pub struct Attributes<'t> {
    list: &'t [AttributeRow],
    text: &'t str,
}

/// An attribute: ranges into the text that [`Attributes`] holds.
#[derive(Debug, Clone)]
pub(super) struct AttributeRow {
    ns: Ns,
    prefix: Range<u32>,
    local: Range<u32>,
    value: Range<u32>,
}

/// One attribute.
#[derive(Debug, Clone, Copy)]
pub struct Attribute<'t> {
    /// Its namespace; attributes without prefix have none.
    pub ns: Ns,
    /// Its prefix; empty for none.
    pub prefix: &'t str,
    /// Its local name.
    pub local: &'t str,
    /// Its value: references resolved, white space normalised.
    pub value: &'t str,
}

impl<'t> Attributes<'t> {
    /// The value of the attribute of that name.
    pub fn get(&self, ns: Ns, local: &str) -> Option<&'t str> {
        self.iter().find(|attribute| attribute.ns == ns && attribute.local == local).map(|attribute| attribute.value)
    }

    /// All of them.
    pub fn iter(&self) -> impl Iterator<Item = Attribute<'t>> + use<'t> {
        let Attributes { list, text } = *self;
        let part = move |range: &Range<u32>| &text[range.start as usize..range.end as usize];
        list.iter().map(move |row| Attribute {
            ns: row.ns,
            prefix: part(&row.prefix),
            local: part(&row.local),
            value: part(&row.value),
        })
    }
}

/// Reads XML from UTF-8 bytes without a byte order mark (see [`crate::encoding`]), token by token.
pub struct Xml<'a> {
    read: Box<dyn Read + 'a>,
    options: XmlOptions,
    range: Range<usize>,
}

impl<'a> Xml<'a> {
    /// A tokenizer over decoded bytes.
    pub fn new(read: Box<dyn Read + 'a>, options: XmlOptions) -> Self {
        Xml { read, options, range: 0..0 }
    }

    /// The next token; after [`Token::End`], again that.
    pub fn next(&mut self) -> Result<Token<'_>, Error> {
        let _ = (&mut self.read, &self.options);
        Ok(Token::End)
    }

    /// The bytes of the last token in the decoded source. An empty-element tag and its close share theirs.
    pub fn range(&self) -> Range<usize> {
        self.range.clone()
    }

    /// Line and column of a range that lies in the last token.
    pub fn span(&self, _range: &Range<usize>) -> Option<Span> {
        None
    }

    /// The URI of a namespace; empty for none.
    pub fn uri(&self, _ns: Ns) -> &str {
        ""
    }

    /// How many elements are open, counting the one that the last token opened, not the one it closed.
    pub fn depth(&self) -> usize {
        0
    }

    /// What relative references are relative to here: `xml:base` of the open elements, each resolved against the one
    /// around it.
    pub fn base(&self) -> Option<&str> {
        None
    }

    /// `xml:lang` of the innermost open element that has one.
    pub fn language(&self) -> Option<&str> {
        None
    }

    /// What was found wrong, and repaired, since the last call.
    pub fn take_findings(&mut self) -> Vec<Finding> {
        Vec::new()
    }
}
