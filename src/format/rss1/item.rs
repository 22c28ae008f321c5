//! Writes RSS 1.0: items (section 5.5), and what modules say of them.

use crate::{
    kind,
    model::{Item, TextKind},
    namespace::{
        CONTENT, DC, DCTERMS, ITUNES, Ns, RDF, RSS, SLUGLINE,
        emit::{Content, Emitter, Pair},
        given::{self, Given},
        meaning::Dialect,
        own,
        say::{self, ADDED},
        source,
    },
};

/// Writes an item about `about`.
pub(super) fn write(e: &mut Emitter, item: &Item, about: &str, keep: bool) {
    let given =
        if keep && !item.extra.nodes.is_empty() { given::item(&item.extra, Dialect::Rss) } else { Given::nothing() };
    let Given { all, claimed, native, .. } = &given;
    let kept = Emitter::own_attributes(if keep { &item.extra.nodes } else { &[] });
    // It is the id where a reader would take it for that and for nothing more.
    let is_id = item.id.as_deref() == Some(about)
        && claimed.id.is_none()
        && (item.url.is_some() || !crate::namespace::link::is_web(about));
    let mut attributes: Vec<Pair<'_>> = vec![(RDF, "about", about)];
    if !is_id {
        attributes.push((SLUGLINE, "added", "about"));
    }
    e.open_with(RSS, "item", &attributes, kept);
    required(e, item, about, native);
    bodies(e, item, &given);
    let free = |contested: bool, ns: Ns, local: &'static str, own: &'static str| {
        if contested { (Ns::NONE, own) } else { (ns, local) }
    };
    for person in item.authors.strip_suffix(native.authors.as_slice()).unwrap_or(&item.authors) {
        say::creator(e, person);
    }
    if let Some(date) = item.published.as_ref().filter(|_| item.published != native.published) {
        let (ns, local) = free(claimed.published.is_some(), DC, "date", "pubDate");
        say::date(e, ns, local, "published", date);
    }
    if let Some(date) = item.updated.as_ref().filter(|_| item.updated != native.updated) {
        let (ns, local) = free(claimed.updated.is_some(), DCTERMS, "modified", "updated");
        say::date(e, ns, local, "updated", date);
    }
    for tag in item.tags.strip_suffix(native.tags.as_slice()).unwrap_or(&item.tags) {
        say::subject(e, tag);
    }
    if let Some(language) = item.language.as_deref().filter(|_| item.language != native.language) {
        let (ns, local) = free(claimed.language.is_some(), DC, "language", "language");
        say::value(e, kind::LANGUAGE, ns, local, "language", language);
    }
    if let Some(rights) = item.rights.as_ref().filter(|_| item.rights != native.rights) {
        let (ns, local) = free(claimed.rights.is_some(), DC, "rights", "rights");
        say::rss_text(e, ns, local, "rights", rights, &[]);
    }
    links(e, item, &given);
    if let Some(source) = item.source.as_ref().filter(|_| item.source != all.source) {
        e.field = "source";
        source::write(e, source);
    }
    if !is_id {
        say::own(e, "id", item.id.as_deref().filter(|_| item.id != native.id));
    }
    say::item_rest(e, item, all);
    say::own(e, "content_src", item.content_src.as_deref());
    if let Some(draft) = item.draft {
        say::own(e, "draft", Some(if draft { "true" } else { "false" }));
    }
    say::extra(e, &item.extra, keep);
    e.close();
}

/// Title and link must be there.
fn required(e: &mut Emitter, item: &Item, about: &str, native: &Item) {
    match &item.title {
        Some(title) if item.title != native.title => say::rss_text(e, RSS, "title", "title", title, &[]),
        Some(_) => {}
        None => e.element(RSS, "title", &[ADDED], Content::Text(item.url.as_deref().unwrap_or("Untitled"))),
    }
    match item.url.as_deref() {
        Some(url) if item.url != native.url => {
            say::value(e, kind::ABSOLUTE_URL, RSS, "link", "url", url);
            if !kind::accepts(kind::ABSOLUTE_URL, url) {
                e.element(RSS, "link", &[ADDED], Content::Text(about));
            }
        }
        Some(_) => {}
        None => e.element(RSS, "link", &[ADDED], Content::Text(about)),
    }
}

/// The summary is the description; a description alone would be taken for the content, and must say that it is none.
fn bodies(e: &mut Emitter, item: &Item, given: &Given<Item>) {
    let content = item.content.as_ref().filter(|_| item.content != given.native.content);
    if let Some(summary) = item.summary.as_ref().filter(|_| item.summary != given.all.summary) {
        let mark: &[Pair<'_>] = if content.is_none() { &[(SLUGLINE, "field", "summary")] } else { &[] };
        say::rss_text(e, RSS, "description", "summary", summary, mark);
    }
    if let Some(content) = content {
        // A description alone is the content; plain text needs no more.
        let alone = item.summary.is_none() && given.claimed.content.is_none() && content.kind == TextKind::Plain;
        let (ns, local) = if alone { (RSS, "description") } else { (CONTENT, "encoded") };
        say::rss_text(e, ns, local, "content", content, &[]);
    }
}

/// Addresses and files, as Atom's links.
fn links(e: &mut Emitter, item: &Item, given: &Given<Item>) {
    let all = &given.all;
    let mut link = |field, rel, href: &Option<String>, known: &Option<String>| {
        if let Some(address) = href.as_deref().filter(|_| href != known) {
            say::link(e, field, rel, address, &[]);
        }
    };
    link("external_url", "related", &item.external_url, &all.external_url);
    link("comments_url", "replies", &item.comments_url, &all.comments_url);
    for (at, file) in say::files(item, all).into_iter().enumerate() {
        // The first file's duration has an element that podcast programs read.
        let first = at == 0 && item.attachments.first() == Some(file);
        say::enclosure(e, file, first);
        if let Some(seconds) = file.duration_in_seconds.filter(|&seconds| first && given.duration != Some(seconds)) {
            e.element(ITUNES, "duration", &[], Content::Text(&own::plain_seconds(seconds)));
        }
    }
}
