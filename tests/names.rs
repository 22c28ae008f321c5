//! Names and addresses of posts: patterns, old addresses, pictures and files.
#![allow(clippy::unwrap_used)]

mod support;

use support::{Workdir, slugline};

fn item(title: &str, path: &str, body: &str) -> String {
    format!(
        "<item><title>{title}</title><link>https://old.example{path}</link><guid>https://old.example{path}</guid>\
         <pubDate>Tue, 14 Jan 2025 08:00:00 +0000</pubDate><description><![CDATA[{body}]]></description></item>"
    )
}

fn feed(items: &str) -> String {
    format!(
        "<rss version=\"2.0\"><channel><title>Old</title><link>https://old.example/</link><description>D</description>\
         {items}</channel></rss>"
    )
}

/// The files below a folder, without what is taken down of the import.
fn posts(work: &Workdir, folder: &str) -> Vec<String> {
    let is_post = |name: &String| name.starts_with(folder) && !name.ends_with("/.slugline-index.ndjson");
    work.files().into_iter().filter(is_post).collect()
}

/// Posts of that pattern.
fn named(pattern: &str, items: &str) -> (i32, String, Vec<String>) {
    let work = Workdir::new().file("feed.xml", &feed(items));
    let (code, _, err) =
        slugline(&work, &["convert", "feed.xml", "--to", "markdown", "-o", "out", "--file-name", pattern], b"");
    (code, err, posts(&work, "out/"))
}

#[test]
fn a_pattern_names_files_in_folders_bundles_and_languages() {
    let one = item("Snow", "/snow", "a");
    for (pattern, name) in [
        ("{{ published | date('%Y/%m') }}/{{ slug }}.md", "out/2025/01/snow.md"),
        ("{{ slug }}/index.md", "out/snow/index.md"),
        ("{{ slug }}.{{ language or 'en' }}.md", "out/snow.en.md"),
        ("{{ slug }}.{{ language }}.md", "out/snow.md"),
        ("blog/{{ published | date('%Y-%m-%d') }}-{{ slug }}.mdx", "out/blog/2025-01-14-snow.mdx"),
    ] {
        let (code, err, files) = named(pattern, &one);
        assert_eq!((code, files), (0, vec![name.to_owned()]), "{pattern}: {err}");
    }
}

#[test]
fn a_hostile_title_leads_nowhere() {
    for title in ["../../etc/passwd", "C:\\x", "CON", "..", "a/b", "&#x2215;&#xff0e;&#xff0e;", "%2e%2e%2f"] {
        let (code, err, files) = named("x/{{ title }}.md", &item(title, "/a", "a"));
        assert_eq!(code, 0, "{title}: {err}");
        assert!(files.len() == 1 && files[0].starts_with("out/") && !files[0].contains(".."), "{title}: {files:?}");
        assert_eq!(
            files[0].matches('/').count(),
            2 - usize::from(files[0].ends_with("out/x.md")),
            "{title}: {files:?}"
        );
    }
}

#[test]
fn a_pattern_without_a_name_or_with_one_for_all_is_an_error() {
    let two = item("Snow", "/snow", "a") + &item("Ice", "/ice", "b");
    let mut shown = String::new();
    for pattern in
        ["post.md", "{{ language }}", "{{ slug | nonsense }}.md", "{{ slug ", "{{ published | date('%Y') }}.md"]
    {
        let (code, err, files) = named(pattern, &two);
        assert_eq!((code, files.len()), (2, 0), "{pattern}");
        shown.push_str(&format!("{pattern}\n{err}\n"));
    }
    insta::assert_snapshot!(shown);
}

#[test]
fn mdx_stays_valid() {
    let body = "<p>a {b} &lt; c &lt;d&gt;<br>e</p><iframe src=\"https://v.example/\" allowfullscreen></iframe><pre><code>{x} &lt;y&gt;</code></pre>";
    let work = Workdir::new().file("feed.xml", &feed(&item("Snow", "/snow", body)));
    let arguments =
        ["convert", "feed.xml", "--to", "markdown", "-o", "out", "--profile", "astro", "--file-name", "{{ slug }}.mdx"];
    let (code, _, err) = slugline(&work, &arguments, b"");
    assert_eq!(code, 0, "{err}");
    insta::assert_snapshot!(work.read("out/snow.mdx"));
}

#[test]
fn old_addresses_go_along_where_the_generator_has_a_key_for_them() {
    let items =
        item("Snow", "/2020/01/snow.html", "a") + &item("Ice", "/posts/ice/", "b") + &item("Hail", "/?p=3", "c");
    let work = Workdir::new().file("feed.xml", &feed(&items));
    let mut shown = String::new();
    for profile in ["hugo", "jekyll", "zola", "docusaurus"] {
        let out = format!("{profile}/content/posts");
        let arguments = ["convert", "feed.xml", "--to", "markdown", "-o", &out, "--profile", profile, "--aliases"];
        let (code, _, err) = slugline(&work, &arguments, b"");
        shown.push_str(&format!("== {profile}: {code}\n{err}"));
        for file in &posts(&work, profile) {
            let text = work.read(file);
            let head = text.split("\n---").next().unwrap().split("\n+++").next().unwrap().to_owned();
            let lines: Vec<&str> =
                head.lines().skip_while(|l| !l.starts_with("alias") && !l.starts_with("redirect")).take(2).collect();
            shown.push_str(&format!("{file}\n{}\n", lines.join("\n")));
        }
        if code == 0 {
            let (_, out, _) = slugline(&work, &["check", &out, "--profile", profile], b"");
            assert!(!out.contains("error["), "{profile}: {out}");
        }
    }
    insta::assert_snapshot!(shown);
}

#[test]
fn redirects_are_written_for_each_server() {
    let items =
        item("Snow", "/2020/01/snow.html", "a") + &item("Ice", "/posts/ice/", "b") + &item("Hail", "/?p=3", "c");
    let work = Workdir::new().file("feed.xml", &feed(&items));
    let mut arguments = vec!["convert", "feed.xml", "--to", "markdown", "-o", "content/posts", "--redirects", "csv"];
    for style in ["netlify=_redirects", "nginx=map.conf", "apache=.htaccess"] {
        arguments.extend(["--redirects", style]);
    }
    let (code, out, err) = slugline(&work, &arguments, b"");
    let files = ["_redirects", "map.conf", ".htaccess"].map(|name| format!("== {name}\n{}", work.read(name)));
    insta::assert_snapshot!(format!("{code}\n{err}== csv\n{out}{}", files.concat()));
    // A second run, which writes no post, still tells all of them.
    let (_, again, _) =
        slugline(&work, &["convert", "feed.xml", "--to", "markdown", "-o", "content/posts", "--redirects", "csv"], b"");
    assert_eq!(again, out);
    let (code, _, err) =
        slugline(&work, &["convert", "feed.xml", "--to", "markdown", "-o", "x", "--redirects", "iis"], b"");
    assert!(code == 2 && err.contains("there is apache, csv, netlify, nginx"), "{err}");
    let (code, _, err) = slugline(&work, &["convert", "feed.xml", "--to", "markdown", "--redirects", "csv"], b"");
    assert!(code == 2 && err.contains("--redirects csv=FILE"), "{err}");
    let (code, _, err) = slugline(&work, &["convert", "feed.xml", "--to", "atom", "--redirects", "csv"], b"");
    assert!(code == 2 && err.contains("for posts"), "{err}");
}

const PICTURES: &str = "<p><img src=\"https://old.example/wp-content/uploads/2020/01/snow-300x200.jpg\" alt=\"Snow\" width=\"300\">\
    <img src=\"/wp-content/uploads/2020/01/ice%20age.png\" alt=\"\"><img src=\"https://i0.wp.com/old.example/wp-content/uploads/2020/01/snow.jpg?w=640\">\
    <img src=\"https://other.example/wp-content/uploads/2020/01/snow.jpg\"> <a href=\"/wp-content/uploads/2020/01/snow.jpg\">big</a> \
    <a href=\"/missing.pdf\">gone</a> <a href=\"/page/\">page</a> <img src=\"/../../secret.png\"></p>";

#[test]
fn media_are_listed_and_found_in_a_folder() {
    let work = Workdir::new()
        .file("feed.xml", &feed(&item("Snow", "/snow", PICTURES)))
        .file("secret.png", "x")
        .file("static/wp-content/uploads/2020/01/snow.jpg", "x")
        .file("static/wp-content/uploads/2020/01/ice age.png", "x");
    let base = ["convert", "feed.xml", "--to", "markdown", "-o", "out"];
    let (code, _, err) =
        slugline(&work, &[&base[..], &["--media-list", "media.ndjson", "--resolve-links"]].concat(), b"");
    assert_eq!(code, 0, "{err}");
    let listed = work.read("media.ndjson");
    let (code, _, err) =
        slugline(&work, &[&base[..], &["--media-folder", "static", "--existing", "overwrite"]].concat(), b"");
    assert_eq!(code, 0, "{err}");
    insta::assert_snapshot!(format!("{listed}\n{err}\n{}", work.read("out/snow.md")));
    let (code, _, err) = slugline(&work, &[&base[..], &["--media-folder", "nowhere"]].concat(), b"");
    assert!(code == 2 && err.contains("no folder of media"), "{err}");
}

#[test]
fn media_of_posts_that_move_are_found_too() {
    let body = "![Snow](https://old.example/wp-content/uploads/snow-300x200.jpg \"on *Monday*\")\n\n[big][1] `/wp-content/uploads/snow.jpg`\n\n\
                <img src=\"/wp-content/uploads/snow.jpg\">\n\n[1]: /wp-content/uploads/gone.pdf\n";
    let post = format!("---\ntitle: Snow\ndate: 2025-01-14\nlink: https://old.example/snow/\n---\n{body}");
    let work = Workdir::new().file("old/snow.md", &post).file("static/wp-content/uploads/snow.jpg", "x");
    let (code, _, err) = slugline(
        &work,
        &["convert", "old", "--to", "markdown", "-o", "new", "--media-folder", "static", "--report", "report.json"],
        b"",
    );
    assert_eq!(code, 0, "{err}");
    let made = body.replace("https://old.example/wp-content/uploads/snow-300x200.jpg", "/wp-content/uploads/snow.jpg");
    let written = work.read("new/snow.md");
    assert!(written.ends_with(&made), "{written}");
    assert!(err.contains("`media`") && err.contains("gone.pdf"), "{err}");
}

#[test]
fn posts_without_title_and_text_are_named_after_their_links() {
    let bare = |path: &str| format!("<item><link>https://old.example{path}</link></item>");
    let items = ["/2020/snow-fell.html", "/2020/rain/", "/?p=12", "/?p=13"].map(bare).concat();
    let work = Workdir::new().file("feed.xml", &feed(&items));
    let (code, _, err) = slugline(&work, &["convert", "feed.xml", "--to", "markdown", "-o", "out"], b"");
    assert_eq!(code, 0, "{err}");
    let named = posts(&work, "out/");
    assert_eq!(named.len(), 4, "{named:?}");
    assert!(named.contains(&"out/rain.md".to_owned()) && named.contains(&"out/snow-fell.md".to_owned()), "{named:?}");
    assert!(work.read("out/snow-fell.md").contains("title: snow-fell\n"));
}

#[test]
fn a_key_from_the_command_line_names_posts_by_what_is_made_of_their_text() {
    let items: String =
        ["One", "Two", "Three"].iter().map(|title| item(title, "/x", &format!("About {title}"))).collect();
    let work = Workdir::new().file("feed.xml", &feed(&items));
    let set = "slug={{ summary | slugify }}";
    let (code, _, said) = slugline(
        &work,
        &["convert", "feed.xml", "--to", "markdown", "--profile", "news", "--set", set, "-o", "out"],
        b"",
    );
    assert_eq!(code, 0, "{said}");
    assert_eq!(posts(&work, "out/"), ["out/about-one.md", "out/about-three.md", "out/about-two.md"], "{said}");
}

#[test]
fn what_comes_after_the_items_leaves_names_as_they_would_be() {
    let items: String = ["Snow", "Ice", "Snow", "Snow 2"]
        .iter()
        .enumerate()
        .map(|(number, title)| {
            format!("<item><title>{title}</title><guid>id-{number}</guid><link>/{number}</link></item>")
        })
        .collect();
    let head = "<title>Winter</title><description>Snow</description>";
    let link = "<link>https://snow.example/</link>";
    let work = Workdir::new()
        .file("before.xml", &format!("<rss version=\"2.0\"><channel>{head}{link}{items}</channel></rss>"))
        .file("after.xml", &format!("<rss version=\"2.0\"><channel>{head}{items}{link}</channel></rss>"));
    for _ in 0..2 {
        for feed in ["before", "after"] {
            let (code, _, said) = slugline(
                &work,
                &["convert", &format!("{feed}.xml"), "--to", "markdown", "--same-name", "suffix", "-o", feed],
                b"",
            );
            assert_eq!(code, 0, "{said}");
        }
        let all = |folder: &str| posts(&work, folder).iter().map(|file| work.read(file)).collect::<Vec<_>>();
        assert_eq!(all("before/"), all("after/"));
        let names = ["ice.md", "snow-2-2.md", "snow-2.md", "snow.md"].map(|name| format!("after/{name}"));
        assert_eq!(posts(&work, "after/"), names);
    }
    let (code, _, said) = slugline(&work, &["convert", "after.xml", "--to", "markdown", "-o", "none"], b"");
    assert_eq!(code, 2, "{said}");
    assert!(said.contains("1 of 4 posts would replace other files"), "{said}");
    assert!(said.contains("snow.md  is another post's file (`Snow`)"), "{said}");
}
