//! What elements a feed may hold, where, how often, with what attributes and values: the tables of `schemas/feed/`, and
//! those of a site beside its configuration. One engine reads them all; adding a namespace touches no Rust.
//!
//! - [`table`]: what a table says. [`yaml`]: how it is written. The build script makes [`TABLES`] of them.
//! - `walk`: tokens → findings, beside whoever reads the feed. [`kind`]: the kinds of values.
//! - `counts`, `strays`, `attributes`, `declared`, `markup`: what is looked at, each in its file.
//! - `say`: the generic findings in words. `place`: where in a tag an attribute stands.

mod at_hand;
mod attributes;
mod counts;
mod declared;
mod frame;
mod markup;
pub(crate) mod place;
mod say;
mod strays;
pub mod table;
mod walk;
pub mod yaml;

pub(crate) use walk::Vocabulary;

use std::io::Read;

use crate::{
    error::Error,
    finding::Finding,
    kind,
    limits::Limits,
    namespace::KNOWN,
    syntax::xml::{Token, Watch, Xml, XmlOptions},
};
use table::{Element, List, Note, Table};

/// The constants of `schemas/feed/`, which the build script makes.
#[allow(unused_imports, reason = "what the tables use is up to them")]
mod built_in {
    use super::{
        kind,
        table::{
            Attribute,
            Blank::{Allowed, AsKind, Unwanted},
            Class::{Entry, Feed, Plain},
            Content::{Any, AtomBody, AtomText, Children, Empty, Text},
            Element, List, Need, Note,
            Parent::{AnyEntry, AnyFeed, Anywhere, In, Root},
            Table,
            Times::{Many, Once, One, OneOrMore},
            Value, Variant, Wanted,
            Weight::{May, Must, Should},
            Where::{Above, Below, Here},
        },
    };
    include!(concat!(env!("OUT_DIR"), "/tables.rs"));
}
pub use built_in::TABLES;

/// Reads a document that is no feed, such as OPML, while `watch` looks on. What is not well-formed goes to `findings`.
pub fn read(
    text: Box<dyn Read + '_>,
    limits: &Limits,
    watch: &mut dyn Watch,
    findings: &mut Vec<Finding>,
) -> Result<(), Error> {
    let options = XmlOptions { limits: limits.clone(), repair: true, known: KNOWN };
    let mut xml = Xml::new(text, options);
    loop {
        let token = xml.next();
        match token {
            Ok(Token::Open(open)) => watch.open(&open),
            Ok(Token::Text(text)) => {
                watch.text(text);
                watch.text_at(xml.range());
            }
            Ok(Token::Close) => watch.close(xml.range()),
            Ok(Token::End) => {
                watch.end();
                findings.append(&mut xml.take_findings());
                return Ok(());
            }
            Err(error) => {
                findings.append(&mut xml.take_findings());
                return Err(error);
            }
        }
    }
}

/// The built-in table of that prefix.
pub fn find(prefix: &str) -> Option<&'static Table> {
    TABLES.iter().find(|table| table.prefix == prefix)
}

/// Reads a site's own table: YAML as [`yaml`] describes it. The table lasts as long as the program: read each once.
///
/// # Errors
/// One sentence that says what the table lacks, or what is not known.
pub fn parse(text: &str) -> Result<&'static Table, String> {
    Ok(Box::leak(Box::new(yaml::parse(text)?.table()?)))
}

/// The codes that a table brings of its own, with their notes.
pub fn codes(table: &Table) -> Vec<(&'static str, &'static Note)> {
    let own = |notes: &List<Note>| notes.0.iter().filter(|note| !note.code.is_empty());
    let of_attributes = |attributes: &List<table::Attribute>| attributes.0.iter().flat_map(move |one| own(&one.notes));
    let of_element = |element: &'static Element| {
        let needs = element.needs.0.iter().map(|need| &need.note).filter(|note| !note.code.is_empty());
        own(&element.notes).chain(of_attributes(&element.attributes)).chain(needs).collect::<Vec<_>>()
    };
    let notes = table.elements.0.iter().flat_map(of_element).chain(of_attributes(&table.attributes));
    let mut codes: Vec<(&str, &Note)> = notes.map(|note| (note.code, note)).collect();
    codes.sort_by_key(|(code, _)| *code);
    codes.dedup_by_key(|(code, _)| *code);
    codes
}

/// The page of a code that tables bring, from their text.
pub fn page(code: &str, own: &[&'static Table]) -> Option<String> {
    let tables = own.iter().copied().chain(TABLES);
    let (table, note) = tables
        .into_iter()
        .find_map(|table| codes(table).into_iter().find(|(known, _)| *known == code).map(|(_, note)| (table, note)))?;
    let about = if table.about.is_empty() { table.prefix } else { table.about };
    let words = if note.words.is_empty() { "what the table has of it" } else { note.words };
    let mut page = format!("# {code}\n\n## What it checks\nIn {about}: {words}.\n");
    for (heading, text) in [("Why it matters", note.why), ("Use instead", note.help), ("Specification", table.spec)] {
        if !text.is_empty() {
            page.push_str(&format!("\n## {heading}\n{text}\n"));
        }
    }
    Some(page)
}

impl Table {
    /// The rows of an element.
    pub fn rows(&self, name: &str) -> &'static [Element] {
        let rows = self.elements.0;
        let start = rows.partition_point(|row| row.name < name);
        let length = rows[start..].iter().take_while(|row| row.name == name).count();
        &rows[start..start + length]
    }
}

impl Element {
    /// What is said of it in other words than those of the generic code.
    pub fn note(&self, on: &str) -> Option<&'static Note> {
        self.notes.0.iter().find(|note| note.on == on)
    }
}
