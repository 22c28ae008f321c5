//! What is known of the elements that are open, and of their children.

use std::ops::Range;

use super::{
    kind,
    table::{Element, List, Need, Table, Value},
};
use crate::finding::Finding;

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

/// An open element.
#[derive(Debug)]
pub(super) struct Frame {
    pub(super) table: &'static Table,
    pub(super) row: &'static Element,
    pub(super) tag: Range<usize>,
    pub(super) inside: Inside,
    /// Where what was seen of its children begins.
    pub(super) seen: usize,
    /// Which of its needs are met, bit by bit.
    pub(super) met: u64,
    /// Where its text begins.
    pub(super) value: usize,
    /// The bytes of its text, from its first piece to its last.
    pub(super) text: Option<Range<usize>>,
    /// How many elements stand in it.
    pub(super) children: usize,
    /// How many stand in these.
    pub(super) inner: usize,
    /// Whether one of these is in no namespace, which is told once.
    pub(super) homeless: bool,
    /// What is in it that is said of all its children.
    pub(super) passed: Vec<&'static Element>,
    /// The same of its children.
    pub(super) passed_below: Vec<(&'static str, &'static Element)>,
    /// What was missing in children, unless it is said of all of them.
    pub(super) pending: Vec<(&'static Need, Finding)>,
    /// Whether an attribute gives its content: Atom's `src`.
    pub(super) elsewhere: bool,
}

/// A child that may stand in its parent once.
#[derive(Debug)]
pub(super) struct Seen {
    /// The prefix of its table.
    pub(super) prefix: &'static str,
    /// Its row.
    pub(super) row: &'static Element,
    /// What tells it from its like, where that counts.
    pub(super) key: String,
    /// The bytes of its start tag.
    pub(super) tag: Range<usize>,
    /// Its name as it is written, where the text may be gone when it is asked for: that of an item.
    pub(super) written: Option<String>,
}

impl Frame {
    /// Whether it holds text.
    pub(super) fn is_text(&self) -> bool {
        matches!(self.inside, Inside::Text(_))
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
