//! The object `_slugline`, and its parts: texts that are not plain, dates, tags, sources, foreign elements.
//!
//! A part that stands beside a key of JSON Feed (`_slugline.title` beside `title`) counts only as long as it says the
//! same: whoever edits the key need not know of the part.

use serde_json::{Map, Value};

use super::object::Object;
use crate::{
    date::{Date, Precision},
    finding::{Loss, Reason},
    model::{Attribute, Extra, Name, Node, Source, Tag, Text, TextKind},
    syntax::{
        html,
        json::write::{self as json, Layout},
        markdown,
    },
};

/// A text as plain text.
pub(crate) fn plain(text: &Text) -> String {
    match text.kind {
        TextKind::Html | TextKind::Xhtml => html::to_text(&text.value),
        TextKind::Markdown => html::to_text(&markdown::to_html(&text.value)),
        TextKind::Plain | TextKind::Media(_) => text.value.clone(),
    }
}

/// The word for a kind of text.
pub(crate) fn kind_name(kind: &TextKind) -> &str {
    match kind {
        TextKind::Plain => "text",
        TextKind::Html => "html",
        TextKind::Xhtml => "xhtml",
        TextKind::Markdown => "markdown",
        TextKind::Media(kind) => kind,
    }
}

pub(crate) fn kind(name: &str) -> TextKind {
    match name {
        "text" => TextKind::Plain,
        "html" => TextKind::Html,
        "xhtml" => TextKind::Xhtml,
        "markdown" => TextKind::Markdown,
        other => TextKind::Media(other.to_owned()),
    }
}

/// Writes a text whole.
pub(crate) fn write_text(own: &mut Object<'_>, key: &str, text: &Text) {
    write_unlike(own, key, text, None);
}

/// Writes what plain text loses of a text, when it loses something.
pub(crate) fn write_lost_text(own: &mut Object<'_>, key: &str, text: &Option<Text>) {
    if let Some(text) = text
        && (text.kind != TextKind::Plain || text.base.is_some() || text.language.is_some())
    {
        write_unlike(own, key, text, Some(&plain(text)));
    }
}

/// Writes a text, its value only where that is another than the one given elsewhere.
fn write_unlike(own: &mut Object<'_>, key: &str, text: &Text, given: Option<&str>) {
    own.short_object(key, |own| {
        own.text("type", kind_name(&text.kind));
        if given != Some(&text.value) {
            own.text("value", &text.value);
        }
        own.some_text("base", &text.base);
        own.some_text("language", &text.language);
    });
}

/// A text written so; `None` when the value is none. A string is plain text.
pub(crate) fn read_text(value: &Value, given: Option<&str>) -> Option<Text> {
    if let Value::String(text) = value {
        return Some(Text::plain(text.as_str()));
    }
    let text = |key: &str| value.get(key).and_then(Value::as_str);
    let mut read = Text::new(kind(text("type").unwrap_or("text")), text("value").or(given)?);
    read.base = text("base").map(str::to_owned);
    read.language = text("language").map(str::to_owned);
    Some(read)
}

/// Writes a date where the RFC 3339 date of JSON Feed says more than is known, or where there can be none.
pub(crate) fn write_date(own: &mut Object<'_>, key: &str, date: &Option<Date>) {
    let Some(date) = date else { return };
    match date.moment {
        None => own.text(key, &date.text),
        Some(moment) if moment.precision < Precision::Second || moment.offset.is_none() => {
            own.text(key, &moment.written());
        }
        Some(_) => {}
    }
}

/// Whether a date written by [`write_date`] is the one that JSON Feed's key gives.
pub(crate) fn same_date(given: &Date, own: &Date) -> bool {
    match (given.moment, own.moment) {
        (Some(given), Some(own)) => given.timestamp() == own.timestamp(),
        _ => false,
    }
}

/// Writes all tags when one of them is more than its term.
pub(crate) fn write_tags(own: &mut Object<'_>, tags: &[Tag]) {
    if tags.iter().any(|tag| tag.scheme.is_some() || tag.label.is_some()) {
        write_all_tags(own, tags);
    }
}

/// Writes all tags.
pub(crate) fn write_all_tags(own: &mut Object<'_>, tags: &[Tag]) {
    own.list("tags", tags, |out, _, tag| {
        let mut object = Object::begin(out, Layout::Line);
        object.text("term", &tag.term);
        object.some_text("scheme", &tag.scheme);
        object.some_text("label", &tag.label);
        object.end();
    });
}

/// Tags written by [`write_all_tags`].
pub(crate) fn read_tags(value: &Value) -> Option<Vec<Tag>> {
    let read = |value: &Value| {
        let text = |key: &str| value.get(key).and_then(Value::as_str).map(str::to_owned);
        Some(Tag { term: text("term")?, scheme: text("scheme"), label: text("label") })
    };
    value.as_array()?.iter().map(read).collect()
}

/// Writes a source.
pub(crate) fn write_source(own: &mut Object<'_>, source: &Source, keep: bool, losses: &mut Vec<Loss>) {
    own.object("source", |own| {
        own.some_text("title", &source.title);
        own.some_text("url", &source.url);
        own.some_text("home_page_url", &source.home_page_url);
        own.some_text("id", &source.id);
        if let Some(date) = &source.updated {
            own.text("updated", &date.moment.map_or_else(|| date.text.clone(), |moment| moment.written()));
        }
        write_rows(own, &source.extra, keep, "source.extra", losses);
        write_keys(own, &source.extra, keep, |_| true);
    });
}

/// A source written by [`write_source`].
pub(crate) fn read_source(value: &Value) -> Option<Source> {
    let object = value.as_object()?;
    let text = |key: &str| object.get(key).and_then(Value::as_str).map(str::to_owned);
    let mut source = Source {
        title: text("title"),
        url: text("url"),
        home_page_url: text("home_page_url"),
        id: text("id"),
        updated: text("updated").map(|text| Date::new(&text)),
        extra: Extra::default(),
    };
    if let Some(rows) = object.get("xml") {
        source.extra.nodes = read_rows(rows)?;
    }
    if let Some(keys) = object.get("keys") {
        source.extra.keys = keys.as_object()?.clone();
    }
    Some(source)
}

/// Writes foreign elements as rows: depth, namespace, prefix, name, attributes (namespace, prefix, name, value), text,
/// tail. What is empty at the end of a row is left out. When they stay behind, that is a loss.
pub(crate) fn write_rows(own: &mut Object<'_>, extra: &Extra, keep: bool, field: &'static str, losses: &mut Vec<Loss>) {
    if extra.is_empty() {
        return;
    }
    if !keep {
        let names = extra.nodes.iter().filter(|node| node.depth == 0).map(|node| node.name.local());
        let example = names.chain(extra.keys.keys().map(String::as_str)).take(8).collect::<Vec<_>>().join(", ");
        losses.push(Loss::new(field, Reason::Private, &example));
        return;
    }
    if !extra.nodes.is_empty() {
        own.list("xml", &extra.nodes, |out, _, node| write_row(out, node));
    }
}

fn write_row(out: &mut Vec<u8>, node: &Node) {
    let texts = |out: &mut Vec<u8>, texts: &[&str]| {
        for text in texts {
            out.extend_from_slice(b", ");
            json::string(out, text);
        }
    };
    out.push(b'[');
    json::number(out, node.depth.into());
    texts(out, &[node.name.namespace(), node.name.prefix(), node.name.local()]);
    if !(node.attributes.is_empty() && node.text.is_empty() && node.tail.is_empty()) {
        out.extend_from_slice(b", [");
        for (at, attribute) in node.attributes.iter().enumerate() {
            out.extend_from_slice(if at > 0 { b", [" } else { b"[" });
            json::string(out, attribute.name.namespace());
            texts(out, &[attribute.name.prefix(), attribute.name.local(), &attribute.value]);
            out.push(b']');
        }
        out.push(b']');
        if !(node.text.is_empty() && node.tail.is_empty()) {
            texts(out, &[&node.text]);
            if !node.tail.is_empty() {
                texts(out, &[&node.tail]);
            }
        }
    }
    out.push(b']');
}

/// Rows written by [`write_rows`]; `None` when they are not rows, or make no forest.
pub(crate) fn read_rows(value: &Value) -> Option<Vec<Node>> {
    let mut nodes: Vec<Node> = Vec::new();
    for row in value.as_array()? {
        let row = row.as_array()?;
        let text = |at: usize| match row.get(at) {
            None => Some(""),
            Some(value) => value.as_str(),
        };
        let depth = u16::try_from(row.first()?.as_u64()?).ok()?;
        if depth > nodes.last().map_or(0, |node| node.depth + 1) || text(3)?.is_empty() {
            return None;
        }
        let mut attributes = Vec::new();
        if let Some(list) = row.get(4) {
            for attribute in list.as_array()? {
                let part = |at: usize| attribute.get(at).and_then(Value::as_str);
                attributes
                    .push(Attribute { name: Name::new(part(0)?, part(1)?, part(2)?), value: part(3)?.to_owned() });
            }
        }
        nodes.push(Node {
            depth,
            name: Name::new(text(1)?, text(2)?, text(3)?),
            attributes,
            text: text(5)?.to_owned(),
            tail: text(6)?.to_owned(),
        });
    }
    Some(nodes)
}

/// Writes the kept keys that fit as an object of their own.
pub(crate) fn write_keys(own: &mut Object<'_>, extra: &Extra, keep: bool, fits: impl Fn(&str) -> bool) {
    if !keep {
        return;
    }
    let keys: Map<String, Value> =
        extra.keys.iter().filter(|(key, _)| fits(key)).map(|(key, value)| (key.clone(), value.clone())).collect();
    if !keys.is_empty() {
        own.value("keys", &Value::Object(keys));
    }
}
