//! Makes items ready for the target: ids, addresses, bodies.

use super::{Options, body, links, media, mend, templates};
use crate::{
    finding::Loss,
    format::{Body, Shape},
    identity,
    model::{Feed, Item, TextKind},
    profile::{FeedVariables, WrittenHead},
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
        if let Some(folder) = &self.options.media_folder {
            media::localize(item, feed, folder, losses);
        }
        if self.options.sanitize {
            body::sanitize(item, losses);
        }
        let is_markdown = item.content.as_ref().is_some_and(|content| content.kind == TextKind::Markdown);
        if is_markdown && self.options.to.target.shape == Shape::Feed {
            templates::show(item, self.options.read.profile.templates, losses);
        }
        body::convert(item, self.options.body.unwrap_or_else(|| self.made_for()), losses);
        if self.options.to.target.shape == Shape::Feed {
            if is_markdown {
                // Whoever reads a feed is not where the post is.
                links::of_post(item, feed);
            }
            if self.options.summary_only {
                body::summarize(item);
            }
        }
    }

    /// Makes an item ready for the name of its file: its body only if that counts.
    pub(super) fn for_name(&mut self, item: &mut Item, feed: &Feed, with_body: bool) {
        let Options { resolve_links, sanitize, media_folder, .. } = self.options;
        // These change more than the body.
        if with_body || *resolve_links || *sanitize || media_folder.is_some() {
            self.item(item, feed, &mut Vec::new());
        } else {
            item.content = None;
            self.identify(item, feed);
        }
    }

    /// Gives an item the id that the target requires, and makes its own addresses absolute.
    pub(super) fn identify(&mut self, item: &mut Item, feed: &Feed) {
        let target = self.options.to.target;
        if self.options.address && target.shape == Shape::Feed && item.url.is_none() {
            // The site's own pattern, against its home page.
            let profile = &self.options.write.profile;
            let address = profile.address_of(item, &FeedVariables::new(feed), &WrittenHead::default(), "");
            item.url = address.ok().flatten();
        }
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
