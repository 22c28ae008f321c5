//! The hub: what every reader makes and every writer takes. Plain data.
//!
//! Each field says what it is in RSS 2.0, Atom 1.0 (RFC 4287), JSON Feed 1.1 and in a post of the default profile.
//! What has no field goes to [`Extra`], whole.

use std::sync::Arc;

pub use serde_json::{Map, Value};

pub use crate::date::Date;

/// What kind of text a [`Text`] is.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
#[non_exhaustive]
pub enum TextKind {
    /// Plain text: no markup, no entities.
    #[default]
    Plain,
    /// HTML, as a fragment.
    Html,
    /// Well-formed XHTML, as a fragment without the `div` that Atom puts around it.
    Xhtml,
    /// Markdown.
    Markdown,
    /// Something else, by its MIME type: Atom's `content` with such a `type`. The value is XML, text or base64.
    Media(String),
}

/// A piece of text and what kind it is (RFC 4287, section 3.1).
#[derive(Debug, Clone, PartialEq, Eq, Default)]
#[non_exhaustive]
pub struct Text {
    /// How to read `value`.
    pub kind: TextKind,
    /// The text, without the escaping of the format it came by.
    pub value: String,
    /// What relative links in it are relative to, where that is not the feed's own address: `xml:base`.
    pub base: Option<String>,
    /// Its language, where that is not the item's: `xml:lang`.
    pub language: Option<String>,
}

impl Text {
    /// Text of a kind, with neither base nor language of its own.
    pub fn new(kind: TextKind, value: impl Into<String>) -> Self {
        Text { kind, value: value.into(), base: None, language: None }
    }

    /// Plain text.
    pub fn plain(value: impl Into<String>) -> Self {
        Self::new(TextKind::Plain, value)
    }

    /// HTML.
    pub fn html(value: impl Into<String>) -> Self {
        Self::new(TextKind::Html, value)
    }
}

/// An author.
///
/// RSS: `author` (`mail (name)`), `dc:creator`, `itunes:author`. Atom: a Person. JSON Feed: an author object.
/// Post: an entry of `author` or `authors`.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub struct Person {
    /// A name for people.
    pub name: Option<String>,
    /// An e-mail address. JSON Feed: a `mailto:` url, where there is no other.
    pub email: Option<String>,
    /// The person's page. Atom: `uri`.
    pub url: Option<String>,
    /// A picture's address. JSON Feed: `avatar`.
    pub avatar: Option<String>,
}

/// A tag or category.
///
/// RSS: `category` (with `domain`), `dc:subject`, `itunes:keywords`. Atom: `category`. JSON Feed: an entry of `tags`.
/// Post: an entry of `tags`, or of `categories` with the scheme [`CATEGORY_SCHEME`].
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub struct Tag {
    /// The term itself.
    pub term: String,
    /// The vocabulary it is from. RSS: `domain`. Atom: `scheme`.
    pub scheme: Option<String>,
    /// How to show it to people. Atom: `label`.
    pub label: Option<String>,
}

/// The scheme of tags that a post keeps under `categories`, to tell them from its `tags`.
pub const CATEGORY_SCHEME: &str = "https://slugline.dev/ns/category";

/// The namespace of slugline's own elements and attributes in XML: what a format has no word for.
/// `schemas/slugline.md` describes it, and its JSON counterpart under `_slugline`.
pub const SLUGLINE_NAMESPACE: &str = "https://slugline.dev/ns/1.0";

/// A file that belongs to an item.
///
/// RSS: `enclosure`, `media:content`. Atom: `link rel="enclosure"`. JSON Feed: an attachment. Post: `attachments`.
#[derive(Debug, Clone, PartialEq, Default)]
#[non_exhaustive]
pub struct Attachment {
    /// Its address.
    pub url: String,
    /// Its MIME type. RSS and Atom: `type`.
    pub mime_type: Option<String>,
    /// Its title; attachments of one title are the same in several kinds.
    pub title: Option<String>,
    /// Its size. RSS and Atom: `length`.
    pub size_in_bytes: Option<u64>,
    /// How long it plays, in seconds. RSS: `itunes:duration`, `media:content`'s `duration`.
    pub duration_in_seconds: Option<f64>,
}

/// Where an item first appeared. RSS: `source`. Atom: `source`.
#[derive(Debug, Clone, PartialEq, Default)]
#[non_exhaustive]
pub struct Source {
    /// The feed's title.
    pub title: Option<String>,
    /// The feed's address. RSS: `url`. Atom: `link rel="self"`. Post: `source`.
    pub url: Option<String>,
    /// The page that the feed is of. Atom: `link rel="alternate"`.
    pub home_page_url: Option<String>,
    /// Atom: `id`.
    pub id: Option<String>,
    /// Atom: `updated`.
    pub updated: Option<Date>,
    /// Everything else that Atom's `source` holds.
    pub extra: Extra,
}

/// An attribute of a foreign element.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Attribute {
    /// Its name.
    pub name: Name,
    /// Its value, with references resolved.
    pub value: String,
}

/// The name of a foreign element or attribute. Cheap to clone: names repeat.
#[derive(Debug, Clone)]
pub struct Name(Arc<(String, String, String)>);

impl Name {
    /// A name from namespace URI (empty for none), the prefix it was written with (a hint, not part of its
    /// identity), and local name.
    pub fn new(namespace: &str, prefix: &str, local: &str) -> Self {
        Name(Arc::new((namespace.to_owned(), prefix.to_owned(), local.to_owned())))
    }

    /// The namespace URI; empty for none.
    pub fn namespace(&self) -> &str {
        &self.0.0
    }

    /// The prefix that was used; empty for none.
    pub fn prefix(&self) -> &str {
        &self.0.1
    }

    /// The local name.
    pub fn local(&self) -> &str {
        &self.0.2
    }
}

impl PartialEq for Name {
    /// Prefixes do not count.
    fn eq(&self, other: &Self) -> bool {
        self.namespace() == other.namespace() && self.local() == other.local()
    }
}

impl Eq for Name {}

impl std::hash::Hash for Name {
    fn hash<H: std::hash::Hasher>(&self, state: &mut H) {
        self.namespace().hash(state);
        self.local().hash(state);
    }
}

/// A foreign element. A row of a flat list in document order: the children of a row are the rows that follow it with
/// a greater depth, so that neither reading nor dropping recurses.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Node {
    /// 0 for an element that stands directly in the feed or item.
    pub depth: u16,
    /// Its name.
    pub name: Name,
    /// Its attributes, without namespace declarations, in the order they were written.
    pub attributes: Vec<Attribute>,
    /// The text before its first child.
    pub text: String,
    /// The text after its end, up to the next tag of its parent. Empty at depth 0.
    pub tail: String,
}

/// What has no field: kept whole.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Extra {
    /// Foreign elements, and elements of the format that have no field (no namespace in RSS), as flat rows.
    pub nodes: Vec<Node>,
    /// Keys of a JSON Feed or of a post's head that have no field: `_github`, `layout`.
    pub keys: Map<String, Value>,
}

impl Extra {
    /// Whether there is nothing in it.
    pub fn is_empty(&self) -> bool {
        self.nodes.is_empty() && self.keys.is_empty()
    }

    /// The elements at the top, each with the rows of its subtree (itself first).
    pub fn elements(&self) -> impl Iterator<Item = &[Node]> {
        let mut rest = self.nodes.as_slice();
        std::iter::from_fn(move || {
            let first = rest.first()?;
            let len = 1 + rest[1..].iter().take_while(|node| node.depth > first.depth).count();
            let (element, others) = rest.split_at(len);
            rest = others;
            Some(element)
        })
    }
}

/// What is said of a feed as a whole.
#[derive(Debug, Clone, PartialEq, Default)]
#[non_exhaustive]
pub struct Feed {
    /// RSS: channel `title`. Atom: `title`. JSON Feed: `title`.
    pub title: Option<Text>,
    /// The page that the feed is of. RSS: channel `link`. Atom: `link rel="alternate"`. JSON Feed: `home_page_url`.
    pub home_page_url: Option<String>,
    /// The feed's own address. RSS: `atom:link rel="self"`. Atom: `link rel="self"`. JSON Feed: `feed_url`.
    pub feed_url: Option<String>,
    /// RSS: channel `description`. Atom: `subtitle`. JSON Feed: `description`.
    pub description: Option<Text>,
    /// For people who meet the feed raw. JSON Feed: `user_comment`.
    pub user_comment: Option<String>,
    /// The next page. JSON Feed: `next_url`. RSS and Atom: `atom:link rel="next"`.
    pub next_url: Option<String>,
    /// A large square picture. RSS: `image/url`, `itunes:image`. Atom: `logo`. JSON Feed: `icon`.
    pub icon: Option<String>,
    /// A small square picture. Atom: `icon`. JSON Feed: `favicon`.
    pub favicon: Option<String>,
    /// RSS: `managingEditor`, `dc:creator`, `itunes:author`. Atom: `author`. JSON Feed: `authors`.
    pub authors: Vec<Person>,
    /// RSS: `language`, `dc:language`. Atom: `xml:lang`. JSON Feed: `language`.
    pub language: Option<String>,
    /// RSS: `copyright`, `dc:rights`. Atom: `rights`.
    pub rights: Option<Text>,
    /// Whether the feed will get no more items. JSON Feed: `expired`. RSS and Atom: `itunes:complete`.
    pub expired: Option<bool>,
    /// RSS: `category`. Atom: `category`.
    pub tags: Vec<Tag>,
    /// RSS: channel `pubDate`.
    pub published: Option<Date>,
    /// RSS: `lastBuildDate`, `dc:date`. Atom: `updated`. Written as the newest item's date where there is none.
    pub updated: Option<Date>,
    /// Atom: `id`.
    pub id: Option<String>,
    /// The program that made the feed. RSS and Atom: `generator`.
    pub generator: Option<String>,
    /// Where to subscribe to changes. JSON Feed: `hubs`. RSS and Atom: `atom:link rel="hub"`.
    pub hubs: Vec<Hub>,
    /// What has no field.
    pub extra: Extra,
}

/// An address that tells of changes. JSON Feed: an entry of `hubs`.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Hub {
    /// The protocol: `rssCloud`, `WebSub`.
    pub kind: String,
    /// The address.
    pub url: String,
}

/// One item, entry or post.
#[derive(Debug, Clone, PartialEq, Default)]
#[non_exhaustive]
pub struct Item {
    /// RSS: `guid`. Atom: `id`. JSON Feed: `id`. Post: `guid`. Where a target requires one that is not there,
    /// one is derived of its link, else of title and date, else of the content: a UUID of version 5.
    pub id: Option<String>,
    /// RSS: `link`, else a `guid` that is a permalink. Atom: `link rel="alternate"`. JSON Feed: `url`. Post: `link`.
    pub url: Option<String>,
    /// The page it is about, where that is another one. Atom: `link rel="related"`. JSON Feed: `external_url`.
    pub external_url: Option<String>,
    /// RSS, Atom, JSON Feed, post: `title`.
    pub title: Option<Text>,
    /// RSS: `description` where `content:encoded` is there too. Atom, JSON Feed: `summary`. Post: `description`.
    pub summary: Option<Text>,
    /// RSS: `content:encoded`, else `description`. Atom: `content`. JSON Feed: `content_html`, `content_text`.
    /// Post: the body.
    pub content: Option<Text>,
    /// The same content as plain text, where a source gives both. JSON Feed: `content_text` beside `content_html`.
    pub content_text: Option<String>,
    /// Where the content is, when it is not in the feed. Atom: `content`'s `src`.
    pub content_src: Option<String>,
    /// RSS: `pubDate`, `dc:date`. Atom: `published`. JSON Feed: `date_published`. Post: `date`.
    pub published: Option<Date>,
    /// RSS: `atom:updated`, `dcterms:modified`. Atom: `updated`. JSON Feed: `date_modified`. Post: `lastmod`.
    pub updated: Option<Date>,
    /// RSS: `author`, `dc:creator`, `itunes:author`. Atom: `author`. JSON Feed: `authors`. Post: `authors`.
    pub authors: Vec<Person>,
    /// RSS: `category`, `dc:subject`, `itunes:keywords`. Atom: `category`. JSON Feed: `tags`. Post: `tags`, `categories`.
    pub tags: Vec<Tag>,
    /// RSS: `enclosure`, `media:content`. Atom: `link rel="enclosure"`. JSON Feed: `attachments`.
    pub attachments: Vec<Attachment>,
    /// RSS and Atom: `media:thumbnail`, `itunes:image`. JSON Feed: `image`. Post: `image`.
    pub image: Option<String>,
    /// JSON Feed: `banner_image`.
    pub banner_image: Option<String>,
    /// RSS: `dc:language`. Atom: `xml:lang`. JSON Feed: `language`.
    pub language: Option<String>,
    /// RSS: `source`. Atom: `source`.
    pub source: Option<Source>,
    /// RSS: `comments`. Atom: `link rel="replies"`. Post: `comments`.
    pub comments_url: Option<String>,
    /// RSS: `dc:rights`. Atom: `rights`. Post: `rights`.
    pub rights: Option<Text>,
    /// The last part of the post's address. Post: `slug`.
    pub slug: Option<String>,
    /// Atom: `app:control/app:draft` (RFC 5023, section 13.1.1). Post: `draft`.
    pub draft: Option<bool>,
    /// What has no field.
    pub extra: Extra,
}

/// What a reader of a site wrote under an item. Only exports of whole sites have them.
///
/// WordPress: `wp:comment`. Blogger: an entry of the kind `comment`.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
#[non_exhaustive]
pub struct Comment {
    /// Its id, of its own kind: not comparable with ids of items.
    pub id: Option<String>,
    /// The id of the comment that it answers.
    pub parent: Option<String>,
    /// The id of the item that it stands under, as [`Item::id`] has it.
    pub item_id: Option<String>,
    /// The address of that item.
    pub item_url: Option<String>,
    /// Who wrote it.
    pub author: Person,
    /// The internet address that it was sent from.
    pub author_ip: Option<String>,
    /// When it was written.
    pub published: Option<Date>,
    /// What it says.
    pub content: Option<Text>,
    /// Whether it was to be seen: WordPress `1`, `0`, `spam`, `trash`; Blogger `LIVE`, `SPAM`, ….
    pub status: Option<String>,
    /// What kind it is, where it is none that a person wrote: `pingback`, `trackback`.
    pub kind: Option<String>,
}
