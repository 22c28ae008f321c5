//! Writes RSS 1.0: the channel with its list of items, and the image and text input that stand beside it
//! (sections 5.3, 5.4 and 5.6).

use crate::{
    kind,
    model::{Feed, Name, Node},
    namespace::{
        ATOM, DC, DCTERMS, ITUNES, Ns, RDF, RSS, SLUGLINE,
        element::{attribute, elements, uri_of},
        emit::{Content, Emitter, Pair},
        given::{self, Given},
        link,
        meaning::Dialect,
        say::{self, ADDED},
    },
};

/// Where a feed is that has no address.
const NOWHERE: &str = "urn:slugline:feed";

/// Writes the channel; `listed` is what its items are about.
pub(super) fn write(e: &mut Emitter, feed: &Feed, listed: &[String], keep: bool) {
    let given = if keep { given::feed(&feed.extra, Dialect::Rss) } else { Given::nothing() };
    let Given { all, claimed, native, .. } = &given;
    let address = feed.feed_url.as_ref().or(feed.home_page_url.as_ref());
    // The id where it can stand there and is no other's; what stands there in its place says so.
    let is_uri = |id: &&String| kind::accepts(kind::ID, id);
    let id = feed.id.as_ref().filter(is_uri).filter(|_| claimed.id.is_none());
    let about = id.or(address.filter(is_uri)).map_or(NOWHERE, String::as_str);
    let mut attributes: Vec<Pair<'_>> = vec![(RDF, "about", about)];
    if id.is_none() {
        attributes.push((SLUGLINE, "added", "about"));
    }
    let kept = Emitter::own_attributes(if keep { &feed.extra.nodes } else { &[] });
    e.open_with(RSS, "channel", &attributes, kept);
    required(e, feed, native);
    dublin_core(e, feed, claimed, native);
    if let Some(id) = feed.id.as_deref().filter(|_| id.is_none() && feed.id != all.id) {
        e.field = "id";
        let bare = feed.home_page_url.is_none() && link::is_web(id);
        let mark: &[Pair<'_>] = if bare { &[(SLUGLINE, "permalink", "false")] } else { &[] };
        e.element(ATOM, "id", mark, Content::Text(id));
    }
    atom(e, feed, all, claimed);
    say::own(e, "user_comment", feed.user_comment.as_deref());
    let icon = feed.icon.as_deref().filter(|_| feed.icon != all.icon);
    e.field = "icon";
    let odd = icon.filter(|icon| !say::fits(e, kind::ABSOLUTE_URL, "icon", icon));
    say::own(e, "icon", odd);
    let icon = icon.filter(|_| odd.is_none());
    // Before a kept one that shows another picture.
    let (icon, first) = if claimed.icon.is_some() { (None, icon) } else { (icon, None) };
    if let Some(icon) = first {
        image(e, feed, icon, Ns::NONE, &[]);
    }
    // What RSS 1.0 puts beside the channel, and what stands in it.
    let (mut beside, mut within) = (Vec::new(), feed.extra.clone());
    if keep {
        let (out, rest): (Vec<_>, Vec<_>) = elements(&feed.extra.nodes).partition(|rows| stands_beside(&rows[0]));
        beside = out.concat();
        within.nodes = rest.concat();
    }
    say::extra(e, &within, keep);
    if let Some(icon) = icon {
        e.element(RSS, "image", &[(RDF, "resource", icon)], Content::Empty);
    }
    for node in beside.iter().filter(|node| node.depth == 0) {
        let resource = attribute(node, RDF, "about").unwrap_or_default();
        e.element(RSS, node.name.local(), &[(RDF, "resource", resource)], Content::Empty);
    }
    e.open(RSS, "items", &[]);
    e.open(RDF, "Seq", &[]);
    for about in listed {
        e.element(RDF, "li", &[(RDF, "resource", about)], Content::Empty);
    }
    e.close();
    e.close();
    e.close();
    if let Some(icon) = icon {
        image(e, feed, icon, RSS, &[(RDF, "about", icon)]);
    }
    // Kept elements of RSS have no namespace, whichever RSS they are of; these are RSS 1.0's.
    for node in beside.iter_mut().filter(|node| node.name.namespace().is_empty()) {
        node.name = Name::new(uri_of(RSS), "", node.name.local());
    }
    e.rows(&beside);
}

/// Whether a kept element is one that RSS 1.0 puts beside its channel, with a reference in it.
fn stands_beside(node: &Node) -> bool {
    node.name.namespace().is_empty()
        && matches!(node.name.local(), "image" | "textinput" | "textInput")
        && attribute(node, RDF, "about").is_some()
}

/// Title, link and description must be there.
fn required(e: &mut Emitter, feed: &Feed, native: &Feed) {
    let home = feed.home_page_url.as_deref();
    let instead = home.or(feed.feed_url.as_deref()).unwrap_or("Untitled");
    let name = feed.title.as_ref().map_or_else(|| instead.to_owned(), say::plain);
    match &feed.title {
        Some(title) if feed.title != native.title => say::rss_text(e, RSS, "title", "title", title, &[]),
        Some(_) => {}
        None => e.element(RSS, "title", &[ADDED], Content::Text(&name)),
    }
    match home {
        Some(home) if feed.home_page_url != native.home_page_url => {
            say::value(e, kind::ABSOLUTE_URL, RSS, "link", "home_page_url", home);
            if !kind::accepts(kind::ABSOLUTE_URL, home) {
                e.element(RSS, "link", &[ADDED], Content::Text(NOWHERE));
            }
        }
        Some(_) => {}
        None => {
            let link = feed.feed_url.as_deref().filter(|url| kind::accepts(kind::ABSOLUTE_URL, url)).unwrap_or(NOWHERE);
            e.element(RSS, "link", &[ADDED], Content::Text(link));
        }
    }
    match &feed.description {
        Some(text) if feed.description != native.description => {
            say::rss_text(e, RSS, "description", "description", text, &[]);
        }
        Some(_) => {}
        None => e.element(RSS, "description", &[ADDED], Content::Text(&name)),
    }
}

/// What Dublin Core has a word for. Kept elements that say otherwise are answered by RSS 2.0's own.
fn dublin_core(e: &mut Emitter, feed: &Feed, claimed: &Feed, native: &Feed) {
    let free = |contested: bool, ns: Ns, local: &'static str, own: &'static str| {
        if contested { (Ns::NONE, own) } else { (ns, local) }
    };
    if let Some(language) = feed.language.as_deref().filter(|_| feed.language != native.language) {
        let (ns, local) = free(claimed.language.is_some(), DC, "language", "language");
        say::value(e, kind::LANGUAGE, ns, local, "language", language);
    }
    if let Some(rights) = feed.rights.as_ref().filter(|_| feed.rights != native.rights) {
        let (ns, local) = free(claimed.rights.is_some(), DC, "rights", "copyright");
        say::rss_text(e, ns, local, "rights", rights, &[]);
    }
    for person in feed.authors.strip_suffix(native.authors.as_slice()).unwrap_or(&feed.authors) {
        say::creator(e, person);
    }
    if let Some(date) = feed.updated.as_ref().filter(|_| feed.updated != native.updated) {
        let (ns, local) = free(claimed.updated.is_some(), DC, "date", "lastBuildDate");
        say::date(e, ns, local, "updated", date);
    }
    if let Some(date) = feed.published.as_ref().filter(|_| feed.published != native.published) {
        let (ns, local) = free(claimed.published.is_some(), DCTERMS, "issued", "pubDate");
        say::date(e, ns, local, "published", date);
    }
    for tag in feed.tags.strip_suffix(native.tags.as_slice()).unwrap_or(&feed.tags) {
        say::subject(e, tag);
    }
}

/// What Atom has a word for.
fn atom(e: &mut Emitter, feed: &Feed, all: &Feed, claimed: &Feed) {
    if let Some(generator) = feed.generator.as_deref().filter(|_| feed.generator != all.generator) {
        let ns = if claimed.generator.is_some() { Ns::NONE } else { ATOM };
        element(e, "generator", ns, "generator", generator);
    }
    if let Some(own) = feed.feed_url.as_deref().filter(|_| feed.feed_url != all.feed_url) {
        say::link(e, "feed_url", "self", own, &[(Ns::NONE, "type", "application/rdf+xml")]);
    }
    if let Some(next) = feed.next_url.as_deref().filter(|_| feed.next_url != all.next_url) {
        say::link(e, "next_url", "next", next, &[]);
    }
    for hub in feed.hubs.iter().filter(|hub| !all.hubs.contains(hub)) {
        say::hub(e, hub);
    }
    if let Some(favicon) = feed.favicon.as_deref().filter(|_| feed.favicon != all.favicon) {
        say::value(e, kind::ATOM_IRI, ATOM, "icon", "favicon", favicon);
    }
    match feed.expired.filter(|_| feed.expired != all.expired) {
        Some(true) => element(e, "expired", ITUNES, "complete", "Yes"),
        Some(false) => say::own(e, "expired", Some("false")),
        None => {}
    }
}

/// The image: the channel's title and link again.
fn image(e: &mut Emitter, feed: &Feed, icon: &str, ns: Ns, attributes: &[Pair<'_>]) {
    e.field = "icon";
    let link = feed.home_page_url.as_deref().filter(|link| kind::accepts(kind::ABSOLUTE_URL, link));
    let title = feed.title.as_ref().map(|title| title.value.as_str());
    let mark = |known: bool| if known { &[][..] } else { &[ADDED][..] };
    e.open(ns, "image", attributes);
    e.element(ns, "title", mark(title.is_some()), Content::Text(title.or(link).unwrap_or(icon)));
    e.element(ns, "url", &[], Content::Text(icon));
    e.element(ns, "link", mark(link.is_some()), Content::Text(link.unwrap_or(icon)));
    e.close();
}

fn element(e: &mut Emitter, field: &'static str, ns: Ns, local: &str, value: &str) {
    e.field = field;
    e.element(ns, local, &[], Content::Text(value));
}
