//! `slugline completions` and `slugline man`.

use clap::{Args, Command};

use crate::error::{Error, ErrorKind};

use super::{Exit, terminal};

/// Print completions for a shell
#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// Which shell
    shell: clap_complete::Shell,
}

/// Prints completions.
pub(super) fn completions(arguments: &Arguments, mut command: Command) -> Result<Exit, Error> {
    let mut text = Vec::new();
    clap_complete::generate(arguments.shell, &mut command, "slugline", &mut text);
    terminal::print(&text)
}

/// Prints the manual page, all subcommands in it.
pub(super) fn man(command: Command) -> Result<Exit, Error> {
    let mut text = Vec::new();
    let failed = |error: std::io::Error| Error::new(ErrorKind::Internal, error.to_string());
    clap_mangen::Man::new(command.clone()).render(&mut text).map_err(failed)?;
    for subcommand in command.get_subcommands().filter(|subcommand| !subcommand.is_hide_set()) {
        let name = format!("slugline-{}", subcommand.get_name());
        let page = subcommand.clone().name(name);
        clap_mangen::Man::new(page).render(&mut text).map_err(failed)?;
    }
    terminal::print(&text)
}
