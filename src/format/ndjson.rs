//! NDJSON: a JSON Feed item a line. What is said of the feed has no place in it.

use std::io::{BufRead, BufReader, ErrorKind as IoErrorKind, Read};

use super::{Body, Format, Keep, Part, Places, Probe, ReadOptions, Reader, Shape, Sink, Target, Writer};
use crate::{
    error::{Error, ErrorKind},
    finding::{Finding, Loss, Reason},
    json_hub::{
        cursor::{Cursor, Step},
        read, write,
    },
    limits::Limits,
    lines::Position,
    model::{Feed, Item},
    reference::Base,
    syntax::json::{Fault, Json, Token, write::Layout},
};

pub(super) const FORMAT: Format = Format {
    name: "ndjson",
    aliases: &["jsonl"],
    about: "a JSON Feed item a line",
    extensions: &["ndjson", "jsonl"],
    sniff,
    read: Some(|read, options| Box::new(NdjsonReader::new(read, options))),
    watch: None,
    gather: None,
    is_export: false,
    write: Some(|options| Box::new(NdjsonWriter { keep: options.extra == Keep::All, out: Vec::new() })),
    target: Target { shape: Shape::Feed, head_first: false, has_head: false, needs_id: true, body: Body::Keep },
};

/// Whether the first line is an object with the keys of an item, and the next begins another.
fn sniff(probe: &Probe<'_>) -> bool {
    if matches!(probe.extension, "ndjson" | "jsonl") {
        return true;
    }
    if matches!(probe.extension, "md" | "markdown" | "mdx" | "html" | "htm") {
        return false;
    }
    let text = probe.start.trim_start();
    let (first, rest) = text.split_once('\n').unwrap_or((text, ""));
    if !rest.trim_start().is_empty() && !rest.trim_start().starts_with('{') {
        return false;
    }
    let mut json = Json::empty(Limits::default(), false);
    json.load(first.as_bytes(), 0, Position { line: 1, column: 1 });
    if json.next() != Ok(Token::ObjectStart) {
        return false;
    }
    let mut found = false;
    while let Ok(Token::Key(key)) = json.next() {
        found |= matches!(key, "content_html" | "content_text" | "date_published" | "id");
        if key == "items" || json.skip().is_err() {
            break;
        }
    }
    found
}

struct NdjsonReader<'a> {
    read: BufReader<Box<dyn Read + 'a>>,
    cursor: Cursor<'a>,
    base: Base,
    limits: Limits,
    started: bool,
    line: Vec<u8>,
    /// 1-based, of the line to be read next.
    number: usize,
    /// Where that line begins.
    offset: usize,
    items: usize,
    /// What was found on lines that could not be read.
    findings: Vec<Finding>,
    places: Places,
}

impl<'a> NdjsonReader<'a> {
    fn new(read: Box<dyn Read + 'a>, options: &ReadOptions) -> Self {
        let json = Json::empty(options.limits.clone(), options.repair);
        NdjsonReader {
            read: BufReader::with_capacity(64 << 10, read),
            cursor: Cursor::new(json, &options.limits, options.places),
            base: options.base_url.as_deref().map(Base::new).unwrap_or_default(),
            limits: options.limits.clone(),
            started: false,
            line: Vec::new(),
            number: 1,
            offset: 0,
            items: 0,
            findings: Vec::new(),
            places: Places::default(),
        }
    }

    /// Reads a line; false at the end.
    fn next_line(&mut self) -> Result<bool, Error> {
        self.line.clear();
        let most = self.limits.item;
        loop {
            let bytes = match self.read.fill_buf() {
                Ok(bytes) => bytes,
                Err(error) if error.kind() == IoErrorKind::Interrupted => continue,
                Err(error) => return Err(Error::new(ErrorKind::Input, error.to_string())),
            };
            let end = memchr::memchr(b'\n', bytes);
            let count = end.map_or(bytes.len(), |end| end + 1);
            self.line.extend_from_slice(&bytes[..count]);
            self.read.consume(count);
            if self.line.len() > most {
                let message = Limits::message("bytes on one line", most, "item");
                return Err(Error::new(ErrorKind::Limit, message).at(self.number, 1));
            }
            if end.is_some() || count == 0 {
                return Ok(!self.line.is_empty());
            }
        }
    }

    fn item(&mut self) -> Step<Option<Item>> {
        match self.cursor.peek()? {
            Some(b'{') => {
                let item = read::item(&mut self.cursor, &self.base)?;
                // Nothing may follow on the line.
                self.cursor.peek()?;
                Ok(Some(item))
            }
            _ => {
                self.cursor.value()?;
                let message = "a line must hold an object; it is left out";
                self.cursor.report(&"", |place| Finding::error("wrong-type", message, place));
                Ok(None)
            }
        }
    }
}

impl Reader for NdjsonReader<'_> {
    fn next(&mut self) -> Result<Option<Part>, Error> {
        if !self.started {
            self.started = true;
            return Ok(Some(Part::Head(Feed::default())));
        }
        while self.next_line()? {
            let (start, position) = (self.offset, Position { line: self.number, column: 1 });
            self.offset += self.line.len();
            self.number += 1;
            let bom: &[u8] = if start == 0 { b"\xef\xbb\xbf" } else { b"" };
            let line = self.line.strip_prefix(bom).unwrap_or(&self.line);
            if line.trim_ascii().is_empty() {
                continue;
            }
            self.cursor.pointer = format!("/{}", self.items);
            self.cursor.load(line, start, position);
            match self.item() {
                Ok(Some(item)) => {
                    self.items += 1;
                    if let Some(places) = &mut self.cursor.places {
                        self.places.list = std::mem::take(places);
                    }
                    return Ok(Some(Part::Item(Box::new(item))));
                }
                Ok(None) => {}
                // A line that cannot be read does not sink the rest.
                Err(Fault::Malformed(finding)) => self.findings.push(*finding),
                Err(Fault::Stopped(error)) if error.kind == ErrorKind::Limit => return Err(error),
                Err(fault) => return Err(fault.into_error()),
            }
            if let Some(places) = &mut self.cursor.places {
                places.clear();
            }
        }
        Ok(None)
    }

    fn places(&self) -> &Places {
        &self.places
    }

    fn take_findings(&mut self) -> Vec<Finding> {
        let mut findings = self.cursor.take_findings();
        findings.append(&mut self.findings);
        findings.sort_by_key(|finding| finding.range.as_ref().map_or(0, |range| range.start));
        findings
    }
}

struct NdjsonWriter {
    keep: bool,
    out: Vec<u8>,
}

/// What of a feed is told as lost: each field that says something, with its value.
fn lost(feed: &Feed, losses: &mut Vec<Loss>) {
    let text = |text: &Option<crate::model::Text>| text.as_ref().map(|text| text.value.clone());
    let fields: [(&'static str, Option<String>); 12] = [
        ("feed.title", text(&feed.title)),
        ("feed.home_page_url", feed.home_page_url.clone()),
        ("feed.feed_url", feed.feed_url.clone()),
        ("feed.description", text(&feed.description)),
        ("feed.user_comment", feed.user_comment.clone()),
        ("feed.icon", feed.icon.clone()),
        ("feed.favicon", feed.favicon.clone()),
        ("feed.authors", feed.authors.first().map(|author| author.name.clone().unwrap_or_default())),
        ("feed.language", feed.language.clone()),
        ("feed.rights", text(&feed.rights)),
        ("feed.id", feed.id.clone()),
        ("feed.tags", feed.tags.first().map(|tag| tag.term.clone())),
    ];
    for (field, value) in fields {
        losses.extend(value.map(|value| Loss::new(field, Reason::NoField, &value)));
    }
    let rest = [
        ("feed.next_url", feed.next_url.clone()),
        ("feed.expired", feed.expired.map(|expired| expired.to_string())),
        ("feed.published", feed.published.as_ref().map(|date| date.text.clone())),
        ("feed.updated", feed.updated.as_ref().map(|date| date.text.clone())),
        ("feed.generator", feed.generator.clone()),
        ("feed.hubs", feed.hubs.first().map(|hub| hub.url.clone())),
        ("feed.extra", feed.extra.nodes.first().map(|node| node.name.local().to_owned())),
        ("feed.extra", feed.extra.keys.keys().next().cloned()),
    ];
    for (field, value) in rest {
        losses.extend(value.map(|value| Loss::new(field, Reason::NoField, &value)));
    }
}

impl Writer for NdjsonWriter {
    fn head(&mut self, feed: &Feed, _: &mut dyn Sink, losses: &mut Vec<Loss>) -> Result<(), Error> {
        lost(feed, losses);
        Ok(())
    }

    fn item(&mut self, item: &Item, sink: &mut dyn Sink, losses: &mut Vec<Loss>) -> Result<(), Error> {
        self.out.clear();
        write::item(&mut self.out, Layout::Line, item, self.keep, losses);
        self.out.push(b'\n');
        sink.write(&self.out)
    }

    fn apart(&self) -> Option<Box<dyn Writer + Send>> {
        Some(Box::new(NdjsonWriter { keep: self.keep, out: Vec::new() }))
    }

    fn finish(&mut self, late: Option<&Feed>, _: &mut dyn Sink, losses: &mut Vec<Loss>) -> Result<(), Error> {
        if let Some(late) = late {
            lost(late, losses);
        }
        Ok(())
    }
}
