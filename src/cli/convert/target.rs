//! Which format is written, and how the posts that are read are spelt.

use std::path::PathBuf;

use crate::{
    cli::{files::site, terminal, values},
    error::{Error, ErrorKind},
    format::{self, Format, Shape},
    profile::Profile,
};

use super::Arguments;

/// The format of that name, or an error that names all that `fits` holds for.
pub(super) fn format(name: &str, fits: impl Fn(&Format) -> bool) -> Result<&'static Format, Error> {
    format::find(name).ok_or_else(|| {
        let names: Vec<_> = format::FORMATS.iter().filter(|format| fits(format)).map(|format| format.name).collect();
        Error::new(ErrorKind::Usage, format!("there is no format `{name}`")).help(values::instead(name, &names))
    })
}

/// The format to write: named, else told by the output's name.
pub(super) fn of(arguments: &Arguments) -> Result<&'static Format, Error> {
    if let Some(name) = &arguments.to {
        return format(name, |format| format.write.is_some());
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
pub(super) fn site_profile(arguments: &Arguments, to: &Format) -> Option<Profile> {
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
