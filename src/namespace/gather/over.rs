//! Elements that are complete: handed over to the item or the head, and kept where these have no field for all of them.

use super::{Gather, is_xml};
use crate::{
    error::Error,
    model::Attribute,
    namespace::{
        XML,
        element::{Element, uri_of},
        field::{Field, Level},
        item::{Context, Taken},
        markup,
        rows::Way,
    },
    syntax::xml::Watch,
};

impl<W: Watch> Gather<'_, W> {
    /// Hands an element over that is complete.
    pub(super) fn element(&mut self) -> Result<(), Error> {
        let rows = &mut self.rows;
        rows.range.end = self.xml.range().end;
        if rows.way == Way::Skip {
            return Ok(());
        }
        if rows.level == Level::Feed {
            self.head_bytes += rows.range.len();
        }
        if rows.way == Way::Pass {
            return self.check_size();
        }
        let whole_date = rows.date.as_ref().is_some_and(|date| date.date.text == rows.text.trim());
        let date = if whole_date { rows.date.take() } else { None };
        let meaning = rows.meaning.filter(|meaning| meaning.rank == 0);
        if let Some(meaning) = meaning
            && let Some((node, children)) = rows.rows.split_first()
        {
            let text = if children.is_empty() { rows.text.as_str() } else { node.text.as_str() };
            let element = Element {
                node,
                children,
                text,
                markup: rows.markup,
                base: rows.base.as_deref(),
                language: rows.language.as_deref(),
                range: rows.range.clone(),
                date,
            };
            let mut context = Context { dialect: self.dialect, links: &mut self.links, findings: &mut self.findings };
            let (taken, item) = match rows.level {
                Level::Item => (self.item.take(meaning, &element, &mut context), Some(&*self.item.item)),
                Level::Feed => (self.head.take(meaning, &element, &mut context), None),
            };
            if taken != Taken::Nothing {
                self.noted.field(meaning.field, &element, item, &self.head.feed);
            }
            if taken == Taken::Whole {
                return self.check_size();
            }
        }
        self.keep();
        self.check_size()
    }

    /// Keeps the element that was read.
    fn keep(&mut self) {
        let rows = &mut self.rows;
        let extra = match rows.level {
            Level::Item => &mut self.item.item.extra,
            Level::Feed => &mut self.head.feed.extra,
        };
        if rows.rows.len() == 1 && !rows.markup {
            rows.rows[0].text.push_str(&rows.text);
        }
        if let Some(base) = rows.base.as_deref().filter(|base| !self.links.is_own(base)) {
            // What it inherited goes with it.
            let known = rows.rows[0].attributes.iter_mut().find(|a| a.name.local() == "base" && is_xml(&a.name));
            match known {
                Some(attribute) => attribute.value = base.to_owned(),
                None => {
                    let name = self.names.get(XML, uri_of(XML), "xml", "base");
                    rows.rows[0].attributes.push(Attribute { name, value: base.to_owned() });
                }
            }
        } else if rows.meaning.is_some_and(|meaning| meaning.field == Field::Relation) {
            let href = rows.rows[0].attributes.iter_mut().find(|a| a.name.local() == "href");
            if let Some(href) = href.filter(|href| href.name.namespace().is_empty()) {
                href.value = self.links.resolve(None, &href.value);
            }
        }
        if self.based && rows.meaning.is_some_and(|meaning| meaning.field == Field::Image) {
            // The base is the root's, and stays there.
            let addresses = rows.rows.iter_mut().filter(|node| matches!(node.name.local(), "url" | "link"));
            addresses.for_each(|node| node.text = self.links.resolve(rows.base.as_deref(), &node.text));
        }
        if rows.markup
            && let Some((text, inner)) = markup::to_rows(&rows.text, 0, &mut self.names)
        {
            rows.rows[0].text = text;
            rows.rows.extend(inner);
        }
        extra.nodes.append(&mut rows.rows);
        self.noted.kept(rows.range.clone());
    }
}
