//! Links in Markdown files lead to files and headings that are there; so do those of the built book, where
//! `SLUGLINE_BOOK` names its folder (`tests/book` does). Nothing is asked of the network.
#![allow(clippy::unwrap_used)]

mod support;

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Component, Path, PathBuf},
};

use support::{below, skipped};

/// The files with one of these endings, without what is made.
fn files(root: &Path, ending: &str) -> Vec<PathBuf> {
    // Fixtures are what people get wrong; the rest is made.
    let left_out = ["target", ".git", "node_modules", "fixtures", "build"];
    let enters = |path: &Path| !path.is_symlink() && !left_out.iter().any(|name| path.ends_with(name));
    let mut files = below(root, enters);
    files.retain(|path| path.to_str().unwrap().ends_with(ending));
    files
}

/// The lines outside of fences, and without code in backticks.
fn prose(text: &str) -> String {
    let mut fence = None;
    let mut prose = String::new();
    for line in text.lines() {
        let start = line.trim_start();
        let ticks = start.len() - start.trim_start_matches('`').len();
        match fence {
            None if ticks >= 3 => fence = Some(ticks),
            Some(open) if ticks >= open && start.trim_matches('`').trim().is_empty() => fence = None,
            Some(_) => {}
            None => {
                line.split('`').step_by(2).for_each(|part| prose.push_str(part));
                prose.push('\n');
            }
        }
    }
    prose
}

/// The anchors of headings: small letters, hyphens for blanks, without other signs. A second one of a name gets `-1`.
fn anchors(text: &str) -> BTreeSet<String> {
    let mut counts = BTreeMap::<String, usize>::new();
    let mut anchors = BTreeSet::new();
    let mut fence = false;
    for line in text.lines() {
        fence ^= line.trim_start().starts_with("```");
        let Some(heading) = line.strip_prefix('#').filter(|_| !fence) else { continue };
        let letter = |c: char| match c {
            ' ' => Some('-'),
            c if c.is_alphanumeric() || "-_".contains(c) => Some(c),
            _ => None,
        };
        let heading = heading.trim_start_matches('#').trim().to_lowercase();
        let anchor: String = heading.chars().filter_map(letter).collect();
        let count = counts.entry(anchor.clone()).or_default();
        anchors.insert(if *count == 0 { anchor } else { format!("{anchor}-{count}") });
        *count += 1;
    }
    anchors
}

/// The path that `link` means in a file, without `..`.
fn joined(file: &Path, link: &str) -> PathBuf {
    let mut path = PathBuf::new();
    for part in file.parent().unwrap().join(link).components() {
        match part {
            Component::ParentDir => drop(path.pop()),
            Component::CurDir => {}
            part => path.push(part),
        }
    }
    path
}

fn is_outside(link: &str) -> bool {
    ["http://", "https://", "mailto:", "data:", "javascript:"].iter().any(|scheme| link.starts_with(scheme))
}

#[test]
fn links_of_markdown_files_lead_somewhere() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut wrong = Vec::new();
    let mut count = 0;
    for file in files(root, ".md") {
        let text = fs::read_to_string(&file).unwrap();
        let prose = prose(&text);
        for (at, _) in prose.match_indices("](") {
            let rest = &prose[at + 2..];
            let link = rest[..rest.find(')').unwrap()].split_whitespace().next().unwrap_or_default();
            if is_outside(link) {
                continue;
            }
            count += 1;
            let (path, anchor) = link.split_once('#').unwrap_or((link, ""));
            let target = if path.is_empty() { file.clone() } else { joined(&file, path) };
            let is_there = target.exists()
                && (anchor.is_empty() || anchors(&fs::read_to_string(&target).unwrap()).contains(anchor));
            if !is_there {
                wrong.push(format!("{}: {link}", file.strip_prefix(root).unwrap().display()));
            }
        }
    }
    assert!(count > 0 && wrong.is_empty(), "links into nothing:\n{}", wrong.join("\n"));
}

#[test]
fn every_page_is_in_the_book() {
    let summary = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/SUMMARY.md")).unwrap();
    for (page, _) in support::pages() {
        let Some(page) = page.strip_prefix("docs/").filter(|page| *page != "SUMMARY.md") else { continue };
        assert!(summary.contains(&format!("]({page})")), "docs/SUMMARY.md does not have {page}");
    }
}

/// The values of an attribute in the tags of a page; in code `<` is written `&lt;`.
fn values<'t>(text: &'t str, attribute: &str) -> Vec<&'t str> {
    let start = format!(" {attribute}=\"");
    let tags = text.split('<').skip(1).filter_map(|rest| rest.split_once('>')).map(|(tag, _)| tag);
    tags.filter_map(|tag| tag.split_once(&start)?.1.split_once('"')).map(|(value, _)| value).collect()
}

#[test]
fn links_of_the_built_book_lead_somewhere() {
    let Some(book) = std::env::var_os("SLUGLINE_BOOK") else {
        return skipped("SLUGLINE_BOOK names no built book; tests/book builds it");
    };
    let book = Path::new(env!("CARGO_MANIFEST_DIR")).join(book);
    let pages: BTreeMap<PathBuf, String> =
        files(&book, ".html").into_iter().map(|file| (file.clone(), fs::read_to_string(file).unwrap())).collect();
    let ids: BTreeMap<&PathBuf, BTreeSet<&str>> =
        pages.iter().map(|(file, text)| (file, values(text, "id").into_iter().collect())).collect();
    let mut wrong = BTreeSet::new();
    for (file, text) in &pages {
        // Its links are relative to a place that the server decides.
        if file.ends_with("404.html") {
            continue;
        }
        for link in [values(text, "href"), values(text, "src")].concat() {
            if is_outside(link) {
                continue;
            }
            let (path, anchor) = link.split_once('#').unwrap_or((link, ""));
            let target = if path.is_empty() { file.clone() } else { joined(file, path) };
            let anchor_is_there = || anchor.is_empty() || ids.get(&target).is_some_and(|ids| ids.contains(anchor));
            if !target.exists() || !anchor_is_there() {
                wrong.insert(format!("{}: {link}", file.strip_prefix(&book).unwrap().display()));
            }
        }
    }
    let wrong: Vec<_> = wrong.into_iter().collect();
    assert!(pages.len() > 20 && wrong.is_empty(), "links into nothing:\n{}", wrong.join("\n"));
}
