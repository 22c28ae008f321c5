//! What people meet at a terminal: narrow windows, colours asked for and not, reports read aloud, slips of the fingers.
#![allow(clippy::unwrap_used)]

mod support;

use std::process::Command;

use support::{Workdir, slugline};

fn site() -> Workdir {
    let post = include_str!("../fixtures/readme/budget.md");
    let wide = "---\ntitle: Snow\nslug: wide\ndate: 2025-01-01\nsource: https://example.org/\ntags: [雪雪, no]\nk: [\t🎿, no]\n---\n";
    Workdir::new().folder(".git").file("posts/budget.md", post).file("posts/wide.md", wide)
}

/// What `check` prints with those variables set.
fn check(work: &Workdir, arguments: &[&str], variables: &[(&str, &str)]) -> String {
    let mut command = Command::new(env!("CARGO_BIN_EXE_slugline"));
    command.arg("check").args(arguments).current_dir(work.root());
    for name in ["GITHUB_ACTIONS", "NO_COLOR", "CLICOLOR", "CLICOLOR_FORCE", "COLUMNS"] {
        command.env_remove(name);
    }
    String::from_utf8(command.envs(variables.iter().copied()).output().unwrap().stdout).unwrap()
}

#[test]
fn a_narrow_window_is_kept_to() {
    let out = check(&site(), &["posts/budget.md", "--output-format", "human"], &[("COLUMNS", "40")]);
    let report = out.rsplit_once("\n\n").unwrap().0;
    for line in report.lines() {
        assert!(line.chars().count() <= 40, "{line}\n{out}");
    }
    assert!(
        report.split_whitespace().collect::<Vec<_>>().join(" ").contains("a zone's │ name is not honoured"),
        "{out}"
    );
}

#[test]
fn a_mark_stands_under_its_place_behind_wide_characters_and_tabs() {
    let out = check(&site(), &["posts/wide.md", "--output-format", "human"], &[]);
    let lines: Vec<&str> = out.lines().collect();
    let under = |text: &str| {
        let at = lines.iter().position(|line| line.contains(text)).unwrap();
        lines[at + 1].chars().take_while(|c| *c != '─').count()
    };
    // Two columns each for the characters of Chinese and for a picture, one for a tab.
    assert_eq!(under("tags: "), " 6 │ tags: [    , ".chars().count(), "{out}");
    assert_eq!(under("k: ["), " 7 │ k: [   , ".chars().count(), "{out}");
}

#[test]
fn colours_come_where_they_are_asked_for() {
    let colored = |variables: &[(&str, &str)]| {
        check(&site(), &["posts", "--output-format", "human"], variables).contains("\u{1b}[31m")
    };
    assert!(!colored(&[]), "not into a pipe");
    assert!(colored(&[("CLICOLOR_FORCE", "1")]));
    assert!(!colored(&[("CLICOLOR_FORCE", "1"), ("NO_COLOR", "1")]));
}

#[test]
fn the_plain_report_draws_nothing_and_says_all() {
    let out = check(&site(), &["posts/budget.md", "--output-format", "plain"], &[("CLICOLOR_FORCE", "1")]);
    assert!(out.is_ascii(), "{out}");
    assert!(!out.contains('\u{1b}'), "{out}");
    for words in
        ["error: `slug` is missing", "at: posts/budget.md, line 3, column 33", "marked: GMT", "help: write `'no'`"]
    {
        assert!(out.contains(words), "{words}:\n{out}");
    }
}

#[test]
fn what_was_meant_is_offered() {
    let said = |arguments: &[&str]| slugline(&site(), arguments, b"").2;
    for (arguments, meant) in [
        (&["check", "post/budget.md"][..], "did you mean posts/budget.md?"),
        (&["check", "posts/bugdet.md"], "did you mean posts/budget.md?"),
        (&["convert", "pots", "--to", "rss"], "did you mean posts?"),
        (&["convert", "posts", "--to", "rrs"], "did you mean `rss`?"),
        (&["check", "--profile", "jekyl", "posts"], "did you mean `jekyll`?"),
        (&["check", "--schema", "psot", "posts"], "did you mean `post`?"),
        (&["check", "--output-format", "sariff", "posts"], "did you mean `sarif`?"),
        (&["check", "--select", "missing-kye", "posts"], "did you mean `missing-key`?"),
        (&["check", "--selct", "missing-key", "posts"], "'--select'"),
        (&["chekc", "posts"], "'check'"),
    ] {
        let said = said(arguments);
        assert!(said.contains(meant), "{arguments:?}: {said}");
    }
    assert!(said(&["check", "elsewhere/a.md"]).contains("check the path"));
}

#[test]
fn completions_offer_what_the_tables_hold() {
    for shell in ["bash", "elvish", "fish", "zsh"] {
        let (code, out, _) = slugline(&Workdir::new(), &["completions", shell], b"");
        assert_eq!(code, 0);
        // elvish completes no values of options.
        if shell != "elvish" {
            for name in ["sarif", "json-feed", "mkdocs-material", "missing-key"] {
                assert!(out.contains(name), "{shell}: {name}");
            }
        }
    }
}

#[test]
fn how_posts_are_checked_is_said_only_where_some_are() {
    let work = Workdir::new().folder(".git").file("README.md", "# Hi\n");
    let (code, _, said) = slugline(&work, &["check"], b"");
    assert_eq!(code, 2);
    assert!(said.contains("has no front matter") && !said.contains("checked by"), "{said}");
}

#[test]
fn a_profile_of_ones_own_is_called_by_its_folder() {
    let work = site()
        .file("night/profile.toml", "extends = \"hugo\"\n")
        .file("night/post.schema.json", "{ \"type\": \"object\", \"required\": [\"desk\"] }\n");
    let said = slugline(&work, &["check", "--profile", "./night", "posts"], b"").2;
    assert!(said.contains("checked as night (asked for): requires desk"), "{said}");
}
