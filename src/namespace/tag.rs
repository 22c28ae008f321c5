//! Tags in every spelling: categories of RSS and Atom, keywords with commas, Apple's that nest.

use super::{
    element::Element,
    item::{Taken, add},
};
use crate::{model::Tag, spots::Spots};

/// A tag: Atom's attributes, or RSS's text with a domain.
pub(super) fn tag(element: &Element<'_>, whole: bool, tags: &mut Vec<Tag>, known: &mut Spots) -> Taken {
    let term = element.filled("term").or(Some(element.trimmed()).filter(|text| !text.is_empty()));
    let Some(term) = term.or_else(|| element.filled("label")) else {
        return Taken::when(element.node.attributes.is_empty() && element.children.is_empty(), true);
    };
    let filled = |name| element.filled(name).map(str::to_owned);
    let tag = Tag {
        term: term.to_owned(),
        scheme: filled("scheme").or_else(|| filled("domain")),
        label: element.own("label").map(str::to_owned).or_else(|| filled("label")),
    };
    let text_too = element.get("term").is_some() && !element.trimmed().is_empty();
    let whole = whole && element.has_only(&["term", "scheme", "label", "domain"]) && !text_too;
    add(tags, known, tag, whole)
}

/// Tags with commas between.
pub(super) fn keywords(element: &Element<'_>, tags: &mut Vec<Tag>, terms: &mut Spots) -> Taken {
    let mut taken = false;
    for term in element.text.split(',').map(str::trim).filter(|term| !term.is_empty()) {
        if !terms.holds(tags, &term, |tag| tag.term.as_str()) {
            tags.push(Tag { term: term.to_owned(), ..Tag::default() });
        }
        taken = true;
    }
    Taken::when(taken, false)
}

/// `itunes:category`, which nests.
pub(super) fn nested_tags(element: &Element<'_>, tags: &mut Vec<Tag>, terms: &mut Spots) -> Taken {
    for node in std::iter::once(element.node).chain(element.children) {
        let term = super::element::attribute(node, super::Ns::NONE, "text").unwrap_or(&node.text).trim();
        if !term.is_empty() && !terms.holds(tags, &term, |tag| tag.term.as_str()) {
            tags.push(Tag { term: term.to_owned(), ..Tag::default() });
        }
    }
    Taken::Part
}
