use std::{fs, io::Write, path::Path, process::Command};

use proptest::prelude::{prop, prop_assert_eq, proptest};

use super::super::{parse_fully, scan_plain};
use crate::{
    limits::Limits,
    syntax::head::{self, Fences, HeadFormat},
};

fn agree(text: &str) -> Result<bool, String> {
    let range = 0..text.len();
    let Some(tree) = scan_plain(text, range.clone(), &Limits::default()) else { return Ok(false) };
    let (full, findings) = parse_fully(text, range, &Limits::default());
    if full != tree || !findings.is_empty() {
        return Err(format!("{text:?}\n{tree:#?}\n{full:#?}\n{findings:#?}"));
    }
    Ok(true)
}

#[test]
fn plain_heads_are_accepted() {
    for text in [
        "title: A post\nslug: a-post\ndate: 2025-09-24T03:17:09Z\n",
        "title: \"A: post\"\nother: 'it''s'\n\ntags:\n- a\n- \"b\"\n  \ndraft: false\n",
        "tags:\n  - a b\n  - 'c'\n",
        "empty:\n# comment\nlist: [a, \"b, c\", 'd', 12]\nnone: []\nlast:\r\n",
        "a: x # y\nb: \"#\" # c\nc: # d\nd: [ e ] # f\ng: h#i\n",
        "a: |\n  x\n",
        "a: >-  # why\n  one\n  two\n\n  three \n\n\nb: |\r\n    x\r\n      y\r\n\r\n",
        "a: >\n\n x\n y\n# comment\nb:\n",
        "a: \"b\\n\\\"c\\\" \\\\\"\n",
        "a:\n  b: c\n  d:\n    - e\n    - f\n  # comment\n  g:\nh: i\n",
        "a:\n- b: c\n  d: e\n  f:\n  - g\n- b:\n    c: d\n- e\n",
        "a:\n  b: |\n   x\n  c: >-\n      y\n      z\nd: e\n",
    ] {
        assert_eq!(agree(text), Ok(true), "{text}");
    }
}

#[test]
fn what_is_more_than_plain_is_declined() {
    for text in [
        "a: b: c\n",
        "a: b: # c\n",
        "a:# c\n",
        "a: \"b\"# c\n",
        "a: |+\n  x\n",
        "a: |2\n  x\n",
        "a: |x\n  x\n",
        "a: |\nb: c\n",
        "a: |\n",
        "a: |\n  x",
        "a: |\n  x\n y\n",
        "a: >\n  x\n   y\n",
        "a: |\n   \n  x\n",
        "a: |\n  x\n   \n",
        "a:\n- |\n  x\n",
        "a:\n- b: |\n    x\n",
        "a: b\n  c\n",
        "a: b\n  c: d\n",
        "a: &x b\n",
        "a: {b: c}\n",
        "a: \"\\x20\"\n",
        "a: 'b\n  c'\n",
        "a: x\na: y\n",
        "a:\n  b: x\n  b: y\n",
        "a:\n  b: x\n c: y\n",
        "- a\n",
        " a: b\n",
        "a:\n-\n",
        "a:\n- - b\n",
        "a:\n- b\n   c\n",
        "a:\n  - b\n - c\n",
        "a: b\n- c\n",
        "a:\n  b: c\n  - d\n",
        "a: [b,]\n",
        "a: [b: c]\n",
        "a: [b\n",
        "a:b\n",
        "\ta: b\n",
        "a: \tb\n",
        "--- x\n",
        "...\n",
        "a: @b\n",
        "a: *b\n",
        "<<: *b\n",
        "a: b\u{85}c\n",
        "a: b\rc\n",
        "日本: x\n",
        "",
    ] {
        assert_eq!(agree(text), Ok(false), "{text}");
    }
}

const PIECES: &[&str] = &[
    "a",
    "b:",
    "key: ",
    "k2: ",
    "- ",
    "  - ",
    "\n",
    "\n",
    "\r\n",
    " ",
    "\"",
    "'",
    "''",
    "[",
    "]",
    ", ",
    ",",
    "#",
    " # ",
    ":",
    ": ",
    "x y",
    "12",
    "0x1f",
    "1e3",
    "no",
    "true",
    "~",
    "null",
    "2025-01-02",
    "é",
    "日",
    "\u{a0}",
    "-",
    "---",
    "...",
    "|",
    ">",
    "&a",
    "*a",
    "!x",
    "{",
    "}",
    "?",
    "? ",
    "%",
    "@",
    "`",
    "\\",
    "/",
    ".",
    "+",
    "=",
    "<<: ",
    "\t",
    "list:\n",
    "(",
    "http://x.y/z?a=b&c",
    "\u{feff}",
    "\u{85}",
];

/// Heads that each property makes up; `PROPTEST_CASES` asks for others.
fn cases() -> u32 {
    std::env::var("PROPTEST_CASES").ok().and_then(|cases| cases.parse().ok()).unwrap_or(4_000)
}

proptest! {
    #![proptest_config(proptest::test_runner::Config { cases: cases(), failure_persistence: None, ..Default::default() })]

    #[test]
    fn what_is_accepted_is_what_the_parser_makes_of_it(pieces in prop::collection::vec(prop::sample::select(PIECES), 0..14)) {
        prop_assert_eq!(agree(&pieces.concat()).map(|_| ()), Ok(()));
    }

    #[test]
    fn lines_of_heads_are_read_alike(
        lines in prop::collection::vec((prop::sample::select(STARTS), prop::collection::vec(prop::sample::select(PIECES), 0..4)), 0..7)
    ) {
        let text: String = lines.iter().map(|(start, rest)| format!("{start}{}\n", rest.concat())).collect();
        prop_assert_eq!(agree(&text).map(|_| ()), Ok(()));
    }

    #[test]
    fn heads_that_nest_are_read_alike(lines in prop::collection::vec((0..6_usize, prop::sample::select(WHOLE)), 0..12), ends in prop::sample::select(&["\n", "\r\n"][..])) {
        let mut text = String::new();
        for (indent, line) in lines {
            text.extend([&" ".repeat(indent), line, ends]);
        }
        prop_assert_eq!(agree(&text).map(|_| ()), Ok(()));
    }

    #[test]
    fn heads_as_people_write_them_are_read_alike(entries in prop::collection::vec((prop::sample::select(KEYS), 0..VALUES.len(), 0..VALUES.len(), 0..3_usize), 0..7)) {
        let mut text = String::new();
        for (key, value, other, blanks) in entries {
            let value = VALUES[value].replace("{}", VALUES[other]);
            text.push_str(&format!("{key}:{}{}\n", if value.starts_with('\n') { "" } else { " " }, value));
            text.push_str(["", "\n", "# what comes next\n"][blanks]);
        }
        prop_assert_eq!(agree(&text).map(|_| ()), Ok(()));
    }
}

/// Posts of public sites, where they are at hand.
#[test]
fn heads_of_public_sites_are_read_alike() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/oracle/posts");
    let Ok(sites) = fs::read_dir(&folder) else { return skip("there is no folder ../shared/oracle/posts") };
    let place = tempfile::tempdir().expect("a folder");
    for site in sites {
        let site = site.expect("a file").path();
        let unpack = Command::new("tar").arg("xf").arg(&site).arg("-C").arg(place.path()).status();
        if !unpack.is_ok_and(|status| status.success()) {
            return skip("tar cannot unpack the sites in ../shared/oracle/posts");
        }
    }
    let (mut folders, mut heads, mut plain) = (vec![place.path().to_owned()], 0, 0);
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).expect("a folder") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            let text = String::from_utf8_lossy(&fs::read(&path).expect("a file")).into_owned();
            let Some(head) = head::split(&text, &Fences::default()).head else { continue };
            if head.format == HeadFormat::Yaml {
                heads += 1;
                let inner = &text[head.inner.clone()];
                plain += usize::from(agree(inner).unwrap_or_else(|how| panic!("{}: {how}", path.display())));
            }
        }
    }
    assert!(plain > heads / 2, "only {plain} of {heads} heads are plain");
    let _ = writeln!(std::io::stderr(), "{heads} heads of public sites, {plain} of them plain");
}

/// Past the test harness, which would keep it to itself.
fn skip(why: &str) {
    let _ = writeln!(std::io::stderr(), "skipped: {why}");
}

/// How lines begin.
const STARTS: &[&str] = &[
    "a: ", "b: ", "c:", "d:  ", "e: |", "f: >-", "g: >", "h: |-", "- ", "  - ", "- - ", "- i: ", "  - j: ", "  k: ",
    "    l: ", "  m:", "# ", "  # ", "", "  ", "    ", "   n",
];

/// Lines that are put at any indent.
const WHOLE: &[&str] = &[
    "",
    "a:",
    "b:",
    "c: d",
    "e: 'f' # g",
    "h: |",
    "i: >-",
    "j: >",
    "k: |-",
    "k: >+",
    "- l",
    "- m: n",
    "- o:",
    "- \"p\"",
    "-",
    "# q",
    "text",
    "more: text # r",
    "- s: |",
    "t: [u, 'v']",
    "--",
    "w: \"\\\"\"  ",
    "text  ",
];

const KEYS: &[&str] = &["a", "b", "c", "d", "e-f", "g_h", "i1"];

/// Values of keys at the margin; `{}` is another one's place.
const VALUES: &[&str] = &[
    "x",
    "",
    "# note",
    "'it''s' # note",
    "\"a \\\"b\\\"\"",
    "[a, \"b\"]",
    "12",
    "x # y",
    "http://x.y/#z",
    "\n  m: {}\n  n: x",
    "\n  - {}\n  - y",
    "\n- {}\n- y",
    "\n  - m: {}\n    n: x\n  - m: y",
    "\n  m:\n    n: {}\n    o:\n    - x\n  p: x",
    ">-\n  one\n  two",
    "|\n  one\n    two\n\n  three\n",
    ">\n\n  one\n\n\n  two\n\n",
    "|-  # note\n    one\n    # two",
    "\n  # note\n  m: {}\n  # note\n",
    "\n  m: >-\n    one\n    two\n  n: {}",
    "true",
    "~",
    "[]",
];
