//! What slugline writes passes its own check: every feed fixture, every built-in profile, every format.
#![allow(clippy::unwrap_used)]

mod support;

use std::{fs, path::Path};

use slugline::{
    format::{FORMATS, Shape},
    profile::Profile,
};
use support::{Workdir, slugline};

fn fixtures() -> Vec<std::path::PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/convert");
    let mut files = Vec::new();
    for folder in fs::read_dir(root).unwrap() {
        for file in fs::read_dir(folder.unwrap().path()).unwrap() {
            files.push(file.unwrap().path());
        }
    }
    files.sort();
    files
}

#[test]
fn posts_written_from_every_feed_pass_the_check_of_their_profile() {
    let mut failed = Vec::new();
    for path in fixtures() {
        for profile in Profile::names() {
            let work = Workdir::new();
            let source = path.display().to_string();
            let convert =
                ["convert", &source, "--to", "markdown", "--profile", profile, "-o", "out", "--same-name", "suffix"];
            let (code, _, stderr) = slugline(&work, &convert, b"");
            assert_eq!(code, 0, "{source} as {profile}: {stderr}");
            // What a source does not have cannot be had: `convert` says so, and only that may be missing.
            let said = |finding: &str| {
                let key = finding.split_once("error[missing-key] `").and_then(|(_, rest)| rest.split_once('`'));
                key.is_some_and(|(key, _)| stderr.contains(&format!("loss: `{key}` is required by the target")))
            };
            let (_, stdout, _) = slugline(&work, &["check", "--profile", profile, "--no-config", "out"], b"");
            let errors: Vec<_> = stdout.lines().filter(|line| line.contains(": error[") && !said(line)).collect();
            if !errors.is_empty() {
                failed.push(format!("{source} as {profile}:\n{}", errors.join("\n")));
            }
            let before = modified(&work);
            let (_, _, stderr) = slugline(&work, &convert, b"");
            assert!(stderr.contains(" 0 written"), "a second run wrote: {source} as {profile}: {stderr}");
            assert_eq!(before, modified(&work), "a second run touched files");
        }
    }
    assert!(failed.is_empty(), "{} of the folders fail:\n{}", failed.len(), failed.join("\n"));
}

fn modified(work: &Workdir) -> Vec<(String, std::time::SystemTime)> {
    let time = |file: &String| fs::metadata(work.path(file)).unwrap().modified().unwrap();
    work.files().into_iter().map(|file| (file.clone(), time(&file))).collect()
}

#[test]
fn feeds_written_from_every_fixture_pass_the_check() {
    let mut failed = Vec::new();
    for path in fixtures() {
        for to in
            FORMATS.iter().filter(|to| to.write.is_some() && to.target.shape == Shape::Feed && to.name != "ndjson")
        {
            let work = Workdir::new();
            let source = path.display().to_string();
            let out = format!("out.{}", to.extensions[0]);
            let (code, _, said) = slugline(&work, &["convert", &source, "--to", to.name, "-o", &out, "--drafts"], b"");
            assert_eq!(code, 0, "{source} to {}: {said}", to.name);
            let (code, stdout, stderr) = slugline(&work, &["check", "--no-config", &out], b"");
            // What a source has wrong stays wrong, and what it does not have cannot be had.
            let (_, known, _) = slugline(&work, &["check", "--no-config", &source], b"");
            let own = |line: &str| {
                let code = line.split_once(" error[").and_then(|(_, rest)| rest.split_once(']')).map(|(code, _)| code);
                code.is_some_and(|code| known.contains(&format!("[{code}]")))
            };
            let lacks = |line: &str| {
                let field = line.rsplit_once("has no `").map(|(_, rest)| rest.trim_end_matches('`'));
                field == Some("link") && said.contains("no address (")
            };
            let text = fs::read_to_string(&path).unwrap_or_default();
            let written = fs::read_to_string(work.path(&out)).unwrap();
            let came_along = |line: &str| {
                let foreign = ["unknown-element", "unknown-attribute", "relative-url"];
                foreign.iter().any(|code| line.contains(&format!("error[{code}]")))
                    && text.contains(word(&written, line))
            };
            let wrong = |line: &&str| line.contains(": error[") && !own(line) && !lacks(line) && !came_along(line);
            let errors = stdout.lines().filter(wrong);
            if code != 0 && errors.count() > 0 {
                failed.push(format!("{source} to {}: exit {code}\n{stdout}{stderr}", to.name));
            }
        }
    }
    assert!(failed.is_empty(), "{} feeds fail:\n{}", failed.len(), failed.join("\n"));
}

/// The word that a line of a report, `file:line:column: …`, speaks of.
fn word<'t>(text: &'t str, report: &str) -> &'t str {
    let mut parts = report.split(':').skip(1).map(|part| part.parse::<usize>().unwrap());
    let (line, column) = (parts.next().unwrap(), parts.next().unwrap());
    let line = text.lines().nth(line - 1).unwrap();
    let start = line.char_indices().nth(column - 1).unwrap().0;
    let rest = &line[start..];
    &rest[..rest.find(['<', '>', '"', '=', ' ']).unwrap_or(rest.len())]
}

#[test]
fn a_site_that_moves_is_read_as_its_own_generator_has_it() {
    let post =
        "+++\ntitle = \"Snow\"\n\n[taxonomies]\ntags = [\"weather, town\"]\n\n[extra]\nguid = \"7\"\n+++\nIt snowed.\n";
    let work = Workdir::new()
        .folder(".git")
        .file("config.toml", "base_url = \"https://snow.example/\"\n")
        .file("content/2025-01-14-snow.md", post);
    for (profile, name, moved) in [
        (
            "pelican",
            "snow.md",
            "Title: Snow\nDate: 2025-01-14\nTags: weather, town;\nSlug: snow\nGuid: 7\n\nIt snowed.\n",
        ),
        (
            "mkdocs-material",
            "posts/snow.md",
            "---\ntitle: Snow\ndate: 2025-01-14\nslug: snow\ntags:\n  - weather, town\nguid: \"7\"\n---\nIt snowed.\n",
        ),
        (
            "hexo",
            "_posts/snow.md",
            "---\ntitle: Snow\ndate: '2025-01-14'\nslug: snow\ntags:\n  - weather, town\nguid: \"7\"\n---\nIt snowed.\n",
        ),
    ] {
        let arguments = ["convert", "content", "--to", "markdown", "--profile", profile, "-o", profile];
        for written in ["1 written", "0 written"] {
            let (code, _, stderr) = slugline(&work, &arguments, b"");
            assert_eq!(code, 0, "{profile}: {stderr}");
            assert!(stderr.contains("posts are read as zola has them (config.toml found)"), "{stderr}");
            assert!(stderr.contains(written), "{profile}: {stderr}");
        }
        assert_eq!(work.read(&format!("{profile}/{name}")), moved);
    }
}
