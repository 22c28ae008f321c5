//! What a profile has no key for, kept under the key `_slugline` when everything is to go along: members as JSON Feed
//! names them, and those of its `_slugline` (`schemas/slugline.md`), in one mapping.

use std::collections::HashSet;

use crate::{
    finding::Loss,
    json_hub::{OWN, cursor::Cursor, read, write},
    limits::Limits,
    lines::Position,
    model::{Item, Map, Value},
    reference::Base,
    syntax::json::{Json, write::Layout},
};

/// Members that JSON Feed has at the top of an item; all others are of its `_slugline`.
const OF_JSON_FEED: &[&str] = &[
    "id",
    "url",
    "external_url",
    "image",
    "banner_image",
    "authors",
    "language",
    "attachments",
    "date_published",
    "date_modified",
];

/// What was lost of an item, as the value of `_slugline`; `None` when nothing of it can be kept there.
pub(super) fn write(item: &Item, back: &Item, losses: &[Loss]) -> Option<Value> {
    let lost: HashSet<&str> = losses.iter().filter_map(|loss| loss.field.split('.').next()).collect();
    let mut rest = Item::default();
    macro_rules! take {
        ($($field:ident)*) => { $( if lost.contains(stringify!($field)) { rest.$field = item.$field.clone(); } )* };
    }
    take!(id url external_url title summary content_text content_src published updated authors tags attachments image
        banner_image language comments_url rights slug draft);
    // A source that the profile's key says otherwise stays what the key says.
    let another =
        |url: &Option<String>| back.source.as_ref().is_some_and(|source| source.url.is_some() && source.url != *url);
    if lost.contains("source") {
        rest.source = item.source.clone().filter(|source| !another(&source.url));
    }
    rest.extra.nodes = item.extra.nodes.clone();
    let mut bytes = Vec::new();
    write::item(&mut bytes, Layout::Line, &rest, true, &mut Vec::new());
    let Ok(Value::Object(mut object)) = serde_json::from_slice(&bytes) else { return None };
    let own = object.remove(OWN);
    // The keys of the head say these; what they lack is in the members of `_slugline`.
    object.retain(|key, _| OF_JSON_FEED.contains(&key.as_str()));
    if back.published.is_some() {
        object.remove("date_published");
    }
    if back.updated.is_some() {
        object.remove("date_modified");
    }
    if let Some(Value::Object(own)) = own {
        object.extend(own);
    }
    // Beside no content it would be the content.
    if let Some(text) = rest.content_text {
        object.insert("content_text".to_owned(), Value::String(text));
    }
    (!object.is_empty()).then_some(Value::Object(object))
}

/// Adds what `_slugline` holds to an item that the head's other keys were read into. Where both say something of one
/// field, the keys count. `false` when the value is not what slugline writes.
pub(super) fn read(item: &mut Item, value: &Value) -> bool {
    let Value::Object(members) = value else { return false };
    let extra = std::mem::take(&mut item.extra);
    let mut bytes = Vec::new();
    write::item(&mut bytes, Layout::Line, item, false, &mut Vec::new());
    // A source under another address than the key has was the source before the key was changed.
    let url = item.source.as_ref().and_then(|source| source.url.as_deref());
    let of_another = |value: &Value| url.is_some() && value.get("url").and_then(Value::as_str) != url;
    let members: Map<String, Value> = members
        .iter()
        .filter(|(key, value)| *key != "source" || !of_another(value))
        .map(|(key, value)| (key.clone(), value.clone()))
        .collect();
    let read = match serde_json::from_slice(&bytes) {
        Ok(Value::Object(object)) => read_joined(object, &members),
        _ => None,
    };
    let Some(mut joined) = read else {
        item.extra = extra;
        return false;
    };
    joined.content = None;
    let nodes = std::mem::take(&mut joined.extra.nodes);
    joined.extra = extra;
    joined.extra.nodes.extend(nodes);
    *item = joined;
    true
}

/// Whether the authors that a head names are those of `_slugline`, who are more than a name: for generators that take
/// names alone, else the first thing that tells who it is.
fn are_named(head: &Value, own: &Value) -> bool {
    let (Value::Array(head), Value::Array(own)) = (head, own) else { return false };
    let told = |person: &Value| ["name", "email", "url"].iter().find_map(|key| person.get(key).cloned());
    head.len() == own.len() && head.iter().zip(own).all(|(head, own)| head.get("name").cloned() == told(own))
}

/// The item's object with the members of `_slugline` joined in, as an item.
fn read_joined(mut object: Map<String, Value>, members: &Map<String, Value>) -> Option<Item> {
    let mut own = match object.remove(OWN) {
        Some(Value::Object(own)) => own,
        _ => Map::new(),
    };
    for (key, value) in members {
        let place = if OF_JSON_FEED.contains(&key.as_str()) { &mut object } else { &mut own };
        if matches!(key.as_str(), "tags" | "title" | "summary" | "published" | "updated" | "source")
            || place.get(key).is_none_or(|known| key == "authors" && are_named(known, value))
        {
            place.insert(key.clone(), value.clone());
        }
    }
    if !own.is_empty() {
        object.insert(OWN.to_owned(), Value::Object(own));
    }
    let bytes = serde_json::to_vec(&Value::Object(object)).ok()?;
    let limits = Limits::default();
    let mut cursor = Cursor::new(Json::empty(limits.clone(), false), &limits, false);
    cursor.load(&bytes, 0, Position { line: 1, column: 1 });
    let item = read::item(&mut cursor, &Base::default()).ok()?;
    cursor.take_findings().is_empty().then_some(item)
}
