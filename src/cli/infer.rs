//! `slugline infer`.

use std::path::PathBuf;

use clap::Args;

use super::{
    Exit,
    files::{survey, whole::new_file},
    terminal,
};
use crate::error::{Error, ErrorKind};

/// Write a schema that fits the posts there, with counts that show what stands out
#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// Posts, or folders of posts
    #[arg(required = true)]
    paths: Vec<PathBuf>,
    /// As JSON, which has no comments; otherwise as YAML
    #[arg(long)]
    json: bool,
    /// A new file, instead of standard output
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
}

/// Looks at the posts and prints their schema.
pub(super) fn run(arguments: &Arguments) -> Result<Exit, Error> {
    let survey = survey::of(&arguments.paths, None, &|_| true)?;
    for error in &survey.errors {
        terminal::error(error);
    }
    let inference = &survey.found.inference;
    if inference.posts() == 0 {
        let help = "name files or folders with posts that have front matter";
        return Err(Error::new(ErrorKind::Input, "there is no post to infer a schema from").help(help));
    }
    let text = if arguments.json { inference.to_json() } else { inference.to_yaml() };
    let worst = survey.errors.iter().map(Exit::from).max().unwrap_or(Exit::Clean);
    match &arguments.output {
        Some(file) => new_file(file, text.as_bytes())?,
        None => drop(terminal::print(text.as_bytes())?),
    }
    Ok(worst)
}
