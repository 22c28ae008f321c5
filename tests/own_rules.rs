//! What a site asks in its own words: simple rules in `slugline.toml`, and what schemas note beside what they forbid.
#![allow(clippy::unwrap_used)]

mod support;
use support::{Workdir, slugline};

/// Exit code and the report's lines.
fn check(config: &str, post: &str, more: &[&str]) -> (i32, String) {
    let work = Workdir::new().folder(".git").file("slugline.toml", config).file("posts/a.md", post);
    run(&work, more)
}

fn run(work: &Workdir, more: &[&str]) -> (i32, String) {
    let arguments = [&["check", "--output-format", "human", "--today", "2026-01-01"], more, &["posts"]].concat();
    let (code, out, err) = slugline(work, &arguments, b"");
    (code, if code == 2 { err } else { out })
}

const KEYS: &str = "\
[[content]]
paths = [\"posts/*.md\"]
schema = \"s.yaml\"
[content.keys]
layout = { required = true, one-of = [\"post\", \"note\"], message = \"Layouts are post and note, says the handbook\" }
title = { min-length = 3, max-length = 10 }
tags = { one-of = [\"snow\", \"ice\"], max-length = 2 }
ref = { pattern = \"^[A-Z]{2}-[0-9]+$\" }
";

#[test]
fn simple_rules_are_told_like_a_schemas() {
    let work = Workdir::new()
        .folder(".git")
        .file("s.yaml", "properties: { title: { type: string } }\n")
        .file("slugline.toml", KEYS)
        .file("posts/a.md", "---\nlayout: pots\ntitle: A very long title\ntags: [snow, rain, ice]\nref: ab-1\n---\n")
        .file("posts/b.md", "---\ntitle: It\ntags: rain\nref: AB-12\n---\n")
        .file("posts/c.md", "---\nlayout: note\ntitle: Snow\ntags: [ice]\nref: AB-1\n---\n");
    let (code, out) = run(&work, &[]);
    assert_eq!(code, 1);
    insta::assert_snapshot!(out);
}

#[test]
fn a_mistake_in_a_simple_rule_is_an_error_with_its_place() {
    let cases = [
        "title = { max-lenght = 3 }",
        "title = 3",
        "title = { max-length = -3 }",
        "title = { min-length = 3, max-length = 2 }",
        "title = { pattern = \"(\" }",
        "title = { pattern = \"(?=a)\" }",
        "title = { one-of = [] }",
        "title = { one-of = \"post\" }",
        "title = { required = \"yes\" }",
    ];
    let mut errors: Vec<String> = cases
        .iter()
        .map(|case| {
            check(&format!("[[content]]\npaths = [\"**\"]\n[content.keys]\n{case}\n"), "---\na: 1\n---\n", &[]).1
        })
        .collect();
    let entries = [
        "date-style = { quote = \"none\" }",
        "date-style = { quotes = \"no\" }",
        "key-order = \"title\"",
        "deprecated = [\"a\"]",
        "author-files = \"authors\"",
        "author-files = \"../{author}\"",
        "key-ordr = []",
    ];
    let entry = |entry: &&str| check(&format!("[[content]]\npaths = [\"**\"]\n{entry}\n"), "---\na: 1\n---\n", &[]).1;
    errors.extend(entries.iter().map(entry));
    insta::assert_snapshot!(errors.join(""));
}

const SCHEMA: &str = "\
required: [slug, draft]
properties:
  slug: { type: string, pattern: '^[a-z-]+$', x-message: 'A slug is small letters and hyphens, see the handbook' }
  draft: { type: boolean, default: false }
  permalink: { readOnly: true }
  thumbnail: { $ref: '#/$defs/old' }
  authors: { items: { properties: { mail: { deprecated: true, x-message: Mails are not published } } } }
$defs: { old: { deprecated: true, description: Images are under `image` now. } }
";

#[test]
fn a_schema_speaks_in_the_sites_words_and_marks_keys() {
    let config = "[[content]]\npaths = [\"posts/*.md\"]\nschema = \"s.yaml\"\n";
    let post = "---\npermalink: /a\nthumbnail: x\nauthors:\n  - mail: a@example.org\n---\n";
    let work = Workdir::new()
        .folder(".git")
        .file("s.yaml", SCHEMA)
        .file("slugline.toml", config)
        .file("posts/a.md", post)
        .file("posts/b.md", "---\nslug: A_b\ndraft: true\n---\n");
    let (_, out) = run(&work, &[]);
    insta::assert_snapshot!(out);
    run(&work, &["--unsafe-fixes"]);
    assert_eq!(work.read("posts/a.md"), post.replace("permalink", "draft: false\nslug: 'a'\npermalink"));
}

const SHAPES: &str = "\
properties:
  media:
    oneOf:
      - { properties: { type: { const: video }, length: { type: integer } }, required: [type, length] }
      - { properties: { type: { const: image }, alt: { type: string }, src: { type: string } }, required: [type, alt, src] }
";

#[test]
fn of_shapes_with_a_name_the_named_one_is_told() {
    let config = "[[content]]\npaths = [\"posts/*.md\"]\nschema = \"s.yaml\"\n";
    let mut told = String::new();
    for media in ["{ type: image, alt: 1, src: a }", "{ type: image }", "{ type: sound }", "{ alt: a }", "no"] {
        let work = Workdir::new()
            .folder(".git")
            .file("s.yaml", SHAPES)
            .file("slugline.toml", config)
            .file("posts/a.md", &format!("---\nmedia: {media}\n---\n"));
        let (_, out) =
            run(&work, &["--output-format", "concise=out.txt", "--select", "invalid-value,wrong-type,missing-key"]);
        assert!(!out.is_empty());
        told.push_str(&format!("{media}\n{}", work.read("out.txt")));
    }
    insta::assert_snapshot!(told);
}

#[test]
fn a_rule_that_is_off_for_nothing_is_told_by_a_run_over_everything() {
    let config = "[[content]]\npaths = [\"posts/*.md\"]\nrequire = [\"slug\"]\n\
        rules = { quoted-date = \"off\", empty-value = \"off\", duplicate-address = \"off\" }\n\
        [[content]]\npaths = [\"notes/*.md\"]\n\
        [rules]\nempty-value = \"off\"\nescaped-text = \"off\"\nunordered-items = \"off\"\n";
    let post =
        |slug: &str| format!("---\ntitle: Ice &amp; snow\ntags: ''\nslug: {slug}\ndate: 2025-01-01\nsource: x\n---\n");
    let work = Workdir::new()
        .folder(".git")
        .file("slugline.toml", config)
        .file("posts/a.md", &post("a"))
        .file("posts/b.md", &post("a"))
        .file("notes/c.md", &post("c").replace("tags: ''\n", ""));
    let said = |arguments: &[&str]| {
        let (_, _, err) = slugline(&work, arguments, b"");
        err.lines().filter(|line| line.contains("is off")).map(str::to_owned).collect::<Vec<_>>()
    };
    assert_eq!(
        said(&["check", "--all"]),
        [
            "slugline.toml: `empty-value` is off, and there is nothing that it keeps silent",
            "slugline.toml: `unordered-items` is off, and there is nothing that it keeps silent",
            "slugline.toml: `quoted-date` is off for posts/*.md, and there is nothing that it keeps silent",
        ]
    );
    assert!(said(&["check"]).is_empty());
    assert!(said(&["check", "--all", "posts/a.md"]).is_empty());
}
