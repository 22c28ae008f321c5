//! What was seen of one key.

use std::collections::BTreeMap;

use super::EXAMPLES;
use crate::{
    schema::{is_date_or_datetime, is_uri},
    slug,
    syntax::tree::{Kind, NodeId, Tree},
};

/// Distinct texts that are counted; a key with more is no choice among few.
const CHOICES: usize = 12;

/// What was seen of one key.
#[derive(Debug, Default)]
pub(super) struct Seen {
    pub(super) name: String,
    /// How often it was there.
    pub(super) count: usize,
    /// The number of the last post that has it.
    pub(super) last: usize,
    /// How often its value had which type, by JSON Schema's name, and the first files of each.
    pub(super) types: BTreeMap<&'static str, (usize, Vec<String>)>,
    /// What its texts were.
    pub(super) texts: Texts,
    /// What the entries of its lists were.
    pub(super) items: BTreeMap<&'static str, usize>,
    /// The first files that lack it.
    pub(super) without: Vec<String>,
}

/// What the texts of a key were.
#[derive(Debug, Default)]
pub(super) struct Texts {
    pub(super) count: usize,
    /// Characters of the shortest and the longest.
    pub(super) lengths: Option<(usize, usize)>,
    /// Those that are a date, a slug, an absolute address; and the first files with one that is not.
    pub(super) formats: [(usize, Vec<String>); 3],
    /// Each distinct text with its number; `None` when there are too many.
    pub(super) choices: Option<BTreeMap<String, usize>>,
}

/// A format, and whether a text is of it.
type Format = (&'static str, fn(&str) -> bool);

/// The formats that are tried, in this order.
pub(super) const FORMATS: [Format; 3] =
    [("date-or-datetime", is_date_or_datetime), ("slug", slug::is_slug), ("uri", is_uri)];

impl Seen {
    pub(super) fn new(name: &str) -> Self {
        let texts = Texts { choices: Some(BTreeMap::new()), ..Texts::default() };
        Seen { name: name.to_owned(), texts, ..Seen::default() }
    }

    /// Takes a value in.
    pub(super) fn add(&mut self, tree: &Tree, id: NodeId, file: &str) {
        self.count += 1;
        let kind = &tree.node(id).kind;
        let (count, files) = self.types.entry(type_of(kind)).or_default();
        *count += 1;
        if files.len() < EXAMPLES {
            files.push(file.to_owned());
        }
        match kind {
            Kind::String(text) => self.texts.add(text, file),
            Kind::List(items) => {
                for &item in items {
                    *self.items.entry(type_of(&tree.node(item).kind)).or_default() += 1;
                }
            }
            _ => {}
        }
    }
}

impl Texts {
    fn add(&mut self, text: &str, file: &str) {
        self.count += 1;
        let length = text.chars().count();
        let (least, most) = self.lengths.unwrap_or((length, length));
        self.lengths = Some((least.min(length), most.max(length)));
        for ((_, is), (count, files)) in FORMATS.iter().zip(&mut self.formats) {
            if is(text) {
                *count += 1;
            } else if files.len() < EXAMPLES {
                files.push(file.to_owned());
            }
        }
        if let Some(choices) = &mut self.choices {
            *choices.entry(text.to_owned()).or_default() += 1;
            if choices.len() > CHOICES || length > 60 {
                self.choices = None;
            }
        }
    }
}

/// A type by JSON Schema's name.
fn type_of(kind: &Kind) -> &'static str {
    match kind {
        Kind::Null => "null",
        Kind::Bool(_) => "boolean",
        Kind::Number(number) if number.is_i64() || number.is_u64() => "integer",
        Kind::Number(_) => "number",
        Kind::String(_) => "string",
        Kind::List(_) => "array",
        Kind::Map(_) => "object",
    }
}
