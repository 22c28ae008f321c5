//! The address that a site's generator makes of a post, as far as its file and head tell; and what else a file's path
//! tells. For comparing posts, not for linking to them: a site's own permalink settings are not known here.
//!
//! What generators do with folders, names and keys is data of their profiles: [`Pages`].

use std::borrow::Cow;

use crate::{
    date,
    document::{Document, Value},
    profile::{Aliases, Pages, Place},
    slug,
    surroundings::joined,
    syntax::tree::{Kind, pointer_step},
};

/// What tells one post's page from another's.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Address<'d> {
    /// The generator is known.
    Path {
        /// The path, with the language in front where file or head name one.
        path: String,
        /// JSON Pointer of the key that decided it; empty where it was the file's name.
        pointer: Cow<'d, str>,
    },
    /// It is not: all there is to compare is the slug.
    Slug {
        /// The slug.
        slug: &'d str,
        /// The language that the file's path names; empty for none.
        language: Cow<'d, str>,
        /// JSON Pointer of the slug.
        pointer: Cow<'d, str>,
    },
}

/// The address of a post; `None` where nothing tells it.
pub(crate) fn of(document: &Document) -> Option<Address<'_>> {
    document.post()?;
    if document.name == "-" {
        return None;
    }
    let pages = &document.profile.pages;
    if document.profile.generator.is_empty() {
        let slug = text(document, "/slug")?;
        let language = language(&document.name);
        return Some(Address::Slug { slug, language, pointer: "/slug".into() });
    }
    if pages.only_posts && pages.place(&document.name) == Place::Page {
        return None;
    }
    let (folder, stem) = split(&document.name);
    let (stem, language) = if pages.languages { without_language(stem) } else { (stem, "") };
    let of_head = pages.language.as_ref().and_then(|key| text(document, &pointer(key)));
    let language = of_head.unwrap_or(language);
    let prefix = if language.is_empty() { String::new() } else { format!("/{language}") };
    if let Some((key, path)) = pages.path.as_ref().and_then(|key| Some((key, text(document, &pointer(key))?))) {
        // One with a placeholder is a pattern, in which the rest differs.
        let is_whole = !path.contains(':') && !path.contains("{{");
        let path = join(&prefix, &[path], path.ends_with('/') || !path.contains('.'));
        return is_whole.then(|| Address::Path { path, pointer: pointer(key).into() });
    }
    let below = pages.below_root(folder);
    if pages.sections.iter().any(|name| name == stem) || pages.is_like_folder(folder, stem) {
        // A section's page has the section's address, whatever its slug.
        return Some(Address::Path { path: join(&prefix, &[below], true), pointer: "".into() });
    }
    by_pattern(document, pages, &prefix, below, stem)
}

/// The address by the generator's pattern.
fn by_pattern<'d>(document: &'d Document, pages: &Pages, prefix: &str, below: &str, stem: &str) -> Option<Address<'d>> {
    let pattern = pages.pattern.as_ref()?;
    let profile = &document.profile;
    let is_index = pages.index.iter().any(|name| name == stem);
    let (folder, name) = if is_index { below.rsplit_once('/').unwrap_or(("", below)) } else { (below, stem) };
    // A date at the beginning of the name is no part of the slug where the generator reads it.
    let name = dated(name).filter(|_| profile.from_file_name.date).map_or(name, |(_, rest)| rest);
    let folder = if pages.date_folders { without_date(folder) } else { folder };
    let own = pages.slug.as_ref().and_then(|key| Some((pointer(key), text(document, &pointer(key))?)));
    let (slug, at) = match own {
        Some((at, slug)) if pages.slug_is_path => {
            return Some(Address::Path { path: join(prefix, &[&pages.base, slug], true), pointer: at.into() });
        }
        Some((at, slug)) => (slug.to_owned(), at),
        None if pages.slug_from_title => (text(document, "/title").map(slug::slugify)?, "/title".to_owned()),
        None => (name.replace(' ', "-"), String::new()),
    };
    let mut parts: Vec<String> = vec![pages.base.clone()];
    let (mut day, mut ending) = (None, "");
    for part in pattern.split('/').filter(|part| !part.is_empty()) {
        let number = match part {
            ":year" => 0,
            ":month" => 1,
            ":day" => 2,
            ":folder" => {
                let stays = |part: &&str| !(pages.only_posts && pages.posts.iter().any(|known| known == part));
                parts.extend(folder.split('/').filter(stays).map(str::to_owned));
                continue;
            }
            ":categories" => {
                parts.extend(categories(document));
                continue;
            }
            part => {
                ending = part.strip_prefix(":slug").unwrap_or_default();
                parts.push(format!("{slug}{ending}"));
                continue;
            }
        };
        if day.is_none() {
            day = Some(published(document)?);
        }
        parts.extend(day.as_ref().and_then(|day: &String| day.split('-').nth(number)).map(str::to_owned));
    }
    let parts: Vec<&str> = parts.iter().map(String::as_str).collect();
    Some(Address::Path { path: join(prefix, &parts, ending.is_empty()), pointer: at.into() })
}

/// The day of a post, as `2025-09-24`: of its head, else of its path.
fn published(document: &Document) -> Option<String> {
    let mut keys = document.profile.pointers_of("published");
    let moment = keys.find_map(|key| date::read(text(document, &key)?).0.moment);
    let day = moment.map(|moment| format!("{:04}-{:02}-{:02}", moment.year, moment.month, moment.day));
    day.or_else(|| date_in_path(document))
}

/// Parts with `/` between them, and one after the last where `closed`.
fn join(prefix: &str, parts: &[&str], closed: bool) -> String {
    let parts = parts.iter().flat_map(|part| part.split('/')).filter(|part| !part.is_empty() && *part != ".");
    let path = parts.fold(format!("{prefix}/"), |path, part| path + part + "/");
    if closed { path } else { path.trim_end_matches('/').to_owned() }
}

/// A post's categories as they stand in addresses: of one text its words.
fn categories(document: &Document) -> Vec<String> {
    let lower = |text: &str| text.to_lowercase().replace(' ', "-");
    for key in document.profile.pointers_of("categories").collect::<Vec<_>>().iter().rev() {
        if let Some(text) = text(document, key) {
            return text.split_whitespace().map(lower).collect();
        }
        let item = |index: usize| document.value(&format!("{key}/{index}")).map(|value| lower(value.text));
        let items: Vec<String> = (0..).map_while(item).collect();
        if !items.is_empty() {
            return items;
        }
    }
    Vec::new()
}

fn pointer(key: &str) -> String {
    format!("/{}", pointer_step(key))
}

/// The text at a pointer; that of a key at the top whichever way the generator lets it be spelt.
fn text<'d>(document: &'d Document, pointer: &str) -> Option<&'d str> {
    let value = match document.text_at(pointer) {
        Some(text) => text,
        None => match &document.tree()?.node(document.top(&pointer[1..])?.value).kind {
            Kind::String(text) => text,
            _ => return None,
        },
    };
    Some(value.trim()).filter(|text| !text.is_empty())
}

/// The old addresses that a post wants to be found under, as [`comparable`] has them, each with where it stands.
pub(crate) fn aliases(document: &Document) -> Vec<(String, Value<'_>)> {
    let meant = document.profile.pages.aliases;
    if document.post().is_none() || document.name == "-" || meant == Aliases::Names {
        return Vec::new();
    }
    let keys = ["aliases", "alias", "redirect_from"].into_iter();
    let mut values = keys.flat_map(|key| document.list(key)).filter(|value| !value.text.trim().is_empty()).peekable();
    if values.peek().is_none() {
        return Vec::new();
    }
    let (folder, stem) = split(&document.name);
    let (_, language) = without_language(stem);
    let whole = |alias: &str| match meant {
        Aliases::Section if alias.starts_with('/') => comparable(&format!("/{language}{alias}")),
        Aliases::Section => comparable(&format!("/{language}/{}/{alias}", document.profile.pages.below_root(folder))),
        Aliases::Addresses | Aliases::Names => comparable(&format!("/{alias}")),
    };
    values.map(|value| (whole(value.text.trim()), value)).collect()
}

/// An address in the spelling by which two are compared: small letters, no `index.html`, no slash at the end.
pub(crate) fn comparable(path: &str) -> String {
    let path = lower(path);
    let path = path.strip_suffix("index.html").unwrap_or(&path);
    let parts = path.split('/').filter(|part| !part.is_empty());
    parts.fold(String::new(), |path, part| path + "/" + part)
}

/// The path that an address within the site names, its escapes resolved, without query and fragment; `None` for an
/// address that leads elsewhere, or that a template makes.
pub(crate) fn local(address: &str) -> Option<String> {
    let address = address.trim();
    let scheme = address.split(['/', '?', '#']).next().unwrap_or_default();
    if address.starts_with("//") || scheme.contains(':') || address.contains(['{', '<', '\n', '|']) {
        return None;
    }
    let path = crate::syntax::html::unescape(address.split(['?', '#']).next().unwrap_or_default());
    let path = crate::reference::decoded(&path)?;
    (!path.is_empty() && !path.contains(['\0', '\\'])).then_some(path)
}

/// Where the file of a local path may be; `None` where the generator is not known well enough to tell.
pub(crate) fn places(document: &Document, path: &str) -> Option<Vec<String>> {
    let (folder, stem) = split(&document.name);
    let pages = &document.profile.pages;
    let mut places = Vec::new();
    if !path.starts_with('/') {
        places.extend(joined(folder, path));
        // Many a page is written into a folder of its own name: what is relative to it lies there.
        places.extend(joined(&format!("{folder}/{stem}"), path));
    }
    let site = pages.site_of(folder);
    let below = path.trim_start_matches('/');
    if !pages.files.is_empty() {
        places.extend(pages.files.iter().filter_map(|root| joined(&format!("{site}{root}"), below)));
        let section = pages.below_root(folder);
        for root in &pages.copied {
            places.extend(joined(&format!("{site}{root}/{section}"), below));
            places.extend(joined(&format!("{site}{root}/{section}/{stem}"), below));
        }
    } else if path.starts_with('/') {
        return None;
    }
    Some(places)
}

/// Folder and name of a path, the name without its ending.
fn split(path: &str) -> (&str, &str) {
    let (folder, name) = match path.bytes().rposition(|b| b == b'/') {
        Some(at) => (&path[..at], &path[at + 1..]),
        None => ("", path),
    };
    (folder, name.bytes().rposition(|b| b == b'.').map_or(name, |at| &name[..at]))
}

/// A stem and the language at its end: `budget.fr` is "budget" in "fr".
fn without_language(stem: &str) -> (&str, &str) {
    match stem.bytes().rposition(|b| b == b'.') {
        Some(at) if at > 0 && is_language(&stem[at + 1..]) => (&stem[..at], &stem[at + 1..]),
        _ => (stem, ""),
    }
}

fn is_language(text: &str) -> bool {
    // Most folders have longer names.
    if text.len() < 2 || text.len() > 2 && !matches!(text.as_bytes()[2], b'-' | b'_') {
        return false;
    }
    let (language, region) = text.split_once(['-', '_']).unwrap_or((text, "xx"));
    let letters = |part: &str| part.bytes().all(|b| b.is_ascii_alphabetic());
    language.len() == 2
        && language.bytes().all(|b| b.is_ascii_lowercase())
        && (2..=4).contains(&region.len())
        && letters(region)
}

/// The language that a path names, by the end of the file's name or by a folder; empty for none.
pub(crate) fn language(path: &str) -> Cow<'_, str> {
    let (folder, stem) = split(path);
    let (_, language) = without_language(stem);
    if !language.is_empty() {
        return lower(language);
    }
    let mut rest = folder;
    loop {
        let end = rest.bytes().position(|b| b == b'/').unwrap_or(rest.len());
        if is_language(&rest[..end]) {
            return lower(&rest[..end]);
        }
        match rest.get(end + 1..) {
            Some(after) => rest = after,
            None => return Cow::Borrowed(""),
        }
    }
}

/// A text in small letters; most are.
pub(crate) fn lower(text: &str) -> Cow<'_, str> {
    match text.bytes().any(|b| b.is_ascii_uppercase() || !b.is_ascii()) {
        true => Cow::Owned(text.to_lowercase()),
        false => Cow::Borrowed(text),
    }
}

/// The date and the rest of a name that begins with one: `2025-09-24-budget`, `2025-09-24_budget`.
pub(crate) fn dated(stem: &str) -> Option<(&str, &str)> {
    let mut dashes = stem.match_indices('-').map(|(at, _)| at);
    let second = dashes.nth(1)?;
    let end = second + 1 + stem[second + 1..].find(['-', '_', ' ', 'T'])?;
    let date = &stem[..end];
    let mut rest = &stem[end..];
    // Zola's names may go on with a time: `2025-09-24T03:17:09Z-budget`.
    if rest.starts_with('T') {
        rest = &rest[rest.find(['-', '_', ' '])?..];
    }
    let rest = &rest[1..];
    let digits = date.split('-').all(|part| (1..=4).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_digit()));
    (digits && date.len() >= 6 && !rest.is_empty()).then_some((date, rest))
}

/// The day, as `2025-09-24`, that the generator takes from the document's path.
pub(crate) fn date_in_path(document: &Document) -> Option<String> {
    let profile = &document.profile;
    if !profile.from_file_name.date || document.name == "-" {
        return None;
    }
    let pages = &profile.pages;
    let (folder, stem) = split(&document.name);
    let is_index = pages.index.iter().any(|name| name == stem);
    let name = if is_index { folder.rsplit('/').next().unwrap_or(folder) } else { stem };
    if let Some((date, _)) = dated(name) {
        return Some(padded(date.split('-')));
    }
    if pages.date_folders {
        let above = if is_index { folder.rsplit_once('/').map_or("", |(above, _)| above) } else { folder };
        return date_folders(above).map(|(parts, _)| padded(parts.into_iter()));
    }
    if pages.date_anywhere {
        let day = |at: usize| document.name.get(at..at + 10).filter(|text| is_day(text.as_bytes()));
        return (0..document.name.len()).find_map(day).map(str::to_owned);
    }
    None
}

fn is_day(text: &[u8]) -> bool {
    text.iter().enumerate().all(|(at, b)| if at == 4 || at == 7 { *b == b'-' } else { b.is_ascii_digit() })
}

fn padded<'p>(parts: impl Iterator<Item = &'p str>) -> String {
    parts.map(|part| format!("{part:0>2}")).collect::<Vec<_>>().join("-")
}

/// Year, month and day at the end of a folder's path, and what stands above them: `blog/2025/09/24`.
fn date_folders(folder: &str) -> Option<([&str; 3], &str)> {
    let mut parts = folder.rsplitn(4, '/');
    let (day, month, year) = (parts.next()?, parts.next()?, parts.next()?);
    let number = |part: &str, most: usize| (1..=most).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_digit());
    let is_date = year.len() == 4 && number(year, 4) && number(month, 2) && number(day, 2);
    is_date.then(|| ([year, month, day], parts.next().unwrap_or_default()))
}

fn without_date(folder: &str) -> &str {
    date_folders(folder).map_or(folder, |(_, above)| above)
}

/// The slug that a file's name holds: without its folder, ending, date and language; a bundle's is its folder's name.
pub(crate) fn slug_in_name(path: &str) -> Option<&str> {
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
        assert_eq!(dated("2025-09-24T03:17:09Z-budget"), Some(("2025-09-24", "budget")));
        assert_eq!(dated("2025-09-24_budget"), Some(("2025-09-24", "budget")));
        assert_eq!(dated("2025-09-24"), None);
    }
}
