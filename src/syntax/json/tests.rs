mod grammar;

use proptest::prelude::*;
use serde_json::{Value, json};

use super::{write::Layout, *};
use crate::{
    finding::{Finding, Place},
    limits::Limits,
    syntax::tree::Tree,
};

fn read(text: &str) -> (Option<Value>, Vec<Finding>) {
    let (tree, findings) = parse(text, 0..text.len(), &Limits::default());
    ((!tree.nodes.is_empty()).then(|| tree.to_value(Tree::ROOT)), findings)
}

/// The tokens, from a source that gives one byte at a time.
fn stream(text: &str, repair: bool) -> Result<Vec<String>, Fault> {
    struct Slow<'t>(&'t [u8]);
    impl std::io::Read for Slow<'_> {
        fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
            let Some((&first, rest)) = self.0.split_first() else { return Ok(0) };
            buffer[0] = first;
            self.0 = rest;
            Ok(1)
        }
    }
    let mut json = Json::new(Box::new(Slow(text.as_bytes())), Limits::default(), repair);
    let mut tokens = Vec::new();
    loop {
        match json.next()? {
            Token::End => return Ok(tokens),
            token => tokens.push(format!("{token:?}")),
        }
    }
}

#[test]
fn common_mistakes_are_told_in_the_users_words() {
    let texts = [
        "{\"a\": 1,}",
        "{'a': 1}",
        "{\"a\": 'b'}",
        "{\"a\": 1\n \"b\": 2}",
        "{\"a\": 1} // x",
        "{a: 1}",
        "{\"a\" 1}",
        "{\"a\": True}",
        "{\"a\": NaN}",
        "{\"a\": \"x\ny\"}",
        "{\"a\": \"C:\\dir\"}",
        "{\"a\": 01}",
        "{\"a\": 1}{\"a\": 2}",
        "{\"a\": [1, 2}",
        "{\"a\": \"b",
        "{\"a\": 1",
        "{\"a\": yes}",
    ];
    let mut shown = String::new();
    for text in texts {
        shown += &format!("{text}\n");
        for finding in read(text).1 {
            let Place::Bytes(range) = &finding.place else { continue };
            let (at, what) = (&finding.message, finding.help.as_deref().unwrap_or("-"));
            shown += &format!("  {range:?} {:?}: {at}; {what}\n", &text[range.clone()]);
        }
    }
    insta::assert_snapshot!(shown);
}

#[test]
fn duplicates_are_told_with_both_places_and_the_first_counts() {
    let (value, findings) = read("{\"x\": [{\"a/b\": 1, \"c\": 2, \"a\\/b\": {\"d\": 3}}]}");
    assert_eq!(value, Some(json!({"x": [{"a/b": 1, "c": 2}]})));
    let [finding] = &findings[..] else { panic!("{findings:?}") };
    assert_eq!((&*finding.code, &*finding.pointer), ("duplicate-key", "/x/0/a~1b"));
    assert_eq!((&finding.place, &finding.related[0].place), (&Place::Bytes(8..13), &Place::Bytes(26..32)));
    let many: String = (0..50).map(|at| format!("\"k{}\": {at},", at % 40)).collect();
    let (value, findings) = read(&format!("{{{}}}", many.trim_end_matches(',')));
    assert_eq!((findings.len(), value.map(|value| value["k3"].clone())), (10, Some(json!(3))));
}

#[test]
fn numbers_are_kept_exactly_or_as_text() {
    for text in
        ["0", "-0", "1.5", "18446744073709551615", "-9223372036854775808", "1e22", "0.1", "1.10", "5e-324", "1e-7"]
    {
        assert!(number(text).is_some(), "{text}");
    }
    for text in
        ["1e400", "-1e400", "18446744073709551616", "123456789012345678901234567890", "0.1234567890123456789", "1e-400"]
    {
        assert!(number(text).is_none(), "{text}");
        let (value, findings) = read(text);
        assert_eq!((value, &*findings[0].code), (Some(json!(text)), "inexact-number"));
    }
}

#[test]
fn lone_surrogates_become_the_replacement_character() {
    for (text, value) in [
        ("[\"\\uD800\"]", "\u{fffd}"),
        ("[\"\\uDC00a\"]", "\u{fffd}a"),
        ("[\"\\uD800\\n\"]", "\u{fffd}\n"),
        ("[\"\\uD800\\uD800\\uDC00\"]", "\u{fffd}\u{10000}"),
    ] {
        let (read, findings) = read(text);
        assert_eq!((read, &*findings[0].code), (Some(json!([value])), "lone-surrogate"), "{text}");
    }
}

#[test]
fn trees_know_the_bytes_of_keys_and_values() {
    let text = "--{\"ké\": [1, {\"b\": \"x\\n\"}], \"e\": {}}--";
    let (tree, findings) = parse(text, 2..text.len() - 2, &Limits::default());
    assert!(findings.is_empty());
    let at = |pointer: &str| {
        let (node, key) = tree.resolve(pointer).expect(pointer);
        (&text[tree.node(node).range.clone()], key.map(|key| &text[key]))
    };
    assert_eq!(at("/ké"), ("[1, {\"b\": \"x\\n\"}]", Some("\"ké\"")));
    assert_eq!(at("/ké/0"), ("1", None));
    assert_eq!(at("/ké/1/b"), ("\"x\\n\"", Some("\"b\"")));
    assert_eq!(at("/e"), ("{}", Some("\"e\"")));
    assert_eq!(at(""), (&text[2..text.len() - 2], None));
}

#[test]
fn streams_tell_lines_and_columns_across_windows() {
    let text = format!("[\r\n{}\"é\",\r  ?]", "\"0123456789abcde\",\n".repeat(20_000));
    let Err(fault) = stream(&text, true) else { panic!("no fault") };
    let error = fault.into_error();
    assert_eq!(error.position, Some((20_003, 3)));
    let long = format!("[\"{}\\u0041{}\", 7]", "x".repeat(300_000), "é".repeat(100_000));
    let tokens = stream(&long, false).expect("valid");
    assert!(tokens[1].contains("xAé") && tokens[2] == "Number(\"7\")");
}

#[test]
fn skipping_passes_over_whole_values() {
    let text = "{\"a\": [{\"b\": [1, \"x\\\"\"]}, 2], \"c\": \"\\u0041\", \"d\": 3}";
    let mut json = Json::new(Box::new(text.as_bytes()), Limits::default(), true);
    let mut keys = Vec::new();
    loop {
        match json.next().expect("valid") {
            Token::Key(key) => {
                keys.push(key.to_owned());
                json.skip().expect("valid");
            }
            Token::End => break,
            _ => {}
        }
    }
    assert_eq!(keys, ["a", "c", "d"]);
}

#[test]
fn values_are_laid_out_as_a_person_would() {
    let value =
        json!({"a": [1, {"b": []}], "c": {}, "d": "\u{1}\"\\/\u{8}\u{c}\r\t\u{7f}é\u{2028}", "e": [null, true]});
    let lay = |layout| {
        let mut out = Vec::new();
        write::value(&mut out, &value, layout);
        String::from_utf8(out).expect("UTF-8")
    };
    let line = "{\"a\": [1, {\"b\": []}], \"c\": {}, \"d\": \"\\u0001\\\"\\\\/\\b\\f\\r\\t\u{7f}é\u{2028}\", \"e\": [null, true]}";
    assert_eq!(lay(Layout::Line), line);
    assert_eq!(lay(Layout::Lines(0)), serde_json::to_string_pretty(&value).expect("a value"));
}

fn values() -> impl Strategy<Value = Value> {
    let scalar = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::Bool),
        any::<i64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        "\\PC{0,50}|[\u{0}-\u{30}\"\\\\]{0,40}".prop_map(Value::from),
    ];
    scalar.prop_recursive(4, 40, 6, |inner| {
        prop_oneof![
            proptest::collection::vec(inner.clone(), 0..5).prop_map(Value::from),
            proptest::collection::vec(("\\PC{0,4}", inner), 0..5)
                .prop_map(|list| Value::Object(list.into_iter().collect())),
        ]
    })
}

#[test]
fn a_double_may_be_spelt_in_either_of_two_shortest_ways() {
    for text in ["-183646795542530.62", "-183646795542530.63", "5e-324", "0.1", "1e22"] {
        assert!(read(text).1.is_empty(), "{text}");
    }
    for text in ["183646795542530.621", "1e400", "0.1000000000000000055", "123456789012345678901234567890"] {
        assert!(!read(text).1.is_empty(), "{text}");
    }
}

proptest! {
    #[test]
    fn what_is_written_reads_back(value in values()) {
        for layout in [Layout::Line, Layout::Lines(0), Layout::Lines(3)] {
            let mut out = Vec::new();
            write::value(&mut out, &value, layout);
            let text = String::from_utf8(out).expect("UTF-8");
            let (again, findings) = read(&text);
            prop_assert!(findings.is_empty(), "{:?}", findings);
            prop_assert_eq!(again.as_ref(), Some(&value));
            let mut json = Json::new(Box::new(text.as_bytes()), Limits::default(), false);
            prop_assert_eq!(json.read_value().ok(), Some(value.clone()));
        }
    }

    #[test]
    fn no_text_panics_and_verdicts_agree(text in "([\\[\\]{},:\"\\\\ \n'/*0-9eE.u+-]|true|null|\\\\ud83d|\\PC){0,30}") {
        let (value, findings) = read(&text);
        let theirs = serde_json::from_str::<Value>(&text);
        let ours = findings.iter().all(|finding| matches!(&*finding.code, "duplicate-key" | "inexact-number" | "lone-surrogate"));
        if theirs.is_ok() {
            prop_assert!(ours && value.is_some(), "{:?}", findings);
        } else if ours {
            prop_assert!(!findings.is_empty(), "accepted");
        }
        prop_assert_eq!(stream(&text, false).is_ok(), ours);
    }
}

proptest! {
    /// Against serde_json, which escapes the same and no more.
    #[test]
    fn strings_are_written_as_serde_json_writes_them(text in "[ -~\"\\\\\u{0}-\u{1f}é日\u{7f}\u{80}]{0,120}") {
        let mut out = Vec::new();
        super::write::string(&mut out, &text);
        prop_assert_eq!(String::from_utf8(out).expect("UTF-8"), serde_json::to_string(&text).expect("JSON"));
    }
}
