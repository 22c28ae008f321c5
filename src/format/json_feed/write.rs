//! Writes JSON Feed 1.1.

use crate::{
    error::Error,
    finding::Loss,
    format::{Keep, Sink, WriteOptions, Writer},
    json_hub::{object::Object, write},
    model::{Feed, Item},
    syntax::json,
};

/// Bytes that are gathered before they are handed on.
const CHUNK: usize = 64 << 10;

/// The writer of a feed.
pub(super) struct JsonFeedWriter {
    keep: bool,
    out: Vec<u8>,
    /// What the head said, so that nothing is said twice.
    written: Feed,
    any: bool,
}

impl JsonFeedWriter {
    pub(super) fn new(options: &WriteOptions) -> Self {
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

    fn flush(&mut self, sink: &mut dyn Sink) -> Result<(), Error> {
        self.hand_on(sink, 0)
    }

    fn apart(&self) -> Option<Box<dyn Writer + Send>> {
        let (out, written) = (Vec::with_capacity(2 * CHUNK), Feed::default());
        self.any.then(|| -> Box<dyn Writer + Send> {
            Box::new(JsonFeedWriter { keep: self.keep, out, written, any: true })
        })
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
