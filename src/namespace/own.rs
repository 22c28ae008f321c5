//! Slugline's own namespace: what a feed's format has no word for. `schemas/slugline.md` describes it.
//!
//! Elements stand for fields of the hub, by their names there. Attributes on other elements mend what those cannot say:
//!
//! - `added`: the format requires the element (`true`) or the attributes named, the hub has nothing for them;
//! - `date`: the date as precisely, or as loosely, as it is known;
//! - `type`: the kind of a text that a reader would guess wrong; its blanks count then;
//! - `field`: which field a `description` is;
//! - `name`, `email`, `url`, `avatar`: parts of a person; `label`: of a tag; `title`, `duration`: of an attachment;
//!   `kind`: of a hub.

use super::{
    element::Element,
    item::{Taken, fill},
    link::Links,
    meaning::Dialect,
    text,
};
use crate::{
    date::Date,
    model::{Extra, Feed, Item, Value},
};

fn value(element: &Element<'_>) -> Option<String> {
    Some(element.text.to_owned()).filter(|text| !text.is_empty())
}

fn flag(element: &Element<'_>) -> Option<bool> {
    match element.trimmed() {
        "true" => Some(true),
        "false" => Some(false),
        _ => None,
    }
}

fn taken(filled: bool) -> Taken {
    if filled { Taken::Whole } else { Taken::Nothing }
}

/// Takes an element of an item.
pub(super) fn item(element: &Element<'_>, item: &mut Item, links: &mut Links) -> Taken {
    let date = || value(element).map(|text| Date::new(&text));
    let address = value(element);
    taken(match element.node.name.local() {
        "slug" => fill(&mut item.slug, value(element)),
        "draft" => fill(&mut item.draft, flag(element)),
        "url" => fill(&mut item.url, address),
        "id" => fill(&mut item.id, value(element)),
        "external_url" => fill(&mut item.external_url, address),
        "image" => fill(&mut item.image, address),
        "banner_image" => fill(&mut item.banner_image, address.map(|address| links.resolve(element.base, &address))),
        "comments_url" => fill(&mut item.comments_url, address),
        "content_src" => fill(&mut item.content_src, address),
        "content_text" => fill(&mut item.content_text, value(element)),
        "language" => fill(&mut item.language, value(element)),
        "published" => fill(&mut item.published, date()),
        "updated" => fill(&mut item.updated, date()),
        "key" => key(element, &mut item.extra),
        _ => false,
    })
}

/// Takes an element of a feed.
pub(super) fn feed(element: &Element<'_>, feed: &mut Feed, links: &mut Links) -> Taken {
    let mut construct = || text::read(element, Dialect::Rss, links).map(|(text, _)| text);
    let date = || value(element).map(|text| Date::new(&text));
    taken(match element.node.name.local() {
        "title" => fill(&mut feed.title, construct()),
        "description" => fill(&mut feed.description, construct()),
        "user_comment" => fill(&mut feed.user_comment, value(element)),
        "home_page_url" => fill(&mut feed.home_page_url, value(element)),
        "icon" => fill(&mut feed.icon, value(element)),
        "feed_url" => fill(&mut feed.feed_url, value(element)),
        "next_url" => fill(&mut feed.next_url, value(element)),
        "favicon" => fill(&mut feed.favicon, value(element)),
        "language" => fill(&mut feed.language, value(element)),
        "expired" => fill(&mut feed.expired, flag(element)),
        "published" => fill(&mut feed.published, date()),
        "updated" => fill(&mut feed.updated, date()),
        "key" => key(element, &mut feed.extra),
        _ => false,
    })
}

/// A key of a JSON Feed or of a head: its name as an attribute, its value as JSON.
pub(super) fn key(element: &Element<'_>, extra: &mut Extra) -> bool {
    let (Some(name), Ok(value)) = (element.get("name"), serde_json::from_str::<Value>(element.text)) else {
        return false;
    };
    if extra.keys.contains_key(name) {
        return false;
    }
    extra.keys.insert(name.to_owned(), value);
    true
}

/// Seconds of a duration: `3723`, `3723.5`, `62:03`, `1:02:03`.
pub(crate) fn seconds(text: &str) -> Option<f64> {
    let mut total = 0.0;
    let mut parts = 0;
    for part in text.split(':') {
        let part = part.trim();
        if part.is_empty() || !part.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.') {
            return None;
        }
        total = total * 60.0 + part.parse::<f64>().ok()?;
        parts += 1;
    }
    (parts <= 3 && total.is_finite()).then_some(total)
}

/// Seconds as a plain number.
pub(crate) fn plain_seconds(seconds: f64) -> String {
    seconds.to_string()
}
