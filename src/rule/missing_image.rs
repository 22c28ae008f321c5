//! # missing-image
//!
//! ## What it checks
//! Whether the images of a post are there: those of its head (`image`, `banner_image`, `thumbnail`, `cover`, `images`)
//! and of its body. Only addresses within the site are looked for, and only where it is certain in which folders the
//! generator looks: beside the post, and for `/…` in the folders of Hugo (`static`, `assets`, `content`, those of themes),
//! Jekyll (the site's own) and their like. Where any folder of the site has a file of that name, nothing is said.
//!
//! ## Why it matters
//! Readers see a broken picture, and so do the services that show a link with its image.
//!
//! ## Example
//! ```yaml
//! image: /images/snwo.jpg
//! ```
//!
//! ## Use instead
//! ```yaml
//! image: /images/snow.jpg
//! ```
//!
//! ## Since
//! 0.1.0

use super::{Check, Rule};
use crate::{
    address,
    document::Document,
    finding::{Finding, Place, Severity},
};

pub(super) const RULE: Rule = Rule {
    code: "missing-image",
    severity: Severity::Warning,
    page: include_str!("missing_image.rs"),
    preview: false,
    check: Check::Document(check),
};

/// Keys that hold an image, or several.
const KEYS: &[&str] = &["image", "banner_image", "thumbnail", "cover", "images", "featured_image"];

fn check(document: &Document, findings: &mut Vec<Finding>) {
    let Some(files) = document.surroundings.files.as_deref() else { return };
    if document.post().is_none() || document.name == "-" {
        return;
    }
    let is_missing = |text: &str| {
        let Some(path) = address::local(text).filter(|path| path.contains('.')) else { return false };
        let places = address::places(document, &path).unwrap_or_default();
        // A theme or a mount may bring it from elsewhere: only a name that no file has is certain.
        let name = path.rsplit('/').next().unwrap_or_default();
        !places.is_empty() && !places.iter().any(|place| files.has(place)) && !files.has_named(name)
    };
    let image = document.profile.key_of("/image");
    let banner = document.profile.key_of("/banner_image").filter(|key| image != Some(key));
    let own = image.into_iter().chain(banner).filter(|key| !KEYS.contains(key));
    for value in KEYS.iter().copied().chain(own).flat_map(|key| document.list(key)) {
        if is_missing(value.text) {
            let finding = Finding::warning(RULE.code, message(value.text), Place::Value(value.pointer.to_string()));
            findings.push(finding);
        }
    }
    let Some((body, start)) = document.body() else { return };
    for address in document.addresses().iter().filter(|address| address.image) {
        let text = &body[address.range.clone()];
        if is_missing(text) {
            let range = start + address.range.start..start + address.range.end;
            findings.push(Finding::warning(RULE.code, message(text), Place::Bytes(range)));
        }
    }
}

fn message(text: &str) -> String {
    format!("there is no image `{text}`")
}
