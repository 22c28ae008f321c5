//! The start tags of HTML and XHTML in the texts of a part.

use std::{borrow::Cow, cell::RefCell, ops::Range};

use super::{
    Elem, Part,
    fields::{Kind, Text},
    place::Cursor,
};
use crate::{
    finding::Place,
    namespace::XHTML,
    syntax::html::{self, Token},
};

/// A start tag in a text.
#[derive(Debug)]
pub(crate) struct Markup<'m, 't> {
    /// Its name as written, without a prefix.
    pub name: &'m str,
    /// Its attributes: names as written, values with their references resolved.
    pub attributes: &'m [(&'m str, Cow<'m, str>)],
    /// The text that it stands in.
    pub text: Text<'m, 't>,
    written: Written<'m, 't>,
}

#[derive(Debug)]
enum Written<'m, 't> {
    /// In HTML: bytes of the value.
    Html(Range<usize>, &'m RefCell<Cursor>),
    /// As an element.
    Element(Elem<'m, 't>),
}

impl Markup<'_, '_> {
    /// Where its name stands.
    pub(crate) fn at(&self) -> Place {
        match &self.written {
            Written::Html(range, cursor) => self.text.elem.at(range.clone(), &mut cursor.borrow_mut()),
            Written::Element(elem) => elem.at_name(),
        }
    }

    /// Where an attribute stands, by its name as written.
    pub(crate) fn at_attribute(&self, name: &str) -> Place {
        match &self.written {
            Written::Html(_, cursor) => {
                let whole = self.text.elem.raw();
                let offset = |piece: &str| (piece.as_ptr() as usize).checked_sub(whole.as_ptr() as usize);
                let found = self.attributes.iter().find(|(known, _)| *known == name);
                let Some((start, (name, value))) = found.and_then(|found| Some((offset(found.0)?, found))) else {
                    return self.at();
                };
                let end = match value {
                    Cow::Borrowed(value) if !value.is_empty() => offset(value).map(|at| at + value.len()),
                    _ => None,
                };
                let end = end.filter(|&end| end > start && end <= whole.len()).unwrap_or(start + name.len());
                self.text.elem.at(start..end, &mut cursor.borrow_mut())
            }
            Written::Element(elem) => match elem.attributes().find(|(_, local, _)| *local == name) {
                Some((ns, local, _)) => elem.at_attribute(ns, local),
                None => elem.at_name(),
            },
        }
    }
}

/// What is given of a part's texts.
pub(super) enum Piece<'g, 'm, 't> {
    /// All of a text in HTML.
    Html(&'g Text<'m, 't>, &'g [Token<'m>]),
    /// A start tag.
    Tag(&'g Markup<'m, 't>),
}

/// Gives the markup of a part's texts, in order: HTML as a whole, and, if it is wanted, each start tag.
pub(super) fn each(part: &Part<'_>, tags: bool, give: &mut dyn FnMut(Piece<'_, '_, '_>)) {
    for text in part.texts() {
        match text.kind {
            Kind::Html => html(text, tags, give),
            Kind::Xhtml if tags => xhtml(text, give),
            Kind::Xhtml | Kind::Plain | Kind::Other => {}
        }
    }
}

fn html(text: Text<'_, '_>, tags: bool, give: &mut dyn FnMut(Piece<'_, '_, '_>)) {
    let raw = text.elem.raw();
    if memchr::memchr(b'<', raw.as_bytes()).is_none() {
        return;
    }
    let mut tokens: Vec<Token<'_>> = Vec::with_capacity(raw.len() / 32);
    tokens.extend(html::tokens(raw));
    give(Piece::Html(&text, &tokens));
    if !tags {
        return;
    }
    let cursor = RefCell::new(Cursor::default());
    let mut attributes = Vec::new();
    for token in tokens {
        let Token::Open(tag) = token else { continue };
        attributes.clear();
        if !tag.is_bare() {
            attributes.extend(tag.attributes());
        }
        let start = tag.name.as_ptr() as usize - raw.as_ptr() as usize;
        give(Piece::Tag(&Markup {
            name: tag.name,
            attributes: &attributes,
            text,
            written: Written::Html(start - 1..start + tag.name.len(), &cursor),
        }));
    }
}

fn xhtml(text: Text<'_, '_>, give: &mut dyn FnMut(Piece<'_, '_, '_>)) {
    let own = (text.elem.ns() == XHTML).then_some(text.elem);
    let mut attributes = Vec::new();
    for elem in own.into_iter().chain(text.elem.inside()) {
        attributes.clear();
        attributes.extend(elem.attributes().map(|(_, local, value)| (local, Cow::Borrowed(value))));
        give(Piece::Tag(&Markup {
            name: elem.local(),
            attributes: &attributes,
            text,
            written: Written::Element(elem),
        }));
    }
}
