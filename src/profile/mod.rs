//! How one site generator, or one site, spells a post: head keys ↔ item fields.
//!
//! A profile is a folder: `profile.toml`, whose keys [`Profile::parse`] describes, and `post.schema.json`. The built-in
//! ones lie under `schemas/`. Reading a head and writing one go by the same list of keys, so that what is written is
//! read back as what it was.

mod built_in;
pub mod fields;
mod habits;
mod losses;
mod naming;
mod own;
mod pages;
mod parse;
mod read;
mod variables;
mod write;

use std::collections::HashMap;

pub use habits::Habits;
pub use naming::Naming;
pub use pages::{Aliases, Pages, Place};
pub use variables::FeedVariables;
pub use write::{Set, Written, WrittenHead};

use crate::{
    expression::{Expression, Expressions},
    model::{TextKind, Value},
    syntax::{
        emit::Layout,
        head::{Fences, HeadFormat},
        tree::{Style, pointer_step},
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
    /// The generator's name, as messages call it; empty where it is not known.
    pub generator: String,
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
    /// The keys that the schema describes.
    pub described: Vec<String>,
    /// What the generator does that a schema cannot say.
    pub habits: Habits,
    /// What the generator makes of a file's place.
    pub pages: Pages,
    /// The pattern of addresses, where the generator has one.
    pub address: Option<String>,
    /// The key that takes the old addresses of a post, from which readers are sent on, where the generator has one.
    pub old_addresses: Option<String>,
    /// Whether the pattern of file names was given by whoever runs the conversion: then it must give names.
    own_file_name: bool,
    /// Where in [`Profile::keys`] a key is, by its names; lower case where `any_case` says so.
    index: HashMap<String, usize>,
    values: Expressions,
    paths: Expressions,
    file_name: Expression,
    /// The file of what is no post.
    other_file_name: Expression,
    addresses: Option<Expression>,
}

/// A key of a head.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Key {
    /// How it is written.
    pub name: String,
    /// The mapping at the top of the head that it stands in; `None` for the top itself.
    pub within: Option<String>,
    /// Whether it stands in the place of that mapping when nothing else is in it.
    pub alone: bool,
    /// Other names under which it is read.
    pub also: Vec<String>,
    /// What parts a text that is a list.
    pub split: Option<Split>,
    /// The field that takes it; `None` for [`Extra::keys`](crate::model::Extra::keys).
    pub read: Option<&'static Field>,
    /// What to write; `None` for the field as it is.
    pub(crate) write: Option<Expression>,
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

/// What parts the items of a list that is written as one text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Split {
    /// Blanks, as Jekyll has it.
    Blanks,
    /// Commas, or semicolons where there is one, as Pelican has it.
    Commas,
}

impl Split {
    /// The items of a text, without blanks around them.
    pub fn items(self, text: &str) -> Vec<&str> {
        let items: Vec<&str> = match self {
            Split::Blanks => text.split_whitespace().collect(),
            Split::Commas => text.split(if text.contains(';') { ';' } else { ',' }).collect(),
        };
        items.into_iter().map(str::trim).filter(|item| !item.is_empty()).collect()
    }
}

impl Key {
    /// Where it stands in a head, as a JSON Pointer without the first `/`.
    pub fn path(&self) -> String {
        match &self.within {
            Some(group) => format!("{}/{}", pointer_step(group), pointer_step(&self.name)),
            None => pointer_step(&self.name).into_owned(),
        }
    }
}

/// What a generator takes from a file's name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[non_exhaustive]
pub struct FromFileName {
    /// A date at the beginning: `2025-09-24-snow.md`.
    pub date: bool,
    /// The slug: what is left of the name, or the folder's name of an `index.md`.
    pub slug: bool,
    /// A title in the words of the slug.
    pub title: bool,
}

/// A template language.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[non_exhaustive]
pub enum Templates {
    /// None.
    #[default]
    None,
    /// Hugo's shortcodes: `{{< note >}}`, `{{% note %}}`.
    Hugo,
    /// Liquid and Nunjucks: `{{ page.title }}`, `{% include x %}`.
    Liquid,
    /// Zola's shortcodes: `{{ note() }}`, `{% note() %}`.
    Zola,
    /// MDX: `{expression}`, `<Component>`.
    Mdx,
}

impl Profile {
    /// The key at the top of a head that this is, by its name or another one it is read under.
    pub fn key(&self, name: &str) -> Option<&Key> {
        let found = if self.any_case { self.index.get(&name.to_lowercase()) } else { self.index.get(name) };
        found.map(|&index| &self.keys[index])
    }

    /// The key of that name in that mapping of a head.
    pub fn key_within(&self, group: &str, name: &str) -> Option<&Key> {
        self.keys.iter().find(|key| key.within.as_deref() == Some(group) && key.name == name)
    }

    /// The key that stands in the place of that mapping.
    pub fn key_alone(&self, group: &str) -> Option<&Key> {
        self.keys.iter().find(|key| key.alone && key.within.as_deref() == Some(group))
    }

    /// Whether a key of the profile stands in that mapping, or others do.
    pub fn is_group(&self, name: &str) -> bool {
        self.habits.others_in.as_deref() == Some(name)
            || self.keys.iter().any(|key| key.within.as_deref() == Some(name))
    }

    /// Pointers of the keys that fields of that name are read from, with the other names they are read under.
    pub fn pointers_of<'p>(&'p self, field: &'p str) -> impl Iterator<Item = String> + 'p {
        let keys = self.keys.iter().filter(move |key| key.read.is_some_and(|read| read.name == field));
        keys.flat_map(|key| {
            let own = format!("/{}", key.path());
            let alone = key.within.as_ref().filter(|_| key.alone).map(|group| format!("/{}", pointer_step(group)));
            let also = key.also.iter().map(|name| format!("/{}", pointer_step(name)));
            std::iter::once(own).chain(alone).chain(also).collect::<Vec<_>>()
        })
    }

    /// Whether the key of the last change stands for the date where there is none.
    fn lends_updated(&self) -> bool {
        let of = |name: &str| self.keys.iter().find(|key| key.read.is_some_and(|read| read.name == name));
        matches!((of("published"), of("updated")), (Some(date), Some(updated)) if date.also.contains(&updated.name))
    }

    /// What messages call the generator.
    pub fn called(&self) -> &str {
        if self.generator.is_empty() { "the generator" } else { &self.generator }
    }

    /// The name of the key that a field of an item is written under: `/published` and `date`.
    pub fn key_of(&self, pointer: &str) -> Option<&str> {
        let rest = &pointer[pointer.bytes().position(|b| b == b'/')? + 1..];
        let field = &rest[..rest.bytes().position(|b| b == b'/').unwrap_or(rest.len())];
        let key = self.keys.iter().find(|key| key.read.is_some_and(|read| read.pointer[1..] == *field))?;
        Some(&key.name)
    }

    /// Whether files are named for the slug alone, so that the two must agree: where the name's pattern has the slug
    /// and the generator does not take it from there.
    pub fn names_files_by_slug(&self) -> bool {
        !self.name.is_empty()
            && !self.from_file_name.slug
            && !self.pages.slug_from_title
            && self.file_name.reads("slug")
    }

    fn build_index(&mut self) {
        self.index.clear();
        // Own names first: another key's second name does not take them away.
        for (index, key) in self.keys.iter().enumerate().filter(|(_, key)| key.within.is_none()) {
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
