//! Every source under `fixtures/convert/FORMAT/` is written to every format; each result is a snapshot. Written and read
//! back, the hub is the same. A new case is a new file.
#![allow(clippy::unwrap_used)]

mod support;

use std::{fs, path::Path, sync::Arc};

use slugline::{
    convert::{
        self, Options, Summary,
        memory::{Bytes, Memory},
    },
    format::{self, Body, Format, Keep, Shape},
    model::{Feed, Item, TextKind},
    profile::Profile,
    reference,
};
use support::{Workdir, slugline};

fn options(to: &'static Format, profile: &str) -> Options {
    let mut options = Options::new(to, Arc::new(Profile::built_in(profile).unwrap()));
    options.drafts = true;
    options.same_name = convert::plan::SameName::Suffix;
    options
}

fn run(input: &Bytes, options: &Options) -> (Memory, Summary) {
    let mut memory = Memory { is_folder: options.to.target.shape == Shape::Posts, ..Memory::default() };
    let summary = convert::convert(&[input], &mut memory, options).unwrap();
    (memory, summary)
}

/// What was written and what could not be, as a person would look at it.
fn shown(memory: &Memory, summary: &Summary) -> String {
    let mut text = String::from_utf8(memory.stream.clone()).unwrap();
    for (name, bytes) in &memory.files {
        text.push_str(&format!("=== {name}\n{}", String::from_utf8(bytes.clone()).unwrap()));
    }
    text.push_str("\n=== losses\n");
    for ((field, reason), kind) in &summary.losses.kinds {
        text.push_str(&format!("{field} {} ({}): {}\n", reason.words(), kind.count, kind.example));
    }
    text.push_str("=== findings\n");
    for (_, finding) in &summary.findings {
        let at = finding.span.map(|span| format!("{}:{} ", span.start.line, span.start.column)).unwrap_or_default();
        text.push_str(&format!("{at}{}[{}] {}\n", finding.severity.name(), finding.code, finding.message));
    }
    text
}

fn fixture(path: &Path) -> Bytes {
    Bytes { name: path.file_name().unwrap().to_str().unwrap().to_owned(), bytes: fs::read(path).unwrap() }
}

#[test]
fn every_fixture_is_written_to_every_format() {
    insta::glob!("../fixtures/convert", "*/*", |path| {
        let input = fixture(path);
        let from = path.parent().unwrap().file_name().unwrap().to_str().unwrap();
        for to in format::FORMATS.iter().filter(|format| format.write.is_some()) {
            let (memory, summary) = run(&input, &options(to, "hugo"));
            assert!(summary.errors.is_empty(), "{}: {:?}", path.display(), summary.errors);
            let mut settings = insta::Settings::clone_current();
            settings.set_snapshot_suffix(format!("{from}-{}-to-{}", input.name, to.name));
            settings.set_snapshot_path("snapshots/convert");
            settings.bind(|| insta::assert_snapshot!(shown(&memory, &summary)));
        }
    });
}

/// The hub of a source, with what a target had to make up left out where the source has none.
fn hub(input: &Bytes) -> (Feed, Vec<Item>) {
    use slugline::format::Part;
    let options = options(format::find("json-feed").unwrap(), "hugo");
    let format = convert::identify_one(&input.name, &input.bytes, &options.read).unwrap();
    let mut read = options.read.clone();
    read.name = input.name.clone();
    let mut reader = (format.read.unwrap())(Box::new(input.bytes.as_slice()), &read);
    let (mut feed, mut items) = (Feed::default(), Vec::new());
    while let Some(part) = reader.next().unwrap() {
        match part {
            Part::Head(head) => feed = head,
            Part::Item(item) => items.push(*item),
            Part::Late(late) => convert::head::absorb(&mut feed, late),
            _ => {}
        }
    }
    (feed, items)
}

#[test]
fn there_and_back_the_hub_is_the_same() {
    let mut checked = 0;
    insta::glob!("../fixtures/convert", "*/*", |path| {
        let input = fixture(path);
        let before = hub(&input);
        if before.1.iter().any(|item| item.content.as_ref().is_some_and(|text| text.kind == TextKind::Markdown)) {
            // A body of Markdown becomes HTML in a feed: not the same, and not meant to be.
            return;
        }
        for to in format::FORMATS.iter().filter(|format| format.write.is_some() && format.read.is_some()) {
            if to.target.shape == Shape::Posts || to.name == "ndjson" {
                continue;
            }
            let mut there = options(to, "hugo");
            there.body = Some(Body::Keep);
            there.write.extra = Keep::All;
            let (memory, summary) = run(&input, &there);
            let middle = Bytes { name: format!("x.{}", to.extensions[0]), bytes: memory.stream };
            let mut after = hub(&middle);
            // What the target requires and the source does not say was made up, and is no difference.
            let lossy = summary.losses.count() > 0;
            made_up(&before.0, &mut after.0);
            for (old, new) in before.1.iter().zip(&mut after.1) {
                if old.id.is_none() {
                    new.id = None;
                }
                if old.updated.is_none() {
                    new.updated = None;
                }
                // What its reader could not make absolute yet, the conductor did.
                if old.url.as_ref().is_some_and(|url| !reference::is_absolute(url)) {
                    new.url.clone_from(&old.url);
                }
            }
            if !lossy {
                assert_eq!(before.0, after.0, "{} to {}: feed", path.display(), to.name);
                assert_eq!(before.1, after.1, "{} to {}: items", path.display(), to.name);
                checked += 1;
            }
        }
    });
    assert!(checked > 20, "only {checked} round trips were without a loss");
}

fn made_up(before: &Feed, after: &mut Feed) {
    macro_rules! forget {
        ($($field:ident)*) => { $( if before.$field.is_none() { after.$field = None; } )* };
    }
    forget!(title home_page_url id updated description);
    if before.authors.is_empty() {
        after.authors.clear();
    }
}

/// `--resolve-links`: links in bodies against their own base, else the feed's page; without it no byte of them changes.
#[test]
fn links_in_bodies_are_made_absolute_only_where_that_is_asked_for() {
    let body = "<p><a href=\"../b?x=1&amp;y=2#z\">b</a> <img src='i.png' srcset=\"i.png 1x, /j.png 2x\"> <a href=\"#top\">top</a> \
                <a href=\"mailto:a@links.example\">m</a> <A HREF=//other.example/x>o</A></p>";
    let source = format!(
        "<feed xmlns=\"http://www.w3.org/2005/Atom\"><title>L</title><id>urn:l</id><link href=\"https://links.example/blog/\"/>\
         <entry><title>1</title><id>urn:1</id><link href=\"1\"/><content type=\"html\"><![CDATA[{body}]]></content></entry>\
         <entry><title>2</title><id>urn:2</id><content type=\"html\" xml:base=\"https://base.example/d/\"><![CDATA[{body}]]></content>\
         <summary type=\"html\"><![CDATA[<a href=\"s\">s</a>]]></summary></entry></feed>"
    );
    let input = Bytes { name: "l.xml".to_owned(), bytes: source.into_bytes() };
    for to in ["rss", "rss1", "atom", "json-feed"] {
        let to = format::find(to).unwrap();
        let mut options = options(to, "hugo");
        let written = |options: &Options| {
            let (memory, _) = run(&input, options);
            let output = Bytes { name: "x".to_owned(), bytes: memory.stream };
            hub(&output).1
        };
        let untouched = written(&options);
        for item in &untouched {
            assert_eq!(item.content.as_ref().unwrap().value, body, "{}", to.name);
        }
        assert_eq!(untouched[1].content.as_ref().unwrap().base.as_deref(), Some("https://base.example/d/"));
        options.resolve_links = true;
        let made = written(&options);
        for (item, folder, parent) in [
            (&made[0], "https://links.example/blog/", "https://links.example/"),
            (&made[1], "https://base.example/d/", "https://base.example/"),
        ] {
            let content = item.content.as_ref().unwrap();
            for link in [
                format!("href=\"{parent}b?x=1&amp;y=2#z\""),
                format!("{folder}i.png"),
                format!("{parent}j.png 2x"),
                "href=\"#top\"".to_owned(),
                "mailto:a@links.example".to_owned(),
                "https://other.example/x".to_owned(),
            ] {
                assert!(content.value.contains(&link), "{} lacks {link}: {}", to.name, content.value);
            }
            assert_eq!(content.base, None, "what is absolute needs no base");
        }
        assert!(made[1].summary.as_ref().unwrap().value.contains("https://links.example/blog/s"), "{}", to.name);
        assert_eq!(made[0].url.as_deref(), Some("https://links.example/blog/1"));
    }
}

#[test]
fn a_post_on_standard_input_is_whole_in_every_feed() {
    let body = "Powder on a hard base. ".repeat(3_000);
    let post = format!("---\ntitle: Snow\nslug: snow\ndate: 2025-09-24\n---\n{body}last word\n");
    let work = Workdir::new();
    let feeds = format::FORMATS.iter().filter(|format| format.target.shape == Shape::Feed && format.write.is_some());
    for to in feeds.map(|format| format.name) {
        for said in [&[][..], &["--from", "markdown"]] {
            let (code, text, told) = slugline(&work, &[&["convert", "-", "--to", to], said].concat(), post.as_bytes());
            assert_eq!(code, 0, "{to} {said:?}: {told}");
            assert!(text.len() > body.len() && text.contains("last word"), "{to} {said:?}: {} bytes", text.len());
        }
    }
}
