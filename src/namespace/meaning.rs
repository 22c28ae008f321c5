//! Which element is which field. Local names are in lower case here: feeds get their case wrong.

use super::{
    APP, ATOM, ATOM_03, CONTENT, DC, DCTERMS, GOOGLEPLAY, ITUNES, MEDIA, Ns, RDF, RSS, SLUGLINE, XHTML,
    field::{Field, Level},
};
use crate::nearest::nearest;

/// Which format's elements are the native ones.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Dialect {
    /// RSS: no namespace.
    Rss,
    /// Atom.
    Atom,
}

impl Dialect {
    /// The namespace of its elements, as kept rows name it.
    pub(crate) fn ns(self) -> Ns {
        match self {
            Dialect::Rss => Ns::NONE,
            Dialect::Atom => ATOM,
        }
    }
}

/// What an element says, and how it stands to others that say the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Meaning {
    /// What it says.
    pub(crate) field: Field,
    /// 0: the field's own element in this dialect, taken where it stands. Greater: looked at when all is read, the
    /// lower the sooner.
    pub(crate) rank: u8,
    /// Whether the hub's field says all that it says, so that it need not be kept. What programs look up by its name
    /// (`itunes:…`, `media:…`) is kept all the same.
    pub(crate) whole: bool,
}

/// What the element of that name says at that level.
pub(crate) fn meaning(dialect: Dialect, ns: Ns, level: Level, local: &str) -> Option<Meaning> {
    let native = ns == dialect.ns();
    let (field, second, whole) = match ns {
        Ns::NONE | RSS => match rss(level, local) {
            Some(field) => (field, 1, true),
            None => return misspelt(dialect, ns, local).and_then(|meant| guess(rss(level, meant)?)),
        },
        ATOM | ATOM_03 => match atom(level, local) {
            Some(field) => (field, if local == "created" { 3 } else { 1 }, true),
            None => return misspelt(dialect, ns, local).and_then(|meant| guess(atom(level, meant)?)),
        },
        CONTENT if local == "encoded" => (Field::Content, 0, true),
        XHTML if matches!(local, "body" | "div") && level == Level::Item => (Field::Content, 2, true),
        DC => (dublin_core(level, local)?, 2, true),
        DCTERMS => (dublin_core(level, local)?, if local == "created" { 3 } else { 2 }, true),
        APP if local == "control" && level == Level::Item => (Field::Control, 0, true),
        MEDIA => media(level, local)?,
        ITUNES => itunes(level, local)?,
        GOOGLEPLAY => (itunes(level, local)?.0, 5, false),
        RDF if local == "li" => (Field::Plumbing, 0, true),
        SLUGLINE => (Field::Own, 0, true),
        _ => return None,
    };
    // Atom 0.3 is as native to Atom as Atom 1.0 is.
    let own = if ns == ATOM_03 { dialect == Dialect::Atom } else { native };
    let first = own && local != "created"
        || field.adds() && whole
        || ns == ATOM && (field == Field::Relation || field == Field::Updated && level == Level::Item);
    // RSS's image is compared with the channel's title and link, which may come after it.
    let first = first && field != Field::Image;
    Some(Meaning { field, rank: if first { 0 } else { second }, whole })
}

/// The rank of an element whose name is misspelt: what is spelt right comes first.
const MISSPELT: u8 = 8;

/// Names that a misspelt one may mean: long enough that hardly another word is a slip away.
const MEANT: &[&str] = &[
    "title",
    "description",
    "pubdate",
    "author",
    "category",
    "enclosure",
    "content",
    "summary",
    "published",
    "updated",
    "language",
    "copyright",
    "lastbuilddate",
    "managingeditor",
];

/// The name that a misspelt one of the dialect's own most likely means.
pub(crate) fn misspelt(dialect: Dialect, ns: Ns, local: &str) -> Option<&'static str> {
    if ns != dialect.ns() || local.len() < 5 {
        return None;
    }
    nearest(local, MEANT.iter().copied())
}

fn guess(field: Field) -> Option<Meaning> {
    // The element is kept too: it may be another one after all.
    Some(Meaning { field, rank: MISSPELT, whole: false })
}

impl Meaning {
    /// Whether it was told from a misspelt name.
    pub(crate) fn is_guess(self) -> bool {
        self.rank == MISSPELT
    }
}

fn rss(level: Level, local: &str) -> Option<Field> {
    let both = match local {
        "title" => Field::Title,
        "link" => Field::Link,
        "description" => Field::Description,
        "category" => Field::Tag,
        "pubdate" | "published" | "date" => Field::Published,
        "author" | "creator" => Field::Author,
        "language" => Field::Language,
        "copyright" | "rights" => Field::Rights,
        "updated" | "lastbuilddate" | "lastbuild" | "modified" => Field::Updated,
        "tags" => Field::Keywords,
        _ => {
            return Some(match (level, local) {
                (Level::Item, "guid") => Field::Guid,
                (Level::Item, "id") => Field::Id,
                (Level::Item, "enclosure") => Field::Enclosure,
                (Level::Item, "comments") => Field::Comments,
                (Level::Item, "source") => Field::Source,
                (Level::Item, "summary") => Field::Summary,
                (Level::Item, "content" | "encoded" | "body" | "fullitem" | "fulltext") => Field::Content,
                (Level::Feed, "managingeditor") => Field::Author,
                (Level::Feed, "generator") => Field::Generator,
                (Level::Feed, "image") => Field::Image,
                (Level::Feed, "cloud") => Field::Cloud,
                (Level::Feed, "subtitle" | "tagline") => Field::Summary,
                (Level::Feed, "items") => Field::Plumbing,
                _ => return None,
            });
        }
    };
    Some(both)
}

fn atom(level: Level, local: &str) -> Option<Field> {
    let both = match local {
        "title" => Field::Title,
        "link" => Field::Relation,
        "id" | "guid" => Field::Id,
        "updated" | "modified" => Field::Updated,
        "published" | "issued" | "created" | "pubdate" => Field::Published,
        "author" => Field::Person,
        "category" => Field::Tag,
        "rights" | "copyright" => Field::Rights,
        _ => {
            return Some(match (level, local) {
                (Level::Item, "summary" | "description") => Field::Summary,
                (Level::Item, "content") => Field::Content,
                (Level::Item, "source") => Field::AtomSource,
                (Level::Item, "language") => Field::Language,
                (Level::Feed, "subtitle" | "tagline" | "description") => Field::Summary,
                (Level::Feed, "generator") => Field::Generator,
                (Level::Feed, "logo") => Field::Logo,
                (Level::Feed, "icon") => Field::Favicon,
                (Level::Feed, "language") => Field::Language,
                _ => return None,
            });
        }
    };
    Some(both)
}

fn dublin_core(level: Level, local: &str) -> Option<Field> {
    Some(match local {
        "title" => Field::Title,
        "creator" | "author" => Field::Author,
        "subject" => Field::Tag,
        "description" if level == Level::Item => Field::Description,
        "description" => Field::Summary,
        "language" => Field::Language,
        "rights" => Field::Rights,
        "date" if level == Level::Feed => Field::Updated,
        "date" | "created" | "issued" => Field::Published,
        "modified" => Field::Updated,
        _ => return None,
    })
}

fn media(level: Level, local: &str) -> Option<(Field, u8, bool)> {
    Some(match local {
        "content" | "group" if level == Level::Item => (Field::Media, 4, false),
        "thumbnail" => (Field::Thumbnail, 3, true),
        "title" => (Field::Title, 6, false),
        "description" if level == Level::Item => (Field::Summary, 6, false),
        "keywords" => (Field::Keywords, 4, false),
        "category" => (Field::Tag, 4, false),
        _ => return None,
    })
}

fn itunes(level: Level, local: &str) -> Option<(Field, u8, bool)> {
    Some(match local {
        "title" => (Field::Title, 5, false),
        "author" => (Field::Author, 4, false),
        "owner" if level == Level::Feed => (Field::Person, 5, false),
        "summary" | "description" => (Field::Summary, 4, false),
        "subtitle" => (Field::Summary, 5, false),
        "keywords" => (Field::Keywords, 4, false),
        "category" => (Field::NestedTag, 4, false),
        "image" => (Field::Picture, 4, false),
        "duration" if level == Level::Item => (Field::Duration, 4, true),
        "complete" if level == Level::Feed => (Field::Complete, 4, true),
        _ => return None,
    })
}
