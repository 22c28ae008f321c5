//! Heads: where the fences are, what the tree says, and where each finding points.

use std::fmt::Write;

use slugline::{
    finding::{Finding, Place},
    limits::Limits,
    profile::Profile,
    syntax::{
        head::{self, Fences},
        tree::{Kind, NodeId, Tree},
    },
};

fn fences(profile: &str) -> Fences {
    Profile::built_in(profile).expect("a built-in profile").fences
}

fn hugo() -> Fences {
    fences("hugo")
}

fn jekyll() -> Fences {
    fences("jekyll")
}

fn place(text: &str, place: &Place) -> String {
    match place {
        Place::Bytes(range) => format!("{range:?} {:?}", &text[range.clone()]),
        other => format!("{other:?}"),
    }
}

fn show_findings(text: &str, findings: &[Finding], out: &mut String) {
    for finding in findings {
        writeln!(out, "  {} {}: {}", finding.severity.name(), finding.code, finding.message).expect("text");
        let label = finding.label.as_deref().map(|label| format!("  ({label})")).unwrap_or_default();
        writeln!(out, "    at {}{label}", place(text, &finding.place)).expect("text");
        for related in &finding.related {
            writeln!(out, "    at {}  ({})", place(text, &related.place), related.label).expect("text");
        }
        if let Some(help) = &finding.help {
            writeln!(out, "    help: {help}").expect("text");
        }
        for edit in finding.fix.iter().flat_map(|fix| &fix.edits) {
            writeln!(out, "    fix: {:?} becomes {:?}", &text[edit.range.clone()], edit.text).expect("text");
        }
    }
}

fn show_node(text: &str, tree: &Tree, id: NodeId, depth: usize, out: &mut String) {
    let node = tree.node(id);
    let at = format!("{:?} {:?}", node.range, &text[node.range.clone()]);
    let indent = "  ".repeat(depth);
    match &node.kind {
        Kind::List(items) => {
            writeln!(out, "list {:?} {at}", node.style).expect("text");
            for &item in items {
                write!(out, "{indent}  - ").expect("text");
                show_node(text, tree, item, depth + 1, out);
            }
        }
        Kind::Map(entries) => {
            writeln!(out, "map {:?} {at}", node.style).expect("text");
            for entry in entries {
                write!(out, "{indent}  {:?} {:?}: ", entry.key, entry.key_range).expect("text");
                show_node(text, tree, entry.value, depth + 1, out);
            }
        }
        kind => writeln!(out, "{kind:?} {:?} {at}", node.style).expect("text"),
    }
}

/// Everything that is known of a head, as text.
fn show(name: &str, text: &str, fences: &Fences, out: &mut String) {
    writeln!(out, "## {name}\n{text:?}").expect("text");
    let split = head::split(text, fences);
    show_findings(text, &split.findings, out);
    let Some(head) = split.head else {
        writeln!(out, "no head\n").expect("text");
        return;
    };
    let part = |range: &std::ops::Range<usize>| format!("{:?} {:?}", range, &text[range.clone()]);
    writeln!(out, "{} open {} close {}", head.format.name(), part(&head.open), part(&head.close)).expect("text");
    writeln!(out, "body {}", part(&head.body)).expect("text");
    let (tree, findings) = head::parse(text, &head, &Limits::default());
    show_findings(text, &findings, out);
    if tree.nodes.is_empty() {
        writeln!(out, "no tree\n").expect("text");
    } else {
        show_node(text, &tree, Tree::ROOT, 0, out);
        out.push('\n');
    }
}

fn show_all(cases: &[(&str, &str)], fences: &Fences) -> String {
    let mut out = String::new();
    for (name, text) in cases {
        show(name, text, fences, &mut out);
    }
    out
}

const FENCES: &[(&str, &str)] = &[
    ("yaml", "---\na: 1\n---\nBody\n"),
    ("toml", "+++\na = 1\n+++\nBody\n"),
    ("json", "{\n  \"a\": 1\n}\n\nBody\n"),
    ("json and body on one line", "{\"a\": \"}\\\"\"} Body\n"),
    ("crlf", "---\r\na: 1\r\n---\r\nBody\r\n"),
    ("cr", "---\ra: 1\r---\rBody\r"),
    ("blanks on the fences", "--- \na: 1\n---\t \nBody\n"),
    ("no line end after the last fence", "---\na: 1\n---"),
    ("empty", "---\n---\nBody\n"),
    ("only a comment", "---\n# nothing\n---\n"),
    ("null", "---\nnull\n---\n"),
    ("a list", "---\n- a\n- b\n---\n"),
    ("text", "---\ntitle:Budget\n---\n"),
    ("fence in a block scalar", "---\na: |\n  x\n  ---\n  y\n---\nBody\n"),
    ("fence in the body", "---\na: 1\n---\nBody\n\n---\n\nmore\n"),
    ("dashes of another fence inside", "+++\na = '---'\n---\n+++\n"),
    ("three dots", "---\na: 1\n...\nBody\n"),
    ("four dashes open", "----\na: 1\n---\nBody\n"),
    ("four dashes close", "---\na: 1\n----\nBody\n---\n"),
    ("language on the fence", "---yaml\na: 1\n---\nBody\n"),
    ("blank lines above", "\n\n---\na: 1\n---\nBody\n"),
    ("two heads", "---\na: 1\n---\n\n---\nb: 2\n---\nBody\n"),
    ("a line across the page after the head", "---\na: 1\n---\n---\n\nText: with colon\n\n---\n"),
    ("no end", "---\ntitle: Snow\ntags: [weather]\n\nIt snowed.\n"),
    ("no end and no body", "---\ntitle: Snow\n"),
    ("no end, heading", "---\ntitle: Snow\n# a comment\nx: |\n  deep\n\n# Snow\n"),
    ("no end in toml", "+++\ntitle = 'Snow'\n[extra]\na = 1\nIt snowed.\n"),
    ("no end in json", "{\"title\": \"Snow\"\n\nIt snowed.\n"),
    ("a template tag is no json", "{{< note >}}\nBody\n"),
    ("an attribute list is no json", "{: .note}\nBody\n"),
    ("no head", "Body\n"),
    ("nothing", ""),
    ("only blank lines", "\n \n"),
];

#[test]
fn fences_as_hugo_takes_them() {
    insta::assert_snapshot!(show_all(FENCES, &hugo()));
}

#[test]
fn fences_as_jekyll_takes_them() {
    insta::assert_snapshot!(show_all(FENCES, &jekyll()));
}

/// Beginnings and ends of heads that generators take differently.
const DELIMITERS: &[(&str, &str)] = &[
    ("four dashes", "----\na: 1\n----\nBody\n"),
    ("four dashes open, three close", "----\na: 1\n---\nBody\n"),
    ("three open, four close", "---\na: 1\n----\nBody\n"),
    ("trailing blanks", "--- \na: 1\n--- \nBody\n"),
    ("a language", "---yaml\na: 1\n---\nBody\n"),
    ("json by its language", "---json\n{\"a\": 1}\n---\nBody\n"),
    ("a program", "---js\n{ a: 1 }\n---\nBody\n"),
    ("dots close", "---\na: 1\n...\nBody\n"),
    ("no close", "---\na: 1\n\nBody\n"),
    ("no close and no body", "---\na: 1\n"),
    ("empty", "---\n---\nBody\n"),
    ("null", "---\nnull\n---\nBody\n"),
    ("a list", "---\n- a\n---\nBody\n"),
    ("text", "---\nabc\n---\nBody\n"),
    ("fence in a block scalar", "---\na: |\n  x\n  ---\n  y\nb: 1\n---\nBody\n"),
    ("line across the body", "---\na: 1\n---\nBody\n\n---\n\nmore\n"),
    ("body right after the fence", "---\na: 1\n---Body\n"),
    ("crlf", "---\r\na: 1\r\n---\r\nBody\r\n"),
    ("cr", "---\ra: 1\r---\rBody\r"),
    ("leading empty line", "\n---\na: 1\n---\nBody\n"),
    ("leading blank", " ---\na: 1\n---\nBody\n"),
    ("tabs", "---\na:\n\t- x\n---\nBody\n"),
    ("two heads", "---\na: 1\n---\n---\nb: 2\n---\nBody\n"),
    ("toml", "+++\na = 1\n+++\nBody\n"),
    ("dashes in toml", "+++\na = \"\"\"\n---\n\"\"\"\n+++\nBody\n"),
    ("pluses in toml", "+++\na = \"+++\"\nb = 1 # +++\n+++\nBody\n"),
    ("json", "{\n\"a\": 1\n}\nBody\n"),
    ("json without line end", "{\"a\": {\"b\": \"}\"}}Body\n"),
    ("json between fences", "---\n{\"a\": 1}\n---\nBody\n"),
    ("bare json", ";;;\n\"a\": 1,\n\"b\": [2]\n;;;\nBody\n"),
    ("bare json unopened", "\"a\": 1,\n\"b\": [2]\n;;;\nBody\n"),
    ("yaml unopened", "a: 1\nb: 2\n---\nBody\n"),
    ("lines with a key", "Title: One: two\nTags: x, y\n    z\n\nBody\n"),
    ("lines between fences", "---\nTitle: \"One\"\n\nTags: x\n---\nBody\n"),
    ("lines and then text", "Title: One\nBody\n"),
    ("org", "#+TITLE: One\n#+TAGS[]: x y\n#+DATE: <2025-01-14 Tue>\n#+SEE: a\n#+SEE: b\n#+DRAFT: true\nBody\n"),
    ("nul", "---\na: x\0y\n---\nBody\n"),
    ("template", "---\ndate: {{ .Date }}\n---\nBody\n"),
    ("a list at the top", "- one\n- two\n"),
    ("a line across the top", "---\n\nBody\n"),
    ("no head", "Body: text\n"),
];

/// What a generator makes of a text: its head's format and keys, its body, and what is said.
fn outcome(text: &str, fences: &Fences) -> String {
    let split = head::split(text, fences);
    let mut said: Vec<Finding> = split.findings;
    let mut out = String::from("no head");
    if let Some(head) = &split.head {
        let (tree, findings) = head::parse(text, head, &Limits::default());
        said.extend(findings);
        let values: Vec<String> = tree
            .entries()
            .iter()
            .map(|entry| {
                let written = &text[tree.node(entry.value).range.clone()];
                assert!(
                    text[entry.key_range.clone()].to_lowercase().contains(entry.key.to_lowercase().as_str()),
                    "{text:?}"
                );
                format!("{}={} at {written:?}", entry.key, tree.to_value(entry.value))
            })
            .collect();
        out = format!("{} {{{}}} body {:?}", head.format.name(), values.join(", "), &text[head.body.clone()]);
    }
    for finding in said {
        write!(out, "\n    {} {}: {}", finding.severity.name(), finding.code, finding.message).expect("text");
    }
    out
}

#[test]
fn delimiters_as_each_generator_takes_them() {
    let mut out = String::new();
    for (name, text) in DELIMITERS {
        writeln!(out, "## {name}\n{text:?}").expect("text");
        let mut outcomes: Vec<(String, Vec<&str>)> = Vec::new();
        for profile in Profile::names() {
            let made = outcome(text, &fences(profile));
            match outcomes.iter_mut().find(|(known, _)| *known == made) {
                Some((_, profiles)) => profiles.push(profile),
                None => outcomes.push((made, vec![profile])),
            }
        }
        for (made, profiles) in outcomes {
            writeln!(out, "- {}\n  {made}", profiles.join(", ")).expect("text");
        }
        out.push('\n');
    }
    insta::assert_snapshot!(out);
}

const TREES: &[(&str, &str)] = &[
    ("scalars", "---\ntitle: A title # comment\nn: 12\nf: 1.10\nb: true\nx: ~\ne:\nq: 'it''s'\nd: \"a\\tb\"\n---\n"),
    ("dates stay text", "---\ndate: 2025-09-24\nat: 2025-09-24T03:17:09+02:00\nq: '2025-09-24'\n---\n"),
    ("lists", "---\na:\n- x\n-\n- 'y'\nb:\n  - z\nc: [p, q]\nd: []\n---\n"),
    ("maps", "---\na:\n  b:\n    c: 1\n  d:\ne: {f: 1, g: [h]}\n---\n"),
    ("blocks", "---\na: |\n  one\n  two\n\nb: >-\n  x\n  y\nc: 1\n---\n"),
    ("several lines", "---\na: one\n  two\nb: \"one\n  two\"\n---\n"),
    ("wide characters", "---\n日本: \"é𝄞\"\nb: x\n---\n"),
    ("crlf", "---\r\na: x\r\nb:\r\n- y\r\n---\r\n"),
    ("aliases", "---\na: &x [1, {b: 2}]\nc: *x\n---\n"),
    ("merge", "---\nbase: &b {x: 1, y: 2}\na:\n  <<: *b\n  x: 3\n---\n"),
    ("quoted merge key is a key", "---\n\"<<\": {x: 1}\n---\n"),
    ("keys that are no text", "---\n1: a\ntrue: b\n~: c\n---\n"),
    ("tags", "---\na: !!str 12\nb: !!int 12\nc: !date 2025-01-01\nd: !!int x\ne: ! 12\nf: !!set {a, b}\n---\n"),
    (
        "toml",
        "+++\ntitle = \"T\" # c\nn = 1\nf = 1.5\nb = true\nd = 2025-09-24T03:17:09Z\nl = ['a', \"b\"]\ni = { x = 1 }\nm = '''\nx'''\nk.dotted = 1\n[t]\na.b = 1\n[[r]]\nx = 1\n[[r]]\nx = 2\n+++\n",
    ),
    ("toml infinity", "+++\na = inf\n+++\n"),
];

#[test]
fn trees_know_the_bytes_of_each_key_and_value() {
    insta::assert_snapshot!(show_all(TREES, &hugo()));
}

const MISTAKES: &[(&str, &str)] = &[
    ("unquoted colon", "---\ntitle: Budget: what passed\ntags: [a]\n---\n"),
    ("unquoted colon at the end", "---\ntitle: Budget:\ntags: [a]\n---\n"),
    ("unquoted colon below another key", "---\na:\n  title: Budget: what \"passed\"\n---\n"),
    ("unquoted colon in a list", "---\ntags:\n  - x\ntitle: One: two: three # note\n---\n"),
    ("tab", "---\ntags:\n\t- a\n---\n"),
    ("tab before a key", "---\na:\n\tb: 1\n---\n"),
    ("unclosed double quote", "---\ntitle: \"Budget\ndate: 2025-01-01\n---\n"),
    ("unclosed double quote closed by the next", "---\ntitle: \"Budget\nslug: \"budget\"\n---\n"),
    ("unclosed single quote", "---\ntitle: 'Budget\n---\n"),
    ("apostrophe in single quotes", "---\ntitle: 'It's late'\n---\n"),
    ("quotes in double quotes", "---\ntitle: \"The \"best\" of it\"\n---\n"),
    ("text after quotes", "---\ntitle: \"Best\" of it\n---\n"),
    ("bold", "---\ntitle: *Bold* title\n---\n"),
    ("at sign", "---\nauthor: @ada\n---\n"),
    ("percent", "---\ntitle: %5 more\n---\n"),
    ("bracket", "---\ntitle: [Draft] Budget\n---\n"),
    ("template", "---\ntitle: {{ .Title }}\n---\n"),
    ("unclosed bracket", "---\ntags: [a, b\ntitle: x\n---\n"),
    ("no blank after the colon", "---\ntitle: x\nslug:y\n---\n"),
    ("bad indentation", "---\ntitle: x\n  slug: y\n---\n"),
    ("item on the key's line", "---\ntags: - a\n---\n"),
    ("bad escape", "---\npath: \"C:\\docs\"\n---\n"),
    ("two documents", "---\na: 1\n...\nb: 2\n---\n"),
    ("cyclic alias", "---\na: &x [*x]\n---\n"),
    ("a list as key", "---\n? [a]\n: b\n---\n"),
    ("duplicate", "---\ntags: [weather]\ntitle: Snow\ntags: [snow]\n---\n"),
    ("duplicate with quotes and the same value", "---\na: 1\n\"a\": 1\n---\n"),
    ("duplicate deep down", "---\na:\n  - b: 1\n    b: 2\n---\n"),
    ("toml duplicate", "+++\na = 1\ntitle = 'x'\na = 2\n+++\n"),
    ("toml duplicate table", "+++\n[a]\nx = 1\n[a]\ny = 2\n+++\n"),
    ("toml with yaml in it", "+++\ntitle: Snow\n+++\n"),
    ("toml without quotes", "+++\ntitle = Snow day\n+++\n"),
    ("toml unclosed quote", "+++\ntitle = \"Snow\ndate = 2025-01-01\n+++\n"),
];

#[test]
fn mistakes_are_told_in_the_users_words_where_they_are() {
    insta::assert_snapshot!(show_all(MISTAKES, &Fences::default()));
}

#[test]
fn bombs_are_refused_at_once() {
    let mut aliases = String::from("---\na0: &a0 [x, x, x, x, x, x, x, x, x]\n");
    for level in 1..12 {
        let item = format!("*a{}", level - 1);
        writeln!(aliases, "a{level}: &a{level} [{}]", vec![item; 9].join(", ")).expect("text");
    }
    aliases.push_str("---\n");
    let many = format!("---\na: &a x\nb: [{}]\n---\n", vec!["*a"; 30_000].join(","));
    let deep = |open: &str, count: usize| format!("---\na: {}\n---\n", open.repeat(count));
    let toml = |count: usize| format!("+++\na = {}\n+++\n", "[".repeat(count));
    let merges = format!("---\nb: &b {{k: 1}}\nc:\n  <<: [{}]\n---\n", vec!["*b"; 9_000].join(","));
    let cases = [aliases, many, deep("[", 100_000), deep("{a: ", 20_000), deep("- ", 100_000), toml(100_000), merges];
    let mut limits = Limits::default();
    limits.head = 1 << 30;
    for text in cases {
        let split = head::split(&text, &hugo());
        let head = split.head.expect("the fences are there");
        let (tree, findings) = head::parse(&text, &head, &limits);
        assert!(tree.nodes.len() < 1_000 || findings.is_empty());
        assert!(findings.len() <= 1);
    }
}

#[test]
fn a_head_beyond_the_limit_is_refused_by_name() {
    let text = format!("---\na: {}\n---\n", "x".repeat(300 << 10));
    let head = head::split(&text, &hugo()).head.expect("a head");
    let (tree, findings) = head::parse(&text, &head, &Limits::default());
    assert!(tree.nodes.is_empty());
    assert_eq!(findings[0].code, "limit-reached");
    assert!(findings[0].message.contains("`head`"), "{}", findings[0].message);
}

#[test]
fn no_mix_of_fences_and_lines_panics_or_points_outside() {
    const PIECES: &[&str] = &[
        "---",
        "+++",
        ";;;",
        "...",
        "\n",
        "\n",
        "\n",
        "\r\n",
        "\r",
        " ",
        "\t",
        "a: 1",
        "b: \"x\"",
        "{",
        "}",
        "\"a\": 1",
        ",",
        "#+A: b",
        "#+B[]: c d",
        "Title: x",
        "Tags: é, y",
        "é",
        "\u{feff}",
        "    y",
        "- x",
        "\"",
        "[[z]]",
        "'",
        "json",
        "a = 1",
        "[t]",
        "|",
    ];
    let profiles: Vec<Fences> = Profile::names().into_iter().map(fences).collect();
    // A generator of numbers that is the same on every run.
    let mut state = 0x2545_f491_4f6c_dd1d_u64;
    let mut next = |below: usize| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) as usize % below
    };
    for _ in 0..4_000 {
        let text: String = (0..2 + next(14)).map(|_| PIECES[next(PIECES.len())]).collect();
        for fences in &profiles {
            let split = head::split(&text, fences);
            let mut findings = split.findings;
            let mut ranges = vec![split.body];
            if let Some(head) = &split.head {
                let (tree, found) = head::parse(&text, head, &Limits::default());
                findings.extend(found);
                ranges.extend([head.open.clone(), head.inner.clone(), head.close.clone(), head.body.clone()]);
                assert!(head.open.end <= head.inner.end && head.inner.end <= head.body.start, "{text:?} {head:?}");
                ranges.extend(tree.nodes.iter().map(|node| node.range.clone()));
                for node in &tree.nodes {
                    if let Kind::Map(entries) = &node.kind {
                        ranges.extend(entries.iter().map(|entry| entry.key_range.clone()));
                    }
                }
            }
            for finding in &findings {
                ranges.extend(finding.fix.iter().flat_map(|fix| &fix.edits).map(|edit| edit.range.clone()));
                let related = finding.related.iter().map(|related| &related.place);
                ranges.extend(related.chain([&finding.place]).filter_map(|place| match place {
                    Place::Bytes(range) => Some(range.clone()),
                    _ => None,
                }));
            }
            for range in ranges {
                assert!(text.get(range.clone()).is_some(), "{range:?} of {text:?}");
            }
        }
    }
}
