//! Temporary files of ours: their names, and how a living run's are told from those that a killed run left.
//!
//! A file that no lock on a whole folder guards is locked itself until it has its place, and the system lets go of it
//! with the process. Between the making of a file and its locking another run may take it for a killed run's. So each
//! side looks after the other: whoever sweeps keeps the lock until the name is gone, and whoever made a file looks, once
//! it is locked, whether its name still is there. Names are never made twice, so that a name that is there is the same
//! file's.

use std::{
    ffi::OsStr,
    fs::{File, TryLockError},
    hash::{BuildHasher, Hasher, RandomState},
    io,
    sync::OnceLock,
};

/// How names of ours begin and end.
pub(super) const PREFIX: &str = ".slugline-";
pub(super) const SUFFIX: &str = ".tmp";

/// Files that are lost to others one after the other, before the run gives up.
pub(super) const MOST_LOST: usize = 100;

/// What stands in names of this run and of no other, also not of another machine's in the same folder.
pub(super) fn of_this_run() -> &'static str {
    static NAME: OnceLock<String> = OnceLock::new();
    NAME.get_or_init(|| format!("{:x}{:016x}", std::process::id(), RandomState::new().build_hasher().finish()))
}

/// Whether a name is one of ours.
pub(super) fn is_ours(name: &OsStr) -> bool {
    let name = name.as_encoded_bytes();
    name.starts_with(PREFIX.as_bytes()) && name.ends_with(SUFFIX.as_bytes())
}

/// The tag in the name of a post's file, which is not locked itself: its folder is. `None` for all others.
pub(super) fn tag(name: &OsStr) -> Option<&str> {
    let middle = name.to_str()?.strip_prefix(PREFIX)?.strip_suffix(SUFFIX)?;
    let is_hex = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_hexdigit());
    middle.split_once('-').filter(|(tag, number)| is_hex(tag) && is_hex(number)).map(|(tag, _)| tag)
}

/// Locks a file that was just made. False where another run took it for a killed run's: it has no name any more, or
/// soon has none.
pub(super) fn hold(file: &File, is_there: impl FnOnce() -> bool) -> bool {
    match file.try_lock() {
        Ok(()) => is_there(),
        Err(TryLockError::WouldBlock) => false,
        // Where files cannot be locked nothing is swept, and there is nothing to tell a living run by.
        Err(TryLockError::Error(_)) => true,
    }
}

/// Takes a file away if a killed run left it: nobody holds a lock on it.
pub(super) fn sweep(open: impl FnOnce() -> io::Result<File>, remove: impl FnOnce() -> io::Result<()>) {
    let Ok(file) = open() else { return };
    if file.try_lock().is_ok() {
        let _ = remove();
    }
    // Held until here: whoever has made it and not locked it yet finds it locked, or gone.
    drop(file);
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use std::fs;

    use super::*;

    #[test]
    fn a_file_that_was_swept_before_it_was_locked_is_known_to_be_lost() {
        let work = tempfile::tempdir().unwrap();
        let path = work.path().join("x");
        let is_there = || fs::symlink_metadata(&path).is_ok();
        let file = File::create_new(&path).unwrap();
        // In the middle of being swept.
        let sweeping = File::open(&path).unwrap();
        sweeping.try_lock().unwrap();
        assert!(!hold(&file, is_there));
        // And afterwards.
        drop(sweeping);
        sweep(|| File::open(&path), || fs::remove_file(&path));
        assert!(!hold(&file, is_there));
        // One that is held is nobody else's.
        let file = File::create_new(&path).unwrap();
        assert!(hold(&file, is_there));
        sweep(|| File::open(&path), || fs::remove_file(&path));
        assert!(is_there());
    }

    #[test]
    fn a_file_stays_locked_while_it_is_swept() {
        let work = tempfile::tempdir().unwrap();
        let path = work.path().join("x");
        let file = File::create_new(&path).unwrap();
        let remove = || {
            assert!(!hold(&file, || true), "somebody could hold what is about to go");
            fs::remove_file(&path)
        };
        sweep(|| File::open(&path), remove);
        assert!(!path.exists());
    }

    #[test]
    fn only_names_of_posts_have_tags() {
        let of = |name: &'static str| tag(OsStr::new(name));
        assert_eq!(of(".slugline-2f1a-7.tmp"), Some("2f1a"));
        for name in [".slugline-fix2f1a-7.tmp", ".slugline-feed~2f1a-7.tmp", ".slugline-~2f1a-7.tmp", "2f1a-7"] {
            assert_eq!(of(name), None, "{name}");
        }
    }
}
