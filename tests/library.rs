//! The library as a program uses it that is not slugline.
#![allow(clippy::unwrap_used)]

use std::{fs, path::Path, sync::Arc};

use slugline::{
    check,
    convert::{
        self, Options, Whole,
        memory::{Bytes, Memory},
    },
    document::{Coding, Content, Document},
    error::ErrorKind,
    format::{self, FORMATS, Shape},
    infer::Inference,
    profile::Profile,
    report::{self, FileReport, Look, Report},
};

fn fixture(name: &str) -> Vec<u8> {
    fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures").join(name)).unwrap()
}

#[test]
fn a_feed_that_is_held_whole_is_written_as_convert_writes_it() {
    let sources = ["readme/feed.xml", "convert/atom/full.xml", "convert/rss/podcast.xml", "convert/atom/from-rss.xml"];
    let mut compared = 0;
    for name in sources {
        let bytes = fixture(name);
        let whole = Whole::read(name, bytes.clone()).unwrap();
        for to in FORMATS.iter().filter(|format| format.write.is_some() && format.target.shape == Shape::Feed) {
            let mut options = Options::new(to, Arc::new(Profile::default()));
            options.drafts = true;
            let mut memory = Memory::default();
            let input = Bytes { name: (*name).to_owned(), bytes: bytes.clone() };
            let summary = convert::convert(&[&input], &mut memory, &options).unwrap();
            let (written, losses) = whole.write(to).unwrap();
            let (written, by_convert) =
                (String::from_utf8(written).unwrap(), String::from_utf8(memory.stream).unwrap());
            assert_eq!(written, by_convert, "{name} to {}", to.name);
            assert_eq!(losses.count(), summary.losses.count(), "{name} to {}", to.name);
            compared += 1;
        }
    }
    assert!(compared >= 5);
}

#[test]
fn what_is_no_feed_is_an_error_and_posts_are_not_one_stream() {
    let error = Whole::read("a.bin", *b"\0\0").unwrap_err();
    assert_eq!((error.kind, error.source.as_deref()), (ErrorKind::Unreadable, Some("a.bin")));
    let error = Whole::read("feed.xml", "<rss version='2.0'><channel><item>").unwrap_err();
    assert_eq!(error.kind, ErrorKind::Unreadable);
    let posts = format::find("markdown").unwrap();
    assert_eq!(Whole::default().write(posts).unwrap_err().kind, ErrorKind::Usage);
    let export = format::find("wordpress").unwrap();
    assert_eq!(Whole::default().write(export).unwrap_err().kind, ErrorKind::Usage);
}

#[test]
fn findings_are_reported_in_every_style() {
    let text = String::from_utf8(fixture("readme/budget.md")).unwrap();
    let options = check::Options::new(Arc::new(Profile::built_in("hugo").unwrap())).unwrap();
    let mut checked = check::check("budget.md", text.clone().into_bytes(), &options).unwrap();
    let files = [FileReport::new(&mut checked.document, checked.left_out)];
    let read = |_: &str| Some(text.clone());
    let report = Report::new(&files, &read);
    assert!(report.summary.errors + report.summary.warnings > 0);
    for style in report::STYLES {
        let mut out = Vec::new();
        (style.write)(&report, &Look::default(), &mut out).unwrap();
        let out = String::from_utf8(out).unwrap();
        assert!(out.contains("named-zone"), "{}:\n{out}", style.name);
    }
}

#[test]
fn a_schema_is_inferred_of_documents() {
    let mut inference = Inference::default();
    for text in ["---\ntitle: Snow\ndraft: true\n---\n", "---\ntitle: Ice\n---\n"] {
        let checked = check::check("a.md", text.into(), &check::Options::default()).unwrap();
        assert!(inference.add(&checked.document));
    }
    assert_eq!(inference.required().collect::<Vec<_>>(), ["title"]);
    let profile = Arc::new(Profile::empty());
    let none = Document::new("b.md".to_owned(), String::new(), Coding::Utf8, Content::Headless, profile);
    assert!(!inference.add(&none));
}
