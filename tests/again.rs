//! An import that is run again: what was changed by hand stays, the rest follows the source, and everything is told.
#![allow(clippy::unwrap_used)]

mod support;

use std::{fs, path::Path, time::SystemTime};

use serde_json::{Value, json};
use support::{Workdir, slugline};

const INDEX: &str = "posts/.slugline-index.ndjson";

/// A feed of items, a line each.
fn feed(items: &[Value]) -> String {
    items.iter().map(|item| format!("{item}\n")).collect()
}

fn snow() -> Value {
    json!({"id": "snow", "url": "https://a.example/snow", "title": "Snow", "summary": "It snows",
        "date_published": "2025-09-24T03:17:09+02:00", "tags": ["weather"], "content_html": "<p>White.</p>"})
}

fn rain() -> Value {
    json!({"id": "rain", "url": "https://a.example/rain", "title": "Rain",
        "date_published": "2025-09-25T03:17:09+02:00", "content_html": "<p>Wet.</p>"})
}

/// The item with other values; null takes one away.
fn with(mut item: Value, changes: Value) -> Value {
    let map = item.as_object_mut().unwrap();
    for (key, value) in changes.as_object().unwrap() {
        match value {
            Value::Null => drop(map.remove(key)),
            value => drop(map.insert(key.clone(), value.clone())),
        }
    }
    item
}

/// Imports the items, and gives what was said.
fn import(work: &Workdir, items: &[Value], more: &[&str]) -> String {
    fs::write(work.path("feed.ndjson"), feed(items)).unwrap();
    let arguments = [&["convert", "feed.ndjson", "--to", "markdown", "-o", "posts"], more].concat();
    let (code, _, said) = slugline(work, &arguments, b"");
    assert_eq!(code, 0, "{said}");
    said
}

fn update(work: &Workdir, items: &[Value]) -> String {
    import(work, items, &["--existing", "update"])
}

/// A person's edit.
fn edit(work: &Workdir, file: &str, from: &str, to: &str) {
    let text = work.read(file);
    assert!(text.contains(from), "{from:?} is not in {text}");
    fs::write(work.path(file), text.replacen(from, to, 1)).unwrap();
}

fn times(work: &Workdir) -> Vec<(String, SystemTime)> {
    let files = work.files().into_iter().filter(|file| file.starts_with("posts/"));
    files.map(|file| (file.clone(), fs::metadata(work.path(&file)).unwrap().modified().unwrap())).collect()
}

#[test]
fn what_was_changed_by_hand_stays_and_the_rest_follows() {
    let work = Workdir::new();
    import(&work, &[snow(), rain()], &[]);
    edit(&work, "posts/snow.md", "title: Snow", "title: 'My own: snow' # better");
    edit(&work, "posts/snow.md", "slug: snow\n", "# the slug stays\nslug: snow\nweight: 3\n");
    let changed = with(
        snow(),
        json!({"title": "Snow!", "summary": "It still snows", "tags": ["weather", "winter"],
        "content_html": "<p>Whiter.</p>", "image": "https://a.example/i.png"}),
    );
    let said = update(&work, &[changed.clone(), rain()]);
    insta::assert_snapshot!("merged", work.read("posts/snow.md"));
    insta::assert_snapshot!("merged_said", said);
    // And then nothing is left to do, nor to say.
    let before = times(&work);
    let said = update(&work, &[changed, rain()]);
    assert_eq!(times(&work), before);
    assert_eq!(said, "2 read, 0 written, 2 unchanged\n");
}

#[test]
fn keys_that_are_new_stand_where_the_profile_has_them_and_those_that_are_gone_go() {
    let work = Workdir::new();
    import(&work, &[snow()], &[]);
    edit(&work, "posts/snow.md", "---\ntitle", "---\n# mine\ntitle");
    update(
        &work,
        &[with(
            snow(),
            json!({"summary": null, "tags": null, "image": "https://a.example/i.png",
        "authors": [{"name": "Ada"}]}),
        )],
    );
    insta::assert_snapshot!("keys_new_and_gone", work.read("posts/snow.md"));
}

#[test]
fn a_body_that_was_not_changed_by_hand_follows() {
    let work = Workdir::new();
    import(&work, &[snow(), rain()], &[]);
    edit(&work, "posts/snow.md", "White.", "White, I say.");
    let items =
        [with(snow(), json!({"content_html": "<p>Grey.</p>"})), with(rain(), json!({"content_html": "<p>Dry.</p>"}))];
    let said = update(&work, &items);
    assert!(work.read("posts/snow.md").ends_with("White, I say.\n"));
    assert!(work.read("posts/rain.md").ends_with("Dry.\n"));
    assert!(said.contains("conflict: `body` was changed by hand and at the source"), "{said}");
}

#[test]
fn by_default_what_changed_at_the_source_is_counted_and_kept() {
    let work = Workdir::new();
    import(&work, &[snow(), rain()], &[]);
    let before = times(&work);
    let said = import(&work, &[with(snow(), json!({"title": "Snow!"})), rain()], &[]);
    assert_eq!(times(&work), before);
    insta::assert_snapshot!("changed_and_kept", said);
    // What was kept can be taken over later.
    update(&work, &[with(snow(), json!({"title": "Snow!"})), rain()]);
    assert!(work.read("posts/snow.md").contains("title: Snow!\n"));
}

#[test]
fn posts_that_nothing_is_known_of_are_kept_and_told_once() {
    let work = Workdir::new();
    import(&work, &[snow(), rain()], &[]);
    fs::remove_file(work.path(INDEX)).unwrap();
    let items = [with(snow(), json!({"title": "Snow!", "summary": "New"})), rain()];
    let said = update(&work, &items);
    insta::assert_snapshot!("nothing_known", said);
    assert!(work.read("posts/snow.md").contains("title: Snow\n"));
    assert_eq!(update(&work, &items), "2 read, 0 written, 2 unchanged\n");
    // What was the same is known from now on.
    update(&work, &[with(items[0].clone(), json!({"tags": ["ice"]})), rain()]);
    let post = work.read("posts/snow.md");
    assert!(post.contains("title: Snow\n") && post.contains("- ice"), "{post}");
}

#[test]
fn an_interrupted_run_that_is_resumed_leaves_the_same() {
    let whole = Workdir::new();
    import(&whole, &[snow(), rain()], &[]);
    let cut = Workdir::new();
    import(&cut, &[snow()], &[]);
    // As if it had been killed before it took anything down.
    fs::remove_file(cut.path(INDEX)).unwrap();
    import(&cut, &[snow(), rain()], &[]);
    assert_eq!(whole.files(), cut.files());
    for file in whole.files() {
        assert_eq!(whole.read(&file), cut.read(&file), "{file}");
    }
}

#[test]
fn a_post_that_was_renamed_stays_where_it_is_and_one_that_is_gone_comes_back() {
    let work = Workdir::new();
    import(&work, &[snow(), rain()], &[]);
    fs::rename(work.path("posts/snow.md"), work.path("posts/first-snow.md")).unwrap();
    fs::remove_file(work.path("posts/rain.md")).unwrap();
    edit(&work, "posts/first-snow.md", "title: Snow", "title: Mine");
    update(&work, &[with(snow(), json!({"title": "Snow!", "summary": "New"})), rain()]);
    assert!(!work.path("posts/snow.md").exists() && work.path("posts/rain.md").exists());
    let post = work.read("posts/first-snow.md");
    assert!(post.contains("title: Mine\n") && post.contains("description: New\n"), "{post}");
}

#[test]
fn keys_of_the_command_line_follow_too() {
    let work = Workdir::new();
    import(&work, &[snow()], &["--set", "layout=post"]);
    let again = |more: &[&str]| import(&work, &[snow()], &[&["--existing", "update"], more].concat());
    again(&["--set", "layout=news", "--rename", "date=pubDate", "--drop", "description"]);
    let post = work.read("posts/snow.md");
    assert!(
        post.contains("layout: news\n") && post.contains("pubDate: 2025") && !post.contains("description"),
        "{post}"
    );
    assert!(!post.contains("\ndate:"), "{post}");
    again(&[]);
    assert!(!work.read("posts/snow.md").contains("layout"));
}

#[test]
fn another_profile_keeps_the_format_of_the_head() {
    let work = Workdir::new();
    import(&work, &[snow()], &["--profile", "hugo"]);
    edit(&work, "posts/snow.md", "title: Snow", "title: Mine");
    let said = import(&work, &[snow()], &["--profile", "zola", "--existing", "update"]);
    insta::assert_snapshot!("another_profile", format!("{said}{}", work.read("posts/snow.md")));
}

#[test]
fn an_item_that_has_only_a_title_is_known_by_it_with_and_without_markup() {
    let items: String = ["Snow &amp;amp; ice", "&lt;b&gt;Thaw&lt;/b&gt; at last", "Plain", "&amp;amp;#X41;"]
        .map(|title| {
            format!("<entry><title type=\"html\">{title}</title><updated>2025-01-14T08:00:00Z</updated></entry>")
        })
        .concat();
    let work = Workdir::new()
        .file("feed.xml", &format!("<feed xmlns=\"http://www.w3.org/2005/Atom\"><title>Winter</title>{items}</feed>"));
    for written in [4, 0, 0] {
        let (code, _, said) =
            slugline(&work, &["convert", "feed.xml", "--to", "markdown", "-o", "posts", "--same-name", "suffix"], b"");
        assert_eq!(code, 0, "{said}");
        assert!(said.contains(&format!("4 read, {written} written")), "{said}");
        assert_eq!(work.files().iter().filter(|file| file.ends_with(".md")).count(), 4);
    }
}

#[test]
fn an_index_that_is_damaged_or_newer_or_a_link_is_told() {
    let work = Workdir::new();
    import(&work, &[snow(), rain()], &[]);
    let good = work.read(INDEX);
    fs::write(work.path(INDEX), good.replacen("{\"file\":\"rain.md\"", "<<<<<<< HEAD\n{\"file\":\"rain.md", 1))
        .unwrap();
    let said = update(&work, &[with(snow(), json!({"title": "Snow!"})), rain()]);
    insta::assert_snapshot!("index_damaged", said);
    assert!(work.read("posts/snow.md").contains("title: Snow!\n"));
    // What could not be read is known again, since it is what would be written.
    assert_eq!(work.read(INDEX).lines().count(), 3);

    fs::write(work.path(INDEX), good.replacen(":1}", ":2}", 1)).unwrap();
    let convert = ["convert", "feed.ndjson", "--to", "markdown", "-o", "posts"];
    let (code, _, said) = slugline(&work, &convert, b"");
    assert_eq!(code, 2);
    insta::assert_snapshot!("index_newer", said);

    #[cfg(unix)]
    {
        fs::remove_file(work.path(INDEX)).unwrap();
        fs::write(work.path("elsewhere"), &good).unwrap();
        std::os::unix::fs::symlink(work.path("elsewhere"), work.path(INDEX)).unwrap();
        let (code, _, said) = slugline(&work, &convert, b"");
        assert_eq!(code, 2);
        insta::assert_snapshot!("index_a_link", said);
        assert_eq!(work.read("elsewhere"), good);
    }
}

#[test]
fn heads_of_every_format_are_merged() {
    for (profile, from, to) in [
        ("zola", "title = \"Snow\"", "title = 'Mine' # by hand"),
        ("pelican", "Title: Snow", "Title: Mine"),
        ("jekyll", "title: Snow", "title: \"Mine\""),
    ] {
        let work = Workdir::new();
        let options = ["--profile", profile];
        import(&work, &[snow()], &options);
        let file = work.files().into_iter().find(|file| file.ends_with(".md")).unwrap();
        edit(&work, &file, from, to);
        let text = work.read(&file).replace('\n', "\r\n");
        fs::write(work.path(&file), format!("\u{feff}{text}")).unwrap();
        let items = [with(
            snow(),
            json!({"title": "Snow!", "summary": "New", "tags": ["ice", "snow"],
            "authors": [{"name": "Ada"}], "url": null, "content_html": "<p>Grey.</p>"}),
        )];
        let said = import(&work, &items, &[&options[..], &["--existing", "update"]].concat());
        let post = work.read(&file);
        assert_eq!(post.matches('\n').count(), post.matches("\r\n").count(), "{post}");
        let shown = post.replace('\u{feff}', "<BOM>").replace("\r\n", "\n");
        insta::assert_snapshot!(format!("merged_as_{profile}"), format!("{said}{shown}"));
    }
}

/// The report of a conversion, held to its schema.
fn report(work: &Workdir, name: &str) -> Value {
    let text = work.read(name);
    let report: Value = serde_json::from_str(&text).unwrap_or_else(|error| panic!("{error}: {text}"));
    let schema =
        slugline::schema::Schema::built_in(slugline::schema::built_in::find("convert-report").unwrap()).unwrap();
    let (tree, _) = slugline::syntax::json::parse(&text, 0..text.len(), &slugline::limits::Limits::default());
    let mut findings = Vec::new();
    schema.check(&tree, &mut findings);
    assert!(findings.is_empty(), "{findings:#?}");
    report
}

#[test]
fn a_report_tells_what_became_of_each_item() {
    let work = Workdir::new();
    import(&work, &[snow(), rain()], &["--report", "first.json"]);
    insta::assert_snapshot!("report_first", work.read("first.json"));
    report(&work, "first.json");
    edit(&work, "posts/snow.md", "title: Snow", "title: Mine");
    let hail = json!({"id": "hail", "title": "Ha\u{202e}il\"", "content_html": "<p>Hard.</p>", "rights": "R", "_own": {"x": 1}});
    let changed = with(snow(), json!({"title": "Snow!", "tags": ["ice"]}));
    import(&work, &[changed.clone(), rain(), hail.clone()], &["--report", "second.json", "--existing", "update"]);
    insta::assert_snapshot!("report_second", work.read("second.json"));
    let second = report(&work, "second.json");
    let fates: Vec<&str> = second["items"].as_array().unwrap().iter().map(|i| i["fate"].as_str().unwrap()).collect();
    assert_eq!(fates, ["merged", "unchanged", "new"]);
    assert_eq!(second["items"][0]["conflicts"], json!([{"key": "title", "reason": "changed-both"}]));
    // A feed as the target has items, too.
    fs::write(work.path("feed.ndjson"), feed(&[snow(), with(rain(), json!({"image": "https://a.example/i.png"}))]))
        .unwrap();
    let (code, _, said) = slugline(
        &work,
        &[
            "convert",
            "feed.ndjson",
            "-o",
            "out.atom",
            "--to",
            "atom",
            "--report",
            "third.json",
            "--set-feed",
            "title=T",
            "--extra",
            "none",
        ],
        b"",
    );
    assert_eq!(code, 0, "{said}");
    let third = report(&work, "third.json");
    assert_eq!(third["summary"]["fates"], json!({"written": 2}));
    assert_eq!(third["items"][1]["id"], "rain");
}

#[test]
fn a_report_is_whole_whatever_happens() {
    let work = Workdir::new()
        .file("broken.xml", "<rss version=\"2.0\"><channel><title>T</title><item><title>A</title></item>");
    let convert =
        ["convert", "broken.xml", "--to", "markdown", "-o", "posts", "--report", "report.json", "--no-repair"];
    let (code, _, _) = slugline(&work, &convert, b"");
    assert_eq!(code, 2);
    let broken = report(&work, "report.json");
    assert_eq!(broken["summary"]["complete"], json!(false));
    assert_eq!(broken["errors"].as_array().unwrap().len(), 1);
    // A run that is refused, too.
    let work = work.file("posts/snow.md", "A stranger's\n");
    fs::write(work.path("feed.ndjson"), feed(&[snow()])).unwrap();
    let convert = ["convert", "feed.ndjson", "--to", "markdown", "-o", "posts", "--report", "report.json"];
    let (code, _, _) = slugline(&work, &convert, b"");
    assert_eq!(code, 2);
    let refused = report(&work, "report.json");
    assert!(refused["errors"][0]["message"].as_str().unwrap().contains("nothing was written"));
    // What fails on its way to the disk did not end well.
    if Path::new("/dev/full").exists() {
        let convert = ["convert", "feed.ndjson", "--to", "rss", "-o", "/dev/full", "--report", "report.json"];
        let (code, _, said) = slugline(&work, &convert, b"");
        assert_eq!(code, 2, "{said}");
        let full = report(&work, "report.json");
        assert_eq!((&full["summary"]["complete"], &full["errors"][0]["source"]), (&json!(false), &json!("/dev/full")));
    }
    // Where it cannot be written, nothing is.
    let convert = ["convert", "feed.ndjson", "--to", "markdown", "-o", "new", "--report", "none/report.json"];
    let (code, _, said) = slugline(&work, &convert, b"");
    assert_eq!(code, 2, "{said}");
    assert!(!work.path("new").exists());
}

#[test]
fn a_dry_run_shows_what_would_be_done_and_does_nothing() {
    let work = Workdir::new();
    import(&work, &[snow(), rain()], &[]);
    edit(&work, "posts/snow.md", "slug: snow", "slug: mine");
    let before = times(&work);
    let many: Vec<Value> = (0..7)
        .map(|n| {
            json!({"id": format!("{n}"), "title": format!("New {n}"), "rights": "\u{1b}[2J",
        "date_published": "2025-09-24", "content_html": "<p>Text.</p>"})
        })
        .collect();
    let items =
        [&[with(snow(), json!({"title": "Snow!", "content_html": "<p>Grey.</p>"})), rain()][..], &many].concat();
    fs::write(work.path("feed.ndjson"), feed(&items)).unwrap();
    let convert = ["convert", "feed.ndjson", "--to", "markdown", "-o", "posts", "--existing", "update", "--dry-run"];
    let (code, shown, said) = slugline(&work, &convert, b"");
    assert_eq!((code, said.as_str()), (0, shown.lines().last().map(|line| format!("{line}\n")).unwrap().as_str()));
    assert_eq!(times(&work), before);
    insta::assert_snapshot!("dry_run", shown);
    let (code, shown, _) = slugline(&work, &["convert", "feed.ndjson", "--to", "atom", "--dry-run"], b"");
    assert_eq!(code, 0);
    insta::assert_snapshot!("dry_run_of_a_feed", shown);
}

#[test]
fn what_check_finds_in_written_posts_is_told() {
    let work = Workdir::new();
    let items = [
        json!({"id": "1", "title": "No date &amp; more", "content_html": "<p>A</p><script>x()</script>"}),
        json!({"id": "2", "title": "Nor here", "content_html": "<p>B</p>"}),
    ];
    let said = import(&work, &items, &["--profile", "jekyll", "--report", "report.json"]);
    insta::assert_snapshot!("written_posts", said);
    let (_, shown, _) = slugline(&work, &["check", "posts", "--profile", "jekyll", "--output-format", "json"], b"");
    let checked: Value = serde_json::from_str(&shown).unwrap();
    let written = &report(&work, "report.json")["summary"]["written_posts"];
    assert_eq!(written["errors"], checked["summary"]["errors"]);
    assert_eq!(written["warnings"], checked["summary"]["warnings"]);
    // On one thread it is the same.
    let other = Workdir::new();
    assert_eq!(import(&other, &items, &["--profile", "jekyll", "-j", "1"]), said);
    // What is not written is not looked at.
    assert_eq!(import(&work, &items, &["--profile", "jekyll"]).matches("written posts").count(), 0);
}
