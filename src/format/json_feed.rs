//! JSON Feed: versions 1.0 and 1.1 read, and what means to be one; version 1.1 written.

use std::io::Read;

use super::{Body, Format, Keep, Part, Places, Probe, ReadOptions, Reader, Shape, Sink, Target, WriteOptions, Writer};
use crate::{
    error::{Error, ErrorKind},
    finding::{Finding, Loss, Severity},
    json_hub::{
        cursor::{Cursor, Step},
        object::Object,
        read::{self, Keys, Late},
        write,
    },
    model::{Feed, Item},
    reference::Base,
    syntax::json::{self, Json, Token},
};

pub(super) const FORMAT: Format = Format {
    name: "json-feed",
    aliases: &["jsonfeed", "json"],
    about: "JSON Feed 1.0 and 1.1",
    extensions: &["json", "jsonfeed"],
    sniff,
    read: Some(|read, options| Box::new(JsonFeedReader::new(read, options))),
    watch: None,
    write: Some(|options| Box::new(JsonFeedWriter::new(options))),
    target: Target { shape: Shape::Feed, head_first: false, has_head: true, needs_id: true, body: Body::Html },
};

/// An object with a JSON Feed's version or its items; posts with a head in JSON are told by their name.
fn sniff(probe: &Probe<'_>) -> bool {
    if matches!(probe.extension, "md" | "markdown" | "mdx" | "html" | "htm" | "ndjson" | "jsonl") {
        return false;
    }
    let mut json = Json::empty(crate::limits::Limits::default(), true);
    json.load(probe.start.as_bytes(), 0, crate::lines::Position { line: 1, column: 1 });
    let (mut addresses, mut title) = (false, false);
    // What stands at the top, as far as the first bytes go.
    if json.next() != Ok(Token::ObjectStart) {
        return false;
    }
    while let Ok(Token::Key(key)) = json.next() {
        let key = key.to_owned();
        match &*key {
            "version" => match json.next() {
                Ok(Token::String(version)) if version.contains("jsonfeed.org/version") => return true,
                Ok(Token::ObjectStart | Token::ArrayStart) | Err(_) => return false,
                Ok(_) => {}
            },
            "items" => return matches!(json.peek(), Ok(Some(b'[')) | Err(_)),
            _ => {
                addresses |= matches!(&*key, "home_page_url" | "feed_url");
                title |= key == "title";
                if json.skip().is_err() {
                    break;
                }
            }
        }
    }
    addresses && title
}

/// Where a reader is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum At {
    Start,
    Items,
    End,
}

struct JsonFeedReader<'a> {
    cursor: Cursor<'a>,
    at: At,
    base_url: Option<String>,
    base: Base,
    keys: Keys,
    /// How many elements of `items` were read.
    items: usize,
    places: Places,
}

impl<'a> JsonFeedReader<'a> {
    fn new(read: Box<dyn Read + 'a>, options: &ReadOptions) -> Self {
        let json = Json::new(read, options.limits.clone(), options.repair);
        JsonFeedReader {
            cursor: Cursor::new(json, &options.limits, options.places),
            at: At::Start,
            base_url: options.base_url.clone(),
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
            if !self.keys.note(&mut self.cursor, &key, range) {
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
            let addresses = [&feed.feed_url, &feed.home_page_url, &self.base_url];
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
        self.cursor.report_at(range, "", |place| {
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
}

/// Bytes that are gathered before they are handed on.
const CHUNK: usize = 64 << 10;

struct JsonFeedWriter {
    keep: bool,
    out: Vec<u8>,
    /// What the head said, so that nothing is said twice.
    written: Feed,
    any: bool,
}

impl JsonFeedWriter {
    fn new(options: &WriteOptions) -> Self {
        JsonFeedWriter {
            keep: options.extra == Keep::All,
            out: Vec::with_capacity(2 * CHUNK),
            written: Feed::default(),
            any: false,
        }
    }

    fn hand_on(&mut self, sink: &mut dyn Sink, least: usize) -> Result<(), Error> {
        if self.out.len() > least {
            sink.write(&self.out)?;
            self.out.clear();
        }
        Ok(())
    }
}

impl Writer for JsonFeedWriter {
    fn head(&mut self, feed: &Feed, sink: &mut dyn Sink, losses: &mut Vec<Loss>) -> Result<(), Error> {
        let mut object = Object::begin(&mut self.out, json::write::Layout::Lines(0));
        write::head(&mut object, feed, self.keep, losses);
        object.open_list("items");
        self.written = feed.clone();
        self.hand_on(sink, CHUNK)
    }

    fn item(&mut self, item: &Item, sink: &mut dyn Sink, losses: &mut Vec<Loss>) -> Result<(), Error> {
        self.out.extend_from_slice(if self.any { b",\n    " } else { b"\n    " });
        self.any = true;
        write::item(&mut self.out, json::write::Layout::Lines(2), item, self.keep, losses);
        self.hand_on(sink, CHUNK)
    }

    fn finish(&mut self, late: Option<&Feed>, sink: &mut dyn Sink, losses: &mut Vec<Loss>) -> Result<(), Error> {
        self.out.extend_from_slice(if self.any { b"\n  ]" } else { b"]" });
        let mut object = Object::resume(&mut self.out, json::write::Layout::Lines(0));
        if let Some(late) = late {
            write::late(&mut object, late, &self.written, self.keep, losses);
        }
        object.end();
        self.out.push(b'\n');
        self.hand_on(sink, 0)
    }
}
