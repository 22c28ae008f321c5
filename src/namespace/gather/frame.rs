//! The feed's frame: where a feed and its items begin and end.

use super::{Frame, Gather, Step};
use crate::{
    error::Error,
    model::{Attribute, Extra, Node},
    namespace::{
        ATOM, ATOM_03, Ns, RDF, RSS, SLUGLINE, XML,
        element::uri_of,
        emit::is_own,
        field::Level,
        item::Context,
        meaning::Dialect,
        name::Names,
        opened::{self, Opened},
        told,
    },
    syntax::xml::{Watch, Xml},
};

impl<W: Watch> Gather<'_, W> {
    pub(super) fn enter_feed(&mut self, dialect: Dialect) -> Result<Option<Step>, Error> {
        self.enter(dialect);
        self.strayed = true;
        self.frames.push(Frame::Feed);
        if let Some(base) = self.xml.base() {
            let base = self.links.resolve(None, base);
            self.links.set_document(&base);
            self.based = true;
        }
        if let Some(language) = self.xml.language() {
            self.language = Some(language.to_owned());
        }
        if self.opened.lower() == "channel" {
            self.head.about = self.about();
        }
        let extra = &mut self.head.feed.extra;
        keep_attributes(
            &self.opened,
            extra,
            &["version", "about", "schemaLocation", "added"],
            &mut self.names,
            &self.xml,
        );
        Ok(None)
    }

    /// Learns from the first element of a feed's frame what the feed is.
    fn enter(&mut self, dialect: Dialect) {
        let ns = self.opened.ns;
        let usual = match dialect {
            Dialect::Rss => matches!(ns, Ns::NONE | RSS | RDF),
            Dialect::Atom => matches!(ns, ATOM | ATOM_03),
        };
        if !self.seen {
            self.dialect = dialect;
            self.mistaken = (!usual).then_some(ns);
            if !usual {
                let finding = told::wrong_namespace(self.opened.lower(), opened::uri(ns, &self.xml), dialect);
                let range = self.xml.range();
                self.tell(finding, range);
            }
        }
        self.seen = true;
    }

    pub(super) fn enter_item(&mut self, dialect: Dialect) -> Result<Option<Step>, Error> {
        self.enter(dialect);
        self.frames.push(Frame::Item);
        let step = (!self.head_out).then(|| {
            self.head_out = true;
            Step::Head(self.take_head())
        });
        self.item_start = self.xml.range().start;
        self.opened.written(&mut self.item_tag);
        self.item.begin();
        let filled = |value: &str| Some(value.trim().to_owned()).filter(|value| !value.is_empty());
        self.item.about = self.about();
        self.item.item.language = self.opened.get(XML, "lang").and_then(filled);
        if let Some(language) = &self.item.item.language {
            self.language = Some(language.clone());
        }
        let extra = &mut self.item.item.extra;
        keep_attributes(&self.opened, extra, &["about", "added"], &mut self.names, &self.xml);
        Ok(step)
    }

    /// What the element is about in RDF, unless a writer put that there for want of better.
    fn about(&self) -> Option<String> {
        let about = self.opened.get(RDF, "about")?.trim();
        (!about.is_empty() && self.opened.get(SLUGLINE, "added") != Some("about")).then(|| about.to_owned())
    }

    /// Takes an end tag of the frame.
    pub(super) fn leave(&mut self) -> Option<Step> {
        let frame = self.frames.pop()?;
        self.strayed |= self.frames.len() < self.floor;
        if frame != Frame::Item {
            return None;
        }
        let range = self.item_start..self.xml.range().end;
        let kept = self.kept_meanings(Level::Item);
        let mut context = Context { dialect: self.dialect, links: &mut self.links, findings: &mut self.findings };
        let taken = self.item.settle(&mut context);
        self.noted.settle(&kept, &taken, Some(&self.item.item));
        self.noted.whole(range);
        self.language = self.xml.language().map(str::to_owned);
        Some(Step::Item(std::mem::take(&mut self.item.item)))
    }
}

/// Keeps attributes of an item or feed that have no field, as an element of slugline's own that a writer puts back.
fn keep_attributes(opened: &Opened, extra: &mut Extra, known: &[&str], names: &mut Names, xml: &Xml<'_>) {
    let odd = |attribute: &(Ns, &str, &str, &str)| {
        attribute.0 != XML && !known.iter().any(|known| attribute.2.eq_ignore_ascii_case(known))
    };
    if !opened.attributes().any(|attribute| odd(&attribute)) {
        return;
    }
    let attributes = opened.attributes().filter(odd).map(|(ns, prefix, local, value)| Attribute {
        name: names.get(ns, opened::uri(ns, xml), prefix, local),
        value: value.to_owned(),
    });
    if let Some(first) = extra.nodes.first_mut().filter(|first| is_own(first, "attributes")) {
        // Those of `rss` and of `channel` are the feed's alike.
        return first.attributes.extend(attributes);
    }
    let attributes = attributes.collect();
    let name = names.get(SLUGLINE, uri_of(SLUGLINE), "slugline", "attributes");
    extra.nodes.push(Node { depth: 0, name, attributes, text: String::new(), tail: String::new() });
}
