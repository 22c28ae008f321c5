//! What slugline writes passes its own check: every fixture, every built-in profile and a site's own, every format of
//! feeds; with drafts and without; and posts written from posts.
//!
//! Two things are excused, each as narrowly as it can be told: what a source has wrong in what is handed on as it is
//! ([`Handed`]), and what it does not have and `convert` says so ([`announced`]).
#![allow(clippy::unwrap_used)]

mod support;

use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
};

use serde_json::Value;
use slugline::{
    format::{FORMATS, Format, Shape},
    profile::Profile,
};
use support::{Workdir, slugline};

fn fixtures() -> Vec<PathBuf> {
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

/// A finding, with the text that it is about.
#[derive(Debug, PartialEq, Eq)]
struct Found {
    severity: String,
    code: String,
    message: String,
    text: String,
}

impl Found {
    fn is_error(&self) -> bool {
        self.severity == "error"
    }
}

/// What `check` finds in a path.
fn check(work: &Workdir, path: &str, more: &[&str]) -> Vec<Found> {
    let arguments = [&["check", "--no-config", "--output-format", "json", "--show", "hint", path], more].concat();
    let (_, stdout, stderr) = slugline(work, &arguments, b"");
    let report: Value = serde_json::from_str(&stdout).unwrap_or_else(|error| panic!("{error}: {stdout}{stderr}"));
    assert_eq!(report["errors"].as_array().unwrap().len(), 0, "{path}: {}", report["errors"]);
    let found = |finding: &Value| {
        let word = |key: &str| finding[key].as_str().unwrap().to_owned();
        let at = |key: &str| usize::try_from(finding[key].as_u64().unwrap()).unwrap();
        let bytes = fs::read(work.path(&word("file"))).unwrap();
        let text = String::from_utf8_lossy(&bytes[at("start")..at("end")]).into_owned();
        Found { severity: word("severity"), code: word("code"), message: word("message"), text }
    };
    report["findings"].as_array().unwrap().iter().map(found).collect()
}

/// What a source has wrong in what `convert` hands on as it is: elements that no field of the hub takes whole. To mend
/// those is to change what nobody understands, to leave them out is to lose it; so that the mistake comes along, and is
/// reported of the source as of what was made of it. Excused is the very same mistake, the same text under the same
/// code, and as often as the source has it.
struct Handed {
    found: Vec<Found>,
    /// The source, for mistakes in it that its own format does not see: an element without a namespace is nobody's in
    /// Atom, and one of RSS in RSS; below a root that is none (`<RSS>`) nothing is looked at.
    source: String,
}

impl Handed {
    fn of(source: &Path) -> Self {
        let bytes = fs::read(source).unwrap();
        let name = source.file_name().unwrap().to_str().unwrap();
        let work = Workdir::new().bytes(name, &bytes);
        // The format that posts are written in is no question here: they hand nothing on by default.
        let is_post = source.extension().is_some_and(|ending| ending == "md" || ending == "ndjson");
        let found = if is_post { Vec::new() } else { check(&work, name, &[]) };
        Handed { found, source: String::from_utf8_lossy(&bytes).into_owned() }
    }

    /// Excuses an error of what was written, once for each time that the source has it.
    fn excuses(&mut self, error: &Found) -> bool {
        let same = |found: &Found| found.code == error.code && found.text == error.text;
        if let Some(at) = self.found.iter().position(same) {
            self.found.remove(at);
            return true;
        }
        let mark = match &*error.code {
            "unknown-element" => format!("<{}", error.text),
            "unknown-attribute" => format!(" {}=", error.text),
            _ => return false,
        };
        let Some(at) = self.source.find(&mark) else { return false };
        self.source.replace_range(at..at + mark.len(), "");
        true
    }
}

/// How many items lack a field that the target requires, by what `convert` says: one line a field, with their number.
fn announced(said: &str, field: &str) -> usize {
    let start = format!("loss: `{field}` is required by the target, and the source has none");
    let Some(line) = said.lines().find(|line| line.starts_with(&start)) else { return 0 };
    let times = line[start.len()..].strip_prefix(" (").and_then(|rest| rest.split_once(" times)"));
    times.map_or(1, |(times, _)| times.parse().unwrap())
}

/// Takes out the findings of one kind, which must be as many as were announced.
fn lack(found: &mut Vec<Found>, field: &str, said: &str, what: impl Fn(&Found) -> bool) -> Result<(), String> {
    let before = found.len();
    found.retain(|found| !what(found));
    let (missing, told) = (before - found.len(), announced(said, field));
    if missing == told { Ok(()) } else { Err(format!("{missing} have no `{field}`, {told} are announced")) }
}

/// What is wrong in posts that `convert` wrote, with what it said. A generator that can do without a date has a warning
/// for its want: that is announced, too.
fn wrong_in_posts(mut found: Vec<Found>, said: &str) -> Vec<String> {
    let missing = found.iter().filter(|found| found.code == "missing-key");
    let missing = missing.filter_map(|found| found.message.strip_suffix("` is missing")?.strip_prefix('`'));
    let lines = said.lines().filter_map(|line| line.strip_prefix("loss: `")?.split_once("` is required by the target"));
    let keys: BTreeSet<String> = missing.chain(lines.map(|(key, _)| key)).map(str::to_owned).collect();
    let mut wrong = Vec::new();
    for key in keys {
        let missing = format!("`{key}` is missing");
        wrong.extend(
            lack(&mut found, &key, said, |found| found.code == "missing-key" && found.message == missing).err(),
        );
    }
    wrong.extend(found.iter().filter(|found| found.is_error()).map(|error| format!("{error:?}")));
    wrong
}

fn modified(work: &Workdir) -> Vec<(String, std::time::SystemTime)> {
    let time = |file: &String| fs::metadata(work.path(file)).unwrap().modified().unwrap();
    work.files().into_iter().map(|file| (file.clone(), time(&file))).collect()
}

/// A folder that the generator takes for posts: elsewhere less is asked of them.
fn folder(profile: &str) -> String {
    let posts = Profile::built_in(profile).and_then(|profile| profile.pages.posts.first().cloned());
    posts.unwrap_or_else(|| "posts".to_owned())
}

/// Writes posts from a source, checks them, and writes them again, which must change nothing.
fn posts(work: &Workdir, source: &str, profile: &str, out: &str) -> Vec<String> {
    let convert = ["convert", source, "--to", "markdown", "--profile", profile, "-o", out, "--same-name", "suffix"];
    let (code, _, said) = slugline(work, &convert, b"");
    assert_eq!(code, 0, "{source} as {profile}: {said}");
    let wrong = wrong_in_posts(check(work, out, &["--profile", profile]), &said);
    let before = modified(work);
    let (_, _, said) = slugline(work, &convert, b"");
    assert!(said.contains(" 0 written"), "a second run wrote: {source} as {profile}: {said}");
    assert_eq!(before, modified(work), "a second run touched files: {source} as {profile}");
    wrong.into_iter().map(|wrong| format!("{source} as {profile}: {wrong}")).collect()
}

#[test]
fn posts_written_from_every_fixture_pass_the_check_of_their_profile() {
    let mut failed = Vec::new();
    for path in fixtures() {
        for profile in Profile::names() {
            failed.extend(posts(&Workdir::new(), &path.display().to_string(), profile, &folder(profile)));
        }
    }
    assert!(failed.is_empty(), "{} errors:\n{}", failed.len(), failed.join("\n"));
}

/// A profile of a site's own, which asks for more than the one that it extends.
fn own_profile(work: Workdir) -> Workdir {
    let profile = "extends = \"hugo\"\n\n[[key]]\nname = \"layout\"\nwrite = \"{{ 'post' }}\"\n";
    let schema =
        r#"{"type": "object", "required": ["title", "slug", "layout"], "properties": {"layout": {"const": "post"}}}"#;
    work.file("ours/profile.toml", profile).file("ours/post.schema.json", schema)
}

#[test]
fn posts_written_as_a_site_of_its_own_has_them_pass_its_check() {
    let mut failed = Vec::new();
    for path in fixtures() {
        failed.extend(posts(&own_profile(Workdir::new()), &path.display().to_string(), "./ours", "posts"));
    }
    assert!(failed.is_empty(), "{} errors:\n{}", failed.len(), failed.join("\n"));
}

/// A feed, posts of each generator, and from those posts of another, which reads them as its own.
#[test]
fn posts_written_from_posts_pass_the_check_of_their_profile() {
    let feed = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/convert/rss/blog.xml").display().to_string();
    let mut failed = Vec::new();
    for first in Profile::names() {
        let work = Workdir::new();
        failed.extend(posts(&work, &feed, first, &format!("first/{}", folder(first))));
        for second in Profile::names() {
            let out = format!("{second}/{}", folder(second));
            failed.extend(posts(&work, "first", second, &out).into_iter().map(|error| format!("{first}: {error}")));
        }
    }
    assert!(failed.is_empty(), "{} errors:\n{}", failed.len(), failed.join("\n"));
}

fn feed_formats() -> impl Iterator<Item = &'static Format> {
    FORMATS.iter().filter(|to| to.write.is_some() && to.target.shape == Shape::Feed)
}

/// What is wrong in a feed that `convert` wrote of the source.
fn wrong_in_feed(work: &Workdir, source: &Path, to: &Format, more: &[&str]) -> Vec<String> {
    let (path, out) = (source.display().to_string(), format!("out.{}", to.extensions[0]));
    let convert = [&["convert", &path, "--to", to.name, "-o", &out], more].concat();
    let (code, _, said) = slugline(work, &convert, b"");
    assert_eq!(code, 0, "{path} to {}: {said}", to.name);
    // Of a feed without items a format without a head writes nothing.
    if !to.target.has_head && said.contains(" 0 written") {
        return Vec::new();
    }
    let mut errors = check(work, &out, &[]);
    errors.retain(Found::is_error);
    let mut wrong = Vec::new();
    // Only RSS cannot do without the address of a page.
    let no_link = |error: &Found| error.code == "missing-element" && error.message == "`channel` has no `link`";
    wrong.extend(lack(&mut errors, "home_page_url", &said, no_link).err());
    let mut handed = Handed::of(source);
    errors.retain(|error| !handed.excuses(error));
    wrong.extend(errors.iter().map(|error| format!("{error:?}")));
    wrong.into_iter().map(|wrong| format!("{path} to {} {more:?}: {wrong}", to.name)).collect()
}

#[test]
fn feeds_written_from_every_fixture_pass_the_check() {
    let mut failed = Vec::new();
    for path in fixtures() {
        for to in feed_formats() {
            for more in [&[][..], &["--drafts"]] {
                failed.extend(wrong_in_feed(&Workdir::new(), &path, to, more));
            }
        }
    }
    assert!(failed.is_empty(), "{} errors:\n{}", failed.len(), failed.join("\n"));
}

/// What posts of each generator become when they are asked to be a feed, and nothing is excused.
#[test]
fn feeds_written_from_posts_of_every_profile_pass_the_check() {
    let feed = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/convert/rss/blog.xml").display().to_string();
    let mut failed = Vec::new();
    for profile in Profile::names() {
        let work = Workdir::new();
        failed.extend(posts(&work, &feed, profile, "posts"));
        for to in feed_formats() {
            let out = format!("out-{}.{}", to.name, to.extensions[0]);
            let base = ["--base-url", "https://snow.example/", "--profile", profile];
            let convert = [&["convert", "posts", "--to", to.name, "-o", &out], &base[..]].concat();
            let (code, _, said) = slugline(&work, &convert, b"");
            assert_eq!(code, 0, "{profile} to {}: {said}", to.name);
            let errors = check(&work, &out, &[]);
            let errors = errors.iter().filter(|error| error.is_error());
            failed.extend(errors.map(|error| format!("{profile} to {}: {error:?}", to.name)));
        }
    }
    assert!(failed.is_empty(), "{} errors:\n{}", failed.len(), failed.join("\n"));
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
