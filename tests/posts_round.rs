//! Posts of public sites, where they are at hand, go through a feed and come back: each has what it had before, less what
//! either conversion told as lost of it.
#![allow(clippy::unwrap_used)]

use std::{
    collections::BTreeMap,
    env, fs,
    io::Write,
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

/// The sites, and the profile of each.
const SITES: &[(&str, &str)] = &[
    ("11ty-website", "eleventy"),
    ("hexo-site", "hexo"),
    ("hugoDocs", "hugo"),
    ("jekyll", "jekyll"),
    ("mkdocs-material", "mkdocs-material"),
    ("rust-blog", "zola"),
];

/// The folder of the sites' archives: in the one that `SLUGLINE_ORACLE` names, else beside the checkout.
fn archives() -> Option<PathBuf> {
    let beside = || Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/oracle");
    let folder = env::var_os("SLUGLINE_ORACLE").map_or_else(beside, PathBuf::from).join("posts");
    let why = if !folder.is_dir() {
        "SLUGLINE_ORACLE names no folder with posts in it, and there is no ../shared/oracle"
    } else if Command::new("tar").arg("--version").output().is_err() {
        "there is no program tar"
    } else {
        return Some(folder);
    };
    // Past the test harness, which would keep it to itself.
    let _ = writeln!(std::io::stderr(), "skipped: {why}");
    None
}

/// The posts of a site, each by its path in it.
fn posts(archive: &Path) -> Vec<Bytes> {
    let work = tempfile::tempdir().unwrap();
    let done = Command::new("tar").arg("-xf").arg(archive).arg("-C").arg(work.path()).status().unwrap();
    assert!(done.success(), "{}", archive.display());
    let (mut folders, mut found) = (vec![work.path().to_owned()], Vec::new());
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            let is_post = path.extension().is_some_and(|ending| ending == "md" || ending == "markdown");
            if path.is_dir() {
                folders.push(path);
            } else if is_post {
                // Without the folder that the archive has around the site.
                let name = path.strip_prefix(work.path()).unwrap().iter().skip(1).collect::<PathBuf>();
                found.push(Bytes { name: name.display().to_string(), bytes: fs::read(&path).unwrap() });
            }
        }
    }
    found.sort_by(|a, b| a.name.cmp(&b.name));
    found
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
    plain.split_whitespace().collect()
}

/// Where a text leads to, and what it shows, by addresses that are whole.
fn addresses(text: &Option<Text>) -> Vec<String> {
    let Some(text) = text else { return Vec::new() };
    let html = if text.kind == TextKind::Markdown { markdown::to_html(&text.value) } else { text.value.clone() };
    let mut found: Vec<String> = Vec::new();
    for token in html::tokens(&html) {
        let html::Token::Open(tag) = token else { continue };
        let values = ["href", "src"].into_iter().filter_map(|name| tag.attribute(name));
        found.extend(values.map(|value| value.trim().to_owned()).filter(|value| value.starts_with("http")));
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

fn through(feed: &str) {
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
            let Some(new) = read(&back.file, new_bytes, &profile) else { continue };
            let old = fields(&before[&*to.source], &body(&to.source, old_bytes, &profile));
            let new = fields(&new, &body(&back.file, new_bytes, &profile));
            let is_lost = |field: &str| {
                let of = |name: &str| name.split('.').next().map(str::to_owned);
                to.lost.iter().chain(&back.lost).any(|lost| of(lost) == of(field))
            };
            // What every post, or entry of Atom, must have is made up where it is not there.
            let is_made_up = |field: &str, old: &str| {
                matches!(field, "id" | "title" | "slug" | "published") && matches!(old, "" | "None")
            };
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
    through("rss");
}

#[test]
#[ignore = "takes a minute; what is lost is RSS's, less its own"]
fn posts_of_public_sites_go_through_atom_and_json_feed_and_come_back() {
    through("atom");
    through("json-feed");
}
