//! The styles of reports, with what is hostile in titles, keys and file names (L1 to L3 of the threats).
#![allow(clippy::unwrap_used)]

use serde_json::Value;
use slugline::{report::STYLES, untrusted::acts};

mod support;
use support::{Workdir, slugline};

/// A title and a key that try to act on a terminal, on a runner, and on the syntax of every style.
const HOSTILE: &str = "---\n\"a]]>\\e[2J\\n::error::x\\u202e\\u009b\\uFFFF&nbsp;\": \"1\"\ntitle: \"<b>\\e]0;x\\a\\r::stop-commands::t\\u2066##[error]%0A::set-output name=x::y&nbsp;\\\\\"\nslgu: \"a\\u200b b\"\ndate: \"\\e[31m\"\n---\n<script>\u{1b}[2J\n::error::body</script>\n";

fn hostile() -> Workdir {
    let work = Workdir::new().folder(".git");
    let mut work = work.file("content/plain.md", HOSTILE).file("content/gone/\u{202e}.json", "{\"items\": [");
    if cfg!(unix) {
        for name in ["::error::x,y:z.md", "##[error]x.md", "a\u{1b}[2J\nb\u{9b}%0A.md", "<&\">]]>'.md", "=1+1 é.md"] {
            work = work.file(name, HOSTILE);
        }
    }
    work
}

fn run(work: &Workdir, style: &str, more: &[&str]) -> String {
    let arguments = [&["check", "--all", "--output-format", style], more].concat();
    let (code, out, err) = slugline(work, &arguments, b"");
    assert!(code == 1 || code == 2, "{code} {err}");
    assert!(!err.chars().any(|c| c != '\n' && acts(c)), "{style}: {err:?}");
    out
}

#[test]
fn nothing_from_a_post_acts_in_any_style() {
    let work = hostile();
    for style in STYLES {
        let out = run(&work, style.name, &["."]);
        let bad: Vec<char> = out.chars().filter(|c| *c != '\n' && acts(*c)).collect();
        assert!(bad.is_empty(), "{}: {bad:?}", style.name);
        for line in out.lines().map(str::trim_start) {
            let command = line.starts_with("::") || line.starts_with("##[");
            if style.name == "github" && command {
                let kinds = ["::error file=", "::warning file=", "::notice file=", "::notice title=slugline::"];
                assert!(kinds.iter().any(|kind| line.starts_with(kind)), "{line}");
            } else {
                assert!(!command, "{}: {line}", style.name);
            }
        }
    }
}

#[test]
fn what_is_json_is_read_back_as_it_was() {
    let work = hostile();
    let names = |value: &Value, pointer: &str| -> Vec<String> {
        let list = value.as_array().unwrap().iter();
        list.map(|entry| entry.pointer(pointer).unwrap().as_str().unwrap().to_owned()).collect()
    };
    let json: Value = serde_json::from_str(&run(&work, "json", &["."])).unwrap();
    let gitlab: Value = serde_json::from_str(&run(&work, "gitlab", &["."])).unwrap();
    let sarif: Value = serde_json::from_str(&run(&work, "sarif", &["."])).unwrap();
    let files = names(&json["findings"], "/file");
    assert_eq!(files, names(&gitlab, "/location/path"));
    let decoded: Vec<String> =
        names(&sarif["runs"][0]["results"], "/locations/0/physicalLocation/artifactLocation/uri")
            .iter()
            .map(|uri| percent_decoded(uri))
            .collect();
    assert_eq!(files, decoded);
    if cfg!(unix) {
        assert!(files.iter().any(|file| file == "a\u{1b}[2J\nb\u{9b}%0A.md"), "{files:?}");
    }
}

fn percent_decoded(uri: &str) -> String {
    let (mut bytes, mut rest) = (Vec::new(), uri.as_bytes());
    while let [first, tail @ ..] = rest {
        rest = tail;
        match (first, tail) {
            (b'%', [high, low, tail @ ..]) => {
                let digits = [*high, *low];
                bytes.push(u8::from_str_radix(std::str::from_utf8(&digits).unwrap(), 16).unwrap());
                rest = tail;
            }
            _ => bytes.push(*first),
        }
    }
    String::from_utf8(bytes).unwrap()
}

#[test]
fn junit_is_well_formed_whatever_is_in_it() {
    let out = run(&hostile(), "junit", &["."]);
    let mut depth = 0_usize;
    let mut reader = quick_xml::Reader::from_str(&out);
    reader.config_mut().check_end_names = true;
    loop {
        match reader.read_event().unwrap() {
            quick_xml::events::Event::Start(_) => depth += 1,
            quick_xml::events::Event::End(_) => depth -= 1,
            quick_xml::events::Event::Eof => break,
            _ => {}
        }
    }
    assert_eq!(depth, 0);
}

/// Findings are known again by their fingerprints when lines move; equal ones in one file are told apart.
#[test]
fn fingerprints_stay_when_lines_move_and_are_unique() {
    let body = "<script>a</script>\n\ntext\n\n<script>a</script>\n";
    let head = "---\ntitle: \"A&nbsp;b\"\nslgu: a\n---\n";
    let prints = |text: &str| {
        let work = Workdir::new().folder(".git").file("a.md", text);
        let gitlab: Value = serde_json::from_str(&run(&work, "gitlab", &["."])).unwrap();
        let sarif: Value = serde_json::from_str(&run(&work, "sarif", &["."])).unwrap();
        let of = |value: &Value, pointer: &str| -> Vec<String> {
            let list = value.as_array().unwrap().iter();
            let mut all: Vec<_> = list.map(|e| e.pointer(pointer).unwrap().as_str().unwrap().to_owned()).collect();
            all.sort();
            all
        };
        let prints = of(&gitlab, "/fingerprint");
        assert_eq!(prints, of(&sarif["runs"][0]["results"], "/partialFingerprints/slugline~1v1"));
        let mut once = prints.clone();
        once.dedup();
        assert_eq!(once, prints);
        prints
    };
    let before = prints(&format!("{head}{body}"));
    assert!(before.len() > 5, "{before:?}");
    let moved = head.replace("title:", "# a comment\n\ntitle:");
    assert_eq!(before, prints(&format!("{moved}\n\nA paragraph.\n\n{body}")));
}

#[test]
fn github_gets_ten_of_a_kind_and_is_told_the_rest() {
    let mut work = Workdir::new().folder(".git");
    for index in 0..13 {
        work = work.file(&format!("{index:02}.md"), "---\ntitle: \"A&nbsp;b\"\n---\n");
    }
    let out = run(&work, "github", &["."]);
    assert_eq!(out.matches("\n::error ").count() + usize::from(out.starts_with("::error ")), 10);
    assert_eq!(out.matches("\n::warning ").count(), 10);
    let notice = out.lines().find(|line| line.starts_with("::notice")).unwrap();
    assert!(notice.starts_with("::notice title=slugline::39 errors and 13 warnings in 13 of 13 files"), "{notice}");
    assert_eq!(out.lines().filter(|line| line.contains("error[missing-key]")).count(), 39);
}

#[test]
fn a_region_of_sarif_is_one_line_and_a_fix_is_its_replacement() {
    let work = Workdir::new().folder(".git").file("a.md", "---\ntitle: \"é&nbsp;b\"\nsource:\n  - a\n  - b\n---\n");
    let sarif: Value = serde_json::from_str(&run(&work, "sarif", &["."])).unwrap();
    let run = &sarif["runs"][0];
    for result in run["results"].as_array().unwrap() {
        let region = &result["locations"][0]["physicalLocation"]["region"];
        assert_eq!(region.get("endLine"), None);
        let index = result["ruleIndex"].as_u64().unwrap() as usize;
        let rule = &run["tool"]["driver"]["rules"][index];
        assert_eq!(rule["id"], result["ruleId"]);
        assert!(rule["help"]["text"].as_str().unwrap().contains("## Use instead"), "{rule}");
    }
    let of = |code: &str| run["results"].as_array().unwrap().iter().find(|result| result["ruleId"] == code).unwrap();
    let list = &of("wrong-type")["locations"][0]["physicalLocation"]["region"];
    assert_eq!(list, &serde_json::json!({"startLine": 4, "startColumn": 3}));
    let replacement = &of("escaped-text")["fixes"][0]["artifactChanges"][0]["replacements"][0];
    let deleted = serde_json::json!({"startLine": 2, "startColumn": 10, "endLine": 2, "endColumn": 16});
    assert_eq!(replacement["deletedRegion"], deleted);
    assert_eq!(replacement["insertedContent"]["text"], "\u{a0}");
}

#[test]
fn a_report_into_a_file_leaves_the_other_on_the_screen() {
    let work = hostile();
    let (_, out, _) = slugline(&work, &["check", "--output-format", "sarif=out.sarif", "content"], b"");
    assert!(out.contains("error[missing-key]"), "{out}");
    let sarif: Value = serde_json::from_str(&work.read("out.sarif")).unwrap();
    assert_eq!(sarif["version"], "2.1.0");
}
