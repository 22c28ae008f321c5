//! JSON Feed's objects into the hub: versions 1.0 and 1.1, and what means to be one.

use std::{borrow::Cow, fmt::Display, ops::Range};

use serde_json::Value;

use super::{
    OWN, OWN_LATE, alias,
    cursor::{Cursor, Kept, Step},
    read_own::{own_feed, own_item, set},
    write::mime_type,
};
use crate::{
    finding::{Finding, Place},
    model::{Attachment, Feed, Hub, Item, Person, Tag, Text},
    reference::Base,
    spots::Spots,
    syntax::tree::pointer_step,
};

/// Which keys an object has had, and where.
#[derive(Debug, Default)]
pub(crate) struct Keys {
    list: Vec<(Cow<'static, str>, Range<usize>)>,
    known: Spots,
}

impl Keys {
    /// Takes a key down; false when it was there before, which is told of `path`.
    #[expect(clippy::ptr_arg, reason = "a known key is not copied")]
    pub(crate) fn note(
        &mut self,
        cursor: &mut Cursor<'_>,
        key: &Cow<'static, str>,
        path: &dyn Display,
        range: Range<usize>,
    ) -> bool {
        let Some(first) = self.known.find(&self.list, &&**key, |(known, _)| &**known) else {
            self.list.push((key.clone(), range));
            return true;
        };
        let first = self.list[first].1.clone();
        cursor.report_at(range, path, |place| {
            Finding::error("duplicate-key", format!("`{path}` is set twice"), place)
                .label("again here")
                .related(Place::Bytes(first.clone()), "first here")
                .help("keep one; readers disagree on which counts")
        });
        false
    }
}

/// What goes with an object until its end.
#[derive(Debug, Default)]
struct Aside {
    kept: Kept,
    /// `_slugline`, and where it stands.
    own: Vec<(Value, Range<usize>)>,
    /// Keys that are none of JSON Feed's, and where their values stand.
    unknown: Vec<(Cow<'static, str>, Range<usize>)>,
    /// JSON Feed 1.0's one author, which counts if there are no others.
    author: Option<Person>,
}

/// Reads an item; the cursor is at its opening brace.
pub(crate) fn item(cursor: &mut Cursor<'_>, base: &Base) -> Step<Item> {
    let mut item = Item::default();
    let mut aside = Aside::default();
    let mut keys = Keys::default();
    let mut html = None;
    let mut text = None;
    cursor.bracket()?;
    while let Some((key, range)) = cursor.key()? {
        if !keys.note(cursor, &key, &key, range) {
            cursor.skip()?;
            continue;
        }
        let start = cursor.here()?;
        let kept = &mut aside.kept;
        let field = match &*key {
            "id" => {
                item.id = cursor.text(&key, kept)?;
                "/id"
            }
            "url" => {
                item.url = link(cursor, &key, kept, base)?;
                "/url"
            }
            "external_url" => {
                item.external_url = link(cursor, &key, kept, base)?;
                "/external_url"
            }
            "title" => {
                item.title = cursor.text(&key, kept)?.map(Text::plain);
                "/title"
            }
            "content_html" => {
                html = cursor.text(&key, kept)?;
                "/content"
            }
            "content_text" => {
                text = cursor.text(&key, kept)?;
                if html.is_some() { "/content_text" } else { "/content" }
            }
            "summary" => {
                item.summary = cursor.text(&key, kept)?.map(Text::plain);
                "/summary"
            }
            "image" => {
                item.image = link(cursor, &key, kept, base)?;
                "/image"
            }
            "banner_image" => {
                item.banner_image = link(cursor, &key, kept, base)?;
                "/banner_image"
            }
            "date_published" => {
                item.published = cursor.date(&key, kept)?;
                "/published"
            }
            "date_modified" => {
                item.updated = cursor.date(&key, kept)?;
                "/updated"
            }
            "language" => {
                item.language = cursor.text(&key, kept)?;
                "/language"
            }
            "author" | "authors" => {
                authors(cursor, &key, &mut item.authors, &mut aside, base)?;
                "/authors"
            }
            "tags" => {
                tags(cursor, &mut item.tags, kept)?;
                "/tags"
            }
            "attachments" => {
                attachments(cursor, &mut item.attachments, kept, base)?;
                "/attachments"
            }
            OWN => {
                aside.own.push((cursor.value()?, cursor.last()));
                continue;
            }
            _ => {
                cursor.keep_unknown(&key, kept)?;
                aside.unknown.push((key, cursor.last()));
                continue;
            }
        };
        cursor.since(start);
        cursor.place(field);
    }
    match (html, text) {
        (Some(html), text) => (item.content, item.content_text) = (Some(Text::html(html)), text),
        (None, text) => item.content = text.map(Text::plain),
    }
    if item.authors.is_empty() {
        item.authors.extend(aside.author);
    }
    for (key, range) in aside.unknown {
        let Some(value) = aside.kept.get(&*key) else { continue };
        cursor.return_to(range);
        if alias::item(cursor, &key, value, &mut item, base) {
            aside.kept.shift_remove(&*key);
        }
    }
    item.extra.keys = aside.kept;
    for (value, range) in aside.own {
        cursor.return_to(range);
        own_item(cursor, value, &mut item);
    }
    Ok(item)
}

/// Reads one member of a feed's object other than its items.
pub(crate) fn member(cursor: &mut Cursor<'_>, key: &str, feed: &mut Feed, late: &mut Late) -> Step<()> {
    let start = cursor.here()?;
    let kept = &mut late.0.kept;
    let (nowhere, field) = (&Base::default(), &*format!("/{}", pointer_step(key)));
    match key {
        "version" => {
            cursor.skip()?;
            return Ok(());
        }
        "title" => feed.title = cursor.text(&key, kept)?.map(Text::plain),
        "home_page_url" => feed.home_page_url = link(cursor, &key, kept, nowhere)?,
        "feed_url" => feed.feed_url = link(cursor, &key, kept, nowhere)?,
        "description" => feed.description = cursor.text(&key, kept)?.map(Text::plain),
        "user_comment" => feed.user_comment = cursor.text(&key, kept)?,
        "next_url" => feed.next_url = link(cursor, &key, kept, nowhere)?,
        "icon" => feed.icon = link(cursor, &key, kept, nowhere)?,
        "favicon" => feed.favicon = link(cursor, &key, kept, nowhere)?,
        "author" | "authors" => authors(cursor, key, &mut feed.authors, &mut late.0, nowhere)?,
        "language" => feed.language = cursor.text(&key, kept)?,
        "expired" => feed.expired = cursor.flag(&key, kept)?,
        "hubs" => hubs(cursor, &mut feed.hubs, kept)?,
        OWN | OWN_LATE => {
            late.0.own.push((cursor.value()?, cursor.last()));
            return Ok(());
        }
        _ => {
            cursor.keep_unknown(&key, kept)?;
            if let Some(value) = kept.get(key) {
                alias::feed(cursor, key, value, feed);
            }
            return Ok(());
        }
    }
    cursor.since(start);
    cursor.place(if key == "author" { "/authors" } else { field });
    Ok(())
}

/// What of a feed's object takes effect at its end.
#[derive(Debug, Default)]
pub(crate) struct Late(Aside);

impl Late {
    /// Completes what was read of the feed.
    pub(crate) fn finish(self, cursor: &mut Cursor<'_>, feed: &mut Feed) {
        let Aside { kept, own, author, .. } = self.0;
        if feed.authors.is_empty() {
            feed.authors.extend(author);
        }
        feed.extra.keys.extend(kept);
        for (value, range) in own {
            cursor.return_to(range);
            own_feed(cursor, value, feed);
        }
    }
}

/// Makes the addresses of a feed absolute.
pub(crate) fn resolve(feed: &mut Feed, base: &Base) {
    let links = [&mut feed.home_page_url, &mut feed.feed_url, &mut feed.next_url, &mut feed.icon, &mut feed.favicon];
    let people = feed.authors.iter_mut().flat_map(|author| [&mut author.url, &mut author.avatar]);
    for link in links.into_iter().chain(people).flatten() {
        *link = base.resolve(link).into_owned();
    }
    for hub in &mut feed.hubs {
        hub.url = base.resolve(&hub.url).into_owned();
    }
}

fn link(cursor: &mut Cursor<'_>, path: &dyn Display, kept: &mut Kept, base: &Base) -> Step<Option<String>> {
    Ok(cursor.text(path, kept)?.map(|link| base.resolve(link.trim()).into_owned()))
}

fn authors(cursor: &mut Cursor<'_>, key: &str, authors: &mut Vec<Person>, aside: &mut Aside, base: &Base) -> Step<()> {
    if key == "author" && cursor.peek()? != Some(b'[') {
        let mut one = None;
        // Kept under the name that it is written with.
        person(cursor, &"/authors/0", &mut aside.kept, base, &mut |person| one = Some(person))?;
        aside.author = one;
        return Ok(());
    }
    let kept = &mut aside.kept;
    cursor.list(&"authors", &mut |cursor, _| {
        let count = authors.len();
        person(cursor, &format_args!("/authors/{count}"), kept, base, &mut |person| authors.push(person))
    })
}

/// Reads a person; a text is a name.
fn person(
    cursor: &mut Cursor<'_>,
    path: &dyn Display,
    kept: &mut Kept,
    base: &Base,
    take: &mut dyn FnMut(Person),
) -> Step<()> {
    let mut person = Person::default();
    if cursor.peek()? != Some(b'{') {
        let name = match cursor.peek()? {
            Some(b'"') => cursor.text(path, kept)?,
            _ => {
                cursor.keep(path, "an object", kept)?;
                None
            }
        };
        if let Some(name) = name {
            let message = "an author must be an object; the text is read as its name";
            cursor.report(path, |place| Finding::warning("wrong-type", message, place));
            take(Person { name: Some(name), ..person });
        }
        return Ok(());
    }
    cursor.bracket()?;
    let mut keys = Keys::default();
    let mut own = None;
    while let Some((key, range)) = cursor.key()? {
        let within = format_args!("{path}/{}", pointer_step(&key));
        if !keys.note(cursor, &key, &within, range) {
            cursor.skip()?;
            continue;
        }
        match &*key {
            "name" => person.name = cursor.text(&within, kept)?,
            "url" => person.url = link(cursor, &within, kept, base)?,
            "avatar" => person.avatar = link(cursor, &within, kept, base)?,
            OWN => own = Some((cursor.value()?, within.to_string())),
            _ => cursor.keep_unknown(&within, kept)?,
        }
    }
    if let Some(address) = person.url.as_deref().and_then(|url| url.strip_prefix("mailto:")) {
        person.email = Some(address.to_owned());
        person.url = None;
        if person.name == person.email {
            // It stands there for want of a name.
            person.name = None;
        }
    }
    if let Some((value, within)) = own {
        let text = |key: &str| value.get(key).and_then(Value::as_str).map(str::to_owned);
        let nameless = value.get("name").is_some_and(Value::is_null);
        let mut used = set(&mut person.email, text("email"));
        used |= set(&mut person.url, text("url"));
        used |= set(&mut person.name, text("name"));
        if nameless && used {
            person.name = None;
        } else if !used {
            kept.insert(within, value);
        }
    }
    if person != Person::default() {
        take(person);
    }
    Ok(())
}

fn tags(cursor: &mut Cursor<'_>, tags: &mut Vec<Tag>, kept: &mut Kept) -> Step<()> {
    cursor.list(&"tags", &mut |cursor, at| {
        let term = cursor.text(&format_args!("/tags/{at}"), kept)?;
        tags.extend(term.map(|term| Tag { term, ..Tag::default() }));
        Ok(())
    })
}

fn hubs(cursor: &mut Cursor<'_>, hubs: &mut Vec<Hub>, kept: &mut Kept) -> Step<()> {
    cursor.list(&"hubs", &mut |cursor, at| {
        let path = format_args!("/hubs/{at}");
        if cursor.peek()? != Some(b'{') {
            return cursor.keep(&path, "an object", kept);
        }
        cursor.bracket()?;
        let mut hub = Hub::default();
        let count = hubs.len();
        let path = format_args!("/hubs/{count}");
        while let Some((key, _)) = cursor.key()? {
            let within = format_args!("{path}/{}", pointer_step(&key));
            match &*key {
                "type" => hub.kind = cursor.text(&within, kept)?.unwrap_or_default(),
                "url" => hub.url = cursor.text(&within, kept)?.unwrap_or_default(),
                _ => cursor.keep_unknown(&within, kept)?,
            }
        }
        hubs.push(hub);
        Ok(())
    })
}

fn attachments(cursor: &mut Cursor<'_>, attachments: &mut Vec<Attachment>, kept: &mut Kept, base: &Base) -> Step<()> {
    cursor.list(&"attachments", &mut |cursor, at| {
        if cursor.peek()? != Some(b'{') {
            return cursor.keep(&format_args!("/attachments/{at}"), "an object", kept);
        }
        cursor.bracket()?;
        let count = attachments.len();
        let path = format_args!("/attachments/{count}");
        let mut attachment = Attachment::default();
        let (mut guessed, mut own_type) = (false, None);
        while let Some((key, _)) = cursor.key()? {
            let within = format_args!("{path}/{}", pointer_step(&key));
            match &*key {
                "url" => attachment.url = link(cursor, &within, kept, base)?.unwrap_or_default(),
                "mime_type" => attachment.mime_type = cursor.text(&within, kept)?,
                "title" => attachment.title = cursor.text(&within, kept)?,
                "size_in_bytes" => attachment.size_in_bytes = size(cursor, &within, kept)?,
                "duration_in_seconds" => attachment.duration_in_seconds = cursor.number(&within, kept)?,
                OWN => match cursor.value()? {
                    Value::Object(own) if own.get("mime_type") == Some(&Value::Null) => guessed = true,
                    Value::Object(mut own) if own.get("mime_type").is_some_and(Value::is_string) => {
                        own_type = own.remove("mime_type");
                        if !own.is_empty() {
                            kept.insert(within.to_string(), Value::Object(own));
                        }
                    }
                    other => drop(kept.insert(within.to_string(), other)),
                },
                _ => cursor.keep_unknown(&within, kept)?,
            }
        }
        if guessed {
            attachment.mime_type = None;
        } else if let Some(Value::String(own)) = own_type
            && attachment.mime_type.as_deref() == Some(mime_type(&attachment.url))
        {
            // What was no media type went beside one that was made up.
            attachment.mime_type = Some(own);
        }
        attachments.push(attachment);
        Ok(())
    })
}

/// A number of bytes: whole, and not below nought.
fn size(cursor: &mut Cursor<'_>, path: &dyn Display, kept: &mut Kept) -> Step<Option<u64>> {
    let Some(size) = cursor.number(path, kept)? else { return Ok(None) };
    if size >= 0.0 && size.fract() == 0.0 && size < 9.0e15 {
        return Ok(Some(size as u64));
    }
    cursor.report(path, |place| {
        Finding::warning("wrong-type", "a size must be a whole number of bytes; it is kept as it is", place)
    });
    kept.insert(path.to_string(), Value::from(size));
    Ok(None)
}
