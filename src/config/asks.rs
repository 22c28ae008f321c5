//! What a `[[content]]` entry asks of its posts that no schema can say: order, spelling, names that are no longer used.

use std::{collections::BTreeMap, ops::Range};

use super::Reader;
use crate::{
    date::Precision,
    error::Error,
    syntax::tree::{Entry, Kind},
};

/// What a site asks beyond a schema.
#[derive(Debug, Clone, Default, PartialEq)]
#[non_exhaustive]
pub struct Asks {
    /// The order of keys at the top of a head; others come after them.
    pub key_order: Vec<String>,
    /// How dates are spelt.
    pub date_style: DateStyle,
    /// Keys that are no longer used, and what is used instead; empty for nothing.
    pub deprecated: BTreeMap<String, String>,
    /// Where an author's own file is: a path with `{author}` in it, relative to the configuration.
    pub author_files: Option<String>,
}

/// How dates are spelt; what is `None` is not asked.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct DateStyle {
    /// With which quotes.
    pub quotes: Option<Quotes>,
    /// With which offset, where there is a time.
    pub offset: Option<OffsetStyle>,
    /// With how much of a time.
    pub precision: Option<Precision>,
}

/// Quotes around a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Quotes {
    /// `2025-09-24`
    None,
    /// `'2025-09-24'`
    Single,
    /// `"2025-09-24"`
    Double,
}

/// How an offset is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum OffsetStyle {
    /// In digits, UTC too: `+00:00`.
    Numeric,
    /// In digits, UTC as `Z`.
    Z,
    /// Not at all.
    None,
}

/// The keys of `date-style`, and what each may be.
const DATE_STYLE: &[&str] = &["quotes", "offset", "precision"];
const QUOTES: &[(&str, Quotes)] = &[("none", Quotes::None), ("single", Quotes::Single), ("double", Quotes::Double)];
const OFFSETS: &[(&str, OffsetStyle)] =
    &[("numeric", OffsetStyle::Numeric), ("z", OffsetStyle::Z), ("none", OffsetStyle::None)];
const PRECISIONS: &[(&str, Precision)] =
    &[("day", Precision::Day), ("minute", Precision::Minute), ("second", Precision::Second)];

impl Reader<'_> {
    /// Reads a key of `[[content]]`; whether it is one of these.
    pub(super) fn asks(&self, entry: &Entry, asks: &mut Asks) -> Result<bool, Error> {
        match entry.key.as_str() {
            "key-order" => asks.key_order = self.strings(entry)?,
            "date-style" => asks.date_style = self.date_style(entry)?,
            "deprecated" => {
                for key in self.table(entry)? {
                    asks.deprecated.insert(key.key.to_string(), self.string(key)?);
                }
            }
            "author-files" => {
                let path = self.string(entry)?;
                if !path.contains("{author}") || path.starts_with('/') || path.split('/').any(|part| part == "..") {
                    let help = "write a path within the site, such as \"data/authors/{author}.yml\"".to_owned();
                    let message = "`author-files` must be a path with `{author}` in it";
                    return Err(self.error(&self.range(entry), message, Some(help)));
                }
                asks.author_files = Some(path);
            }
            _ => return Ok(false),
        }
        Ok(true)
    }

    fn date_style(&self, entry: &Entry) -> Result<DateStyle, Error> {
        let mut style = DateStyle::default();
        for key in self.table(entry)? {
            match key.key.as_str() {
                "quotes" => style.quotes = Some(self.choice(key, QUOTES)?),
                "offset" => style.offset = Some(self.choice(key, OFFSETS)?),
                "precision" => style.precision = Some(self.choice(key, PRECISIONS)?),
                _ => return Err(self.unknown(key, "key of date-style", DATE_STYLE)),
            }
        }
        Ok(style)
    }

    /// One of a few words.
    fn choice<T: Copy>(&self, entry: &Entry, options: &[(&str, T)]) -> Result<T, Error> {
        let text = self.string(entry)?;
        match options.iter().find(|(name, _)| *name == text) {
            Some((_, value)) => Ok(*value),
            None => {
                let names: Vec<String> = options.iter().map(|(name, _)| format!("\"{name}\"")).collect();
                let message = format!("`{}` must be one of {}", entry.key, names.join(", "));
                Err(self.error(&self.range(entry), message, None))
            }
        }
    }

    /// Where a value stands, else its key.
    pub(super) fn range(&self, entry: &Entry) -> Range<usize> {
        let node = self.tree.node(entry.value);
        let is_table = matches!(node.kind, Kind::Map(_));
        if node.range.is_empty() || is_table { entry.key_range.clone() } else { node.range.clone() }
    }
}
