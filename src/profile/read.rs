//! A head to an item.

use std::ops::Range;

use super::{FromFileName, Key, Profile, Written, fields, own};
use crate::{
    date::{Date, Moment},
    json_hub::OWN,
    model::{CATEGORY_SCHEME, Item, Map, Value},
    syntax::{
        head::HeadFormat,
        tree::{Entry, Kind, NodeId, Tree, pointer_step},
    },
};

impl Profile {
    /// The item that a head tells of, and where each of its fields stands: hub pointers and byte ranges of `text`.
    /// What is no field goes to [`Extra::keys`](crate::model::Extra::keys).
    pub fn read(&self, tree: &Tree, text: &str) -> (Item, Vec<(String, Range<usize>)>) {
        let mut reading = Reading::new(self);
        let mut places = Vec::with_capacity(tree.entries().len());
        let mut entries: Vec<&Entry> = tree.entries().iter().collect();
        // Of several names of one key the first that the generator looks for counts, wherever it stands.
        if entries.iter().any(|entry| self.rank(&entry.key) > 0) {
            entries.sort_by_key(|entry| self.rank(&entry.key));
        }
        for entry in entries {
            let inner = match &tree.node(entry.value).kind {
                Kind::Map(inner) if self.is_group(&entry.key) => inner.as_slice(),
                _ => {
                    let value = as_written(tree, entry.value, text);
                    let pointer = reading.take(None, &entry.key, value, &mut || tree.to_value(entry.value));
                    places.push((pointer, tree.node(entry.value).range.clone()));
                    continue;
                }
            };
            for inner in inner {
                let value = as_written(tree, inner.value, text);
                let group = Some(entry.key.as_str());
                let pointer = reading.take(group, &inner.key, value, &mut || tree.to_value(inner.value));
                places.push((pointer, tree.node(inner.value).range.clone()));
            }
        }
        (reading.finish(), places)
    }

    /// The item that a head would be read back as, from the values that were written.
    pub(super) fn read_back(&self, head: &[Written]) -> Item {
        let mut reading = Reading::new(self);
        for key in head {
            let inner = match (&key.value, &key.within) {
                (Value::Object(inner), None) if self.is_group(&key.name) => inner,
                (value, within) => {
                    let within = within.as_deref();
                    reading.take(within, &key.name, value_as_written(value), &mut || value.clone());
                    continue;
                }
            };
            for (name, value) in inner {
                reading.take(Some(&key.name), name, value_as_written(value), &mut || value.clone());
            }
        }
        reading.finish()
    }

    /// How late the generator looks at a name of one of its keys; other keys come first, in their order.
    fn rank(&self, name: &str) -> usize {
        if self.habits.shadows.iter().any(|(_, loses)| loses == name) {
            return usize::MAX;
        }
        let same = |known: &String| known == name || self.any_case && known.eq_ignore_ascii_case(name);
        let among = |key: &Key| key.also.iter().position(same).filter(|_| !same(&key.name));
        self.key(name).and_then(among).map_or(0, |at| at + 1)
    }

    /// Fills in what the generator takes from the file's name: a path with `/` or `\`.
    pub fn read_file_name(&self, path: &str, item: &mut Item) {
        let FromFileName { date, slug, .. } = self.from_file_name;
        let Some(name) = stem(path) else { return };
        let (day, rest) = split_date(name);
        let rest = if date { rest } else { name };
        if let (true, Some(day), None) = (date, day, &item.published) {
            item.published = Some(Date::new(day));
        }
        if slug && item.slug.is_none() && !rest.is_empty() {
            // Generators do so to blanks, and most of them to capitals.
            let slug = rest.replace(' ', "-");
            item.slug = Some(if self.pages.case { slug } else { slug.to_lowercase() });
        }
    }
}

/// The part of a path that names the post: without endings and language, the folder's for an `index` file.
fn stem(path: &str) -> Option<&str> {
    let mut parts = path.rsplit(['/', '\\']);
    let name = parts.next()?;
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    // `snow.de.md`: the language is no part of the slug.
    let stem = match stem.rsplit_once('.') {
        Some((stem, language)) if is_language(language) => stem,
        _ => stem,
    };
    match stem {
        "" | "-" => None,
        "index" => parts.next().filter(|folder| !folder.is_empty() && *folder != "." && *folder != ".."),
        "_index" => None,
        stem => Some(stem),
    }
}

/// `de`, `pt-br`: two or three letters, and a region.
fn is_language(text: &str) -> bool {
    let mut parts = text.split(['-', '_']);
    let code = parts.next().unwrap_or_default();
    matches!(code.len(), 2 | 3)
        && code.bytes().all(|b| b.is_ascii_lowercase())
        && parts.all(|part| matches!(part.len(), 2..=4) && part.bytes().all(|b| b.is_ascii_alphanumeric()))
}

/// A date at the beginning of a name, and what follows it and one `-`, `_` or blank.
fn split_date(name: &str) -> (Option<&str>, &str) {
    let bytes = name.as_bytes();
    let is_date = bytes.len() >= 10
        && bytes[..10]
            .iter()
            .enumerate()
            .all(|(at, b)| if at == 4 || at == 7 { *b == b'-' } else { b.is_ascii_digit() });
    if !is_date {
        return (None, name);
    }
    let (day, rest) = name.split_at(10);
    match rest.strip_prefix(['-', '_', ' ']) {
        Some(rest) => (Some(day), rest),
        None if rest.is_empty() => (Some(day), rest),
        None => (None, name),
    }
}

struct Reading<'p> {
    profile: &'p Profile,
    item: Item,
    /// The fields that were set, and the values they were set to.
    taken: Vec<(&'static str, Value)>,
}

impl<'p> Reading<'p> {
    fn new(profile: &'p Profile) -> Self {
        Reading { profile, item: Item::default(), taken: Vec::new() }
    }

    /// Whether a key says what the profile writes into every post: `layout: post`.
    fn is_the_profiles(&self, key: &str, value: &Value) -> bool {
        let key = self.profile.key(key).filter(|key| key.read.is_none());
        let write = key.and_then(|key| key.write.as_ref());
        let made = write.and_then(|write| self.profile.values.evaluate(write, &mut |_| Value::Null).ok());
        made.is_some_and(|made| made == *value)
    }

    /// The item, with what stands under `_slugline`.
    fn finish(mut self) -> Item {
        // A date that another key lends: Hugo takes `lastmod` where there is no `date`.
        if self.item.published.is_none() && self.profile.lends_updated() {
            self.item.published.clone_from(&self.item.updated);
        }
        // Tags before categories, whichever key stands first: as they are in every other format.
        self.item.tags.sort_by_key(|tag| tag.scheme.as_deref() == Some(CATEGORY_SCHEME));
        if let Some(value) = self.item.extra.keys.shift_remove(OWN)
            && !own::read(&mut self.item, &value)
        {
            // Not what slugline writes: a key like any other.
            self.item.extra.keys.insert(OWN.to_owned(), value);
        }
        self.item
    }

    /// Takes a key, of the top or of a group; returns the hub pointer of where it went.
    fn take(&mut self, group: Option<&str>, key: &str, value: Value, typed: &mut dyn FnMut() -> Value) -> String {
        let known = match group {
            None => self.profile.key(key).or_else(|| self.profile.key_alone(key)),
            Some(group) => self.profile.key_within(group, key),
        };
        if let Some((field, split)) = known.and_then(|known| Some((known.read?, known.split))) {
            let value = match (&value, split) {
                (Value::String(text), Some(split)) => split.items(text).into_iter().map(Value::from).collect(),
                _ if self.profile.habits.seconds && matches!(field.name, "published" | "updated") => {
                    let moment = typed().as_i64().and_then(Moment::from_timestamp);
                    moment.map_or(value, |moment| Value::String(moment.rfc3339()))
                }
                _ => value,
            };
            if fields::is_empty(&value) {
                return field.pointer.to_owned();
            }
            match self.taken.iter().find(|(name, _)| *name == field.name) {
                // Two keys that say the same.
                Some((_, known)) if *known == value => return field.pointer.to_owned(),
                Some(_) => {}
                None if (field.set)(&mut self.item, &value) => {
                    self.taken.push((field.name, value));
                    return field.pointer.to_owned();
                }
                None => {}
            }
        }
        let typed = match typed() {
            // A mapping among lines `Key: value`, as slugline writes it.
            Value::String(text) if self.profile.head == HeadFormat::Plain && text.starts_with('{') => {
                serde_json::from_str(&text).unwrap_or(Value::String(text))
            }
            typed => typed,
        };
        let keys = &mut self.item.extra.keys;
        match group {
            Some(group) if self.profile.habits.others_in.as_deref() != Some(group) || keys.contains_key(key) => {
                let inner = keys.entry(group.to_owned()).or_insert_with(|| Value::Object(Map::new()));
                if let Value::Object(inner) = inner {
                    inner.insert(key.to_owned(), typed);
                }
                return format!("/extra/{}/{}", pointer_step(group), pointer_step(key));
            }
            Some(_) => drop(keys.insert(key.to_owned(), typed)),
            None if self.is_the_profiles(key, &typed) => {}
            None => drop(self.item.extra.keys.insert(key.to_owned(), typed)),
        }
        format!("/extra/{}", pointer_step(key))
    }
}

/// A value with numbers and booleans as the text that stands in the head: `1.10` is a title like any other.
fn as_written(tree: &Tree, id: NodeId, text: &str) -> Value {
    let node = tree.node(id);
    match &node.kind {
        Kind::Null => Value::Null,
        Kind::Bool(value) => Value::String(source(text, &node.range).unwrap_or_else(|| value.to_string())),
        Kind::Number(number) => Value::String(source(text, &node.range).unwrap_or_else(|| number.to_string())),
        Kind::String(text) => Value::String(text.to_string()),
        Kind::List(items) => items.iter().map(|&item| as_written(tree, item, text)).collect(),
        Kind::Map(entries) => Value::Object(
            entries.iter().map(|e| (e.key.to_string(), as_written(tree, e.value, text))).collect::<Map<_, _>>(),
        ),
    }
}

/// What stands there, unless it is an alias.
fn source(text: &str, range: &Range<usize>) -> Option<String> {
    let written = text.get(range.clone())?;
    (!written.is_empty() && !written.starts_with('*')).then(|| written.to_owned())
}

fn value_as_written(value: &Value) -> Value {
    match value {
        Value::Bool(value) => Value::String(value.to_string()),
        Value::Number(number) => Value::String(number.to_string()),
        Value::Array(items) => items.iter().map(value_as_written).collect(),
        Value::Object(map) => {
            Value::Object(map.iter().map(|(key, value)| (key.clone(), value_as_written(value))).collect())
        }
        other => other.clone(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_files_give_slug_and_date() {
        for (path, stem_expected, split) in [
            ("_posts/2025-09-24-snow.md", Some("2025-09-24-snow"), (Some("2025-09-24"), "snow")),
            ("content/posts/snow.md", Some("snow"), (None, "snow")),
            ("content\\posts\\snow\\index.md", Some("snow"), (None, "snow")),
            ("content/snow.pt-br.md", Some("snow"), (None, "snow")),
            ("content/v1.20.md", Some("v1.20"), (None, "v1.20")),
            ("content/posts/_index.md", None, (None, "")),
            ("index.md", None, (None, "")),
            ("-", None, (None, "")),
            ("2025-09-24.md", Some("2025-09-24"), (Some("2025-09-24"), "")),
            ("2025-09-24x.md", Some("2025-09-24x"), (None, "2025-09-24x")),
        ] {
            assert_eq!(stem(path), stem_expected, "{path}");
            if let Some(name) = stem(path) {
                assert_eq!(split_date(name), split, "{path}");
            }
        }
    }
}
