//! A few files of a site, as a hook passes them: the rest of the configured content is compared with, and not judged.
#![allow(clippy::unwrap_used)]

mod support;
use support::{Workdir, slugline};

const CONFIG: &str = "[[content]]\npaths = [\"content/**/*.md\"]\nprofile = \"hugo\"\nschema = \"s.yaml\"\n";

fn post(slug: &str, more: &str) -> String {
    format!("---\ntitle: {slug}\nslug: {slug}\n{more}---\nText.\n")
}

fn site() -> Workdir {
    Workdir::new()
        .folder(".git")
        .file("slugline.toml", CONFIG)
        .file("s.yaml", "required: [title]\n")
        .file("content/news/b.md", &post("snow", "tags: [open-data]\nguid: one\n"))
        .file("content/news/c.md", &post("ice", "tags: [open-data]\naliases: [/news/frost/]\n"))
        .file("content/broken.md", "---\ntitle: [\n---\n")
        .file("other/d.md", &post("snow", "guid: one\n"))
}

fn run(work: &Workdir, arguments: &[&str]) -> (i32, String) {
    let (code, out, _) = slugline(work, &[&["check", "--force-exclude"], arguments].concat(), b"");
    (code, out)
}

#[test]
fn a_clash_with_a_file_that_was_not_passed_is_told_of_the_one_that_was() {
    let work = site()
        .file("content/news/a.md", &post("snow", "guid: one\n"))
        .file("content/news/e.md", &post("frost", "tags: [Open Data]\n"));
    let (code, out) = run(&work, &["content/news/a.md"]);
    assert_eq!(code, 1);
    insta::assert_snapshot!(out);
    // The alias is in the other file; the address that it takes is here.
    let (_, out) = run(&work, &["content/news/e.md"]);
    insta::assert_snapshot!(out);
    let (_, out) = run(&work, &["other/d.md"]);
    assert!(!out.contains("duplicate"), "what is no content is not compared with it: {out}");
}

#[test]
fn what_is_wrong_elsewhere_is_not_told() {
    let work = site().file("content/news/f.md", &post("rain", ""));
    assert_eq!(run(&work, &["content/news/f.md"]), (0, "1 file checked, nothing wrong\n".to_owned()));
    let (code, out, err) =
        slugline(&work, &["check", "--stdin-filename", "content/news/g.md"], post("snow", "").as_bytes());
    assert_eq!(code, 1);
    assert!(out.contains("content/news/g.md:3:7: error[duplicate-address]"), "{out}{err}");
}

#[test]
fn a_clash_that_the_whole_site_has_on_record_is_known_in_one_file_too() {
    let work = site().file("content/news/a.md", &post("snow", ""));
    run(&work, &["--write-baseline", "known.json", "content"]);
    assert!(work.read("known.json").contains("content/news/b.md\",\"code\":\"duplicate-address"));
    for file in ["content/news/a.md", "content/news/b.md", "content"] {
        assert_eq!(run(&work, &["--baseline", "known.json", file]).0, 0, "{file}");
    }
}

#[test]
fn a_clash_is_told_the_same_way_with_any_number_of_threads() {
    let mut work = site();
    for index in 0..40 {
        work = work.file(&format!("content/news/x{index:02}.md"), &post("snow", &format!("tags: [T{}]\n", index % 3)));
    }
    let one = run(&work, &["-j", "1", "content/news/x20.md"]);
    assert_eq!(one, run(&work, &["-j", "4", "content/news/x20.md"]));
    assert_eq!(one.1.matches("duplicate-address").count(), 1, "{}", one.1);
}
