//! What a table says of a namespace, as data. The build script makes constants of it: `Debug` writes each value as the
//! Rust that makes it.

use std::fmt;

use super::kind::Kind;
pub use super::kind::Weight;

/// A list that is data of the program.
#[derive(Clone, Copy)]
pub struct List<T: 'static>(pub &'static [T]);

impl<T: fmt::Debug> fmt::Debug for List<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "List(&{:?})", self.0)
    }
}

/// A namespace: a file of `schemas/feed/`, or of a site.
#[derive(Debug, Clone, Copy)]
#[non_exhaustive]
pub struct Table {
    /// The prefix that other tables call it by, and that messages use.
    pub prefix: &'static str,
    /// Its URI.
    pub uri: &'static str,
    /// What it is called; empty for its prefix.
    pub about: &'static str,
    /// Where it is specified.
    pub spec: &'static str,
    /// Whether it has elements that are not in the table: then none is unknown.
    pub open: bool,
    /// Its elements, by name. A name has a row for each group of parents that it means something else in.
    pub elements: List<Element>,
    /// Its attributes, which may stand on elements of other namespaces.
    pub attributes: List<Attribute>,
}

/// An element, as it stands in some parents.
#[derive(Debug, Clone, Copy)]
#[non_exhaustive]
pub struct Element {
    /// Its local name.
    pub name: &'static str,
    /// What it may stand in.
    pub parents: List<Parent>,
    /// How often it may stand there.
    pub times: Times,
    /// What it stands for among feeds, so that tables of other namespaces need not list it.
    pub class: Class,
    /// Its attributes.
    pub attributes: List<Attribute>,
    /// Whether it may have attributes that are not listed.
    pub any_attribute: bool,
    /// What may be in it.
    pub content: Content,
    /// Whether nothing may be in it.
    pub blank: Blank,
    /// What must be in it.
    pub needs: List<Need>,
    /// Whether it is said of the parent's other children too, so that these need none of their own.
    pub passes_on: bool,
    /// Attributes that, taken together, no two of these in one parent may share.
    pub unique: List<&'static str>,
    /// The attribute and value that `unique` looks at only; empty for all.
    pub unique_where: (&'static str, &'static str),
    /// Siblings that it must stand before.
    pub precedes: List<&'static str>,
    /// Attributes with which its text is of another kind.
    pub variants: List<Variant>,
    /// How much it matters that it is written as the table has it.
    pub weight: Weight,
    /// What to use instead, where it is deprecated; empty where that is nothing.
    pub deprecated: Option<&'static str>,
    /// Where it is specified: a section, or an address.
    pub spec: &'static str,
    /// What is said of it in other words than the generic ones, by generic code.
    pub notes: List<Note>,
}

/// An attribute.
#[derive(Debug, Clone, Copy)]
#[non_exhaustive]
pub struct Attribute {
    /// Its local name.
    pub name: &'static str,
    /// How much it matters that it is there; `None` where it need not be.
    pub required: Option<Weight>,
    /// Its value.
    pub value: Value,
    /// Whether it may be empty.
    pub blank: Blank,
    /// How much a wrong value matters.
    pub weight: Weight,
    /// What to use instead, where it is deprecated.
    pub deprecated: Option<&'static str>,
    /// What is said of it in other words, by generic code.
    pub notes: List<Note>,
}

/// What a text is when an attribute has a value.
#[derive(Debug, Clone, Copy)]
pub struct Variant {
    /// The attribute.
    pub attribute: &'static str,
    /// Its value.
    pub is: &'static str,
    /// What the text is then.
    pub text: Value,
}

/// A kind of value, and what that kind is told: the words of an enumeration, a greatest length.
#[derive(Debug, Clone, Copy)]
pub struct Value {
    /// The kind.
    pub kind: Kind,
    /// What it is told.
    pub words: List<&'static str>,
    /// Words that were right once.
    pub retired: List<&'static str>,
}

/// A parent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Parent {
    /// The element of that prefix and name.
    In(&'static str, &'static str),
    /// Whatever is a feed: `channel`, Atom's `feed`.
    AnyFeed,
    /// Whatever is an item.
    AnyEntry,
    /// The document: it may be the root.
    Root,
    /// Any element.
    Anywhere,
}

/// How often an element may stand in a parent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Times {
    /// Any number of times.
    Many,
    /// At least once.
    OneOrMore,
    /// At most once.
    Once,
    /// Once.
    One,
}

/// What an element stands for among feeds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Class {
    /// Nothing of the kind.
    Plain,
    /// A feed.
    Feed,
    /// An item.
    Entry,
}

/// What may be in an element.
#[derive(Debug, Clone, Copy)]
pub enum Content {
    /// Elements, and no text.
    Children,
    /// Anything: what is in it is not looked at.
    Any,
    /// Nothing.
    Empty,
    /// Atom's text construct (RFC 4287, section 3.1): `type` tells.
    AtomText,
    /// Atom's content (RFC 4287, section 4.1.3): `type` and `src` tell.
    AtomBody,
    /// A text of that kind.
    Text(Value),
}

/// Whether a value may be empty.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Blank {
    /// As its kind has it.
    AsKind,
    /// It may.
    Allowed,
    /// It should not.
    Unwanted,
}

/// What must be in an element: one of some children.
#[derive(Debug, Clone, Copy)]
pub struct Need {
    /// The children that would do.
    pub any_of: List<Wanted>,
    /// What is said when it is missing.
    pub note: Note,
    /// How much it matters.
    pub weight: Weight,
}

/// Where a child that would do may stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Where {
    /// In the element itself.
    Here,
    /// In its parent, for all that are in it.
    Above,
    /// In a child of that name.
    Below(&'static str),
}

/// A child that would do.
#[derive(Debug, Clone, Copy)]
pub struct Wanted {
    /// Where.
    pub place: Where,
    /// The prefix of its table.
    pub prefix: &'static str,
    /// Its name.
    pub name: &'static str,
    /// An attribute that it must have, with its value; empty for none. A value of `*` is any.
    pub attribute: (&'static str, &'static str),
}

/// Other words for a generic finding.
#[derive(Debug, Clone, Copy)]
pub struct Note {
    /// The generic code; empty in a [`Need`].
    pub on: &'static str,
    /// The code of the row's own; empty for the generic one.
    pub code: &'static str,
    /// How much it matters, where that is not the row's weight.
    pub weight: Option<Weight>,
    /// The classes of the W3C feed validator; empty for the generic ones.
    pub w3c: List<&'static str>,
    /// The message; empty for the generic one.
    pub words: &'static str,
    /// The remedy; empty for the generic one.
    pub help: &'static str,
    /// Why it matters: the page of a code of its own.
    pub why: &'static str,
}

impl Note {
    /// No other words.
    pub const NONE: Note = Note { on: "", code: "", weight: None, w3c: List(&[]), words: "", help: "", why: "" };
}
