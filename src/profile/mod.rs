//! How one site generator, or one site, spells a post: head keys ↔ item fields.
//!
//! A profile is a folder: `profile.toml`, whose keys [`Profile::parse`] describes, and `post.schema.json`. The built-in
//! ones lie under `schemas/`. Reading a head and writing one go by the same list of keys, so that what is written is
//! read back as what it was.

mod built_in;
pub mod fields;
mod losses;
mod own;
mod parse;
mod read;
mod write;

use std::collections::HashMap;

pub use write::{FeedVariables, Set, Written, WrittenHead};

use crate::{
    expression::{Expression, Expressions},
    model::{TextKind, Value},
    syntax::{
        emit::Layout,
        head::{Fences, HeadFormat},
        tree::Style,
    },
};

use self::fields::Field;

/// A profile: `profile.toml` and `post.schema.json` of a folder.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Profile {
    /// Its name.
    pub name: String,
    /// One line for `slugline list profiles`.
    pub about: String,
    /// Which fences the generator takes.
    pub fences: Fences,
    /// The syntax that heads are written in.
    pub head: HeadFormat,
    /// What YAML heads look like.
    pub layout: Layout,
    /// What kind of text bodies are: Markdown or HTML.
    pub body: TextKind,
    /// The keys, in the order they are written.
    pub keys: Vec<Key>,
    /// Whether the generator looks at keys without regard to case.
    pub any_case: bool,
    /// What the generator takes from the file's name when the head does not say.
    pub from_file_name: FromFileName,
    /// What is template syntax to the generator, to be escaped in text from feeds.
    pub templates: Templates,
    /// The JSON Schema of its heads, as text, where it has one.
    pub schema: Option<String>,
    /// The keys that the schema requires.
    pub required: Vec<String>,
    /// The pattern of addresses, where the generator has one.
    pub address: Option<String>,
    /// Where in [`Profile::keys`] a key is, by its names; lower case where `any_case` says so.
    index: HashMap<String, usize>,
    values: Expressions,
    paths: Expressions,
    file_name: Expression,
    addresses: Option<Expression>,
}

/// A key of a head.
#[derive(Debug, Clone)]
pub struct Key {
    /// How it is written.
    pub name: String,
    /// Other names under which it is read.
    pub also: Vec<String>,
    /// The field that takes it; `None` for [`Extra::keys`](crate::model::Extra::keys).
    pub read: Option<&'static Field>,
    /// What to write; `None` for the field as it is.
    pub write: Option<Expression>,
    /// Whether `write` counts even when the field has a value.
    pub always: bool,
    /// How to write the value.
    pub style: Option<Style>,
    /// How to write the items of a list.
    pub items: Option<Style>,
    /// What stands for nothing, and how it is written; `None` where the key is left out.
    pub empty: Option<(Value, Style)>,
    /// Whether an empty line stands above it.
    pub blank_before: bool,
}

/// What a generator takes from a file's name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct FromFileName {
    /// A date at the beginning: `2025-09-24-snow.md`.
    pub date: bool,
    /// The slug: what is left of the name, or the folder's name of an `index.md`.
    pub slug: bool,
}

/// A template language.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Templates {
    /// None.
    #[default]
    None,
    /// Hugo's shortcodes: `{{< note >}}`, `{{% note %}}`.
    Hugo,
    /// Liquid: `{{ page.title }}`, `{% include x %}`.
    Liquid,
}

impl Profile {
    /// The key that a head's key is, by its name or another one it is read under.
    pub fn key(&self, name: &str) -> Option<&Key> {
        let found = if self.any_case { self.index.get(&name.to_lowercase()) } else { self.index.get(name) };
        found.map(|&index| &self.keys[index])
    }

    /// The name of the key that a field of an item is written under: `/published` and `date`.
    pub fn key_of(&self, pointer: &str) -> Option<&str> {
        let field = pointer.split('/').nth(1)?;
        let key = self.keys.iter().find(|key| key.read.is_some_and(|read| read.pointer[1..] == *field))?;
        Some(&key.name)
    }

    /// The names of the keys that need not stand in the head, since the generator takes them from the file's name.
    pub fn given_by_file_name(&self) -> impl Iterator<Item = &str> {
        let given = |name: &str| match name {
            "published" => self.from_file_name.date,
            "slug" => self.from_file_name.slug,
            _ => false,
        };
        self.keys.iter().filter(move |key| key.read.is_some_and(|field| given(field.name))).map(|key| key.name.as_str())
    }

    /// Whether files are named for the slug alone, so that the two must agree: where the name's pattern has the slug
    /// and the generator does not take it from there.
    pub fn names_files_by_slug(&self) -> bool {
        !self.name.is_empty() && !self.from_file_name.slug && self.file_name.reads("slug")
    }

    fn build_index(&mut self) {
        self.index.clear();
        // Own names first: another key's second name does not take them away.
        for (index, key) in self.keys.iter().enumerate() {
            let name = if self.any_case { key.name.to_lowercase() } else { key.name.clone() };
            self.index.entry(name).or_insert(index);
        }
        for (index, key) in self.keys.iter().enumerate() {
            for name in &key.also {
                let name = if self.any_case { name.to_lowercase() } else { name.clone() };
                self.index.entry(name).or_insert(index);
            }
        }
    }
}
