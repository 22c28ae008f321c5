//! Exports of whole sites: what is private stays behind, what stands later or in another file is found, and nothing is
//! lost without a word.
#![allow(clippy::unwrap_used)]

mod support;

use std::{fs, path::Path};

use serde_json::Value;
use support::{Workdir, slugline};

fn fixture(name: &str) -> String {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/convert").join(name).display().to_string()
}

/// An export of these items.
fn wxr(items: &str) -> String {
    format!(
        "<rss version=\"2.0\" xmlns:content=\"http://purl.org/rss/1.0/modules/content/\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\" \
         xmlns:excerpt=\"http://wordpress.org/export/1.2/excerpt/\" xmlns:wp=\"http://wordpress.org/export/1.2/\"><channel>\
         <title>S</title><link>https://s.example</link><wp:wxr_version>1.2</wp:wxr_version>{items}</channel></rss>"
    )
}

/// A post of that number.
fn post(id: usize, body: &str, more: &str) -> String {
    format!(
        "<item><title>Post {id}</title><link>https://s.example/{id}/</link><guid isPermaLink=\"false\">https://s.example/?p={id}</guid>\
         <content:encoded><![CDATA[{body}]]></content:encoded><wp:post_id>{id}</wp:post_id><wp:post_name>post-{id}</wp:post_name>\
         <wp:post_date>2025-01-14 08:00:00</wp:post_date><wp:post_date_gmt>2025-01-14 07:00:00</wp:post_date_gmt>\
         <wp:status>publish</wp:status><wp:post_type>post</wp:post_type>{more}</item>"
    )
}

fn file(id: usize, parent: usize) -> String {
    format!(
        "<item><title>File {id}</title><guid isPermaLink=\"false\">https://s.example/?f={id}</guid><wp:post_id>{id}</wp:post_id>\
         <wp:post_parent>{parent}</wp:post_parent><wp:status>inherit</wp:status><wp:post_type>attachment</wp:post_type>\
         <wp:attachment_url>https://s.example/{id}.jpg</wp:attachment_url></item>"
    )
}

/// All that was written into a folder.
fn all(work: &Workdir, folder: &str) -> String {
    let files = work.files().into_iter().filter(|file| file.starts_with(&format!("{folder}/")));
    files.map(|file| work.read(&file)).collect()
}

#[test]
fn nothing_private_goes_into_posts_or_feeds_unasked() {
    let work = Workdir::new();
    for source in ["wordpress/site.xml", "blogger/backup.xml", "blogger/takeout.atom"] {
        let path = fixture(source);
        let mails = ["reader@mail.example", "neighbour@mail.example", "192.0.2.7", "sesame"];
        let more = ["editor@snow.example", "guest@snow.example", "gardener@mail.example", "_edit_last", "stranger@"];
        for to in ["markdown", "rss", "rss1", "atom", "json-feed", "ndjson"] {
            let out = format!("{}-{to}", source.replace(['/', '.'], "-"));
            let target = if to == "markdown" { out.clone() } else { format!("{out}/feed.x") };
            fs::create_dir_all(work.path(&out)).unwrap();
            let (code, _, said) = slugline(&work, &["convert", &path, "--to", to, "-o", &target, "--drafts"], b"");
            assert_eq!(code, 0, "{said}");
            let text = all(&work, &out);
            assert!(!text.is_empty());
            for secret in mails.iter().chain(&more) {
                assert!(!text.contains(secret) && !said.contains(secret), "{source} to {to}: {secret}");
            }
            // Whoever asks for everything has what the site's own people wrote down, and no reader's address.
            let all_of_it =
                ["convert", &path, "--to", to, "-o", &target, "--drafts", "--extra", "all", "--existing", "overwrite"];
            let (code, _, said) = slugline(&work, &all_of_it, b"");
            assert_eq!(code, 0, "{said}");
            let text = all(&work, &out);
            for secret in mails {
                assert!(!text.contains(secret), "{source} to {to} with all: {secret}");
            }
        }
    }
}

#[test]
fn comments_go_to_a_file_of_their_own_where_that_is_asked_for() {
    let work = Workdir::new();
    for source in ["wordpress/site.xml", "blogger/backup.xml"] {
        let path = fixture(source);
        let convert = ["convert", &path, "--to", "markdown", "-o", "posts", "--existing", "overwrite"];
        let (_, _, said) =
            slugline(&work, &[&convert[..], &["--comments", "comments.ndjson", "--dry-run"]].concat(), b"");
        assert!(said.contains("2 comments kept") && !work.path("comments.ndjson").exists(), "{said}");
        let (code, _, said) = slugline(&work, &[&convert[..], &["--comments", "comments.ndjson"]].concat(), b"");
        assert_eq!(code, 0, "{said}");
        assert!(said.contains("2 comments kept") && !said.contains("loss: `comments`"), "{said}");
        let text = work.read("comments.ndjson");
        let comments: Vec<Value> = text.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
        assert_eq!(comments.len(), 2);
        assert_eq!(comments[0]["id"], comments[1]["parent"], "{text}");
        let post = work.files().into_iter().filter(|file| file.starts_with("posts/")).map(|file| work.read(&file));
        let id = format!("guid: {}", comments[0]["item_id"].as_str().unwrap());
        assert!(post.into_iter().any(|post| post.contains(&id)), "{id}");
        let (_, _, said) = slugline(&work, &convert, b"");
        assert!(
            said.contains("loss: `comments` is left out (2 times)") && said.contains("2 comments left out"),
            "{said}"
        );
        fs::remove_dir_all(work.path("posts")).unwrap();
        fs::remove_file(work.path("comments.ndjson")).unwrap();
    }
}

#[test]
fn a_picture_is_found_behind_its_post_in_another_file_and_on_standard_input() {
    let body = "[gallery ids=\"7\"]";
    let thumbnail =
        "<wp:postmeta><wp:meta_key>_thumbnail_id</wp:meta_key><wp:meta_value>8</wp:meta_value></wp:postmeta>";
    let posts = post(1, body, thumbnail);
    let files = [file(7, 1), file(8, 0)].concat();
    let work = Workdir::new()
        .file("one.xml", &wxr(&posts))
        .file("two.xml", &wxr(&files))
        .file("whole.xml", &wxr(&(posts.clone() + &files)));
    let whole = fs::read(work.path("whole.xml")).unwrap();
    for (out, input, stdin) in [
        ("split", &["one.xml", "two.xml"][..], &b""[..]),
        ("whole", &["whole.xml"], b""),
        ("stdin", &["-"], &whole),
        ("feed", &["-", "--to", "json-feed"], &whole),
    ] {
        let target = if out == "feed" { "feed/x.json" } else { out };
        fs::create_dir_all(work.path(out)).unwrap();
        let (code, _, said) = slugline(&work, &[&["convert"], input, &["-o", target]].concat(), stdin);
        assert_eq!(code, 0, "{said}");
        assert!(!said.contains("loss: `feed`"), "parts of one export are one feed: {said}");
        let text = all(&work, out);
        for address in ["https://s.example/7.jpg", "https://s.example/8.jpg"] {
            assert!(text.contains(address), "{out} lacks {address}: {text}");
        }
    }
}

#[test]
fn a_picture_that_is_said_twice_is_one() {
    let old = file(5, 1).replace("5.jpg", "old.jpg");
    let work = Workdir::new()
        .file("one.xml", &wxr(&(post(1, "[gallery]", "") + &old)))
        .file("two.xml", &wxr(&file(5, 1).replace("5.jpg", "new.jpg")));
    let (code, _, said) = slugline(&work, &["convert", "one.xml", "two.xml", "-o", "out"], b"");
    assert_eq!(code, 0, "{said}");
    let text = all(&work, "out");
    assert!(text.contains("![](https://s.example/new.jpg)") && !text.contains("old.jpg"), "{text}");
}

#[test]
fn what_was_written_from_an_export_is_an_export_no_more() {
    let work = Workdir::new();
    for (source, to, out) in [("wordpress/site.xml", "rss", "a.xml"), ("blogger/takeout.atom", "atom", "b.xml")] {
        let convert = ["convert", &fixture(source), "--to", to, "-o", out, "--extra", "all"];
        let (code, _, said) = slugline(&work, &convert, b"");
        assert_eq!(code, 0, "{said}");
        let (_, first, said) = slugline(&work, &["convert", out, "--to", to], b"");
        assert!(!said.contains("left out"), "{said}");
        assert_eq!(first, work.read(out), "{source}: read again and written, it is the same");
    }
}

#[test]
fn exports_are_told_from_feeds_of_the_same_programs() {
    let work = Workdir::new();
    let feed = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/feed/wordpress.xml").display().to_string();
    let (_, _, said) = slugline(&work, &["convert", &feed, "-o", "x.json"], b"");
    assert!(!said.contains("left out"), "{said}");
    let (code, _, said) = slugline(&work, &["convert", &feed, "--to", "wordpress"], b"");
    assert!(code == 2 && said.contains("`wordpress` can be read but not written"), "{said}");
}

#[test]
fn bodies_that_mean_ill_are_done_with_soon() {
    let pieces = [
        "[",
        "[[",
        "[a",
        "[a ",
        "[a]",
        "[/a]",
        "[caption]",
        "[caption][/caption]",
        "[[caption]",
        "[code]",
        "[gallery ids=\"1,",
        "<",
        "<!--",
        "<!-- wp:a",
        "<!-- wp:a -->",
        "<!-- wp:a /-->",
        "<pre>",
        "<code>[a]",
        "<div>",
        "</div>",
        "<p>",
        "\n\n",
        "<li>\n",
        "https://a.example/\n",
        "[a=b]",
        "[caption]<img>",
        "<a [",
        "[a x='",
        "<blockquote>",
    ];
    let items: String = pieces.iter().enumerate().map(|(at, piece)| post(at + 1, &piece.repeat(40_000), "")).collect();
    let work = Workdir::new().file("x.xml", &wxr(&items));
    let (code, _, said) = slugline(&work, &["convert", "x.xml", "-o", "x.json"], b"");
    assert_eq!(code, 0, "{said}");
    assert!(said.contains(&format!("{} written", pieces.len())), "{said}");
}
