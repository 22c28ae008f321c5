//! Every field of the hub, with a mark in it that is found again in what is written.

use slugline::model::{Attachment, CATEGORY_SCHEME, Date, Feed, Hub, Item, Person, Source, Tag, Text, Value};

const MARK: &str = "https://mark.example/1";
const WORD: &str = "markword";
const DAY: &str = "2031-07-08T09:10:11+02:00";
/// How a date may be written, its time stays.
const TIME: &str = "09:10:11";

/// A field: its name, what is looked for, and how it is set; `without` sets what must be there all the same.
pub(crate) struct Probe<T> {
    pub(crate) name: &'static str,
    pub(crate) mark: &'static str,
    pub(crate) with: fn(&mut T),
    pub(crate) without: fn(&mut T),
}

fn some<T: From<&'static str>>(text: &'static str) -> Option<T> {
    Some(T::from(text))
}

fn text(value: &str) -> Option<Text> {
    Some(Text::plain(value))
}

fn date(value: &str) -> Option<Date> {
    Some(Date::new(value))
}

/// A value with other fields.
macro_rules! but {
    ($start:expr, $($field:ident = $value:expr),* $(,)?) => {{
        let mut made = $start;
        $( made.$field = $value; )*
        made
    }};
}

fn person() -> Person {
    Person { name: some("Harbour desk"), ..Person::default() }
}

fn file() -> Attachment {
    but!(Attachment::default(), url = "https://example.org/a.mp3".into(), mime_type = some("audio/mpeg"))
}

fn source() -> Source {
    but!(Source::default(), url = some("https://example.com/feed.xml"), title = some("Ridge"))
}

fn tag() -> Tag {
    Tag { term: "weather".into(), ..Tag::default() }
}

macro_rules! probe {
    ($name:literal, $mark:expr, |$it:ident| $with:expr) => {
        Probe { name: $name, mark: $mark, with: |$it| $with, without: |_| {} }
    };
    ($name:literal, $mark:expr, |$it:ident| $with:expr, $without:expr) => {
        Probe { name: $name, mark: $mark, with: |$it| $with, without: |$it| $without }
    };
}

/// A probe of each field of an item.
pub(crate) fn item_probes() -> Vec<Probe<Item>> {
    vec![
        probe!("id", MARK, |it| it.id = some(MARK), it.id = None),
        probe!("url", MARK, |it| it.url = some(MARK), it.url = None),
        probe!("external_url", MARK, |it| it.external_url = some(MARK)),
        probe!("title", WORD, |it| it.title = text(WORD), it.title = None),
        probe!("summary", WORD, |it| it.summary = text(WORD)),
        probe!("content", WORD, |it| it.content = Some(Text::html(format!("<p>{WORD}</p>"))), it.content = None),
        probe!("content, beside a summary", WORD, |it| it.content = Some(Text::html(format!("<p>{WORD}</p>"))), {
            it.summary = text("Snow.");
            it.content = None;
        }),
        probe!("content_text", WORD, |it| it.content_text = some(WORD)),
        probe!(
            "content_src",
            MARK,
            |it| {
                it.content = None;
                it.content_src = some(MARK);
            },
            it.content = None
        ),
        probe!("published", TIME, |it| it.published = date(DAY), it.published = None),
        probe!("updated", TIME, |it| it.updated = date(DAY), it.updated = None),
        probe!("authors", WORD, |it| it.authors = vec![Person { name: some(WORD), ..Person::default() }]),
        probe!(
            "authors, email",
            "mark@example.org",
            |it| it.authors = vec![Person { email: some("mark@example.org"), ..person() }],
            it.authors = vec![person()]
        ),
        probe!(
            "authors, url",
            MARK,
            |it| it.authors = vec![Person { url: some(MARK), ..person() }],
            it.authors = vec![person()]
        ),
        probe!(
            "authors, avatar",
            MARK,
            |it| it.authors = vec![Person { avatar: some(MARK), ..person() }],
            it.authors = vec![person()]
        ),
        probe!("tags", WORD, |it| it.tags = vec![Tag { term: WORD.into(), ..Tag::default() }]),
        probe!("tags, scheme", MARK, |it| it.tags = vec![Tag { scheme: some(MARK), ..tag() }], it.tags = vec![tag()]),
        probe!("tags, label", WORD, |it| it.tags = vec![Tag { label: some(WORD), ..tag() }], it.tags = vec![tag()]),
        probe!("tags, categories of a post", WORD, |it| it.tags =
            vec![Tag { term: WORD.into(), scheme: some(CATEGORY_SCHEME), label: None }]),
        probe!("attachments", MARK, |it| it.attachments = vec![but!(file(), url = MARK.into())]),
        probe!(
            "attachments, mime_type",
            "audio/x-mark",
            |it| it.attachments = vec![but!(file(), mime_type = some("audio/x-mark"))],
            it.attachments = vec![file()]
        ),
        probe!(
            "attachments, title",
            WORD,
            |it| it.attachments = vec![but!(file(), title = some(WORD))],
            it.attachments = vec![file()]
        ),
        probe!(
            "attachments, size_in_bytes",
            "7654321",
            |it| it.attachments = vec![but!(file(), size_in_bytes = Some(7_654_321))],
            it.attachments = vec![file()]
        ),
        probe!(
            "attachments, duration_in_seconds",
            "",
            |it| it.attachments = vec![but!(file(), duration_in_seconds = Some(3_723.0))],
            it.attachments = vec![file()]
        ),
        probe!("image", MARK, |it| it.image = some(MARK)),
        probe!("banner_image", MARK, |it| it.banner_image = some(MARK)),
        probe!("language", "de", |it| it.language = some("de")),
        probe!("source, title", WORD, |it| it.source = Some(but!(source(), title = some(WORD))), {
            it.source = Some(but!(source(), title = None));
        }),
        probe!("source, url", MARK, |it| it.source = Some(but!(source(), url = some(MARK))), {
            it.source = Some(but!(source(), url = None));
        }),
        probe!(
            "source, home_page_url",
            MARK,
            |it| it.source = Some(but!(source(), home_page_url = some(MARK))),
            it.source = Some(source())
        ),
        probe!("source, id", MARK, |it| it.source = Some(but!(source(), id = some(MARK))), it.source = Some(source())),
        probe!(
            "source, updated",
            TIME,
            |it| it.source = Some(but!(source(), updated = date(DAY))),
            it.source = Some(source())
        ),
        probe!("comments_url", MARK, |it| it.comments_url = some(MARK)),
        probe!("rights", WORD, |it| it.rights = text(WORD)),
        probe!("slug", WORD, |it| it.slug = some(WORD), it.slug = None),
        probe!("draft", "", |it| it.draft = Some(true)),
        probe!("extra, a key of the source's own", WORD, |it| {
            it.extra.keys.insert("_weather".into(), Value::from(WORD));
        }),
    ]
}

/// A probe of each field of a feed.
pub(crate) fn feed_probes() -> Vec<Probe<Feed>> {
    vec![
        probe!("title", WORD, |it| it.title = text(WORD), it.title = None),
        probe!("home_page_url", MARK, |it| it.home_page_url = some(MARK), it.home_page_url = None),
        probe!("feed_url", MARK, |it| it.feed_url = some(MARK), it.feed_url = None),
        probe!("description", WORD, |it| it.description = text(WORD), it.description = None),
        probe!("user_comment", WORD, |it| it.user_comment = some(WORD)),
        probe!("next_url", MARK, |it| it.next_url = some(MARK)),
        probe!("icon", MARK, |it| it.icon = some(MARK)),
        probe!("favicon", MARK, |it| it.favicon = some(MARK)),
        probe!("authors", WORD, |it| it.authors = vec![Person { name: some(WORD), ..Person::default() }]),
        probe!("language", "de", |it| it.language = some("de")),
        probe!("rights", WORD, |it| it.rights = text(WORD)),
        probe!("expired", "", |it| it.expired = Some(true)),
        probe!("tags", WORD, |it| it.tags = vec![Tag { term: WORD.into(), ..Tag::default() }]),
        probe!("published", TIME, |it| it.published = date(DAY), it.published = None),
        probe!("updated", TIME, |it| it.updated = date(DAY), it.updated = None),
        probe!("id", MARK, |it| it.id = some(MARK), it.id = None),
        probe!("generator", WORD, |it| it.generator = some(WORD)),
        probe!("extra", WORD, |it| {
            it.extra.keys.insert("_weather".into(), Value::from(WORD));
        }),
        probe!("hubs", MARK, |it| it.hubs = vec![Hub { kind: "WebSub".into(), url: MARK.into() }]),
    ]
}

/// A feed and an item that all formats can say.
pub(crate) fn base() -> (Feed, Item) {
    let feed = but!(
        Feed::default(),
        title = text("Harbour News"),
        home_page_url = some("https://example.org/"),
        feed_url = some("https://example.org/feed.xml"),
        description = text("News from the harbour"),
        id = some("https://example.org/"),
        published = date("2025-09-25T10:00:00+02:00"),
        updated = date("2025-09-25T10:00:00+02:00")
    );
    let item = but!(
        Item::default(),
        id = some("https://example.org/2025/snow"),
        url = some("https://example.org/2025/snow"),
        title = text("Snow on the ridge"),
        content = Some(Text::html("<p>It snowed.</p>")),
        published = date("2025-09-24T05:17:09+02:00"),
        updated = date("2025-09-24T06:00:00+02:00"),
        slug = some("snow")
    );
    (feed, item)
}

/// The names of the fields of a hub's part: a new one is among them.
pub(crate) fn names(part: &impl std::fmt::Debug) -> Vec<String> {
    let text = format!("{part:#?}");
    let own =
        text.lines().filter_map(|line| line.strip_prefix("    ").filter(|line| line.starts_with(char::is_alphabetic)));
    own.filter_map(|line| Some(line.split_once(": ")?.0.to_owned())).collect()
}

#[test]
fn every_field_of_the_hub_has_a_probe() {
    let (of_items, of_feeds) = (names(&Item::default()), names(&Feed::default()));
    assert!(of_items.len() > 20 && of_feeds.len() > 15, "{of_items:?} {of_feeds:?}");
    let is_of = |probe: &str, field: &str| probe.split(',').next() == Some(field);
    for field in of_items {
        assert!(item_probes().iter().any(|probe| is_of(probe.name, &field)), "no probe of an item's {field}");
    }
    for field in of_feeds {
        assert!(feed_probes().iter().any(|probe| is_of(probe.name, &field)), "no probe of a feed's {field}");
    }
}
