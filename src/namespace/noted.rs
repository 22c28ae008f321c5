//! Where the parts of an item or head stand: hub pointers and bytes.

use std::ops::Range;

use super::{element::Element, field::Field, item::Taken, link::relation};
use crate::model::{Feed, Item};

/// What was noted, when anybody wants it.
#[derive(Debug)]
pub(crate) struct Noted {
    on: bool,
    list: Vec<(String, Range<usize>)>,
    /// Where the kept elements stand, in order.
    kept: Vec<Range<usize>>,
}

impl Noted {
    pub(crate) fn new(on: bool) -> Self {
        Noted { on, list: Vec::new(), kept: Vec::new() }
    }

    /// Notes where an element stands that went into a field.
    pub(crate) fn field(&mut self, field: Field, element: &Element<'_>, item: Option<&Item>, head: &Feed) {
        if self.on {
            let pointer = pointer(field, Some(element), item, Some(head));
            self.list.push((pointer, element.range.clone()));
        }
    }

    /// Notes where an element stands that was kept.
    pub(crate) fn kept(&mut self, range: Range<usize>) {
        if self.on {
            self.kept.push(range);
        }
    }

    /// Gives the kept elements their pointers, now that it is known what became of them.
    pub(crate) fn settle(&mut self, meanings: &[Option<Field>], taken: &[Taken], item: Option<&Item>) {
        if !self.on {
            return;
        }
        // Attributes that are kept as an element stand first, and have no place of their own.
        let without = taken.len().saturating_sub(self.kept.len());
        let mut index = without;
        for (at, range) in self.kept.drain(..).enumerate() {
            let at = at + without;
            let taken = taken.get(at).copied().unwrap_or(Taken::Nothing);
            if taken != Taken::Nothing
                && let Some(Some(field)) = meanings.get(at)
            {
                self.list.push((pointer(*field, None, item, None), range.clone()));
            }
            if taken != Taken::Whole {
                self.list.push((format!("/extra/{index}"), range));
                index += 1;
            }
        }
        if let Some(item) = item {
            // RSS's description is the content where there is no other.
            let both = item.content.is_some() && item.summary.is_some();
            for (pointer, _) in &mut self.list {
                if pointer == "/description" {
                    *pointer = if both { "/summary" } else { "/content" }.to_owned();
                }
            }
        }
    }

    /// Notes where the item as a whole stands.
    pub(crate) fn whole(&mut self, range: Range<usize>) {
        if self.on {
            self.list.push((String::new(), range));
        }
    }

    /// The list, in document order.
    pub(crate) fn take(&mut self) -> Vec<(String, Range<usize>)> {
        let mut list = std::mem::take(&mut self.list);
        list.sort_by_key(|(_, range)| (range.start, range.end));
        list
    }
}

fn pointer(field: Field, element: Option<&Element<'_>>, item: Option<&Item>, head: Option<&Feed>) -> String {
    let last = |item_len: fn(&Item) -> usize, feed_len: fn(&Feed) -> usize| {
        let len = item.map(item_len).or_else(|| head.map(feed_len)).unwrap_or(1);
        len.saturating_sub(1)
    };
    let in_item = item.is_some();
    match field {
        Field::Title => "/title".to_owned(),
        Field::Description if in_item => "/description".to_owned(),
        Field::Summary if in_item => "/summary".to_owned(),
        Field::Content if in_item => "/content".to_owned(),
        Field::Description | Field::Summary | Field::Content => "/description".to_owned(),
        Field::Link => if in_item { "/url" } else { "/home_page_url" }.to_owned(),
        Field::Relation => {
            let rel = relation(element.and_then(|element| element.get("rel")).unwrap_or("alternate"));
            match rel.as_str() {
                "related" => "/external_url".to_owned(),
                "replies" => "/comments_url".to_owned(),
                "self" => "/feed_url".to_owned(),
                "next" => "/next_url".to_owned(),
                "hub" => format!("/hubs/{}", last(|_| 1, |feed| feed.hubs.len())),
                "enclosure" => format!("/attachments/{}", last(|item| item.attachments.len(), |_| 1)),
                _ => if in_item { "/url" } else { "/home_page_url" }.to_owned(),
            }
        }
        Field::Guid | Field::Id => "/id".to_owned(),
        Field::Published => "/published".to_owned(),
        Field::Updated => "/updated".to_owned(),
        Field::Author | Field::Person => {
            format!("/authors/{}", last(|item| item.authors.len(), |feed| feed.authors.len()))
        }
        Field::Tag => format!("/tags/{}", last(|item| item.tags.len(), |feed| feed.tags.len())),
        Field::Keywords | Field::NestedTag => "/tags".to_owned(),
        Field::Enclosure => format!("/attachments/{}", last(|item| item.attachments.len(), |_| 1)),
        Field::Media => "/attachments".to_owned(),
        Field::Duration => "/attachments/0/duration_in_seconds".to_owned(),
        Field::Thumbnail | Field::Picture | Field::Image | Field::Logo => {
            if in_item { "/image" } else { "/icon" }.to_owned()
        }
        Field::Favicon => "/favicon".to_owned(),
        Field::Comments => "/comments_url".to_owned(),
        Field::Source | Field::AtomSource => "/source".to_owned(),
        Field::Language => "/language".to_owned(),
        Field::Rights => "/rights".to_owned(),
        Field::Generator => "/generator".to_owned(),
        Field::Cloud => "/hubs".to_owned(),
        Field::Complete => "/expired".to_owned(),
        Field::Control => "/draft".to_owned(),
        Field::Own => element.map_or_else(String::new, |element| format!("/{}", element.node.name.local())),
        Field::Plumbing => String::new(),
    }
}
