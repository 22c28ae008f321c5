//! # repeated-link
//!
//! ## What it checks
//! Whether several items of a feed link to one page: `link` of RSS, `link` with `rel="alternate"` of Atom, `url` of JSON
//! Feed. That all lead to the page that the feed itself links to is fine. Whether an entry or feed of Atom has the same
//! link twice.
//!
//! ## Why it matters
//! Readers that go by the link take the items for one, or mark all as read with the first. Of a file that an entry links
//! to twice they offer two.
//!
//! ## Example
//! ```xml
//! <item><title>Low tide</title><link>https://harbour.example/tides</link></item>
//! <item><title>High tide</title><link>https://harbour.example/tides</link></item>
//! ```
//!
//! ## Use instead
//! ```xml
//! <item><title>Low tide</title><link>https://harbour.example/tides#low</link></item>
//! <item><title>High tide</title><link>https://harbour.example/tides#high</link></item>
//! ```
//!
//! ## Since
//! 0.1.0

use std::{
    collections::{HashMap, hash_map::Entry},
    hash::{BuildHasher, RandomState},
};

use super::{Check, MOST, Rule};
use crate::{
    feed_view::{
        About, Look, Part,
        fields::{Link, is_atom},
    },
    finding::{Finding, Place, Severity},
    untrusted::shown,
};

pub(super) const RULE: Rule = Rule {
    code: "repeated-link",
    severity: Severity::Hint,
    page: include_str!("repeated_link.rs"),
    preview: false,
    check: Check::Feed(|| Box::<State>::default()),
};

/// Links of one part that are compared.
const COMPARED: usize = 32;

/// An item's link: by its hash, and that of the item's id, since two items of one id are another matter.
struct First {
    id: u64,
    place: Place,
    /// Where in the list of those met again.
    again: Option<usize>,
}

/// A link that was met again: the first two places, and how often in all.
struct Again {
    link: u64,
    first: Place,
    second: Place,
    times: usize,
}

/// The links met.
#[derive(Default)]
struct State {
    hasher: RandomState,
    known: HashMap<u64, First>,
    again: Vec<Again>,
}

/// Tells of links of Atom that are in one part twice. Two alternates of one type are wrong, which the table says.
fn twice(part: &Part<'_>, out: &mut Vec<Finding>) {
    let of_atom = |link: &Link<'_, '_>| is_atom(link.elem.ns()) && link.rel != "alternate" && !link.href.is_empty();
    let links: Vec<Link<'_, '_>> = part.links().filter(of_atom).take(COMPARED).collect();
    for (at, link) in links.iter().enumerate() {
        let same = |first: &&Link<'_, '_>| {
            (first.rel, first.href, first.kind, first.language) == (link.rel, link.href, link.kind, link.language)
        };
        if let Some(first) = links[..at].iter().find(same) {
            let message = format!("this `{}` link is there twice", shown(link.rel));
            let finding = Finding::new(RULE.code, RULE.severity, message, link.elem.at_name());
            out.push(finding.related(first.elem.at_name(), "first here").help("keep one"));
        }
    }
}

impl Look for State {
    fn item(&mut self, item: &Part<'_>, _: &About<'_>, out: &mut Vec<Finding>) {
        twice(item, out);
        let Some(link) = item.links().find(|link| link.rel == "alternate" && !link.href.is_empty()) else { return };
        let id = self.hasher.hash_one(item.id().map(|id| id.text()));
        let hash = self.hasher.hash_one(link.href);
        match self.known.entry(hash) {
            Entry::Vacant(slot) => drop(slot.insert(First { id, place: link.at(), again: None })),
            Entry::Occupied(mut first) => {
                let first = first.get_mut();
                match first.again {
                    Some(at) => self.again[at].times += 1,
                    None if (first.id == id && item.id().is_some()) || self.again.len() >= MOST => {}
                    None => {
                        first.again = Some(self.again.len());
                        let place = first.place.clone();
                        self.again.push(Again { link: hash, first: place, second: link.at(), times: 2 });
                    }
                }
            }
        }
    }

    fn end(&mut self, head: &Part<'_>, _: &About<'_>, out: &mut Vec<Finding>) {
        twice(head, out);
        // Items without a page of their own lead to the site's.
        let home: Vec<u64> = head.links().take(64).map(|link| self.hasher.hash_one(link.href)).collect();
        for again in self.again.drain(..).filter(|again| !home.contains(&again.link)) {
            let message = match again.times {
                2 => "two items link to this page".to_owned(),
                times => format!("{times} items link to this page"),
            };
            let finding = Finding::new(RULE.code, RULE.severity, message, again.second);
            out.push(
                finding
                    .related(again.first, "the first is here")
                    .help("give each item a page, or an anchor, of its own"),
            );
        }
    }
}
