//! What writers of RSS and Atom say alike: dates, texts, what only slugline's own namespace has a word for, kept rows.

use std::collections::HashSet;

use super::{
    ATOM, DC, DCTERMS, MEDIA, Ns, SLUGLINE, XML, date,
    element::attribute,
    emit::{Content, Emitter, Pair, is_own},
    meaning::Dialect,
    person, text,
};
use crate::{
    date::{Date, Precision},
    finding::{Loss, Reason},
    identity,
    kind::{self, Kind},
    model::{Attachment, Extra, Hub, Item, Person, Tag, Text, TextKind},
    syntax::html,
};

/// `slugline:added="true"`: the format requires the element, the hub has nothing for it.
pub(crate) const ADDED: Pair<'static> = (SLUGLINE, "added", "true");

/// Writes a date as an element; one that could not be read goes to slugline's own element, and is a loss.
pub(crate) fn date(e: &mut Emitter, ns: Ns, local: &str, field: &'static str, date: &Date) {
    e.field = field;
    match &date.moment {
        Some(moment) => {
            // Atom's elements want Atom's dates in RSS too; Dublin Core's take less than a second.
            let dialect = if ns == Ns::NONE { Dialect::Rss } else { Dialect::Atom };
            let loose = matches!(ns, DC | DCTERMS) && (moment.offset.is_some() || moment.precision <= Precision::Day);
            let (written, own) = if loose { (moment.written(), None) } else { date::write(moment, dialect) };
            let own = own.as_deref().map(|own| (SLUGLINE, "date", own));
            e.element(ns, local, own.as_slice(), Content::Text(&written));
        }
        None => {
            e.losses.push(Loss::new(field, Reason::Unreadable, &date.text));
            e.element(SLUGLINE, field, &[], Content::Text(&date.text));
        }
    }
}

/// Writes the value of a field as an element of text. One that may not stand there goes to slugline's own element, and
/// is a loss.
pub(crate) fn value(e: &mut Emitter, kind: Kind, ns: Ns, local: &str, field: &'static str, value: &str) {
    e.field = field;
    if fits(e, kind, field, value) {
        e.element(ns, local, &[], Content::Text(value));
    } else {
        own(e, field, Some(value));
    }
}

/// Writes an address of a field as a link of Atom's; one that is none goes to slugline's own element, and is a loss.
pub(crate) fn link(e: &mut Emitter, field: &'static str, rel: &str, href: &str, more: &[Pair<'_>]) {
    e.field = field;
    if fits(e, kind::IRI, field, href) {
        let mut attributes = vec![(Ns::NONE, "rel", rel), (Ns::NONE, "href", href)];
        attributes.extend_from_slice(more);
        e.element(ATOM, "link", &attributes, Content::Empty);
    } else {
        own(e, field, Some(href));
    }
}

/// Writes a hub as a link of Atom's; one without an address is a loss.
pub(crate) fn hub(e: &mut Emitter, hub: &Hub) {
    e.field = "hubs";
    if fits(e, kind::IRI, "hubs", &hub.url) {
        let mut attributes = vec![(Ns::NONE, "rel", "hub"), (Ns::NONE, "href", hub.url.as_str())];
        attributes.extend((hub.kind != "WebSub").then_some((SLUGLINE, "kind", hub.kind.as_str())));
        e.element(ATOM, "link", &attributes, Content::Empty);
    }
}

/// Whether a value may stand where a kind is asked for; that it may not is told as a loss.
pub(crate) fn fits(e: &mut Emitter, kind: Kind, field: &'static str, value: &str) -> bool {
    let fits = kind::accepts(kind, value);
    if !fits {
        e.losses.push(Loss::new(field, Reason::Unreadable, value));
    }
    fits
}

/// The attributes that a text needs beside its kind: base and language.
pub(crate) fn inherited<'t>(e: &mut Emitter, text: &'t Text, attributes: &mut Vec<Pair<'t>>) {
    let field = e.field;
    let base = text.base.as_deref().filter(|base| base.is_empty() || fits(e, kind::IRI, field, base));
    attributes.extend(base.map(|base| (XML, "base", base)));
    let language = text.language.as_deref();
    let language = language.filter(|language| language.is_empty() || fits(e, kind::LANGUAGE, field, language));
    attributes.extend(language.map(|language| (XML, "lang", language)));
}

/// Writes a text in RSS's way: as characters, its kind said only where a reader would guess wrong.
pub(crate) fn rss_text(e: &mut Emitter, ns: Ns, local: &str, field: &'static str, text: &Text, more: &[Pair<'_>]) {
    e.field = field;
    let mut attributes: Vec<Pair<'_>> = more.to_vec();
    if text::must_say_kind(text) {
        attributes.push((SLUGLINE, "type", text::kind_name(&text.kind)));
    }
    inherited(e, text, &mut attributes);
    e.element(ns, local, &attributes, body(text));
}

/// A body's content: HTML in CDATA, so that it can be read.
fn body(text: &Text) -> Content<'_> {
    let markup = matches!(text.kind, TextKind::Html | TextKind::Xhtml | TextKind::Markdown | TextKind::Media(_));
    if markup && text.value.contains(['<', '&']) { Content::CData(&text.value) } else { Content::Text(&text.value) }
}

/// Writes a person as `dc:creator`: a name, else what there is; the rest in attributes of slugline's own.
pub(crate) fn creator(e: &mut Emitter, person: &Person) {
    e.field = "authors";
    let text = person.name.clone().unwrap_or_else(|| person::write(person));
    let corrections = person::corrections(person, &text);
    let attributes: Vec<Pair<'_>> = corrections.iter().map(|(part, value)| (SLUGLINE, *part, value.as_str())).collect();
    e.element(DC, "creator", &attributes, Content::Text(&text));
}

/// Writes a tag as `dc:subject`; one with a scheme or a label as Atom's category, which has room for them.
pub(crate) fn subject(e: &mut Emitter, tag: &Tag) {
    if tag.scheme.is_none() && tag.label.is_none() {
        e.field = "tags";
        e.element(DC, "subject", &[], Content::Text(&tag.term));
    } else {
        category(e, tag);
    }
}

/// Writes a tag as Atom does (RFC 4287, section 4.2.2).
pub(crate) fn category(e: &mut Emitter, tag: &Tag) {
    e.field = "tags";
    let mut attributes: Vec<Pair<'_>> = vec![(Ns::NONE, "term", &tag.term)];
    attributes.extend(tag.scheme.as_deref().map(|scheme| (Ns::NONE, "scheme", scheme)));
    attributes.extend(tag.label.as_deref().map(|label| (Ns::NONE, "label", label)));
    e.element(ATOM, "category", &attributes, Content::Empty);
}

/// Writes a file as Atom does: a link with `rel="enclosure"` (RFC 4287, section 4.2.7.2). `duration_said`: another
/// element has said how long it plays.
pub(crate) fn enclosure(e: &mut Emitter, file: &Attachment, duration_said: bool) {
    e.field = "attachments";
    let size = file.size_in_bytes.map(|size| size.to_string());
    let seconds = file.duration_in_seconds.filter(|_| !duration_said).map(super::own::plain_seconds);
    if !fits(e, kind::IRI, "attachments", &file.url) {
        return;
    }
    let mut attributes: Vec<Pair<'_>> = vec![(Ns::NONE, "rel", "enclosure"), (Ns::NONE, "href", &file.url)];
    let mime = file.mime_type.as_deref();
    let mime = mime.filter(|mime| fits(e, kind::MEDIA_TYPE, "attachments.mime_type", mime));
    attributes.extend(mime.map(|mime| (Ns::NONE, "type", mime)));
    attributes.extend(size.as_deref().map(|size| (Ns::NONE, "length", size)));
    attributes.extend(file.title.as_deref().map(|title| (Ns::NONE, "title", title)));
    attributes.extend(seconds.as_deref().map(|seconds| (SLUGLINE, "duration", seconds)));
    e.element(ATOM, "link", &attributes, Content::Empty);
}

/// A text as plain text.
pub(crate) fn plain(text: &Text) -> String {
    match text.kind {
        TextKind::Html | TextKind::Xhtml => html::to_text(&text.value).trim().to_owned(),
        _ => text.value.clone(),
    }
}

/// Writes an Atom id (RFC 4287, section 4.2.6): an address. Another id goes along as `slugline:id`.
pub(crate) fn atom_id(e: &mut Emitter, id: &str, more: &[Pair<'_>]) {
    match identity::iri(id) {
        None => e.element(ATOM, "id", more, Content::Text(id)),
        Some(iri) => {
            let mut attributes = more.to_vec();
            attributes.push((SLUGLINE, "id", id));
            e.element(ATOM, "id", &attributes, Content::Text(&iri));
        }
    }
}

/// Writes the value of a field that only slugline's own namespace has a word for.
pub(crate) fn own(e: &mut Emitter, field: &'static str, value: Option<&str>) {
    if let Some(value) = value {
        e.field = field;
        e.element(SLUGLINE, field, &[], Content::Text(value));
    }
}

/// Writes what neither RSS nor Atom has a word for, but a common namespace or slugline's own has. `given` is what kept
/// rows say.
pub(crate) fn item_rest(e: &mut Emitter, item: &Item, given: &Item) {
    if let Some(image) = item.image.as_deref().filter(|_| item.image != given.image) {
        e.field = "image";
        if fits(e, kind::WEB_URL, "image", image) {
            e.element(MEDIA, "thumbnail", &[(Ns::NONE, "url", image)], Content::Empty);
        } else {
            own(e, "image", Some(image));
        }
    }
    own(e, "banner_image", item.banner_image.as_deref());
    own(e, "content_text", item.content_text.as_deref());
    own(e, "slug", item.slug.as_deref());
}

/// The files that need an element of their own: those that no kept row names, and those that had one beside it.
pub(crate) fn files<'i>(item: &'i Item, given: &Item) -> Vec<&'i Attachment> {
    let list = &item.attachments;
    let rest = list.strip_suffix(given.attachments.as_slice()).map_or(list.len(), <[_]>::len);
    let marks = item.extra.nodes.iter().filter(|node| is_own(node, "attached"));
    let marked: HashSet<&str> = marks.filter_map(|mark| attribute(mark, Ns::NONE, "url")).collect();
    let is_said = |(at, file): &(usize, &Attachment)| *at < rest || marked.contains(&*file.url);
    list.iter().enumerate().filter(is_said).map(|(_, file)| file).collect()
}

/// Writes what has no field, or tells that it stays behind.
pub(crate) fn extra(e: &mut Emitter, extra: &Extra, keep: bool) {
    if extra.is_empty() {
        return;
    }
    e.field = "extra";
    if !keep {
        let rows = extra.elements().map(|rows| {
            let name = &rows[0].name;
            if name.prefix().is_empty() {
                name.local().to_owned()
            } else {
                format!("{}:{}", name.prefix(), name.local())
            }
        });
        let mut names: Vec<String> = rows.chain(extra.keys.keys().cloned()).collect();
        names.dedup();
        e.losses.push(Loss::new("extra", Reason::Private, &names.join(", ")));
        return;
    }
    e.rows(&extra.nodes);
    for (name, value) in &extra.keys {
        e.element(SLUGLINE, "key", &[(Ns::NONE, "name", name)], Content::Text(&value.to_string()));
    }
}
