//! The address that a site's generator makes of a post, as far as its file and head tell. For comparing posts, not
//! for linking to them: a site's own permalink settings are not known here.

use crate::{
    document::{Document, Value},
    surroundings::joined,
};

/// What tells one post's page from another's.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Address {
    /// The generator is known.
    Path {
        /// The path, with the language in front where the file's name has one.
        path: String,
        /// JSON Pointer of the key that decided it; empty where it was the file's name.
        pointer: &'static str,
    },
    /// It is not: all there is to compare is the slug.
    Slug {
        /// The slug.
        slug: String,
        /// The language that the file's path names; empty for none.
        language: String,
        /// JSON Pointer of the slug.
        pointer: &'static str,
    },
}

/// The address of a post; `None` where nothing tells it.
pub fn of(document: &Document) -> Option<Address> {
    document.post()?;
    if document.name == "-" {
        return None;
    }
    match document.profile.name.as_str() {
        "hugo" => hugo(document),
        "jekyll" => jekyll(document),
        _ => {
            let slug = text(document, "/slug")?;
            Some(Address::Slug { slug: slug.to_owned(), language: language(&document.name), pointer: "/slug" })
        }
    }
}

/// The path below `content/` with the slug in the place of the file's name; `url` wins.
fn hugo(document: &Document) -> Option<Address> {
    let (folder, stem) = split(&document.name);
    let (stem, language) = without_language(stem);
    let prefix = if language.is_empty() { String::new() } else { format!("/{language}") };
    if let Some(url) = text(document, "/url") {
        let path = format!("{prefix}/{}", url.trim_start_matches('/'));
        return Some(Address::Path { path, pointer: "/url" });
    }
    let folder = match folder.split_once("content/") {
        Some((before, below)) if before.is_empty() || before.ends_with('/') => below,
        _ if folder == "content" || folder.ends_with("/content") => "",
        _ => folder,
    };
    // A bundle is named by its folder; a section's page has the section's address, whatever its slug.
    let (folder, name) = match stem {
        "_index" => return Some(Address::Path { path: join(&prefix, folder, ""), pointer: "" }),
        "index" => folder.rsplit_once('/').unwrap_or(("", folder)),
        _ => (folder, stem),
    };
    Some(match text(document, "/slug") {
        Some(slug) => Address::Path { path: join(&prefix, folder, slug), pointer: "/slug" },
        None => Address::Path { path: join(&prefix, folder, &name.to_lowercase().replace(' ', "-")), pointer: "" },
    })
}

fn join(prefix: &str, folder: &str, slug: &str) -> String {
    let parts = folder.split('/').chain([slug]).filter(|part| !part.is_empty());
    parts.fold(format!("{prefix}/"), |path, part| path + part + "/")
}

/// `/categories/year/month/day/slug.html`, as Jekyll's default permalink has it; `permalink` wins.
fn jekyll(document: &Document) -> Option<Address> {
    if let Some(permalink) = text(document, "/permalink") {
        // One with a placeholder is a pattern, in which the slug differs.
        return (!permalink.contains(':')).then(|| Address::Path { path: permalink.to_owned(), pointer: "/permalink" });
    }
    let (folder, stem) = split(&document.name);
    let (date, name) = dated(stem)?;
    if !folder.split('/').any(|part| part == "_posts") {
        return None;
    }
    let date = text(document, "/date").and_then(|date| date.get(..10)).unwrap_or(date);
    let mut parts: Vec<String> = Vec::new();
    if let Some(category) = text(document, "/category").or_else(|| text(document, "/categories")) {
        parts.extend(category.split_whitespace().map(str::to_lowercase));
    }
    for index in 0.. {
        let Some(category) = document.value(&format!("/categories/{index}")) else { break };
        parts.push(category.text.to_lowercase());
    }
    parts.extend(date.splitn(3, '-').map(str::to_owned));
    let (slug, pointer) = match text(document, "/slug") {
        Some(slug) => (slug, "/slug"),
        None => (name, ""),
    };
    Some(Address::Path { path: format!("/{}/{slug}.html", parts.join("/")), pointer })
}

fn text<'d>(document: &'d Document, pointer: &str) -> Option<&'d str> {
    let value = document.value(pointer)?;
    Some(value.text.trim()).filter(|text| !text.is_empty())
}

/// The old addresses that a post wants to be found under, as [`comparable`] has them, each with where it stands.
/// (Obsidian's `aliases` are names, no addresses.)
pub fn aliases(document: &Document) -> Vec<(String, Value<'_>)> {
    if document.post().is_none() || document.name == "-" || document.profile.name == "obsidian" {
        return Vec::new();
    }
    let keys = ["aliases", "alias", "redirect_from"].into_iter();
    let values = keys.flat_map(|key| document.list(key)).filter(|value| !value.text.trim().is_empty());
    let (folder, stem) = split(&document.name);
    let (_, language) = without_language(stem);
    let whole = |alias: &str| {
        let prefix = if language.is_empty() || document.profile.name != "hugo" { "" } else { language };
        // Hugo resolves one without a slash in front below the page's section.
        match alias.starts_with('/') || document.profile.name != "hugo" {
            true => comparable(&format!("/{prefix}/{}", alias.trim_start_matches('/'))),
            false => {
                let section = folder.split_once("content/").map_or("", |(_, below)| below);
                comparable(&format!("/{prefix}/{section}/{alias}"))
            }
        }
    };
    values.map(|value| (whole(value.text.trim()), value)).collect()
}

/// An address in the spelling by which two are compared: small letters, no `index.html`, no slash at the end.
pub fn comparable(path: &str) -> String {
    let path = path.to_lowercase();
    let path = path.strip_suffix("index.html").unwrap_or(&path);
    let parts = path.split('/').filter(|part| !part.is_empty());
    parts.fold(String::new(), |path, part| path + "/" + part)
}

/// The path that an address within the site names, its escapes resolved, without query and fragment; `None` for an
/// address that leads elsewhere, or that a template makes.
pub fn local(address: &str) -> Option<String> {
    let address = address.trim();
    let scheme = address.split(['/', '?', '#']).next().unwrap_or_default();
    if address.starts_with("//") || scheme.contains(':') || address.contains(['{', '<', '\n', '|']) {
        return None;
    }
    let path = crate::syntax::html::unescape(address.split(['?', '#']).next().unwrap_or_default());
    let (mut bytes, mut rest) = (Vec::with_capacity(path.len()), path.as_bytes());
    while let Some((&first, tail)) = rest.split_first() {
        rest = tail;
        let hex = |byte: u8| char::from(byte).to_digit(16);
        match (first, tail) {
            (b'%', [high, low, after @ ..]) if hex(*high).is_some() && hex(*low).is_some() => {
                bytes.push((hex(*high)? * 16 + hex(*low)?) as u8);
                rest = after;
            }
            _ => bytes.push(first),
        }
    }
    let path = String::from_utf8(bytes).ok()?;
    (!path.is_empty() && !path.contains(['\0', '\\'])).then_some(path)
}

/// Where the file of a local path may be; `None` where the generator is not known well enough to tell.
pub fn places(document: &Document, path: &str) -> Option<Vec<String>> {
    let (folder, stem) = split(&document.name);
    let mut places = Vec::new();
    let name = document.profile.name.as_str();
    let roots: &[&str] = match name {
        "hugo" => &["static", "assets", "content"],
        "jekyll" => &[""],
        "eleventy" | "astro" | "docusaurus" | "zola" => &["static", "public", "src", "content", ""],
        _ => &[],
    };
    let inner = match name {
        "hugo" | "zola" => "content",
        "jekyll" => "_posts",
        _ => "src",
    };
    let base = folder.split('/').position(|part| part == inner || (inner == "_posts" && part == "_drafts"));
    let base: String = folder.split('/').take(base.unwrap_or(0)).flat_map(|part| [part, "/"]).collect();
    if !path.starts_with('/') {
        places.extend(joined(folder, path));
        // Hugo writes a page into a folder of its own name: what is relative to it may come from `static/`.
        places.extend(joined(&format!("{folder}/{stem}"), path));
    }
    let below = path.trim_start_matches('/');
    if !roots.is_empty() {
        places.extend(roots.iter().filter_map(|root| joined(&format!("{base}{root}"), below)));
        let section = folder.split_once("content/").map_or("", |(_, below)| below);
        places.extend(joined(&format!("{base}static/{section}"), below));
        places.extend(joined(&format!("{base}static/{section}/{stem}"), below));
    } else if path.starts_with('/') {
        return None;
    }
    Some(places)
}

/// Folder and name of a path, the name without its ending.
fn split(path: &str) -> (&str, &str) {
    let (folder, name) = path.rsplit_once('/').unwrap_or(("", path));
    (folder, name.rsplit_once('.').map_or(name, |(stem, _)| stem))
}

/// A stem and the language at its end: `budget.fr` is "budget" in "fr".
fn without_language(stem: &str) -> (&str, &str) {
    match stem.rsplit_once('.') {
        Some((name, language)) if is_language(language) && !name.is_empty() => (name, language),
        _ => (stem, ""),
    }
}

fn is_language(text: &str) -> bool {
    let (language, region) = text.split_once(['-', '_']).unwrap_or((text, "xx"));
    let letters = |part: &str| part.bytes().all(|b| b.is_ascii_alphabetic());
    language.len() == 2
        && language.bytes().all(|b| b.is_ascii_lowercase())
        && (2..=4).contains(&region.len())
        && letters(region)
}

/// The language that a path names, by the end of the file's name or by a folder; empty for none.
pub fn language(path: &str) -> String {
    let (folder, stem) = split(path);
    let (_, language) = without_language(stem);
    if !language.is_empty() {
        return language.to_lowercase();
    }
    folder.split('/').find(|part| is_language(part)).unwrap_or_default().to_lowercase()
}

/// The date and the rest of a name that begins with one: `2025-09-24-budget`.
pub fn dated(stem: &str) -> Option<(&str, &str)> {
    let mut dashes = stem.match_indices('-').map(|(at, _)| at);
    let end = dashes.nth(2)?;
    let (date, rest) = (&stem[..end], &stem[end + 1..]);
    let digits = date.split('-').all(|part| (1..=4).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_digit()));
    (digits && date.len() >= 6 && !rest.is_empty()).then_some((date, rest))
}

/// The slug that a file's name holds: without its folder, ending, date and language; a bundle's is its folder's name.
pub fn slug_in_name(path: &str) -> Option<&str> {
    let (folder, stem) = split(path);
    let (stem, _) = without_language(stem);
    let stem = match stem {
        "_index" => return None,
        "index" => folder.rsplit('/').next().unwrap_or(folder),
        stem => stem,
    };
    let slug = dated(stem).map_or(stem, |(_, rest)| rest);
    (!slug.is_empty() && slug != "README").then_some(slug)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_tells_language_date_and_slug() {
        assert_eq!(language("content/posts/budget.fr.md"), "fr");
        assert_eq!(language("content/pt-br/budget.md"), "pt-br");
        assert_eq!(language("content/posts/2015-10/budget.md"), "");
        assert_eq!(slug_in_name("_posts/2025-09-24-budget.md"), Some("budget"));
        assert_eq!(slug_in_name("content/budget/index.en.md"), Some("budget"));
        assert_eq!(slug_in_name("content/_index.md"), None);
    }
}
