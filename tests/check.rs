//! Checks through the library: places, schemas, limits, fixes.
#![allow(clippy::unwrap_used)]

mod support;

use std::sync::Arc;

use slugline::{
    check::{self, Checked, Options, Requirement, Settings},
    error::ErrorKind,
    finding::Severity,
    fix::Apply,
    profile::Profile,
    report::FileReport,
    schema::{Folder, Schema, built_in},
};
use support::made;

fn options(schema: Option<&str>, profile: &str) -> Options {
    made(|options: &mut Options| {
        options.required = Arc::new(made(|required: &mut Requirement| {
            required.schema = schema.map(|text| Arc::new(Schema::compile("schema.json", text, None).unwrap()));
            required.given_by_name = !profile.is_empty();
            required.json_feed = true;
        }));
        options.profile = Arc::new(Profile::built_in(profile).unwrap_or_else(Profile::empty));
        options.settings = Arc::new(made(|settings: &mut Settings| {
            settings.show = Severity::Hint;
        }));
    })
}

fn check(name: &str, text: impl AsRef<[u8]>, options: &Options) -> Checked {
    check::check(name, text.as_ref().to_vec(), options).unwrap()
}

/// `line:column-line:column code`, one a finding.
fn places(checked: &Checked) -> Vec<String> {
    let place = |finding: &slugline::finding::Finding| {
        let span = finding.span.unwrap();
        let (start, end) = (span.start, span.end);
        format!("{}:{}-{}:{} {}", start.line, start.column, end.line, end.column, finding.code)
    };
    checked.document.findings.iter().map(place).collect()
}

const SLUG: &str =
    r#"{"required": ["slug"], "properties": {"draft": {"type": "boolean"}}, "additionalProperties": true}"#;

#[test]
fn places_are_those_of_the_file_with_bom_crlf_and_wide_characters() {
    let options = options(Some(SLUG), "");
    let text = "\u{feff}---\r\ntitle: 日本\r\nurl: { a: 日, draft: 1 }\r\ndraft: 'é'\r\n---\r\nText.\r\n";
    let mut checked = check("a.md", text, &options);
    assert_eq!(places(&checked), ["1:1-1:4 missing-key", "4:8-4:11 wrong-type"]);
    let report = FileReport::new(&mut checked.document, 0);
    let bytes = |at: usize| &text.as_bytes()[report.findings[at].bytes.clone()];
    assert_eq!(bytes(0), b"---");
    assert_eq!(bytes(1), "'é'".as_bytes());
    assert_eq!(report.findings[0].edits.first(), Some(&(8..8)));
}

#[test]
fn places_are_exact_in_every_syntax_of_heads() {
    let options = options(Some(SLUG), "");
    for (text, place) in [
        ("---\nslug: a\ndraft: x\n---\n", "3:8-3:9 wrong-type"),
        ("+++\nslug = 'a'\ndraft = 'x'\n+++\n", "3:9-3:12 wrong-type"),
        ("{\n  \"slug\": \"a\",\n  \"draft\": \"x\"\n}\n", "3:12-3:15 wrong-type"),
    ] {
        assert_eq!(places(&check("a.md", text, &options)), [place], "{text}");
    }
}

#[test]
fn a_missing_slug_is_added_in_the_syntax_of_the_head() {
    let options = options(Some(SLUG), "");
    for (before, after) in [
        ("---\ntitle: A # note\n---\nText.\n", "---\nslug: a-post\ntitle: A # note\n---\nText.\n"),
        ("\u{feff}---\r\ntitle: A\r\n---\r\n", "\u{feff}---\r\nslug: a-post\r\ntitle: A\r\n---\r\n"),
        ("+++\ntitle = 'A'\n+++\n", "+++\nslug = \"a-post\"\ntitle = 'A'\n+++\n"),
        ("---\n---\nText.\n", "---\nslug: a-post\n---\nText.\n"),
    ] {
        let mended = check::mend(check("a-post.md", before, &options), Apply::All, &options).unwrap();
        assert_eq!(
            String::from_utf8(mended.bytes.unwrap_or_else(|| panic!("{before:?}: {:?}", mended.refused))).unwrap(),
            after
        );
        assert_eq!((mended.fixed, mended.checked.document.findings.len()), (1, 0));
        let kept = check::mend(check("a-post.md", before, &options), Apply::Safe, &options).unwrap();
        assert_eq!(kept.bytes, None);
    }
}

#[test]
fn a_slug_that_reads_as_something_else_is_quoted() {
    let options = options(Some(SLUG), "");
    for (name, line) in [("2025.md", "slug: '2025'"), ("no.md", "slug: 'no'"), ("snow-2.md", "slug: snow-2")] {
        let mended = check::mend(check(name, "---\ntitle: A\n---\n", &options), Apply::All, &options).unwrap();
        let text = String::from_utf8(mended.bytes.unwrap()).unwrap();
        assert!(text.lines().any(|found| found == line), "{text}");
    }
}

#[test]
fn a_source_that_is_not_utf8_is_not_edited_and_told_why() {
    let options = options(Some(SLUG), "");
    let mended = check::mend(check("a.md", b"---\ntitle: Caf\xe9\n---\n", &options), Apply::All, &options).unwrap();
    assert_eq!(mended.bytes, None);
    assert!(mended.refused.unwrap().contains("UTF-8"));
}

#[test]
fn slug_and_date_count_as_given_where_the_generator_takes_them_from_the_name() {
    let schema = r#"{"required": ["title", "slug", "date"]}"#;
    let missing = |name: &str, profile: &str| {
        let options = options(Some(schema), profile);
        let found = check(name, "---\ntitle: A\n---\n", &options);
        found.document.findings.iter().map(|finding| finding.pointer.clone()).collect::<Vec<_>>()
    };
    assert_eq!(missing("_posts/2025-09-24-snow.md", "jekyll"), Vec::<String>::new());
    assert_eq!(missing("_posts/snow.md", "jekyll"), ["/date"]);
    // Drafts have no date before they are published: Jekyll takes the file's own.
    assert_eq!(missing("_drafts/snow.md", "jekyll"), Vec::<String>::new());
    assert_eq!(missing("content/snow.md", "hugo"), ["/date"]);
    assert_eq!(missing("content/snow.md", ""), ["/slug", "/date"]);
}

#[test]
fn keys_of_hugo_may_have_capitals() {
    let options = options(Some(r#"{"required": ["title"], "properties": {"title": {"type": "string"}}}"#), "hugo");
    assert_eq!(places(&check("a.md", "---\nTitle: A\n---\n", &options)), Vec::<String>::new());
    let checked = check("a.md", "---\nTitle: [A]\n---\n", &options);
    assert_eq!(places(&checked), ["2:8-2:11 wrong-type"]);
    assert_eq!(checked.document.findings[0].pointer, "/Title");
}

#[test]
fn a_json_feed_is_checked_against_its_schema() {
    let options = options(None, "");
    let text = r#"{"version": "https://jsonfeed.org/version/1.1", "title": "A", "feed_url": "https://a.example/feed.json",
 "home_page_url": "https://a.example/",
 "items": [{"id": "1", "content_text": "a", "date_published": "yesterday"}, {"content_text": "b"}]}"#;
    let checked = check("feed.json", text, &options);
    assert_eq!(places(&checked), ["3:63-3:74 invalid-value", "3:77-3:98 missing-key"]);
}

#[test]
fn a_head_over_the_limit_is_named() {
    let text = format!("---\n{}---\n", "# comment\n".repeat(30_000));
    let checked = check("a.md", text, &options(None, ""));
    assert_eq!(places(&checked), ["1:1-1:4 limit-reached"]);
    assert!(checked.document.findings[0].message.contains("`head`"));
}

#[test]
fn findings_over_the_cap_are_counted() {
    let mut options = options(None, "");
    options.limits.findings = 3;
    let text = format!("---\ntags:\n{}---\n", "- no\n".repeat(10));
    let checked = check("a.md", text, &options);
    assert_eq!((checked.document.findings.len(), checked.left_out), (3, 7));
}

#[test]
fn what_is_no_text_is_an_error() {
    let fails = |bytes: &[u8], name: &str| check::check(name, bytes.to_vec(), &options(None, "")).unwrap_err().kind;
    assert_eq!(fails(b"---\ntitle: \0\n---\n", "a.md"), ErrorKind::Input);
    assert_eq!(fails(b"", "feed.xml"), ErrorKind::Input);
    assert_eq!(fails(b"hello", "notes.txt"), ErrorKind::Input);
}

fn refused(schema: &str) -> String {
    let folder: Folder = Arc::new(|name: &str| match name {
        "date.json" => Ok(r#"{"type": "string"}"#.to_owned()),
        _ => Err(format!("there is no `{name}`")),
    });
    match Schema::compile("schemas/post.json", schema, Some(folder)) {
        Ok(_) => String::new(),
        Err(error) => {
            assert_eq!(error.kind, ErrorKind::Schema);
            format!("{error} | {}", error.help.clone().unwrap_or_default())
        }
    }
}

#[test]
fn references_stay_in_the_folder_of_the_schema() {
    assert_eq!(refused(r#"{"properties": {"date": {"$ref": "date.json"}}}"#), "");
    assert_eq!(refused(r##"{"properties": {"date": {"$ref": "#/$defs/x"}}, "$defs": {"x": {}}}"##), "");
    let id = r#"{"$id": "https://example.org/s/post.json", "properties": {"date": {"$ref": "date.json"}}}"#;
    assert_eq!(refused(id), "");
    for target in [
        "http://example.org/x.json",
        "https://example.org/x.json",
        "file:///etc/passwd",
        "//example.org/x.json",
        "../x.json",
        "a/../../x.json",
        "%2e%2e/x.json",
        "/etc/passwd",
        "no-such.json",
        "#/$defs/nowhere",
    ] {
        let schema = format!(r#"{{"properties": {{"a": {{"$ref": "{target}"}}}}}}"#);
        assert_ne!(refused(&schema), "", "{target}");
    }
    let trick = r#"{"properties": {"a": {"$id": "https://evil.example/", "$ref": "x.json"}}}"#;
    assert_ne!(refused(trick), "");
}

#[test]
fn a_schema_that_is_none_is_refused_with_its_place() {
    insta::assert_snapshot!(
        [
            "{",
            "[]",
            r#"{"type": "strin"}"#,
            r#"{"requird": ["slug"]}"#,
            r#"{"properties": {"slug": {"patern": "x"}}}"#,
            r#"{"pattern": "(?<!a)b"}"#,
            r#"{"pattern": "(a{1000}){1000}"}"#,
            r#"{"required": "slug"}"#,
            r#"{"$ref": "https://example.org/x.json"}"#,
            "type: [object",
        ]
        .map(refused)
        .join("\n")
    );
}

#[test]
fn hostile_schemas_end_in_time() {
    let cycle = r##"{"$defs": {"a": {"$ref": "#/$defs/b"}, "b": {"$ref": "#/$defs/a"}}, "$ref": "#/$defs/a"}"##;
    if let Ok(schema) = Schema::compile("x.json", cycle, None) {
        let checked = check("a.md", "---\ntitle: x\n---\n", &options(None, ""));
        schema.check(checked.document.tree().unwrap(), &mut Vec::new());
    }
    assert_ne!(refused(&format!("{}{}", r#"{"not":"#.repeat(10_000), "{}".to_owned() + &"}".repeat(10_000))), "");
    let slow = Schema::compile("x.json", r#"{"properties": {"title": {"pattern": "^(a+)+$"}}}"#, None).unwrap();
    let checked = check("a.md", format!("---\ntitle: {}!\n---\n", "a".repeat(50_000)), &options(None, ""));
    let mut findings = Vec::new();
    slow.check(checked.document.tree().unwrap(), &mut findings);
    assert_eq!(findings.len(), 1);
}

#[test]
fn schemas_may_be_written_in_yaml_and_in_any_draft() {
    for schema in [
        "type: object\nrequired: [slug]\n",
        r#"{"$schema": "http://json-schema.org/draft-04/schema#", "required": ["slug"]}"#,
        r#"{"$schema": "http://json-schema.org/draft-06/schema#", "required": ["slug"]}"#,
        r#"{"$schema": "http://json-schema.org/draft-07/schema#", "required": ["slug"]}"#,
        r#"{"$schema": "https://json-schema.org/draft/2019-09/schema", "required": ["slug"]}"#,
        r#"{"$schema": "https://json-schema.org/draft/2020-12/schema", "required": ["slug"]}"#,
    ] {
        let checked = check("a.md", "---\ntitle: A\n---\n", &options(Some(schema), ""));
        assert_eq!(places(&checked), ["1:1-1:4 missing-key"], "{schema}");
    }
}

#[test]
fn of_several_shapes_the_one_meant_is_told() {
    let schema = r#"{"properties": {"author": {"anyOf": [
        {"type": "string", "minLength": 2},
        {"type": "object", "required": ["name"], "properties": {"name": {"type": "string"}}}
    ]}}, "anyOf": [{"required": ["title"]}, {"required": ["headline"]}]}"#;
    let say = |text: &str| {
        let checked = check("a.md", format!("---\n{text}\n---\n"), &options(Some(schema), ""));
        checked.document.findings.iter().map(|finding| finding.message.clone()).collect::<Vec<_>>().join("; ")
    };
    insta::assert_snapshot!(
        ["title: A\nauthor: {mail: x}", "title: A\nauthor: [x]", "title: A\nauthor: x", "slug: a"].map(say).join("\n")
    );
}

#[test]
fn the_built_in_schemas_compile() {
    for schema in built_in::SCHEMAS {
        Schema::compile(schema.name, schema.text, None).unwrap();
    }
    for name in Profile::names() {
        let text = Profile::built_in(name).unwrap().schema.unwrap();
        Schema::compile(name, &text, None).unwrap();
    }
}

#[test]
fn lines_of_items_are_checked_one_by_one() {
    let text = "{\"id\": \"1\", \"content_text\": \"é\"}\r\n\n{\"id\": \"2\", \"content_text\": 3}\r\n[1]\n\
        {\"id\": \"3\", \"content_text\": \"x\"\n{\"title\": \"a\", \"title\": \"b\", \"content_text\": \"x\"}\n\
        {\"id\": \"1\", \"content_text\": \"x\", \"_slugline\": {\"slug\": \"x\"}}";
    let options = options(None, "");
    let checked = check("items.ndjson", text, &options);
    assert_eq!(
        places(&checked),
        [
            "3:29-3:30 wrong-type",
            "4:1-4:4 wrong-type",
            "5:32-5:32 malformed-json",
            "6:1-6:50 missing-key",
            "6:2-6:9 duplicate-key",
            "7:8-7:11 duplicate-id",
        ]
    );
    let pointers: Vec<&str> = checked.document.findings.iter().map(|finding| &*finding.pointer).collect();
    assert_eq!((pointers[0], pointers[4]), ("/items/1/content_text", "/items/2/title"));
    // Nothing is asked of a feed that is not there, and elsewhere a line that begins with `{` is no sign of items.
    assert_eq!(places(&check("items.jsonl", "{\"id\": \"1\", \"content_text\": \"x\"}\n", &options)), [""; 0]);
    let item = "{\"id\": \"1\", \"content_text\": \"x\"}\n".into();
    assert_eq!(check::check("package.json", item, &options).unwrap_err().kind, ErrorKind::Input);
}

#[test]
fn a_source_that_ends_too_early_is_a_finding() {
    let text = "<?xml version=\"1.0\"?>\n<rss version=\"2.0\"><channel><title>A</title>\n<item><title>B";
    let checked = check("feed.xml", text, &options(None, ""));
    assert!(!checked.document.findings.is_empty());
    assert!(checked.document.findings.iter().any(|finding| finding.severity == Severity::Error));
}

#[test]
fn keys_are_added_and_values_replaced_in_every_head_format() {
    let zone = "Tue, 14 Jan 2025 08:05:09 EST";
    let date = "2025-01-14T08:05:09-05:00";
    for (profile, before, after) in [
        ("hugo", "---\ntitle: A\ndate: {} # c\n---\nB\n", "---\nslug: a-post\ntitle: A\ndate: {} # c\n---\nB\n"),
        ("hugo", "+++\ndate = '{}'\n[x]\ny = 1\n+++\n", "+++\nslug = \"a-post\"\ndate = '{}'\n[x]\ny = 1\n+++\n"),
        ("hugo", "{\n  \"date\": \"{}\"\n}\nB", "{\n  \"slug\": \"a-post\",\n  \"date\": \"{}\"\n}\nB"),
        ("hugo", "{\"date\": \"{}\"} B", "{\"slug\": \"a-post\", \"date\": \"{}\"} B"),
        ("hugo", "#+TITLE: A\n#+DATE: {}\nB\n", "#+slug: a-post\n#+TITLE: A\n#+DATE: {}\nB\n"),
        ("hexo", ";;;\n\"date\": \"{}\"\n;;;\nB\n", ";;;\n\"slug\": \"a-post\",\n\"date\": \"{}\"\n;;;\nB\n"),
        ("hexo", "date: {}\ntitle: A\n---\nB\n", "slug: a-post\ndate: {}\ntitle: A\n---\nB\n"),
        ("pelican", "Title: A\r\nDate: {}\r\n\r\nB\r\n", "slug: a-post\r\nTitle: A\r\nDate: {}\r\n\r\nB\r\n"),
        (
            "eleventy",
            "---json\n{ \"date\": \"{}\" }\n---\nB\n",
            "---json\n{ \"slug\": \"a-post\", \"date\": \"{}\" }\n---\nB\n",
        ),
    ] {
        let options = made(|options: &mut Options| {
            options.required = Arc::new(made(|required: &mut Requirement| {
                required.keys = vec!["slug".to_owned()];
            }));
            options.profile = Arc::new(Profile::built_in(profile).unwrap());
        });
        let checked = check::check("x/a-post.md", before.replace("{}", zone).into_bytes(), &options).unwrap();
        let mended = check::mend(checked, Apply::All, &options).unwrap();
        let text = String::from_utf8(mended.bytes.unwrap_or_default()).unwrap();
        assert_eq!(text, after.replace("{}", date), "{profile}: {:?}", mended.refused);
    }
}

/// A head of each generator, and what its schema and rules say of it: code and pointer, nothing where it is right.
const OWN_KEYS: &[(&str, &str, &[&str])] = &[
    ("hugo", "draft: 'true'\nmenus: [main]\naliases: /a/\ncascade: [{draft: true}]\nTAGS: x", &[]),
    (
        "hugo",
        "published: 2025-01-15\ndraft: yes\nweight: '1'\nparams: [a]",
        &["invalid-value /draft", "wrong-type /weight", "wrong-type /params"],
    ),
    ("hugo", "lastmod: 2016-09-26 21:00", &["invalid-value /lastmod"]),
    ("jekyll", "layout: null\nredirect_from: /a/\ncategories: sea ferry\nexcerpt: x", &[]),
    ("jekyll", "published: 'no'\nlayout: [a]", &["wrong-type /published", "wrong-type /layout"]),
    ("zola", "updated: 2025-01-15T08:00:00\ntaxonomies: {tags: [a]}\nextra: {a: 1}\nweight: 1", &[]),
    (
        "zola",
        "slug: ''\nauthors: Ada\ntaxonomies: {tags: a}",
        &["invalid-value /slug", "wrong-type /authors", "wrong-type /taxonomies/tags"],
    ),
    (
        "zola",
        "updated: 15 Jan 2025\ntaxonomies: {tags: [' ']}",
        &["invalid-value /updated", "invalid-value /taxonomies/tags/0"],
    ),
    ("eleventy", "tags: sea\npermalink: false\neleventyExcludeFromCollections: [a]\npagination: {data: a}", &[]),
    ("eleventy", "permalink: true\ntags: {a: 1}", &["invalid-value /permalink", "wrong-type /tags"]),
    ("astro", "heroImage: ./a.png\nupdatedDate: 2025-01-15\ntags: [a]", &[]),
    ("astro", "tags: a\ndraft: 'yes'", &["wrong-type /tags", "wrong-type /draft"]),
    ("hexo", "layout: false\ncategories: [[a, b], c]\nupdated: 2025/1/15 20:46:25\ntags: a", &[]),
    ("hexo", "comments: 'no'\ncategories: {a: 1}", &["wrong-type /comments", "wrong-type /categories"]),
    ("docusaurus", "tags: [a, {label: A, permalink: /a}]\nauthors: [ada, {name: Bo}]\nunlisted: true", &[]),
    (
        "docusaurus",
        "tags: a\ntoc_max_heading_level: 7\nlast_update: {}",
        &["wrong-type /tags", "invalid-value /toc_max_heading_level", "invalid-value /last_update"],
    ),
    ("obsidian", "tags: [a]\naliases: [b]\npublish: true", &[]),
    ("obsidian", "tags: a\npublish: 'yes'", &["wrong-type /tags", "wrong-type /publish"]),
    ("mkdocs-material", "pin: true\nreadtime: 5\ncategories: [a, b]\nlinks: [a.md]", &[]),
    ("mkdocs-material", "readtime: long\ncategories: [a, a]", &["wrong-type /readtime", "invalid-value /categories"]),
];

#[test]
fn each_generator_has_its_own_keys_and_types() {
    for (profile, keys, expected) in OWN_KEYS {
        let schema = Profile::built_in(profile).unwrap().schema.unwrap();
        let options = options(Some(&schema), profile);
        let date = if *profile == "astro" { "pubDate" } else { "date" };
        let text = format!("---\ntitle: A\n{date}: 2025-01-14\n{keys}\n---\n");
        let checked = check::check("a.md", text.into_bytes(), &options).unwrap();
        let found: Vec<String> = checked
            .document
            .findings
            .iter()
            .filter(|finding| finding.severity > Severity::Hint)
            .map(|finding| format!("{} {}", finding.code, finding.pointer))
            .collect();
        assert_eq!(found, *expected, "{profile}: {keys}");
    }
    // Pelican's values are text, one kind alone.
    let schema = Profile::built_in("pelican").unwrap().schema.unwrap();
    let of = |text: &str| {
        let checked = check::check("a.md", text.as_bytes().to_vec(), &options(Some(&schema), "pelican")).unwrap();
        let found = checked.document.findings.iter().map(|finding| format!("{} {}", finding.code, finding.pointer));
        found.collect::<Vec<_>>()
    };
    assert!(of("Title: A\nDate: 2025-01-14 10:00\nStatus: hidden\nTags: a, b\n\nB\n").is_empty());
    assert_eq!(of("Title: A\nDate: 2025-01-14\nStatus: public\n\nB\n"), ["invalid-value /status"]);
}

#[test]
fn pages_need_neither_title_nor_date() {
    let missing = |profile: &str, name: &str| {
        let schema = Profile::built_in(profile).unwrap().schema.unwrap();
        let checked = check::check(name, b"---\nlayout: x\n---\n".to_vec(), &options(Some(&schema), profile)).unwrap();
        let found = checked.document.findings.iter().filter(|finding| finding.code == "missing-key");
        found.map(|finding| format!("{} {}", finding.severity.name(), &finding.pointer[1..])).collect::<Vec<_>>()
    };
    assert_eq!(missing("jekyll", "about.md"), ["warning title", "warning date"]);
    assert_eq!(missing("jekyll", "2025-01-14-snow.md"), ["warning title"]);
    assert_eq!(missing("jekyll", "_drafts/snow.md"), ["warning title"]);
    assert_eq!(missing("jekyll", "_posts/snow.md"), ["warning title", "warning date"], "Jekyll passes over it");
    assert_eq!(missing("hexo", "source/_drafts/snow.md"), ["error title"]);
    assert_eq!(missing("hexo", "source/_posts/snow.md"), ["error title", "error date"]);
    assert_eq!(missing("jekyll", "site/about.md"), Vec::<String>::new());
    assert_eq!(missing("jekyll", "_posts/2025-01-14-snow.md"), ["warning title"]);
    assert_eq!(missing("hugo", "content/posts/snow.md"), ["error title", "error date"]);
    assert_eq!(missing("hugo", "content/about/index.md"), ["warning title", "warning date"]);
    assert_eq!(missing("hugo", "content/posts/_index.md"), Vec::<String>::new());
    assert_eq!(missing("docusaurus", "blog/2025/01/14/snow.md"), ["warning title"]);
    assert_eq!(missing("eleventy", "src/2025-01-14/snow.md"), Vec::<String>::new());
    assert_eq!(missing("eleventy", "src/blog/snow.md"), ["error date"]);
    assert_eq!(missing("eleventy", "src/blog/blog.md"), Vec::<String>::new());
    assert_eq!(missing("eleventy", "src/blog/index.md"), Vec::<String>::new());
    assert_eq!(missing("zola", "content/2025-01-14-snow/index.md"), ["warning title"]);
}

#[test]
fn a_comment_silences_its_line_the_next_or_the_fence() {
    let options = options(Some(r#"{"required": ["slug", "date"]}"#), "");
    let codes = |text: &str| {
        let checked = check("a.md", text, &options);
        checked.document.findings.iter().map(|finding| finding.code.to_string()).collect::<Vec<_>>()
    };
    assert_eq!(codes("---\ntitle: a\n---\n"), ["missing-key", "missing-key"]);
    assert!(codes("---\n# why\n# slugline-ignore missing-key\ntitle: a\n---\n").is_empty());
    assert_eq!(codes("---\ntitle: a\n# slugline-ignore missing-key\nx: 1\n---\n").len(), 3, "not under the fence");
    assert!(
        codes(
            "\u{feff}---\r\n# slugline-ignore missing-key\r\ntags: [no] # slugline-ignore ambiguous-value\r\n---\r\n"
        )
        .is_empty()
    );
    let two = "---\nslug: a\ndate: 2025-01-01\n---\n<script>a</script>\n<!-- slugline-ignore active-content -->\n\n<script>a</script>\n<script>a</script>\n";
    assert_eq!(codes(two), ["active-content", "active-content"]);
}

#[test]
fn what_an_item_lacks_is_silenced_before_it_in_it_and_at_its_end() {
    let options = options(None, "");
    let codes = |before: &str, first: &str, deep: &str, last: &str, next: &str| {
        let text = format!(
            "<rss version=\"2.0\"><channel><title>a</title><link>https://snow.example/</link>\n\
             <description>a</description>\n{before}\n<item>\n<title>a</title>\n{first}\n<description>a</description>\n\
             <category>{deep}a</category>\n<link>https://snow.example/1</link>\n{last}\n</item>\n\
             <item>\n<guid>https://snow.example/2</guid>\n<title>b</title>\n{next}\n<description>b</description>\n\
             </item>\n</channel></rss>\n"
        );
        let checked = check("a.xml", text, &options);
        let findings = checked.document.findings.iter().filter(|finding| finding.severity >= Severity::Warning);
        findings.map(|finding| finding.code.to_string()).collect::<Vec<_>>()
    };
    let ignore = "<!-- slugline-ignore missing-guid -->";
    assert_eq!(codes("", "", "", "", ""), ["missing-guid"]);
    assert!(codes(ignore, "", "", "", "").is_empty());
    assert!(codes("", ignore, "", "", "").is_empty());
    assert!(codes("", "", "", ignore, "").is_empty());
    assert_eq!(codes("", "", ignore, "", ""), ["unused-ignore", "missing-guid"], "that is the category's");
    assert_eq!(codes("", "", "", "", ignore), ["missing-guid", "unused-ignore"], "that is the next item's");
}

#[test]
fn a_comment_on_what_is_not_shown_is_judged_all_the_same() {
    let options = options(None, "");
    let codes = |dates: [&str; 4]| {
        let items: String = dates
            .iter()
            .enumerate()
            .map(|(at, date)| {
                format!(
                    "<item><title>a{at}</title><link>https://snow.example/{at}</link><guid>https://snow.example/{at}</guid>\n\
                     <!-- slugline-ignore equal-dates -->\n<pubDate>{date}</pubDate></item>\n"
                )
            })
            .collect();
        let text = format!(
            "<rss version=\"2.0\"><channel><title>a</title><link>https://snow.example/</link>\n\
             <description>a</description>\n{items}</channel></rss>\n"
        );
        let checked = check("a.xml", text, &options);
        let findings = checked.document.findings.iter().filter(|finding| finding.severity >= Severity::Warning);
        findings.map(|finding| finding.code.to_string()).collect::<Vec<_>>()
    };
    let day = |day| format!("Mon, {day:02} Sep 2025 03:17:09 +0200");
    let (one, two, three, four) = (day(1), day(8), day(15), day(22));
    assert_eq!(
        codes([&four, &three, &two, &one]),
        ["unused-ignore"; 4],
        "a hint is looked for where a comment speaks of it"
    );
    assert_eq!(codes([&one, &one, &one, &one]).len(), 3, "it stands at one of them, and is silenced there");
}

#[test]
fn many_comments_take_linear_time() {
    let comments = "<!-- slugline-ignore x -->".repeat(40_000);
    let text = format!("---\nslug: a\ndate: 2025-01-01\n---\n{comments}{}", "\n".repeat(200_000));
    assert_eq!(check("a.md", text, &options(None, "")).document.findings.len(), 1_000);
    let comments = "# slugline-ignore named-zone\n".repeat(8_000);
    check("a.md", format!("---\n{comments}slug: a\n---\n"), &options(None, ""));
}

#[test]
fn a_code_that_is_off_is_not_missed() {
    let mut options = options(None, "");
    let text = "---\ntags: [ok] # slugline-ignore ambiguous-value\n---\n";
    assert_eq!(check("a.md", text, &options).document.findings.len(), 1);
    options.settings = Arc::new(made(|settings: &mut Settings| {
        settings.ignore = vec!["ambiguous-value".to_owned()];
    }));
    assert!(check("a.md", text, &options).document.findings.is_empty());
    options.settings = Arc::new(made(|settings: &mut Settings| {
        settings.select = vec!["unused-ignore".to_owned()];
    }));
    assert!(check("a.md", text, &options).document.findings.is_empty());
}

#[test]
fn many_facts_and_many_backticks_take_linear_time() {
    let aliases = vec!["/a"; 20_000].join(", ");
    let code = "`{{ a }}` ".repeat(50_000);
    let ticks: String = (0..2_000).map(|run| format!("{}x", "`".repeat(run % 700 + 1))).collect();
    for body in [code, ticks] {
        check("a.md", format!("---\naliases: [{aliases}]\n---\n{body}\n"), &options(None, "hugo"));
    }
}
