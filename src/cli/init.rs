//! `slugline init`.

use std::path::PathBuf;

use clap::Args;

use super::{
    Exit,
    files::{survey, whole::new_file},
    terminal,
};
use crate::{
    error::{Error, ErrorKind},
    infer::plan,
    untrusted::shown,
};

/// Look at a site, and write slugline.toml, its schema and the hook's lines; never replaces a file
#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// The site's folder
    #[arg(default_value = ".")]
    path: PathBuf,
}

/// Looks at a site and writes what it begins with.
pub(super) fn run(arguments: &Arguments) -> Result<Exit, Error> {
    let root = &arguments.path;
    if !root.is_dir() {
        let error = Error::new(ErrorKind::Usage, "this is no folder").in_source(root.display().to_string());
        return Err(error.help("name the folder of a site"));
    }
    let (survey, others) = survey::of_site(root)?;
    for error in &survey.errors {
        terminal::error(error);
    }
    let found = &survey.found;
    let mut text = match &found.generator {
        Some((profile, file)) => format!("{profile} ({} is here), ", shown(file)),
        None => "no generator that is known here, ".to_owned(),
    };
    text.push_str(&match found.inference.posts() {
        0 => {
            return Err(Error::new(ErrorKind::Input, "there is no post with front matter here")
                .help("name the folder of a site"));
        }
        1 => "1 post with front matter".to_owned(),
        count => format!("{count} posts with front matter"),
    });
    text.push_str(&match others {
        0 => "\n".to_owned(),
        1 => "; 1 more outside the folders of posts is left out\n".to_owned(),
        count => format!("; {count} more outside the folders of posts are left out\n"),
    });
    for file in plan(found) {
        let path = root.join(file.path);
        let mut lines = Vec::new();
        if path.exists() {
            lines.push(format!("kept     {}: it is there already", file.path));
            if file.path.ends_with("config.yaml") {
                lines.push("         the hook's lines are:".to_owned());
                lines.extend(file.text.lines().skip(1).map(|line| format!("         {line}")));
            }
        } else {
            new_file(&path, file.text.as_bytes())?;
            lines.push(format!("written  {}: {}", file.path, file.why));
        }
        text.push_str(&(lines.join("\n") + "\n"));
    }
    if found.inference.required().next().is_none() {
        text.push_str(
            "next: no key is in all posts, so nothing is required yet: `require = [\"title\"]` in slugline.toml does\n",
        );
    }
    text.push_str("next: `slugline check`, and change the files to what you want\n");
    terminal::print(text.as_bytes())?;
    Ok(survey.errors.iter().map(Exit::from).max().unwrap_or(Exit::Clean))
}
