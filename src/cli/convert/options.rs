//! What the library is told, from what the command line says.

use std::{num::NonZeroUsize, path::Path, sync::Arc};

use crate::{
    cli::{
        day::Day,
        files::{profile, site::Site},
    },
    convert::{Options, choice::Condition, plan},
    error::Error,
    format::{Body, Format},
};

use super::{
    Arguments,
    arguments::{BodyKind, Existing, SameName},
    target,
};

/// The options of a conversion to `to`.
pub(super) fn of(arguments: &Arguments, to: &'static Format) -> Result<Options, Error> {
    let from = arguments.from.as_deref().map(target::format).transpose()?;
    let profile = Arc::new(profile::load(&arguments.profile)?);
    let mut options = Options::new(to, profile);
    options.from = from;
    options.read.limits = Site::find(Path::new("."))?.config.limits;
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
        Existing::Overwrite => plan::Existing::Overwrite,
        Existing::Error => plan::Existing::Error,
    };
    options.same_name = match arguments.same_name {
        SameName::Error => plan::SameName::Error,
        SameName::Suffix => plan::SameName::Suffix,
    };
    options.comments = arguments.comments.is_some();
    Ok(options)
}
