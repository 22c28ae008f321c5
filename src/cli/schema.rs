//! `slugline schema`.

use clap::Args;

use super::{Exit, terminal};
use crate::{
    error::{Error, ErrorKind},
    nearest::nearest,
    schema::built_in::{SCHEMAS, find},
};

/// Print a built-in schema
#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// Its name; `slugline list schemas` lists them
    name: String,
}

/// Prints a schema.
pub(super) fn run(arguments: &Arguments) -> Result<Exit, Error> {
    match find(&arguments.name) {
        Some(schema) => terminal::print(schema.text.as_bytes()),
        None => {
            let error = Error::new(ErrorKind::Usage, format!("there is no schema `{}`", arguments.name));
            let names: Vec<&str> = SCHEMAS.iter().map(|schema| schema.name).collect();
            Err(match nearest(&arguments.name, names.iter().copied()) {
                Some(meant) => error.help(format!("did you mean `{meant}`?")),
                None => error.help(format!("there is {}", names.join(", "))),
            })
        }
    }
}
