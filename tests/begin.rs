//! `slugline infer` and `slugline init`: what a site begins with.
#![allow(clippy::unwrap_used)]

mod support;
use slugline::schema::Schema;
use support::{Workdir, slugline};

/// A site of forty posts, some of which stand out.
fn site() -> Workdir {
    let mut work = Workdir::new().folder(".git").file("hugo.toml", "").file("README.md", "# A site\n");
    for index in 0..40 {
        let day = index % 28 + 1;
        let mut head = format!("title: \"Post {index}\"\nslug: post-{index}\ndate: 2025-01-{day:02}\n");
        head.push_str(if index % 4 == 0 { "layout: note\n" } else { "layout: post\n" });
        head.push_str(&if index == 9 { "weight: '3'\n".to_owned() } else { format!("weight: {index}\n") });
        head.push_str(if index == 11 { "lastmod: yesterday\n" } else { "lastmod: 2025-02-01\n" });
        if index != 7 {
            head.push_str(&format!("source: https://example.org/{index}\n"));
        }
        if index % 3 == 0 {
            head.push_str("tags: [a, b]\nno: [1, x, 2.5]\n");
        }
        if index == 6 {
            head.push_str("\"we\\eird: #\": {a: 1}\n");
        }
        work = work.file(&format!("content/p{index:02}.md"), &format!("---\n{head}---\nText.\n"));
    }
    work
}

#[test]
fn an_inferred_schema_fits_and_shows_what_stands_out() {
    let work = site();
    let (code, yaml, err) = slugline(&work, &["infer", "content"], b"");
    assert_eq!((code, err.as_str()), (0, ""));
    insta::assert_snapshot!(yaml);
    Schema::compile("s.yaml", &yaml, None).unwrap();
    let work = work.file("s.yaml", &yaml);
    assert_eq!(slugline(&work, &["infer", "content", "--json", "-o", "s.json"], b"").0, 0);
    for schema in ["s.yaml", "s.json"] {
        let arguments = [
            "check",
            "--schema",
            schema,
            "--ignore",
            "unread-date",
            "--today",
            "2026-01-01",
            "--fail-on",
            "error",
            "content",
        ];
        let (code, out, _) = slugline(&work, &arguments, b"");
        assert_eq!((code, out.as_str()), (0, "40 files checked, nothing wrong\n"), "{schema}");
    }
    let before = work.read("s.json");
    let (code, _, err) = slugline(&work, &["infer", "content", "-o", "s.json"], b"");
    assert_eq!((code, work.read("s.json")), (2, before), "{err}");
}

#[test]
fn what_cannot_be_read_is_told_and_the_rest_counts() {
    let work = Workdir::new().folder(".git").file("a.md", "---\ntitle: [\n---\n").file("b.md", "---\ntitle: B\n---\n");
    let (code, out, err) = slugline(&work, &["infer", "."], b"");
    assert_eq!(code, 2);
    assert!(out.contains("title:\n") && err.contains("a.md: the front matter cannot be read"), "{out}{err}");
    let work = Workdir::new().folder(".git").file("a.md", "No head.\n");
    for command in ["infer", "init"] {
        let (code, out, err) = slugline(&work, &[command, "."], b"");
        assert_eq!((code, out.as_str()), (2, ""));
        assert!(err.contains("there is no post"), "{err}");
    }
    assert_eq!(work.files(), ["a.md"]);
}

#[test]
fn a_site_begins_with_three_files_and_passes_by_them() {
    let work = site();
    let (code, out, err) = slugline(&work, &["init"], b"");
    assert_eq!((code, err.as_str()), (0, ""));
    insta::assert_snapshot!(format!("{out}\n{}\n{}", work.read("slugline.toml"), work.read(".pre-commit-config.yaml")));
    let (code, out, err) = slugline(&work, &["check", "--ignore", "unread-date"], b"");
    assert_eq!((code, out.as_str()), (0, "40 files checked, nothing wrong\n"), "{err}");
}

#[test]
fn nothing_that_is_there_is_replaced() {
    let work = site().file(".pre-commit-config.yaml", "repos: []\n").file("sub/x.txt", "");
    let (code, out, _) = slugline(&work, &["init", "."], b"");
    assert_eq!(code, 0);
    assert!(
        out.contains("kept     .pre-commit-config.yaml: it is there already\n         the hook's lines are:\n"),
        "{out}"
    );
    assert_eq!(work.read(".pre-commit-config.yaml"), "repos: []\n");
    let (toml, schema) = (work.read("slugline.toml"), work.read("schemas/post.schema.yaml"));
    let work = work.file("content/new.md", "---\nother: 1\n---\n");
    assert_eq!(slugline(&work, &["init"], b"").0, 0);
    assert_eq!((work.read("slugline.toml"), work.read("schemas/post.schema.yaml")), (toml, schema));
    assert_eq!(slugline(&work, &["init", "hugo.toml"], b"").0, 2);
}

#[test]
fn where_posts_have_nothing_in_common_it_is_said_that_nothing_is_required() {
    let work = Workdir::new()
        .folder(".git")
        .file("posts/a.md", "---\ntitle: A\n---\n")
        .file("posts/b.md", "---\nslug: b\n---\n");
    let (code, out, _) = slugline(&work, &["init"], b"");
    assert_eq!(code, 0);
    assert!(out.contains("nothing is required yet: `require = [\"title\"]` in slugline.toml does"), "{out}");
    // What it says to do does it.
    let text = work.read("slugline.toml").replace("# require = [\"source\"]", "require = [\"title\"]");
    let work = work.file("slugline.toml", &text);
    let (code, out, _) = slugline(&work, &["check"], b"");
    assert!(code == 1 && out.contains("posts/b.md:1:1: error[missing-key] `title` is missing"), "{out}");
}

#[test]
fn keys_without_a_value_make_a_schema_that_can_be_used() {
    let work = Workdir::new()
        .folder(".git")
        .file("posts/a.md", "---\nlayout: post\nempty:\ntags: [a, ~]\nnone: [~]\n---\n")
        .file("posts/b.md", "---\nlayout:\nempty: ~\n---\n");
    let (code, yaml, err) = slugline(&work, &["infer", "posts", "-o", "own.yaml"], b"");
    assert_eq!(code, 0, "{yaml}{err}");
    let (code, out, err) = slugline(&work, &["check", "--schema", "own.yaml", "posts"], b"");
    assert_eq!((code, out.as_str()), (0, "2 files checked, nothing wrong\n"), "{err}");
}

#[test]
fn posts_that_the_configuration_leaves_out_are_not_counted() {
    let post = "---\ntitle: A\nlayout: x\n---\n";
    let work = Workdir::new().folder(".git").file("about.md", "---\nsummary: me\n---\n");
    let work = work.file("posts/a.md", post).file("posts/b.md", post);
    let (code, out, err) = slugline(&work, &["init"], b"");
    assert_eq!((code, err.as_str()), (0, ""));
    assert!(
        out.contains("2 posts with front matter; 1 more outside the folders of posts is left out\n")
            && out.contains("what the 2 posts have in common: requires title, layout\n"),
        "{out}"
    );
    assert!(work.read("slugline.toml").contains("made of 2 posts"));
    assert!(!work.read("schemas/post.schema.yaml").contains("summary"));
}
