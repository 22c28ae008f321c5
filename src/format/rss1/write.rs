//! Writes RSS 1.0: the frame. The channel lists its items by their addresses, so these are announced first.

use std::collections::VecDeque;

use super::{channel, item};
use crate::{
    error::Error,
    finding::{Loss, Reason},
    format::{Keep, Sink, WriteOptions, Writer, xml_feed::flush},
    identity, kind,
    model::{Feed, Item},
    namespace::{RSS, emit::Emitter},
};

const START: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<rdf:RDF";

/// The writer of a feed.
struct Rss1Writer {
    e: Emitter,
    keep: bool,
    /// What items are about, as the channel lists them; those that are still to come.
    listed: VecDeque<String>,
    /// What was an item's already: RDF wants each once.
    seen: identity::Seen,
    /// The feed's own address and its page: what derived addresses come from.
    around: Feed,
}

/// Makes a writer.
pub(super) fn writer(options: &WriteOptions) -> Box<dyn Writer> {
    let mut e = Emitter::within(RSS);
    e.inside(&["rdf:RDF"]);
    Box::new(Rss1Writer {
        e,
        keep: options.extra == Keep::All,
        listed: VecDeque::new(),
        seen: identity::Seen::default(),
        around: Feed::default(),
    })
}

/// What an item is about (RSS 1.0, section 5.5): its id where that is a URI, else its page, else what tells it.
fn about(item: &Item, around: &Feed, seen: &mut identity::Seen) -> String {
    let uri = |text: &&String| kind::accepts(kind::ID, text);
    let named = item.id.as_ref().filter(uri).or_else(|| item.url.as_ref().filter(uri));
    let about = named.cloned().unwrap_or_else(|| identity::derive(item, around));
    seen.distinct(about, item)
}

impl Rss1Writer {
    /// What derived addresses come from.
    fn look_around(&mut self, feed: &Feed) {
        self.around.home_page_url.clone_from(&feed.home_page_url);
        self.around.feed_url.clone_from(&feed.feed_url);
    }
}

impl Writer for Rss1Writer {
    fn lists_items(&self) -> bool {
        true
    }

    fn announce(&mut self, item: &Item, feed: &Feed) {
        self.look_around(feed);
        self.listed.push_back(about(item, &self.around, &mut self.seen));
    }

    fn head(&mut self, feed: &Feed, sink: &mut dyn Sink, losses: &mut Vec<Loss>) -> Result<(), Error> {
        self.look_around(feed);
        channel::write(&mut self.e, feed, self.listed.make_contiguous(), self.keep);
        flush(&mut self.e, false, sink, losses)
    }

    fn item(&mut self, item: &Item, sink: &mut dyn Sink, losses: &mut Vec<Loss>) -> Result<(), Error> {
        let about = self.listed.pop_front().unwrap_or_else(|| about(item, &self.around, &mut self.seen));
        item::write(&mut self.e, item, &about, self.keep);
        self.e.root(START, ">\n");
        flush(&mut self.e, false, sink, losses)
    }

    fn flush(&mut self, sink: &mut dyn Sink) -> Result<(), Error> {
        flush(&mut self.e, true, sink, &mut Vec::new())
    }

    fn finish(&mut self, late: Option<&Feed>, sink: &mut dyn Sink, losses: &mut Vec<Loss>) -> Result<(), Error> {
        if let Some(late) = late {
            // The channel stands first: what comes after the items has no place.
            let title = late.title.as_ref().map(|title| title.value.as_str());
            losses.push(Loss::new("feed", Reason::Late, title.unwrap_or_default()));
        }
        self.e.root(START, ">\n");
        self.e.raw("</rdf:RDF>\n");
        flush(&mut self.e, true, sink, losses)
    }
}
