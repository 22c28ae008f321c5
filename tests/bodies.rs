//! Bodies on their way: what `--sanitize` takes out, and what `--body` makes of them.
#![allow(clippy::unwrap_used)]

mod support;

use support::{Workdir, slugline};

/// A feed of one item with that HTML.
fn feed(html: &str) -> String {
    format!(
        "<rss version=\"2.0\"><channel><title>T</title><link>https://t.example/</link><description>D</description><item>\
         <title>A post</title><link>https://t.example/a</link><guid>https://t.example/a</guid>\
         <pubDate>Tue, 14 Jan 2025 08:00:00 +0000</pubDate><description><![CDATA[{html}]]></description></item></channel></rss>"
    )
}

const ACTIVE: &str = "<p onclick=\"steal()\">One <script>alert(1)</script><a href=\"javascript:x()\">two</a></p>\
    <iframe src=\"https://www.youtube.com/embed/abc\"></iframe>\
    <figure class=\"wide\"><img src=\"a.png\" alt=\"A\" onerror=\"x()\"><figcaption>Three</figcaption></figure>\
    <pre><code class=\"language-js\">let a = \"&lt;script&gt;\";</code></pre><p style=\"position:fixed\">four</p>";

#[test]
fn sanitize_takes_out_what_runs_and_tells_it() {
    let work = Workdir::new().file("feed.xml", &feed(ACTIVE));
    let (code, out, err) =
        slugline(&work, &["convert", "feed.xml", "--to", "json-feed", "--sanitize", "-o", "out.json"], b"");
    assert_eq!((code, out.as_str()), (0, ""));
    insta::assert_snapshot!(format!("{err}\n{}", work.read("out.json")));
    let (code, _, err) = slugline(
        &work,
        &["convert", "feed.xml", "--to", "json-feed", "--sanitize", "--fail-on-loss", "-o", "out.json"],
        b"",
    );
    assert_eq!(code, 1, "{err}");
    let (code, _, err) =
        slugline(&work, &["convert", "out.json", "--to", "json-feed", "--sanitize", "-o", "again.json"], b"");
    assert!(code == 0 && !err.contains("loss"), "a second time there is nothing to take out: {err}");
    assert_eq!(work.read("out.json"), work.read("again.json"));
}

#[test]
fn sanitize_holds_for_posts_from_html_and_from_markdown() {
    let post = "---\ntitle: A post\ndate: 2025-01-14\nslug: a-post\nguid: x\n---\nOne [two](javascript:x()) <span onclick=\"x()\">three</span> \
                [four][r] <javascript:y>\n\n<div style=\"x\">\n\n*five* {{< figure src=\"a.png\" >}}\n\n</div>\n\n```html\n<script>six</script>\n```\n\n[r]: javascript:z\n";
    let work = Workdir::new().file("feed.xml", &feed(ACTIVE)).file("in/a.md", post);
    let (code, _, _) =
        slugline(&work, &["convert", "feed.xml", "--to", "markdown", "--sanitize", "-o", "from-feed"], b"");
    assert_eq!(code, 0);
    let (code, _, err) = slugline(&work, &["convert", "in", "--to", "markdown", "--sanitize", "-o", "from-post"], b"");
    assert_eq!(code, 0, "{err}");
    let (_, checked, _) = slugline(&work, &["check", "from-feed", "from-post", "--select", "active-content"], b"");
    assert!(!checked.contains("active-content"), "{checked}");
    insta::assert_snapshot!(format!(
        "{err}\n{}\n{}",
        work.read("from-feed/a-post.md"),
        work.read("from-post/a-post.md")
    ));
}

#[test]
fn what_markdown_drops_is_told_and_nothing_else() {
    let told = |html: &str| {
        let work = Workdir::new().file("feed.xml", &feed(html));
        let (code, _, err) = slugline(&work, &["convert", "feed.xml", "--to", "markdown", "-o", "out"], b"");
        assert_eq!(code, 0, "{err}");
        err.lines().filter(|line| line.contains("`content")).map(str::to_owned).collect::<Vec<_>>()
    };
    let lost = |field: &str, tag: &str| {
        format!("loss: `content.{field}` lost markup the target cannot say: {tag}, in “A post”")
    };
    let html = "<script>alert(1)</script><pre><code>&lt;script src=x&gt;</code></pre>";
    assert_eq!(told(html), [lost("script", "<script>alert(1)</script>")]);
    assert_eq!(told("<!-- <script>x</script> --><p title='<style>'>a</p>"), [""; 0]);
    assert_eq!(told("<p>a <input type=\"search\"></p>"), [lost("input", "<input type=\"search\">")]);
}

#[test]
fn without_sanitize_active_content_stays() {
    let work = Workdir::new().file("feed.xml", &feed(ACTIVE));
    let (code, out, err) = slugline(&work, &["convert", "feed.xml", "--to", "json-feed"], b"");
    assert_eq!((code, err.as_str()), (0, ""));
    assert!(out.contains("<script>") && out.contains("onclick"), "{out}");
}

const POST: &str = "---\ntitle: A post\ndate: 2025-01-14T08:00:00+01:00\nslug: a-post\n---\nSee [there](../other/) and ![a](img/a.png).\n\n\
    | a | b |\n|---|--:|\n| ~~c~~ | d[^1] |\n\n## Part {#part}\n\n{{< figure src=\"x.png\" >}}\n\n<!--more-->\n\nThe rest, [here](#part).\n\n[^1]: A note.\n";

#[test]
fn posts_become_a_feed_that_the_site_describes() {
    let config = "[feed]\ntitle = \"A site\"\nhome_page_url = \"https://site.example/\"\nfeed_url = \"https://site.example/feed.xml\"\n\
                  description = \"All of it\"\nlanguage = \"en\"\nauthors = [{ name = \"Ada\", email = \"ada@site.example\" }]\naddress = \"/posts/{{ slug }}/\"\n";
    let work = Workdir::new().file("slugline.toml", config).file("content/posts/a-post.md", POST);
    let mut shown = String::new();
    for (to, content) in [
        ("rss", "full"),
        ("atom", "full"),
        ("json-feed", "full"),
        ("rss", "summary"),
        ("json-feed", "summary"),
        ("atom", "summary"),
    ] {
        let file = format!("{to}-{content}");
        let arguments =
            ["convert", "content", "--to", to, "--content", content, "--set-feed", "title=Told", "-o", &file];
        let (code, _, err) = slugline(&work, &arguments, b"");
        assert_eq!(code, 0, "{err}");
        let (_, checked, _) = slugline(&work, &["check", "--all", "--no-config", &file], b"");
        assert!(!checked.contains("error["), "{file}: {checked}");
        shown.push_str(&format!("== {file}\n{err}{}\n{checked}\n", work.read(&file)));
    }
    insta::assert_snapshot!(shown);
}

#[test]
fn what_a_feed_of_posts_needs_is_asked_for_at_once() {
    let work = Workdir::new().file("content/posts/a-post.md", POST);
    let (_, _, err) = slugline(&work, &["convert", "content", "--to", "rss", "-o", "out.xml"], b"");
    insta::assert_snapshot!(err);
}

#[test]
fn posts_of_every_profile_become_feeds_without_an_error() {
    let work =
        Workdir::new().file("feed.xml", &feed("<p>One <b>two</b> <a href=\"/x\">three</a></p><ul><li>a</li></ul>"));
    for profile in slugline::profile::Profile::names() {
        let (code, _, err) =
            slugline(&work, &["convert", "feed.xml", "--to", "markdown", "-o", profile, "--profile", profile], b"");
        assert_eq!(code, 0, "{profile}: {err}");
        for to in ["rss", "rss1", "atom", "json-feed"] {
            let file = format!("{profile}.{to}");
            let arguments = [
                "convert",
                profile,
                "--to",
                to,
                "--profile",
                profile,
                "-o",
                &file,
                "--set-feed",
                "title=T",
                "--set-feed",
                "link=https://t.example/",
                "--set-feed",
                "description=D",
                "--set-feed",
                "feed_url=https://t.example/feed",
                "--set-feed",
                "author=Ada",
            ];
            let (code, _, err) = slugline(&work, &arguments, b"");
            assert_eq!(code, 0, "{file}: {err}");
            let (_, checked, _) = slugline(&work, &["check", "--all", "--no-config", &file], b"");
            assert!(!checked.contains("error["), "{file}: {checked}");
        }
    }
}
