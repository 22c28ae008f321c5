//! Writes RSS 2.0: items. What an item has and RSS does not is said in Atom, Dublin Core, Media RSS, and at last in
//! slugline's own namespace.

use super::head::Head;
use crate::{
    error::Error,
    finding::Loss,
    format::{Keep, Sink, WriteOptions, Writer, xml_feed::flush},
    kind,
    model::{Attachment, Feed, Item, Person, Source, Tag},
    namespace::{
        ATOM, CONTENT, DC, ITUNES, Ns, SLUGLINE,
        emit::{Content, Emitter, Pair},
        given::{self, Given},
        link,
        meaning::Dialect,
        own, person,
        say::{self, ADDED},
        source,
    },
};

const DECLARATION: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<rss version=\"2.0\"";

/// The writer of a feed.
struct RssWriter {
    e: Emitter,
    keep: bool,
    head: Head,
    /// What kept rows say where there are none.
    nothing: Given<Item>,
}

/// Makes a writer.
pub(super) fn writer(options: &WriteOptions) -> Box<dyn Writer> {
    let mut e = Emitter::new(Dialect::Rss);
    e.inside(&["rss"]);
    Box::new(RssWriter { e, keep: options.extra == Keep::All, head: Head::default(), nothing: Given::nothing() })
}

impl RssWriter {
    /// Lets the root's start tag out.
    fn root(&mut self) {
        self.e.root(DECLARATION, ">\n");
    }
}

impl Writer for RssWriter {
    fn head(&mut self, feed: &Feed, sink: &mut dyn Sink, losses: &mut Vec<Loss>) -> Result<(), Error> {
        let kept = Emitter::own_attributes(if self.keep { &feed.extra.nodes } else { &[] });
        self.e.open_with(Ns::NONE, "channel", &[], kept);
        self.head.write(&mut self.e, feed, self.keep, false);
        flush(&mut self.e, false, sink, losses)
    }

    fn item(&mut self, item: &Item, sink: &mut dyn Sink, losses: &mut Vec<Loss>) -> Result<(), Error> {
        if self.keep && !item.extra.nodes.is_empty() {
            write_item(&mut self.e, item, &given::item(&item.extra, Dialect::Rss), true);
        } else {
            write_item(&mut self.e, item, &self.nothing, self.keep);
        }
        self.root();
        flush(&mut self.e, false, sink, losses)
    }

    fn flush(&mut self, sink: &mut dyn Sink) -> Result<(), Error> {
        flush(&mut self.e, true, sink, &mut Vec::new())
    }

    fn apart(&self) -> Option<Box<dyn Writer + Send>> {
        let (head, nothing) = (Head::default(), Given::nothing());
        Some(Box::new(RssWriter { e: self.e.apart()?, keep: self.keep, head, nothing }))
    }

    fn finish(&mut self, late: Option<&Feed>, sink: &mut dyn Sink, losses: &mut Vec<Loss>) -> Result<(), Error> {
        let nothing = Feed::default();
        self.head.write(&mut self.e, late.unwrap_or(&nothing), self.keep, true);
        self.root();
        self.e.close();
        self.e.raw("</rss>\n");
        flush(&mut self.e, true, sink, losses)
    }
}

fn write_item(e: &mut Emitter, item: &Item, given: &Given<Item>, keep: bool) {
    let kept = Emitter::own_attributes(if keep { &item.extra.nodes } else { &[] });
    e.open_with(Ns::NONE, "item", &[], kept);
    if let Some(title) = item.title.as_ref().filter(|_| item.title != given.native.title) {
        say::rss_text(e, Ns::NONE, "title", "title", title, &[]);
    }
    if let Some(url) = item.url.as_deref().filter(|_| item.url != given.native.url) {
        say::value(e, kind::ABSOLUTE_URL, Ns::NONE, "link", "url", url);
    }
    bodies(e, item, given);
    let authors = without(&item.authors, &given.native.authors);
    let mut author = Some("author");
    for person in authors {
        write_person(e, person, &mut author);
    }
    for tag in without(&item.tags, &given.native.tags) {
        write_tag(e, tag);
    }
    if let Some(url) = item.comments_url.as_deref().filter(|_| item.comments_url != given.all.comments_url) {
        say::value(e, kind::ABSOLUTE_URL, Ns::NONE, "comments", "comments_url", url);
    }
    attachments(e, item, given);
    guid(e, item, given);
    if let Some(date) = item.published.as_ref().filter(|_| item.published != given.native.published) {
        say::date(e, Ns::NONE, "pubDate", "published", date);
    }
    if let Some(source) = item.source.as_ref().filter(|_| item.source != given.all.source) {
        write_source(e, source);
    }
    if let Some(date) = item.updated.as_ref().filter(|_| item.updated != given.all.updated) {
        say::date(e, ATOM, "updated", "updated", date);
    }
    if let Some(url) = item.external_url.as_deref().filter(|_| item.external_url != given.all.external_url) {
        say::link(e, "external_url", "related", url, &[]);
    }
    if let Some(language) = item.language.as_deref().filter(|_| item.language != given.all.language) {
        say::value(e, kind::LANGUAGE, DC, "language", "language", language);
    }
    if let Some(rights) = item.rights.as_ref().filter(|_| item.rights != given.all.rights) {
        say::rss_text(e, DC, "rights", "rights", rights, &[]);
    }
    say::item_rest(e, item, &given.all);
    say::own(e, "content_src", item.content_src.as_deref());
    if let Some(draft) = item.draft {
        say::own(e, "draft", Some(if draft { "true" } else { "false" }));
    }
    say::extra(e, &item.extra, keep);
    e.close();
}

/// Description and content. A summary has the description where there is content beside it; alone it must say so.
fn bodies(e: &mut Emitter, item: &Item, given: &Given<Item>) {
    let summary = item.summary.as_ref().filter(|_| item.summary != given.all.summary);
    let content = item.content.as_ref().filter(|_| item.content != given.native.content);
    match (summary, content) {
        (Some(summary), Some(content)) => {
            say::rss_text(e, Ns::NONE, "description", "summary", summary, &[]);
            say::rss_text(e, CONTENT, "encoded", "content", content, &[]);
        }
        (None, Some(content)) => say::rss_text(e, Ns::NONE, "description", "content", content, &[]),
        (Some(summary), None) => {
            say::rss_text(e, Ns::NONE, "description", "summary", summary, &[(SLUGLINE, "field", "summary")]);
        }
        (None, None) => {}
    }
    // RSS 2.0: at least one of title and description must be there.
    let given_any = given.native.title.is_some() || given.native.content.is_some();
    if item.title.is_none() && content.is_none() && summary.is_none() && !given_any {
        let file = item.attachments.first().map(|file| &file.url);
        let instead = item.url.as_ref().or(item.id.as_ref()).or(file);
        e.field = "title";
        e.element(Ns::NONE, "title", &[ADDED], Content::Text(instead.map_or("Untitled", String::as_str)));
    }
}

/// The beginning of a list, without what kept rows add to its end when it is read.
fn without<'l, T: PartialEq>(list: &'l [T], given: &[T]) -> &'l [T] {
    list.strip_suffix(given).unwrap_or(list)
}

/// Writes a person: as RSS's own element (`author`, once) where there is an address, else as `dc:creator`.
pub(super) fn write_person(e: &mut Emitter, person: &Person, native: &mut Option<&'static str>) {
    let mail = person.email.as_deref().is_some_and(|mail| kind::accepts(kind::MAIL, mail));
    let Some(local) = native.take_if(|_| mail) else { return say::creator(e, person) };
    e.field = "authors";
    let text = person::write(person);
    let corrections = person::corrections(person, &text);
    let attributes: Vec<Pair<'_>> = corrections.iter().map(|(part, value)| (SLUGLINE, *part, value.as_str())).collect();
    e.element(Ns::NONE, local, &attributes, Content::Text(&text));
}

/// Writes a tag.
pub(super) fn write_tag(e: &mut Emitter, tag: &Tag) {
    e.field = "tags";
    let mut attributes: Vec<Pair<'_>> = Vec::new();
    attributes.extend(tag.scheme.as_deref().map(|scheme| (Ns::NONE, "domain", scheme)));
    attributes.extend(tag.label.as_deref().map(|label| (SLUGLINE, "label", label)));
    e.element(Ns::NONE, "category", &attributes, Content::Text(&tag.term));
}

fn attachments(e: &mut Emitter, item: &Item, given: &Given<Item>) {
    let files = say::files(item, &given.all);
    for (at, file) in files.iter().enumerate() {
        // The first file's duration has an element that podcast programs read.
        let first = at == 0 && item.attachments.first() == Some(file);
        let said = file.duration_in_seconds.is_none_or(|_| first);
        enclosure(e, file, said);
        if let Some(seconds) = file.duration_in_seconds.filter(|&s| first && given.duration != Some(s)) {
            e.element(ITUNES, "duration", &[], Content::Text(&own::plain_seconds(seconds)));
        }
    }
}

/// RSS 2.0 requires `length` and `type`.
fn enclosure(e: &mut Emitter, file: &Attachment, duration_said: bool) {
    e.field = "attachments";
    if !kind::accepts(kind::WEB_URL, &file.url) {
        return say::enclosure(e, file, duration_said);
    }
    let size = file.size_in_bytes.map(|size| size.to_string());
    let mime = file.mime_type.as_deref();
    let mime = mime.filter(|mime| say::fits(e, kind::MEDIA_TYPE, "attachments.mime_type", mime));
    let added = match (&size, mime) {
        (Some(_), Some(_)) => None,
        (None, Some(_)) => Some("length"),
        (Some(_), None) => Some("type"),
        (None, None) => Some("length type"),
    };
    let seconds = file.duration_in_seconds.filter(|_| !duration_said).map(own::plain_seconds);
    let mut attributes: Vec<Pair<'_>> = vec![
        (Ns::NONE, "url", &file.url),
        (Ns::NONE, "length", size.as_deref().unwrap_or("0")),
        (Ns::NONE, "type", mime.unwrap_or("application/octet-stream")),
    ];
    attributes.extend(file.title.as_deref().map(|title| (SLUGLINE, "title", title)));
    attributes.extend(seconds.as_deref().map(|seconds| (SLUGLINE, "duration", seconds)));
    attributes.extend(added.map(|added| (SLUGLINE, "added", added)));
    e.element(Ns::NONE, "enclosure", &attributes, Content::Empty);
}

fn guid(e: &mut Emitter, item: &Item, given: &Given<Item>) {
    e.field = "id";
    let Some(id) = item.id.as_deref() else {
        // Readers take the address for the id in any case; whoever reads the feed back finds an item without one.
        let url = item.url.as_deref().filter(|url| link::is_web(url) && kind::accepts(kind::PERMALINK, url));
        if let Some(url) = url {
            e.element(Ns::NONE, "guid", &[(Ns::NONE, "isPermaLink", "true"), ADDED], Content::Text(url));
        }
        return;
    };
    if item.id == given.native.id {
        return;
    }
    let permalink = item.url.as_deref() == Some(id) && link::is_web(id) && kind::accepts(kind::PERMALINK, id);
    let word = if permalink { "true" } else { "false" };
    e.element(Ns::NONE, "guid", &[(Ns::NONE, "isPermaLink", word)], Content::Text(id));
}

/// RSS's `source` has title and address; whatever else is known goes into Atom's beside it.
fn write_source(e: &mut Emitter, source: &Source) {
    e.field = "source";
    let title = source.title.as_deref();
    let short = Source { title: source.title.clone(), url: source.url.clone(), ..Source::default() };
    let url = source.url.as_deref().filter(|url| kind::accepts(kind::ABSOLUTE_URL, url));
    if let Some(url) = url {
        e.element(Ns::NONE, "source", &[(Ns::NONE, "url", url)], title.map_or(Content::Empty, Content::Text));
    }
    if url.is_none() || *source != short {
        source::write(e, source);
    }
}
