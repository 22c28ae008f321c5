//! The post that an item becomes. All that it takes is the item, its feed and its file, so that any thread can make it.

use super::{
    Options,
    index::{self, Entry},
    media::{self, Medium},
    plan::Decision,
    prepare::Prepare,
    sinks::NoSink,
    unwritable,
};
use crate::{
    error::Error,
    finding::Loss,
    format::Writer,
    head_edit::Parts,
    model::{Feed, Item},
};

/// Makes posts of the items of one feed.
pub(super) struct Maker<'e> {
    options: &'e Options,
    feed: &'e Feed,
    writer: Box<dyn Writer>,
}

/// A post, not yet written, and what there is to say of its item.
#[derive(Default)]
pub(super) struct Made {
    /// The item's id.
    pub(super) id: Option<String>,
    /// The item's link.
    url: Option<String>,
    pub(super) bytes: Vec<u8>,
    /// What is taken down of a post that is written anew; `None` where it has no head.
    pub(super) entry: Option<Entry>,
    /// The item's address before, and now.
    pub(super) moved: Option<(String, String)>,
    /// What the item shows, where that is asked for.
    pub(super) media: Vec<Medium>,
    /// What of the item could not be kept.
    pub(super) losses: Vec<Loss>,
}

impl Made {
    /// What the item is known by in the index: its id, else its link.
    pub(super) fn identity(&self) -> Option<&str> {
        self.id.as_deref().or(self.url.as_deref())
    }

    /// What is taken down of it in the index; `None` where it has no head.
    pub(super) fn taken_down(&self, options: &Options) -> Option<Entry> {
        let profile = &options.write.profile;
        let text = std::str::from_utf8(&self.bytes).ok()?;
        let parts = Parts::of(text, &profile.fences, &options.read.limits)?;
        Some(index::entry(&parts, profile, self.identity(), &self.bytes))
    }
}

impl<'e> Maker<'e> {
    /// For items of that feed, whose head is whole. What is lost of the head goes to `losses`.
    pub(super) fn new(options: &'e Options, feed: &'e Feed, losses: &mut Vec<Loss>) -> Result<Self, Error> {
        let make = options.to.write.ok_or_else(|| unwritable(options.to))?;
        let mut writer = make(&options.write);
        writer.head(feed, &mut NoSink, losses)?;
        Ok(Maker { options, feed, writer })
    }

    /// Makes the post of an item, of which nothing else is needed after.
    pub(super) fn make(
        &mut self,
        prepare: &mut Prepare<'_>,
        mut item: Item,
        decision: &Decision,
    ) -> Result<Made, Error> {
        let mut made = Made::default();
        prepare.item(&mut item, self.feed, &mut made.losses);
        if self.options.moved
            && let Some(old) = &item.url
            && let Some(new) = self.writer.address(&item, decision.file().unwrap_or_default())?
        {
            made.moved = Some((old.clone(), new));
        }
        if self.options.media {
            made.media = media::list(&item, decision.file());
        }
        made.bytes = match decision {
            Decision::Stream => {
                let mut bytes = Vec::new();
                self.writer.item(&item, &mut bytes, &mut made.losses)?;
                Some(bytes)
            }
            // What is not written loses nothing by it.
            Decision::Keep(file) => self.writer.post(&item, file, &mut Vec::new())?,
            Decision::Write(file) | Decision::Update(file) => self.writer.post(&item, file, &mut made.losses)?,
        }
        .unwrap_or_default();
        (made.id, made.url) = (item.id, item.url);
        if matches!(decision, Decision::Write(_)) {
            made.entry = made.taken_down(self.options);
        }
        Ok(made)
    }
}
