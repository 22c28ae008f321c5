//! Which items `convert` takes: `--since`, `--limit`, `--where`, and what is published of a site's posts.
#![allow(clippy::unwrap_used)]

mod support;

use support::{Workdir, slugline};

/// A feed of three items, newest first.
const FEED: &str = r#"<rss version="2.0"><channel><title>F</title><link>https://example.org/</link><description>D</description>
<item><title>Three</title><link>https://example.org/3</link><pubDate>Wed, 24 Sep 2025 03:17:09 +0200</pubDate><category>rust</category></item>
<item><title>Two</title><link>https://example.org/2</link><pubDate>Tue, 23 Sep 2025 03:17:09 +0200</pubDate><category>feeds</category></item>
<item><title>One</title><link>https://example.org/1</link><category>rust</category></item>
</channel></rss>"#;

/// The titles that NDJSON holds, and what was said.
fn titles(work: &Workdir, arguments: &[&str]) -> (Vec<String>, String) {
    let (code, out, told) = slugline(work, &[&["convert", "--to", "ndjson"], arguments].concat(), b"");
    assert_eq!(code, 0, "{told}");
    let title =
        |line: &str| serde_json::from_str::<serde_json::Value>(line).unwrap()["title"].as_str().unwrap().to_owned();
    (out.lines().map(title).collect(), told)
}

#[test]
fn items_of_a_feed_are_chosen() {
    let work = Workdir::new().file("feed.xml", FEED);
    let chosen = |arguments: &[&str]| titles(&work, &[&["feed.xml"], arguments].concat()).0;
    assert_eq!(chosen(&["--since", "2025-09-24"]), ["Three", "One"], "one without a date may be new");
    assert_eq!(chosen(&["--since", "2025-09-24T03:17:09+02:00"]), ["Three", "One"]);
    assert_eq!(chosen(&["--limit", "1"]), ["Three"]);
    assert_eq!(chosen(&["--limit", "0"]), [""; 0]);
    assert_eq!(chosen(&["--where", r#"item.tags contains "rust""#]), ["Three", "One"]);
    assert_eq!(chosen(&["--where", r#"item.tags contains "rust""#, "--limit", "1"]), ["Three"]);
    assert_eq!(chosen(&["--where", "feed.title == 'F' and not item.published"]), ["One"]);
}

#[test]
fn both_passes_over_posts_choose_alike() {
    let work = Workdir::new().file("feed.xml", FEED);
    let arguments = ["convert", "feed.xml", "--to", "markdown", "-o", "out", "--where", "'rust' in item.tags"];
    let (code, _, told) = slugline(&work, &arguments, b"");
    assert_eq!(
        (code, work.path("out/three.md").exists(), work.path("out/two.md").exists()),
        (0, true, false),
        "{told}"
    );
    assert!(told.contains("1 not asked for"), "{told}");
}

#[test]
fn a_condition_that_is_none_writes_nothing() {
    let work = Workdir::new().file("feed.xml", FEED);
    for condition in ["tags contains 'rust'", "item.tags contains", "item.title | nonsense", "1 == 1"] {
        let (code, out, told) = slugline(&work, &["convert", "feed.xml", "--to", "rss", "--where", condition], b"");
        assert_eq!((code, out.as_str()), (2, ""), "{condition}: {told}");
        assert!(told.contains(condition), "{told}");
    }
    let (code, _, told) = slugline(&work, &["convert", "feed.xml", "--to", "rss", "--since", "soon"], b"");
    assert_eq!(code, 2, "{told}");
}

#[test]
fn of_posts_the_newest_that_are_published_are_taken() {
    let post = |title: &str, date: &str, more: &str| {
        format!(
            "---\ntitle: {title}\nslug: {title}\ndate: {date}\nlink: https://example.org/{title}\n{more}---\n\nText.\n"
        )
    };
    let work = Workdir::new()
        .file("posts/a.md", &post("old", "2025-01-01", ""))
        .file("posts/b.md", &post("new", "2025-03-01", ""))
        .file("posts/c.md", &post("middle", "2025-02-01", ""))
        .file("posts/d.md", &post("draft", "2025-03-02", "draft: true\n"))
        .file("posts/e.md", &post("future", "2025-03-03", ""));
    let (taken, told) = titles(&work, &["posts", "--today", "2025-03-02", "--limit", "2"]);
    assert_eq!(taken, ["new", "middle"], "{told}");
    assert!(told.contains("1 post of the future left out"), "{told}");
    let (taken, _) = titles(&work, &["posts", "--today", "2025-03-02", "--drafts", "--limit", "2"]);
    assert_eq!(taken, ["future", "draft"]);
}

#[test]
fn drafts_of_a_feed_take_no_room_and_what_is_passed_over_loses_nothing() {
    let entry = |title: &str, more: &str| {
        format!(
            "<entry><id>tag:example.org,2025:{title}</id><title>{title}</title><updated>2025-01-01T00:00:00Z</updated>{more}</entry>"
        )
    };
    let draft = "<app:control xmlns:app=\"http://www.w3.org/2007/app\"><app:draft>yes</app:draft></app:control>";
    let entries = [entry("a", draft), entry("b", ""), entry("c", "")].concat();
    let work = Workdir::new()
        .file("feed.atom", &format!("<feed xmlns=\"http://www.w3.org/2005/Atom\"><title>F</title>{entries}</feed>"))
        .file(
            "export.xml",
            "<rss version=\"2.0\" xmlns:content=\"http://purl.org/rss/1.0/modules/content/\" \
             xmlns:wp=\"http://wordpress.org/export/1.2/\"><channel><title>S</title><link>https://s.example</link>\
             <wp:wxr_version>1.2</wp:wxr_version>\
             <item><title>a</title><content:encoded>[box a=\"b\"]</content:encoded><wp:post_id>1</wp:post_id></item>\
             <item><title>b</title><content:encoded>x</content:encoded><wp:post_id>2</wp:post_id></item></channel></rss>",
        );
    assert_eq!(titles(&work, &["feed.atom", "--limit", "1"]).0, ["b"]);
    assert_eq!(titles(&work, &["feed.atom", "--limit", "1", "--drafts"]).0, ["a"]);
    let (taken, told) = titles(&work, &["export.xml", "--where", "item.title == 'b'"]);
    assert!(taken == ["b"] && !told.contains("[box]"), "{told}");
    assert!(titles(&work, &["export.xml"]).1.contains("[box]"));
    assert_eq!(titles(&work, &["feed.atom", "--where", "item.content | length == 0"]).0, ["b", "c"]);
}
