//! Feeds and items as proptest makes them up, and what two hubs that say the same are compared by.
#![allow(dead_code, clippy::unwrap_used)]

use proptest::{collection::vec, option::of, prelude::*, sample::select};
use slugline::{
    date::{Moment, Precision},
    model::{
        Attachment, Attribute, Date, Extra, Feed, Hub, Item, Map, Name, Node, Person, Source, Tag, Text, TextKind,
        Value,
    },
    syntax::html,
};

use super::support::made;

/// So many cases; a failure is shown, not kept in a file.
pub(crate) fn cases(cases: u32) -> ProptestConfig {
    ProptestConfig { cases, failure_persistence: None, ..ProptestConfig::default() }
}

/// Text of one to four words, nasty ones among them; all characters may stand in XML, no blanks at the ends.
pub(crate) fn text() -> impl Strategy<Value = String> {
    let word = select(vec![
        "a",
        "snow",
        "é",
        "日本",
        "😀",
        "&",
        "<b>",
        "</b>",
        "]]>",
        "\"q\"",
        "'",
        "--",
        "# x",
        ":",
        "- ",
        "{{",
        "%}",
        "\\n",
        "&amp;",
        "&#65;",
        "no",
        "12:30",
        "1e3",
        "~",
        "null",
        "|",
        "*",
        "_x_",
        "`",
        "2025-01-01",
        "x\u{85}y",
        "x\u{2028}y",
        "=",
    ]);
    vec(word, 1..5).prop_map(|words| words.join(" ").trim().to_owned())
}

/// An absolute address.
pub(crate) fn url() -> impl Strategy<Value = String> {
    let path = select(vec!["", "a", "a/b", "?q=1&r=2", "a%20b", "#x", "é", "x.mp3", "?a='b'"]);
    (select(vec!["https://example.org/", "http://example.com/x/"]), path)
        .prop_map(|(host, path)| host.to_owned() + path)
}

/// Well-formed markup.
pub(crate) fn markup() -> impl Strategy<Value = String> {
    let part = prop_oneof![
        text().prop_map(|text| html::escape(&text).into_owned()),
        text().prop_map(|text| format!("<p>{}</p>", html::escape(&text))),
        text().prop_map(|text| format!("<em>{}</em> &amp; <br/>", html::escape(&text))),
        url().prop_map(|url| format!("<a href=\"{}\">x</a>", html::escape_attribute(&url))),
    ];
    vec(part, 1..4).prop_map(|parts| parts.concat())
}

/// Plain text or HTML.
pub(crate) fn title() -> impl Strategy<Value = Text> {
    prop_oneof![3 => text().prop_map(Text::plain), 1 => markup().prop_map(Text::html)]
}

/// Content of every kind.
pub(crate) fn content() -> impl Strategy<Value = Text> {
    prop_oneof![
        4 => markup().prop_map(Text::html),
        1 => markup().prop_map(|value| Text::new(TextKind::Xhtml, value)),
        2 => text().prop_map(Text::plain),
        1 => text().prop_map(|value| Text::new(TextKind::Markdown, value)),
    ]
}

/// A date of any precision, or one that cannot be read.
pub(crate) fn date() -> impl Strategy<Value = Date> {
    let moment = (1900i16..2100, 1u8..=12, 1u8..=28, 0u8..24, 0u8..60, 0u8..60, of(-12i32..=14), 0u8..6).prop_map(
        |(year, month, day, hour, minute, second, offset, precision)| {
            let second_precise = Moment {
                year,
                month,
                day,
                hour,
                minute,
                second,
                nanosecond: 0,
                offset: offset.map(|hours| hours * 3600),
                precision: Precision::Second,
            };
            let day_precise =
                Moment { hour: 0, minute: 0, second: 0, offset: None, precision: Precision::Day, ..second_precise };
            Date::from(match precision {
                0 => Moment { month: 1, day: 1, precision: Precision::Year, ..day_precise },
                1 => Moment { day: 1, precision: Precision::Month, ..day_precise },
                2 => day_precise,
                3 => Moment { second: 0, precision: Precision::Minute, ..second_precise },
                _ => second_precise,
            })
        },
    );
    prop_oneof![9 => moment, 1 => Just(Date { text: "the day before".to_owned(), moment: None })]
}

/// Someone of whom something is known.
pub(crate) fn person() -> impl Strategy<Value = Person> {
    let email = select(vec!["a@example.org", "b.c@example.com"]).prop_map(str::to_owned);
    (of(text()), of(email), of(url()), of(url())).prop_map(|(name, email, url, avatar)| {
        let name = name.or_else(|| (email.is_none() && url.is_none()).then(|| "someone".to_owned()));
        Person { name, email, url, avatar }
    })
}

/// A tag, some with scheme and label.
pub(crate) fn tag() -> impl Strategy<Value = Tag> {
    (text(), of(url()), of(text())).prop_map(|(term, scheme, label)| Tag { term, scheme, label })
}

/// An attachment.
pub(crate) fn attachment() -> impl Strategy<Value = Attachment> {
    let kind = of(select(vec!["audio/mpeg", "image/png"]).prop_map(str::to_owned));
    (url(), kind, of(text()), of(0u64..1 << 50), of(0u32..100_000)).prop_map(|(url, mime_type, title, size, tenths)| {
        let duration_in_seconds = tenths.map(|tenths| f64::from(tenths) / 10.0);
        made(|attachment: &mut Attachment| {
            attachment.url = url;
            attachment.mime_type = mime_type;
            attachment.title = title;
            attachment.size_in_bytes = size;
            attachment.duration_in_seconds = duration_in_seconds;
        })
    })
}

/// Foreign elements, nested up to three deep.
pub(crate) fn nodes() -> impl Strategy<Value = Vec<Node>> {
    let name =
        || select(vec!["x", "y", "long-name"]).prop_map(|local| Name::new("https://example.org/ns#", "ex", local));
    let attribute =
        (select(vec!["a", "b"]), text()).prop_map(|(local, value)| Attribute { name: Name::new("", "", local), value });
    let node = (0u16..3, name(), of(attribute), of(text()), of(text()));
    vec(node, 0..6).prop_map(|nodes| {
        let mut deepest = 0;
        let rows = nodes.into_iter().map(|(depth, name, attribute, text, tail)| {
            let depth = depth.min(deepest);
            deepest = depth + 1;
            let tail = tail.filter(|_| depth > 0).unwrap_or_default();
            Node { depth, name, attributes: attribute.into_iter().collect(), text: text.unwrap_or_default(), tail }
        });
        rows.collect()
    })
}

/// What has no field.
pub(crate) fn extra() -> impl Strategy<Value = Extra> {
    let value = prop_oneof![
        text().prop_map(Value::from),
        any::<bool>().prop_map(Value::from),
        (0i64..1000).prop_map(Value::from),
        vec(text(), 0..3).prop_map(Value::from),
        text().prop_map(|text| serde_json::json!({"about": text, "n": [1, null]})),
    ];
    let key = select(vec!["_ext", "layout", "weight", "_a b"]).prop_map(str::to_owned);
    (nodes(), vec((key, value), 0..3))
        .prop_map(|(nodes, keys)| Extra { nodes, keys: keys.into_iter().collect::<Map<_, _>>() })
}

fn source() -> impl Strategy<Value = Source> {
    (text(), of(url()), of(url()), of(text()), of(date())).prop_map(|(title, url, home_page_url, id, updated)| {
        made(|source: &mut Source| {
            source.title = Some(title);
            source.url = url;
            source.home_page_url = home_page_url;
            source.id = id;
            source.updated = updated;
            source.extra = Extra::default();
        })
    })
}

/// An item with an id.
pub(crate) fn item() -> impl Strategy<Value = Item> {
    let texts = (of(title()), of(title()), of(content()), of(title()), of(text()));
    let links = (of(url()), of(url()), of(url()), of(url()), of(url()), of(url()));
    let rest = (of(date()), of(date()), vec(person(), 0..3), vec(tag(), 0..3), vec(attachment(), 0..3));
    let more = (of(source()), of(any::<bool>()), of(Just("a-slug".to_owned())), of(Just("en-GB".to_owned())), extra());
    (url(), texts, links, rest, more).prop_map(|(id, texts, links, rest, more)| {
        let (title, summary, content, rights, content_text) = texts;
        // Text beside a content that is plain text itself says nothing.
        let plain = content.as_ref().is_some_and(|content| content.kind == TextKind::Plain);
        let (url, external_url, image, banner_image, comments_url, content_src) = links;
        let (published, updated, authors, tags, attachments) = rest;
        let (source, draft, slug, language, extra) = more;
        made(|item: &mut Item| {
            item.id = Some(id);
            item.url = url;
            item.external_url = external_url;
            item.title = title;
            item.summary = summary;
            item.content = content;
            item.content_text = content_text.filter(|_| !plain);
            item.content_src = content_src;
            item.published = published;
            item.updated = updated;
            item.authors = authors;
            item.tags = tags;
            item.attachments = attachments;
            item.image = image;
            item.banner_image = banner_image;
            item.language = language;
            item.source = source;
            item.comments_url = comments_url;
            item.rights = rights;
            item.slug = slug;
            item.draft = draft;
            item.extra = extra;
        })
    })
}

/// A feed's head.
pub(crate) fn feed() -> impl Strategy<Value = Feed> {
    let texts = (of(title()), of(title()), of(title()), of(text()), of(text()), of(text()));
    let links = (of(url()), of(url()), of(url()), of(url()), of(url()));
    let hub = (select(vec!["WebSub", "rssCloud"]), url()).prop_map(|(kind, url)| Hub { kind: kind.to_owned(), url });
    let lists = (vec(person(), 0..3), vec(tag(), 0..3), vec(hub, 0..2));
    let rest = (of(date()), of(date()), of(any::<bool>()), of(Just("de".to_owned())), extra());
    (texts, links, lists, rest).prop_map(|(texts, links, lists, rest)| {
        let (title, description, rights, user_comment, id, generator) = texts;
        let (home_page_url, feed_url, next_url, icon, favicon) = links;
        let (authors, tags, hubs) = lists;
        let (published, updated, expired, language, extra) = rest;
        made(|feed: &mut Feed| {
            feed.title = title;
            feed.home_page_url = home_page_url;
            feed.feed_url = feed_url;
            feed.description = description;
            feed.user_comment = user_comment;
            feed.next_url = next_url;
            feed.icon = icon;
            feed.favicon = favicon;
            feed.authors = authors;
            feed.language = language;
            feed.rights = rights;
            feed.expired = expired;
            feed.tags = tags;
            feed.published = published;
            feed.updated = updated;
            feed.id = id;
            feed.generator = generator;
            feed.hubs = hubs;
            feed.extra = extra;
        })
    })
}

/// A feed and up to three items of different ids.
pub(crate) fn hub() -> impl Strategy<Value = (Feed, Vec<Item>)> {
    (feed(), vec(item(), 0..4)).prop_map(|(feed, mut items)| {
        for (number, item) in items.iter_mut().enumerate() {
            item.id = item.id.take().map(|id| format!("{id}{number}"));
        }
        (feed, items)
    })
}
