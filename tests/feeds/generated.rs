//! Hubs made up: whatever a hub holds goes to RSS, RSS 1.0 and Atom and comes back.

use proptest::{collection::vec, option::of, prelude::*};
use slugline::{
    model::{
        Attachment, Attribute, Date, Extra, Feed, Hub as FeedHub, Item, Map, Name, Node, Person, Source, Tag, Text,
        TextKind, Value,
    },
    reference,
};

use super::support::made;

use super::{
    assert_same,
    hub::{self, Hub},
};

/// Text with what trips writers: markup, references, ends of CDATA, blanks at the ends, other scripts.
fn anything() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        Just("<b>".to_owned()),
        Just("</p>".to_owned()),
        Just("&".to_owned()),
        Just("&amp;".to_owned()),
        Just("&lt;p&gt;".to_owned()),
        Just("]]>".to_owned()),
        Just("\r\n".to_owned()),
        Just("\"'".to_owned()),
        Just(" ".to_owned()),
        Just("\t\n".to_owned()),
        Just("é日\u{1f680}\u{a0}".to_owned()),
        Just("<!--".to_owned()),
        Just("mail@host.example (".to_owned()),
        Just(")".to_owned()),
        "[a-zA-Z0-9 :/@.,-]{1,8}",
    ];
    vec(piece, 1..6).prop_map(|pieces| pieces.concat())
}

/// The same without blanks at its ends, and with something in it.
fn trimmed() -> impl Strategy<Value = String> {
    (anything(), "[a-z]").prop_map(|(text, end)| format!("{}{end}", text.trim_start()))
}

/// An address as the conductor hands it to writers.
fn address() -> impl Strategy<Value = String> {
    "https://[a-z]{1,3}\\.example/[a-z0-9?&=#%~_-]{0,8}".prop_map(|text| reference::mended(&text).unwrap_or(text))
}

/// An address, or what claims to be one.
fn any_address() -> impl Strategy<Value = String> {
    prop_oneof![6 => address(), 1 => Just("https:// no.example/{x}".to_owned()), 1 => Just("http:///x".to_owned())]
}

fn kind() -> impl Strategy<Value = TextKind> {
    prop_oneof![Just(TextKind::Plain), Just(TextKind::Html), Just(TextKind::Markdown)]
}

fn text() -> impl Strategy<Value = Text> {
    let xhtml = prop_oneof![
        Just("<p>a &lt; b<br/>c</p>"),
        Just("plain"),
        Just("<em>a</em> <i title=\"x &amp; &quot;y&quot;\">b</i> tail"),
        Just("<svg xmlns=\"http://www.w3.org/2000/svg\"><g/></svg><p></p>"),
        Just("not <b>well-formed"),
    ];
    let some = prop_oneof![
        4 => (kind(), anything()).prop_map(|(kind, value)| Text::new(kind, value)),
        1 => xhtml.prop_map(|value| Text::new(TextKind::Xhtml, value)),
    ];
    (some, of("https://base\\.example/[a-z]{1,3}/"), of(Just("de".to_owned()))).prop_map(
        |(mut text, base, language)| {
            text.base = base.filter(|_| text.kind != TextKind::Plain);
            text.language = language;
            text
        },
    )
}

fn date() -> impl Strategy<Value = Date> {
    let text = prop_oneof![
        Just("2025"),
        Just("2025-09"),
        Just("2025-09-24"),
        Just("2025-09-24T03:17Z"),
        Just("2025-09-24T03:17+05:30"),
        Just("2025-09-24T03:17:09-08:00"),
        Just("2025-09-24T03:17:09.125+02:00"),
        Just("2025-09-24T03:17:09"),
        Just("Wed, 24 Sep 2025 03:17:09 +0200"),
        Just("one of these days"),
    ];
    text.prop_map(Date::new)
}

fn person() -> impl Strategy<Value = Person> {
    let mail = of("[a-z]{1,4}@[a-z]{1,4}\\.example");
    let person = (of(trimmed()), mail, of(address()), of(address()));
    person.prop_filter_map("nobody", |(name, email, url, avatar)| {
        let person = Person { name, email, url, avatar };
        (person != Person::default()).then_some(person)
    })
}

fn tag() -> impl Strategy<Value = Tag> {
    (trimmed(), of(trimmed()), of(trimmed())).prop_map(|(term, scheme, label)| Tag { term, scheme, label })
}

fn attachment() -> impl Strategy<Value = Attachment> {
    let parts = (address(), of("[a-z]{1,5}/[a-z]{1,5}"), of(trimmed()), of(any::<u64>()), of(0u32..100_000));
    parts.prop_map(|(url, mime_type, title, size_in_bytes, quarters)| {
        made(|attachment: &mut Attachment| {
            attachment.url = url;
            attachment.mime_type = mime_type;
            attachment.title = title;
            attachment.size_in_bytes = size_in_bytes;
            attachment.duration_in_seconds = quarters.map(|quarters| f64::from(quarters) / 4.0);
        })
    })
}

/// A foreign element: rows, the first of them at depth 0.
fn element() -> impl Strategy<Value = Vec<Node>> {
    let name = || {
        ("urn:[ab]", "[pq]?", "[xyzX]{1,2}")
            .prop_map(|(namespace, prefix, local)| Name::new(&namespace, &prefix, &local))
    };
    let attributes = || {
        let attribute = (of("urn:[ab]"), "[klm]", anything());
        vec(attribute, 0..3).prop_map(|list| {
            let mut made: Vec<Attribute> = Vec::new();
            for (namespace, local, value) in list {
                let name = Name::new(&namespace.unwrap_or_default(), "", &local);
                if !made.iter().any(|known| known.name == name) {
                    made.push(Attribute { name, value });
                }
            }
            made
        })
    };
    let row = move |depth, (name, attributes, text)| vec![Node { depth, name, attributes, text, tail: String::new() }];
    let leaf =
        (name(), attributes(), prop_oneof![Just(String::new()), anything()]).prop_map(move |parts| row(0, parts));
    leaf.prop_recursive(3, 12, 3, move |inner| {
        let mixed = prop_oneof![Just(String::new()), "[a-z]{1,3} "];
        (name(), attributes(), mixed, vec((inner, anything()), 1..4)).prop_map(
            move |(name, attributes, text, children)| {
                let mixed = !text.is_empty();
                let mut rows = row(0, (name, attributes, text));
                for (mut child, tail) in children {
                    child.iter_mut().for_each(|node| node.depth += 1);
                    // Blanks between elements alone are indentation.
                    child[0].tail = if mixed { tail } else { String::new() };
                    rows.append(&mut child);
                }
                rows
            },
        )
    })
}

fn extra() -> impl Strategy<Value = Extra> {
    let value = prop_oneof![
        Just(Value::Null),
        any::<i64>().prop_map(Value::from),
        anything().prop_map(Value::from),
        vec(anything(), 0..3).prop_map(Value::from),
    ];
    let keys = vec((anything(), value), 0..3).prop_map(|list| list.into_iter().collect::<Map<_, _>>());
    (vec(element(), 0..3), keys).prop_map(|(elements, keys)| Extra { nodes: elements.concat(), keys })
}

fn source() -> impl Strategy<Value = Source> {
    let parts = (of(trimmed()), of(address()), of(address()), of(trimmed()), of(date()), extra());
    parts.prop_map(|(title, url, home_page_url, id, updated, extra)| {
        made(|source: &mut Source| {
            source.title = title;
            source.url = url;
            source.home_page_url = home_page_url;
            source.id = id;
            source.updated = updated;
            source.extra = extra;
        })
    })
}

/// A list without repetitions: a repeated element says nothing new.
fn distinct<T: PartialEq + std::fmt::Debug>(strategy: impl Strategy<Value = T>) -> impl Strategy<Value = Vec<T>> {
    vec(strategy, 0..4).prop_map(|list| {
        let mut made: Vec<T> = Vec::new();
        for value in list {
            if !made.contains(&value) {
                made.push(value);
            }
        }
        made
    })
}

fn item() -> impl Strategy<Value = Item> {
    let id = prop_oneof![trimmed(), address()];
    let texts = (of(text()), of(text()), of(text()), of(text()), of(anything()), of(any_address()));
    let addresses =
        (of(id), of(any_address()), of(any_address()), of(any_address()), of(any_address()), of(any_address()));
    let lists = (distinct(person()), distinct(tag()), distinct(attachment()));
    let rest = (of(date()), of(date()), of("(en|fr)"), of(source()), of(anything()), of(any::<bool>()), extra());
    (texts, addresses, lists, rest).prop_map(|(texts, addresses, lists, rest)| {
        let (title, summary, content, rights, content_text, content_src) = texts;
        let (id, url, external_url, image, banner_image, comments_url) = addresses;
        let (authors, tags, attachments) = lists;
        let (published, updated, language, source, slug, draft, extra) = rest;
        made(|item: &mut Item| {
            item.id = id;
            item.url = url;
            item.external_url = external_url;
            item.title = title;
            item.summary = summary;
            item.content = content;
            item.content_text = content_text;
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

fn feed() -> impl Strategy<Value = Feed> {
    let addresses = (of(any_address()), of(any_address()), of(any_address()), of(any_address()), of(any_address()));
    let hubs = distinct((trimmed(), address()).prop_map(|(kind, url)| FeedHub { kind, url }));
    let texts = (of(text()), of(text()), of(text()), of(anything()), of(prop_oneof![trimmed(), address()]));
    let rest = (of(date()), of(date()), of("(en|fr)"), of(any::<bool>()), of(trimmed()), extra());
    (addresses, texts, (distinct(person()), distinct(tag()), hubs), rest).prop_map(|(addresses, texts, lists, rest)| {
        let (home_page_url, feed_url, next_url, icon, favicon) = addresses;
        let (title, description, rights, user_comment, id) = texts;
        let (authors, tags, hubs) = lists;
        let (published, updated, language, expired, generator, extra) = rest;
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

fn any_hub() -> impl Strategy<Value = Hub> {
    (feed(), vec(item(), 0..3)).prop_map(|(feed, items)| Hub { feed, items, ..Hub::default() })
}

fn through(way: &[&str], hub: &Hub) {
    let mut now = hub.clone();
    let mut written = String::new();
    for format in way {
        written = hub::write(format, &now).0;
        now = hub::read(format, written.as_bytes());
        assert!(now.error.is_none() && now.findings.iter().all(|finding| finding.code.ends_with("-date")), "{written}");
    }
    assert_same(hub, &now, &format!("{way:?}\n{written}"));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn a_hub_goes_through_rss_unchanged(hub in any_hub()) {
        through(&["rss"], &hub);
    }

    #[test]
    fn a_hub_goes_through_atom_unchanged(hub in any_hub()) {
        through(&["atom"], &hub);
    }

    #[test]
    fn a_hub_goes_through_rss_1_unchanged(hub in any_hub()) {
        through(&["rss1"], &hub);
    }

    #[test]
    fn a_hub_goes_through_all_unchanged(hub in any_hub()) {
        through(&["rss", "atom", "rss1", "rss"], &hub);
    }
}
