//! Makes items ready for the target: ids, addresses, bodies.

use super::{Options, body, links, mend};
use crate::{
    finding::Loss,
    format::{Body, Shape},
    identity,
    model::{Feed, Item, TextKind},
};

/// Makes items ready, one after the other.
pub(super) struct Prepare<'o> {
    pub(super) options: &'o Options,
    /// The derived ids so far.
    pub(super) seen: identity::Seen,
}

impl<'o> Prepare<'o> {
    /// For items that have none before them.
    pub(super) fn new(options: &'o Options) -> Self {
        Prepare { options, seen: identity::Seen::default() }
    }

    /// Makes an item ready for any target: its id, its addresses, its body.
    pub(super) fn item(&mut self, item: &mut Item, feed: &Feed, losses: &mut Vec<Loss>) {
        self.identify(item, feed);
        if self.options.resolve_links {
            links::in_texts(item, feed, self.options.read.base_url.as_deref());
        }
        if self.options.sanitize {
            body::sanitize(item, losses);
        }
        body::convert(item, self.options.body.unwrap_or_else(|| self.made_for()), losses);
    }

    /// Gives an item the id that the target requires, and makes its own addresses absolute.
    pub(super) fn identify(&mut self, item: &mut Item, feed: &Feed) {
        let target = self.options.to.target;
        if target.needs_id {
            let derived = item.id.is_none();
            let id = item.id.take().unwrap_or_else(|| identity::derive(item, feed));
            item.id = Some(if derived { self.seen.distinct(id, item) } else { id });
        }
        links::complete(item, feed, self.options.read.base_url.as_deref());
        mend::item(item);
    }

    /// The kind of body that the target is made for: a profile has the last word on its posts.
    fn made_for(&self) -> Body {
        let target = self.options.to.target;
        match (target.shape, &self.options.write.profile.body) {
            (Shape::Posts, TextKind::Html) => Body::Html,
            _ => target.body,
        }
    }
}
