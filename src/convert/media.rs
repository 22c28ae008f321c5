//! Pictures and other files of items: where they are, and where they lie now.

use std::{collections::HashSet, fmt, sync::Arc};

use serde_json::json;
use url::Url;

use crate::{
    finding::{Loss, Reason},
    model::{Feed, Item, Text, TextKind},
    reference,
    surroundings::Files,
    syntax::{
        html::{Token, tokens},
        links, markdown,
    },
};

/// A picture or a file of an item.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Medium {
    /// Its address.
    pub url: String,
    /// What it is: `image`, `video`, `audio`, `file`.
    pub kind: &'static str,
    /// What stands for it where it cannot be seen.
    pub alt: Option<String>,
    /// The item's address.
    pub item_url: Option<String>,
    /// The item's file, where it has one.
    pub file: Option<String>,
}

impl Medium {
    /// A line of JSON, with its end.
    pub fn line(&self) -> String {
        let mut object = json!({ "url": self.url, "kind": self.kind });
        for (key, value) in [("alt", &self.alt), ("item_url", &self.item_url), ("file", &self.file)] {
            if let Some(value) = value {
                object[key] = json!(value);
            }
        }
        format!("{object}\n")
    }
}

/// Endings of names of files that a link may lead to.
const ENDINGS: &[&str] = &[
    "jpg", "jpeg", "png", "gif", "webp", "avif", "svg", "bmp", "tif", "tiff", "heic", "ico", "mp3", "m4a", "ogg",
    "oga", "opus", "wav", "flac", "mp4", "m4v", "mov", "webm", "ogv", "avi", "pdf", "zip", "epub", "doc", "docx",
    "xls", "xlsx", "ppt", "pptx", "odt", "ods", "csv", "txt", "gz",
];

/// What an item shows, each address once.
pub fn list(item: &Item, file: Option<&str>) -> Vec<Medium> {
    let mut found = Vec::new();
    let mut seen = HashSet::new();
    let mut add = |url: &str, kind: &'static str, alt: Option<String>| {
        if !url.is_empty() && !url.starts_with("data:") && seen.insert(url.to_owned()) {
            let (item_url, file) = (item.url.clone(), file.map(str::to_owned));
            found.push(Medium { url: url.to_owned(), kind, alt, item_url, file });
        }
    };
    for text in [&item.content, &item.summary].into_iter().flatten() {
        let made;
        let html = match text.kind {
            TextKind::Html | TextKind::Xhtml => &text.value,
            TextKind::Markdown => {
                made = markdown::to_html(&text.value);
                &made
            }
            _ => continue,
        };
        for token in tokens(html) {
            let Token::Open(tag) = token else { continue };
            let name = tag.name.to_ascii_lowercase();
            let address = |key: &str| tag.attribute(key).map(|value| value.trim().to_owned());
            match &*name {
                "img" => {
                    let alt = tag.attribute("alt").map(|alt| alt.into_owned()).filter(|alt| !alt.is_empty());
                    add(&address("src").unwrap_or_default(), "image", alt);
                }
                "video" | "audio" | "source" | "track" | "embed" => {
                    let kind = match &*name {
                        "video" => "video",
                        "audio" => "audio",
                        _ => "file",
                    };
                    add(&address("src").unwrap_or_default(), kind, None);
                    add(&address("poster").unwrap_or_default(), "image", None);
                }
                "a" => {
                    if let Some(href) = address("href").filter(|href| is_file(href)) {
                        add(&href, "file", None);
                    }
                }
                _ => {}
            }
        }
    }
    for image in [&item.image, &item.banner_image].into_iter().flatten() {
        add(image, "image", None);
    }
    for attachment in &item.attachments {
        let kind = match attachment.mime_type.as_deref().and_then(|kind| kind.split('/').next()) {
            Some("image") => "image",
            Some("audio") => "audio",
            Some("video") => "video",
            _ => "file",
        };
        add(&attachment.url, kind, attachment.title.clone());
    }
    found
}

/// Whether an address ends as names of files do.
fn is_file(address: &str) -> bool {
    let path = address.split(['?', '#']).next().unwrap_or_default();
    let ending = path.rsplit('/').next().and_then(|name| name.rsplit_once('.')).map_or("", |(_, ending)| ending);
    ENDINGS.iter().any(|known| known.eq_ignore_ascii_case(ending))
}

/// Files by their paths. What it is asked for never leads out of it.
#[derive(Clone)]
pub struct Folder(pub Arc<dyn Files + Send + Sync>);

impl fmt::Debug for Folder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Folder")
    }
}

impl Folder {
    /// Where the file of an old address lies, as a path of the site, where it does. `host` is the old site's.
    fn find(&self, address: &str, host: Option<&str>) -> Option<String> {
        let base = Url::parse("https://site.invalid/").ok()?;
        let url = base.join(address.trim()).ok().filter(|url| matches!(url.scheme(), "http" | "https"))?;
        let own = url.host_str().is_some_and(|known| known == "site.invalid" || Some(known) == host);
        // A service that makes pictures smaller has the whole address in its own.
        let path = match url.path().split_once(&format!("/{}/", host.unwrap_or("site.invalid"))) {
            Some((_, inner)) if !own => format!("/{inner}"),
            _ if own => url.path().to_owned(),
            _ => return None,
        };
        let plain = reference::decoded(&path)?;
        let inner = plain.trim_start_matches('/');
        let whole = inner.split('/').all(|part| !matches!(part, "" | "." | "..")) && !inner.contains(['\\', ':', '\0']);
        if !whole {
            return None;
        }
        if self.0.has(inner) {
            return Some(path);
        }
        // `snow-300x200.jpg` is made of `snow.jpg`.
        let original = self.0.has(&without_size(inner)?);
        original.then(|| without_size(&path)).flatten()
    }
}

/// A name without the size at its end.
fn without_size(path: &str) -> Option<String> {
    let (stem, ending) = path.rsplit_once('.')?;
    let (name, size) = stem.rsplit_once('-')?;
    let (width, height) = size.split_once('x')?;
    let is_number = |text: &str| !text.is_empty() && text.len() <= 5 && text.bytes().all(|b| b.is_ascii_digit());
    (is_number(width) && is_number(height)).then(|| format!("{name}.{ending}"))
}

/// Has an item speak of files where they lie now. Those that are not in the folder stay, and are told.
pub fn localize(item: &mut Item, feed: &Feed, folder: &Folder, losses: &mut Vec<Loss>) {
    let around = feed.home_page_url.as_deref().or(item.url.as_deref()).or(feed.feed_url.as_deref());
    let host = around.and_then(|url| Url::parse(url).ok()).and_then(|url| url.host_str().map(str::to_owned));
    let mut stay = Vec::new();
    let mut local = |address: &str| {
        if !is_file(address) || address.starts_with("data:") {
            return None;
        }
        let found = folder.find(address, host.as_deref());
        if found.is_none() {
            stay.push(address.to_owned());
        }
        found
    };
    let mut unplaced = Vec::new();
    for text in [&mut item.content, &mut item.summary].into_iter().flatten() {
        localize_text(text, &mut local, &mut unplaced);
    }
    for image in [&mut item.image, &mut item.banner_image].into_iter().flatten() {
        if let Some(found) = local(image) {
            *image = found;
        }
    }
    for attachment in &mut item.attachments {
        if let Some(found) = local(&attachment.url) {
            attachment.url = found;
        }
    }
    stay.append(&mut unplaced);
    losses.extend(stay.iter().map(|address| Loss::new("media", Reason::Elsewhere, address)));
}

fn localize_text(text: &mut Text, local: &mut dyn FnMut(&str) -> Option<String>, unplaced: &mut Vec<String>) {
    let value = match text.kind {
        TextKind::Html | TextKind::Xhtml => links::replace(&text.value, local),
        TextKind::Markdown => markdown::replace(&text.value, local, unplaced),
        _ => None,
    };
    if let Some(value) = value {
        text.value = value;
    }
}
