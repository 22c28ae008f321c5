//! JSON Feed and NDJSON: the hub comes back as it was, and what is nearly JSON Feed is read and told.
#![allow(clippy::unwrap_used)]

use std::sync::Arc;

use proptest::prelude::*;
use slugline::{
    convert::Options,
    error::Error,
    finding::{Finding, Loss},
    format::{self, Format, Keep, Part, Probe},
    model::{Feed, Item},
    profile::Profile,
};

#[path = "support/hub.rs"]
mod hub;
mod support;

fn row(name: &str) -> (&'static Format, Options) {
    let format = format::find(name).unwrap();
    (format, Options::new(format, Arc::new(Profile::default())))
}

fn write(name: &str, feed: &Feed, items: &[Item], late: Option<&Feed>, extra: Keep) -> (String, Vec<Loss>) {
    let (format, mut options) = row(name);
    options.write.extra = extra;
    let mut writer = (format.write.unwrap())(&options.write);
    let (mut sink, mut losses) = (Vec::new(), Vec::new());
    writer.head(feed, &mut sink, &mut losses).unwrap();
    for item in items {
        writer.item(item, &mut sink, &mut losses).unwrap();
    }
    writer.finish(late, &mut sink, &mut losses).unwrap();
    (String::from_utf8(sink).unwrap(), losses)
}

struct Read {
    feed: Feed,
    items: Vec<Item>,
    late: Option<Feed>,
    findings: Vec<Finding>,
    error: Option<Error>,
}

fn read(name: &str, text: &str) -> Read {
    let (format, mut options) = row(name);
    options.read.places = true;
    let mut reader = (format.read.unwrap())(Box::new(text.as_bytes()), &options.read);
    let mut read = Read { feed: Feed::default(), items: Vec::new(), late: None, findings: Vec::new(), error: None };
    loop {
        match reader.next() {
            Ok(Some(Part::Head(feed))) => read.feed = feed,
            Ok(Some(Part::Item(item))) => read.items.push(*item),
            Ok(Some(Part::Late(feed))) => read.late = Some(feed),
            Ok(Some(other)) => panic!("a feed has no {other:?}"),
            Ok(None) => break,
            Err(error) => {
                read.error = Some(error);
                break;
            }
        }
        for (pointer, range) in &reader.places().list {
            assert!(text.get(range.clone()).is_some_and(|value| !value.is_empty()), "{pointer} {range:?}");
        }
        read.findings.extend(reader.take_findings());
    }
    read.findings.extend(reader.take_findings());
    read
}

/// What was read and told, for people.
fn shown(read: &Read) -> String {
    let mut text = format!("{:#?}\n{:#?}\n", read.feed, read.items);
    if let Some(late) = &read.late {
        text += &format!("late {late:#?}\n");
    }
    for finding in &read.findings {
        let at = finding.span.map(|span| format!("{}:{}", span.start.line, span.start.column)).unwrap_or_default();
        text +=
            &format!("{at} {} {}: {} {}\n", finding.severity.name(), finding.code, finding.message, finding.pointer);
    }
    if let Some(error) = &read.error {
        text += &format!("{error} {:?}\n", error.position);
    }
    // What says nothing is left out.
    let empty = [": None,", ": [],", ": {},"];
    text.lines().filter(|line| !empty.iter().any(|empty| line.ends_with(empty))).collect::<Vec<_>>().join("\n")
}

proptest! {
    #![proptest_config(hub::cases(64))]

    #[test]
    fn json_feed_gives_back_the_hub((feed, items) in hub::hub()) {
        let (text, losses) = write("json-feed", &feed, &items, None, Keep::All);
        prop_assert!(losses.is_empty(), "{:?}", losses);
        prop_assert!(serde_json::from_str::<serde_json::Value>(&text).is_ok(), "{}", text);
        let read = read("json-feed", &text);
        prop_assert!(read.findings.is_empty() && read.error.is_none(), "{}", shown(&read));
        prop_assert_eq!(&read.feed, &feed, "{}", text);
        prop_assert_eq!(read.items.len(), items.len());
        prop_assert_eq!(&read.items, &items, "{}", text);
        // Written again, the same bytes.
        let (again, _) = write("json-feed", &read.feed, &read.items, None, Keep::All);
        prop_assert_eq!(again, text);
    }

    #[test]
    fn ndjson_gives_back_the_items((_, items) in hub::hub()) {
        let (text, losses) = write("ndjson", &Feed::default(), &items, None, Keep::All);
        prop_assert!(losses.is_empty(), "{:?}", losses);
        prop_assert_eq!(text.lines().count(), items.len());
        let read = read("ndjson", &text);
        prop_assert!(read.findings.is_empty() && read.error.is_none(), "{}", shown(&read));
        prop_assert_eq!(&read.items, &items, "{}", text);
    }

    #[test]
    fn what_comes_late_stands_after_the_items((feed, items) in hub::hub(), late in hub::feed()) {
        let (text, losses) = write("json-feed", &feed, &items, Some(&late), Keep::All);
        prop_assert!(losses.iter().all(|loss| loss.reason == slugline::finding::Reason::Late), "{:?}", losses);
        let read = read("json-feed", &text);
        prop_assert!(read.findings.is_empty() && read.error.is_none(), "{}", shown(&read));
        if losses.is_empty() {
            prop_assert_eq!(read.late.unwrap_or_default(), late);
        }
    }

    #[test]
    fn no_text_panics(text in "([\\[\\]{},:\"]|\"(items|id|title|_slugline|xml|tags|authors|attachments|url)\":|1|null|\"x\"){0,30}") {
        read("json-feed", &format!("{{\"title\": \"x\", {text}"));
        read("json-feed", &format!("{{\"items\": [{{{text}"));
        read("ndjson", &text);
    }
}

#[test]
fn what_is_nearly_json_feed_is_read_and_told() {
    let text = r#"{
  "title": "News",
  "home_page_url": "https://example.org/news/",
  "icon": "/icon.png",
  "author": {"name": "Ann", "url": "mailto:ann@example.org", "_handle": "ann"},
  "language": null,
  "expired": "no",
  "hubs": [{"type": "WebSub", "url": "https://hub.example.org/"}],
  "_ext": {"about": "https://example.org/ext"},
  "unknown": [1, 2],
  "items": [
    {
      "id": 17,
      "url": "a",
      "title": "One",
      "content_html": "<p>One</p>",
      "content_text": "One",
      "date_published": "Wed, 24 Sep 2025 03:17:09 GMT",
      "date_modified": "yesterday",
      "authors": ["Ben", {"name": "Cy", "avatar": "cy.png"}, 3],
      "tags": "weather",
      "attachments": [
        {"url": "a.mp3", "mime_type": "audio/mpeg", "size_in_bytes": "123", "duration_in_seconds": 6.5, "_x": 1},
        {"url": "b.mp3", "size_in_bytes": 1.5}
      ],
      "image": "i.png",
      "summary": {"x": 1},
      "title": "Two"
    },
    "stray",
    {"content_text": "Three", "id": ""}
  ],
  "description": "Late"
}"#;
    insta::assert_snapshot!(shown(&read("json-feed", text)));
}

#[test]
fn what_is_no_json_feed_is_an_error_with_its_place() {
    let mut shown = String::new();
    for text in [
        "",
        "[]",
        "{}",
        "{\"a\": 1",
        "{\"title\": \"x\"}",
        "{\"title\": \"x\", \"items\": {}}",
        "{\"title\": \"x\", \"items\": [{\"id\": \"1\"}, {\"id\": }]}",
        "{\"title\": \"x\", \"items\": [{\"id\": \"1\"}]} x",
        "{\"title\": \"x\", \"items\": [{\"id\": \"1\",}]}",
    ] {
        let read = read("json-feed", text);
        shown += &format!("{text}\n  {} items", read.items.len());
        for finding in &read.findings {
            shown += &format!("; {}: {}", finding.code, finding.message);
        }
        if let Some(error) = &read.error {
            shown += &format!("; {error} {:?} {:?}", error.position.unwrap_or_default(), error.help);
        }
        shown.push('\n');
    }
    insta::assert_snapshot!(shown);
}

#[test]
fn a_line_that_cannot_be_read_does_not_sink_the_rest() {
    let text =
        "{\"id\": \"1\"}\n\n{\"id\": 2, }\r\n{\"id\": '3'}\n[4]\n{\"id\": \"5\"} {\"id\": \"6\"}\n{\"id\": \"7\"}";
    insta::assert_snapshot!(shown(&read("ndjson", text)));
}

#[test]
fn what_stays_behind_is_told_once_a_kind() {
    let text = r#"{"title": "x", "_a": 1, "items": [{"id": "1", "_b": 2, "c": 3, "authors": [{"name": "d", "_e": 4}],
        "_slugline": {"slug": "s", "xml": [[0, "https://example.org/ns#", "ex", "f"]]}}]}"#;
    let read = read("json-feed", text);
    let (text, losses) = write("json-feed", &read.feed, &read.items, None, Keep::None);
    let losses: Vec<_> =
        losses.iter().map(|loss| format!("{} {:?} {}", loss.field, loss.reason, loss.example)).collect();
    insta::assert_snapshot!(format!("{text}{losses:#?}"));
}

#[test]
fn a_hand_that_edits_a_key_need_not_know_of_slugline() {
    let item = support::made(|item: &mut Item| {
        item.title = Some(slugline::model::Text::html("<b>Old</b>"));
        item.published = Some(slugline::model::Date::new("2025-09-24"));
    });
    let (text, _) = write("json-feed", &Feed::default(), &[item], None, Keep::All);
    let edited = text.replace("\"title\": \"Old\"", "\"title\": \"New\"").replace("2025-09-24T", "2025-10-01T");
    let item = &read("json-feed", &edited).items[0];
    assert_eq!(item.title, Some(slugline::model::Text::plain("New")));
    assert_eq!(item.published.as_ref().unwrap().text, "2025-10-01T00:00:00+00:00");
}

#[test]
fn formats_are_told_from_their_first_bytes() {
    let sniff = |start: &str, extension: &str| format::sniff(&Probe { start, extension }).map(|format| format.name);
    for text in [
        "{\"version\": \"https://jsonfeed.org/version/1\"}",
        "\n {\"version\":\"https://jsonfeed.org/version/1.1\",\"title\":\"x",
        "{\"title\": \"x\", \"items\": [{\"id\": \"cut o",
        "{\"title\": \"x\", \"home_page_url\": \"https://example.org/\"",
    ] {
        assert_eq!(sniff(text, ""), Some("json-feed"), "{text}");
    }
    for text in [
        "{\"id\": \"1\", \"title\": \"x\"}\n{\"id\": \"2\"}\n",
        "{\"content_text\": \"x\"}",
        "{\"content_text\": \"cut o",
    ] {
        assert_eq!(sniff(text, ""), Some("ndjson"), "{text}");
    }
    for text in ["{\"title\": \"x\", \"date\": \"2025\"}\n\nBody", "{\"id\": 1}\nBody", "[1]", "{\"scripts\": {}}"] {
        assert!(!matches!(sniff(text, ""), Some("json-feed" | "ndjson")), "{text}");
    }
    assert!(!matches!(sniff("{\"title\": \"x\", \"items\": []}\nBody", "md"), Some("json-feed" | "ndjson")));
    for (text, name) in [
        ("<rss version='2.0'/>", Some("rss")),
        ("<!-- <feed> --><?x y?>\n<RSS>", Some("rss")),
        ("<x:rss xmlns:x='urn:x'><x:channel/>", Some("rss")),
        ("<channel>", Some("rss")),
        ("<item>", Some("rss")),
        ("warning<rss><", Some("rss")),
        ("<br/><b>Warning</b> <rss version='2.0'>", Some("rss")),
        ("<!-- a comment that is long", Some("rss")),
        ("<?xml version='1.0'?>\n<!-- nothing -->\n", Some("rss")),
        ("<!DOCTYPE rdf:RDF [<!ENTITY x 'cut o", Some("rss1")),
        ("<rdf:RDF xmlns='http://purl.org/rss/1.0/'>", Some("rss1")),
        ("<div><rdf:RDF><channel>", Some("rss1")),
        ("<feed xmlns='http://www.w3.org/2005/Atom'>", Some("atom")),
        ("<a:entry>", Some("atom")),
        ("<html><body>", None),
        ("<opml><body>", None),
        ("plain words", None),
    ] {
        assert_eq!(sniff(text, "xml"), name, "{text}");
    }
    for text in ["+++\ntitle = 'x'\n+++\nIterator<Item = T>", "---\ntitle: x\n---\n<rss>"] {
        assert_eq!(sniff(text, ""), Some("markdown"), "{text}");
    }
    assert_eq!(sniff("Iterator<Item = T>", "md"), Some("markdown"));
}

#[test]
fn deep_values_are_refused_within_a_small_stack() {
    let run = || {
        for deep in ["[".repeat(100_000), "{\"a\":".repeat(100_000)] {
            for text in [format!("{{\"x\": {deep}"), format!("{{\"items\": [{{\"_x\": {deep}"), deep.clone()] {
                let error = read("json-feed", &text).error.unwrap();
                assert!(error.message.contains("limit") || error.message.contains("no JSON Feed"), "{error}");
            }
        }
        let fits = format!("{{\"title\": \"x\", \"_x\": {}{}, \"items\": []}}", "[".repeat(120), "]".repeat(120));
        let read = read("json-feed", &fits);
        assert!(read.error.is_none());
        assert!(
            write("json-feed", &read.feed, &[], None, Keep::All).0.contains("[[[[") || read.feed.extra.keys.len() == 1
        );
    };
    let thread = std::thread::Builder::new().stack_size(512 << 10).spawn(run).unwrap();
    thread.join().unwrap();
}

proptest! {
    #![proptest_config(hub::cases(32))]

    #[test]
    fn what_is_written_fits_the_schema_of_sluglines_own((feed, items) in hub::hub()) {
        let schema: serde_json::Value = serde_json::from_str(include_str!("../schemas/slugline.schema.json")).unwrap();
        let mut of_feed = schema.clone();
        of_feed.as_object_mut().unwrap().retain(|key, _| key.starts_with('$'));
        of_feed["$ref"] = "#/$defs/feed".into();
        of_feed["$id"] = "https://slugline.dev/schemas/feed".into();
        let (text, _) = write("json-feed", &feed, &items, Some(&feed), Keep::All);
        let written: serde_json::Value = serde_json::from_str(&text).unwrap();
        let check = |schema: &serde_json::Value, own: Option<&serde_json::Value>| {
            let Some(own) = own else { return Vec::new() };
            let validator = jsonschema::validator_for(schema).unwrap();
            validator.iter_errors(own).map(|error| format!("{error} at {}", error.instance_path())).collect()
        };
        let mut wrong: Vec<String> = check(&of_feed, written.get("_slugline"));
        wrong.extend(check(&of_feed, written.get("_slugline_late")));
        for item in written["items"].as_array().unwrap() {
            wrong.extend(check(&schema, item.get("_slugline")));
        }
        prop_assert!(wrong.is_empty(), "{wrong:?} in {text}");
    }
}
