//! The fields of an item that a head can carry, by the names that profiles use: how each becomes a value, and back.
//!
//! Values come in as written: numbers, booleans and dates as the text that stands in the head.

use crate::{
    date::{Date, Moment, Precision},
    model::{Attachment, CATEGORY_SCHEME, Item, Map, Person, Source, Tag, Text, TextKind, Value},
    slug,
    syntax::html,
};

/// A row of [`FIELDS`].
#[derive(Debug)]
#[non_exhaustive]
pub struct Field {
    /// The name in `read` and in expressions.
    pub name: &'static str,
    /// Where it is in an item, by hub pointer.
    pub pointer: &'static str,
    /// Its value; null when it is empty, or is nothing that a head should carry.
    pub get: fn(&Item) -> Value,
    /// Takes a value that is not empty. `false` when it is none for this field.
    pub set: fn(&mut Item, &Value) -> bool,
}

/// The fields.
pub const FIELDS: &[Field] = &[
    Field { name: "id", pointer: "/id", get: |i| string(&i.id), set: |i, v| put(&mut i.id, v) },
    Field { name: "url", pointer: "/url", get: |i| string(&i.url), set: |i, v| put(&mut i.url, v) },
    Field {
        name: "external_url",
        pointer: "/external_url",
        get: |i| string(&i.external_url),
        set: |i, v| put(&mut i.external_url, v),
    },
    Field { name: "title", pointer: "/title", get: |i| plain(&i.title), set: |i, v| put_text(&mut i.title, v) },
    Field { name: "summary", pointer: "/summary", get: |i| plain(&i.summary), set: |i, v| put_text(&mut i.summary, v) },
    Field {
        name: "published",
        pointer: "/published",
        get: |i| date(&i.published),
        set: |i, v| put_date(&mut i.published, v),
    },
    Field { name: "updated", pointer: "/updated", get: |i| date(&i.updated), set: |i, v| put_date(&mut i.updated, v) },
    Field { name: "authors", pointer: "/authors", get: |i| authors(&i.authors), set: put_authors },
    Field {
        name: "author",
        pointer: "/authors",
        get: |i| i.authors.first().map_or(Value::Null, person),
        set: put_authors,
    },
    Field { name: "tags", pointer: "/tags", get: |i| tags(i, false), set: |i, v| put_tags(i, v, None) },
    Field {
        name: "categories",
        pointer: "/tags",
        get: |i| tags(i, true),
        set: |i, v| put_tags(i, v, Some(CATEGORY_SCHEME)),
    },
    // Hexo: a list is a path, each category below the one before; a list of lists is several.
    Field { name: "category_paths", pointer: "/tags", get: category_paths, set: put_category_paths },
    // For generators that take names alone.
    Field {
        name: "author_names",
        pointer: "/authors",
        get: |i| {
            let names: Vec<Value> = i.authors.iter().filter_map(person_name).collect();
            if names.is_empty() { Value::Null } else { Value::Array(names) }
        },
        set: put_authors,
    },
    // For generators that take a name alone for a reference to somewhere else.
    Field {
        name: "author_maps",
        pointer: "/authors",
        get: |i| {
            let named = |person: &Person| match self::person(person) {
                Value::String(name) => Value::Object(Map::from_iter([("name".to_owned(), Value::String(name))])),
                other => other,
            };
            let people: Vec<Value> = i.authors.iter().map(named).filter(|person| !person.is_null()).collect();
            if people.is_empty() { Value::Null } else { Value::Array(people) }
        },
        set: put_authors,
    },
    // For generators whose posts have one.
    Field {
        name: "category",
        pointer: "/tags",
        get: |i| match tags(i, true) {
            Value::Array(terms) => terms.into_iter().next().unwrap_or(Value::Null),
            _ => Value::Null,
        },
        set: |i, v| put_tags(i, v, Some(CATEGORY_SCHEME)),
    },
    // Pelican's word for a draft.
    Field {
        name: "status",
        pointer: "/draft",
        get: |i| i.draft.map_or(Value::Null, |draft| Value::from(if draft { "draft" } else { "published" })),
        set: |i, v| {
            let draft = match v.as_str() {
                Some("draft") => true,
                Some("published") => false,
                _ => return false,
            };
            i.draft = Some(draft);
            true
        },
    },
    Field { name: "attachments", pointer: "/attachments", get: attachments, set: put_attachments },
    Field { name: "image", pointer: "/image", get: |i| string(&i.image), set: put_image },
    Field {
        name: "banner_image",
        pointer: "/banner_image",
        get: |i| string(&i.banner_image),
        set: |i, v| put(&mut i.banner_image, v),
    },
    Field { name: "language", pointer: "/language", get: |i| string(&i.language), set: |i, v| put(&mut i.language, v) },
    Field { name: "source.url", pointer: "/source", get: source_url, set: |i, v| put(&mut source(i).url, v) },
    Field {
        name: "source.title",
        pointer: "/source",
        get: |i| i.source.as_ref().map_or(Value::Null, |source| string(&source.title)),
        set: |i, v| put(&mut source(i).title, v),
    },
    Field {
        name: "comments_url",
        pointer: "/comments_url",
        get: |i| string(&i.comments_url),
        set: |i, v| put_url(&mut i.comments_url, v),
    },
    Field { name: "rights", pointer: "/rights", get: |i| plain(&i.rights), set: |i, v| put_text(&mut i.rights, v) },
    Field { name: "slug", pointer: "/slug", get: slug_of, set: |i, v| put(&mut i.slug, v) },
    Field {
        name: "draft",
        pointer: "/draft",
        get: |i| i.draft.map_or(Value::Null, Value::Bool),
        set: |i, v| put_flag(&mut i.draft, v, false),
    },
    // The opposite of `draft`, as Jekyll and Hexo have it.
    Field {
        name: "shown",
        pointer: "/draft",
        get: |i| i.draft.map_or(Value::Null, |draft| Value::Bool(!draft)),
        set: |i, v| put_flag(&mut i.draft, v, true),
    },
];

/// The field of that name.
pub fn find(name: &str) -> Option<&'static Field> {
    FIELDS.iter().find(|field| field.name == name)
}

/// Whether a value stands for nothing.
pub fn is_empty(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::String(text) => text.is_empty(),
        Value::Array(items) => items.is_empty(),
        Value::Object(map) => map.is_empty(),
        _ => false,
    }
}

fn string(text: &Option<String>) -> Value {
    text.as_ref().filter(|text| !text.is_empty()).map_or(Value::Null, |text| Value::String(text.clone()))
}

fn put(field: &mut Option<String>, value: &Value) -> bool {
    let Value::String(text) = value else { return false };
    *field = Some(text.clone());
    true
}

/// A text as plain text.
fn plain(text: &Option<Text>) -> Value {
    let Some(text) = text else { return Value::Null };
    let value = match text.kind {
        TextKind::Html | TextKind::Xhtml if html::is_html(&text.value) => html::to_text(&text.value),
        TextKind::Html | TextKind::Xhtml => html::unescape(&text.value).into_owned(),
        _ => text.value.clone(),
    };
    string(&Some(value))
}

fn put_text(field: &mut Option<Text>, value: &Value) -> bool {
    let Value::String(text) = value else { return false };
    *field = Some(Text::plain(text.clone()));
    true
}

/// A date as heads have them: a bare day, else date and time with a numeric offset.
fn date(date: &Option<Date>) -> Value {
    let moment = date.as_ref().and_then(|date| date.moment);
    moment.map_or(Value::Null, |moment| Value::String(date_text(&moment)))
}

/// The date as heads have it.
pub fn date_text(moment: &Moment) -> String {
    match moment.precision {
        Precision::Year | Precision::Month | Precision::Day => {
            Moment { precision: Precision::Day, ..*moment }.written()
        }
        _ => moment.rfc3339(),
    }
}

fn put_date(field: &mut Option<Date>, value: &Value) -> bool {
    let Value::String(text) = value else { return false };
    *field = Some(Date::new(text));
    true
}

fn put_flag(field: &mut Option<bool>, value: &Value, opposite: bool) -> bool {
    let given = match value {
        Value::Bool(given) => *given,
        Value::String(text) if text.eq_ignore_ascii_case("true") => true,
        Value::String(text) if text.eq_ignore_ascii_case("false") => false,
        _ => return false,
    };
    *field = Some(given != opposite);
    true
}

fn slug_of(item: &Item) -> Value {
    let Some(text) = &item.slug else { return Value::Null };
    // A slug is part of an address and of a file's name: what cannot be either is made into one.
    string(&Some(if slug::is_slug(text) { text.clone() } else { slug::slugify(text) }))
}

fn source_url(item: &Item) -> Value {
    let url = item.source.as_ref().and_then(|source| source.url.as_ref());
    // Feeds put all kinds of things there; a head's `source` is an address.
    url.filter(|url| is_address(url)).map_or(Value::Null, |url| Value::String(url.clone()))
}

/// Whether text is an absolute address.
pub fn is_address(text: &str) -> bool {
    text.is_ascii()
        && !text.contains([' ', '<', '>', '"', '\\', '^', '`', '{', '|', '}'])
        && url::Url::parse(text).is_ok()
}

fn source(item: &mut Item) -> &mut Source {
    item.source.get_or_insert_with(Source::default)
}

fn authors(authors: &[Person]) -> Value {
    if authors.is_empty() { Value::Null } else { authors.iter().map(person).collect() }
}

/// A name where there is no more, else a mapping.
fn person(person: &Person) -> Value {
    let parts = [("name", &person.name), ("email", &person.email), ("url", &person.url), ("avatar", &person.avatar)];
    match parts.iter().filter(|(_, part)| part.is_some()).count() {
        0 => Value::Null,
        1 if person.name.is_some() => string(&person.name),
        _ => parts
            .iter()
            .filter_map(|(key, part)| Some(((*key).to_owned(), Value::String(part.as_ref()?.clone()))))
            .collect(),
    }
}

fn put_authors(item: &mut Item, value: &Value) -> bool {
    let people: Option<Vec<Person>> = match value {
        Value::Array(items) => items.iter().map(to_person).collect(),
        one => to_person(one).map(|person| vec![person]),
    };
    let Some(people) = people else { return false };
    item.authors = people;
    true
}

fn to_person(value: &Value) -> Option<Person> {
    match value {
        Value::String(name) => Some(Person { name: Some(name.clone()), ..Person::default() }),
        Value::Object(map) => {
            let mut person = Person::default();
            for (key, value) in map {
                let part = match key.as_str() {
                    "name" => &mut person.name,
                    "email" => &mut person.email,
                    "url" | "uri" | "link" => &mut person.url,
                    "avatar" | "image" | "image_url" => &mut person.avatar,
                    _ => return None,
                };
                *part = Some(value.as_str()?.to_owned());
            }
            Some(person)
        }
        _ => None,
    }
}

fn tags(item: &Item, categories: bool) -> Value {
    let terms: Vec<Value> = item
        .tags
        .iter()
        .filter(|tag| (tag.scheme.as_deref() == Some(CATEGORY_SCHEME)) == categories)
        .filter(|tag| !tag.term.is_empty())
        .map(|tag| Value::String(tag.term.clone()))
        .collect();
    if terms.is_empty() { Value::Null } else { Value::Array(terms) }
}

fn put_tags(item: &mut Item, value: &Value, scheme: Option<&str>) -> bool {
    let terms: Option<Vec<&str>> = match value {
        Value::String(text) => Some(vec![text]),
        Value::Array(items) => items.iter().map(Value::as_str).collect(),
        _ => None,
    };
    let Some(terms) = terms else { return false };
    let tag = |term: &str| Tag { term: term.to_owned(), scheme: scheme.map(str::to_owned), label: None };
    item.tags.extend(terms.into_iter().map(tag));
    true
}

/// The name of a person, else what tells who it is.
fn person_name(person: &Person) -> Option<Value> {
    let known = [&person.name, &person.email, &person.url].into_iter().flatten().find(|text| !text.trim().is_empty());
    known.map(|text| Value::String(text.clone()))
}

/// What stands between the categories of a path, in the terms of an item.
const BELOW: &str = " > ";

/// One path as a list of its steps, several as a list of such lists.
fn category_paths(item: &Item) -> Value {
    let Value::Array(terms) = tags(item, true) else { return Value::Null };
    let steps = |term: &Value| term.as_str().unwrap_or_default().split(BELOW).map(Value::from).collect::<Value>();
    match terms.as_slice() {
        [one] => steps(one),
        several => several.iter().map(steps).collect(),
    }
}

fn put_category_paths(item: &mut Item, value: &Value) -> bool {
    let path = |items: &[Value]| -> Option<String> {
        Some(items.iter().map(Value::as_str).collect::<Option<Vec<_>>>()?.join(BELOW))
    };
    let paths: Option<Vec<String>> = match value {
        Value::String(text) => Some(vec![text.clone()]),
        Value::Array(items) if items.iter().any(Value::is_array) => items
            .iter()
            .map(|item| match item {
                Value::Array(steps) => path(steps),
                other => other.as_str().map(str::to_owned),
            })
            .collect(),
        Value::Array(items) => path(items).map(|path| vec![path]),
        _ => None,
    };
    let Some(paths) = paths else { return false };
    let scheme = Some(CATEGORY_SCHEME.to_owned());
    item.tags.extend(paths.into_iter().map(|term| Tag { term, scheme: scheme.clone(), label: None }));
    true
}

fn attachments(item: &Item) -> Value {
    if item.attachments.is_empty() {
        return Value::Null;
    }
    let one = |attachment: &Attachment| {
        let mut map = Map::new();
        map.insert("url".to_owned(), Value::String(attachment.url.clone()));
        let texts = [("mime_type", &attachment.mime_type), ("title", &attachment.title)];
        map.extend(texts.into_iter().filter_map(|(key, text)| Some((key.to_owned(), Value::String(text.clone()?)))));
        if let Some(size) = attachment.size_in_bytes {
            map.insert("size_in_bytes".to_owned(), size.into());
        }
        if let Some(seconds) = attachment.duration_in_seconds {
            // Whole seconds read better without a fraction, and nearly all are.
            let whole = seconds.fract() == 0.0 && (0.0..1e15).contains(&seconds);
            let number = if whole { Value::from(seconds as u64) } else { Value::from(seconds) };
            map.insert("duration_in_seconds".to_owned(), number);
        }
        Value::Object(map)
    };
    item.attachments.iter().map(one).collect()
}

fn put_attachments(item: &mut Item, value: &Value) -> bool {
    let one = |value: &Value| -> Option<Attachment> {
        if let Value::String(url) = value {
            return Some(Attachment { url: url.clone(), ..Attachment::default() });
        }
        let mut attachment = Attachment::default();
        for (key, value) in value.as_object()? {
            let text = value.as_str().map(str::to_owned);
            match key.as_str() {
                "url" => attachment.url = text?,
                "mime_type" | "type" => attachment.mime_type = Some(text?),
                "title" => attachment.title = Some(text?),
                "size_in_bytes" | "length" => attachment.size_in_bytes = Some(text?.parse().ok()?),
                "duration_in_seconds" => attachment.duration_in_seconds = Some(text?.parse().ok()?),
                _ => return None,
            }
        }
        (!attachment.url.is_empty()).then_some(attachment)
    };
    let attachments: Option<Vec<Attachment>> = match value {
        Value::Array(items) => items.iter().map(one).collect(),
        value => one(value).map(|attachment| vec![attachment]),
    };
    let Some(attachments) = attachments else { return false };
    item.attachments = attachments;
    true
}

/// An address, or the mapping or list of them that themes ask for; then only the first one.
fn put_image(item: &mut Item, value: &Value) -> bool {
    let url = match value {
        Value::String(url) => Some(url),
        _ => None,
    };
    url.is_some_and(|url| {
        item.image = Some(url.clone());
        true
    })
}

/// An address; `comments: true` is a switch of the theme's.
fn put_url(field: &mut Option<String>, value: &Value) -> bool {
    match value {
        Value::String(text) if text.contains([':', '/']) => put(field, value),
        _ => false,
    }
}
