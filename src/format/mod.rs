//! The formats. To add one: write its file, then add its two lines here (`mod` and its row in [`FORMATS`]).
//!
//! A format's reader turns bytes into [`Part`]s, its writer turns them into bytes; neither knows another format.
//! Readers and writers hold one item at a time. What a writer cannot keep it says as [`Loss`]es; whose item it was
//! is added by the conductor, [`convert`](crate::convert).

pub mod apart;
mod atom;
mod blogger;
mod facts;
mod json_feed;
mod markdown;
mod ndjson;
mod rss;
mod rss1;
mod wordpress;
mod xml_feed;

use std::{io::Read, ops::Range, sync::Arc};

pub use self::facts::{Facts, File, Files, Page};
use self::{apart::Apart, xml_feed::xml_reader};
use crate::{
    error::Error,
    file_name::FileName,
    finding::{Finding, Loss},
    limits::Limits,
    model::{Comment, Feed, Item},
    profile::Profile,
    syntax::xml::Watch,
};

/// The formats, in the order in which they are asked whether a source is theirs.
pub const FORMATS: &[Format] = &[
    wordpress::FORMAT,
    blogger::FORMAT,
    rss::FORMAT,
    rss1::FORMAT,
    atom::FORMAT,
    json_feed::FORMAT,
    ndjson::FORMAT,
    markdown::FORMAT,
];

/// Makes a reader of some bytes.
pub type MakeReader = for<'a> fn(Box<dyn Read + 'a>, &ReadOptions) -> Box<dyn Reader + 'a>;

/// Makes a reader of some bytes, whose tokens are watched.
pub type MakeWatched = for<'a> fn(Box<dyn Read + 'a>, &ReadOptions, &'a mut dyn Watch) -> Box<dyn Reader + 'a>;

/// Takes down what readers of a source must know before they begin: see [`Facts`].
pub type Gather = for<'a> fn(Box<dyn Read + 'a>, &ReadOptions, &mut Facts) -> Result<(), Error>;

/// Makes a writer.
pub type MakeWriter = fn(&WriteOptions) -> Box<dyn Writer>;

/// A row of [`FORMATS`].
#[derive(Debug)]
#[non_exhaustive]
pub struct Format {
    /// The name that `--from` and `--to` take.
    pub name: &'static str,
    /// Other names for it.
    pub aliases: &'static [&'static str],
    /// One line for `slugline list formats`.
    pub about: &'static str,
    /// Endings of file names that tell it, without the dot; the first is what `-o` would get.
    pub extensions: &'static [&'static str],
    /// Whether a source is of this format.
    pub sniff: fn(&Probe<'_>) -> bool,
    /// Makes a reader; `None` where the format is only written.
    pub read: Option<MakeReader>,
    /// Makes a reader whose tokens are watched; `None` where the format has no tokens of XML. It is for whoever checks a
    /// source: where `read` leaves things out or makes something of them, this one reads what stands there.
    pub watch: Option<MakeWatched>,
    /// Passes over a source before any item is read, where what an item needs may stand behind it or in another file.
    pub gather: Option<Gather>,
    /// Whether it is the whole of a site, with what its readers never saw: then what has no field stays behind unless
    /// somebody asks for it.
    pub is_export: bool,
    /// Makes a writer; `None` where the format is only read.
    pub write: Option<MakeWriter>,
    /// What it takes to write it.
    pub target: Target,
}

/// What a target asks of the conductor.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Target {
    /// Whether it is one stream, or a file an item.
    pub shape: Shape,
    /// Whether the head must be complete before the first item: then a source is passed over twice.
    pub head_first: bool,
    /// Whether it says anything of the feed as a whole.
    pub has_head: bool,
    /// Whether every item must have an id: then the conductor derives those that are missing.
    pub needs_id: bool,
    /// What kind of body it is made for.
    pub body: Body,
}

/// One stream, or a file an item.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Shape {
    /// One feed.
    Feed,
    /// A file a post.
    Posts,
}

/// What kind of body a target is made for: `--body`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[non_exhaustive]
pub enum Body {
    /// As it is.
    #[default]
    Keep,
    /// HTML.
    Html,
    /// Markdown.
    Markdown,
    /// Plain text.
    Text,
}

/// The beginning of a source, for sniffing.
#[derive(Debug, Clone, Copy)]
pub struct Probe<'a> {
    /// The first bytes (up to 8 KiB), decoded to UTF-8 as well as can be, without a byte order mark.
    pub start: &'a str,
    /// The ending of the source's name, in lower case, without the dot; empty where there is none.
    pub extension: &'a str,
}

impl Probe<'_> {
    /// Whether a local name is that of a feed's root, or of a part of a feed that stands alone.
    fn is_feed_root(&self, root: &str) -> bool {
        ["rss", "rdf", "channel", "item", "feed", "entry"].iter().any(|known| root.eq_ignore_ascii_case(known))
    }

    /// Whether there is nothing yet but what may stand before the first tag of XML: the declaration, comments. What the
    /// feed is then told by is beyond the first bytes, or there is no feed in it at all.
    fn is_prolog_alone(&self) -> bool {
        if self.is_post() || matches!(self.extension, "html" | "htm") {
            return false;
        }
        let mut rest = self.start.trim_start();
        let mut any = false;
        loop {
            let (begin, end) = if rest.starts_with("<!--") { ("<!--", "-->") } else { ("<?", "?>") };
            let Some(inside) = rest.strip_prefix(begin) else { return any && rest.is_empty() };
            any = true;
            let Some(at) = inside.find(end) else { return true };
            rest = inside[at + end.len()..].trim_start();
        }
    }

    /// Whether there is a start tag of that qualified name, in any case.
    fn holds_tag(&self, name: &str) -> bool {
        memchr::memchr_iter(b'<', self.start.as_bytes()).any(|at| {
            let rest = &self.start.as_bytes()[at + 1..];
            let named = rest.get(..name.len()).is_some_and(|start| start.eq_ignore_ascii_case(name.as_bytes()));
            named && rest.get(name.len()).is_none_or(|byte| byte.is_ascii_whitespace() || b"/>".contains(byte))
        })
    }

    /// Whether it is a post by its name or its first line, so that what looks like tags in it is not XML.
    fn is_post(&self) -> bool {
        let fence = ["---", "+++", ";;;"].iter().any(|fence| {
            self.start
                .strip_prefix(fence)
                .is_some_and(|rest| rest.trim_start_matches([' ', '\t']).starts_with(['\n', '\r']))
        });
        fence || matches!(self.extension, "md" | "markdown" | "mdown" | "mkd" | "mdx")
    }

    /// The local name of the first element, when the source begins like XML (or HTML); where that is beyond the first
    /// bytes, what the document type declaration says it will be.
    pub fn root(&self) -> Option<&str> {
        if self.is_post() {
            return None;
        }
        let mut rest = self.start;
        let mut declared = None;
        loop {
            let Some(open) = rest.find('<') else { return declared };
            rest = &rest[open + 1..];
            if let Some(comment) = rest.strip_prefix("!--") {
                match comment.find("-->") {
                    Some(end) => rest = &comment[end + 3..],
                    None => return declared,
                }
            } else if rest.starts_with(['?', '!']) {
                if rest.get(..9).is_some_and(|start| start.eq_ignore_ascii_case("!doctype ")) {
                    let name = rest[9..].trim_start();
                    let end = name.find(|c: char| c.is_whitespace() || c == '>' || c == '[').unwrap_or(name.len());
                    declared = name[..end].rsplit(':').next().filter(|name| !name.is_empty());
                }
                // A DOCTYPE with an internal subset holds `>` of its own: its declarations begin with `<!` too.
                rest = &rest[1..];
            } else {
                let end = rest.find(|c: char| c.is_whitespace() || c == '>' || c == '/').unwrap_or(rest.len());
                let name = &rest[..end];
                if name.starts_with(|c: char| c.is_alphabetic() || c == '_') {
                    return Some(name.rsplit(':').next().unwrap_or(name));
                }
            }
        }
    }
}

/// The format of that name or alias.
pub fn find(name: &str) -> Option<&'static Format> {
    FORMATS.iter().find(|format| format.name == name || format.aliases.contains(&name))
}

/// The format that a source is in, from its first bytes, then from its name.
pub fn sniff(probe: &Probe<'_>) -> Option<&'static Format> {
    FORMATS.iter().find(|format| format.read.is_some() && (format.sniff)(probe))
}

/// A part of what a source says, in the order it says it.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub enum Part {
    /// What is said of the feed before its items. Comes once, first.
    Head(Feed),
    /// One item.
    Item(Box<Item>),
    /// What a reader of the site wrote under an item.
    Comment(Box<Comment>),
    /// Something that is no item, or none that is to be seen: left out, and why. Its field is what it is called.
    LeftOut(Loss),
    /// What is said of the feed after its first item: only the fields that are new there. Comes at most once, last.
    Late(Feed),
}

/// Reads a source part by part.
pub trait Reader {
    /// The next part; `None` after the last. An error ends the source: the parts before it are good.
    fn next(&mut self) -> Result<Option<Part>, Error>;

    /// Where the parts of the last item, or of the head, stand; empty unless [`ReadOptions::places`] asked for it.
    fn places(&self) -> &Places;

    /// What was found wrong since the last call. Each has [`Finding::range`] and [`Finding::span`] set where the
    /// reader can tell.
    fn take_findings(&mut self) -> Vec<Finding>;

    /// The items that come next, in about `count` stretches of some `size` bytes, to be read apart; `None` where that
    /// cannot be told here. Nothing is read by it.
    fn apart(&mut self, _count: usize, _size: usize) -> Option<Apart<'_>> {
        None
    }

    /// Passes over so many bytes with so many items, which were read apart: whole stretches of what [`Reader::apart`] gave
    /// last.
    fn pass_over(&mut self, _bytes: usize, _items: usize) {}

    /// What the reader could not carry over since the last call, for formats whose texts are programs in part.
    fn take_losses(&mut self) -> Vec<Loss> {
        Vec::new()
    }
}

/// Writes a feed, or posts.
pub trait Writer {
    /// Whether the head lists the items that follow it: then [`Writer::announce`] is called for each before
    /// [`Writer::head`].
    fn lists_items(&self) -> bool {
        false
    }

    /// Takes note of an item that is to come: its key, not its body.
    fn announce(&mut self, _item: &Item, _feed: &Feed) {}

    /// Takes the head. Called once, first.
    fn head(&mut self, feed: &Feed, sink: &mut dyn Sink, losses: &mut Vec<Loss>) -> Result<(), Error>;

    /// Takes an item.
    fn item(&mut self, item: &Item, sink: &mut dyn Sink, losses: &mut Vec<Loss>) -> Result<(), Error>;

    /// The file that the item would be written to; `None` for a target that is one stream. Called for every item
    /// before the first is written, so that conflicts are known by then.
    fn file_name(&mut self, _item: &Item) -> Result<Option<FileName>, Error> {
        Ok(None)
    }

    /// The post that an item becomes in that file, whose name may be another than [`Writer::file_name`] gave: two items had
    /// one. `None` for a target that is one stream.
    fn post(&mut self, _item: &Item, _file: &str, _losses: &mut Vec<Loss>) -> Result<Option<Vec<u8>>, Error> {
        Ok(None)
    }

    /// Whether the file's name depends on the item's content: otherwise it may be asked for without.
    fn name_reads_body(&self, _item: &Item) -> bool {
        true
    }

    /// Hands on whatever is held back.
    fn flush(&mut self, _sink: &mut dyn Sink) -> Result<(), Error> {
        Ok(())
    }

    /// A writer for items that follow those that this one has written, on another thread: what it makes belongs between
    /// what is made here before and after. `None` where items depend on those before them.
    fn apart(&self) -> Option<Box<dyn Writer + Send>> {
        None
    }

    /// The address of the page that an item becomes in its file; `None` where nobody can tell.
    fn address(&mut self, _item: &Item, _file: &str) -> Result<Option<String>, Error> {
        Ok(None)
    }

    /// Ends the target. `late` is what was said of the feed after its items.
    fn finish(&mut self, late: Option<&Feed>, sink: &mut dyn Sink, losses: &mut Vec<Loss>) -> Result<(), Error>;
}

/// Takes what a writer makes.
pub trait Sink {
    /// The next bytes of a feed.
    fn write(&mut self, bytes: &[u8]) -> Result<(), Error>;

    /// A whole post.
    fn post(&mut self, post: Post) -> Result<(), Error>;
}

/// Keeps what a writer makes: a feed, or posts one behind the other.
impl Sink for Vec<u8> {
    fn write(&mut self, bytes: &[u8]) -> Result<(), Error> {
        self.extend_from_slice(bytes);
        Ok(())
    }

    fn post(&mut self, post: Post) -> Result<(), Error> {
        self.extend_from_slice(&post.bytes);
        Ok(())
    }
}

/// A post, ready to be a file.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Post {
    /// Its file, relative to the output folder, with `/` between folders.
    pub name: FileName,
    /// What is in it.
    pub bytes: Vec<u8>,
}

/// Hub pointers, relative to the item or head, and the bytes they stand at: `/published`, `/tags/0`, `/extra/3`.
#[derive(Debug, Clone, Default)]
pub struct Places {
    /// In document order. The range covers the element with its tags, or the JSON value.
    pub list: Vec<(String, Range<usize>)>,
}

impl Places {
    /// The bytes of that pointer, else of its nearest parent.
    pub fn find(&self, pointer: &str) -> Option<Range<usize>> {
        let mut pointer = pointer;
        loop {
            if let Some((_, range)) = self.list.iter().find(|(known, _)| known == pointer) {
                return Some(range.clone());
            }
            pointer = &pointer[..pointer.rfind('/')?];
        }
    }
}

/// What a reader may be told.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct ReadOptions {
    /// The source's name, for messages: a path or `-`.
    pub name: String,
    /// The encoding to take, whatever the source says of itself: an encoding label.
    pub encoding: Option<String>,
    /// What relative links are relative to where the source does not say.
    pub base_url: Option<String>,
    /// Whether to read broken markup as far as it makes sense.
    pub repair: bool,
    /// Whether to note places.
    pub places: bool,
    /// Whether the parts are asked for: without it a reader may leave out of them what it finds nothing wrong with.
    pub parts: bool,
    /// Bounds on the input.
    pub limits: Limits,
    /// How posts are spelt.
    pub profile: Arc<Profile>,
    /// What [`Format::gather`] found in all sources.
    pub facts: Arc<Facts>,
}

/// Whether what has no field goes along.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[non_exhaustive]
pub enum Keep {
    /// Everything.
    #[default]
    All,
    /// Nothing, told as one counted loss a kind.
    None,
}

/// What a writer may be told.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct WriteOptions {
    /// Whether what has no field goes along.
    pub extra: Keep,
    /// How posts are spelt.
    pub profile: Arc<Profile>,
    /// Keys to set in each post, as written on the command line.
    pub set: Vec<(String, String)>,
    /// Keys to rename in each post.
    pub rename: Vec<(String, String)>,
    /// Keys to leave out of each post.
    pub drop: Vec<String>,
    /// The folder of the site that posts go to, as it was named; empty where it is not known.
    pub folder: String,
    /// Whether posts carry the addresses that they had before.
    pub aliases: bool,
}
