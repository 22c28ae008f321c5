//! A feed with all its items in memory: read, edit, write.

use std::sync::Arc;

use super::{
    Input, Options, feed, head, informed,
    losses::{Losses, Origin},
    memory::Bytes,
    prepare::Prepare,
    source::{self, Said},
    survey, unwritable,
};
use crate::{
    error::{Error, ErrorKind},
    finding::Finding,
    format::{Format, Part, Shape},
    model::{Feed, Item},
    profile::Profile,
};

/// A feed with all its items. A post is a feed of one item, which says nothing of itself.
///
/// [`convert`](super::convert()) does the same with one item at a time in memory, and writes posts too.
#[derive(Debug, Clone, Default, PartialEq)]
#[non_exhaustive]
pub struct Whole {
    /// What is said of the feed, before its items and after them.
    pub feed: Feed,
    /// The items, in the order of the source.
    pub items: Vec<Item>,
    /// What was found wrong on the way, of what `convert` repairs; [`check`](crate::check::check()) finds all.
    pub findings: Vec<Finding>,
}

impl Whole {
    /// Reads a feed, a post or a site's export. The format is told by the bytes, then by the ending of `name`.
    ///
    /// # Errors
    /// [`ErrorKind::Unreadable`] where it is in no format of [`FORMATS`](crate::format::FORMATS), or breaks off;
    /// [`ErrorKind::Limit`] where it is more than [`Limits`](crate::limits::Limits) accept.
    ///
    /// ```
    /// use slugline::convert::Whole;
    ///
    /// let post = "---\ntitle: Snow on the ridge\ndate: 2025-09-24\n---\nIt snowed.\n";
    /// let whole = Whole::read("content/snow.md", post)?;
    /// assert_eq!(whole.items[0].title.as_ref().expect("a title").value, "Snow on the ridge");
    /// # Ok::<(), slugline::error::Error>(())
    /// ```
    pub fn read(name: &str, bytes: impl Into<Vec<u8>>) -> Result<Self, Error> {
        let input = Bytes { name: name.to_owned(), bytes: bytes.into() };
        let options = Options::new(&crate::format::FORMATS[0], Arc::new(Profile::default()));
        let mut errors = Vec::new();
        let sources = source::identify(&[&input as &dyn Input], &options, &mut errors);
        let informed = informed(&sources, &options, None);
        let options = informed.as_ref().unwrap_or(&options);
        let mut whole = Whole::default();
        for source in &sources {
            let mut take = |part, said: Said| {
                whole.findings.extend(said.findings);
                match part {
                    Part::Head(feed) => whole.feed = feed,
                    Part::Item(item) => whole.items.push(*item),
                    Part::Late(late) => head::absorb(&mut whole.feed, late),
                    Part::Comment(_) | Part::LeftOut(_) => {}
                }
                Ok(())
            };
            let end = source.read(options, &mut options.choice.begin(), &mut take)?;
            whole.findings.extend(end.findings);
            errors.extend(end.error);
        }
        errors.into_iter().next().map_or(Ok(whole), Err)
    }

    /// Writes it as a feed of that format, with what the format could not keep. What has no field of the hub goes along;
    /// ids that the format requires are derived from the items, the same on every run.
    ///
    /// # Errors
    /// [`ErrorKind::Usage`] where the format is only read, or is one of posts: those are a file each, and
    /// [`convert`](super::convert()) writes them.
    pub fn write(&self, to: &'static Format) -> Result<(Vec<u8>, Losses), Error> {
        if to.target.shape == Shape::Posts {
            let message = format!("`{}` is a file an item, not a feed", to.name);
            return Err(Error::new(ErrorKind::Usage, message));
        }
        let mut options = Options::new(to, Arc::new(Profile::default()));
        // Whoever has the items in hand says which of them are in the feed.
        options.drafts = true;
        let (mut feed, mut losses, mut said) = (self.feed.clone(), Losses::default(), Vec::new());
        head::complete(&mut feed, &options, &mut said)?;
        if to.target.has_head {
            head::demand(&mut feed, &options, &mut Vec::new());
            if to.target.head_first && feed.updated.is_none() {
                let dates = self.items.iter().filter_map(survey::newest_date);
                feed.updated =
                    dates.reduce(|best, date| if date.0 > best.0 { date } else { best }).map(|(_, date)| date);
            }
        }
        let mut writer = to.write.ok_or_else(|| unwritable(to))?(&options.write);
        if writer.lists_items() {
            let mut prepare = Prepare::new(&options);
            for item in &self.items {
                let mut item = item.clone();
                prepare.identify(&mut item, &feed);
                writer.announce(&item, &feed);
            }
        }
        let mut sink = Vec::new();
        writer.head(&feed, &mut sink, &mut said)?;
        losses.add(said, &Origin::default());
        let mut prepare = Prepare::new(&options);
        for (number, item) in self.items.iter().enumerate() {
            let (mut item, mut said) = (item.clone(), Vec::new());
            feed::write_item(&mut prepare, &mut item, &feed, writer.as_mut(), &mut sink, &mut said)?;
            losses.add(said, &Origin { source: 0, item: number, title: feed::title(&item) });
        }
        let mut said = Vec::new();
        writer.finish(None, &mut sink, &mut said)?;
        losses.add(said, &Origin::default());
        Ok((sink, losses))
    }
}
