//! The command line: one file a subcommand. The only place that prints, and that knows clap.

#![allow(clippy::print_stdout, clippy::print_stderr)]

mod check;
mod completions;
mod convert;
mod day;
mod exit;
mod explain;
mod files;
mod infer;
mod init;
mod list;
mod lots;
mod progress;
mod schema;
mod terminal;
mod values;

use std::ffi::OsString;

use clap::{CommandFactory, Parser, Subcommand};

pub use exit::Exit;

/// Convert between feeds and posts, and check that each carries what it must.
#[derive(Debug, Parser)]
#[command(name = "slugline", version, disable_help_subcommand = true, max_term_width = 100, after_help = EXITS)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

const EXITS: &str = "\
Exit codes: 0 nothing wrong; 1 findings (or losses under --fail-on-loss); 2 could not run, or a source could not be \
read to its end; 3 a limit was reached, or an internal error.";

#[derive(Debug, Subcommand)]
enum Command {
    Convert(convert::Arguments),
    Check(check::Arguments),
    Explain(explain::Arguments),
    List(list::Arguments),
    Schema(schema::Arguments),
    Infer(infer::Arguments),
    Init(init::Arguments),
    Completions(completions::Arguments),
    /// Print the manual page
    Man,
}

/// The tree of commands and options, for what is made of it: completions, the manual page, the book.
#[doc(hidden)]
pub fn command() -> clap::Command {
    Arguments::command()
}

/// Runs slugline with these arguments, the program's name first.
pub fn run(arguments: impl IntoIterator<Item = OsString>) -> Exit {
    let arguments = match Arguments::try_parse_from(arguments) {
        Ok(arguments) => arguments,
        Err(error) => {
            let exit = if error.use_stderr() { Exit::CouldNotRun } else { Exit::Clean };
            return if error.print().is_err() { Exit::CouldNotRun } else { exit };
        }
    };
    let end = match arguments.command {
        Command::Convert(arguments) => convert::run(arguments),
        Command::Check(arguments) => check::run(&arguments),
        Command::Explain(arguments) => explain::run(&arguments),
        Command::List(arguments) => list::run(&arguments),
        Command::Schema(arguments) => schema::run(&arguments),
        Command::Infer(arguments) => infer::run(&arguments),
        Command::Init(arguments) => init::run(&arguments),
        Command::Completions(arguments) => completions::completions(&arguments, command()),
        Command::Man => completions::man(command()),
    };
    end.unwrap_or_else(|error| {
        terminal::error(&error);
        Exit::from(&error)
    })
}
