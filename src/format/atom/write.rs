//! Writes Atom 1.0: the feed. What it requires and the hub does not have is added and marked so.

use super::{entry, text};
use crate::{
    date::Date,
    error::Error,
    finding::Loss,
    format::{Keep, Sink, WriteOptions, Writer, xml_feed::flush},
    kind,
    model::{Feed, Item, Person},
    namespace::{
        ATOM, ITUNES, Ns, SLUGLINE,
        emit::{Content, Emitter, Pair},
        given::{self, Given},
        link,
        meaning::Dialect,
        say::{self, ADDED},
    },
};

/// The day that stands where no date is known at all, but one must.
const NO_DATE: &str = "1970-01-01T00:00:00+00:00";

/// The writer of a feed.
struct AtomWriter {
    e: Emitter,
    keep: bool,
    start: String,
    around: entry::Around,
}

/// Makes a writer.
pub(super) fn writer(options: &WriteOptions) -> Box<dyn Writer> {
    let mut e = Emitter::new(Dialect::Atom);
    e.inside(&["feed"]);
    Box::new(AtomWriter { e, keep: options.extra == Keep::All, start: String::new(), around: entry::Around::default() })
}

impl AtomWriter {
    fn root(&mut self) {
        self.e.root("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<feed", &self.start);
    }
}

impl Writer for AtomWriter {
    fn head(&mut self, feed: &Feed, sink: &mut dyn Sink, losses: &mut Vec<Loss>) -> Result<(), Error> {
        let mut start = String::new();
        let language = feed.language.as_deref();
        self.e.field = "language";
        let odd = language.filter(|language| !say::fits(&mut self.e, kind::LANGUAGE, "language", language));
        if let Some(language) = language.filter(|_| odd.is_none()) {
            start.push_str(" xml:lang=\"");
            crate::syntax::xml::write::attribute(&mut start, language);
            start.push('"');
        }
        let kept = Emitter::own_attributes(if self.keep { &feed.extra.nodes } else { &[] });
        start.push_str(&self.e.root_attributes(kept));
        start.push_str(">\n");
        self.start = start;
        self.around = write_feed(&mut self.e, feed, self.keep);
        flush(&mut self.e, false, sink, losses)
    }

    fn item(&mut self, item: &Item, sink: &mut dyn Sink, losses: &mut Vec<Loss>) -> Result<(), Error> {
        entry::write(&mut self.e, item, &self.around, self.keep);
        self.root();
        flush(&mut self.e, false, sink, losses)
    }

    fn flush(&mut self, sink: &mut dyn Sink) -> Result<(), Error> {
        flush(&mut self.e, true, sink, &mut Vec::new())
    }

    fn apart(&self) -> Option<Box<dyn Writer + Send>> {
        let (start, around) = (String::new(), self.around.clone());
        Some(Box::new(AtomWriter { e: self.e.apart()?, keep: self.keep, start, around }))
    }

    fn finish(&mut self, late: Option<&Feed>, sink: &mut dyn Sink, losses: &mut Vec<Loss>) -> Result<(), Error> {
        if let Some(late) = late {
            // Atom's head stands first: what comes after the entries is said there only where nobody looks for it.
            let title = late.title.as_ref().map(|title| title.value.as_str());
            losses.push(Loss::new("feed", crate::finding::Reason::Late, title.unwrap_or_default()));
        }
        self.root();
        self.e.raw("</feed>\n");
        flush(&mut self.e, true, sink, losses)
    }
}

fn write_feed(e: &mut Emitter, feed: &Feed, keep: bool) -> entry::Around {
    let given = if keep { given::feed(&feed.extra, Dialect::Atom) } else { Given::nothing() };
    let Given { all, native, .. } = &given;
    let address = feed.feed_url.as_ref().or(feed.home_page_url.as_ref());
    match &feed.id {
        Some(id) if feed.id != native.id => {
            e.field = "id";
            say::atom_id(e, id, no_link(id, feed.home_page_url.as_deref()));
        }
        Some(_) => {}
        None => {
            // RFC 4287, section 4.2.6: an IRI that never changes.
            let id = address
                .filter(|address| kind::accepts(kind::ID, address))
                .cloned()
                .unwrap_or_else(|| "urn:slugline:feed".to_owned());
            e.element(ATOM, "id", &[ADDED], Content::Text(&id));
        }
    }
    let name = feed.title.as_ref().map(say::plain).or_else(|| address.and_then(|address| link::host(address)));
    let name = name.unwrap_or_else(|| "Untitled".to_owned());
    match &feed.title {
        Some(title) if feed.title != native.title => text::write(e, "title", "title", title, None),
        Some(_) => {}
        None => e.element(ATOM, "title", &[ADDED], Content::Text(&name)),
    }
    if let Some(description) = feed.description.as_ref().filter(|_| feed.description != native.description) {
        text::write(e, "subtitle", "description", description, None);
    }
    match feed.updated.as_ref() {
        Some(updated) if feed.updated != native.updated => {
            say::date(e, ATOM, "updated", "updated", updated);
            if updated.moment.is_none() {
                e.element(ATOM, "updated", &[ADDED], Content::Text(&instead(feed.published.as_ref())));
            }
        }
        Some(_) => {}
        None => e.element(ATOM, "updated", &[ADDED], Content::Text(&instead(feed.published.as_ref()))),
    }
    write_links(e, feed, native);
    for person in feed.authors.strip_suffix(native.authors.as_slice()).unwrap_or(&feed.authors) {
        write_person(e, person);
    }
    if feed.authors.is_empty() {
        // RFC 4287, section 4.1.1: an author, of the feed or of each entry.
        e.open(ATOM, "author", &[ADDED]);
        e.text(ATOM, "name", Some(&name));
        e.close();
    }
    if let Some(rights) = feed.rights.as_ref().filter(|_| feed.rights != all.rights) {
        text::write(e, "rights", "rights", rights, None);
    }
    for tag in feed.tags.strip_suffix(native.tags.as_slice()).unwrap_or(&feed.tags) {
        say::category(e, tag);
    }
    let one_of = |e: &mut Emitter, local, field, value: &Option<String>, given: &Option<String>| {
        if let Some(text) = value.as_deref().filter(|_| value != given) {
            let kind = if local == "generator" { kind::TEXT } else { kind::ATOM_IRI };
            say::value(e, kind, ATOM, local, field, text);
        }
    };
    one_of(e, "generator", "generator", &feed.generator, &all.generator);
    one_of(e, "icon", "favicon", &feed.favicon, &all.favicon);
    one_of(e, "logo", "icon", &feed.icon, &all.icon);
    if let Some(published) = feed.published.as_ref().filter(|_| feed.published != all.published) {
        say::own(e, "published", Some(&published.moment.map_or_else(|| published.text.clone(), |at| at.written())));
    }
    match feed.expired.filter(|_| feed.expired != all.expired) {
        Some(true) => e.element(ITUNES, "complete", &[], Content::Text("Yes")),
        Some(false) => say::own(e, "expired", Some("false")),
        None => {}
    }
    let odd = feed.language.as_deref().filter(|language| !kind::accepts(kind::LANGUAGE, language));
    say::own(e, "language", odd);
    say::own(e, "user_comment", feed.user_comment.as_deref());
    say::extra(e, &feed.extra, keep);
    let updated = feed.updated.as_ref().and_then(|date| date.moment).or(feed.published.as_ref().and_then(|d| d.moment));
    entry::Around { updated }
}

/// Marks an id that can be opened, where it is not the page's address.
pub(super) fn no_link(id: &str, url: Option<&str>) -> &'static [Pair<'static>] {
    if url.is_none() && link::is_web(id) { &[(SLUGLINE, "permalink", "false")] } else { &[] }
}

/// A date to stand where one is required.
fn instead(date: Option<&Date>) -> String {
    date.and_then(|date| date.moment).map_or_else(|| NO_DATE.to_owned(), |moment| moment.rfc3339())
}

fn write_links(e: &mut Emitter, feed: &Feed, native: &Feed) {
    let mut link = |field, rel, href: &Option<String>, given: &Option<String>, mime: Option<&str>| {
        if let Some(address) = href.as_deref().filter(|_| href != given) {
            let mime = mime.map(|mime| (Ns::NONE, "type", mime));
            say::link(e, field, rel, address, mime.as_slice());
        }
    };
    link("feed_url", "self", &feed.feed_url, &native.feed_url, Some("application/atom+xml"));
    link("home_page_url", "alternate", &feed.home_page_url, &native.home_page_url, None);
    link("next_url", "next", &feed.next_url, &native.next_url, None);
    for hub in feed.hubs.iter().filter(|hub| !native.hubs.contains(hub)) {
        say::hub(e, hub);
    }
}

/// Writes a person (RFC 4287, section 3.2): a name is required.
pub(super) fn write_person(e: &mut Emitter, person: &Person) {
    e.field = "authors";
    e.open(ATOM, "author", &[]);
    match &person.name {
        Some(name) => e.text(ATOM, "name", Some(name)),
        None => {
            let instead = person.email.as_deref().or(person.url.as_deref()).unwrap_or("Unknown");
            e.element(ATOM, "name", &[ADDED], Content::Text(instead));
        }
    }
    // Readers of slugline's own elements take what Atom's may not hold.
    let home = |kind, value: Option<&str>| if value.is_none_or(|it| kind::accepts(kind, it)) { ATOM } else { SLUGLINE };
    let (email, url) = (person.email.as_deref(), person.url.as_deref());
    e.text(home(kind::ATOM_MAIL, email), "email", email);
    match home(kind::ATOM_IRI, url) {
        SLUGLINE => e.text(SLUGLINE, "url", url),
        _ => e.text(ATOM, "uri", url),
    }
    e.text(SLUGLINE, "avatar", person.avatar.as_deref());
    e.close();
}
