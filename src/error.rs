//! Why a run could not go on. What is wrong *in* a source is a [`Finding`](crate::finding::Finding), never an error.

use std::fmt;

/// What an error changes for the caller: the exit code, and whether trying other sources makes sense.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum ErrorKind {
    /// The command line, or options handed to the library, ask for something that cannot be.
    Usage,
    /// `slugline.toml` or a profile cannot be used.
    Config,
    /// A JSON Schema cannot be used.
    Schema,
    /// A source could not be opened or read.
    Input,
    /// What was made could not be written.
    Output,
    /// A source could not be read to its end; what came before the place is good.
    Unreadable,
    /// A limit of [`Limits`](crate::limits::Limits) was reached.
    Limit,
    /// A mistake of slugline's own.
    Internal,
}

/// Why a run, or the reading of one source, could not go on.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Error {
    /// What kind of trouble it is.
    pub kind: ErrorKind,
    /// One sentence, in the user's words, without a full stop.
    pub message: String,
    /// What to do about it.
    pub help: Option<String>,
    /// The source it is about: a path or `-`.
    pub source: Option<String>,
    /// 1-based line and column (in characters) in the source.
    pub position: Option<(usize, usize)>,
}

impl Error {
    /// An error of `kind` that says `message`.
    pub fn new(kind: ErrorKind, message: impl Into<String>) -> Self {
        Error { kind, message: message.into(), help: None, source: None, position: None }
    }

    /// Adds what to do about it.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// Names the source it is about, unless it has one.
    #[must_use]
    pub fn in_source(mut self, source: impl Into<String>) -> Self {
        self.source.get_or_insert_with(|| source.into());
        self
    }

    /// Adds the 1-based line and column.
    #[must_use]
    pub fn at(mut self, line: usize, column: usize) -> Self {
        self.position = Some((line, column));
        self
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(source) = &self.source {
            write!(f, "{source}:")?;
            if let Some((line, column)) = self.position {
                write!(f, "{line}:{column}:")?;
            }
            f.write_str(" ")?;
        }
        f.write_str(&self.message)
    }
}

impl std::error::Error for Error {}
