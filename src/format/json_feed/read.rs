//! Reads JSON Feed, item by item.

use std::{io::Read, sync::Arc};

use super::apart::{StretchOf, beginning};
use crate::{
    error::{Error, ErrorKind},
    finding::{Finding, Severity},
    format::{
        Part, Places, ReadOptions, Reader,
        apart::{self, Apart},
    },
    json_hub::{
        cursor::{Cursor, Step},
        read::{self, Keys, Late},
    },
    model::Feed,
    reference::Base,
    syntax::json::Json,
};

/// Where a reader is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum At {
    Start,
    Items,
    End,
}

/// The reader of a feed.
pub(super) struct JsonFeedReader<'a> {
    cursor: Cursor<'a>,
    at: At,
    options: ReadOptions,
    pub(super) base: Base,
    keys: Keys,
    /// How many elements of `items` were read.
    items: usize,
    places: Places,
}

impl<'a> JsonFeedReader<'a> {
    pub(super) fn new(read: Box<dyn Read + 'a>, options: &ReadOptions) -> Self {
        let json = Json::new(read, options.limits.clone(), options.repair);
        JsonFeedReader {
            cursor: Cursor::new(json, &options.limits, options.places),
            at: At::Start,
            options: options.clone(),
            base: Base::default(),
            keys: Keys::default(),
            items: 0,
            places: Places::default(),
        }
    }

    fn step(&mut self) -> Step<Option<Part>> {
        match self.at {
            At::Start => self.head().map(|feed| Some(Part::Head(feed))),
            At::Items => self.item(),
            At::End => Ok(None),
        }
    }

    fn head(&mut self) -> Step<Feed> {
        if self.cursor.peek()? != Some(b'{') {
            let error = Error::new(ErrorKind::Unreadable, "is JSON, but no JSON Feed: that is an object with `items`");
            return Err(self.cursor.stop(error));
        }
        let brace = self.cursor.bracket()?;
        let feed = self.members()?;
        if self.at == At::End && feed == Feed::default() {
            let error =
                Error::new(ErrorKind::Unreadable, "is JSON, but no JSON Feed: it has neither `title` nor `items`");
            return Err(self.cursor.stop(error));
        }
        if self.at == At::End && !feed.extra.keys.contains_key("items") {
            self.missing(brace, "items", "write `\"items\": []` if there are none");
        }
        Ok(feed)
    }

    /// Reads members up to the items, or to the end of the feed.
    fn members(&mut self) -> Step<Feed> {
        let (mut feed, mut late) = (Feed::default(), Late::default());
        self.at = At::End;
        self.cursor.pointer.clear();
        while let Some((key, range)) = self.cursor.key()? {
            if !self.keys.note(&mut self.cursor, &key, &key, range) {
                self.cursor.skip()?;
            } else if key == "items" && self.cursor.peek()? == Some(b'[') {
                self.cursor.bracket()?;
                self.at = At::Items;
                break;
            } else if key == "items" {
                self.cursor.keep(&key, "a list", &mut feed.extra.keys)?;
            } else {
                read::member(&mut self.cursor, &key, &mut feed, &mut late)?;
            }
        }
        if self.at == At::End {
            // Nothing may follow the feed's object.
            self.cursor.peek()?;
        }
        late.finish(&mut self.cursor, &mut feed);
        if !self.base.is_known() {
            let addresses = [&feed.feed_url, &feed.home_page_url, &self.options.base_url];
            let bases = addresses.into_iter().flatten().map(|address| Base::new(address));
            self.base = bases.into_iter().find(Base::is_known).unwrap_or_default();
        }
        read::resolve(&mut feed, &self.base);
        Ok(feed)
    }

    fn item(&mut self) -> Step<Option<Part>> {
        loop {
            match self.cursor.peek()? {
                Some(b']') => {
                    self.cursor.bracket()?;
                    let late = self.members()?;
                    self.at = At::End;
                    return Ok((late != Feed::default()).then_some(Part::Late(late)));
                }
                Some(b'{') => {
                    self.cursor.pointer = format!("/items/{}", self.items);
                    self.items += 1;
                    let item = read::item(&mut self.cursor, &self.base)?;
                    return Ok(Some(Part::Item(Box::new(item))));
                }
                _ => {
                    self.cursor.pointer.clear();
                    let value = self.cursor.value()?;
                    let path = format!("/items/{}", self.items);
                    self.items += 1;
                    let message = format!("an item must be an object; `{}` is left out", short(&value.to_string()));
                    self.cursor.report(&path, |place| Finding::error("wrong-type", message, place));
                }
            }
        }
    }

    fn missing(&mut self, range: std::ops::Range<usize>, key: &str, help: &str) {
        self.cursor.report_at(range, &"", |place| {
            Finding::new("missing-key", Severity::Error, format!("`{key}` is missing"), place).help(help)
        });
    }
}

fn short(text: &str) -> String {
    text.chars().take(40).collect()
}

impl Reader for JsonFeedReader<'_> {
    fn next(&mut self) -> Result<Option<Part>, Error> {
        let part = self.step().map_err(|fault| {
            self.at = At::End;
            fault.into_error()
        })?;
        if let Some(places) = &mut self.cursor.places {
            self.places.list = std::mem::take(places);
        }
        Ok(part)
    }

    fn places(&self) -> &Places {
        &self.places
    }

    fn take_findings(&mut self) -> Vec<Finding> {
        self.cursor.take_findings()
    }

    fn apart(&mut self, count: usize, size: usize) -> Option<Apart<'_>> {
        if self.at != At::Items || self.items == 0 || self.options.places {
            return None;
        }
        let read = StretchOf { options: self.options.clone(), base: self.base.clone() };
        let bytes = self.cursor.elements_ahead(count * size);
        let begin = beginning(bytes)?;
        let stretches = apart::cut(bytes, count, begin, |_| true);
        (!stretches.is_empty()).then(|| Apart { stretches, read: Arc::new(read) })
    }

    fn pass_over(&mut self, bytes: usize, items: usize) {
        self.items += items;
        self.cursor.pass_over(bytes);
    }
}
