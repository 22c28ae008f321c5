//! Atom's `source`: what was the feed of an entry (RFC 4287, section 4.2.11).

use super::{
    ATOM, ATOM_03, Ns, SLUGLINE, date,
    element::{Element, attribute, uri_of, whole_text},
    emit::{Content, Emitter},
    link::{self, Links},
    meaning::Dialect,
    own, say,
};
use crate::{
    date::Date,
    finding::{Loss, Reason},
    kind,
    model::{Extra, Node, Source},
};

/// The source that an element holds, and whether that is all it says.
pub(super) fn read(element: &Element<'_>, links: &mut Links) -> (Source, bool) {
    let mut source = Source::default();
    for rows in element.elements() {
        if !take(rows, element, &mut source, links) {
            keep(rows, &mut source.extra);
        }
    }
    (source, element.attributes_are(&[]) && element.trimmed().is_empty())
}

fn take(rows: &[Node], element: &Element<'_>, source: &mut Source, links: &mut Links) -> bool {
    let node = &rows[0];
    let uri = node.name.namespace();
    if uri == uri_of(SLUGLINE) && rows.len() == 1 {
        return match node.name.local() {
            "key" => Element::kept(rows).is_some_and(|element| own::key(&element, &mut source.extra)),
            "updated" if source.updated.is_none() => {
                source.updated = Some(Date::new(&node.text));
                true
            }
            _ => false,
        };
    }
    if !(uri == uri_of(ATOM) || uri == uri_of(ATOM_03)) || !node.tail.trim().is_empty() {
        return false;
    }
    let plain = |known: &[&str]| {
        rows.len() == 1
            && node.attributes.iter().all(|attribute| {
                attribute.name.namespace().is_empty() && known.contains(&attribute.name.local())
                    || attribute.name.namespace() == uri_of(SLUGLINE)
            })
    };
    let text = || Some(node.text.trim().to_owned()).filter(|text| !text.is_empty());
    let get = |name| attribute(node, Ns::NONE, name);
    match node.name.local() {
        "title" => {
            let is_text = get("type").is_none_or(|kind| kind == "text");
            if source.title.is_none() {
                let text = whole_text(rows);
                source.title = Some(text.trim().to_owned()).filter(|text| !text.is_empty());
                return is_text && plain(&["type"]);
            }
            false
        }
        "id" => {
            let id = attribute(node, SLUGLINE, "id").map(str::to_owned).or_else(text);
            let free = source.id.is_none() && id.is_some() && plain(&[]);
            if free {
                source.id = id;
            }
            free
        }
        "updated" | "modified" if source.updated.is_none() && plain(&[]) => {
            let date = attribute(node, SLUGLINE, "date").map(str::to_owned).or_else(text);
            source.updated = date.map(|date| Date::new(&date));
            source.updated.is_some()
        }
        "link" if plain(&["rel", "href", "type"]) => {
            let Some(href) = get("href").map(str::trim).filter(|href| !href.is_empty()) else { return false };
            let slot = match link::relation(get("rel").unwrap_or("alternate")).as_str() {
                "self" => &mut source.url,
                "alternate" | "" => &mut source.home_page_url,
                _ => return false,
            };
            let free = slot.is_none();
            slot.get_or_insert_with(|| links.resolve(element.base, href));
            free
        }
        _ => false,
    }
}

/// Keeps rows, one level up: what stood in `source` stands at the top of its `extra`.
fn keep(rows: &[Node], extra: &mut Extra) {
    let least = rows[0].depth;
    extra.nodes.extend(rows.iter().enumerate().map(|(at, node)| Node {
        depth: node.depth - least,
        tail: if at == 0 { String::new() } else { node.tail.clone() },
        ..node.clone()
    }));
}

/// Whether RSS's `source` says in short what `full` says.
pub(super) fn is_short_for(short: &Source, full: &Source) -> bool {
    let said = |short: &Option<String>, full: &Option<String>| short.is_none() || short == full;
    said(&short.title, &full.title)
        && said(&short.url, &full.url)
        && short.home_page_url.is_none()
        && short.id.is_none()
        && short.updated.is_none()
        && short.extra.is_empty()
}

/// Writes Atom's `source`.
pub(crate) fn write(e: &mut Emitter, source: &Source) {
    e.open(ATOM, "source", &[]);
    if let Some(id) = &source.id {
        say::atom_id(e, id, &[]);
    }
    e.text(ATOM, "title", source.title.as_deref().filter(|title| !gives(source, "title", title)));
    for (rel, href) in [("self", &source.url), ("alternate", &source.home_page_url)] {
        if let Some(href) = href
            && say::fits(e, kind::IRI, "source", href)
        {
            e.element(ATOM, "link", &[(Ns::NONE, "rel", rel), (Ns::NONE, "href", href)], Content::Empty);
        }
    }
    if let Some(date) = &source.updated {
        match &date.moment {
            Some(moment) => {
                let (text, own) = date::write(moment, Dialect::Atom);
                let own = own.as_deref().map(|own| (SLUGLINE, "date", own));
                e.element(ATOM, "updated", own.as_slice(), Content::Text(&text));
            }
            None => {
                e.losses.push(Loss::new("source.updated", Reason::Unreadable, &date.text));
                e.element(SLUGLINE, "updated", &[], Content::Text(&date.text));
            }
        }
    }
    e.rows(&source.extra.nodes);
    for (name, value) in &source.extra.keys {
        e.element(SLUGLINE, "key", &[(Ns::NONE, "name", name)], Content::Text(&value.to_string()));
    }
    e.close();
}

/// Whether a kept row of the source is the element, and says the same.
fn gives(source: &Source, local: &str, text: &str) -> bool {
    let named = |node: &Node| node.name.local() == local && node.name.namespace() == uri_of(ATOM);
    let mut rows = source.extra.elements();
    rows.any(|rows| named(&rows[0]) && whole_text(rows).trim() == text)
}
