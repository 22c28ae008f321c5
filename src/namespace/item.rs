//! What elements say of an item: into the hub.

use std::{collections::BTreeSet, hash::Hash};

use super::{
    date,
    element::{Element, whole_text},
    field::Field,
    link::{self, Links, relation},
    meaning::{Dialect, Meaning},
    own, person, source,
    tag::{keywords, nested_tags, tag},
    text,
};
use crate::{
    finding::Finding,
    model::{Attachment, Item, Person, Source, Text},
    spots::Spots,
};

/// What was made of an element.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Taken {
    /// The hub says all that it says.
    Whole,
    /// The hub has something of it, but not all: it is kept too.
    Part,
    /// Nothing: it is kept.
    Nothing,
}

impl Taken {
    pub(super) fn when(taken: bool, whole: bool) -> Taken {
        match (taken, whole) {
            (false, _) => Taken::Nothing,
            (true, true) => Taken::Whole,
            (true, false) => Taken::Part,
        }
    }
}

/// What reading a field needs beside its element.
#[derive(Debug)]
pub(crate) struct Context<'c> {
    /// Whose elements are native.
    pub(crate) dialect: Dialect,
    /// Makes links absolute.
    pub(crate) links: &'c mut Links,
    /// Takes what is wrong.
    pub(crate) findings: &'c mut Vec<Finding>,
}

/// An item in the making.
#[derive(Debug, Default)]
pub(crate) struct Draft {
    /// What is known of it.
    pub(crate) item: Box<Item>,
    /// RSS `description`: content or summary, once it is known whether there is content beside it.
    pub(super) description: Option<Text>,
    /// The `guid` where it is an address by its own word.
    pub(super) permalink: Option<String>,
    /// `rdf:about` of the item.
    pub(crate) about: Option<String>,
    /// How long the first file plays, where an element beside it says so.
    pub(super) duration: Option<f64>,
    /// Files that both a native element and a kept one of Media RSS name.
    pub(super) repeated: BTreeSet<usize>,
    known: Known,
}

/// What is in the item's lists.
#[derive(Debug, Default)]
pub(super) struct Known {
    authors: Spots,
    pub(super) tags: Spots,
    /// By their terms.
    pub(super) terms: Spots,
    files: Spots,
    /// By their addresses.
    addresses: Spots,
}

impl Known {
    fn clear(&mut self) {
        let Known { authors, tags, terms, files, addresses } = self;
        [authors, tags, terms, files, addresses].into_iter().for_each(Spots::clear);
    }
}

/// Puts a value into a slot unless that is taken; whether it went there, or says what stands there already.
pub(super) fn fill<T: PartialEq>(slot: &mut Option<T>, value: Option<T>) -> bool {
    match (value, slot) {
        (None, _) => false,
        (Some(value), slot @ None) => {
            *slot = Some(value);
            true
        }
        (Some(_), Some(_)) => false,
    }
}

pub(super) fn add<T: Hash + PartialEq>(list: &mut Vec<T>, known: &mut Spots, value: T, whole: bool) -> Taken {
    if whole || !known.holds(list, &&value, |known| known) {
        list.push(value);
    }
    Taken::when(true, whole)
}

/// Adds a file; one that repeats another word for word says nothing new.
fn attach(list: &mut Vec<Attachment>, known: &mut Spots, file: Attachment, whole: bool) -> Taken {
    if !known.holds(list, &whole_file(&file), whole_file) {
        list.push(file);
    }
    Taken::when(true, whole)
}

/// All that is said of a file.
fn whole_file(file: &Attachment) -> (&str, [Option<&str>; 2], [Option<u64>; 2]) {
    let Attachment { url, mime_type, title, size_in_bytes, duration_in_seconds } = file;
    let numbers = [*size_in_bytes, duration_in_seconds.map(f64::to_bits)];
    (url, [mime_type.as_deref(), title.as_deref()], numbers)
}

impl Draft {
    /// Begins another item: the last one was taken away, and there is a new one in its place.
    pub(crate) fn begin(&mut self) {
        let Draft { item: _, description, permalink, about, duration, repeated, known } = self;
        (*description, *permalink, *about, *duration) = (None, None, None, None);
        repeated.clear();
        known.clear();
    }

    /// Takes what an element says.
    pub(crate) fn take(&mut self, meaning: Meaning, element: &Element<'_>, context: &mut Context<'_>) -> Taken {
        let Context { links, .. } = context;
        let item = &mut *self.item;
        let field = meaning.field;
        // Elements of Atom keep Atom's ways in an RSS feed, and the other way round.
        let ways = match element.node.name.namespace() {
            "" => Dialect::Rss,
            uri if uri == super::element::uri_of(super::ATOM) || uri == super::element::uri_of(super::ATOM_03) => {
                Dialect::Atom
            }
            _ => Dialect::Rss,
        };
        match field {
            Field::Title | Field::Description | Field::Summary | Field::Content | Field::Rights => {
                if field == Field::Content
                    && let Some(src) = element.filled("src")
                {
                    let taken = fill(&mut item.content_src, Some(links.resolve(element.base, src)));
                    let kind = text::atom_kind(element.get("type"), None).0;
                    if let Some(kind) = kind.filter(|_| taken && item.content.is_none()) {
                        item.content = Some(Text::new(kind, ""));
                    }
                    return Taken::when(taken, element.has_only(&["src", "type"]) && element.trimmed().is_empty());
                }
                let own_field = element.own("field");
                let Some((text, whole)) = text::read(element, ways, links) else {
                    return Taken::when(element.has_only(&["type", "mode"]), true);
                };
                let slot = match (field, own_field) {
                    (Field::Title, _) => &mut item.title,
                    (Field::Rights, _) => &mut item.rights,
                    (Field::Content, _) | (_, Some("content")) => &mut item.content,
                    (Field::Summary, _) | (_, Some("summary")) => &mut item.summary,
                    _ => &mut self.description,
                };
                // `Whole` where it went in; what repeats word for word says nothing new.
                let taken = fill(slot, Some(text));
                Taken::when(taken, whole)
            }
            Field::Link => {
                if element.get("rel").is_some() {
                    return self.relation(element, context);
                }
                let address = Some(element.trimmed()).filter(|text| !text.is_empty());
                let address = address.or_else(|| element.filled("href")).or_else(|| person::resource(element.node));
                let Some(address) = address else { return Taken::when(element.has_only(&[]), true) };
                let taken = fill(&mut item.url, Some(links.resolve(element.base, address)));
                Taken::when(taken, element.has_only(&["href"]))
            }
            Field::Relation => self.relation(element, context),
            Field::Guid | Field::Id => {
                let id = element.own("id").unwrap_or_else(|| element.trimmed());
                if id.is_empty() {
                    return Taken::when(element.has_only(&["isPermaLink"]), true);
                }
                let taken = fill(&mut item.id, Some(id.to_owned()));
                let denied = element.get("isPermaLink");
                let denied = denied.is_some_and(|word| word.trim().eq_ignore_ascii_case("false"));
                let denied = denied || element.own("permalink") == Some("false");
                // Atom does not say so, but an id that can be opened is mostly meant to be.
                if taken && !denied && link::is_web(id) {
                    self.permalink = Some(id.to_owned());
                } else if taken && !denied && id.starts_with('/') && ways == Dialect::Rss {
                    // A path is a permalink too, where it is known of what.
                    self.permalink = Some(links.resolve(element.base, id)).filter(|address| link::is_web(address));
                }
                Taken::when(taken, element.has_only(&["isPermaLink"]))
            }
            Field::Published | Field::Updated => {
                let slot = if field == Field::Published { &mut item.published } else { &mut item.updated };
                if slot.is_some() {
                    return Taken::Nothing;
                }
                let date = date::read(element, ways, context.findings);
                let empty = date.is_none();
                let taken = fill(slot, date) || empty;
                Taken::when(taken, element.has_only(&[]))
            }
            Field::Author if !meaning.whole => {
                if item.authors.is_empty() && !element.trimmed().is_empty() {
                    item.authors.push(person::read(element.text));
                }
                Taken::Part
            }
            Field::Author | Field::Person => {
                let (person, whole) = person::from_elements(element, links);
                if person == Person::default() {
                    return Taken::when(whole, true);
                }
                if !meaning.whole && !item.authors.is_empty() {
                    return Taken::Nothing;
                }
                add(&mut item.authors, &mut self.known.authors, person, whole)
            }
            Field::Tag => tag(element, meaning.whole, &mut item.tags, &mut self.known.tags),
            Field::Keywords => keywords(element, &mut item.tags, &mut self.known.terms),
            Field::NestedTag => nested_tags(element, &mut item.tags, &mut self.known.terms),
            Field::Enclosure => self.enclosure(element, context),
            Field::Media => {
                self.media(element, context);
                Taken::Part
            }
            Field::Thumbnail | Field::Picture => {
                let name = if field == Field::Thumbnail { "url" } else { "href" };
                let address = element.filled(name).or_else(|| element.filled("url"));
                let address = address.or(Some(element.trimmed()).filter(|text| link::is_absolute(text)));
                let taken = fill(&mut item.image, address.map(|address| links.resolve(element.base, address)));
                let whole = meaning.whole && element.has_only(&["url"]) && element.trimmed().is_empty();
                Taken::when(taken, whole)
            }
            Field::Duration => {
                let seconds = own::seconds(element.trimmed());
                let taken = fill(&mut self.duration, seconds);
                // Written as a plain number of seconds, it is written so again.
                let again = seconds.is_some_and(|seconds| own::plain_seconds(seconds) == element.trimmed());
                let free = item.attachments.first().is_some_and(|first| first.duration_in_seconds.is_none());
                Taken::when(taken, again && free && element.has_only(&[]))
            }
            Field::Comments => {
                let address = Some(element.trimmed()).filter(|text| !text.is_empty());
                let empty = address.is_none();
                let address = address.map(|address| links.resolve(element.base, address));
                Taken::when(fill(&mut item.comments_url, address) || empty, element.has_only(&[]))
            }
            Field::Source => {
                let title = Some(element.trimmed()).filter(|text| !text.is_empty()).map(str::to_owned);
                let url = element.filled("url").map(|url| links.resolve(element.base, url));
                let whole = element.has_only(&["url"]);
                if title.is_none() && url.is_none() {
                    return Taken::when(whole, true);
                }
                match &mut item.source {
                    None => {
                        item.source = Some(Source { title, url, ..Source::default() });
                        Taken::when(true, whole)
                    }
                    Some(_) => Taken::Nothing,
                }
            }
            Field::AtomSource => {
                let (found, whole) = source::read(element, links);
                match &mut item.source {
                    None => item.source = Some(found),
                    // RSS's `source` beside it says the same in short.
                    Some(known) if source::is_short_for(known, &found) => *known = found,
                    Some(_) => return Taken::Nothing,
                }
                Taken::when(true, whole)
            }
            Field::Language => {
                let language = Some(element.trimmed()).filter(|text| !text.is_empty()).map(str::to_owned);
                let empty = language.is_none();
                Taken::when(fill(&mut item.language, language) || empty, element.has_only(&[]))
            }
            Field::Control => control(element, item),
            Field::Own => own::item(element, item, links),
            Field::Plumbing => Taken::Whole,
            Field::Image | Field::Logo | Field::Favicon | Field::Generator | Field::Cloud | Field::Complete => {
                Taken::Nothing
            }
        }
    }

    /// An Atom `link` (RFC 4287, section 4.2.7).
    fn relation(&mut self, element: &Element<'_>, context: &mut Context<'_>) -> Taken {
        let Some(href) = address_of(element) else { return Taken::Nothing };
        let rel = relation(element.get("rel").unwrap_or("alternate"));
        let href = context.links.resolve(element.base, href);
        let item = &mut *self.item;
        let page = element.get("type").is_none_or(is_page);
        match rel.as_str() {
            "alternate" | "" => {
                // A page wins over other kinds of alternates, wherever it stands: the others are kept and looked at
                // when all is read.
                let taken = page && fill(&mut item.url, Some(href));
                Taken::when(taken, element.has_only(&["rel", "href", "type"]))
            }
            "related" => {
                let taken = fill(&mut item.external_url, Some(href));
                Taken::when(taken, element.has_only(&["rel", "href"]))
            }
            "replies" => {
                let taken = page && fill(&mut item.comments_url, Some(href));
                Taken::when(taken, element.has_only(&["rel", "href", "type"]))
            }
            "enclosure" => {
                let whole = element.has_only(&["rel", "href", "type", "length", "title"]);
                let attachment = attachment(element, href);
                let whole = whole && same_length(element, "length", &attachment);
                attach(&mut item.attachments, &mut self.known.files, attachment, whole)
            }
            _ => Taken::Nothing,
        }
    }

    /// RSS `enclosure`.
    fn enclosure(&mut self, element: &Element<'_>, context: &mut Context<'_>) -> Taken {
        let Some(url) = element.filled("url").or_else(|| element.filled("href")) else {
            return Taken::when(element.has_only(&[]) && element.node.attributes.is_empty(), true);
        };
        let attachment = attachment(element, context.links.resolve(element.base, url));
        let whole = element.has_only(&["url", "type", "length"]) && same_length(element, "length", &attachment);
        let whole = whole && element.trimmed().is_empty();
        attach(&mut self.item.attachments, &mut self.known.files, attachment, whole)
    }

    /// `media:content`, or a group of them: each file that is not attached yet.
    fn media(&mut self, element: &Element<'_>, context: &mut Context<'_>) {
        let uri = element.node.name.namespace();
        let mut title = None;
        for node in element.children.iter().filter(|node| node.name.namespace() == uri) {
            match node.name.local() {
                "title" if title.is_none() => title = Some(node.text.trim()).filter(|title| !title.is_empty()),
                "thumbnail" => {
                    let address = super::element::attribute(node, super::Ns::NONE, "url");
                    fill(&mut self.item.image, address.map(|url| context.links.resolve(element.base, url)));
                }
                _ => {}
            }
        }
        let own = (element.node.name.local() == "content").then_some(element.node);
        let inner = element.children.iter().filter(|n| n.name.local() == "content" && n.name.namespace() == uri);
        for node in own.into_iter().chain(inner) {
            let get = |name| super::element::attribute(node, super::Ns::NONE, name);
            let Some(url) = get("url").map(str::trim).filter(|url| !url.is_empty()) else { continue };
            let url = context.links.resolve(element.base, url);
            let known = self.known.addresses.find(&self.item.attachments, &url.as_str(), |known| known.url.as_str());
            if let Some(at) = known {
                self.repeated.insert(at);
                continue;
            }
            self.item.attachments.push(Attachment {
                url,
                mime_type: get("type").map(|mime| mime.trim().to_owned()).filter(|mime| !mime.is_empty()),
                title: title.map(str::to_owned),
                size_in_bytes: get("fileSize").and_then(|size| size.trim().parse().ok()),
                duration_in_seconds: get("duration").and_then(|time| own::seconds(time.trim())),
            });
        }
    }
}

/// The address of an Atom link: `href`, or what misplaced it.
pub(super) fn address_of<'r>(element: &Element<'r>) -> Option<&'r str> {
    let text = Some(element.trimmed()).filter(|text| !text.is_empty() && !text.contains(char::is_whitespace));
    element.filled("href").or_else(|| element.filled("url")).or(text)
}

/// Whether a link's type is that of a page.
pub(super) fn is_page(mime: &str) -> bool {
    let essence = mime.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    matches!(essence.as_str(), "" | "text/html" | "application/xhtml+xml")
}

fn attachment(element: &Element<'_>, url: String) -> Attachment {
    let added = element.own("added").unwrap_or_default();
    let get = |name: &str| element.filled(name).filter(|_| !added.split_whitespace().any(|word| word == name));
    Attachment {
        url,
        mime_type: get("type").map(str::to_owned),
        title: element.own("title").or_else(|| get("title")).map(str::to_owned),
        size_in_bytes: get("length").and_then(|size| size.parse().ok()),
        duration_in_seconds: element.own("duration").and_then(|seconds| seconds.parse().ok()),
    }
}

/// Whether the hub's size says all that the attribute does.
fn same_length(element: &Element<'_>, name: &str, attachment: &Attachment) -> bool {
    element.filled(name).is_none_or(|length| {
        // Digits alone, none too many: written as a number they come out the same.
        let digits =
            length.bytes().all(|byte| byte.is_ascii_digit()) && (length.len() == 1 || !length.starts_with('0'));
        attachment.size_in_bytes.is_some() && digits || element.own("added").is_some()
    })
}

/// `app:control` (RFC 5023, section 13.1.1).
fn control(element: &Element<'_>, item: &mut Item) -> Taken {
    let mut whole = element.has_only(&[]) || element.attributes_are(&[]);
    let mut draft = None;
    for rows in element.elements() {
        let text = whole_text(rows);
        match (rows[0].name.local(), text.trim().to_ascii_lowercase().as_str()) {
            ("draft", "yes" | "true") if draft.is_none() => draft = Some(true),
            ("draft", "no" | "false") if draft.is_none() => draft = Some(false),
            _ => whole = false,
        }
        whole &= rows.len() == 1 && rows[0].attributes.is_empty();
    }
    Taken::when(fill(&mut item.draft, draft), whole)
}
