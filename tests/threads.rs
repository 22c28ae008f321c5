//! A large feed read on several threads gives what one thread gives, byte for byte: whatever is in it, wherever it is cut.
#![allow(clippy::unwrap_used)]

mod support;

use std::{io::Read, sync::Arc};

use slugline::{
    convert::{
        self, Options,
        memory::{Bytes, Memory},
    },
    error::Error,
    format,
    profile::Profile,
};

/// What is written, told and lost with that many threads.
fn converted(name: &str, text: &str, to: &str, threads: usize) -> (String, String) {
    let mut options = Options::new(format::find(to).unwrap(), Arc::new(Profile::built_in("hugo").unwrap()));
    options.threads = threads;
    let mut memory = Memory::default();
    let input = Bytes { name: name.to_owned(), bytes: text.as_bytes().to_vec() };
    let summary = convert::convert(&[&input], &mut memory, &options).unwrap();
    (String::from_utf8(memory.stream).unwrap(), format!("{summary:#?}"))
}

fn assert_equal(what: &str, name: &str, text: &str) {
    assert_equal_in(&["json-feed"], what, name, text);
}

/// The same for some formats to write.
fn assert_equal_in(targets: &[&str], what: &str, name: &str, text: &str) {
    assert!(text.len() > 500 << 10, "{what}: too short to be shared out");
    for &to in targets {
        let (alone, told) = converted(name, text, to, 1);
        assert!(alone.len() > 256 << 10, "{what} to {to}: {told}");
        for threads in [2, 5] {
            let (shared, also) = converted(name, text, to, threads);
            assert!(told == also, "{what} to {to} on {threads} threads\n{told:.2000}\n{also:.2000}");
            let differs = alone.bytes().zip(shared.bytes()).position(|(a, b)| a != b);
            assert!(alone == shared, "{what} to {to} on {threads} threads: from byte {differs:?}");
        }
    }
}

/// Items of a feed.
const ITEMS: usize = 400;

/// Every format that is a stream.
const STREAMS: &[&str] = &["json-feed", "rss", "atom", "rss1", "ndjson"];

/// Paragraphs enough that a few hundred items are a large feed.
fn body(number: usize) -> String {
    format!("&lt;p&gt;Paragraph {number} of a text that goes on for a while, é and 日本 in it.&lt;/p&gt;\n").repeat(20)
}

fn rss_item(number: usize) -> String {
    format!(
        "  <item>\n    <title>Item {number}</title>\n    <link>/posts/{number}</link>\n    \
         <guid isPermaLink=\"false\">tag:example.org,2025:{number}</guid>\n    \
         <pubDate>Wed, 24 Sep 2025 03:17:09 +0200</pubDate>\n    <dc:creator>Someone</dc:creator>\n    \
         <category>a</category>\n    <description>{}</description>\n  </item>\n",
        body(number)
    )
}

fn rss(odd: &[(usize, &str)]) -> String {
    let mut text = String::from(
        "<?xml version=\"1.0\"?>\n<rss version=\"2.0\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\" \
         xmlns:atom=\"http://www.w3.org/2005/Atom\" xml:base=\"https://example.org/\">\n<channel xml:lang=\"de\">\n  \
         <title>A feed</title>\n  <link>https://example.org/</link>\n  <description>Of items</description>\n",
    );
    for number in 0..ITEMS {
        for (_, odd) in odd.iter().filter(|(at, _)| *at == number) {
            text.push_str(odd);
        }
        text.push_str(&rss_item(number));
    }
    text + "</channel>\n</rss>\n"
}

#[test]
fn large_feeds_are_shared_out() {
    let feed = rss(&[]);
    let mut options =
        Options::new(format::find("json-feed").unwrap(), Arc::new(Profile::built_in("hugo").unwrap())).read;
    options.name = "a.xml".to_owned();
    let mut reader = format::find("rss").unwrap().read.unwrap()(Box::new(feed.as_bytes()), &options);
    assert!(reader.apart(2, 1 << 20).is_none(), "before the first item nobody knows what an item is");
    for _ in 0..3 {
        reader.next().unwrap();
    }
    let apart = reader.apart(2, 1 << 20).unwrap();
    assert_eq!(apart.stretches.len(), 2);
    let items = apart.stretches.iter().map(|stretch| {
        let mut reader = apart.read.reader(stretch);
        std::iter::from_fn(|| reader.next().unwrap()).count()
    });
    assert_eq!(items.sum::<usize>(), ITEMS - 3);
    let passed = apart.stretches.concat().len();
    reader.pass_over(passed, ITEMS - 3);
    assert!(matches!(reader.next(), Ok(Some(format::Part::Item(_)))));
    assert!(matches!(reader.next(), Ok(None)));
}

#[test]
fn plain_feeds() {
    assert_equal_in(STREAMS, "RSS", "a.xml", &rss(&[]));
    let items: String = (0..ITEMS).map(rss_item).collect();
    let items = items.replace("guid isPermaLink=\"false\"", "id").replace("/guid", "/id").replace("<item>", "<entry>");
    let items = items.replace("</item>", "</entry>").replace("description>", "summary>");
    let atom = format!(
        "<feed xmlns=\"http://www.w3.org/2005/Atom\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\">\n<id>tag:a,2025:f</id>\n\
         <title>A feed</title>\n<updated>2025-09-24T03:17:09Z</updated>\n{items}</feed>\n"
    );
    assert_equal_in(STREAMS, "Atom", "a.atom", &atom);
    let prefixed = atom.replace("<feed xmlns=", "<a:feed xmlns:a=").replace("</feed", "</a:feed");
    let prefixed = prefixed.replace("<entry", "<a:entry").replace("</entry", "</a:entry");
    assert_equal("Atom with a prefix", "a.atom", &prefixed);
}

#[test]
fn what_only_seems_to_be_an_item() {
    let inner: String = (0..40).map(rss_item).collect();
    let cdata = format!(
        "<item><title>Many in one</title><link>https://example.org/x</link><description><![CDATA[{inner}]]></description></item>"
    );
    let comment = format!("<!-- {} -->", inner.replace("--", "- -"));
    let foreign = format!("<x:list xmlns:x=\"urn:x\">{inner}</x:list>");
    for number in [1, 149, 151, 299] {
        assert_equal("CDATA", "a.xml", &rss(&[(number, &cdata)]));
        assert_equal("a comment", "a.xml", &rss(&[(number, &comment)]));
    }
    assert_equal("a list of another's", "a.xml", &rss(&[(140, &foreign)]));
}

#[test]
fn what_holds_for_more_than_its_item() {
    let same = "<item><title>No id</title><link>https://example.org/same</link><description>Text</description></item>";
    assert_equal("derived ids", "a.xml", &rss(&[(50, same), (51, same), (160, same), (260, same)]));
    let late = "<managingEditor>editor@example.org (Someone)</managingEditor>";
    assert_equal("a late part of the head", "a.xml", &rss(&[(220, late)]));
    let again = "</channel><channel><title>Another</title>";
    assert_equal("a channel that begins again", "a.xml", &rss(&[(140, again)]));
    let language = "<item xml:lang=\"fr\"><title>Un</title><link>https://example.org/fr</link></item>";
    assert_equal("a language", "a.xml", &rss(&[(150, language)]));
    let draft = "<item><title>D</title><link>https://example.org/d</link><app:control \
                 xmlns:app=\"http://www.w3.org/2007/app\"><app:draft>yes</app:draft></app:control></item>";
    assert_equal("a draft", "a.xml", &rss(&[(151, draft), (152, draft)]));
}

#[test]
fn what_is_repaired_and_told() {
    for (what, odd) in [
        ("a stray ampersand", "<item><title>Salt & pepper</title><link>https://example.org/s</link></item>"),
        ("stray text", "some text"),
        ("an undeclared prefix", "<item><title>P</title><link>https://example.org/p</link><foo:bar>x</foo:bar></item>"),
        (
            "an odd date",
            "<item><title>D</title><link>https://example.org/o</link><pubDate>24 September 2025</pubDate></item>",
        ),
        ("crossed tags", "<item><title>C<b></title></b><link>https://example.org/c</link></item>"),
        ("an item that is never closed", "<item><title>Open</title><link>https://example.org/n</link>"),
    ] {
        assert_equal(what, "a.xml", &rss(&[(7, odd), (145, odd), (280, odd)]));
    }
    let whole = rss(&[]);
    assert_equal("a cut-off end", "a.xml", &whole[..whole.len() * 9 / 10]);
    let entities =
        whole.replace("<rss", "<!DOCTYPE rss [<!ENTITY who \"Someone\">]>\n<rss").replace("Someone</dc", "&who;</dc");
    assert_equal("entities", "a.xml", &entities);
}

/// A source that breaks off for no fault of its own.
struct Broken(Vec<u8>);

impl convert::Input for Broken {
    fn name(&self) -> &str {
        "broken"
    }

    fn start(&self, count: usize) -> Result<Vec<u8>, Error> {
        Ok(self.0[..count.min(self.0.len())].to_vec())
    }

    fn open(&self) -> Result<Box<dyn Read + '_>, Error> {
        Ok(Box::new(self.0.as_slice().chain(Fails)))
    }
}

struct Fails;

impl Read for Fails {
    fn read(&mut self, _: &mut [u8]) -> std::io::Result<usize> {
        Err(std::io::Error::other("the line is dead"))
    }
}

#[test]
fn what_came_before_a_failure_is_written() {
    let whole = rss(&[]);
    let (json, _) = converted("a.xml", &whole, "json-feed", 1);
    for text in [whole, json] {
        let broken = Broken(text.as_bytes()[..text.len() - 5_000].to_vec());
        let made = |threads| {
            let mut options = Options::new(format::find("ndjson").unwrap(), Arc::new(Profile::empty()));
            options.threads = threads;
            let mut memory = Memory::default();
            let summary = convert::convert(&[&broken], &mut memory, &options).unwrap();
            assert!(summary.errors[0].message.contains("the line is dead"), "{:?}", summary.errors);
            (memory.stream, summary.written)
        };
        let alone = made(1);
        assert!(alone.1 > ITEMS - 10, "{}", alone.1);
        assert!(alone == made(2));
    }
}

#[test]
fn json_feeds() {
    let item = |number: usize| {
        let body = format!("<p>Paragraph {number}, with {{\\\"id\\\": 1}} in it. é</p>").repeat(25);
        format!(
            "{{\"id\": \"tag:example.org,2025:{number}\", \"url\": \"/posts/{number}\", \"content_html\": \"{body}\", \
             \"attachments\": [{{\"url\": \"a.mp3\", \"mime_type\": \"audio/mpeg\"}}], \"_x\": [{{\"id\": 1}}, {{\"id\": 2}}]}}"
        )
    };
    let feed = |between: &str, odd: &str| {
        let items: Vec<String> = (0..ITEMS).map(item).collect();
        let (first, second) = items.split_at(140);
        format!(
            "{{\"version\": \"https://jsonfeed.org/version/1.1\", \"title\": \"A feed\",\n\"home_page_url\": \
             \"https://example.org/\", \"items\": [{}{between}{odd}{}], \"language\": \"de\"}}",
            first.join(between),
            second.join(between)
        )
    };
    assert_equal_in(STREAMS, "JSON Feed", "a.json", &feed(",\n", ""));
    assert_equal("JSON Feed on one line", "a.json", &feed(",", ""));
    assert_equal("no object", "a.json", &feed(", ", "null, 3, "));
    assert_equal(
        "an item without id",
        "a.json",
        &feed(",\n", "{\"url\": \"https://example.org/u\", \"title\": \"T\"},\n"),
    );
    assert_equal("a wrong type", "a.json", &feed(",\n", "{\"id\": 17, \"title\": true},\n"));
}

/// Posts and what is told of them are the same with any number of threads: their bodies are made ready ahead.
#[test]
fn posts_are_the_same_on_any_number_of_threads() {
    let items: String = (0..ITEMS).map(rss_item).collect();
    let text = format!(
        "<rss version=\"2.0\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\"><channel><title>T</title>\
         <link>https://example.org/</link><description>D</description>{items}</channel></rss>"
    );
    let posts = |threads: usize, profile: &str| {
        let mut options =
            Options::new(format::find("markdown").unwrap(), Arc::new(Profile::built_in(profile).unwrap()));
        options.threads = threads;
        options.same_name = convert::plan::SameName::Suffix;
        let mut memory = Memory { is_folder: true, ..Memory::default() };
        let input = Bytes { name: "feed.xml".to_owned(), bytes: text.clone().into_bytes() };
        let summary = convert::convert(&[&input], &mut memory, &options).unwrap();
        assert_eq!(summary.written, ITEMS, "{summary:#?}");
        (memory.files, format!("{summary:#?}"))
    };
    for profile in ["hugo", "jekyll", "news"] {
        let alone = posts(1, profile);
        for threads in [2, 5] {
            assert!(posts(threads, profile) == alone, "{profile} on {threads} threads");
        }
    }
}

/// Stacks larger than memory can be addressed: no thread can be had.
#[cfg(all(target_os = "linux", target_pointer_width = "64"))]
const NO_THREADS: (&str, &str) = ("RUST_MIN_STACK", "140737488355328");

#[cfg(all(target_os = "linux", target_pointer_width = "64"))]
#[test]
fn where_no_thread_can_be_had_one_does_it_all() {
    use std::process::Command;

    use support::Workdir;

    const COMMANDS: &[&str] = &[
        "convert feed.xml --to json-feed -o feed.json",
        "convert feed.json --to rss -o rss.xml",
        "convert feed.xml --to markdown -o posts",
        "convert posts --to atom -o atom.xml",
        "check feed.xml",
        "check feed.json",
        "check posts",
    ];
    let run = |work: &Workdir, arguments: &str, env: &[(&str, &str)]| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_slugline"));
        command.args(arguments.split(' ')).args(["-j", "4"]).current_dir(work.root()).envs(env.iter().copied());
        let ended = command.output().unwrap();
        let said = String::from_utf8(ended.stderr).unwrap();
        assert!(ended.status.code().is_some_and(|code| code < 2), "{arguments}: {said}");
        (ended.status.code(), String::from_utf8(ended.stdout).unwrap(), said)
    };
    let (one, several) = (Workdir::new().file("feed.xml", &rss(&[])), Workdir::new().file("feed.xml", &rss(&[])));
    for arguments in COMMANDS {
        assert!(run(&one, arguments, &[NO_THREADS]) == run(&several, arguments, &[]), "{arguments}");
    }
    assert_eq!(one.files(), several.files());
    assert!(one.files().len() > ITEMS);
    for file in one.files() {
        assert!(one.read(&file) == several.read(&file), "{file}");
    }
}
