//! Stretches of items that are read apart from the walk, on other threads.

use super::{Frame, Gather, Options, Step};
use crate::{
    error::{Error, ErrorKind},
    model::{Feed, Item},
    namespace::{Ns, feed, link::Links, meaning::Dialect},
    syntax::xml::{Around, Watch, Xml},
};

/// What the walk knows between two items, and reads the next one with.
#[derive(Debug)]
pub(crate) struct Surrounding {
    xml: Around,
    options: Options,
    dialect: Dialect,
    mistaken: Option<Ns>,
    frames: Vec<Frame>,
    links: Links,
    language: Option<String>,
    based: bool,
}

impl<W: Watch> Gather<'_, W> {
    /// What holds for the items that come next, if that is all they depend on, the name of the last item's tag, and up to
    /// `count` bytes that follow.
    pub(crate) fn ahead(&mut self, count: usize) -> Option<(Surrounding, &str, &[u8])> {
        let between = !self.collecting && self.head_out && !self.ended && self.frames.last() != Some(&Frame::Item);
        if !between || self.item_tag.is_empty() || self.options.places || self.watch.looks() {
            return None;
        }
        let surrounding = Surrounding {
            xml: self.xml.around()?,
            options: self.options.clone(),
            dialect: self.dialect,
            mistaken: self.mistaken,
            frames: self.frames.clone(),
            links: self.links.clone(),
            language: self.language.clone(),
            based: self.based,
        };
        Some((surrounding, &self.item_tag, self.xml.ahead_of_token(count)))
    }

    /// Passes over so many of these bytes.
    pub(crate) fn pass_over(&mut self, count: usize) {
        self.xml.pass_over(count);
    }
}

impl<'a> Gather<'a> {
    /// A walk over a stretch of items.
    pub(crate) fn within(stretch: &'a [u8], around: &Surrounding) -> Self {
        Gather {
            xml: Xml::within(stretch, &around.xml),
            dialect: around.dialect,
            mistaken: around.mistaken,
            floor: around.frames.len(),
            frames: around.frames.clone(),
            links: around.links.clone(),
            head: feed::Draft::late(),
            head_out: true,
            seen: true,
            language: around.language.clone(),
            based: around.based,
            ..Gather::new(Box::new(std::io::empty()), around.options.clone(), ())
        }
    }

    /// The next item of the stretch; an error where it holds anything else, or ends within an item.
    pub(crate) fn next_within(&mut self) -> Result<Option<Box<Item>>, Error> {
        let step = self.next()?;
        match step {
            Step::Item(item) if !self.strayed => Ok(Some(item)),
            Step::End if !self.strayed => Ok(None),
            Step::Late(late) if !self.strayed && late == Feed::default() => Ok(None),
            _ => Err(Error::new(ErrorKind::Unreadable, "there is more than items in this stretch")),
        }
    }
}
