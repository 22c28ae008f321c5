//! Posts: items to files and back, as each profile spells them.
#![allow(clippy::unwrap_used)]

mod support;

use std::{fmt::Write as _, sync::Arc};

use slugline::{
    convert::{
        self, Options,
        memory::{Bytes, Memory},
    },
    date::Date,
    error::Error,
    finding::Loss,
    format::{self, Format, Keep, Part, Post, Sink},
    model::{Attachment, Attribute, CATEGORY_SCHEME, Feed, Item, Name, Node, Person, Source, Tag, Text, TextKind},
    profile::Profile,
};
use support::made;

fn markdown() -> &'static Format {
    format::find("markdown").unwrap()
}

/// As the command line has them for posts: what is no field stays behind.
fn options(profile: &str) -> Options {
    options_of(Profile::built_in(profile).unwrap())
}

fn options_of(profile: Profile) -> Options {
    let mut options = Options::new(markdown(), Arc::new(profile));
    options.write.extra = Keep::None;
    options
}

/// Takes the one post.
#[derive(Default)]
struct One(Option<Post>);

impl Sink for One {
    fn write(&mut self, _bytes: &[u8]) -> Result<(), Error> {
        unreachable!("posts are no stream")
    }

    fn post(&mut self, post: Post) -> Result<(), Error> {
        self.0 = Some(post);
        Ok(())
    }
}

fn try_write(options: &Options, feed: &Feed, item: &Item) -> Result<(String, String, Vec<Loss>), Error> {
    let mut writer = (markdown().write.unwrap())(&options.write);
    let (mut sink, mut losses) = (One::default(), Vec::new());
    writer.head(feed, &mut sink, &mut losses)?;
    let named = writer.file_name(item)?.unwrap();
    writer.item(item, &mut sink, &mut losses)?;
    let post = sink.0.unwrap();
    assert_eq!(post.name, named, "the name is known before the post is written");
    Ok((post.name.as_str().to_owned(), String::from_utf8(post.bytes).unwrap(), losses))
}

fn write(options: &Options, feed: &Feed, item: &Item) -> (String, String, Vec<Loss>) {
    try_write(options, feed, item).unwrap()
}

fn try_read(options: &Options, name: &str, text: &str) -> Result<Item, Error> {
    let mut read_options = options.read.clone();
    read_options.name = name.to_owned();
    let mut reader = (markdown().read.unwrap())(Box::new(text.as_bytes()), &read_options);
    assert_eq!(reader.next()?, Some(Part::Head(Feed::default())));
    let Some(Part::Item(item)) = reader.next()? else { panic!("an item") };
    assert_eq!(reader.next()?, None);
    Ok(*item)
}

fn read(options: &Options, name: &str, text: &str) -> Item {
    try_read(options, name, text).unwrap()
}

/// A post as a report: name, text, losses.
fn show((name, text, losses): &(String, String, Vec<Loss>)) -> String {
    let mut out = format!("{name}\n{text}");
    for loss in losses {
        writeln!(out, "LOSS {} {}: {}", loss.field, loss.reason.words(), loss.example).unwrap();
    }
    out
}

fn feed() -> Feed {
    made(|feed: &mut Feed| {
        feed.title = Some(Text::plain("Harbour news"));
        feed.home_page_url = Some("https://harbour.example/".into());
        feed.feed_url = Some("https://harbour.example/feed.xml?lang=en&n=1".into());
    })
}

fn full_item() -> Item {
    let tag = |term: &str, scheme: Option<&str>| Tag { term: term.into(), scheme: scheme.map(Into::into), label: None };
    made(|item: &mut Item| {
        item.id = Some("urn:uuid:1".into());
        item.url = Some("https://harbour.example/ferry".into());
        item.external_url = Some("https://elsewhere.example/".into());
        item.title = Some(Text::html("Ferry &amp; <i>tide</i>: no"));
        item.summary = Some(Text::plain("Two lines\nof text"));
        item.content = Some(Text::new(TextKind::Markdown, "The *ferry*.\n\n---\n\nMore."));
        item.published = Some(Date::new("Wed, 24 Sep 2025 03:17:09 +0200"));
        item.updated = Some(Date::new("2025-09-25"));
        item.authors = vec![
            Person { name: Some("Ada".into()), ..Person::default() },
            Person { name: Some("Bo".into()), email: Some("bo@harbour.example".into()), ..Person::default() },
        ];
        item.tags =
            vec![tag("no", None), tag("2025", Some("https://tags.example/")), tag("Sea", Some(CATEGORY_SCHEME))];
        item.attachments = vec![made(|attachment: &mut Attachment| {
            attachment.url = "https://harbour.example/a.mp3".into();
            attachment.mime_type = Some("audio/mpeg".into());
            attachment.size_in_bytes = Some(12);
            attachment.duration_in_seconds = Some(61.5);
            attachment.title = None;
        })];
        item.image = Some("https://harbour.example/a.png".into());
        item.language = Some("en".into());
        item.source = Some(made(|source: &mut Source| {
            source.title = Some("Coast".into());
            source.url = Some("https://coast.example/".into());
        }));
        item.rights = Some(Text::plain("CC0"));
        item.draft = Some(true);
    })
}

#[test]
fn an_item_is_written_as_each_profile_spells_it() {
    for profile in Profile::names() {
        let post = write(&options(profile), &feed(), &full_item());
        insta::assert_snapshot!(format!("full_item_as_{profile}"), show(&post));
    }
}

#[test]
fn what_was_written_is_read_back() {
    for profile in Profile::names() {
        let options = options(profile);
        let first = write(&options, &feed(), &full_item());
        let item = read(&options, &first.0, &first.1);
        let second = write(&options, &Feed::default(), &item);
        assert_eq!(first.1, second.1, "{profile}");
        assert_eq!(first.0, second.0, "{profile}");
        assert!(second.2.is_empty(), "{profile}: {:?}", second.2);
    }
}

#[test]
fn an_item_with_hardly_anything_becomes_a_whole_post() {
    let mut out = String::new();
    let items = [
        Item::default(),
        made(|item: &mut Item| {
            item.content = Some(Text::html("<p>Only a body, of more words than a title has, it seems.</p>"));
        }),
        made(|item: &mut Item| {
            item.title = Some(Text::plain("???"));
            item.id = Some("7".into());
        }),
        made(|item: &mut Item| {
            item.slug = Some("../../etc/x".into());
        }),
        made(|item: &mut Item| {
            item.title = Some(Text::plain("x".repeat(300)));
        }),
        made(|item: &mut Item| {
            item.published = Some(Date::new("soon"));
            item.updated = Some(Date::new("2025-09"));
        }),
        made(|item: &mut Item| {
            item.title = Some(Text::plain("---\nadmin: true"));
            item.published = Some(Date::new("2025-09-24T10:00"));
            item.source = Some(made(|source: &mut Source| {
                source.url = Some("not an address".into());
            }));
        }),
    ];
    for profile in Profile::names() {
        for item in &items {
            writeln!(out, "## {profile}\n{}", show(&write(&options(profile), &Feed::default(), item))).unwrap();
        }
    }
    insta::assert_snapshot!(out);
}

#[test]
fn keys_from_the_command_line_are_set_renamed_and_dropped() {
    let mut options = options("hugo");
    let pair = |a: &str, b: &str| (a.to_owned(), b.to_owned());
    options.write.set = vec![
        pair("layout", "post"),
        pair("weight", "3"),
        pair("menus", "[main, side]"),
        pair("title", "{{ title | upper }}"),
        pair("note", "a: b"),
    ];
    options.write.rename = vec![pair("date", "pubDate"), pair("link", "url")];
    options.write.drop = vec!["description".to_owned(), "nothing".to_owned()];
    insta::assert_snapshot!(show(&write(&options, &feed(), &full_item())));
    options.write.set = vec![pair("x", "{{ y | nonsense }}")];
    let error = try_write(&options, &feed(), &full_item()).unwrap_err();
    assert!(error.message.contains("x"), "{error}");
}

#[test]
fn what_is_no_field_stays_behind_unless_asked_for() {
    let text = "---\ntitle: T\ndate: 2025-09-24\nweight: 10\nreviewer: {mail: a@b.example}\nsource: https://a.example/\n---\nBody\n";
    let mut options = options("hugo");
    let item = read(&options, "t.md", text);
    options.write.extra = Keep::None;
    let without = show(&write(&options, &Feed::default(), &item));
    options.write.extra = Keep::All;
    let with = show(&write(&options, &Feed::default(), &item));
    insta::assert_snapshot!(format!("{without}\n\n{with}"));
}

#[test]
fn bodies_are_kept_to_the_last_byte() {
    let options = options("hugo");
    for body in ["", "x", "\nx", "x\n", "x\n\n", "---\na: 1\n---\nx", "+++\n", "{\"a\": 1}", "  x", "\u{feff}x", "x\ty"]
    {
        let item = made(|item: &mut Item| {
            item.title = Some(Text::plain("T"));
            item.content = Some(Text::new(TextKind::Markdown, body));
        });
        let (name, text, _) = write(&options, &Feed::default(), &item);
        let back = read(&options, &name, &text).content.map(|content| content.value).unwrap_or_default();
        assert_eq!(back, body, "{text:?}");
    }
}

#[test]
fn crlf_and_the_byte_order_mark_do_not_reach_the_hub() {
    let options = options("hugo");
    let item = read(&options, "a.md", "\u{feff}---\r\ntitle: T\r\n---\r\nOne\r\nTwo\r\n");
    assert_eq!(item.title, Some(Text::plain("T")));
    assert_eq!(item.content, Some(Text::new(TextKind::Markdown, "One\nTwo")));
}

#[test]
fn the_files_name_gives_what_the_head_does_not() {
    let item = read(&options("jekyll"), "_posts/2025-09-24-snow.md", "---\ntitle: T\n---\n");
    assert_eq!(item.slug.as_deref(), Some("snow"));
    assert_eq!(item.published.unwrap().text, "2025-09-24");
    let item = read(&options("hugo"), "content/2025-09-24-snow/index.md", "---\ntitle: T\nslug: s\n---\n");
    assert_eq!(item.slug.as_deref(), Some("s"));
    assert_eq!(item.published, None);
}

#[test]
fn spellings_of_a_key_are_read_alike() {
    let options = options("hugo");
    let item = |head: &str| read(&options, "-", &format!("---\n{head}\n---\n"));
    for head in ["author: Ada", "authors: Ada", "authors: [Ada]", "author: {name: Ada}", "Authors:\n- name: Ada"] {
        assert_eq!(item(head).authors[0].name.as_deref(), Some("Ada"), "{head}");
    }
    for head in ["tags: one", "tags: [one]", "TAGS: ['one']"] {
        assert_eq!(item(head).tags[0].term, "one", "{head}");
    }
    for (head, title) in
        [("title: 1.10", "1.10"), ("title: no", "no"), ("title: 0x1F", "0x1F"), ("title: true", "true")]
    {
        assert_eq!(item(head).title, Some(Text::plain(title)), "{head}");
    }
    let tags = item("tags: [no, 2024, 1.10, ~]");
    assert!(tags.tags.is_empty(), "a tag that is nothing is no tag");
    assert!(tags.extra.keys.contains_key("tags"));
    assert_eq!(item("draft: true").draft, Some(true));
    assert_eq!(item("draft: maybe").extra.keys["draft"], "maybe");
    assert_eq!(item("comments: true").extra.keys["comments"], true);
    let both = item("description: one\nsummary: two");
    assert_eq!(both.summary, Some(Text::plain("one")));
    assert_eq!(both.extra.keys["summary"], "two");
    assert_eq!(item("description: one\nsummary: one").extra.keys.len(), 0);
}

#[test]
fn a_post_whose_head_cannot_be_used_is_an_error_with_its_place() {
    let options = options("hugo");
    let mut out = String::new();
    for text in [
        "---\ntitle: Snow\n\nIt snowed.\n",
        "---\ntitle: Budget: what passed\n---\n",
        "---\n- a\n- b\n---\n",
        "+++\ntitle: x\n+++\n",
        "---yaml\ntitle: x\n---\n",
    ] {
        let error = try_read(&options, "content/a.md", text).unwrap_err();
        writeln!(out, "{error}\n  {:?}: {}", error.kind, error.help.clone().unwrap_or_default()).unwrap();
    }
    insta::assert_snapshot!(out);
}

#[test]
fn heads_in_toml_and_json_hold_the_same() {
    for format in ["toml", "json"] {
        let profile = format!("extends = \"hugo\"\nhead = \"{format}\"\n");
        let options = options_of(Profile::parse(&profile, None).unwrap());
        let first = write(&options, &feed(), &full_item());
        insta::assert_snapshot!(format!("full_item_in_{format}"), show(&first));
        let item = read(&options, &first.0, &first.1);
        assert_eq!(write(&options, &Feed::default(), &item).1, first.1);
    }
}

/// Converts a file to posts in memory; the bytes of the one that comes out, and the losses.
fn convert_one(profile: &str, name: &str, bytes: &[u8]) -> (String, Vec<String>) {
    let mut memory = Memory { is_folder: true, ..Memory::default() };
    let mut options = options(profile);
    options.write.extra = Keep::None;
    let input = Bytes { name: name.to_owned(), bytes: bytes.to_vec() };
    let summary = convert::convert(&[&input], &mut memory, &options).unwrap();
    assert!(summary.errors.is_empty(), "{:?}", summary.errors);
    let mut files = memory.files.into_values();
    let post = String::from_utf8(files.next().unwrap()).unwrap();
    assert_eq!(files.next(), None);
    let losses =
        summary.losses.kinds.iter().map(|((field, reason), _)| format!("{field} {}", reason.words())).collect();
    (post, losses)
}

#[test]
fn a_news_item_becomes_the_post_it_should_byte_for_byte() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/profile/news");
    // Another pair of the same shape can be held against the profile: a folder with feed.xml and post.md.
    let folder = std::env::var_os("SLUGLINE_NEWS_PAIR").map_or(folder, Into::into);
    let (feed, wanted) =
        (std::fs::read(folder.join("feed.xml")).unwrap(), std::fs::read_to_string(folder.join("post.md")).unwrap());
    let (post, losses) = convert_one("news", "feed.xml", &feed);
    assert_eq!(post, wanted);
    assert_eq!(
        losses,
        [
            "id has no place in the target",
            "published is kept with less precision",
            "source.title has no place in the target",
            "source.url has one place in the target, which is taken",
        ]
    );
    let (again, losses) = convert_one("news", "post.md", post.as_bytes());
    assert_eq!(again, wanted);
    assert!(losses.is_empty(), "{losses:?}");
}

#[test]
fn a_sites_own_profile_changes_what_it_extends() {
    let profile = r#"
        extends = "hugo"
        about = "Ours"
        quotes = "single"
        file_name = "{{ published | date('%Y/%m') }}/{{ slug }}/index.md"
        without = ["guid", "lastmod"]

        [[key]]
        name = "description"
        read = "summary"
        write = "{{ content_html | plain | words(3) }}"

        [[key]]
        name = "kind"
        write = "note"
        blank_before = true

        [[key]]
        name = "tags"
        read = "tags"
        style = "flow"
        items = "single"
        empty = "[]"
    "#;
    let options = options_of(Profile::parse(profile, None).unwrap());
    let mut item = full_item();
    item.summary = None;
    let full = write(&options, &feed(), &item);
    item.tags.clear();
    insta::assert_snapshot!(format!("{}\n{}", show(&full), show(&write(&options, &feed(), &item))));
}

#[test]
fn mistakes_in_a_profile_are_told_with_their_place() {
    let mut out = String::new();
    for profile in [
        "exends = \"hugo\"\n",
        "extends = \"hugoo\"\n",
        "head = \"xml\"\n",
        "list_indent = 3\n",
        "any_case = \"yes\"\n",
        "from_file_name = [\"layout\"]\n",
        "file_name = \"{{ slug\"\n",
        "[fences]\ndot = true\n",
        "[[key]]\nread = \"title\"\n",
        "[[key]]\nname = \"t\"\nread = \"titel\"\n",
        "[[key]]\nname = \"t\"\nwrite = \"{{ title | }}\"\n",
        "[[key]]\nname = \"t\"\nalways = true\n",
        "[[key]]\nname = \"t\"\nstyle = \"bold\"\n",
        "[[key]]\nname = \"t\"\nempty = \"[\"\n",
        "[[key]]\nname = \"t\"\n[[key]]\nname = \"t\"\n",
        "extends = \"hugo\"\nwithout = [\"nothing\"]\n",
        "key = 1\n",
        "about = Ours\n",
        "about = 'a'\nabout = 'b'\n",
    ] {
        let error = Profile::parse(profile, None).unwrap_err().in_source("profile.toml");
        writeln!(out, "{profile:?}\n  {error}\n  help: {}", error.help.clone().unwrap_or_default()).unwrap();
    }
    insta::assert_snapshot!(out);
}

#[test]
fn an_expression_that_fails_names_its_key() {
    let profile = "[[key]]\nname = \"t\"\nwrite = \"{{ title | date('%Q') }}\"\n";
    let options = options_of(Profile::parse(profile, None).unwrap());
    let item = made(|item: &mut Item| {
        item.title = Some(Text::plain("2025-01-01"));
    });
    let error = try_write(&options, &Feed::default(), &item).unwrap_err();
    assert_eq!(error.message, "the expression of the key `t` cannot be used: `%Q` is no sign of a date");
}

#[test]
fn template_syntax_from_a_feed_is_escaped_and_a_posts_own_is_kept() {
    let mut item = full_item();
    item.content = Some(Text::new(TextKind::Markdown, "A {{< note >}} and {% include %}."));
    for (profile, expected) in [
        ("hugo", "A {{</* note */>}} and {% include %}."),
        ("jekyll", "A {{ '{{' }}< note >}} and {{ '{%' }} include %}."),
    ] {
        let (_, text, _) = write(&options(profile), &feed(), &item);
        assert!(text.ends_with(&format!("---\n{expected}\n")), "{text}");
        let (_, text, _) = write(&options(profile), &Feed::default(), &item);
        assert!(text.ends_with("---\nA {{< note >}} and {% include %}.\n"), "{text}");
    }
}

#[test]
fn with_extra_all_what_has_no_key_is_kept_under_a_key_of_slugline() {
    let name = |prefix: &str, local: &str| Name::new("https://ns.example/", prefix, local);
    let mut item = full_item();
    item.published = Some(Date::new("2025-09"));
    item.comments_url = Some("https://harbour.example/ferry#comments".into());
    item.content_text = Some("The ferry.".into());
    item.extra.nodes = vec![
        Node {
            depth: 0,
            name: name("x", "credit"),
            attributes: vec![Attribute { name: Name::new("", "", "role"), value: "photo: a".into() }],
            text: "Ada\n".into(),
            tail: String::new(),
        },
        Node { depth: 1, name: name("x", "b"), attributes: Vec::new(), text: "no".into(), tail: "tail".into() },
    ];
    item.extra.keys.insert("_other".into(), serde_json::json!({"a": [1, "1"]}));
    let mut out = String::new();
    for profile in Profile::names() {
        let mut options = options(profile);
        options.write.extra = Keep::All;
        let post = write(&options, &Feed::default(), &item);
        writeln!(out, "## {profile}\n{}", show(&post)).unwrap();
        let back = read(&options, &post.0, &post.1);
        let lost = |field: &str| post.2.iter().any(|loss| loss.field.starts_with(field));
        assert_eq!(back.extra, item.extra, "{profile}");
        assert_eq!((&back.id, &back.authors, &back.tags), (&item.id, &item.authors, &item.tags), "{profile}");
        assert_eq!((&back.attachments, &back.source), (&item.attachments, &item.source), "{profile}");
        assert_eq!((&back.title, &back.content_text), (&item.title, &item.content_text), "{profile}");
        assert_eq!(back.updated.unwrap().moment, item.updated.as_ref().unwrap().moment, "{profile}");
        assert!(lost("published") || back.published.unwrap().moment == item.published.as_ref().unwrap().moment);
    }
    insta::assert_snapshot!(out);
}

#[test]
fn a_key_of_that_name_that_is_not_ours_is_kept() {
    let mut options = options("hugo");
    options.write.extra = Keep::All;
    for value in ["text", "[1]", "{unknown: 1}", "{authors: 7}"] {
        let text = format!("---\ntitle: T\nid: 5\n_slugline: {value}\n---\n");
        let item = read(&options, "t.md", &text);
        assert_eq!(item.title, Some(Text::plain("T")));
        assert!(item.extra.keys.contains_key("_slugline"), "{value}");
    }
}

#[test]
fn categories_of_hexo_are_paths_and_stay_so() {
    for (written, terms) in [
        ("categories: [Sea, Ferry]", vec!["Sea > Ferry"]),
        ("categories:\n  - [Sea, Ferry]\n  - [Land]", vec!["Sea > Ferry", "Land"]),
        ("categories:\n  - [Sea, Ferry]\n  - Land", vec!["Sea > Ferry", "Land"]),
        ("categories: Sea / Land", vec!["Sea / Land"]),
    ] {
        let hexo = options("hexo");
        let text = format!("---\ntitle: A\ndate: '2025-01-14'\n{written}\n---\nB\n");
        let item = read(&hexo, "a.md", &text);
        let found: Vec<&str> = item.tags.iter().map(|tag| tag.term.as_str()).collect();
        assert_eq!(found, terms);
        assert!(item.extra.is_empty());
        let (_, text, _) = write(&hexo, &Feed::default(), &item);
        let tags = |item: &Item| item.tags.clone();
        assert_eq!(tags(&read(&hexo, "a.md", &text)), tags(&item), "{text}");
    }
}

#[test]
fn lists_that_are_one_text_are_read_as_lists() {
    for (profile, text, terms) in [
        ("jekyll", "---\ntags: sea ferry\n---\n", vec!["sea", "ferry"]),
        ("pelican", "Tags: sea, the ferry\n\n", vec!["sea", "the ferry"]),
        ("pelican", "Tags: sea, land; ferry\n\n", vec!["sea, land", "ferry"]),
        ("hugo", "---\ntags: sea ferry\n---\n", vec!["sea ferry"]),
    ] {
        let item = read(&options(profile), "a.md", text);
        let found: Vec<&str> = item.tags.iter().map(|tag| tag.term.as_str()).collect();
        assert_eq!(found, terms, "{profile}");
    }
}
