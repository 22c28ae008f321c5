//! What `check --fix` says of files that it mends, that it only shows mended, and that it cannot write: always what stands.
#![allow(clippy::unwrap_used)]

mod support;

use std::fs;

use serde_json::Value;
use support::{Workdir, slugline};

/// A line that a fix takes away, and after it a date that none mends.
const BAD: &str =
    "---\ntitle: Snow\nslug: snow\nslug: snow\ndate: nonsense\nsource: https://example.org/\n---\nText.\n";
const MENDED: &str = "---\ntitle: Snow\nslug: snow\ndate: nonsense\nsource: https://example.org/\n---\nText.\n";

/// Exit code, the report as JSON, and what was said.
fn report(work: &Workdir, arguments: &[&str]) -> (i32, Value, String) {
    let arguments = [&["check"], arguments, &["--output-format", "json=report.json"]].concat();
    let (code, _, said) = slugline(work, &arguments, b"");
    let report = serde_json::from_str(&work.read("report.json")).unwrap();
    fs::remove_file(work.path("report.json")).unwrap();
    (code, report, said)
}

/// What was found, with its line.
fn found(report: &Value) -> Vec<(String, u64)> {
    let found = report["findings"].as_array().unwrap().iter();
    found.map(|one| (one["code"].as_str().unwrap().to_owned(), one["line"].as_u64().unwrap())).collect()
}

#[test]
fn what_is_left_after_fixes_that_are_only_shown_is_told_at_its_place_in_the_file() {
    let work = Workdir::new().file("snow.md", BAD);
    let (code, report, _) = report(&work, &["--fix", "--diff", "snow.md"]);
    assert_eq!((code, work.read("snow.md").as_str()), (1, BAD));
    assert_eq!(found(&report), [("invalid-value".to_owned(), 5)]);
    let at = report["findings"][0]["start"].as_u64().unwrap();
    assert_eq!(BAD.find("nonsense"), usize::try_from(at).ok(), "{report}");
}

#[test]
fn what_shows_only_when_others_are_mended_is_told_at_the_line_it_will_be_on() {
    // The head cannot be read, so that nothing more is known of it before.
    let head = "---\ntitle: Snow: what fell\nslug: snow\ndate: nonsense\nsource: https://example.org/\n---\nText.\n";
    let work = Workdir::new().file("snow.md", head);
    let (code, report, said) = report(&work, &["--unsafe-fixes", "--diff", "snow.md"]);
    assert_eq!((code, work.read("snow.md").as_str()), (1, head), "{said}");
    assert_eq!(found(&report), [("invalid-value".to_owned(), 4)]);
}

#[cfg(unix)]
#[test]
fn a_file_that_could_not_be_written_is_not_told_as_fixed() {
    use std::os::unix::fs::PermissionsExt;

    let other = BAD.replace("snow", "rain");
    let work = Workdir::new().file("snow.md", BAD).file("rain.md", &other);
    fs::set_permissions(work.path("rain.md"), fs::Permissions::from_mode(0o444)).unwrap();
    let (code, whole, said) = report(&work, &["--fix", "snow.md", "rain.md"]);
    assert_eq!((code, work.read("snow.md").as_str(), work.read("rain.md")), (2, MENDED, other));
    assert!(said.contains("rain.md: is read-only, and was left as it is"), "{said}");
    assert_eq!(whole["summary"]["fixed"], 1, "{whole}");
    let of = |code: &str, line| (code.to_owned(), line);
    assert_eq!(found(&whole), [of("duplicate-key", 3), of("invalid-value", 5), of("invalid-value", 4)], "{whole}");
    let (_, out, _) = slugline(&work, &["check", "--fix", "rain.md"], b"");
    assert!(out.contains("; 1 could not be written") && !out.contains("fixed") && !out.contains("be read"), "{out}");
    let (_, out, _) = slugline(&work, &["check", "--fix", "rain.md", "gone.md", "--output-format", "junit"], b"");
    for one in [r#""files not read" tests="1""#, r#""files not written" tests="1""#, r#"errors="2""#] {
        assert!(out.contains(one), "{one}: {out}");
    }
}

#[cfg(unix)]
#[test]
fn a_file_under_two_names_is_mended_once() {
    use std::os::unix::fs::symlink;

    let work = Workdir::new().file("snow.md", BAD).folder("also");
    symlink("../snow.md", work.path("also/link.md")).unwrap();
    let (code, whole, said) = report(&work, &["--fix", "--ignore", "duplicate-address", "snow.md", "also/link.md"]);
    assert_eq!((code, work.read("snow.md").as_str()), (1, MENDED), "{said}");
    assert!(!said.contains("error:"), "{said}");
    assert_eq!(whole["summary"]["fixed"], 1, "{whole}");
    assert!(fs::symlink_metadata(work.path("also/link.md")).unwrap().is_symlink());
}

#[test]
fn nothing_is_mended_when_the_baseline_cannot_be_read() {
    let work = Workdir::new().file("snow.md", BAD).file("known.json", "somebody's");
    for option in ["--baseline", "--write-baseline"] {
        let (code, _, said) = slugline(&work, &["check", "--fix", option, "known.json", "snow.md"], b"");
        assert_eq!((code, work.read("snow.md").as_str()), (2, BAD), "{said}");
        assert_eq!(work.read("known.json"), "somebody's");
    }
}
