//! A namespace's table, from YAML. The build script reads `schemas/feed/` by it, a run a site's own tables.
//!
//! ```yaml
//! prefix: shop                          # what other tables and messages call it
//! uri: https://shop.example/ns/1.0
//! also: [http://shop.example/ns]        # other spellings of the URI
//! about: The shop's own elements
//! spec: https://shop.example/ns
//! open: true                            # it has further elements; without it those are findings
//! attributes: {sku: text}               # its attributes that stand on elements of other namespaces
//! elements:
//!   - element: price
//!     in: [$entry, offer]               # $feed, $entry, $root, $any; prefix:name; a name of its own
//!     times: '?'                        # as in a regular expression; `*` where it is not said
//!     attributes:
//!       currency: {value: one of, words: [EUR, USD], required: must}
//!     content: number                   # a kind of value, or children, empty, any, atom text, atom content
//!     weight: should                    # must, should or may: error, warning or hint
//!     notes:
//!       invalid-value: {code: odd-price, words: a price is a number}
//! ```

use std::collections::{BTreeMap, BTreeSet};

use serde::Deserialize;

use super::{
    kind,
    table::{
        Attribute, Blank, Class, Content, Element, List, Need, Note, Parent, Table, Times, Value, Variant, Wanted,
        Weight, Where,
    },
};

/// A table as it is written.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Written {
    /// The prefix.
    pub prefix: String,
    /// The URI.
    #[serde(default)]
    pub uri: String,
    /// The name of its constant, where that is not the prefix.
    pub name: Option<String>,
    /// The prefix of the table whose namespace this one shares: RSS 0.90 and 1.0 with RSS, OPML with none.
    #[serde(default, rename = "variant of")]
    pub variant_of: Option<String>,
    /// Where its declaration stands among those of a feed that is written; those without a rank come last.
    pub rank: Option<u16>,
    /// Other spellings of the URI.
    #[serde(default)]
    pub also: Vec<String>,
    /// URIs that are met instead, but are wrong.
    #[serde(default)]
    pub mistaken: Vec<String>,
    #[serde(default)]
    about: String,
    #[serde(default)]
    spec: String,
    #[serde(default)]
    open: bool,
    #[serde(default)]
    attributes: BTreeMap<String, WrittenAttribute>,
    #[serde(default)]
    elements: Vec<WrittenElement>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenElement {
    element: OneOrMany,
    #[serde(default, rename = "in")]
    parents: Vec<String>,
    #[serde(default)]
    times: Option<String>,
    #[serde(default)]
    class: Option<String>,
    #[serde(default)]
    attributes: BTreeMap<String, WrittenAttribute>,
    #[serde(default, rename = "any attribute")]
    any_attribute: bool,
    #[serde(default)]
    content: Option<String>,
    #[serde(default)]
    words: Vec<String>,
    #[serde(default)]
    retired: Vec<String>,
    #[serde(default)]
    blank: Option<String>,
    #[serde(default)]
    needs: Vec<WrittenNeed>,
    #[serde(default)]
    unique: Vec<String>,
    #[serde(default, rename = "unique where")]
    unique_where: Option<(String, String)>,
    #[serde(default, rename = "passes on")]
    passes_on: bool,
    #[serde(default)]
    precedes: Vec<String>,
    #[serde(default)]
    when: Vec<WrittenVariant>,
    #[serde(default)]
    weight: Option<String>,
    #[serde(default)]
    deprecated: Option<String>,
    #[serde(default)]
    spec: String,
    #[serde(default)]
    notes: BTreeMap<String, WrittenNote>,
}

#[derive(Deserialize, Clone)]
#[serde(untagged)]
enum OneOrMany {
    One(String),
    Many(Vec<String>),
}

#[derive(Deserialize)]
#[serde(untagged)]
enum WrittenAttribute {
    Kind(String),
    Full(FullAttribute),
}

#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields)]
struct FullAttribute {
    #[serde(default)]
    value: Option<String>,
    #[serde(default)]
    words: Vec<String>,
    #[serde(default)]
    retired: Vec<String>,
    #[serde(default)]
    required: Option<String>,
    #[serde(default)]
    blank: Option<String>,
    #[serde(default)]
    weight: Option<String>,
    #[serde(default)]
    deprecated: Option<String>,
    #[serde(default)]
    notes: BTreeMap<String, WrittenNote>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenVariant {
    attribute: String,
    is: String,
    #[serde(default)]
    content: Option<String>,
    #[serde(default)]
    words: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenNeed {
    #[serde(rename = "any of")]
    any_of: Vec<String>,
    #[serde(default)]
    weight: Option<String>,
    #[serde(flatten)]
    note: WrittenNote,
}

#[derive(Deserialize, Default, Clone)]
struct WrittenNote {
    #[serde(default)]
    code: String,
    #[serde(default)]
    weight: Option<String>,
    #[serde(default)]
    w3c: Vec<String>,
    #[serde(default)]
    words: String,
    #[serde(default)]
    help: String,
    #[serde(default)]
    why: String,
}

/// Parses a table. An error is one sentence, with line and column where YAML gives them.
pub fn parse(text: &str) -> Result<Written, String> {
    serde_yaml::from_str(text).map_err(|error| error.to_string())
}

impl Written {
    /// Makes the table. What it says stays for as long as the program runs.
    pub fn table(&self) -> Result<Table, String> {
        let mut elements = Vec::new();
        for written in &self.elements {
            let names = match &written.element {
                OneOrMany::One(name) => std::slice::from_ref(name),
                OneOrMany::Many(names) => names,
            };
            for name in names {
                elements.push(self.element(name, written).map_err(|error| format!("`{name}`: {error}"))?);
            }
        }
        let implied: Vec<(Parent, Need)> = elements.iter().flat_map(|element| self.implied(element)).collect();
        for element in &mut elements {
            // One that refers to another by its name only holds nothing.
            if !matches!(element.content, Content::Children) {
                continue;
            }
            let own = Parent::In(keep(&self.prefix), element.name);
            let more = implied.iter().filter(|(parent, _)| {
                *parent == own
                    || *parent == Parent::AnyFeed && element.class == Class::Feed
                    || *parent == Parent::AnyEntry && element.class == Class::Entry
            });
            let all: Vec<Need> = element.needs.0.iter().copied().chain(more.map(|(_, need)| *need)).collect();
            element.needs = list(all);
        }
        elements.sort_by(|a, b| a.name.cmp(b.name));
        Ok(Table {
            prefix: keep(&self.prefix),
            uri: keep(&self.uri),
            about: keep(&self.about),
            spec: keep(&self.spec),
            open: self.open || self.elements.is_empty(),
            elements: list(elements),
            attributes: attributes(&self.attributes, Weight::Must)?,
        })
    }

    fn element(&self, name: &str, written: &WrittenElement) -> Result<Element, String> {
        let weight = weight(written.weight.as_deref())?.unwrap_or(Weight::Must);
        let parents: Result<Vec<Parent>, String> = written.parents.iter().map(|parent| self.parent(parent)).collect();
        let times = match written.times.as_deref() {
            None | Some("*") => Times::Many,
            Some("+") => Times::OneOrMore,
            Some("?") => Times::Once,
            Some("1") => Times::One,
            Some(other) => return Err(format!("`times` is one of 1, ?, + and *, not `{other}`")),
        };
        let class = match written.class.as_deref() {
            None => Class::Plain,
            Some("feed") => Class::Feed,
            Some("entry") => Class::Entry,
            Some(other) => return Err(format!("`class` is feed or entry, not `{other}`")),
        };
        let content = match written.content.as_deref() {
            None if written.words.is_empty() => Content::Any,
            Some("any") => Content::Any,
            Some("children") => Content::Children,
            Some("empty") => Content::Empty,
            Some("atom text") => Content::AtomText,
            Some("atom content") => Content::AtomBody,
            kind => Content::Text(value(kind, &written.words, &written.retired)?),
        };
        let needs: Result<Vec<Need>, String> = written.needs.iter().map(|need| self.need(need, weight)).collect();
        let variants: Result<Vec<Variant>, String> = written.when.iter().map(variant).collect();
        let (key, wanted) = written.unique_where.as_ref().map_or(("", ""), |(key, wanted)| (key, wanted));
        Ok(Element {
            name: keep(name),
            parents: list(parents?),
            times,
            class,
            attributes: attributes(&written.attributes, weight)?,
            any_attribute: written.any_attribute,
            content,
            blank: blank(written.blank.as_deref())?,
            needs: list(needs?),
            passes_on: written.passes_on,
            unique: words(&written.unique),
            unique_where: (keep(key), keep(wanted)),
            precedes: words(&written.precedes),
            variants: list(variants?),
            weight,
            deprecated: written.deprecated.as_deref().map(keep),
            spec: keep(&written.spec),
            notes: notes(&written.notes)?,
        })
    }

    fn parent(&self, written: &str) -> Result<Parent, String> {
        Ok(match written {
            "$feed" => Parent::AnyFeed,
            "$entry" => Parent::AnyEntry,
            "$root" => Parent::Root,
            "$any" => Parent::Anywhere,
            _ if written.starts_with('$') => {
                return Err(format!("`{written}` is none of $feed, $entry, $root and $any"));
            }
            _ => {
                let (prefix, name) = written.split_once(':').unwrap_or((&self.prefix, written));
                Parent::In(keep(prefix), keep(name))
            }
        })
    }

    fn need(&self, written: &WrittenNeed, usual: Weight) -> Result<Need, String> {
        let wanted = written.any_of.iter().map(|name| {
            let (name, attribute) = match name.split_once('[') {
                None => (name.as_str(), ("", "")),
                Some((name, rest)) => {
                    let (key, value) = rest.trim_end_matches(']').split_once('=').unwrap_or((rest, "*"));
                    (name, (keep(key.trim_end_matches(']')), keep(value)))
                }
            };
            let (place, name) = match name.split_once('/') {
                Some(("..", name)) => (Where::Above, name),
                Some((child, name)) => (Where::Below(keep(child)), name),
                None => (Where::Here, name),
            };
            let (prefix, name) = name.split_once(':').unwrap_or((&self.prefix, name));
            Wanted { place, prefix: keep(prefix), name: keep(name), attribute }
        });
        Ok(Need {
            any_of: list(wanted.collect()),
            note: note("", &written.note)?,
            weight: weight(written.weight.as_deref())?.unwrap_or(usual),
        })
    }

    /// What an element that must be there asks of its parents.
    fn implied(&self, element: &Element) -> Vec<(Parent, Need)> {
        if !matches!(element.times, Times::One | Times::OneOrMore) {
            return Vec::new();
        }
        let note = element.notes.0.iter().find(|note| note.on == "missing-element").copied().unwrap_or(Note::NONE);
        let wanted = Wanted { place: Where::Here, prefix: keep(&self.prefix), name: element.name, attribute: ("", "") };
        let weight = note.weight.unwrap_or(element.weight);
        let need = Need { any_of: list(vec![wanted]), note, weight };
        element.parents.0.iter().map(|&parent| (parent, need)).collect()
    }
}

fn attributes(written: &BTreeMap<String, WrittenAttribute>, usual: Weight) -> Result<List<Attribute>, String> {
    let mut found = Vec::new();
    for (name, written) in written {
        let full = match written {
            WrittenAttribute::Kind(kind) => &FullAttribute { value: Some(kind.clone()), ..FullAttribute::default() },
            WrittenAttribute::Full(full) => full,
        };
        let wrong = |error| format!("`{name}`: {error}");
        let value = value(full.value.as_deref(), &full.words, &full.retired).map_err(wrong)?;
        found.push(Attribute {
            name: keep(name),
            required: weight(full.required.as_deref())?,
            value,
            blank: blank(full.blank.as_deref())?,
            weight: weight(full.weight.as_deref())?.unwrap_or(usual),
            deprecated: full.deprecated.as_deref().map(keep),
            notes: notes(&full.notes)?,
        });
    }
    Ok(list(found))
}

fn value(kind: Option<&str>, told: &[String], retired: &[String]) -> Result<Value, String> {
    let name = kind.unwrap_or(if told.is_empty() { "text" } else { "one of" });
    let kind = kind::find(name).ok_or_else(|| format!("`{name}` is no kind of value"))?;
    Ok(Value { kind, words: words(told), retired: words(retired) })
}

fn variant(written: &WrittenVariant) -> Result<Variant, String> {
    let text = value(written.content.as_deref(), &written.words, &[])?;
    Ok(Variant { attribute: keep(&written.attribute), is: keep(&written.is), text })
}

fn notes(written: &BTreeMap<String, WrittenNote>) -> Result<List<Note>, String> {
    let notes: Result<Vec<Note>, String> = written.iter().map(|(on, written)| note(on, written)).collect();
    Ok(list(notes?))
}

fn note(on: &str, written: &WrittenNote) -> Result<Note, String> {
    Ok(Note {
        on: keep(on),
        code: keep(&written.code),
        weight: weight(written.weight.as_deref())?,
        w3c: words(&written.w3c),
        words: keep(&written.words),
        help: keep(&written.help),
        why: keep(&written.why),
    })
}

fn weight(written: Option<&str>) -> Result<Option<Weight>, String> {
    Ok(Some(match written {
        None => return Ok(None),
        Some("must") => Weight::Must,
        Some("should") => Weight::Should,
        Some("may") => Weight::May,
        Some(other) => return Err(format!("a weight is must, should or may, not `{other}`")),
    }))
}

fn blank(written: Option<&str>) -> Result<Blank, String> {
    Ok(match written {
        None => Blank::AsKind,
        Some("allowed") => Blank::Allowed,
        Some("unwanted") => Blank::Unwanted,
        Some(other) => return Err(format!("`blank` is allowed or unwanted, not `{other}`")),
    })
}

fn words(written: &[String]) -> List<&'static str> {
    list(written.iter().map(|word| keep(word)).collect())
}

/// Keeps a list for as long as the program runs: a site's tables are few, and are read once.
fn list<T>(items: Vec<T>) -> List<T> {
    if items.is_empty() { List(&[]) } else { List(Vec::leak(items)) }
}

/// Keeps a text for as long as the program runs; equal ones once in a table.
fn keep(text: &str) -> &'static str {
    thread_local! {
        static KEPT: std::cell::RefCell<BTreeSet<&'static str>> = const { std::cell::RefCell::new(BTreeSet::new()) };
    }
    if text.is_empty() {
        return "";
    }
    KEPT.with_borrow_mut(|kept| match kept.get(text) {
        Some(known) => *known,
        None => {
            let new: &'static str = String::leak(text.to_owned());
            kept.insert(new);
            new
        }
    })
}
