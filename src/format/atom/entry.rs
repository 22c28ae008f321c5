//! Writes Atom 1.0: entries.

use super::{
    text,
    write::{no_link, write_person},
};
use crate::{
    date::Moment,
    kind,
    model::{Item, Text, TextKind},
    namespace::{
        APP, ATOM, Ns, XML,
        emit::{Content, Emitter},
        given::{self, Given},
        meaning::Dialect,
        say::{self, ADDED},
        source,
    },
};

/// What entries need of the feed.
#[derive(Debug, Clone, Default)]
pub(super) struct Around {
    /// The feed's own date, for entries without one.
    pub(super) updated: Option<Moment>,
}

/// Writes an entry.
pub(super) fn write(e: &mut Emitter, item: &Item, around: &Around, keep: bool) {
    let given =
        if keep && !item.extra.nodes.is_empty() { given::item(&item.extra, Dialect::Atom) } else { Given::nothing() };
    let Given { all, native, .. } = &given;
    let kept = Emitter::own_attributes(if keep { &item.extra.nodes } else { &[] });
    e.field = "language";
    let odd = item.language.as_deref().filter(|language| !say::fits(e, kind::LANGUAGE, "language", language));
    let language = item.language.as_deref().filter(|_| odd.is_none()).map(|language| (XML, "lang", language));
    e.open_with(ATOM, "entry", language.as_slice(), kept);
    say::own(e, "language", odd);
    match item.id.as_deref().or(item.url.as_deref()) {
        Some(_) if item.id.is_some() && item.id == native.id => {}
        Some(id) => {
            e.field = "id";
            let mark = if item.id.is_none() { &[ADDED] } else { no_link(id, item.url.as_deref()) };
            say::atom_id(e, id, mark);
        }
        None => e.element(ATOM, "id", &[ADDED], Content::Text("urn:slugline:entry")),
    }
    match &item.title {
        Some(title) if item.title != native.title => text::write(e, "title", "title", title, None),
        Some(_) => {}
        None => e.element(ATOM, "title", &[ADDED], Content::Empty),
    }
    dates(e, item, native, around);
    links(e, item, &given);
    for person in item.authors.strip_suffix(native.authors.as_slice()).unwrap_or(&item.authors) {
        write_person(e, person);
    }
    for tag in item.tags.strip_suffix(native.tags.as_slice()).unwrap_or(&item.tags) {
        say::category(e, tag);
    }
    if let Some(rights) = item.rights.as_ref().filter(|_| item.rights != all.rights) {
        text::write(e, "rights", "rights", rights, None);
    }
    if let Some(source) = item.source.as_ref().filter(|_| item.source != all.source) {
        e.field = "source";
        source::write(e, source);
    }
    bodies(e, item, &given);
    if let Some(draft) = item.draft {
        e.field = "draft";
        e.open(APP, "control", &[]);
        e.text(APP, "draft", Some(if draft { "yes" } else { "no" }));
        e.close();
    }
    say::item_rest(e, item, all);
    say::extra(e, &item.extra, keep);
    e.close();
}

/// `updated` is required; without one, it is when the entry was published, else the feed's.
fn dates(e: &mut Emitter, item: &Item, native: &Item, around: &Around) {
    if let Some(published) = item.published.as_ref().filter(|_| item.published != native.published) {
        say::date(e, ATOM, "published", "published", published);
    }
    let updated = item.updated.as_ref();
    if let Some(updated) = updated.filter(|_| item.updated != native.updated) {
        say::date(e, ATOM, "updated", "updated", updated);
    }
    if updated.and_then(|date| date.moment).is_none() {
        let moment = item.published.as_ref().and_then(|date| date.moment).or(around.updated);
        let text = moment.map_or_else(|| "1970-01-01T00:00:00+00:00".to_owned(), |moment| moment.rfc3339());
        e.element(ATOM, "updated", &[ADDED], Content::Text(&text));
    }
}

fn links(e: &mut Emitter, item: &Item, given: &Given<Item>) {
    let Given { all, native, .. } = given;
    let mut link = |field, rel, href: &Option<String>, given: &Option<String>| {
        if let Some(address) = href.as_deref().filter(|_| href != given) {
            say::link(e, field, rel, address, &[]);
        }
    };
    link("url", "alternate", &item.url, &native.url);
    link("external_url", "related", &item.external_url, &native.external_url);
    link("comments_url", "replies", &item.comments_url, &all.comments_url);
    let files = say::files(item, all);
    for (at, file) in files.iter().enumerate() {
        let first = at == 0 && item.attachments.first() == Some(file);
        say::enclosure(e, file, first && given.duration == file.duration_in_seconds);
    }
}

/// Summary and content. An entry without content must have a link to its page (RFC 4287, section 4.1.2).
fn bodies(e: &mut Emitter, item: &Item, given: &Given<Item>) {
    if let Some(summary) = item.summary.as_ref().filter(|_| item.summary != given.all.summary) {
        text::write(e, "summary", "summary", summary, None);
    }
    e.field = "content_src";
    let src = item.content_src.as_deref();
    let odd = src.filter(|src| !say::fits(e, kind::ATOM_IRI, "content_src", src));
    say::own(e, "content_src", odd);
    match (&item.content, src.filter(|_| odd.is_none())) {
        (Some(content), Some(src)) if content.value.is_empty() => {
            text::write(e, "content", "content_src", content, Some(src));
        }
        (Some(content), src) => {
            if item.content != given.native.content {
                text::write(e, "content", "content", content, None);
            }
            say::own(e, "content_src", src);
        }
        (None, Some(src)) => {
            e.field = "content_src";
            e.element(ATOM, "content", &[(Ns::NONE, "src", src)], Content::Empty);
        }
        (None, None) if item.url.as_deref().is_none_or(|url| !kind::accepts(kind::IRI, url)) => {
            let title = item.title.as_ref().map(say::plain).unwrap_or_default();
            let text = Text { kind: TextKind::Plain, value: title, base: None, language: None };
            e.element(ATOM, "content", &[ADDED], Content::Text(&text.value));
        }
        (None, None) => {}
    }
}
