//! `slugline explain`.

use clap::Args;

use super::{Exit, check::unknown_code, terminal};
use crate::{
    error::{Error, ErrorKind},
    rule,
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
        None => Err(Error::new(ErrorKind::Usage, unknown_code(&arguments.code))),
    }
}
