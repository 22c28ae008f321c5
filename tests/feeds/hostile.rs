//! Feeds made to hurt, through the conductor and on a small stack: each is refused by a limit that is named, or read in
//! part, and in either case told.

use std::sync::Arc;

use proptest::prelude::*;
use slugline::{
    convert::{
        self, Options, Summary,
        memory::{Bytes, Memory},
        plan::SameName,
    },
    error::ErrorKind,
    format::{self, Format, Keep, Shape},
    profile::Profile,
};

fn options(to: &'static Format) -> Options {
    let mut options = Options::new(to, Arc::new(Profile::default()));
    options.same_name = SameName::Suffix;
    options.write.extra = Keep::All;
    options
}

/// Converts on a stack of 512 KB.
fn convert(source: Vec<u8>, to: &str, change: fn(&mut Options)) -> (String, Summary) {
    let to = format::find(to).unwrap();
    let run = move || {
        let mut options = options(to);
        change(&mut options);
        let input = Bytes { name: "feed".to_owned(), bytes: source };
        let mut memory = Memory { is_folder: to.target.shape == Shape::Posts, ..Memory::default() };
        let summary = convert::convert(&[&input], &mut memory, &options).unwrap();
        (String::from_utf8(memory.stream).unwrap(), summary)
    };
    std::thread::Builder::new().stack_size(512 << 10).spawn(run).unwrap().join().unwrap()
}

fn no_change(_: &mut Options) {}

fn codes(summary: &Summary) -> Vec<&str> {
    summary.findings.iter().map(|(_, finding)| &*finding.code).collect()
}

fn wide(text: &str, unit: fn(u16) -> [u8; 2]) -> Vec<u8> {
    text.encode_utf16().flat_map(unit).collect()
}

/// X1 and X2: nothing outside of the source is opened, in whatever encoding it is asked for.
#[test]
fn external_entities_stay_as_they_are_written() {
    let file = concat!(env!("CARGO_MANIFEST_DIR"), "/Cargo.toml");
    let dtds = [
        format!("<!DOCTYPE rss [<!ENTITY x SYSTEM \"file://{file}\">]>"),
        format!("<!DOCTYPE rss [<!ENTITY x PUBLIC \"-//x\" \"{file}\">]>"),
        format!("<!DOCTYPE rss [<!ENTITY % p SYSTEM \"{file}\"> %p;]>"),
        format!("<!DOCTYPE rss SYSTEM \"{file}\">"),
        format!("<!DOCTYPE rss PUBLIC \"-//x\" \"{file}\" [<!ENTITY x SYSTEM '{file}'>]>"),
    ];
    for dtd in dtds {
        let text = format!(
            "<?xml version=\"1.0\"?>{dtd}<rss version=\"2.0\"><channel><title>[&x;]</title>\
             <item><enclosure url=\"https://e.example/&x;\"/></item></channel></rss>"
        );
        let marked = format!("\u{feff}{text}");
        for source in [text.clone().into_bytes(), wide(&marked, u16::to_le_bytes), wide(&text, u16::to_be_bytes)] {
            let (written, summary) = convert(source.clone(), "json-feed", no_change);
            assert!(written.contains("[&x;]") && written.contains("https://e.example/&x;"), "{written}");
            assert!(!written.contains("slugline\\\""), "{written}");
            let found = codes(&summary);
            assert!(found.contains(&"external-entity") || found.contains(&"undefined-entity"), "{dtd}: {found:?}");
            let strict = |options: &mut Options| options.read.repair = false;
            let (_, summary) = convert(source, "json-feed", strict);
            let told = codes(&summary).contains(&"undefined-entity");
            assert!(!summary.errors.is_empty() || told, "{dtd} without repairs");
        }
    }
    for (source, name) in [
        (&b"<?xml version='1.0' encoding='UTF-7'?><rss>+ADw-title+AD4-</rss>"[..], "UTF-7"),
        (b"\x4c\x6f\xa7\x94\x93\x40", "EBCDIC"),
        (b"<?xml version='1.0' encoding='x-klingon'?><rss>\xe9</rss>", "x-klingon"),
    ] {
        let (written, summary) = convert(source.to_vec(), "json-feed", no_change);
        assert!(written.is_empty() && summary.errors[0].message.contains(name), "{:?}", summary.errors);
    }
}

/// X3 to X9, at the level of feeds: the limit is named, and what can be had is had.
#[test]
fn each_limit_of_a_feed_is_named_and_can_be_set() {
    let around = |inside: &str| format!("<rss version=\"2.0\"><channel><title>t</title>{inside}").into_bytes();
    let item = |inside: &str| around(&format!("<item><title>kept</title></item><item>{inside}"));
    let lol = {
        let levels: String =
            (1..10).map(|n| format!("<!ENTITY l{n} '{}'>", format!("&l{};", n - 1).repeat(10))).collect();
        format!("<!DOCTYPE rss [<!ENTITY l0 'lol'>{levels}]>")
    };
    let bomb = |inside: &str| format!("{lol}<rss version=\"2.0\"><channel><title>t</title>{inside}").into_bytes();
    let quadratic = format!(
        "<!DOCTYPE rss [<!ENTITY a '{}'>]><rss><channel><title>t</title><description>{}</description>",
        "x".repeat(100_000),
        "&a;".repeat(10_000)
    );
    let attributes: String = (0..100_000).map(|n| format!(" a{n}=''")).collect();
    let namespaces: String = (0..20_000).map(|n| format!(" xmlns:a{n}='urn:{n}'")).collect();
    let deep = "<x>".repeat(10_000);
    let cases = [
        ("entities", bomb("<description>&l9;</description>")),
        ("entities", bomb("<item><enclosure url='&l9;'/></item>")),
        ("entities", quadratic.into_bytes()),
        ("depth", around(&deep)),
        ("depth", item(&deep)),
        ("depth", item(&format!("<e:x xmlns:e='urn:e'>{deep}"))),
        ("depth", item(&format!("<description>{}", "<div>".repeat(1_000_000)))),
        ("depth", format!("<feed xmlns='http://www.w3.org/2005/Atom'><title>t</title><entry><content type='xhtml'><div xmlns='http://www.w3.org/1999/xhtml'>{}", "<p>".repeat(10_000)).into_bytes()),
        ("attributes", item(&format!("<x{attributes}/>"))),
        ("attributes", item(&format!("<x{namespaces}/>"))),
        ("name", item(&format!("<{}/>", "n".repeat(100_000)))),
        ("text", item(&format!("<description>{}", "text ".repeat(1 << 20)))),
        ("text", item(&format!("<x y='{}'/>", "text ".repeat(1 << 20)))),
        ("text", item(&format!("<description><![CDATA[{}", "text ".repeat(1 << 20)))),
        ("text", item(&format!("<!-- {}", "text ".repeat(1 << 20)))),
        ("item", item(&"<x>some text of an element</x>".repeat(100_000))),
        ("item", around(&"<x>some text of an element</x>".repeat(100_000))),
    ];
    let small = |options: &mut Options| {
        options.read.limits.text = 1 << 20;
        options.read.limits.item = 2 << 20;
    };
    for (name, source) in cases {
        let start = String::from_utf8_lossy(&source[..source.len().min(120)]).into_owned();
        for to in ["rss1", "json-feed"] {
            let (written, summary) = convert(source.clone(), to, small);
            let error = summary.errors.first().unwrap_or_else(|| panic!("{start} is accepted"));
            assert_eq!(error.kind, ErrorKind::Limit, "{start}: {error}");
            assert!(error.message.contains(&format!("`{name}`")), "{start}: {error}");
            if start.contains("kept") {
                assert!(written.contains("kept"), "{start} to {to}: {written}");
            }
        }
    }
}

/// X5: what shrinks is no bomb.
#[test]
fn many_references_to_single_characters_are_accepted() {
    let source = format!(
        "<rss><channel><item><description>{}</description></item></channel></rss>",
        "&amp;&#x20;".repeat(100_000)
    );
    let (written, summary) = convert(source.into_bytes(), "json-feed", no_change);
    assert!(summary.errors.is_empty() && written.matches('&').count() == 100_000);
}

/// X6: names that look like the predefined ones, and those themselves.
#[test]
fn predefined_entities_mean_what_they_mean() {
    let source =
        "<!DOCTYPE rss [<!ENTITY lt 'evil'><!ENTITY l. 'dot'>]><rss><channel><title>&lt;&l.;</title></channel></rss>";
    let (written, _) = convert(source.into(), "json-feed", no_change);
    assert!(written.contains("\"<dot\""), "{written}");
}

/// X7: what is as deep as the limit allows is kept, written, read again and dropped on a small stack.
#[test]
fn nesting_up_to_the_limit_goes_through_every_format() {
    let (open, close) = ("<x>".repeat(110), "</x>".repeat(110));
    let source =
        format!("<rss><channel><title>t</title><item><title>i</title>{open}deep{close}</item></channel></rss>");
    let mut now = source.into_bytes();
    for to in ["atom", "json-feed", "rss1", "rss", "ndjson"] {
        let (written, summary) = convert(now, to, no_change);
        assert!(summary.errors.is_empty() && written.contains("deep"), "{to}: {:?}", summary.errors);
        now = written.into_bytes();
    }
}

/// X10 and X13: what XML forbids never gets into it, what ends a section does not end it.
#[test]
fn characters_that_xml_forbids_are_left_out_of_it_and_told() {
    let source = r#"{"version": "https://jsonfeed.org/version/1.1", "title": "a\u0000b\u000bc\uffffd", "items": [
        {"id": "1\u0001", "content_html": "<p>]]> -- ?> \u001f</p>", "tags": ["x\ufffey"]}]}"#;
    for to in ["rss", "rss1", "atom"] {
        let (written, summary) = convert(source.into(), to, no_change);
        assert!(
            !written.contains(|c: char| c < ' ' && c != '\n' || matches!(c, '\u{fffe}' | '\u{ffff}')),
            "{written:?}"
        );
        let lost: Vec<_> =
            summary.losses.kinds.keys().map(|(field, reason)| format!("{field} {}", reason.words())).collect();
        assert!(lost.len() >= 3, "{to}: {lost:?}");
        let (again, summary) = convert(written.into_bytes(), "json-feed", no_change);
        assert!(summary.errors.is_empty() && codes(&summary).is_empty(), "{:?}", summary.findings);
        assert!(again.contains("<p>]]> -- ?> "), "{again}");
    }
}

/// X14: cut off at any byte, the items that were complete are offered, and it is no success.
#[test]
fn a_feed_cut_anywhere_gives_the_items_before_the_cut() {
    let items: String = (0..20)
        .map(|n| format!("<item><title>{n} &amp; \u{e9}</title><guid>{n}</guid><description><![CDATA[<p>{n}</p>]]></description></item>"))
        .collect();
    let whole = format!("<?xml version=\"1.0\"?><rss version=\"2.0\"><channel><title>t</title>{items}</channel></rss>");
    for end in 1..whole.len() {
        let cut = &whole.as_bytes()[..end];
        let hub = super::hub::read("rss", cut);
        let complete = String::from_utf8_lossy(cut).matches("</item>").count();
        let error = hub.error.unwrap_or_else(|| panic!("{end} is a success"));
        assert_eq!(error.kind, ErrorKind::Unreadable, "{end}: {error}");
        // What is cut is offered too, as far as it goes.
        assert!((complete..=complete + 1).contains(&hub.items.len()), "{end}: {} of {complete}", hub.items.len());
        for (n, item) in hub.items.iter().take(complete).enumerate() {
            assert_eq!(item.id.as_deref(), Some(&*n.to_string()), "{end}");
        }
        let begun = whole[..end.min(whole.find("<item").unwrap())].contains("<rss ");
        let told = hub.findings.iter().any(|finding| finding.code == "truncated");
        assert!(told || !begun, "{end}: {:?}", hub.findings);
    }
}

/// J1 and J2, at the level of feeds.
#[test]
fn json_that_is_odd_is_kept_or_refused_with_its_place() {
    let feed = |item: &str| {
        format!("{{\"version\": \"https://jsonfeed.org/version/1.1\", \"title\": \"t\", \"items\": [{item}]}}")
    };
    let source = feed(
        r#"{"id": "1", "content_text": "\ud800 \u0000", "_n": [1e400, 123456789012345678901234567890, -0, 0.1],
            "__proto__": {"x": 1}, "constructor": "c", "title": "a", "title": "b"}"#,
    );
    let (written, summary) = convert(format!("\u{feff}{source}").into_bytes(), "json-feed", no_change);
    assert!(summary.errors.is_empty(), "{:?}", summary.errors);
    assert!(written.contains("123456789012345678901234567890") && written.contains("1e400"), "{written}");
    assert!(written.contains("\"__proto__\"") && written.contains("\"constructor\""), "{written}");
    assert!(written.contains("\"title\": \"a\""), "the first one counts: {written}");
    let found = codes(&summary);
    assert!(found.contains(&"lone-surrogate") && found.contains(&"duplicate-key"), "{found:?}");
    let (rss, _) = convert(source.clone().into_bytes(), "rss", no_change);
    let (again, _) = convert(rss.into_bytes(), "json-feed", no_change);
    assert!(again.contains("\"__proto__\"") && again.contains("123456789012345678901234567890"), "{again}");
    for (source, kind) in [
        (feed(&"[".repeat(1_000_000)), ErrorKind::Limit),
        (feed(&format!("{{\"_x\": {}", "{\"a\":".repeat(1_000_000))), ErrorKind::Limit),
        (feed("{\"id\": \"1\"}") + " trailing", ErrorKind::Unreadable),
        (feed("{\"id\": \"1\"").replace("]}", ""), ErrorKind::Unreadable),
    ] {
        let (_, summary) = convert(source.clone().into_bytes(), "rss", no_change);
        let error = summary.errors.first().unwrap_or_else(|| panic!("{} is accepted", &source[..80]));
        assert!(error.kind == kind && error.position.is_some(), "{error}");
    }
}

/// T3: no date of today stands in for one that cannot be read, and none takes long.
#[test]
fn dates_that_cannot_be_read_are_kept_as_they_are_and_told() {
    let nested = format!("Wed, 24 Sep 2025 03:17:09 {}{} GMT", "(".repeat(10_000), ")".repeat(10_000));
    for date in ["Sun, 30 Feb 2025 10:00:00 GMT", "0000-01-01", "10000-01-01", "soon", &nested] {
        let source = format!(
            "<rss><channel><title>t</title><link>https://snow.example/</link><item><pubDate>{date}</pubDate></item></channel></rss>"
        );
        let (written, summary) = convert(source.clone().into_bytes(), "json-feed", no_change);
        assert!(!written.contains("date_published") && written.contains(date), "{written}");
        assert_eq!(codes(&summary), ["unread-date"]);
        let (rss, summary) = convert(source.into_bytes(), "rss", no_change);
        assert!(!rss.contains("<pubDate>") && rss.contains(date) && summary.losses.count() == 1, "{rss}");
    }
}

/// Every fixture of a feed.
fn fixtures() -> Vec<Vec<u8>> {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/convert");
    let mut paths: Vec<_> = std::fs::read_dir(folder)
        .unwrap()
        .flat_map(|folder| std::fs::read_dir(folder.unwrap().path()).unwrap())
        .map(|entry| entry.unwrap().path())
        .collect();
    paths.sort();
    paths.iter().map(|path| std::fs::read(path).unwrap()).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_change_of_a_feed_makes_a_panic(
        which in any::<prop::sample::Index>(),
        to in prop::sample::select(vec!["rss", "rss1", "atom", "json-feed", "ndjson", "markdown"]),
        cut in any::<prop::sample::Index>(),
        flips in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 0..8),
        truncate in any::<bool>(),
    ) {
        let all = fixtures();
        let mut bytes = which.get(&all).clone();
        for (at, byte) in flips {
            let at = at.index(bytes.len());
            bytes[at] = byte;
        }
        if truncate {
            bytes.truncate(cut.index(bytes.len()));
        }
        let to = format::find(to).unwrap();
        for repair in [true, false] {
            let mut options = options(to);
            options.read.repair = repair;
            options.read.places = true;
            let input = Bytes { name: "feed".to_owned(), bytes: bytes.clone() };
            let mut memory = Memory { is_folder: to.target.shape == Shape::Posts, ..Memory::default() };
            let summary = convert::convert(&[&input], &mut memory, &options);
            let internal = |error: &slugline::error::Error| error.kind == ErrorKind::Internal;
            prop_assert!(!summary.is_ok_and(|summary| summary.errors.iter().any(internal)));
        }
    }
}
