//! `slugline explain`.

use std::path::Path;

use clap::Args;

use super::{Exit, check::unknown_code, files::site::Site, terminal};
use crate::{
    error::{Error, ErrorKind},
    rule, vocabulary,
};

/// Explain a code: what it checks, why it matters, what to do
#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// The code of a finding, such as missing-key
    code: String,
}

/// Prints a rule's page.
pub(super) fn run(arguments: &Arguments) -> Result<Exit, Error> {
    match rule::find(&arguments.code) {
        Some(rule) => terminal::print(rule.page().as_bytes()),
        None => {
            let site = Site::find(Path::new(".")).unwrap_or_default();
            match vocabulary::page(&arguments.code, &site.tables) {
                Some(page) => terminal::print(page.as_bytes()),
                None => Err(Error::new(ErrorKind::Usage, unknown_code(&arguments.code))),
            }
        }
    }
}
