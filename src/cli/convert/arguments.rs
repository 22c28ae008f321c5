//! What `slugline convert` may be told.

use std::{num::NonZeroUsize, path::PathBuf};

use clap::{Args, ValueEnum};

use crate::{
    cli::{
        day::{self, Day},
        values::{self, Named},
    },
    redirect,
};

/// Convert a feed into posts, posts into a feed, or a feed into another format
#[derive(Debug, Args)]
pub(in crate::cli) struct Arguments {
    /// Files, folders of posts, or `-` for standard input
    pub(super) input: Vec<PathBuf>,
    /// The format to write; told from the ending of --output where it is left out
    #[arg(long, value_name = "FORMAT", hide_possible_values = true)]
    #[arg(value_parser = Named::new(values::writable, values::text))]
    pub(super) to: Option<String>,
    /// The format of the input; told from its content where it is left out
    #[arg(long, value_name = "FORMAT", hide_possible_values = true)]
    #[arg(value_parser = Named::new(values::readable, values::text))]
    pub(super) from: Option<String>,
    /// A file for a feed, a folder for posts; standard output where it is left out
    #[arg(short, long, value_name = "PATH")]
    pub(super) output: Option<PathBuf>,
    /// How posts are spelt: a built-in profile, or the folder of a site's own
    #[arg(long, value_name = "NAME|PATH", default_value = "hugo", hide_possible_values = true)]
    #[arg(value_parser = Named::new(values::profiles, values::text))]
    pub(super) profile: String,
    /// The address that the feed was fetched from
    #[arg(long, value_name = "URL")]
    pub(super) feed_url: Option<String>,
    /// What relative links are relative to where the input does not say
    #[arg(long, value_name = "URL")]
    pub(super) base_url: Option<String>,
    /// The encoding of the input, whatever it says of itself
    #[arg(long, value_name = "NAME")]
    pub(super) encoding: Option<String>,
    /// The kind of body to write
    #[arg(long, value_enum, default_value_t = BodyKind::Auto)]
    pub(super) body: BodyKind,
    /// Make links inside bodies absolute
    #[arg(long)]
    pub(super) resolve_links: bool,
    /// Take scripts, frames, styles and other active content out of bodies, and say what was taken out
    #[arg(long)]
    pub(super) sanitize: bool,
    /// Whether what has no field of its own goes along [default: all between feeds, none to and from posts]
    #[arg(long, value_enum)]
    pub(super) extra: Option<Extra>,
    /// Write the whole content into a feed, or no more than a summary
    #[arg(long, value_enum, default_value_t = Content::Full)]
    pub(super) content: Content,
    /// The pattern of posts' file names, such as `{{ published | date('%Y/%m') }}/{{ slug }}.md`; the profile's otherwise
    #[arg(long, value_name = "PATTERN")]
    pub(super) file_name: Option<String>,
    /// The pattern of posts' addresses, such as `/posts/{{ slug }}/`; the profile's otherwise
    #[arg(long, value_name = "PATTERN")]
    pub(super) address: Option<String>,
    /// Have each post name the address that it had before, so that its generator sends readers on
    #[arg(long)]
    pub(super) aliases: bool,
    /// Write old addresses and new ones for a server: apache, csv, netlify or nginx
    #[arg(long, value_name = "STYLE[=FILE]", value_parser = redirects)]
    pub(super) redirects: Vec<Redirects>,
    /// A file for the addresses of pictures and other files, a line of JSON each
    #[arg(long, value_name = "FILE")]
    pub(super) media_list: Option<PathBuf>,
    /// The folder with the files of the old site, by the paths of their addresses: what it has is spoken of as a file of the
    /// new site
    #[arg(long, value_name = "FOLDER")]
    pub(super) media_folder: Option<PathBuf>,
    /// Set a key of each post
    #[arg(long, value_name = "KEY=VALUE", value_parser = pair)]
    pub(super) set: Vec<(String, String)>,
    /// Rename a key of each post
    #[arg(long, value_name = "KEY=NEW", value_parser = pair)]
    pub(super) rename: Vec<(String, String)>,
    /// Leave a key out of each post
    #[arg(long, value_name = "KEY")]
    pub(super) drop: Vec<String>,
    /// Set a field of the feed
    #[arg(long, value_name = "FIELD=VALUE", value_parser = pair)]
    pub(super) set_feed: Vec<(String, String)>,
    /// What happens to posts that are there already
    #[arg(long, value_enum, default_value_t = Existing::Keep)]
    pub(super) existing: Existing,
    /// What happens to a post whose file name another post has
    #[arg(long, value_enum, default_value_t = SameName::Error)]
    pub(super) same_name: SameName,
    /// Write drafts, and posts whose day is yet to come, into feeds too
    #[arg(long)]
    pub(super) drafts: bool,
    /// The day that posts of the future are told by
    #[arg(long, value_name = "DATE", value_parser = Day::parse)]
    pub(super) today: Option<Day>,
    /// Take only items from that day or moment on
    #[arg(long, value_name = "DATE", value_parser = day::moment)]
    pub(super) since: Option<i64>,
    /// Take so many items at most: the first of a feed, the newest of posts
    #[arg(long, value_name = "N")]
    pub(super) limit: Option<usize>,
    /// Take only items for which this holds, such as `item.tags contains "rust"`
    #[arg(long = "where", value_name = "EXPRESSION")]
    pub(super) condition: Option<String>,
    /// A file for the comments of an export, a line of JSON each, with names and addresses of who wrote them; without it
    /// they are left out
    #[arg(long, value_name = "FILE")]
    pub(super) comments: Option<PathBuf>,
    /// End with exit code 1 when something could not be kept
    #[arg(long)]
    pub(super) fail_on_loss: bool,
    /// Refuse broken input instead of reading it as far as it makes sense
    #[arg(long)]
    pub(super) no_repair: bool,
    /// Show what would be written, and write nothing
    #[arg(long)]
    pub(super) dry_run: bool,
    /// A file for what became of each item, as JSON (`slugline schema convert-report` describes it)
    #[arg(long, value_name = "FILE")]
    pub(super) report: Option<PathBuf>,
    /// Threads that read a large feed
    #[arg(short, long, value_name = "N")]
    pub(super) jobs: Option<NonZeroUsize>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum BodyKind {
    /// What the target is made for: Markdown in posts, HTML in feeds
    Auto,
    /// As it is
    Keep,
    Html,
    Markdown,
    Text,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Extra {
    All,
    None,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Existing {
    /// They stay as they are
    Keep,
    /// What was changed by hand stays, the rest follows the source
    Update,
    /// They are written again
    Overwrite,
    /// Nothing is written
    Error,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum SameName {
    /// Nothing is written
    Error,
    /// It gets the next free name, such as snow-2.md
    Suffix,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Content {
    /// All of it
    Full,
    /// The item's summary, else what stands before `<!--more-->`, else the first words
    Summary,
}

/// A style of redirects, and where they go; standard output without a file.
#[derive(Debug, Clone)]
pub(super) struct Redirects {
    pub(super) style: &'static redirect::Style,
    pub(super) file: Option<PathBuf>,
}

/// `STYLE` or `STYLE=FILE`.
fn redirects(text: &str) -> Result<Redirects, String> {
    let (name, file) = text.split_once('=').map_or((text, None), |(name, file)| (name, Some(PathBuf::from(file))));
    match redirect::find(name) {
        Some(_) if file.as_ref().is_some_and(|file| file.as_os_str().is_empty()) => {
            Err(format!("name the file: {name}=FILE"))
        }
        Some(style) => Ok(Redirects { style, file }),
        None => {
            let names: Vec<_> = redirect::STYLES.iter().map(|style| style.name).collect();
            Err(format!("there is {}", names.join(", ")))
        }
    }
}

/// `KEY=VALUE`, split at the first `=`.
fn pair(text: &str) -> Result<(String, String), String> {
    match text.split_once('=') {
        Some((key, value)) if !key.is_empty() => Ok((key.to_owned(), value.to_owned())),
        _ => Err("write it as KEY=VALUE".to_owned()),
    }
}
