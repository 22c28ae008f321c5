//! What is said on standard error: errors, notes and summaries; and text that is all of standard output. What both can
//! show.

use std::io::{IsTerminal, Write};

use super::{Exit, progress};
use crate::{
    error::{Error, ErrorKind},
    untrusted::{shown, without_commands},
};

/// Says why a run, or the reading of one source, could not go on.
pub(super) fn error(error: &Error) {
    let mut text = String::from("error: ");
    if let Some(source) = &error.source {
        text.push_str(&shown(source).to_string());
        if let Some((line, column)) = error.position {
            text.push_str(&format!(":{line}:{column}"));
        }
        text.push_str(": ");
    }
    let mut lines = error.message.lines();
    text.push_str(&lines.next().map(|line| shown(line).to_string()).unwrap_or_default());
    for line in lines {
        text.push_str(&format!("\n{}", shown(line)));
    }
    if let Some(help) = &error.help {
        text.push_str(&format!("\n  help: {}", shown(help)));
    }
    note(&text);
}

/// Writes a line to standard error. When that is closed there is nobody left to tell.
pub(super) fn note(line: &str) {
    progress::aside(|| {
        let _ = writeln!(std::io::stderr().lock(), "{}", without_commands(line));
    });
}

/// Writes text to standard output. A closed pipe is no error.
pub(super) fn print(text: &[u8]) -> Result<Exit, Error> {
    match std::io::stdout().lock().write_all(text) {
        Err(error) if error.kind() != std::io::ErrorKind::BrokenPipe => {
            Err(Error::new(ErrorKind::Output, format!("standard output cannot be written: {error}")))
        }
        _ => Ok(Exit::Clean),
    }
}

/// Where a report goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Stream {
    /// Standard output.
    Out,
    /// Standard error.
    Err,
}

impl Stream {
    /// Whether a person sees it.
    pub(super) fn is_terminal(self) -> bool {
        match self {
            Stream::Out => std::io::stdout().is_terminal(),
            Stream::Err => std::io::stderr().is_terminal(),
        }
    }

    /// Whether colours are welcome: `NO_COLOR`, `CLICOLOR_FORCE`, `CLICOLOR` and `TERM` say, else whether it is a
    /// terminal.
    pub(super) fn has_color(self) -> bool {
        let choice = match self {
            Stream::Out => anstream::AutoStream::choice(&std::io::stdout()),
            Stream::Err => anstream::AutoStream::choice(&std::io::stderr()),
        };
        choice != anstream::ColorChoice::Never
    }

    /// Columns of a line, within reason: those that `COLUMNS` says, else those of the terminal, else 100.
    pub(super) fn width(self) -> usize {
        let said =
            std::env::var("COLUMNS").ok().and_then(|columns| columns.parse().ok()).filter(|columns| *columns > 0);
        let size = || match self {
            Stream::Out => terminal_size::terminal_size_of(std::io::stdout()),
            Stream::Err => terminal_size::terminal_size_of(std::io::stderr()),
        };
        let real = || size().map(|(columns, _)| usize::from(columns.0)).filter(|columns| *columns > 0);
        said.or_else(real).unwrap_or(100).clamp(40, 160)
    }
}

/// Whether reports are better told than drawn: on a terminal that cannot do more than print, and where `NO_GRAPHICS`
/// asks for it, as other tools understand it.
pub(super) fn is_told() -> bool {
    let asked = std::env::var_os("NO_GRAPHICS").is_some_and(|value| !value.is_empty() && value != "0");
    asked || is_dumb()
}

/// Whether the terminal says of itself that it prints, and no more.
pub(super) fn is_dumb() -> bool {
    std::env::var_os("TERM").is_some_and(|term| term == "dumb")
}
