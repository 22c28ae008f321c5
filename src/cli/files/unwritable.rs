//! Why files cannot be written.

use std::{io, path::Path};

use crate::error::{Error, ErrorKind};

/// Why something cannot be written, in words.
pub(crate) fn unwritable(path: &Path, error: &io::Error) -> Error {
    const STANDS: &str = "what was written before stands";
    let own = error.get_ref();
    let (message, help) = match error.kind() {
        _ if own.is_some_and(|own| own.is::<ReadOnly>()) => (ReadOnly.to_string(), "make it writable first"),
        _ if own.is_some_and(|own| own.is::<Changed>()) => (Changed.to_string(), "run again"),
        io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem => {
            ("may not be written".to_owned(), "check the permissions of the folder")
        }
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => {
            ("the disk is full".to_owned(), "what was written before stands; run again when there is room")
        }
        io::ErrorKind::NotFound => ("there is no folder for it".to_owned(), "make the folder first"),
        io::ErrorKind::NotADirectory => ("is no folder (a symbolic link is not followed)".to_owned(), STANDS),
        io::ErrorKind::IsADirectory => ("is a folder, and was left as it is".to_owned(), STANDS),
        io::ErrorKind::AlreadyExists => {
            ("is there already, and was left as it is".to_owned(), "move it away, and run again")
        }
        _ => (format!("cannot be written: {error}"), STANDS),
    };
    Error::new(ErrorKind::Output, message).help(help).in_source(path.display().to_string())
}

/// What is said of a file that may not be written, where its folder may.
pub(super) fn read_only() -> io::Error {
    io::Error::new(io::ErrorKind::PermissionDenied, ReadOnly)
}

/// What is said of a file that somebody else wrote meanwhile.
pub(super) fn changed() -> io::Error {
    io::Error::new(io::ErrorKind::AlreadyExists, Changed)
}

/// A file that may not be written.
#[derive(Debug)]
pub(super) struct ReadOnly;

/// A file that somebody else wrote meanwhile.
#[derive(Debug)]
pub(super) struct Changed;

impl std::fmt::Display for ReadOnly {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("is read-only, and was left as it is")
    }
}

impl std::fmt::Display for Changed {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("was changed by somebody else meanwhile, and was left as it is")
    }
}

impl std::error::Error for ReadOnly {}
impl std::error::Error for Changed {}
