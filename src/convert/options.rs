//! What a conversion may be told.

use std::sync::Arc;

use super::{
    choice::Choice,
    media,
    plan::{Existing, SameName},
};
use crate::{
    format::{Body, Format, Keep, ReadOptions, WriteOptions},
    limits::Limits,
    model::{Map, Value},
    profile::Profile,
};

/// Threads that share the reading of a feed unless more are asked for: each holds a stretch of some megabytes.
const MOST_THREADS: usize = 4;

/// What a conversion may be told.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Options {
    /// The format of the sources; sniffed where it is not given.
    pub from: Option<&'static Format>,
    /// The format to write.
    pub to: &'static Format,
    /// For the readers; `name` is filled in for each source.
    pub read: ReadOptions,
    /// For the writer.
    pub write: WriteOptions,
    /// The kind of body; `None` for what the target is made for.
    pub body: Option<Body>,
    /// Whether [`Summary::moved`](super::Summary::moved) takes down old and new addresses of posts.
    pub moved: bool,
    /// Whether [`Output::medium`](super::Output::medium) hears of pictures and files of items.
    pub media: bool,
    /// The files that pictures and other files of items may be found in, by the path of their old address.
    pub media_folder: Option<media::Folder>,
    /// Whether items keep their whole content, or no more than a summary.
    pub summary_only: bool,
    /// What the site says of a feed of its posts.
    pub site: Map<String, Value>,
    /// Whether the profile's pattern of addresses is the site's own, so that posts without a link have theirs by it.
    pub address: bool,
    /// Whether active content is taken out of bodies and other texts.
    pub sanitize: bool,
    /// Whether links inside bodies are made absolute.
    pub resolve_links: bool,
    /// The address that the feed was fetched from: [`Feed::feed_url`](crate::model::Feed::feed_url) where the source does not say.
    pub feed_url: Option<String>,
    /// Fields of the feed to set, as written on the command line.
    pub set_feed: Vec<(String, String)>,
    /// Whether drafts, and posts of the future, go into feeds too.
    pub drafts: bool,
    /// The day that posts of the future are told by, as seconds since 1970; without it none is left out of a feed.
    pub today: Option<i64>,
    /// Which items are taken.
    pub choice: Choice,
    /// Whether [`Output::comment`](super::Output::comment) takes the comments of an export; they are left out otherwise.
    pub comments: bool,
    /// Whether [`Output::told`](super::Output::told) hears of every item, with all that there is to say of it. A feed is
    /// read on one thread then.
    pub tell: bool,
    /// What happens to posts that are there already.
    pub existing: Existing,
    /// What happens to a post whose file name another item or file has.
    pub same_name: SameName,
    /// How many findings are kept; the rest is counted.
    pub findings: usize,
    /// How many threads read a large feed; 1 for the caller's alone. What is made is the same.
    pub threads: usize,
}

impl Options {
    /// The defaults: the format of the sources sniffed, broken markup read as far as it makes sense, everything kept,
    /// posts spelt as `profile` says.
    pub fn new(to: &'static Format, profile: Arc<Profile>) -> Self {
        let limits = Limits::default();
        Options {
            from: None,
            to,
            findings: limits.findings,
            threads: std::thread::available_parallelism().map_or(1, |count| count.get().min(MOST_THREADS)),
            read: ReadOptions {
                name: String::new(),
                encoding: None,
                base_url: None,
                repair: true,
                places: false,
                parts: true,
                limits,
                profile: Arc::clone(&profile),
                facts: Arc::default(),
            },
            write: WriteOptions {
                extra: Keep::All,
                profile,
                set: Vec::new(),
                rename: Vec::new(),
                drop: Vec::new(),
                folder: String::new(),
                aliases: false,
            },
            body: None,
            moved: false,
            media: false,
            media_folder: None,
            summary_only: false,
            site: Map::new(),
            address: false,
            sanitize: false,
            resolve_links: false,
            feed_url: None,
            set_feed: Vec::new(),
            drafts: false,
            today: None,
            choice: Choice::default(),
            comments: false,
            tell: false,
            existing: Existing::default(),
            same_name: SameName::default(),
        }
    }
}
