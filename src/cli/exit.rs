//! The exit codes. The worst of a run wins.

use crate::error::{Error, ErrorKind};

/// What a run ended with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Exit {
    /// 0: nothing wrong.
    Clean,
    /// 1: findings of the severity that fails, or losses under `--fail-on-loss`.
    Findings,
    /// 2: could not run: usage, configuration, schema, input or output; or a source that could not be read to its end.
    CouldNotRun,
    /// 3: a limit was reached, or slugline made a mistake of its own.
    Limit,
    /// 128 + n: signal n ended the run.
    Signal(u8),
}

impl Exit {
    /// The number.
    pub const fn code(self) -> u8 {
        match self {
            Exit::Clean => 0,
            Exit::Findings => 1,
            Exit::CouldNotRun => 2,
            Exit::Limit => 3,
            Exit::Signal(number) => 128_u8.saturating_add(number),
        }
    }
}

impl From<&Error> for Exit {
    fn from(error: &Error) -> Self {
        match error.kind {
            ErrorKind::Limit | ErrorKind::Internal => Exit::Limit,
            _ => Exit::CouldNotRun,
        }
    }
}

impl From<Exit> for std::process::ExitCode {
    fn from(exit: Exit) -> Self {
        std::process::ExitCode::from(exit.code())
    }
}
