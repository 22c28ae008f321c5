//! Who an item is when its source does not say: an id that is the same on every run, whatever format it came by.
//!
//! The id is a UUID of version 5 (RFC 9562, section 5.5) in slugline's own namespace, [`NAMESPACE`], of the item's
//! link, made absolute; else of its title and date; else of its content.

use std::{
    collections::{HashMap, HashSet, hash_map::DefaultHasher},
    hash::{Hash, Hasher},
};

use uuid::Uuid;

use crate::{
    kind,
    model::{Date, Feed, Item, Text, TextKind},
    reference::Base,
    syntax::{html, markdown},
};

/// The namespace of derived ids: the UUID of version 5 of `https://slugline.dev/ns/1.0` in the namespace for URLs.
pub(crate) const NAMESPACE: Uuid = Uuid::from_u128(0xa98c_7a4c_606c_5653_831e_e7e9_4b04_9255);

/// An id for an item that has none: `urn:uuid:…`.
pub(crate) fn derive(item: &Item, feed: &Feed) -> String {
    let link = [&item.url, &item.external_url, &item.content_src].into_iter().flatten().find(|link| !link.is_empty());
    if let Some(link) = link {
        let base = feed.home_page_url.as_deref().or(feed.feed_url.as_deref());
        return name("link", &[&Base::new(base.unwrap_or_default()).resolve(link)]);
    }
    let title = item.title.as_ref().map(plain).filter(|title| !title.is_empty());
    let date = date(item);
    match (title, date.is_empty()) {
        (Some(title), false) => name("title", &[&title, &date]),
        (title, _) => name("content", &[&title.unwrap_or_default(), &date, &content(item)]),
    }
}

/// What stands for an id where only addresses may be ids: `None` for one that is an address itself.
pub(crate) fn iri(id: &str) -> Option<String> {
    (!kind::accepts(kind::ID, id)).then(|| name("id", &[id]))
}

/// The UUID of some facts: `urn:uuid:…`. Their lengths go in, so that no two lists of facts make one text.
pub(crate) fn name(kind: &str, facts: &[&str]) -> String {
    let mut text = kind.to_owned();
    for fact in facts {
        text.push_str(&format!("\n{}:{fact}", fact.len()));
    }
    Uuid::new_v5(&NAMESPACE, text.as_bytes()).urn().to_string()
}

/// A text without markup, single blanks between words: the same whatever format it came by.
fn plain(text: &Text) -> String {
    let value = match text.kind {
        TextKind::Html | TextKind::Xhtml => html::to_text(&text.value),
        TextKind::Markdown => html::to_text(&markdown::to_html(&text.value)),
        TextKind::Plain | TextKind::Media(_) => text.value.clone(),
    };
    value.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The first date of the item: its second in UTC, where it can be read.
fn date(item: &Item) -> String {
    let written = |date: &Date| date.moment.map_or_else(|| date.text.clone(), |moment| moment.timestamp().to_string());
    item.published.as_ref().or(item.updated.as_ref()).map(written).unwrap_or_default()
}

fn content(item: &Item) -> String {
    let plain_content = item.content_text.as_ref().map(|text| Text::plain(text.as_str()));
    item.content.as_ref().or(plain_content.as_ref()).or(item.summary.as_ref()).map(plain).unwrap_or_default()
}

/// The derived ids of a run, so that no two items get the same. Keeps eight bytes an item.
#[derive(Debug, Clone, Default)]
pub(crate) struct Seen {
    known: HashSet<u64>,
    /// For ids whose items have nothing that tells them apart: how many there were.
    equal: HashMap<u64, u32>,
}

impl Seen {
    /// `id`, or if another item had it, one with what tells this item apart: its date, its title, its content; at last
    /// its number among those that are equal in all.
    pub(crate) fn distinct(&mut self, id: String, item: &Item) -> String {
        if self.is_new(&id) {
            return id;
        }
        let title = item.title.as_ref().map(plain).unwrap_or_default();
        let mut id = id;
        for fact in [date(item), title, content(item)] {
            id = name("same", &[&id, &fact]);
            if self.is_new(&id) {
                return id;
            }
        }
        let count = self.equal.entry(hash(&id)).or_insert(1);
        *count += 1;
        let id = name("number", &[&id, &count.to_string()]);
        self.is_new(&id);
        id
    }

    /// Takes over the ids of items that were read apart from these; false, and nothing taken, where it would have made
    /// a difference to them to know these ones.
    pub(crate) fn join(&mut self, apart: &Seen) -> bool {
        let equal = !apart.equal.is_empty() || apart.known.iter().any(|id| self.known.contains(id));
        if !equal {
            self.known.extend(&apart.known);
        }
        !equal
    }

    fn is_new(&mut self, id: &str) -> bool {
        self.known.insert(hash(id))
    }
}

/// The same on every run: the hasher's keys are fixed.
fn hash(id: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    id.hash(&mut hasher);
    hasher.finish()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn item(url: &str, title: &str, date: &str) -> Item {
        Item {
            url: Some(url.to_owned()).filter(|url| !url.is_empty()),
            title: Some(Text::plain(title)).filter(|_| !title.is_empty()),
            published: Some(Date::new(date)).filter(|_| !date.is_empty()),
            ..Item::default()
        }
    }

    #[test]
    fn the_namespace_is_the_uuid_of_its_address() {
        assert_eq!(NAMESPACE, Uuid::new_v5(&Uuid::NAMESPACE_URL, crate::model::SLUGLINE_NAMESPACE.as_bytes()));
    }

    #[test]
    fn the_link_is_enough_and_counts_as_absolute() {
        let feed = Feed { home_page_url: Some("https://example.org/blog/".to_owned()), ..Feed::default() };
        let id = derive(&item("https://example.org/blog/a", "one", ""), &feed);
        assert_eq!(id, "urn:uuid:c69748fb-700d-5d77-ac8a-7294ff9c8f8c");
        assert_eq!(derive(&item("a", "other", "2025"), &feed), id);
    }

    #[test]
    fn without_a_link_title_and_date_tell_whatever_their_spelling() {
        let feed = Feed::default();
        let plain = item("", "Snow & ice", "2025-09-24T03:17:09Z");
        let mut html = item("", "", "Wed, 24 Sep 2025 05:17:09 +0200");
        html.title = Some(Text::html("<b>Snow</b> &amp; ice"));
        assert_eq!(derive(&plain, &feed), derive(&html, &feed));
        assert_ne!(derive(&plain, &feed), derive(&item("", "Snow & ice", "2025-09-25"), &feed));
    }

    #[test]
    fn without_either_the_content_tells() {
        let feed = Feed::default();
        let with = |content: Text| Item { content: Some(content), ..Item::default() };
        let id = derive(&with(Text::html("<p>It <em>snowed</em>.</p>")), &feed);
        assert_eq!(derive(&with(Text::new(TextKind::Markdown, "It *snowed*.")), &feed), id);
        assert_ne!(derive(&with(Text::plain("It rained.")), &feed), id);
        assert_ne!(derive(&Item::default(), &feed), id);
    }

    #[test]
    fn items_that_would_share_an_id_are_told_apart_the_same_way_on_every_run() {
        let feed = Feed::default();
        let items: Vec<Item> =
            ["2025", "2026", "2026", "2026"].map(|date| item("https://example.org/", "a", date)).into();
        let run = || {
            let mut seen = Seen::default();
            items.iter().map(|item| seen.distinct(derive(item, &feed), item)).collect::<Vec<_>>()
        };
        let ids = run();
        assert_eq!(ids.iter().collect::<HashSet<_>>().len(), 4);
        assert_eq!(run(), ids);
    }

    #[test]
    fn many_equal_items_take_linear_time() {
        let mut seen = Seen::default();
        let ids: HashSet<_> = (0..20_000).map(|_| seen.distinct("x".to_owned(), &Item::default())).collect();
        assert_eq!(ids.len(), 20_000);
    }
}
