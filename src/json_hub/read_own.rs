//! The object `_slugline` into the hub: what JSON Feed has no word for, or no room.

use serde_json::Value;

use super::{
    OWN,
    cursor::{Cursor, Kept},
    own,
};
use crate::{
    date::Date,
    finding::Finding,
    model::{Feed, Item, Tag, Text, TextKind},
    syntax::tree::pointer_step,
};

/// Takes `_slugline` of an item apart; what cannot be used is kept.
pub(super) fn own_item(cursor: &mut Cursor<'_>, value: Value, item: &mut Item) {
    let Value::Object(members) = value else { return keep_own(cursor, "", value, &mut item.extra.keys) };
    for (key, value) in members {
        let text = value.as_str().map(str::to_owned);
        let used = match &*key {
            "slug" => set(&mut item.slug, text),
            "url" => fill(&mut item.url, text),
            "external_url" => fill(&mut item.external_url, text),
            "image" => fill(&mut item.image, text),
            "banner_image" => fill(&mut item.banner_image, text),
            "language" => fill(&mut item.language, text),
            "draft" => set(&mut item.draft, value.as_bool()),
            "published" => own_date(&mut item.published, text),
            "updated" => own_date(&mut item.updated, text),
            "title" => own_text(&mut item.title, &value),
            "summary" => own_text(&mut item.summary, &value),
            "content" if value.is_null() => {
                let content = item.content.take().filter(|content| content.kind == TextKind::Plain);
                item.content_text = content.map(|content| content.value).or(item.content_text.take());
                true
            }
            "content" => own_content(&mut item.content, &value),
            "content_text" => set(&mut item.content_text, text),
            "content_src" => set(&mut item.content_src, text),
            "comments_url" => set(&mut item.comments_url, text),
            "rights" => set(&mut item.rights, own::read_text(&value, None)),
            "source" => set(&mut item.source, own::read_source(&value)),
            "tags" => own_tags(&mut item.tags, &value),
            "xml" => own::read_rows(&value).map(|rows| item.extra.nodes.extend(rows)).is_some(),
            "keys" => own_keys(&mut item.extra.keys, &value),
            _ => false,
        };
        if !used {
            keep_own(cursor, &key, value, &mut item.extra.keys);
        }
    }
}

/// Takes `_slugline` of a feed apart; what cannot be used is kept.
pub(super) fn own_feed(cursor: &mut Cursor<'_>, value: Value, feed: &mut Feed) {
    let Value::Object(members) = value else { return keep_own(cursor, "", value, &mut feed.extra.keys) };
    for (key, value) in members {
        let text = value.as_str().map(str::to_owned);
        let used = match &*key {
            "id" => set(&mut feed.id, text),
            "home_page_url" => fill(&mut feed.home_page_url, text),
            "feed_url" => fill(&mut feed.feed_url, text),
            "next_url" => fill(&mut feed.next_url, text),
            "icon" => fill(&mut feed.icon, text),
            "favicon" => fill(&mut feed.favicon, text),
            "language" => fill(&mut feed.language, text),
            "published" => set(&mut feed.published, text.map(|text| Date::new(&text))),
            "updated" => set(&mut feed.updated, text.map(|text| Date::new(&text))),
            "title" => own_text(&mut feed.title, &value),
            "description" => own_text(&mut feed.description, &value),
            "rights" => set(&mut feed.rights, own::read_text(&value, None)),
            "generator" => set(&mut feed.generator, text),
            "tags" => own::read_tags(&value).map(|tags| feed.tags.extend(tags)).is_some(),
            "xml" => own::read_rows(&value).map(|rows| feed.extra.nodes.extend(rows)).is_some(),
            "keys" => own_keys(&mut feed.extra.keys, &value),
            _ => false,
        };
        if !used {
            keep_own(cursor, &key, value, &mut feed.extra.keys);
        }
    }
}

pub(super) fn set<T>(field: &mut Option<T>, value: Option<T>) -> bool {
    let used = value.is_some();
    if used {
        *field = value;
    }
    used
}

/// What JSON Feed's own key may not hold counts where that key is not there.
fn fill<T>(field: &mut Option<T>, value: Option<T>) -> bool {
    let used = value.is_some();
    if field.is_none() {
        *field = value;
    }
    used
}

/// A date beside JSON Feed's counts while both say the same moment.
fn own_date(field: &mut Option<Date>, text: Option<String>) -> bool {
    let Some(own) = text.map(|text| Date::new(&text)) else { return false };
    if field.as_ref().is_none_or(|given| own::same_date(given, &own)) {
        *field = Some(own);
    }
    true
}

/// A text beside JSON Feed's counts while both say the same.
fn own_text(field: &mut Option<Text>, value: &Value) -> bool {
    let given = field.as_ref().map_or("", |given| &given.value);
    let Some(own) = own::read_text(value, Some(given)) else { return false };
    if own::plain(&own) == given {
        *field = Some(own);
    }
    true
}

fn own_content(field: &mut Option<Text>, value: &Value) -> bool {
    let text = |key: &str| value.get(key).and_then(Value::as_str);
    let Some(kind) = text("type").map(own::kind) else { return false };
    if let Some(value) = text("value") {
        *field = Some(Text::new(kind, value));
    } else if let Some(given) = field {
        let markup = matches!(given.kind, TextKind::Html);
        if markup == matches!(kind, TextKind::Html | TextKind::Xhtml) {
            given.kind = kind;
        }
    }
    if let Some(given) = field {
        given.base = text("base").map(str::to_owned);
        given.language = text("language").map(str::to_owned);
    }
    true
}

/// Tags beside JSON Feed's: each lends scheme and label to the first of its term that has none yet.
fn own_tags(tags: &mut [Tag], value: &Value) -> bool {
    let Some(own) = own::read_tags(value) else { return false };
    if own.len() == tags.len() && own.iter().zip(&*tags).all(|(own, tag)| own.term == tag.term) {
        tags.clone_from_slice(&own);
        return true;
    }
    for tag in tags {
        if let Some(own) = own.iter().find(|own| own.term == tag.term) {
            *tag = own.clone();
        }
    }
    true
}

fn own_keys(kept: &mut Kept, value: &Value) -> bool {
    let Value::Object(members) = value else { return false };
    for (key, value) in members {
        if !kept.contains_key(key) {
            kept.insert(key.clone(), value.clone());
        }
    }
    true
}

fn keep_own(cursor: &mut Cursor<'_>, key: &str, value: Value, kept: &mut Kept) {
    let path = if key.is_empty() { OWN.to_owned() } else { format!("/{OWN}/{}", pointer_step(key)) };
    let message = format!("`{}` is not what slugline writes; it is kept as it is", path.trim_start_matches('/'));
    cursor.report(&path, |place| Finding::warning("wrong-type", message, place));
    kept.insert(path, value);
}
