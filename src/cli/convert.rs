//! `slugline convert`.

use std::{
    num::NonZeroUsize,
    path::{Path, PathBuf},
    sync::Arc,
};

use clap::{Args, ValueEnum};

use crate::{
    convert::{self, Fate, Options, Summary, choice::Condition, plan},
    error::{Error, ErrorKind},
    finding::Severity,
    format::{self, Body, Format, Keep, Shape},
    profile::Profile,
    untrusted::shown,
};

use super::{
    Exit,
    day::{self, Day},
    files::{
        profile, read,
        site::{self, Site},
        write::{FileOutput, WithComments},
    },
    terminal,
};

/// Convert a feed into posts, posts into a feed, or a feed into another format
#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// Files, folders of posts, or `-` for standard input
    input: Vec<PathBuf>,
    /// The format to write; told from the ending of --output where it is left out
    #[arg(long, value_name = "FORMAT")]
    to: Option<String>,
    /// The format of the input; told from its content where it is left out
    #[arg(long, value_name = "FORMAT")]
    from: Option<String>,
    /// A file for a feed, a folder for posts; standard output where it is left out
    #[arg(short, long, value_name = "PATH")]
    output: Option<PathBuf>,
    /// How posts are spelt: a built-in profile, or the folder of a site's own
    #[arg(long, value_name = "NAME|PATH", default_value = "hugo")]
    profile: String,
    /// The address that the feed was fetched from
    #[arg(long, value_name = "URL")]
    feed_url: Option<String>,
    /// What relative links are relative to where the input does not say
    #[arg(long, value_name = "URL")]
    base_url: Option<String>,
    /// The encoding of the input, whatever it says of itself
    #[arg(long, value_name = "NAME")]
    encoding: Option<String>,
    /// The kind of body to write
    #[arg(long, value_enum, default_value_t = BodyKind::Auto)]
    body: BodyKind,
    /// Make links inside bodies absolute
    #[arg(long)]
    resolve_links: bool,
    /// Whether what has no field of its own goes along [default: all between feeds, none to and from posts]
    #[arg(long, value_enum)]
    extra: Option<Extra>,
    /// Set a key of each post
    #[arg(long, value_name = "KEY=VALUE", value_parser = pair)]
    set: Vec<(String, String)>,
    /// Rename a key of each post
    #[arg(long, value_name = "KEY=NEW", value_parser = pair)]
    rename: Vec<(String, String)>,
    /// Leave a key out of each post
    #[arg(long, value_name = "KEY")]
    drop: Vec<String>,
    /// Set a field of the feed
    #[arg(long, value_name = "FIELD=VALUE", value_parser = pair)]
    set_feed: Vec<(String, String)>,
    /// What happens to posts that are there already
    #[arg(long, value_enum, default_value_t = Existing::Keep)]
    existing: Existing,
    /// What happens to a post whose file name another post has
    #[arg(long, value_enum, default_value_t = SameName::Error)]
    same_name: SameName,
    /// Write drafts, and posts whose day is yet to come, into feeds too
    #[arg(long)]
    drafts: bool,
    /// The day that posts of the future are told by
    #[arg(long, value_name = "DATE", value_parser = Day::parse)]
    today: Option<Day>,
    /// Take only items from that day or moment on
    #[arg(long, value_name = "DATE", value_parser = day::moment)]
    since: Option<i64>,
    /// Take so many items at most: the first of a feed, the newest of posts
    #[arg(long, value_name = "N")]
    limit: Option<usize>,
    /// Take only items for which this holds, such as `item.tags contains "rust"`
    #[arg(long = "where", value_name = "EXPRESSION")]
    condition: Option<String>,
    /// A file for the comments of an export, a line of JSON each, with names and addresses of who wrote them; without it
    /// they are left out
    #[arg(long, value_name = "FILE")]
    comments: Option<PathBuf>,
    /// End with exit code 1 when something could not be kept
    #[arg(long)]
    fail_on_loss: bool,
    /// Refuse broken input instead of reading it as far as it makes sense
    #[arg(long)]
    no_repair: bool,
    /// Say what would be written, and write nothing
    #[arg(long)]
    dry_run: bool,
    /// Threads that read a large feed
    #[arg(short, long, value_name = "N")]
    jobs: Option<NonZeroUsize>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum BodyKind {
    /// What the target is made for: Markdown in posts, HTML in feeds
    Auto,
    /// As it is
    Keep,
    Html,
    Markdown,
    Text,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Extra {
    All,
    None,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Existing {
    /// They stay as they are
    Keep,
    /// They are written again
    Overwrite,
    /// Nothing is written
    Error,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum SameName {
    /// Nothing is written
    Error,
    /// It gets the next free name, such as snow-2.md
    Suffix,
}

/// `KEY=VALUE`, split at the first `=`.
fn pair(text: &str) -> Result<(String, String), String> {
    match text.split_once('=') {
        Some((key, value)) if !key.is_empty() => Ok((key.to_owned(), value.to_owned())),
        _ => Err("write it as KEY=VALUE".to_owned()),
    }
}

/// The format of that name, or an error that names all.
fn format(name: &str) -> Result<&'static Format, Error> {
    format::find(name).ok_or_else(|| {
        let names: Vec<_> = format::FORMATS.iter().map(|format| format.name).collect();
        Error::new(ErrorKind::Usage, format!("there is no format `{name}`"))
            .help(format!("there is {}", names.join(", ")))
    })
}

/// The format to write: named, else told by the output's name.
fn target(arguments: &Arguments) -> Result<&'static Format, Error> {
    if let Some(name) = &arguments.to {
        return format(name);
    }
    let writable = format::FORMATS.iter().filter(|format| format.write.is_some());
    let names: Vec<_> = writable.map(|format| format!("`{}`", format.name)).collect();
    let help = format!("name it with `--to`: {}", names.join(", "));
    let Some(output) = &arguments.output else {
        return Err(Error::new(ErrorKind::Usage, "the format to write is missing").help(help));
    };
    let posts = format::FORMATS.iter().find(|format| format.target.shape == Shape::Posts);
    let is_folder = output.is_dir() || output.to_string_lossy().ends_with(['/', '\\']);
    let extension = output.extension().and_then(|extension| extension.to_str()).unwrap_or_default().to_lowercase();
    if is_folder || extension.is_empty() {
        return posts.ok_or_else(|| Error::new(ErrorKind::Internal, "no format writes posts"));
    }
    let told = format::FORMATS.iter().find(|format| format.write.is_some() && format.extensions.contains(&&*extension));
    told.ok_or_else(|| {
        Error::new(ErrorKind::Usage, format!("no format ends in `.{extension}`"))
            .help(help)
            .in_source(output.display().to_string())
    })
}

/// The profile that the sources are spelt as, where their own site tells and it is not the one of the target; says so.
fn site_profile(arguments: &Arguments, to: &Format) -> Option<Profile> {
    let markdown = format::find("markdown")?;
    let is_post = |path: &&PathBuf| {
        let ending = path.extension().and_then(|ending| ending.to_str()).unwrap_or_default();
        path.is_dir() || path.is_file() && markdown.extensions.contains(&ending)
    };
    let first = arguments.input.iter().find(is_post)?;
    let (name, file) = site::generator(first)?;
    // For a feed the option says how posts are read: whoever leaves it out leaves that to the site.
    let open = to.target.shape == Shape::Posts || arguments.profile == Profile::default().name;
    if !open || name == arguments.profile {
        return None;
    }
    terminal::note(&format!("posts are read as {name} has them ({file} found)"));
    Profile::built_in(name)
}

fn as_inputs(files: &[read::FileInput]) -> Vec<&dyn convert::Input> {
    files.iter().map(|file| file as _).collect()
}

/// Runs it.
pub(super) fn run(arguments: Arguments) -> Result<Exit, Error> {
    let to = target(&arguments)?;
    let from = arguments.from.as_deref().map(format).transpose()?;
    let profile = Arc::new(profile::load(&arguments.profile)?);
    let mut options = Options::new(to, profile);
    options.from = from;
    options.read.limits = Site::find(Path::new("."))?.config.limits;
    if let Some(own) = site_profile(&arguments, to) {
        options.read.profile = Arc::new(own);
    }
    options.read.encoding = arguments.encoding.clone();
    options.read.base_url = arguments.base_url.clone();
    options.read.repair = !arguments.no_repair;
    options.write.set = arguments.set.clone();
    options.write.rename = arguments.rename.clone();
    options.write.drop = arguments.drop.clone();
    options.body = match arguments.body {
        BodyKind::Auto => None,
        BodyKind::Keep => Some(Body::Keep),
        BodyKind::Html => Some(Body::Html),
        BodyKind::Markdown => Some(Body::Markdown),
        BodyKind::Text => Some(Body::Text),
    };
    options.resolve_links = arguments.resolve_links;
    options.feed_url = arguments.feed_url.clone();
    options.set_feed = arguments.set_feed.clone();
    options.drafts = arguments.drafts;
    options.today = Some(arguments.today.unwrap_or_else(Day::today).0);
    options.choice.since = arguments.since;
    options.choice.limit = arguments.limit;
    options.choice.condition = arguments.condition.as_deref().map(Condition::new).transpose()?;
    options.threads = arguments.jobs.map_or(options.threads, NonZeroUsize::get);
    options.existing = match arguments.existing {
        Existing::Keep => plan::Existing::Keep,
        Existing::Overwrite => plan::Existing::Overwrite,
        Existing::Error => plan::Existing::Error,
    };
    options.same_name = match arguments.same_name {
        SameName::Error => plan::SameName::Error,
        SameName::Suffix => plan::SameName::Suffix,
    };
    options.comments = arguments.comments.is_some();
    let mut files = read::inputs(&arguments.input)?;
    if read::is_stdin(&files) && convert::passes(&as_inputs(&files), &options) > 1 {
        read::keep(&mut files)?;
    }
    let inputs = as_inputs(&files);
    options.write.extra = match arguments.extra {
        Some(Extra::All) => Keep::All,
        Some(Extra::None) => Keep::None,
        None => convert::default_extra(&inputs, &options),
    };
    let posts = to.target.shape == Shape::Posts;
    let mut output = match &arguments.output {
        None => FileOutput::stdout(),
        Some(path) if path.as_os_str() == "-" => FileOutput::stdout(),
        Some(path) if posts && !arguments.dry_run => FileOutput::folder(path, false)?,
        Some(path) if posts => FileOutput::folder(path, true)?,
        Some(_) if arguments.dry_run => FileOutput::nowhere(),
        Some(path) => FileOutput::file(path)?,
    };
    let mut comments = match &arguments.comments {
        Some(path) if !arguments.dry_run => FileOutput::file(path)?,
        _ => FileOutput::nowhere(),
    };
    let mut both = WithComments { output: &mut output, comments: &mut comments };
    let done = convert::convert(&inputs, &mut both, &options);
    if output.is_closed() {
        return Ok(Exit::Clean);
    }
    let mut summary = done?;
    comments.finish()?;
    if !summary.errors.is_empty() && summary.written == 0 {
        // Nothing could be read: whatever stands there is worth more than a feed of nothing.
        output.abandon();
        // They are about what would have been written.
        summary.notes.clear();
    } else {
        output.finish()?;
    }
    report(&summary, &arguments, posts && arguments.output.is_some());
    let mut exit = Exit::Clean;
    if arguments.fail_on_loss && summary.losses.count() > 0 {
        exit = Exit::Findings;
    }
    Ok(summary.errors.iter().map(Exit::from).fold(exit, Exit::max))
}

/// Says on standard error what was repaired, lost and done.
fn report(summary: &Summary, arguments: &Arguments, to_folder: bool) {
    const SHOWN: usize = 10;
    if arguments.dry_run {
        for (name, fate) in &summary.files {
            let word = match fate {
                Fate::New => "new",
                Fate::Replaced => "changed",
                Fate::Unchanged => "unchanged",
                Fate::Kept => "kept",
            };
            println!("{word:9} {}", shown(name));
        }
    }
    for (file, finding) in summary.findings.iter().filter(|(_, f)| f.severity > Severity::Hint).take(SHOWN) {
        let place = finding.span.map(|span| format!(":{}:{}", span.start.line, span.start.column)).unwrap_or_default();
        let word = finding.severity.name();
        terminal::note(&format!("{}{place}: {word}[{}] {}", shown(file), finding.code, shown(&finding.message)));
    }
    let loud = summary.findings.iter().filter(|(_, f)| f.severity > Severity::Hint).count() + summary.more_findings;
    if loud > SHOWN {
        terminal::note(&format!("and {} more; `slugline check` shows all", loud - SHOWN));
    }
    for note in &summary.notes {
        terminal::note(&format!("note: {}", shown(note)));
    }
    for ((field, reason), kind) in &summary.losses.kinds {
        let times = if kind.count == 1 { String::new() } else { format!(" ({} times)", kind.count) };
        let whose = kind.origin.title.as_deref().map(|title| format!(", in “{}”", shown(title))).unwrap_or_default();
        let example = kind.example.replace('\n', " ");
        let example = if example.is_empty() { example } else { format!(": {}", shown(&example)) };
        terminal::note(&format!("loss: `{field}` {}{times}{example}{whose}", reason.words()));
    }
    for error in &summary.errors {
        terminal::error(error);
    }
    if to_folder || arguments.output.is_some() {
        let mut parts = vec![format!("{} read", summary.items)];
        let done = if arguments.dry_run { "to write" } else { "written" };
        parts.push(format!("{} {done}", summary.written));
        let comments = match (&arguments.comments, summary.comments) {
            (None, 1) => "comment left out",
            (None, _) => "comments left out",
            (Some(_), 1) => "comment kept",
            (Some(_), _) => "comments kept",
        };
        let counts = [
            (summary.unchanged, "unchanged"),
            (summary.kept, "kept"),
            (summary.not_chosen, "not asked for"),
            (summary.future, "of the future left out"),
            (summary.drafts, if summary.drafts == 1 { "draft left out" } else { "drafts left out" }),
            (summary.left_out, if summary.left_out == 1 { "other left out" } else { "others left out" }),
            (summary.comments, comments),
            (summary.losses.count(), if summary.losses.count() == 1 { "loss" } else { "losses" }),
        ];
        parts.extend(counts.into_iter().filter(|(count, _)| *count > 0).map(|(count, what)| format!("{count} {what}")));
        terminal::note(&parts.join(", "));
    } else {
        for (count, one, more) in
            [(summary.drafts, "draft", "drafts"), (summary.future, "post of the future", "posts of the future")]
        {
            if count > 0 {
                let what = if count == 1 { one } else { more };
                terminal::note(&format!("{count} {what} left out (`--drafts` writes them too)"));
            }
        }
    }
}
