//! Feeds against the tables of their elements, as a user checks them.
#![allow(clippy::unwrap_used)]

mod support;

use std::{fs, path::Path};

use slugline::{
    kind::KINDS,
    vocabulary::{self, TABLES},
};
use support::{Workdir, slugline};

/// The lines of findings, without those of hints.
fn findings(stdout: &str) -> Vec<&str> {
    stdout.lines().filter(|line| line.contains(": error[") || line.contains(": warning[")).collect()
}

#[test]
fn feeds_that_generators_and_hosts_write_are_passed_in_silence() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/feed");
    for file in fs::read_dir(folder).unwrap() {
        let path = file.unwrap().path().display().to_string();
        let (code, stdout, stderr) = slugline(&Workdir::new(), &["check", "--no-config", "--all", &path], b"");
        assert_eq!(findings(&stdout), [""; 0], "{path}: {stderr}");
        assert_eq!(code, 0, "{path}: {stderr}");
    }
}

const SHOP: &str = "\
prefix: shop
uri: https://shop.example/ns
about: the shop's elements
spec: https://shop.example/ns.html
elements:
  - element: price
    in: [$entry]
    times: '?'
    content: number
    attributes: {currency: {required: must, words: [EUR, USD]}}
    notes:
      invalid-number: {code: odd-price, words: a price is a number, why: The till adds them up., help: write 12.50}
";

fn shop(item: &str) -> String {
    format!(
        "<rss version=\"2.0\" xmlns:shop=\"https://shop.example/ns\"><channel><title>Shop</title>\
         <link>https://shop.example/</link><description>Things</description>\
         <link xmlns=\"http://www.w3.org/2005/Atom\" rel=\"self\" href=\"https://shop.example/feed.xml\"/>\n\
         <item><title>A lamp</title><guid>https://shop.example/1</guid>\n{item}\n\
         </item></channel></rss>"
    )
}

#[test]
fn a_site_brings_its_own_table_beside_its_configuration() {
    let mut work = Workdir::new();
    work = work.file("slugline.toml", "[rules]\nodd-price = \"warning\"\n");
    work = work.file("feed/shop.yaml", SHOP);
    work = work.file("a.xml", &shop("<shop:price currency=\"GBP\">cheap</shop:price>\n<shop:size>9</shop:size>"));
    work = work.file("b.xml", &shop("<shop:price currency=\"EUR\">12.50</shop:price>"));
    let (code, stdout, _) = slugline(&work, &["check", "a.xml"], b"");
    assert_eq!(code, 1);
    let found = findings(&stdout);
    assert_eq!(
        found,
        [
            "a.xml:3:23: error[invalid-value] `currency` of `shop:price` is `GBP`, which is not one of the values that are allowed",
            "a.xml:3:28: warning[odd-price] a price is a number",
            "a.xml:4:2: error[unknown-element] `shop:size` is no element of the shop's elements",
        ]
    );
    let (code, stdout, _) = slugline(&work, &["check", "--all", "b.xml"], b"");
    assert_eq!((code, findings(&stdout).len()), (0, 0), "{stdout}");
    let (code, stdout, _) = slugline(&work, &["explain", "odd-price"], b"");
    assert_eq!(code, 0);
    assert!(stdout.contains("a price is a number") && stdout.contains("The till adds them up."), "{stdout}");
}

#[test]
fn a_table_that_cannot_be_used_is_told_with_its_file() {
    let mut work = Workdir::new();
    work = work.file("slugline.toml", "vocabulary = [\"shop.yaml\"]\n");
    work = work.file("shop.yaml", &SHOP.replace("content: number", "content: nmber"));
    work = work.file("b.xml", &shop(""));
    let (code, _, stderr) = slugline(&work, &["check", "b.xml"], b"");
    assert_eq!(code, 2);
    assert!(stderr.contains("shop.yaml") && stderr.contains("`nmber` is no kind of value"), "{stderr}");
}

#[test]
fn subscriptions_are_checked_by_the_table_of_opml() {
    let mut work = Workdir::new();
    let text = "<opml version=\"3\">\n<body>\n<outline text=\"a\" xmlUrl=\"/feed.xml\"/>\n<outlin/>\n</body>\n</opml>";
    work = work.file("subscriptions.opml", text);
    let (code, stdout, _) = slugline(&work, &["check", "--no-config", "subscriptions.opml"], b"");
    assert_eq!(code, 1);
    let codes: Vec<_> = findings(&stdout).iter().map(|line| line.split(['[', ']']).nth(1).unwrap()).collect();
    assert_eq!(codes, ["missing-element", "invalid-value", "relative-url", "unknown-element"], "{stdout}");
}

#[test]
fn one_mistake_is_one_finding() {
    let rss = |item: &str| {
        format!(
            "<rss version=\"2.0\"><channel><title>A</title><link>https://a.example/</link>\
             <description>B</description><item>{item}<guid>https://a.example/1</guid></item></channel></rss>"
        )
    };
    let cases = [
        (rss("<titel>One</titel><description>Two</description>"), "misspelt-element"),
        (rss("<title>One</title><pubDate>Mon, 5 Mar 2026 10:00:00 +0000</pubDate>"), "invalid-date"),
        (rss("<title>One</title><pubDate>yesterday</pubDate>"), "invalid-date"),
        (rss("<title>One</title><title>Two</title>"), "duplicate-element"),
        (rss("<title>One</title><cloud><a><b>c</b></a></cloud>"), "misplaced-element"),
        (rss("<title>One</title><enclosure url=\"a b\" length=\"1\" type=\"audio/mpeg\"/>"), "invalid-url"),
        (rss("<title>One</title><x:y xmlns:x=\"https://x.example/\"><title/><z/></x:y>"), ""),
        ("<rss version=\"2.0\"/>".to_owned(), "missing-element"),
    ];
    for (text, code) in cases {
        let mut work = Workdir::new();
        work = work.file("a.xml", &text);
        let (_, stdout, _) = slugline(&work, &["check", "--no-config", "a.xml"], b"");
        let codes: Vec<_> = findings(&stdout).iter().map(|line| line.split(['[', ']']).nth(1).unwrap()).collect();
        let expected: Vec<&str> = Some(code).filter(|code| !code.is_empty()).into_iter().collect();
        assert_eq!(codes, expected, "{text}\n{stdout}");
    }
}

#[test]
fn the_tables_hold_together() {
    for table in TABLES {
        let known = |prefix: &str, name: &str| {
            vocabulary::find(prefix).is_some_and(|table| table.open || !table.rows(name).is_empty())
        };
        assert!(!table.prefix.is_empty());
        for element in table.elements.0 {
            assert!(!element.parents.0.is_empty(), "{}:{} stands nowhere", table.prefix, element.name);
            for parent in element.parents.0 {
                if let vocabulary::table::Parent::In(prefix, name) = parent {
                    assert!(
                        known(prefix, name),
                        "{}:{} stands in `{prefix}:{name}`, which is in no table",
                        table.prefix,
                        element.name
                    );
                }
            }
            for wanted in element.needs.0.iter().flat_map(|need| need.any_of.0) {
                assert!(known(wanted.prefix, wanted.name), "{}:{} needs {}", table.prefix, element.name, wanted.name);
            }
        }
    }
}

#[test]
fn kinds_of_values_have_names_of_their_own() {
    let mut names: Vec<&str> = KINDS.iter().map(|kind| kind.name).collect();
    names.sort_unstable();
    let count = names.len();
    names.dedup();
    assert_eq!(names.len(), count);
    for kind in KINDS {
        assert!(slugline::rule::find(kind.code).is_some(), "{} raises `{}`, which has no page", kind.name, kind.code);
    }
}
