//! Fixes in feeds: bytes of what is meant change, and nothing else.
#![allow(clippy::unwrap_used)]

mod support;

use std::sync::Arc;

use slugline::{
    check::{self, Options, Settings},
    finding::Severity,
    fix::Apply,
};
use support::made;

fn mend(text: &str, apply: Apply) -> String {
    let options = made(|options: &mut Options| {
        options.settings = Arc::new(made(|settings: &mut Settings| {
            settings.show = Severity::Hint;
            settings.preview = true;
        }));
        options.feed_url = Some("https://harbour.example/feed.xml?a=1&b=2".to_owned());
    });
    let checked = check::check("feed.xml", text.as_bytes().to_vec(), &options).unwrap();
    let mended = check::mend(checked, apply, &options).unwrap();
    mended.bytes.map_or(text.to_owned(), |bytes| String::from_utf8(bytes).unwrap())
}

const RSS: &str = r#"<rss version="2.0">
  <channel>
    <title>Harbour news</title>
    <link>https://harbour.example/</link>
    <description>Ships & tides</description>
    <item>
      <title>Low tide</title>
      <guid>harbour-1</guid>
      <pubDate>Mon, 24 Sep 2025 03:17:09 +0200</pubDate>
    </item>
    <item>
      <title>High&nbsp;tide</title>
      <guid isPermaLink="true">harbour-2</guid>
      <pubDate>2025-09-24 03:17</pubDate>
    </item>
  </channel>
</rss>
"#;

#[test]
fn safe_fixes_write_what_is_certain() {
    let fixed = mend(RSS, Apply::Safe);
    let wanted = RSS
        .replace("Ships & tides", "Ships &amp; tides")
        .replace("High&nbsp;tide", "High&#160;tide")
        .replace("<guid>", "<guid isPermaLink=\"false\">")
        .replace("isPermaLink=\"true\"", "isPermaLink=\"false\"")
        .replace("Mon, 24 Sep", "Wed, 24 Sep")
        .replace(
            "<channel>\n",
            "<channel>\n    <atom:link xmlns:atom=\"http://www.w3.org/2005/Atom\" rel=\"self\" \
             href=\"https://harbour.example/feed.xml?a=1&amp;b=2\" type=\"application/rss+xml\"/>\n",
        );
    assert_eq!(fixed, wanted);
}

#[test]
fn a_zone_that_nobody_wrote_is_a_guess() {
    let fixed = mend(RSS, Apply::All);
    assert!(fixed.contains("<pubDate>Wed, 24 Sep 2025 03:17:00 +0000</pubDate>"), "{fixed}");
}

#[test]
fn a_fix_that_would_change_more_is_not_applied() {
    // With an address of its own the feed's relative links would be read as others than before.
    let relative = RSS.replace("<link>https://harbour.example/</link>", "<link>/news</link>");
    assert!(!mend(&relative, Apply::All).contains("atom:link"));
}

#[test]
fn the_address_of_an_atom_feed_goes_in_with_its_prefix() {
    let atom = "<a:feed xmlns:a=\"http://www.w3.org/2005/Atom\"><a:title>Harbour</a:title></a:feed>\n";
    let fixed = mend(atom, Apply::Safe);
    assert!(fixed.contains("2005/Atom\"><a:link rel=\"self\" href=\"https://harbour.example/"), "{fixed}");
}

#[test]
fn the_address_of_a_json_feed_goes_behind_its_version() {
    let json = "{\"version\": \"https://jsonfeed.org/version/1.1\", \"title\": \"Harbour\", \"items\": []}\n";
    let fixed = mend(json, Apply::Safe);
    assert!(fixed.contains("/1.1\", \"feed_url\": \"https://harbour.example/feed.xml?a=1&b=2\", \"title\""), "{fixed}");
}
