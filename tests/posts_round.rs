//! Posts of public sites, where they are at hand, go through a feed and come back: each has what it had before, less what
//! either conversion told as lost of it.
#![allow(clippy::unwrap_used)]

mod support;

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
    process::Command,
    sync::Arc,
};

use slugline::{
    convert::{
        self, Input, Options, Output, Told,
        memory::{Bytes, Memory},
        plan::SameName,
    },
    error::Error,
    format::{self, Body, Keep, Part},
    model::{Item, Text, TextKind},
    profile::Profile,
    syntax::{html, markdown},
};
use support::{below, ends_in, oracle, skipped};

/// The sites, and the profile of each.
const SITES: &[(&str, &str)] = &[
    ("11ty-website", "eleventy"),
    ("hexo-site", "hexo"),
    ("hugoDocs", "hugo"),
    ("jekyll", "jekyll"),
    ("mkdocs-material", "mkdocs-material"),
    ("rust-blog", "zola"),
];

/// The folder of the sites' archives.
fn archives() -> Option<PathBuf> {
    let folder = oracle()?.join("posts");
    if Command::new("tar").arg("--version").output().is_err() {
        skipped("there is no program tar");
        return None;
    }
    Some(folder)
}

/// The posts of a site, each by its path in it.
fn posts(archive: &Path) -> Vec<Bytes> {
    let work = tempfile::tempdir().unwrap();
    let done = Command::new("tar").arg("-xf").arg(archive).arg("-C").arg(work.path()).status().unwrap();
    assert!(done.success(), "{}", archive.display());
    let files = below(work.path(), |_| true).into_iter().filter(|path| ends_in(path, &["md", "markdown"]));
    let post = |path: PathBuf| {
        // Without the folder that the archive has around the site.
        let name = path.strip_prefix(work.path()).unwrap().iter().skip(1).collect::<PathBuf>();
        Bytes { name: name.display().to_string(), bytes: fs::read(&path).unwrap() }
    };
    files.map(post).collect()
}

/// What a run made, and what it told of each item.
struct Heard {
    memory: Memory,
    told: Vec<One>,
}

/// What was told of an item that was written.
struct One {
    source: String,
    file: String,
    lost: Vec<String>,
}

impl Output for Heard {
    fn write(&mut self, bytes: &[u8]) -> Result<(), Error> {
        self.memory.write(bytes)
    }

    fn is_folder(&self) -> bool {
        self.memory.is_folder
    }

    fn existing(&self) -> Result<Vec<String>, Error> {
        self.memory.existing()
    }

    fn read(&self, name: &str) -> Result<Option<Vec<u8>>, Error> {
        Output::read(&self.memory, name)
    }

    fn post(&mut self, name: &str, bytes: &[u8]) -> Result<(), Error> {
        self.memory.post(name, bytes)
    }

    fn told(&mut self, told: &Told<'_>) -> Result<(), Error> {
        self.told.push(One {
            source: told.source.to_owned(),
            file: told.file.unwrap_or_default().to_owned(),
            lost: told.losses.iter().map(|loss| loss.field.to_string()).collect(),
        });
        Ok(())
    }
}

fn run(inputs: &[&dyn Input], to: &str, profile: &Arc<Profile>) -> Heard {
    let mut options = Options::new(format::find(to).unwrap(), Arc::clone(profile));
    (options.drafts, options.tell, options.threads) = (true, true, 1);
    options.same_name = SameName::Suffix;
    options.write.extra = Keep::None;
    options.body = (to == "ndjson").then_some(Body::Html);
    let memory = Memory { is_folder: to == "markdown", ..Memory::default() };
    let mut heard = Heard { memory, told: Vec::new() };
    convert::convert(inputs, &mut heard, &options).unwrap();
    heard
}

/// The item of a post, where it can be read.
fn read(name: &str, bytes: &[u8], profile: &Arc<Profile>) -> Option<Item> {
    let markdown = format::find("markdown").unwrap();
    let mut options = Options::new(markdown, Arc::clone(profile)).read;
    name.clone_into(&mut options.name);
    let mut reader = markdown.read.unwrap()(Box::new(bytes), &options);
    while let Ok(Some(part)) = reader.next() {
        if let Part::Item(item) = part {
            return Some(*item);
        }
    }
    None
}

/// The body of a post as its generator shows it, template syntax that is escaped as what it stands for.
fn body(name: &str, bytes: &[u8], profile: &Arc<Profile>) -> Option<Text> {
    let post = Bytes { name: name.to_owned(), bytes: bytes.to_vec() };
    let line = run(&[&post], "ndjson", profile).memory.stream;
    let item: serde_json::Value = serde_json::from_slice(&line).ok()?;
    item.get("content_html")?.as_str().map(Text::html)
}

/// A text as people read it: what is said, not how it is written, nor where its blanks are.
fn said(text: &Option<Text>) -> String {
    let Some(text) = text else { return String::new() };
    let plain = match text.kind {
        TextKind::Html | TextKind::Xhtml => html::to_text(&text.value),
        TextKind::Markdown => html::to_text(&markdown::to_html(&text.value)),
        _ => text.value.clone(),
    };
    let said: String = plain.split_whitespace().collect();
    if !text.value.contains("<summary") {
        return said;
    }
    // A summary is shown first, wherever it stands in its details.
    let mut signs: Vec<char> = said.chars().collect();
    signs.sort_unstable();
    signs.into_iter().collect()
}

/// Where a text leads to, and what it shows, by addresses that are whole.
fn addresses(text: &Option<Text>) -> Vec<String> {
    let Some(text) = text else { return Vec::new() };
    let html = if text.kind == TextKind::Markdown { markdown::to_html(&text.value) } else { text.value.clone() };
    let mut found: Vec<String> = Vec::new();
    for token in html::tokens(&html) {
        let html::Token::Open(tag) = token else { continue };
        let values = ["href", "src"].into_iter().filter_map(|name| tag.attribute(name));
        // However they are escaped.
        let whole = values.filter(|value| value.trim().starts_with("http"));
        found.extend(whole.map(|value| url::Url::parse(&value).map_or_else(|_| value.to_string(), String::from)));
    }
    found
}

/// Each field of an item, in words; its body is `content`.
fn fields(item: &Item, content: &Option<Text>) -> BTreeMap<&'static str, String> {
    let date = |date: &Option<slugline::model::Date>| match date {
        Some(date) => date.moment.map_or_else(|| date.text.clone(), |moment| moment.timestamp().to_string()),
        None => String::new(),
    };
    BTreeMap::from([
        ("id", format!("{:?}", item.id)),
        ("url", format!("{:?}", item.url)),
        ("external_url", format!("{:?}", item.external_url)),
        ("title", said(&item.title)),
        ("summary", said(&item.summary)),
        ("content", said(content)),
        ("content.addresses", addresses(content).join(" ")),
        ("published", date(&item.published)),
        ("updated", date(&item.updated)),
        ("authors", format!("{:?}", item.authors)),
        ("tags", format!("{:?}", item.tags)),
        ("attachments", format!("{:?}", item.attachments)),
        ("image", format!("{:?}", item.image)),
        ("banner_image", format!("{:?}", item.banner_image)),
        ("language", format!("{:?}", item.language)),
        ("source", format!("{:?}", item.source)),
        ("comments_url", format!("{:?}", item.comments_url)),
        ("rights", said(&item.rights)),
        ("slug", format!("{:?}", item.slug)),
        ("draft", format!("{:?}", item.draft)),
        ("extra", format!("{:?}", item.extra)),
    ])
}

/// Sends posts through a feed and back. `made_up` is what of a post is made up where it is not there: what the feed's
/// format, or the post's generator, cannot do without.
fn through(feed: &str, made_up: &[&str]) {
    let Some(archives) = archives() else { return };
    let (mut wrong, mut checked) = (Vec::new(), 0);
    for (site, profile) in SITES {
        let profile = Arc::new(Profile::built_in(profile).unwrap());
        let posts = posts(&archives.join(format!("{site}.tar.xz")));
        let before: BTreeMap<&str, Item> =
            posts.iter().filter_map(|post| Some((&*post.name, read(&post.name, &post.bytes, &profile)?))).collect();
        let inputs: Vec<&dyn Input> =
            posts.iter().filter(|post| before.contains_key(&*post.name)).map(|post| post as _).collect();
        let bytes: BTreeMap<&str, &[u8]> = posts.iter().map(|post| (&*post.name, &*post.bytes)).collect();
        let to = run(&inputs, feed, &profile);
        let middle = Bytes { name: "feed.xml".to_owned(), bytes: to.memory.stream };
        let back = run(&[&middle], "markdown", &profile);
        assert_eq!(to.told.len(), back.told.len(), "{site}");
        let files = &back.memory.files;
        for (to, back) in to.told.iter().zip(&back.told) {
            checked += 1;
            let (old_bytes, new_bytes) = (&bytes[&*to.source], &files[&back.file]);
            let new = read(&back.file, new_bytes, &profile).unwrap_or_else(|| panic!("{site}: {}", back.file));
            let old = fields(&before[&*to.source], &body(&to.source, old_bytes, &profile));
            let new = fields(&new, &body(&back.file, new_bytes, &profile));
            let is_lost = |field: &str| {
                let of = |name: &str| name.split('.').next().map(str::to_owned);
                // How large a picture is shown is neither said nor a place that is led to.
                let mut lost = to.lost.iter().chain(&back.lost).filter(|lost| *lost != "content.size");
                lost.any(|lost| of(lost) == of(field))
            };
            let is_made_up = |field: &str, old: &str| made_up.contains(&field) && matches!(old, "" | "None");
            for (field, value) in &old {
                if new[field] != *value && !is_lost(field) && !is_made_up(field, value) {
                    wrong.push(format!("{site} {} `{field}`:\n    {value}\n    {}", to.source, new[field]));
                }
            }
        }
    }
    assert!(checked > 1_000, "only {checked} posts");
    assert!(wrong.is_empty(), "{} of {checked}:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn posts_of_public_sites_go_through_rss_and_come_back() {
    through("rss", &["title", "slug"]);
}

#[test]
fn posts_of_public_sites_go_through_atom_and_come_back() {
    // An entry has an id and a date; of one that had none the generator's profile takes the feed's.
    through("atom", &["id", "title", "slug", "published"]);
}

#[test]
fn posts_of_public_sites_go_through_json_feed_and_come_back() {
    through("json-feed", &["id", "title", "slug"]);
}
