//! What an element of a feed can say, whatever it is called there.

/// Which part of a feed an element stands in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Level {
    /// The feed as a whole: RSS's `channel`, Atom's `feed`.
    Feed,
    /// One item or entry.
    Item,
}

/// What an element says. Most have one field of the hub; some are told apart by their attributes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Field {
    /// A title.
    Title,
    /// RSS `description`: the content, or the summary where the content has an element of its own.
    Description,
    /// A summary. In a feed: its description.
    Summary,
    /// The content in full.
    Content,
    /// RSS `link`: an address as text.
    Link,
    /// Atom `link`: an address with a relation.
    Relation,
    /// RSS `guid`: an id that may be an address.
    Guid,
    /// An id.
    Id,
    /// When it was published.
    Published,
    /// When it was last changed.
    Updated,
    /// A person as text, in any spelling.
    Author,
    /// A person as elements: `name`, `email`, `uri`.
    Person,
    /// A tag as text.
    Tag,
    /// Tags as text with commas between.
    Keywords,
    /// A category with a `text` attribute and categories in it: `itunes:category`.
    NestedTag,
    /// RSS `enclosure`.
    Enclosure,
    /// A file of Media RSS: `media:content`, or a `media:group` of them.
    Media,
    /// A picture by its `url`: `media:thumbnail`.
    Thumbnail,
    /// A picture by its `href`: `itunes:image`.
    Picture,
    /// RSS `image`: a picture with title and link.
    Image,
    /// A large picture's address as text: Atom `logo`.
    Logo,
    /// A small picture's address as text: Atom `icon`.
    Favicon,
    /// How long the item's file plays.
    Duration,
    /// The comments' address as text.
    Comments,
    /// RSS `source`: the feed's title, with its address in `url`.
    Source,
    /// Atom `source`: what was the feed of the entry.
    AtomSource,
    /// A language.
    Language,
    /// Rights.
    Rights,
    /// The program that made the feed.
    Generator,
    /// RSS `cloud`: where to subscribe to changes.
    Cloud,
    /// Whether nothing more will come: `itunes:complete`.
    Complete,
    /// Whether it is a draft: `app:control`.
    Control,
    /// An element of slugline's own namespace, told by its name.
    Own,
    /// Nothing that is not said elsewhere: RSS 1.0's list of its items.
    Plumbing,
}

impl Field {
    /// Whether each such element adds to a list, so that none is second to another.
    pub(crate) fn adds(self) -> bool {
        matches!(self, Field::Author | Field::Person | Field::Tag | Field::Enclosure)
    }

    /// Whether the value is text that may have markup in it (RFC 4287, section 3.1).
    pub(crate) fn is_text(self) -> bool {
        matches!(self, Field::Title | Field::Description | Field::Summary | Field::Content | Field::Rights)
    }

    /// Whether the value is a date.
    pub(crate) fn is_date(self) -> bool {
        matches!(self, Field::Published | Field::Updated)
    }
}
