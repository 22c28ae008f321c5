//! Keys that mean to be those of JSON Feed: in another style, or in the words of RSS. They are read where the right key
//! is not there.

use serde_json::Value;

use super::cursor::Cursor;
use crate::{
    date,
    finding::Finding,
    model::{Date, Feed, Item, Text},
    reference::Base,
    syntax::html,
};

/// What an item's wrong key means.
pub(crate) fn item_key(key: &str) -> Option<&'static str> {
    Some(match key {
        "link" | "permalink" => "url",
        "guid" => "id",
        "contentHtml" => "content_html",
        "contentText" => "content_text",
        "content" | "body" => "content",
        "description" | "excerpt" => "summary",
        "date" | "published" | "datePublished" | "pubDate" => "date_published",
        "updated" | "modified" | "dateModified" => "date_modified",
        "externalUrl" => "external_url",
        "bannerImage" => "banner_image",
        "lang" => "language",
        _ => return None,
    })
}

/// What a feed's wrong key means.
pub(crate) fn feed_key(key: &str) -> Option<&'static str> {
    Some(match key {
        "link" | "homePageUrl" | "homepage" | "home_page" => "home_page_url",
        "feedUrl" => "feed_url",
        "nextUrl" => "next_url",
        "userComment" => "user_comment",
        "subtitle" => "description",
        "lang" => "language",
        _ => return None,
    })
}

/// Puts a value where none is.
fn fill<T>(slot: &mut Option<T>, value: T) -> bool {
    let free = slot.is_none();
    slot.get_or_insert(value);
    free
}

fn link(text: &str, base: &Base) -> String {
    base.resolve(text.trim()).into_owned()
}

/// Takes what a wrong key of an item says, all of whose right ones were read; whether it did. The cursor's last value
/// is what the finding is about.
pub(super) fn item(cursor: &mut Cursor<'_>, key: &str, value: &Value, item: &mut Item, base: &Base) -> bool {
    let (Some(meant), Some(text)) = (item_key(key), value.as_str().filter(|text| !text.trim().is_empty())) else {
        return false;
    };
    let day = |text: &str| Date::new(text);
    let (taken, name) = match meant {
        "url" => (fill(&mut item.url, link(text, base)), meant),
        "external_url" => (fill(&mut item.external_url, link(text, base)), meant),
        "banner_image" => (fill(&mut item.banner_image, link(text, base)), meant),
        "id" => (fill(&mut item.id, text.to_owned()), meant),
        "summary" => (fill(&mut item.summary, Text::plain(text)), meant),
        "language" => (fill(&mut item.language, text.to_owned()), meant),
        "date_published" => (fill(&mut item.published, day(text)), meant),
        "date_modified" => (fill(&mut item.updated, day(text)), meant),
        "content_html" => (fill(&mut item.content, Text::html(text)), meant),
        "content" if html::is_html(text) => (fill(&mut item.content, Text::html(text)), "content_html"),
        _ => (fill(&mut item.content, Text::plain(text)), "content_text"),
    };
    if taken {
        tell(cursor, key, name);
        if meant.starts_with("date") && date::read(text).0.moment.is_none() {
            cursor.report(&key, |place| Finding::warning("unread-date", "this is not a date that can be read", place));
        }
    }
    taken
}

/// Takes what a wrong key of a feed says. It is kept too: the right one may still come.
pub(super) fn feed(cursor: &mut Cursor<'_>, key: &str, value: &Value, feed: &mut Feed) {
    let (Some(meant), Some(text)) = (feed_key(key), value.as_str().filter(|text| !text.trim().is_empty())) else {
        return;
    };
    let taken = match meant {
        "home_page_url" => fill(&mut feed.home_page_url, text.trim().to_owned()),
        "feed_url" => fill(&mut feed.feed_url, text.trim().to_owned()),
        "next_url" => fill(&mut feed.next_url, text.trim().to_owned()),
        "user_comment" => fill(&mut feed.user_comment, text.to_owned()),
        "language" => fill(&mut feed.language, text.to_owned()),
        _ => fill(&mut feed.description, Text::plain(text)),
    };
    if taken {
        tell(cursor, key, meant);
    }
}

fn tell(cursor: &mut Cursor<'_>, key: &str, meant: &str) {
    cursor.report(&key, |place| {
        let message = format!("`{key}` is no key of JSON Feed; it is read as `{meant}`");
        Finding::warning("misspelt-key", message, place).help(format!("write `{meant}`"))
    });
}
