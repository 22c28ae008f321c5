//! What was read of one source, as data; and where in it everything stands.

mod texts;

use std::{fmt, ops::Range, sync::Arc, sync::OnceLock};

use texts::Spot;
pub use texts::Value;

use crate::{
    date::Moment,
    finding::{Finding, Place},
    lines::{Lines, Position, Span},
    marks::Marks,
    profile::Profile,
    surroundings::Surroundings,
    syntax::{
        addresses::{self, Address},
        head::Head,
        tree::{Entry, Kind, NodeId, Tree},
    },
};

/// A source as `check` sees it.
#[derive(Debug)]
#[non_exhaustive]
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

/// How the bytes of a source became text: what it takes to tell bytes of the file from bytes of the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[non_exhaustive]
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
#[non_exhaustive]
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
#[non_exhaustive]
pub struct Post {
    /// Where its fences, its head and its body are.
    pub head: Head,
    /// The front matter as a tree.
    pub tree: Tree,
}

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
}
