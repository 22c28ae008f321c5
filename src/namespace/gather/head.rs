//! The head of a feed: handed out before its first item, and what is said of the feed after that as late.

use super::Gather;
use crate::{
    model::{Extra, Feed},
    namespace::{field::Level, item::Context, meaning::Dialect},
    syntax::xml::Watch,
};

impl<W: Watch> Gather<'_, W> {
    /// The head as far as it is known; what comes later is late.
    pub(super) fn take_head(&mut self) -> Feed {
        if self.dialect == Dialect::Atom && self.head.before.is_none() && self.head.feed.language.is_none() {
            // Atom's own way; an element beside it is kept.
            self.head.feed.language.clone_from(&self.language);
        }
        let kept = self.kept_meanings(Level::Feed);
        let mut context = Context { dialect: self.dialect, links: &mut self.links, findings: &mut self.findings };
        let taken = self.head.settle(&mut context);
        self.noted.settle(&kept, &taken, None);
        let mut head = self.head.hand_out();
        if self.head.before.is_none() {
            if head.language.is_none() {
                head.language.clone_from(&self.language);
            }
            self.resolve_head(&mut head);
            self.head.before = Some(Box::new(Feed { extra: Extra::default(), ..head.clone() }));
        }
        head
    }

    /// Makes the head's links absolute, now that the feed's own address is known, and takes that for the items.
    fn resolve_head(&mut self, head: &mut Feed) {
        for own in [&mut head.feed_url, &mut head.home_page_url].into_iter().flatten() {
            *own = self.links.resolve(None, own);
        }
        let unknown = self.links.document().is_none();
        for own in [&head.feed_url, &head.home_page_url].into_iter().flatten() {
            if unknown && self.links.document().is_none() {
                self.links.set_document(own);
            }
        }
        if self.based {
            self.links.set_own([head.feed_url.clone(), head.home_page_url.clone()]);
        }
        let links = &mut self.links;
        let addresses =
            [&mut head.feed_url, &mut head.home_page_url, &mut head.next_url, &mut head.icon, &mut head.favicon];
        for address in addresses.into_iter().flatten() {
            *address = links.resolve(None, address);
        }
        for hub in &mut head.hubs {
            hub.url = links.resolve(None, &hub.url);
        }
    }
}
