//! The ratchet: what is recorded may stay, what is new fails.
#![allow(clippy::unwrap_used)]

use slugline::{baseline::Baseline, schema::Schema, syntax::json};

mod support;
use support::{Workdir, slugline};

const OLD: &str = "---\ntitle: Snow\nslug: snow\ndate: 2025-01-01\n---\n<script>a</script>\n\n<script>b</script>\n";

fn site() -> Workdir {
    Workdir::new().folder(".git").file("content/a.md", OLD).file("content/b.md", &OLD.replace("snow", "ice"))
}

fn run(work: &Workdir, arguments: &[&str]) -> (i32, String, String) {
    slugline(work, &[&["check"], arguments].concat(), b"")
}

#[test]
fn what_is_recorded_stays_and_what_is_new_fails() {
    let work = site();
    let (code, out, err) = run(&work, &["--write-baseline", "known.json", "content"]);
    assert_eq!((code, out.as_str()), (0, "2 files checked, nothing new; 6 of the baseline left aside\n"), "{err}");
    assert!(err.contains("known.json: 6 findings recorded in 2 files\n  add `baseline = \"known.json\"`"), "{err}");
    insta::assert_snapshot!(work.read("known.json"));
    let (code, out, err) = run(&work, &["--baseline", "known.json", "content"]);
    assert_eq!((code, out.as_str()), (0, "2 files checked, nothing new; 6 of the baseline left aside\n"), "{err}");
    // Lines move; the finding is the same.
    let work = work.file("content/a.md", &OLD.replace("title", "# a comment\n\ntitle"));
    assert_eq!(run(&work, &["--baseline", "known.json", "content"]).0, 0);
    let work = work.file("content/a.md", &OLD.replace("slug: snow\n", "").replace("b</", "b</script><script>c</"));
    let (code, out, _) = run(&work, &["--baseline", "known.json", "content"]);
    assert_eq!(code, 1);
    assert!(out.contains("`slug` is missing") && !out.contains("`source` is missing"), "{out}");
    assert!(out.contains("1 error and 1 warning in 1 of 2 files"), "the third script is new: {out}");
}

#[test]
fn records_of_what_is_gone_are_told_of_the_files_looked_at() {
    let work = site();
    run(&work, &["--write-baseline", "known.json", "content"]);
    let work = work.file("content/a.md", &OLD.replace("slug:", "source: https://example.org/\nslug:"));
    let (code, _, err) = run(&work, &["--baseline", "known.json", "content"]);
    assert_eq!(code, 0);
    assert!(err.contains("1 finding of the baseline is gone:\n  content/a.md: missing-key /source\n"), "{err}");
    // Neither another file nor a code that is not looked for tells that something is gone.
    assert!(!run(&work, &["--baseline", "known.json", "content/b.md"]).2.contains("gone"));
    assert!(!run(&work, &["--baseline", "known.json", "--ignore", "missing-key", "content"]).2.contains("gone"));
    assert!(!run(&work, &["--baseline", "known.json", "--select", "wrong-type", "content"]).2.contains("gone"));
    // A record of some files leaves those of the others.
    run(&work, &["--write-baseline", "known.json", "content/a.md"]);
    let baseline = Baseline::parse(&work.read("known.json")).unwrap();
    assert_eq!((baseline.len(), baseline.files()), (5, 2));
}

#[test]
fn the_configuration_names_it() {
    let work = site().file("slugline.toml", "baseline = \"known.json\"\n");
    let (code, _, err) = run(&work, &["content"]);
    assert_eq!(code, 2);
    assert!(
        err.contains("known.json: there is no such file\n  help: `slugline check --write-baseline known.json`"),
        "{err}"
    );
    let (_, _, err) = run(&work, &["--write-baseline", "known.json", "content"]);
    assert!(!err.contains("add `baseline"), "{err}");
    assert_eq!(run(&work, &["content"]).0, 0);
    let before = work.read("known.json");
    run(&work, &["--write-baseline", "known.json", "content"]);
    assert_eq!(before, work.read("known.json"));
}

#[test]
fn a_broken_one_is_an_error_with_its_place() {
    let cases = [
        "",
        "[]",
        "{\"version\": 2, \"findings\": []}",
        "{\"version\": 1, \"findings\": [\n{\"file\": \"a\", \"code\": \"b\"}]}",
        "{\"version\": 1, \"findings\": [\n<<<<<<< ours\n]}",
        "{\"version\": 1, \"findings\": [{\"file\":\"a\",\"code\":\"b\",\"pointer\":\"\",\"count\":-1}]}",
    ];
    let errors: Vec<String> = cases
        .iter()
        .map(|text| {
            let work = site().file("known.json", text);
            let (code, out, err) = run(&work, &["--baseline", "known.json", "content"]);
            assert_eq!((code, out.as_str()), (2, ""));
            err.lines().filter(|line| !line.starts_with("checked")).map(|line| format!("{line}\n")).collect()
        })
        .collect();
    insta::assert_snapshot!(errors.join(""));
}

#[test]
fn a_baseline_that_a_merge_broke_is_written_anew_and_a_strangers_file_is_not() {
    let work = site().file("known.json", "{\"version\": 1, \"findings\": [\n<<<<<<< ours\n]}");
    assert_eq!(run(&work, &["--write-baseline", "known.json", "content"]).0, 0);
    assert_eq!(Baseline::parse(&work.read("known.json")).unwrap().len(), 6);
    let work = site().file("package.json", "{\"name\": \"x\"}");
    assert_eq!(run(&work, &["--write-baseline", "package.json", "content"]).0, 2);
    assert_eq!(work.read("package.json"), "{\"name\": \"x\"}");
}

#[test]
fn it_is_as_its_schema_says() {
    let work = site();
    run(&work, &["--write-baseline", "known.json", "content"]);
    let text = work.read("known.json");
    let (tree, _) = json::parse(&text, 0..text.len(), &Default::default());
    let known = slugline::schema::built_in::find("baseline").unwrap();
    let mut findings = Vec::new();
    Schema::compile("baseline", known.text, None).unwrap().check(&tree, &mut findings);
    assert!(findings.is_empty(), "{findings:#?}");
}

#[test]
fn nothing_is_recorded_where_nothing_was_looked_at() {
    let work = Workdir::new().folder(".git").file("notes.md", "No head.\n");
    assert_eq!(run(&work, &["--write-baseline", "known.json", "."]).0, 2);
    assert!(!work.path("known.json").exists());
}
