//! What was read of one source, as data; and where in it everything stands.

use std::{borrow::Cow, fmt, ops::Range, sync::Arc, sync::OnceLock};

use crate::{
    date::{self, Moment},
    finding::{Finding, Place},
    lines::{Lines, Position, Span},
    marks::Marks,
    profile::Profile,
    surroundings::Surroundings,
    syntax::{
        addresses::{self, Address},
        head::Head,
        lanes::same,
        tree::{Entry, Kind, Node, NodeId, Pointer, Style, Tree, pointer_step},
    },
};

/// A source as `check` sees it.
#[derive(Debug)]
pub struct Document {
    /// Its name, as reports show it: a path with `/` between folders, or `-`.
    pub name: String,
    /// Its text, decoded, without a byte order mark.
    pub text: String,
    /// How its bytes became text.
    pub coding: Coding,
    /// What is in it.
    pub content: Content,
    /// How its site spells a post.
    pub profile: Arc<Profile>,
    /// What is around it.
    pub surroundings: Arc<Surroundings>,
    /// What was found wrong so far.
    pub findings: Vec<Finding>,
    /// What there is to know of its text where that is too large to be kept: then `text` is empty.
    pub(crate) far: Option<Far>,
    lines: OnceLock<Lines>,
    addresses: OnceLock<Vec<Address>>,
    dates: OnceLock<Vec<(Spot, Option<Moment>)>>,
    plain_texts: OnceLock<Vec<Spot>>,
}

/// A text that is not kept.
#[derive(Debug)]
pub(crate) struct Far {
    /// Its bytes.
    pub(crate) length: usize,
    /// Those of its first character.
    pub(crate) first: usize,
    /// What stands before the bytes that findings are at, once it is known.
    pub(crate) marks: Marks,
}

/// Where a text stands that several rules ask for.
#[derive(Debug)]
enum Spot {
    /// Under which of the keys at the top.
    Entry(usize),
    /// Elsewhere: by its pointer.
    Node(String, NodeId),
}

/// How the bytes of a source became text: what it takes to tell bytes of the file from bytes of the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Coding {
    /// UTF-8 without a byte order mark.
    #[default]
    Utf8,
    /// UTF-8 behind a byte order mark.
    Utf8Bom,
    /// UTF-16, with or without a byte order mark.
    Utf16 {
        /// Whether there is one.
        bom: bool,
    },
    /// One byte a character.
    SingleByte,
    /// Anything else: UTF-8 with bytes that are none, or several bytes a character. Offsets are those of the text.
    Other,
}

/// What is in a source.
#[derive(Debug)]
pub enum Content {
    /// A post with front matter.
    Post(Post),
    /// A JSON Feed.
    JsonFeed(Tree),
    /// Items of a JSON Feed, one a line: the tree of a feed of which nothing but `items` is known.
    JsonLines(Tree),
    /// A feed in XML, by the name of its format. Its findings came from its reader.
    Feed(&'static str),
    /// A Markdown file without front matter.
    Headless,
    /// Front matter, JSON or XML that could not be read: the findings say why.
    Broken,
}

/// A post.
#[derive(Debug)]
pub struct Post {
    /// Where its fences, its head and its body are.
    pub head: Head,
    /// The front matter as a tree.
    pub tree: Tree,
}

/// A piece of text in a tree, with where it stands.
#[derive(Debug, Clone)]
pub struct Value<'d> {
    /// Its JSON Pointer.
    pub pointer: Pointer<'d>,
    /// What it says.
    pub text: &'d str,
    /// Its bytes, with quotes.
    pub range: Range<usize>,
    /// How it was written.
    pub style: Style,
}

/// Keys that hold dates, in posts of every profile.
const DATE_KEYS: &[&str] = &[
    "date",
    "lastmod",
    "updated",
    "modified",
    "published",
    "publishdate",
    "pubdate",
    "expirydate",
    "last_modified_at",
    "updateddate",
];

/// Keys whose text is plain: no markup, no entities.
const PLAIN_KEYS: &[&str] = &["title", "description", "summary", "subtitle", "linktitle", "excerpt"];

impl Document {
    /// A document without findings.
    pub fn new(name: String, text: String, coding: Coding, content: Content, profile: Arc<Profile>) -> Self {
        Document {
            name,
            text,
            coding,
            content,
            profile,
            surroundings: Arc::default(),
            findings: Vec::new(),
            far: None,
            lines: OnceLock::new(),
            addresses: OnceLock::new(),
            dates: OnceLock::new(),
            plain_texts: OnceLock::new(),
        }
    }

    /// A document whose text is not kept.
    pub(crate) fn far(name: String, far: Far, coding: Coding, content: Content, profile: Arc<Profile>) -> Self {
        Document { far: Some(far), ..Self::new(name, String::new(), coding, content, profile) }
    }

    /// How many bytes its text has.
    fn length(&self) -> usize {
        self.far.as_ref().map_or(self.text.len(), |far| far.length)
    }

    /// The post, when it is one.
    pub fn post(&self) -> Option<&Post> {
        match &self.content {
            Content::Post(post) => Some(post),
            _ => None,
        }
    }

    /// The tree that pointers lead into: a head, or a JSON Feed.
    pub fn tree(&self) -> Option<&Tree> {
        match &self.content {
            Content::Post(post) => Some(&post.tree),
            Content::JsonFeed(tree) | Content::JsonLines(tree) => Some(tree),
            Content::Feed(_) | Content::Headless | Content::Broken => None,
        }
    }

    /// The bytes of the text that a place stands for. What is missing is shown at the nearest thing that exists: the
    /// key of its parent, else the opening fence.
    pub fn locate(&self, place: &Place) -> Range<usize> {
        match place {
            Place::Bytes(range) | Place::Missing { end: range, .. } => {
                range.start.min(self.length())..range.end.min(self.length())
            }
            Place::Source => self.beginning(),
            Place::Value(pointer) => self.find(pointer, false),
            Place::Key(pointer) => self.find(pointer, true),
            Place::Hub(pointer) => self.find(pointer, false),
        }
    }

    /// The bytes of the value at a pointer, or of what is nearest.
    pub fn range_of(&self, pointer: &str) -> Range<usize> {
        self.find(pointer, false)
    }

    fn find(&self, pointer: &str, key: bool) -> Range<usize> {
        let Some(tree) = self.tree() else { return self.beginning() };
        if let Some((id, key_range)) = tree.resolve(pointer).filter(|_| !pointer.is_empty()) {
            let range = &tree.node(id).range;
            return match key_range {
                Some(key_range) if key || range.is_empty() => key_range,
                _ => range.clone(),
            };
        }
        match pointer.rfind('/') {
            Some(end) if end > 0 => self.find(&pointer[..end], true),
            _ => self.beginning(),
        }
    }

    /// The opening fence, else the first character.
    fn beginning(&self) -> Range<usize> {
        match self.post() {
            Some(post) if !post.head.open.is_empty() => post.head.open.clone(),
            _ => match &self.far {
                Some(far) => 0..far.first.min(far.length),
                None => 0..self.text.chars().next().map_or(0, char::len_utf8),
            },
        }
    }

    /// The lines of the text, indexed once.
    pub fn lines(&self) -> &Lines {
        self.lines.get_or_init(|| Lines::new(&self.text))
    }

    /// Line and column of a range of the text.
    pub fn span(&self, range: &Range<usize>) -> Span {
        if let Some(far) = &self.far {
            let position = |offset| far.marks.at(offset).map_or(Position { line: 1, column: 1 }, |mark| mark.position);
            let start = position(range.start);
            return Span { start, end: if range.end <= range.start { start } else { position(range.end) } };
        }
        self.lines().span(&self.text, range)
    }

    /// Sets range and span of a finding, and of the further places that lie in this document.
    pub fn settle(&self, finding: &mut Finding) {
        let range = finding.range.take().unwrap_or_else(|| self.locate(&finding.place));
        finding.span.get_or_insert_with(|| self.span(&range));
        finding.range = Some(range);
        for related in finding.related.iter_mut().filter(|related| related.file.is_none()) {
            let range = related.range.take().unwrap_or_else(|| self.locate(&related.place));
            related.span.get_or_insert_with(|| self.span(&range));
            related.range = Some(range);
        }
    }

    /// The byte of the file at which the byte of the text stands that is given.
    pub fn file_offset(&self, offset: usize) -> usize {
        let before = &self.text[..self.text.floor_char_boundary(offset)];
        let mark = self.far.as_ref().map(|far| far.marks.at(offset));
        match self.coding {
            Coding::Utf8 | Coding::Other => offset,
            Coding::Utf8Bom => offset + 3,
            Coding::Utf16 { bom } => {
                let units = match mark {
                    Some(mark) => mark.map_or(0, |mark| mark.units),
                    None => before.chars().map(char::len_utf16).sum::<usize>(),
                };
                2 * (units + usize::from(bom))
            }
            Coding::SingleByte => match mark {
                Some(mark) => mark.map_or(0, |mark| mark.characters),
                None => before.chars().count(),
            },
        }
    }

    /// Whether something was found wrong with that value already, so that a rule need not say it again.
    pub fn is_faulted(&self, pointer: impl fmt::Display) -> bool {
        if self.findings.is_empty() {
            return false;
        }
        let pointer = pointer.to_string();
        self.findings.iter().any(|finding| finding.pointer == pointer)
    }

    /// The keys at the top of the head or JSON Feed.
    pub fn keys(&self) -> impl Iterator<Item = &str> {
        self.tree().map(Tree::entries).unwrap_or_default().iter().map(|entry| entry.key.as_str())
    }

    /// The entry of a key at the top. Some generators do not tell capitals from small letters.
    pub fn top(&self, key: &str) -> Option<&Entry> {
        let tree = self.tree()?;
        let folds = self.profile.any_case;
        let is_it = |entry: &&Entry| entry.key == key || folds && entry.key.eq_ignore_ascii_case(key);
        tree.entry(key).or_else(|| tree.entries().iter().find(is_it))
    }

    /// Whether a key stands at the top, with a value. Some generators do not tell capitals from small letters.
    pub fn has_key(&self, key: &str) -> bool {
        let Some(tree) = self.tree() else { return false };
        let folds = self.profile.any_case;
        let is_it = |known: &str| known == key || (folds && known.eq_ignore_ascii_case(key));
        let mut entries = tree.entries().iter().filter(|entry| is_it(&entry.key));
        entries.any(|entry| tree.node(entry.value).kind != Kind::Null)
    }

    /// The text at that pointer.
    pub fn value(&self, pointer: &str) -> Option<Value<'_>> {
        let tree = self.tree()?;
        let (id, _) = tree.resolve(pointer)?;
        text_of(tree.node(id), Pointer::Whole(Cow::Owned(pointer.to_owned())))
    }

    /// What the text at that pointer says.
    pub fn text_at(&self, pointer: &str) -> Option<&str> {
        let tree = self.tree()?;
        match &tree.node(tree.resolve(pointer)?.0).kind {
            Kind::String(text) => Some(text),
            _ => None,
        }
    }

    /// The text under a key at the top, spelt as it is given.
    pub fn text(&self, key: &str) -> Option<Value<'_>> {
        let tree = self.tree()?;
        let entry = tree.entry(key)?;
        text_of(tree.node(entry.value), Pointer::Key(&entry.key))
    }

    /// The texts under a key: one, or those of a list.
    pub fn list(&self, key: &str) -> impl Iterator<Item = Value<'_>> {
        let folds = self.profile.any_case;
        let is_it = |entry: &&Entry| same(&entry.key, key) || (folds && entry.key.eq_ignore_ascii_case(key));
        let found = self.tree().and_then(|tree| Some((tree, tree.entries().iter().find(is_it)?)));
        found.into_iter().flat_map(|(tree, entry)| {
            let key = entry.key.as_str();
            let (one, items): (_, &[NodeId]) = match &tree.node(entry.value).kind {
                Kind::List(items) => (None, items),
                _ => (text_of(tree.node(entry.value), Pointer::Key(key)), &[]),
            };
            let item = move |(index, &item): (usize, &NodeId)| text_of(tree.node(item), Pointer::Item(key, index));
            one.into_iter().chain(items.iter().enumerate().filter_map(item))
        })
    }

    /// The dates that it holds, those of the head, or of a JSON Feed's items: each as it is written, and what it means
    /// where it can be read.
    pub fn dates(&self) -> impl Iterator<Item = (Value<'_>, Option<Moment>)> {
        let dates = self.dates.get_or_init(|| {
            let read = |spot| {
                let moment = self.at(&spot).and_then(|value| date::read(value.text).0.moment);
                (spot, moment)
            };
            self.find_dates().into_iter().map(read).collect()
        });
        dates.iter().filter_map(|(spot, moment)| Some((self.at(spot)?, *moment)))
    }

    fn find_dates(&self) -> Vec<Spot> {
        match &self.content {
            Content::Post(post) => {
                let mut dates = texts(&post.tree, DATE_KEYS);
                // Those that stand in a mapping, and those that the profile calls by other names.
                for pointer in ["published", "updated"].into_iter().flat_map(|field| self.profile.pointers_of(field)) {
                    let is_it = |date: &Spot| spelt(&post.tree, date).is_some_and(|date| date.to_string() == pointer);
                    if !dates.iter().any(is_it)
                        && let Some((id, _)) = post.tree.resolve(&pointer)
                    {
                        dates.push(Spot::Node(pointer, id));
                    }
                }
                dates
            }
            Content::JsonFeed(tree) | Content::JsonLines(tree) => {
                self.item_texts(tree, &["date_published", "date_modified"])
            }
            _ => Vec::new(),
        }
    }

    /// The texts that hold neither markup nor entities: titles, descriptions.
    pub fn plain_texts(&self) -> impl Iterator<Item = Value<'_>> {
        let texts = self.plain_texts.get_or_init(|| match &self.content {
            Content::Post(post) => texts(&post.tree, PLAIN_KEYS),
            Content::JsonFeed(tree) | Content::JsonLines(tree) => self.item_texts(tree, &["title", "summary"]),
            _ => Vec::new(),
        });
        texts.iter().filter_map(|spot| self.at(spot))
    }

    /// What stands at a place.
    fn at<'d>(&'d self, spot: &'d Spot) -> Option<Value<'d>> {
        let tree = self.tree()?;
        let id = match spot {
            Spot::Entry(index) => tree.entries().get(*index)?.value,
            Spot::Node(_, id) => *id,
        };
        text_of(tree.node(id), spelt(tree, spot)?)
    }

    /// The addresses in the body of a post, found once; their bytes are the body's.
    pub fn addresses(&self) -> &[Address] {
        self.addresses.get_or_init(|| self.body().map_or_else(Vec::new, |(body, _)| addresses::find(body)))
    }

    /// The body of a post, with where it begins.
    pub fn body(&self) -> Option<(&str, usize)> {
        let post = self.post()?;
        let body = &post.head.body;
        Some((&self.text[body.clone()], body.start))
    }

    /// The items of a JSON Feed, with their indices.
    pub fn items(&self) -> impl Iterator<Item = (usize, NodeId)> {
        let items = match &self.content {
            Content::JsonFeed(tree) | Content::JsonLines(tree) => match tree.get("items").map(|node| &node.kind) {
                Some(Kind::List(items)) => items.as_slice(),
                _ => &[],
            },
            _ => &[],
        };
        items.iter().copied().enumerate()
    }

    fn item_texts(&self, tree: &Tree, keys: &[&str]) -> Vec<Spot> {
        let mut found = Vec::new();
        for (index, id) in self.items() {
            let Kind::Map(entries) = &tree.node(id).kind else { continue };
            for entry in entries.iter().filter(|entry| keys.contains(&entry.key.as_str())) {
                let pointer = format!("/items/{index}/{}", pointer_step(&entry.key));
                found.push(Spot::Node(pointer, entry.value));
            }
        }
        found
    }
}

/// The texts under those keys of the root; case does not count.
fn texts(tree: &Tree, keys: &[&str]) -> Vec<Spot> {
    // Most are of another length, or begin with another letter.
    let is_near = |known: &str, key: &str| known.len() == key.len() && known.as_bytes()[0] == key.as_bytes()[0] | 0x20;
    let is_one = |key: &str| keys.iter().any(|known| is_near(known, key) && known.eq_ignore_ascii_case(key));
    let is_text = |entry: &Entry| matches!(tree.node(entry.value).kind, Kind::String(_));
    let entries = tree.entries().iter().enumerate();
    entries.filter(|(_, entry)| is_one(&entry.key) && is_text(entry)).map(|(index, _)| Spot::Entry(index)).collect()
}

/// The pointer of a place.
fn spelt<'d>(tree: &'d Tree, spot: &'d Spot) -> Option<Pointer<'d>> {
    Some(match spot {
        Spot::Entry(index) => Pointer::Key(&tree.entries().get(*index)?.key),
        Spot::Node(pointer, _) => Pointer::Whole(Cow::Borrowed(pointer)),
    })
}

fn text_of<'d>(node: &'d Node, pointer: Pointer<'d>) -> Option<Value<'d>> {
    match &node.kind {
        Kind::String(text) => Some(Value { pointer, text, range: node.range.clone(), style: node.style }),
        _ => None,
    }
}
