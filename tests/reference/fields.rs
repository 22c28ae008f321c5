//! What becomes of each field of the hub in each format: told by converting. A feed is written twice, with a mark in
//! the field and without the field, and what differs is where the field went.

use std::{collections::BTreeSet, sync::Arc};

use slugline::{
    convert::{
        self, Options,
        memory::{Bytes, Memory},
    },
    format::{self, Format, Keep, Shape},
    model::{Feed, Item},
    profile::Profile,
};

use super::{
    code,
    flat::{self, Leaves},
    heading,
    probes::{base, feed_probes, item_probes},
    row,
};

/// The targets of the table: the name of a column, the format, and the path of an item in it.
const TARGETS: &[(&str, &str, &str)] = &[
    ("RSS 2.0", "rss", "rss/channel/item/"),
    ("RSS 1.0", "rss1", "rdf:RDF/item/"),
    ("Atom", "atom", "feed/entry/"),
    ("JSON Feed", "json-feed", "items[]."),
    ("post (Hugo)", "markdown", ""),
];

fn options(to: &'static Format, extra: Keep) -> Options {
    let mut options = Options::new(to, Arc::new(Profile::built_in("hugo").unwrap()));
    options.drafts = true;
    options.write.extra = extra;
    options
}

/// The feed as a JSON Feed, which keeps all of the hub.
fn source_of(feed: &Feed, item: &Item) -> Bytes {
    let format = format::find("json-feed").unwrap();
    let mut writer = (format.write.unwrap())(&options(format, Keep::All).write);
    let (mut stream, mut losses) = (Vec::new(), Vec::new());
    writer.head(feed, &mut stream, &mut losses).unwrap();
    writer.item(item, &mut stream, &mut losses).unwrap();
    writer.finish(None, &mut stream, &mut losses).unwrap();
    assert!(losses.is_empty(), "{losses:?}");
    Bytes { name: "feed.json".into(), bytes: stream }
}

/// The leaves of what is written, and what was lost.
fn written(feed: &Feed, item: &Item, to: &'static Format, extra: Keep) -> (Leaves, BTreeSet<String>) {
    let mut memory = Memory { is_folder: to.target.shape == Shape::Posts, ..Memory::default() };
    let summary = convert::convert(&[&source_of(feed, item)], &mut memory, &options(to, extra)).unwrap();
    assert!(summary.errors.is_empty(), "{:?}", summary.errors);
    let losses = summary.losses.kinds.keys().map(|(field, reason)| format!("{field} {}", reason.words())).collect();
    let bytes = memory.files.into_values().next().unwrap_or(memory.stream);
    let text = String::from_utf8(bytes).unwrap();
    let leaves = match to.name {
        "markdown" => flat::post(&text),
        "json-feed" => flat::json(&serde_json::from_str(&text).unwrap()),
        _ => flat::xml(&text),
    };
    (leaves, losses)
}

/// The paths that are in one and not in the other, with the mark in their values.
fn gone(with: &Leaves, without: &Leaves, mark: &str, is_wanted: impl Fn(&str) -> Option<String>) -> Vec<String> {
    let mut paths = Vec::new();
    for (path, value) in with {
        if value.contains(mark) && !without.contains(&(path.clone(), value.clone())) {
            let Some(path) = is_wanted(path).filter(|path| !paths.contains(path)) else { continue };
            // An element says it all where nothing but its being there differs.
            paths.retain(|known: &String| !path.starts_with(&format!("{known}/")));
            paths.push(path);
        }
    }
    paths.sort();
    paths
}

fn cell(paths: &[String], losses: &BTreeSet<String>) -> String {
    let paths: Vec<String> = paths.iter().map(|path| code(path)).collect();
    match (paths.is_empty(), losses.is_empty()) {
        (false, _) => paths.join("<br>"),
        (true, false) => "lost".to_owned(),
        (true, true) => panic!("a field goes nowhere, and nothing tells of it"),
    }
}

/// What becomes of a field in a format: `with` and `without` are the feed with and without it.
fn fate(
    with: &(Feed, Item),
    without: &(Feed, Item),
    mark: &str,
    to: &str,
    is_wanted: impl Fn(&str) -> Option<String>,
) -> String {
    let to = format::find(to).unwrap();
    let under = |extra: Keep| {
        let (before, lost_before) = written(&without.0, &without.1, to, extra);
        let (after, lost) = written(&with.0, &with.1, to, extra);
        cell(&gone(&after, &before, mark, &is_wanted), &lost.difference(&lost_before).cloned().collect())
    };
    // Posts have no more than their keys unless more is asked for; between feeds everything goes along.
    if to.target.shape == Shape::Feed {
        return under(Keep::All);
    }
    match (under(Keep::None), under(Keep::All)) {
        (usual, all) if usual == all => usual,
        (usual, all) if usual == "lost" => format!("lost; {all} under `--extra all`"),
        (usual, all) => format!("{usual}; {all} under `--extra all`"),
    }
}

fn heading_of(targets: &[(&str, &str, &str)]) -> String {
    let names: Vec<&str> = targets.iter().map(|target| target.0).collect();
    heading(&[&["field"], names.as_slice()].concat())
}

/// The table of an item's fields.
pub(crate) fn of_items() -> String {
    let mut table = heading_of(TARGETS);
    for probe in item_probes() {
        let (feed, mut item) = base();
        (probe.without)(&mut item);
        let without = (feed.clone(), item.clone());
        (probe.with)(&mut item);
        let with = (feed, item);
        let (field, part) = probe.name.split_once(',').unwrap_or((probe.name, ""));
        let comma = if part.is_empty() { "" } else { "," };
        let mut cells = vec![format!("{}{comma}{part}", code(field))];
        cells.extend(TARGETS.iter().map(|(_, to, prefix)| {
            fate(&with, &without, probe.mark, to, |path| path.strip_prefix(prefix).map(str::to_owned))
        }));
        table += &row(&cells.iter().map(String::as_str).collect::<Vec<_>>());
    }
    table
}

/// The table of a feed's fields.
pub(crate) fn of_feeds() -> String {
    let targets = &TARGETS[..4];
    let mut table = heading_of(targets);
    for probe in feed_probes() {
        let (mut feed, item) = base();
        (probe.without)(&mut feed);
        let without = (feed.clone(), item.clone());
        (probe.with)(&mut feed);
        let with = (feed, item);
        let mut cells = vec![code(probe.name)];
        cells.extend(targets.iter().map(|(_, to, prefix)| {
            fate(&with, &without, probe.mark, to, |path| {
                let tops = ["rss/channel/", "rss/", "rdf:RDF/channel/", "rdf:RDF/", "feed/"];
                let top = tops.iter().find_map(|top| path.strip_prefix(top)).unwrap_or(path);
                (!path.starts_with(prefix)).then(|| top.to_owned())
            })
        }));
        table += &row(&cells.iter().map(String::as_str).collect::<Vec<_>>());
    }
    table
}
