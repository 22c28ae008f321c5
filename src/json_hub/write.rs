//! The hub as JSON Feed's objects. Keys stand in the order of the specification, version 1.1; then keys that were
//! kept; then `_slugline`.

mod kept;

use self::kept::Kept;
use super::{
    OWN, OWN_LATE,
    object::Object,
    own::{
        kind_name, plain, write_all_tags, write_date, write_lost_text, write_rows, write_source, write_tags, write_text,
    },
};
use crate::{
    date::Date,
    finding::{Loss, Reason},
    kind,
    model::{Attachment, Feed, Item, Person, Text, TextKind},
    syntax::{base64, json::write::Layout},
};

/// Writes an item; what has no field goes along if `keep` says so.
pub(crate) fn item(out: &mut Vec<u8>, layout: Layout, item: &Item, keep: bool, losses: &mut Vec<Loss>) {
    let mut object = Object::begin(out, layout);
    let kept = Kept::new(&item.extra, keep);
    let mut odd = Odd { values: Vec::new(), losses };
    object.some_text("id", &item.id);
    odd.address(&mut object, "url", &item.url);
    odd.address(&mut object, "external_url", &item.external_url);
    some_plain(&mut object, "title", &item.title);
    let content_text = content(&mut object, item);
    some_plain(&mut object, "summary", &item.summary);
    odd.address(&mut object, "image", &item.image);
    odd.address(&mut object, "banner_image", &item.banner_image);
    date(&mut object, "date_published", &item.published);
    date(&mut object, "date_modified", &item.updated);
    authors(&mut object, &item.authors, &kept, odd.losses);
    if !item.tags.is_empty() {
        object.words("tags", item.tags.iter().map(|tag| tag.term.as_str()));
    }
    odd.language(&mut object, &item.language);
    let Odd { values, losses } = odd;
    let mut files: Vec<_> = item.attachments.iter().enumerate().collect();
    files.retain(|(_, file)| fits(is_address(&file.url), "attachments", &file.url, losses));
    if !files.is_empty() {
        object.list("attachments", files, |out, layout, (at, entry)| {
            attachment(out, layout, entry, at, &kept, losses);
        });
    }
    kept.at_top(&mut object);
    object.object(OWN, |own| {
        values.iter().for_each(|(key, value)| own.text(key, value));
        own.some_text("slug", &item.slug);
        if let Some(draft) = item.draft {
            own.scalar("draft", if draft { "true" } else { "false" });
        }
        write_date(own, "published", &item.published);
        write_date(own, "updated", &item.updated);
        write_lost_text(own, "title", &item.title);
        write_lost_text(own, "summary", &item.summary);
        own_content(own, item);
        if let Some(text) = content_text {
            own.text("content_text", text);
        }
        own.some_text("content_src", &item.content_src);
        write_tags(own, &item.tags);
        if let Some(source) = &item.source {
            write_source(own, source, keep, losses);
        }
        own.some_text("comments_url", &item.comments_url);
        if let Some(rights) = &item.rights {
            write_text(own, "rights", rights);
        }
        write_rows(own, &item.extra, keep, "extra", losses);
        kept.within(own);
    });
    object.end();
}

/// Writes the content; gives back the plain text beside it when its key is taken.
fn content<'i>(object: &mut Object<'_>, item: &'i Item) -> Option<&'i str> {
    let beside = item.content_text.as_deref();
    match &item.content {
        Some(Text { kind: TextKind::Html | TextKind::Xhtml, value, .. }) => object.text("content_html", value),
        Some(Text { kind: TextKind::Plain | TextKind::Markdown, value, .. }) => {
            object.text("content_text", value);
            return beside.filter(|text| text != value);
        }
        Some(Text { kind: TextKind::Media(mime), value, .. }) if beside.is_none() && is_text(mime) => {
            object.text("content_text", value);
        }
        // One of both must be there, even if there is nothing to say.
        None if beside.is_none() => object.text("content_text", ""),
        Some(Text { kind: TextKind::Media(_), value, .. }) if beside.is_none() => {
            object.text("content_text", &readable(value).unwrap_or_default());
        }
        Some(_) | None => {}
    }
    if let Some(text) = beside {
        object.text("content_text", text);
    }
    None
}

/// Whether a media type is one of text that people read.
fn is_text(mime: &str) -> bool {
    let essence = mime.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    essence.starts_with("text/") || essence == "application/json"
}

/// What people can read of content of any other type, which is base64 (RFC 4287, section 4.1.3.3): source code and the
/// like have types of their own.
fn readable(value: &str) -> Option<String> {
    let is_plain = |c: char| !c.is_control() || matches!(c, '\t' | '\n' | '\r');
    base64::text(value).filter(|text| text.chars().all(is_plain))
}

/// What the keys of the content do not say of it.
fn own_content(own: &mut Object<'_>, item: &Item) {
    let Some(content) = &item.content else {
        // The text that stands where the content would is but its plain version.
        if item.content_text.is_some() {
            own.scalar("content", "null");
        }
        return;
    };
    let Text { kind, value, base, language } = content;
    let told = matches!(kind, TextKind::Html | TextKind::Plain) && base.is_none() && language.is_none();
    if !told {
        own.short_object("content", |own| {
            own.text("type", kind_name(kind));
            let beside = item.content_text.is_some();
            if matches!(kind, TextKind::Media(mime) if beside || !is_text(mime)) {
                own.text("value", value);
            }
            own.some_text("base", base);
            own.some_text("language", language);
        });
    }
}

fn some_plain(object: &mut Object<'_>, key: &str, text: &Option<Text>) {
    match text {
        Some(Text { kind: TextKind::Plain, value, .. }) => object.text(key, value),
        Some(text) => object.text(key, &plain(text)),
        None => {}
    }
}

fn date(object: &mut Object<'_>, key: &str, date: &Option<Date>) {
    if let Some(moment) = date.as_ref().and_then(|date| date.moment) {
        object.text(key, &moment.rfc3339());
    }
}

/// What JSON Feed's keys may not hold: it stands in `_slugline`, and is a loss.
struct Odd<'o> {
    values: Vec<(&'static str, &'o str)>,
    losses: &'o mut Vec<Loss>,
}

impl<'o> Odd<'o> {
    fn address(&mut self, object: &mut Object<'_>, key: &'static str, value: &'o Option<String>) {
        self.some(object, key, value, is_address);
    }

    fn language(&mut self, object: &mut Object<'_>, value: &'o Option<String>) {
        self.some(object, "language", value, is_language);
    }

    fn some(&mut self, object: &mut Object<'_>, key: &'static str, value: &'o Option<String>, is: fn(&str) -> bool) {
        let Some(value) = value else { return };
        if fits(is(value), key, value, self.losses) {
            object.text(key, value);
        } else {
            self.values.push((key, value));
        }
    }
}

/// Whether a value fits; that it does not is told as a loss.
fn fits(fits: bool, field: &'static str, value: &str, losses: &mut Vec<Loss>) -> bool {
    if !fits {
        losses.push(Loss::new(field, Reason::Unreadable, value));
    }
    fits
}

fn is_address(value: &str) -> bool {
    kind::accepts(kind::IRI, value)
}

/// Whether a text has the form of a language's tag (RFC 5646, section 2.1).
fn is_language(value: &str) -> bool {
    let part = |part: &str| (1..=8).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_alphanumeric());
    value.split('-').all(part) && value.bytes().take_while(|&byte| byte != b'-').all(|byte| byte.is_ascii_alphabetic())
}

fn authors(object: &mut Object<'_>, authors: &[Person], kept: &Kept<'_>, losses: &mut Vec<Loss>) {
    if authors.is_empty() {
        return;
    }
    object.list("authors", authors.iter().enumerate(), |out, layout, (at, author)| {
        let mut object = Object::begin(out, layout);
        let mail = author.email.as_ref().map(|email| format!("mailto:{email}"));
        let url = author.url.as_ref().or(mail.as_ref());
        let url = url.filter(|url| fits(is_address(url), "authors", url, losses));
        // Readers show names; one must be there where nothing else is.
        let instead = author.email.as_ref().filter(|_| author.url.is_none());
        let instead = instead.or(author.url.as_ref().filter(|_| url.is_none() && author.avatar.is_none()));
        let name = author.name.as_ref().or(instead);
        if let Some(name) = name {
            object.text("name", name);
        }
        if let Some(url) = url {
            object.text("url", url);
        }
        object.some_text("avatar", &author.avatar);
        kept.in_place(&mut object, "authors", at);
        let odd = url.is_none();
        object.short_object(OWN, |own| {
            if odd {
                own.some_text("url", &author.url);
            }
            if odd || author.url.is_some() {
                own.some_text("email", &author.email);
            }
            if odd && author.name.is_none() && instead.is_some() {
                own.scalar("name", "null");
            } else if !odd && author.url.is_none() && author.email.is_some() && author.name == author.email {
                // Of that name indeed.
                own.some_text("name", &author.name);
            }
        });
        object.end();
    });
}

fn attachment(
    out: &mut Vec<u8>,
    layout: Layout,
    attachment: &Attachment,
    at: usize,
    kept: &Kept<'_>,
    losses: &mut Vec<Loss>,
) {
    let mut object = Object::begin(out, layout);
    object.text("url", &attachment.url);
    let mime = attachment.mime_type.as_deref().filter(|mime| kind::accepts(kind::MEDIA_TYPE, mime));
    object.text("mime_type", mime.unwrap_or_else(|| mime_type(&attachment.url)));
    object.some_text("title", &attachment.title);
    if let Some(size) = attachment.size_in_bytes {
        object.number("size_in_bytes", size);
    }
    match attachment.duration_in_seconds {
        Some(seconds) if seconds.is_finite() => object.scalar("duration_in_seconds", &seconds.to_string()),
        Some(seconds) => {
            losses.push(Loss::new("attachments.duration_in_seconds", Reason::Unreadable, &seconds.to_string()));
        }
        None => {}
    }
    kept.in_place(&mut object, "attachments", at);
    if mime.is_none()
        && let Some(odd) = &attachment.mime_type
    {
        object.short_object(OWN, |own| own.text("mime_type", odd));
    } else if mime.is_none() {
        // The key must be there; that it was made up is noted.
        object.short_object(OWN, |own| own.scalar("mime_type", "null"));
    }
    object.end();
}

/// What a file of that ending is.
pub(crate) fn mime_type(url: &str) -> &'static str {
    let path = url.split(['?', '#']).next().unwrap_or(url);
    let ending = path.rsplit('/').next().and_then(|name| name.rsplit_once('.')).map_or("", |(_, ending)| ending);
    match ending.to_ascii_lowercase().as_str() {
        "mp3" => "audio/mpeg",
        "m4a" => "audio/x-m4a",
        "ogg" | "oga" | "opus" => "audio/ogg",
        "wav" => "audio/wav",
        "flac" => "audio/flac",
        "mp4" | "m4v" => "video/mp4",
        "webm" => "video/webm",
        "mov" => "video/quicktime",
        "jpg" | "jpeg" => "image/jpeg",
        "png" => "image/png",
        "gif" => "image/gif",
        "webp" => "image/webp",
        "svg" => "image/svg+xml",
        "pdf" => "application/pdf",
        "epub" => "application/epub+zip",
        "zip" => "application/zip",
        "html" | "htm" => "text/html",
        "txt" => "text/plain",
        _ => "application/octet-stream",
    }
}

/// Writes what is said of a feed, up to where its items begin.
pub(crate) fn head(object: &mut Object<'_>, feed: &Feed, keep: bool, losses: &mut Vec<Loss>) {
    object.text("version", "https://jsonfeed.org/version/1.1");
    members(object, feed, keep, OWN, losses);
}

/// Writes what is said of a feed after its items; what stands in `written` is there already.
pub(crate) fn late(object: &mut Object<'_>, late: &Feed, written: &Feed, keep: bool, losses: &mut Vec<Loss>) {
    let mut rest = late.clone();
    macro_rules! once {
        ($($field:ident: $example:expr;)*) => { $(
            if is_set(&written.$field) && is_set(&rest.$field) {
                let example: Option<String> = $example(&rest.$field);
                losses.push(Loss::new(stringify!($field), Reason::Late, &example.unwrap_or_default()));
                rest.$field = Default::default();
            }
        )* };
    }
    let text = |text: &Option<Text>| text.as_ref().map(|text| text.value.clone());
    once! {
        title: text;
        home_page_url: Clone::clone;
        feed_url: Clone::clone;
        description: text;
        user_comment: Clone::clone;
        next_url: Clone::clone;
        icon: Clone::clone;
        favicon: Clone::clone;
        authors: |authors: &Vec<Person>| authors.first().and_then(|author| author.name.clone());
        language: Clone::clone;
        expired: |expired: &Option<bool>| expired.map(|expired| expired.to_string());
        hubs: |hubs: &Vec<crate::model::Hub>| hubs.first().map(|hub| hub.url.clone());
    }
    rest.extra.keys.retain(|key, value| {
        let taken = written.extra.keys.contains_key(key);
        if taken {
            losses.push(Loss::new("extra", Reason::Late, &format!("{key}: {value}")));
        }
        !taken
    });
    members(object, &rest, keep, OWN_LATE, losses);
}

fn is_set<T: Default + PartialEq>(value: &T) -> bool {
    *value != T::default()
}

fn members(object: &mut Object<'_>, feed: &Feed, keep: bool, own: &str, losses: &mut Vec<Loss>) {
    let kept = Kept::new(&feed.extra, keep);
    some_plain(object, "title", &feed.title);
    let mut odd = Odd { values: Vec::new(), losses };
    odd.address(object, "home_page_url", &feed.home_page_url);
    odd.address(object, "feed_url", &feed.feed_url);
    some_plain(object, "description", &feed.description);
    object.some_text("user_comment", &feed.user_comment);
    odd.address(object, "next_url", &feed.next_url);
    odd.address(object, "icon", &feed.icon);
    odd.address(object, "favicon", &feed.favicon);
    authors(object, &feed.authors, &kept, odd.losses);
    odd.language(object, &feed.language);
    let Odd { values, losses } = odd;
    if let Some(expired) = feed.expired {
        object.scalar("expired", if expired { "true" } else { "false" });
    }
    let mut hubs: Vec<_> = feed.hubs.iter().enumerate().collect();
    hubs.retain(|(_, hub)| fits(is_address(&hub.url), "hubs", &hub.url, losses));
    if !hubs.is_empty() {
        object.list("hubs", hubs, |out, layout, (at, hub)| {
            let mut object = Object::begin(out, layout);
            object.text("type", &hub.kind);
            object.text("url", &hub.url);
            kept.in_place(&mut object, "hubs", at);
            object.end();
        });
    }
    kept.at_top(object);
    object.object(own, |own| {
        values.iter().for_each(|(key, value)| own.text(key, value));
        own.some_text("id", &feed.id);
        for (key, date) in [("published", &feed.published), ("updated", &feed.updated)] {
            if let Some(date) = date {
                own.text(key, &date.moment.map_or_else(|| date.text.clone(), |moment| moment.written()));
            }
        }
        write_lost_text(own, "title", &feed.title);
        write_lost_text(own, "description", &feed.description);
        if let Some(rights) = &feed.rights {
            write_text(own, "rights", rights);
        }
        own.some_text("generator", &feed.generator);
        if !feed.tags.is_empty() {
            write_all_tags(own, &feed.tags);
        }
        write_rows(own, &feed.extra, keep, "extra", losses);
        kept.within(own);
    });
}
