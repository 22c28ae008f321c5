//! The feed's head: what options add to it, what comes late, and what a target cannot do without.

use crate::{
    error::{Error, ErrorKind},
    finding::Loss,
    model::{Date, Feed, Person, Text, Value},
};

use super::{Options, mend};

/// Sets a field of the feed.
type Set = fn(&mut Feed, String);

/// The fields that `--set-feed` knows, with what each takes.
const SETTABLE: &[(&str, Set)] = &[
    ("title", |feed, value| feed.title = Some(Text::plain(value))),
    ("description", |feed, value| feed.description = Some(Text::plain(value))),
    ("home_page_url", |feed, value| feed.home_page_url = Some(value)),
    ("link", |feed, value| feed.home_page_url = Some(value)),
    ("feed_url", |feed, value| feed.feed_url = Some(value)),
    ("id", |feed, value| feed.id = Some(value)),
    ("language", |feed, value| feed.language = Some(value)),
    ("icon", |feed, value| feed.icon = Some(value)),
    ("favicon", |feed, value| feed.favicon = Some(value)),
    ("author", |feed, value| feed.authors = vec![Person { name: Some(value), ..Person::default() }]),
    ("rights", |feed, value| feed.rights = Some(Text::plain(value))),
    ("generator", |feed, value| feed.generator = Some(value)),
    ("updated", |feed, value| feed.updated = Some(Date::new(&value))),
];

/// Adds to `feed` what `late` says and it does not; lists are joined.
pub fn absorb(feed: &mut Feed, late: Feed) {
    macro_rules! fill {
        ($($field:ident)*) => { $( if feed.$field.is_none() { feed.$field = late.$field; } )* };
    }
    fill!(title home_page_url feed_url description user_comment next_url icon favicon language rights expired
        published updated id generator);
    feed.authors.extend(late.authors);
    feed.tags.extend(late.tags);
    feed.hubs.extend(late.hubs);
    feed.extra.nodes.extend(late.extra.nodes);
    feed.extra.keys.extend(late.extra.keys);
}

/// Adds what the options say of the feed.
///
/// # Errors
/// A `--set-feed` key that is no field.
pub fn complete(feed: &mut Feed, options: &Options, _losses: &mut Vec<Loss>) -> Result<(), Error> {
    if let Some(url) = &options.feed_url {
        feed.feed_url = Some(url.clone());
    }
    let settings = options.site.iter().filter_map(|(key, value)| match value {
        _ if key == "address" || key.starts_with('_') => None,
        Value::String(text) => Some((key.clone(), text.clone())),
        _ => None,
    });
    let is_bare = feed.title.is_none() && feed.home_page_url.is_none();
    let site: Vec<(String, String)> = if is_bare { settings.collect() } else { Vec::new() };
    if is_bare && let Some(Value::Array(authors)) = options.site.get("authors") {
        feed.authors = authors.iter().filter_map(person).collect();
    }
    for (key, value) in site.iter().chain(&options.set_feed) {
        let Some((_, set)) = SETTABLE.iter().find(|(name, _)| name == key) else {
            let names: Vec<_> = SETTABLE.iter().map(|(name, _)| *name).collect();
            return Err(Error::new(ErrorKind::Usage, format!("a feed has no field `{key}`"))
                .help(format!("`--set-feed` knows {}", names.join(", "))));
        };
        set(feed, value.clone());
    }
    mend::feed(feed);
    Ok(())
}

/// An author of `[feed]`: a name, or a table of name, url, email and avatar.
fn person(value: &Value) -> Option<Person> {
    let text = |key: &str| value.get(key).and_then(Value::as_str).map(str::to_owned);
    match value {
        Value::String(name) => Some(Person { name: Some(name.clone()), ..Person::default() }),
        Value::Object(_) => {
            Some(Person { name: text("name"), email: text("email"), url: text("url"), avatar: text("avatar") })
        }
        _ => None,
    }
}

/// Gives the feed what every format requires of one, a title and an address, where the source has none; says so.
pub fn demand(feed: &mut Feed, options: &Options, notes: &mut Vec<String>) {
    let mut made_up = Vec::new();
    if feed.home_page_url.is_none()
        && let Some(base) = &options.read.base_url
    {
        feed.home_page_url = Some(base.clone());
    }
    if feed.title.is_none() {
        let host = feed.home_page_url.as_deref().or(feed.feed_url.as_deref()).and_then(host);
        let title = host.unwrap_or("Untitled").to_owned();
        made_up.push(format!("no title (`{title}` was written; `--set-feed title=…` sets it)"));
        feed.title = Some(Text::plain(title));
    }
    if feed.home_page_url.is_none() && feed.feed_url.is_none() {
        made_up.push("no address (`--set-feed link=https://…` or `--base-url` sets it)".to_owned());
    }
    if !made_up.is_empty() {
        notes.push(format!("the feed has {}", made_up.join(" and ")));
    }
}

/// The host of an address, as it is written.
fn host(url: &str) -> Option<&str> {
    let rest = url.split_once("://")?.1;
    let host = rest.split(['/', '?', '#']).next()?;
    (!host.is_empty()).then_some(host)
}
