//! Feeds that are larger than is kept: what is found in them, and where, is what is found in those that are not.
#![allow(clippy::unwrap_used)]

mod support;

use std::{fs, sync::Arc};

use slugline::{
    check::{self, Checked, Options, Requirement, Settings},
    convert,
    error::{Error, ErrorKind},
    finding::Severity,
    format::{self, Probe},
    limits::Limits,
    profile::Profile,
    report::FileReport,
    surroundings::Surroundings,
};
use support::{Workdir, below, ends_in, fixtures, made, slugline};

fn options(kept: usize) -> Options {
    let mut limits = Limits::default();
    limits.kept = kept;
    let settings = made(|settings: &mut Settings| {
        settings.show = Severity::Hint;
        settings.preview = true;
        settings.surroundings = Arc::new(made(|around: &mut Surroundings| {
            around.today = Some(1_770_000_000);
        }));
    });
    made(|options: &mut Options| {
        options.settings = Arc::new(settings);
        options.limits = limits;
    })
}

/// What is found, with the bytes of the file, as the reports have it.
fn found(checked: Result<Checked, Error>) -> Result<String, ErrorKind> {
    let mut checked = checked.map_err(|error| error.kind)?;
    let report = FileReport::new(&mut checked.document, checked.left_out);
    let line = |one: &slugline::report::Located| format!("{:?} {:?} {:?}", one.finding, one.bytes, one.edits);
    Ok(format!("{}\n{}", report.left_out, report.findings.iter().map(line).collect::<Vec<_>>().join("\n")))
}

/// The feed in other encodings and with other line ends.
fn spellings(text: &str) -> Vec<(&'static str, Vec<u8>)> {
    let crlf = text.replace("\r\n", "\n").replace('\n', "\r\n");
    let wide = text.replace("<title>", "<title>日é😀 ");
    let utf16 = |text: &str| -> Vec<u8> {
        let units = std::iter::once(0xfeff).chain(text.encode_utf16());
        units.flat_map(u16::to_le_bytes).collect()
    };
    let declared = text.replacen("encoding=\"utf-8\"", "encoding=\"UTF-16\"", 1);
    let declared = declared.replacen("encoding=\"UTF-8\"", "encoding=\"UTF-16\"", 1);
    vec![
        ("as it is", text.as_bytes().to_vec()),
        ("CRLF", crlf.into_bytes()),
        ("BOM", [b"\xef\xbb\xbf", wide.as_bytes()].concat()),
        ("UTF-16", utf16(&declared.replace("<title>", "<title>日é😀 "))),
        ("wide", wide.into_bytes()),
    ]
}

fn same(name: &str, text: &str) {
    for (spelling, bytes) in spellings(text) {
        one(name, spelling, bytes);
    }
}

fn one(name: &str, spelling: &str, bytes: Vec<u8>) {
    let whole = found(check::check(name, bytes.clone(), &options(64 << 20)));
    let beyond = found(check::check(name, bytes.clone(), &options(bytes.len() - 1)));
    assert_eq!(whole, beyond, "{name}, {spelling}");
}

/// The fixtures with one of these endings that hold one of these signs.
fn holding(endings: &[&str], signs: &[&str]) -> Vec<(String, String)> {
    let files = below(&fixtures(""), |_| true).into_iter().filter(|path| ends_in(path, endings));
    let texts = files.filter_map(|path| Some((path.display().to_string(), fs::read_to_string(path).ok()?)));
    texts.filter(|(_, text)| signs.iter().any(|sign| text.contains(sign))).collect()
}

/// The feeds in XML among the fixtures.
fn feeds() -> Vec<(String, String)> {
    holding(&["xml", "rss", "atom"], &["<rss", "<feed", "<rdf:RDF", "<entry"])
}

/// Checks a JSON Feed whole and beyond what is kept, in several encodings.
fn same_json(name: &str, text: &str) {
    let crlf = text.replace("\r\n", "\n").replace('\n', "\r\n");
    let utf16: Vec<u8> = std::iter::once(0xfeff).chain(text.encode_utf16()).flat_map(u16::to_be_bytes).collect();
    let spellings = [
        ("as it is", text.as_bytes().to_vec()),
        ("CRLF", crlf.into_bytes()),
        ("BOM", [b"\xef\xbb\xbf", text.as_bytes()].concat()),
        ("UTF-16", utf16),
    ];
    for (spelling, bytes) in spellings {
        let options = |kept| {
            let required = Arc::new(made(|required: &mut Requirement| {
                required.json_feed = true;
            }));
            {
                let mut options = options(kept);
                options.required = required;
                options
            }
        };
        let whole = found(check::check(name, bytes.clone(), &options(64 << 20))).unwrap();
        let beyond = found(check::check(name, bytes.clone(), &options(bytes.len() - 1))).unwrap();
        for (whole, beyond) in whole.lines().zip(beyond.lines()) {
            assert_eq!(whole, beyond, "{name}, {spelling}");
        }
        assert_eq!(whole.lines().count(), beyond.lines().count(), "{name}, {spelling}");
    }
}

#[test]
fn findings_are_the_same_in_json_feeds() {
    let feeds = holding(&["json"], &["jsonfeed.org"]);
    assert!(feeds.len() > 20, "{}", feeds.len());
    for (name, text) in feeds {
        same_json(&name, &text);
    }
}

#[test]
fn findings_are_the_same_in_a_long_json_feed() {
    let mut items = Vec::new();
    let text = "Powder é 日 😀 on a hard base. ".repeat(40);
    for n in 0..900 {
        let id = if n % 100 == 99 { n - 90 } else { n };
        items.push(match n % 150 {
            31 => format!("{{\"id\": {n}, \"content_text\": \"{text}\"}}"),
            32 => format!("{{\"id\": \"{n}\", \"url\": \"https://snow.example/{n}\"}}"),
            33 => "17".to_owned(),
            34 => format!("{{\"id\": \"{n}\", \"title\": \"Ice &amp; <b>snow</b>\", \"frob\": [1, {{\"a\": 1}}], \"content_html\": \"<p onclick='x'>{text}<script>1</script>\"}}"),
            35 => format!("{{\"id\": \"{n}\", \"content_text\": \"a\", \"content_text\": \"b\", \"date_published\": \"yesterday\"}}"),
            _ => format!(
                "{{\"id\": \"https://snow.example/{id}\", \"content_html\": \"<p>{text}</p>\", \"date_published\": \"2025-09-24T10:00:00Z\"}}"
            ),
        });
    }
    for (before, after) in
        [("\"title\": \"Snow\",", ""), ("", ", \"title\": \"Snow\", \"home_page_url\": \"x\", \"expired\": true")]
    {
        let feed = format!(
            "{{\n\"version\": \"https://jsonfeed.org/version/1.1\",{before}\n\"items\": [\n{}\n]{after}\n}}\n",
            items.join(",\n")
        );
        same_json("feed.json", &feed);
    }
}

#[test]
fn of_a_json_feed_that_breaks_off_only_that_is_found() {
    let feed = "{\"version\": \"https://jsonfeed.org/version/1.1\", \"title\": \"Snow\", \"items\": [\n\
                {\"id\": \"https://snow.example/1\", \"content_text\": \"Powder on a hard base.\"},\n\
                {\"id\": 17, \"content_text\": \"Ice.\"}], \"home_page_url\": \"https://snow.example/\"}";
    for end in 60..feed.len() {
        same_json("feed.json", &feed[..end]);
    }
}

#[test]
fn findings_are_the_same_in_every_fixture_of_a_feed() {
    let feeds = feeds();
    assert!(feeds.len() > 50, "{}", feeds.len());
    for (name, text) in feeds {
        same(&name, &text);
    }
}

/// A feed of many items, some with mistakes, with something between them and something behind.
fn long(line_end: &str) -> String {
    let mut feed = String::from(
        "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<rss version=\"2.0\" xmlns:atom=\"http://www.w3.org/2005/Atom\">\n\
         <channel>\n<title>Snow &amp; ice</title>\n<link>https://snow.example/</link>\n\
         <description>Reports</description>\n<pubDate>Mon, 24 Sep 2025 10:00:00 GMT</pubDate>\n",
    );
    let text = "Powder é on a hard base. ".repeat(16);
    for n in 0..600 {
        let date = if n % 50 == 7 { "24 September 2025" } else { "Wed, 24 Sep 2025 10:00:00 +0000" };
        let guid = if n % 100 == 99 { "no address".to_owned() } else { format!("https://snow.example/{}", n % 500) };
        let quiet = if n == 407 { "<!-- slugline-ignore invalid-date, loose-date -->\n" } else { "" };
        let odd = if n % 111 == 5 { "<strange/>" } else { "" };
        feed.push_str(&format!(
            "<item>\n<title>Report {n}</title><link>https://snow.example/{n}</link><guid>{guid}</guid>{odd}\n{quiet}\
             <pubDate>{date}</pubDate><description>{text}&lt;script&gt;1&lt;/script&gt;</description>\n</item>\n"
        ));
        if n % 300 == 3 {
            feed.push_str(
                "<!-- slugline-ignore duplicate-element -->\n<!-- between --> stray é\n<title>Snow again</title>\n",
            );
        }
    }
    feed.push_str("<language>english please</language>\n</channel>\n</rss>\n");
    feed.replace('\n', line_end)
}

#[test]
fn findings_are_the_same_in_a_feed_of_many_chunks() {
    same("feed.xml", &long("\n"));
    for line_end in ["\r", " "] {
        one("feed.xml", "as it is", long(line_end).into_bytes());
    }
    // Cut off, and past repair.
    one("feed.xml", "cut off", long("\n")[..290_000].into());
    one("feed.xml", "past repair", long("\n").replace("<strange/>", "<strange a='").into_bytes());
}

#[test]
fn little_is_kept_of_a_feed_of_many_items() {
    let feed = long("\n");
    let whole = found(check::check("feed.xml", feed.clone().into_bytes(), &options(64 << 20)));
    assert_eq!(found(check::check("feed.xml", feed.into_bytes(), &options(2_000))), whole);
}

#[test]
fn findings_over_the_cap_are_counted() {
    let feed = long("\n");
    // What comments silence is not counted, and without any findings are let go on the way.
    let plain = feed.replace("slugline-ignore", "nothing");
    for (feed, kept) in [(&feed, 64 << 20), (&feed, 10_000), (&plain, 64 << 20), (&plain, 10_000)] {
        let mut options = options(kept);
        options.limits.findings = 10;
        let few = check::check("feed.xml", feed.clone().into_bytes(), &options).unwrap();
        options.limits.findings = 100_000;
        let all = check::check("feed.xml", feed.clone().into_bytes(), &options).unwrap();
        assert_eq!(few.document.findings, all.document.findings[..10]);
        assert!(few.left_out > 600, "{}", few.left_out);
        assert_eq!(few.left_out, all.document.findings.len() - 10);
    }
}

#[test]
fn rules_in_a_thread_of_their_own_find_the_same() {
    let feed = long("\n").into_bytes();
    for (kept, findings) in [(64 << 20, 100_000), (64 << 20, 10), (10_000, 100_000), (10_000, 10)] {
        let mut options = options(kept);
        options.limits.findings = findings;
        let aside = found(check::check("feed.xml", feed.clone(), &options));
        options.settings = Arc::new({
            let mut settings = (*options.settings).clone();
            settings.aside = false;
            settings
        });
        assert_eq!(aside, found(check::check("feed.xml", feed.clone(), &options)), "{kept}, {findings}");
    }
}

#[test]
fn a_reader_tells_the_same_whether_or_not_its_parts_are_asked_for() {
    let feeds = feeds().into_iter().chain([("long".to_owned(), long("\n"))]);
    for (name, text) in feeds {
        let probe = Probe { start: &text[..text.floor_char_boundary(8 << 10)], extension: "xml" };
        let Some(format) = format::sniff(&probe) else { continue };
        let Some(watched) = format.watch else { continue };
        let found = |parts: bool| {
            let mut options = convert::Options::new(format, Arc::new(Profile::empty())).read;
            (options.parts, options.encoding) = (parts, Some("utf-8".to_owned()));
            let mut nobody = ();
            let mut reader = watched(Box::new(text.as_bytes()), &options, &mut nobody);
            let mut findings = Vec::new();
            loop {
                let next = reader.next();
                findings.extend(reader.take_findings());
                match next {
                    Ok(Some(_)) => {}
                    Ok(None) => return (findings, None),
                    Err(error) => return (findings, Some((error.kind, error.message))),
                }
            }
        };
        assert_eq!(found(true), found(false), "{name}");
    }
}

#[test]
fn a_feed_on_standard_input_is_spooled_and_one_beyond_the_limit_is_not_edited() {
    let feed = long("\n");
    let dir = Workdir::new().file("slugline.toml", "[limits]\nkept = 10000\n").file("feed.xml", &feed);
    let (code, named, _) = slugline(&dir, &["check", "feed.xml", "--output-format", "json"], b"");
    assert_eq!(code, 1, "{named}");
    let (code, stdin, _) =
        slugline(&dir, &["check", "--stdin-filename", "feed.xml", "--output-format", "json"], feed.as_bytes());
    assert_eq!(code, 1, "{stdin}");
    assert_eq!(named, stdin);
    let (_, _, stderr) = slugline(&dir, &["check", "feed.xml", "--fix"], b"");
    assert!(stderr.contains("not fixed: it is larger than the limit `kept`"), "{stderr}");
    assert_eq!(dir.read("feed.xml"), feed);
}

#[test]
fn an_item_of_a_json_feed_beyond_its_limit_is_told_and_others_are_not() {
    let item =
        |size: usize| format!("{{\"id\": \"1\", \"content_text\": \"x\", \"_more\": [\"{}\", 1]}}", "a".repeat(size));
    let feed = |items: &[String]| {
        let more = format!("\"_more\": {{\"a\": [{}]}}", "1,".repeat(2_000) + "1");
        format!(
            "{{\"version\": \"https://jsonfeed.org/version/1.1\", \"title\": \"x\", \"items\": [{}], {more}}}",
            items.join(",")
        )
    };
    let codes = |text: String| -> Vec<String> {
        let mut options = options(2_000);
        options.limits.item = 2_000;
        let checked = check::check("feed.json", text.into(), &options).unwrap();
        checked.document.findings.iter().map(|finding| finding.code.to_string()).collect()
    };
    assert!(!codes(feed(&[item(1_000)])).contains(&"limit-reached".to_owned()));
    assert!(codes(feed(&[item(100), item(3_000)])).contains(&"limit-reached".to_owned()));
}

#[test]
fn what_is_no_feed_must_fit() {
    let line = "{\"id\": \"1\", \"content_text\": \"Snow\"}\n";
    for (name, text) in [("items.ndjson", line), ("post.md", "---\ntitle: Snow\n---\n"), ("list.opml", "<opml></opml>")]
    {
        let error = check::check(name, text.into(), &options(10)).unwrap_err();
        assert_eq!(error.kind, ErrorKind::Limit, "{name}");
        assert!(error.message.contains("`kept`"), "{}", error.message);
    }
}
