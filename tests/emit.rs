//! What is written as a head is read back as the same values, whatever the text.
#![allow(clippy::unwrap_used)]

mod support;

use proptest::prelude::*;
use serde_json::{Value, json};
use slugline::{
    limits::Limits,
    syntax::{
        emit::{self, Layout, Line},
        head::{self, Close, Fences, HeadFormat},
        tree::{Style, Tree},
    },
};
use support::made;

const STYLES: [Option<Style>; 6] =
    [None, Some(Style::Plain), Some(Style::Single), Some(Style::Double), Some(Style::Block), Some(Style::Flow)];

const LAYOUTS: [Layout; 3] = [
    Layout { quotes: Style::Double, list_indent: 2 },
    Layout { quotes: Style::Single, list_indent: 0 },
    Layout { quotes: Style::Double, list_indent: 0 },
];

/// The formats that hold any value. Lines `Key: value` hold text alone.
const TYPED: [HeadFormat; 4] = [HeadFormat::Yaml, HeadFormat::Toml, HeadFormat::Json, HeadFormat::BareJson];

fn fences() -> Fences {
    made(|fences: &mut Fences| {
        fences.formats = TYPED.to_vec();
        fences.close = Close::Prefix;
        fences.dots = true;
    })
}

/// Text that has broken writers of front matter before, and every leading sign.
fn nasty() -> Vec<String> {
    let mut texts: Vec<String> = [
        "",
        " ",
        "  x",
        "x  ",
        "---",
        "---\nadmin: true",
        "--- x",
        "...",
        "+++",
        "x\n---\ny",
        "x\n...\n",
        "a: b",
        "a:",
        ":a",
        "a :b",
        "a #b",
        "#a",
        "\"",
        "'",
        "''",
        "\\",
        "\\n",
        "{{ x }}",
        "{% x %}",
        "{{<",
        "[x]",
        "[",
        "]",
        "{",
        "}",
        "a, b",
        "!x",
        "!!str x",
        "&a",
        "*a",
        "*",
        "|",
        ">",
        "|-",
        "%",
        "@",
        "`",
        "?",
        "? x",
        "-",
        "- x",
        "-x",
        "=",
        "<<",
        "~",
        "null",
        "Null",
        "true",
        "TRUE",
        "yes",
        "No",
        "on",
        "OFF",
        "y",
        "N",
        "1",
        "-1",
        "+1",
        "1.0",
        "1.",
        ".5",
        "1e3",
        "1E+3",
        "0x1F",
        "0o17",
        "017",
        "0b11",
        "1_000",
        "12:34:56",
        "190:20:30.15",
        ".inf",
        "-.inf",
        ".nan",
        "2025-09-24",
        "2025-9-4",
        "2025-09-24T03:17:09Z",
        "2025-09-24 03:17:09 +2",
        "2025-02-30",
        "\n",
        "\n\n",
        "a\n",
        "a\n\n",
        "\na",
        " a\nb",
        "a\n b",
        "a\n\tb",
        "a \nb",
        "a\n \nb",
        "\t",
        "a\tb",
        "\ta",
        "a\t",
        "a\r\nb",
        "a\rb",
        "a\u{85}b",
        "a\u{2028}b",
        "a\u{2029}b",
        "\u{feff}a",
        "a\u{feff}",
        "a\u{0}b",
        "\u{1}",
        "\u{7f}",
        "\u{9b}2J",
        "\u{1b}[2J",
        "\u{fffe}",
        "\u{ffff}",
        "\u{202e}a",
        "\u{200b}",
        "\u{a0}a",
        "a\u{a0}",
        "\u{3000}",
        "é",
        "日本語",
        "𝄞",
        "\u{1fffe}",
        "\u{10ffff}",
        "<x>",
        "&amp;",
        "$x",
        "a\nb: c",
        "a\n# b",
        "key: |\n  x",
        "\"a\" b",
        "'a' b",
        "a'b",
        "a\"b",
        "a'b\"c\\d",
        "\"\"\"",
        "'''",
        "\\u0041",
    ]
    .map(str::to_owned)
    .to_vec();
    texts.push("x".repeat(10_000));
    texts.push("word ".repeat(2_000));
    texts.push("line\n".repeat(500));
    texts.push(format!("{}: x", "k".repeat(2_000)));
    texts
}

/// Writes and reads back; `None` when the head could not be read.
fn round_trip(format: HeadFormat, layout: Layout, lines: &[Line<'_>], body: &str) -> (String, Option<Value>) {
    let mut text = String::new();
    let left_out = emit::head(format, layout, lines, &mut text);
    assert!(left_out.is_empty(), "{left_out:?}");
    text.push_str(body);
    let split = head::split(&text, &fences());
    let Some(head) = split.head else { return (text, None) };
    assert_eq!(&text[head.body.clone()], body, "{text}");
    let (tree, findings) = head::parse(&text, &head, &Limits::default());
    let value = (!tree.nodes.is_empty() && findings.is_empty()).then(|| tree.to_value(Tree::ROOT));
    (text, value)
}

fn check(format: HeadFormat, layout: Layout, style: Option<Style>, items: Option<Style>, pairs: &[(String, Value)]) {
    let lines: Vec<Line<'_>> =
        pairs.iter().map(|(key, value)| Line { key, value, style, items, blank_before: false }).collect();
    let expected: Value = Value::Object(pairs.iter().cloned().collect());
    let (text, value) = round_trip(format, layout, &lines, "Body\n");
    assert_eq!(value.as_ref(), Some(&expected), "{format:?} {style:?} {items:?}\n{text}");
}

#[test]
fn nasty_text_is_read_back_in_every_place_and_style() {
    for text in nasty() {
        for format in TYPED {
            for (style, layout) in STYLES.into_iter().flat_map(|style| LAYOUTS.map(|layout| (style, layout))) {
                let pairs = [
                    ("before".to_owned(), json!("x")),
                    ("title".to_owned(), json!(text)),
                    (format!("k{text}"), json!("v")),
                    ("list".to_owned(), json!([text, "x", text])),
                    ("map".to_owned(), json!({"a": text, "b": [text], "c": {"d": text}})),
                    ("maps".to_owned(), json!([{"a": text, "b": text}, {"c": text}])),
                    ("after".to_owned(), json!(1)),
                ];
                check(format, layout, style, None, &pairs);
            }
            check(format, Layout::default(), Some(Style::Flow), Some(Style::Single), &[("l".into(), json!([text]))]);
        }
    }
}

#[test]
fn keys_may_be_any_text() {
    for text in nasty() {
        for format in TYPED {
            check(format, Layout::default(), None, None, &[(text.clone(), json!("v")), ("z".repeat(3), json!(1))]);
        }
    }
}

#[test]
fn what_toml_cannot_hold_is_said() {
    let (nothing, huge) = (Value::Null, json!(u64::MAX));
    let line = |key, value| Line { key, value, style: None, items: None, blank_before: false };
    let list = json!([1, null]);
    let lines = [line("a", &nothing), line("b", &huge), line("c", &list)];
    let mut text = String::new();
    assert_eq!(emit::head(HeadFormat::Toml, Layout::default(), &lines, &mut text), ["/a", "/b", "/c/1"]);
    assert_eq!(text, "+++\nb = \"18446744073709551615\"\nc = [1]\n+++\n");
}

#[test]
fn what_is_nested_too_deep_is_left_out_and_said() {
    let deep = (0..60).fold(json!(1), |value, _| json!([value]));
    let fits = (0..40).fold(json!(1), |value, _| json!({ "k": value }));
    for format in TYPED {
        let mut text = String::new();
        let lines = [Line { key: "deep", value: &deep, style: None, items: None, blank_before: false }];
        assert_eq!(emit::head(format, Layout::default(), &lines, &mut text), ["/deep"]);
        check(format, Layout::default(), None, None, &[("fits".into(), fits.clone())]);
    }
}

/// `tests/peers/nasty-strings` reads them with other parsers: `SLUGLINE_HEADS` names a folder for them.
#[test]
fn heads_that_other_readers_are_given_are_read_back() {
    let folder = std::env::var_os("SLUGLINE_HEADS").map(std::path::PathBuf::from);
    let mut number = 0;
    for text in nasty() {
        for (style, layout) in STYLES.into_iter().flat_map(|style| LAYOUTS.map(|layout| (style, layout))) {
            // A plain date is a date to YAML 1.1: a profile asks for it where a date belongs.
            if style == Some(Style::Plain) && text.starts_with("2025") {
                continue;
            }
            let value = json!({
                "title": text, "list": [text, "x"], "map": {"a": text, "b": [text]}, "maps": [{"a": text}],
                format!("k{text}"): 1.5e300, "after": -7,
            });
            let map = value.as_object().unwrap();
            let lines: Vec<Line<'_>> =
                map.iter().map(|(key, value)| Line { key, value, style, items: None, blank_before: false }).collect();
            let mut head = String::new();
            emit::head(HeadFormat::Yaml, layout, &lines, &mut head);
            let pairs: Vec<(String, Value)> = map.iter().map(|(key, value)| (key.clone(), value.clone())).collect();
            check(HeadFormat::Yaml, layout, style, None, &pairs);
            let inner = head.strip_prefix("---\n").and_then(|head| head.strip_suffix("---\n")).unwrap();
            if let Some(folder) = &folder {
                std::fs::write(folder.join(format!("{number}.yaml")), inner).unwrap();
                std::fs::write(folder.join(format!("{number}.json")), value.to_string()).unwrap();
            }
            number += 1;
        }
    }
}

fn text() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        4 => "[a-z]{1,6}",
        3 => proptest::sample::select(nasty()).prop_filter("short", |text| text.len() < 50),
        2 => "[-?:,\\[\\]{}#&*!|>'\"%@` \\\\\n\t=~.0-9]{1,4}",
        1 => any::<char>().prop_map(String::from),
    ];
    proptest::collection::vec(piece, 0..5).prop_map(|pieces| pieces.concat())
}

fn value() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        5 => text().prop_map(Value::String),
        1 => any::<bool>().prop_map(Value::Bool),
        1 => any::<i64>().prop_map(Value::from),
        1 => any::<f64>().prop_filter("finite", |number| number.is_finite()).prop_map(Value::from),
    ];
    leaf.prop_recursive(4, 24, 5, |inner| {
        prop_oneof![
            proptest::collection::vec(inner.clone(), 0..4).prop_map(Value::Array),
            proptest::collection::vec((text(), inner), 0..4)
                .prop_map(|pairs| Value::Object(pairs.into_iter().collect())),
        ]
    })
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_value_is_read_back(
        pairs in proptest::collection::vec((text(), value()), 0..5),
        format in proptest::sample::select(TYPED.to_vec()),
        style in proptest::sample::select(STYLES.to_vec()),
        items in proptest::sample::select(STYLES.to_vec()),
        layout in proptest::sample::select(LAYOUTS.to_vec()),
    ) {
        // A key stands once in a head.
        let mut seen = std::collections::HashSet::new();
        let pairs: Vec<(String, Value)> = pairs.into_iter().filter(|(key, _)| seen.insert(key.clone())).collect();
        // A table comes after the other keys in TOML: order apart, the values are the same.
        check(format, layout, style, items, &pairs);
    }

    #[test]
    fn splitting_and_parsing_never_panic(text in "(---|\\+\\+\\+|\\{)?[-+.{}\\[\\]:,'\"|>&*! \n\r\ta-c0-9=#\\\\%@`~<é]{0,80}(---|\\+\\+\\+|\\})?") {
        let split = head::split(&text, &fences());
        if let Some(head) = split.head {
            let (tree, findings) = head::parse(&text, &head, &Limits::default());
            for node in &tree.nodes {
                prop_assert!(text.get(node.range.clone()).is_some(), "{:?}", node);
            }
            for finding in findings.iter().chain(&split.findings) {
                if let slugline::finding::Place::Bytes(range) = &finding.place {
                    prop_assert!(text.get(range.clone()).is_some(), "{:?}", finding);
                }
            }
        }
    }

    #[test]
    fn yaml_between_fences_never_panics(inner in "[-.{}\\[\\]:,'\"|>&*! \n\r\ta-c0-9=#\\\\%@`~<é?]{0,60}") {
        for text in [format!("---\n{inner}\n---\n"), format!("---\ntitle: {inner}\nb: c\n---\n"), format!("+++\n{inner}\n+++\n")] {
            let Some(head) = head::split(&text, &Fences::default()).head else { continue };
            let (tree, findings) = head::parse(&text, &head, &Limits::default());
            prop_assert!(!tree.nodes.is_empty() || !findings.is_empty());
            for node in &tree.nodes {
                prop_assert!(text.get(node.range.clone()).is_some(), "{:?}", node);
            }
            for finding in &findings {
                if let slugline::finding::Place::Bytes(range) = &finding.place {
                    prop_assert!(text.get(range.clone()).is_some(), "{:?}", finding);
                }
                for edit in finding.fix.iter().flat_map(|fix| &fix.edits) {
                    prop_assert!(text.get(edit.range.clone()).is_some(), "{:?}", finding);
                }
            }
        }
    }
}
