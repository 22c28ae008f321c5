//! What in a part is an id, a link, a date, a text, whatever it is written in.

use super::{Dialect, Elem, Part};
use crate::{
    date,
    finding::Place,
    namespace::{ATOM, ATOM_03, CONTENT, DC, DCTERMS, XHTML},
    syntax::xml::Ns,
};

/// What a text is in an item or feed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Role {
    /// Its title.
    Title,
    /// What it is about: `summary`, a feed's `subtitle`; RSS's `description`.
    Summary,
    /// The whole of it: `content`, `content:encoded`.
    Content,
}

/// How a text is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// Plain text.
    Plain,
    /// HTML, escaped.
    Html,
    /// Elements of XHTML.
    Xhtml,
    /// Something else.
    Other,
}

/// A text of an item or feed.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Text<'p, 't> {
    /// Its element.
    pub elem: Elem<'p, 't>,
    /// What it is.
    pub role: Role,
    /// How it is written.
    pub kind: Kind,
}

/// A link.
#[derive(Debug, Clone)]
pub(crate) struct Link<'p, 't> {
    /// Its element.
    pub elem: Elem<'p, 't>,
    /// What it is, in Atom's words.
    pub rel: &'p str,
    /// Its address.
    pub href: &'p str,
    /// The media type that it gives.
    pub kind: &'p str,
    /// The language that it gives.
    pub language: &'p str,
}

impl Link<'_, '_> {
    /// Where its address stands.
    pub(crate) fn at(&self) -> Place {
        if is_atom(self.elem.ns()) { self.elem.at_attribute(Ns::NONE, "href") } else { self.elem.at_text() }
    }
}

/// A date of an item or feed.
#[derive(Debug, Clone, Copy)]
pub(crate) struct When<'p, 't> {
    /// Its element.
    pub elem: Elem<'p, 't>,
    /// Whether it is when it was first there, rather than last changed.
    pub published: bool,
}

impl When<'_, '_> {
    /// What it says.
    pub(crate) fn moment(&self) -> Option<date::Moment> {
        self.elem.moment()
    }
}

impl<'t> Part<'t> {
    /// Its id: `id`, `guid`.
    pub(crate) fn id(&self) -> Option<Elem<'_, 't>> {
        match self.dialect {
            Dialect::Rss => self.child(Ns::NONE, "guid"),
            Dialect::Rdf => None,
            Dialect::Atom => self.top().find(|child| is_atom(child.ns()) && child.local() == "id"),
            Dialect::Json => self.child(Ns::NONE, "id"),
        }
    }

    /// Its links, in order: those of Atom, which RSS may have too, and those that have elements or keys of their own.
    pub(crate) fn links(&self) -> impl Iterator<Item = Link<'_, 't>> {
        self.top().filter_map(|elem| self.link(elem))
    }

    fn link<'p>(&'p self, elem: Elem<'p, 't>) -> Option<Link<'p, 't>> {
        if is_atom(elem.ns()) && elem.local() == "link" {
            let rel = elem.get("rel").map_or("alternate", str::trim);
            return Some(Link {
                elem,
                rel: rel.strip_prefix("http://www.iana.org/assignments/relation/").unwrap_or(rel),
                href: elem.get("href").unwrap_or("").trim(),
                kind: elem.get("type").unwrap_or("").trim(),
                language: elem.get("hreflang").unwrap_or("").trim(),
            });
        }
        if elem.ns() != Ns::NONE {
            return None;
        }
        let rel = match (self.dialect, elem.local()) {
            (Dialect::Rss | Dialect::Rdf, "link") | (Dialect::Json, "url" | "home_page_url") => "alternate",
            (Dialect::Json, "feed_url") => "self",
            (Dialect::Json, "next_url") => "next",
            (Dialect::Json, "external_url") => "related",
            _ => return None,
        };
        Some(Link { elem, rel, href: elem.text(), kind: "", language: "" })
    }

    /// Its dates.
    pub(crate) fn dates(&self) -> impl Iterator<Item = When<'_, 't>> {
        self.top().filter_map(|elem| {
            let published = match (elem.ns(), elem.local()) {
                (Ns::NONE, "pubDate" | "date_published") | (ATOM, "published") | (ATOM_03, "issued" | "created") => {
                    true
                }
                (DC, "date") | (DCTERMS, "created" | "issued") => true,
                (Ns::NONE, "lastBuildDate" | "date_modified") | (ATOM, "updated") | (ATOM_03, "modified") => false,
                (DCTERMS, "modified") => false,
                _ => return None,
            };
            Some(When { elem, published })
        })
    }

    /// Its texts.
    pub(crate) fn texts(&self) -> impl Iterator<Item = Text<'_, 't>> {
        self.texts.iter().map(|&(index, role, kind)| Text { elem: self.elem(index), role, kind })
    }

    /// What an element right in it is as a text.
    pub(super) fn text(&self, elem: Elem<'_, 't>) -> Option<(Role, Kind)> {
        Some(match (elem.ns(), elem.local()) {
            (Ns::NONE, "title") => (Role::Title, Kind::Plain),
            (Ns::NONE, "description") if self.dialect == Dialect::Json => (Role::Summary, Kind::Plain),
            (Ns::NONE, "description") if self.is_item() => (Role::Summary, Kind::Html),
            (Ns::NONE, "description") => (Role::Summary, Kind::Plain),
            (CONTENT, "encoded") | (Ns::NONE, "content_html") => (Role::Content, Kind::Html),
            (XHTML, "body" | "div") => (Role::Content, Kind::Xhtml),
            (Ns::NONE, "summary") => (Role::Summary, Kind::Plain),
            (Ns::NONE, "content_text") => (Role::Content, Kind::Plain),
            (ATOM | ATOM_03, "title") => (Role::Title, atom_kind(&elem)),
            (ATOM | ATOM_03, "summary" | "subtitle" | "tagline") => (Role::Summary, atom_kind(&elem)),
            (ATOM | ATOM_03, "content") => (Role::Content, atom_kind(&elem)),
            _ => return None,
        })
    }

    fn is_item(&self) -> bool {
        self.frame().is_some_and(|frame| matches!(frame.local(), "item" | "entry"))
    }
}

/// Whether a namespace is one of Atom's.
pub(crate) fn is_atom(ns: Ns) -> bool {
    matches!(ns, ATOM | ATOM_03)
}

fn atom_kind(elem: &Elem<'_, '_>) -> Kind {
    let kind = elem.get("type").map_or("text", str::trim);
    let escaped = elem.get("mode") == Some("escaped");
    match kind {
        "text" | "text/plain" => Kind::Plain,
        "html" => Kind::Html,
        "text/html" if elem.ns() == ATOM || escaped => Kind::Html,
        "xhtml" => Kind::Xhtml,
        "application/xhtml+xml" if elem.ns() == ATOM_03 && !escaped => Kind::Xhtml,
        _ => Kind::Other,
    }
}
