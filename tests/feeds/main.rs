//! RSS and Atom: what readers make of them, what writers write, and that reading that again gives the same.
#![allow(clippy::unwrap_used)]

mod generated;
mod hostile;
mod hub;
mod shared;
#[path = "../support/mod.rs"]
mod support;

use hub::Hub;
use slugline::finding::Loss;

/// Each fixture's hub, findings, losses, and the feed as RSS, RSS 1.0 and Atom.
#[test]
fn a_feed_is_read_and_written_as_its_snapshot_shows() {
    for (format, path) in fixtures() {
        let source = std::fs::read(&path).unwrap();
        let hub = hub::read(format, &source);
        let mut shown = hub.shown();
        for target in ["rss", "rss1", "atom"] {
            let (written, losses) = hub::write(target, &hub);
            shown.push_str(&format!("\n=== {target}\n{written}"));
            for loss in losses {
                shown.push_str(&format!("lost: {} {}: {}\n", loss.field, loss.reason.words(), loss.example));
            }
        }
        let stem = path.file_stem().unwrap().to_str().unwrap();
        insta::with_settings!({ omit_expression => true, prepend_module_to_snapshot => false }, {
            insta::assert_snapshot!(format!("{format}-{stem}"), shown);
        });
    }
}

fn fixtures() -> Vec<(&'static str, std::path::PathBuf)> {
    let mut all = Vec::new();
    for format in ["rss", "rss1", "atom"] {
        let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/convert").join(format);
        let mut files: Vec<_> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
        files.retain(|path| path.extension().is_some_and(|extension| extension == "xml"));
        files.sort();
        all.extend(files.into_iter().map(|path| (format, path)));
    }
    all
}

#[track_caller]
fn assert_same(one: &Hub, other: &Hub, what: &str) {
    let (one, other) = (one.settled(), other.settled());
    if one.shown() != other.shown() {
        panic!("{what}{}", difference(&one, &other));
    }
}

/// Where two hubs begin to differ.
fn difference(one: &Hub, other: &Hub) -> String {
    let (one, other) = (one.shown(), other.shown());
    let differ = one.lines().zip(other.lines()).position(|(a, b)| a != b).unwrap_or(0);
    let near = |text: &str| text.lines().skip(differ.saturating_sub(8)).take(24).collect::<Vec<_>>().join("\n");
    format!("\n--- before\n{}\n--- after\n{}", near(&one), near(&other))
}

#[test]
fn what_is_written_is_read_back_as_it_was() {
    for (format, path) in fixtures() {
        let mut hub = hub::read(format, &std::fs::read(&path).unwrap());
        // Writers get addresses and languages as the conductor spells them.
        slugline::convert::mend::feed(&mut hub.feed);
        hub.items.iter_mut().for_each(slugline::convert::mend::item);
        for target in ["rss", "rss1", "atom"] {
            let (written, losses) = hub::write(target, &hub);
            let again = hub::read(target, written.as_bytes());
            let mut kept = hub.clone();
            for file in kept.items.iter_mut().flat_map(|item| &mut item.attachments) {
                let mime = file.mime_type.clone();
                let told = |loss: &Loss| loss.field == "attachments.mime_type" && Some(&loss.example) == mime.as_ref();
                file.mime_type.take_if(|_| losses.iter().any(told));
            }
            assert_same(&kept, &again, &format!("{} as {target}", path.display()));
            let (twice, _) = hub::write(target, &again);
            assert_eq!(written, twice, "{} as {target}, a second time", path.display());
        }
    }
}

#[test]
fn places_lie_on_the_elements_they_name() {
    for (format, path) in fixtures() {
        let source = std::fs::read_to_string(&path).unwrap();
        for (part, places) in hub::places(format, source.as_bytes()) {
            for (pointer, range) in places {
                let text = &source[range];
                let whole = text.starts_with('<') && text.ends_with('>');
                assert!(whole, "{}: {part}{pointer} is {text}", path.display());
            }
        }
    }
}
