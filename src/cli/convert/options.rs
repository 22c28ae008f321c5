//! What the library is told, from what the command line says.

use std::{num::NonZeroUsize, path::Path, sync::Arc};

use crate::{
    cli::{
        day::Day,
        files::{
            profile,
            site::{Site, SiteFiles},
        },
    },
    convert::{Options, choice::Condition, media, plan},
    error::{Error, ErrorKind},
    format::{Body, Format, Shape},
    model::Value,
};

use super::{
    Arguments,
    arguments::{BodyKind, Content, Existing, SameName},
    target,
};

/// The options of a conversion to `to`.
pub(super) fn of(arguments: &Arguments, to: &'static Format) -> Result<Options, Error> {
    let from =
        arguments.from.as_deref().map(|name| target::format(name, |format| format.read.is_some())).transpose()?;
    let site = Site::find(Path::new("."))?;
    let posts = to.target.shape == Shape::Posts;
    let mut profile = profile::load(&arguments.profile)?;
    if let Some(pattern) = &arguments.file_name {
        profile.set_file_name(pattern)?;
    }
    let own = site.config.feed.get("address").and_then(Value::as_str).filter(|_| !posts);
    let address = arguments.address.as_deref().or(own);
    if let Some(pattern) = address {
        profile.set_address(pattern)?;
    }
    if arguments.aliases && profile.old_addresses.is_none() {
        let message = format!("{} has no key for the addresses that a post had before", profile.called());
        return Err(Error::new(ErrorKind::Usage, message).help("`--redirects STYLE=FILE` writes them for the server"));
    }
    if !posts && (arguments.file_name.is_some() || arguments.aliases || !arguments.redirects.is_empty()) {
        let message = "`--file-name`, `--aliases` and `--redirects` are for posts, and a feed is written";
        return Err(Error::new(ErrorKind::Usage, message).help("`--to markdown -o FOLDER` writes posts"));
    }
    let to_stdout = arguments.output.as_ref().is_none_or(|output| output.as_os_str() == "-");
    if let Some(redirects) = arguments.redirects.iter().find(|redirects| redirects.file.is_none() && to_stdout) {
        let message = "posts and redirects cannot both go to standard output";
        let help =
            format!("name a file, `--redirects {}=FILE`, or a folder for the posts, `-o FOLDER`", redirects.style.name);
        return Err(Error::new(ErrorKind::Usage, message).help(help));
    }
    if !arguments.redirects.is_empty() && profile.address.is_none() {
        let message = format!("nobody knows the addresses that {} gives", profile.called());
        return Err(Error::new(ErrorKind::Usage, message).help("`--address PATTERN` tells: `/posts/{{ slug }}/`"));
    }
    let mut options = Options::new(to, Arc::new(profile));
    options.address = address.is_some();
    if !posts {
        options.site = site.config.feed.clone();
    }
    options.write.aliases = arguments.aliases;
    options.write.folder = arguments.output.as_deref().map(in_site).unwrap_or_default();
    options.moved = !arguments.redirects.is_empty();
    options.media = arguments.media_list.is_some();
    options.summary_only = arguments.content == Content::Summary;
    if let Some(folder) = &arguments.media_folder {
        if !folder.is_dir() {
            let error = Error::new(ErrorKind::Usage, "is no folder of media");
            return Err(error
                .help("name the folder that holds the old site's files")
                .in_source(folder.display().to_string()));
        }
        options.media_folder = Some(media::Folder(Arc::new(SiteFiles::new(Some(folder)))));
    }
    options.from = from;
    options.read.limits = site.config.limits;
    if let Some(own) = target::site_profile(arguments, to) {
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
    options.sanitize = arguments.sanitize;
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
        Existing::Update => plan::Existing::Update,
        Existing::Overwrite => plan::Existing::Overwrite,
        Existing::Error => plan::Existing::Error,
    };
    options.same_name = match arguments.same_name {
        SameName::Error => plan::SameName::Error,
        SameName::Suffix => plan::SameName::Suffix,
    };
    options.comments = arguments.comments.is_some();
    options.tell = arguments.report.is_some();
    Ok(options)
}

/// A folder as it lies in its site: `content/posts` of whatever is in front of it.
fn in_site(folder: &Path) -> String {
    let parts: Vec<_> =
        folder.iter().map(|part| part.to_string_lossy()).filter(|part| !matches!(&**part, "." | "/")).collect();
    parts.join("/")
}
