//! What is said on standard error: errors, notes and summaries; and text that is all of standard output.

use std::io::Write;

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
