//! A folder, and what is done with the files below it. Nothing that is done through one leads outside: symbolic links
//! on the way are refused, also those that somebody puts there in the middle of a run.

use std::{
    ffi::{OsStr, OsString},
    fs::{File, Metadata},
    io::{self, Write},
    path::Path,
};

#[cfg(unix)]
mod handle;
mod path;

#[cfg(unix)]
pub(super) use handle::ByHandle as Below;
pub(super) use path::ByPath;
#[cfg(not(unix))]
pub(super) use path::ByPath as Below;

/// What an entry of a folder is; a symbolic link is one, whatever it leads to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// A folder.
    Folder,
    /// A plain file, or what is neither: a link, a pipe, a device.
    Other,
}

/// A folder, and what is done with the files below it. Names are those of entries, never paths.
pub(super) trait Place: Send + Sync + 'static {
    /// One of the folders, at hand.
    type Folder: Send;

    /// The folder at that path below, `""` for the first; made where it is not there, if that is asked for.
    fn folder(&self, below: &Path, make: bool) -> io::Result<Self::Folder>;

    /// What is in a folder.
    fn list(&self, folder: &Self::Folder) -> io::Result<Vec<(OsString, Kind)>>;

    /// Opens a plain file for reading; nothing else is ever opened.
    fn open(&self, folder: &Self::Folder, name: &OsStr) -> io::Result<File>;

    /// Makes a file that is not there yet.
    fn create(&self, folder: &Self::Folder, name: &OsStr) -> io::Result<File>;

    /// Adds bytes to a file that was made.
    fn write(&self, file: &mut File, bytes: &[u8]) -> io::Result<()> {
        file.write_all(bytes)
    }

    /// Puts a file in the place of another, or, if `new`, where none is.
    fn rename(&self, folder: &Self::Folder, from: &OsStr, to: &OsStr, new: bool) -> io::Result<()>;

    /// Takes a file away.
    fn remove(&self, folder: &Self::Folder, name: &OsStr) -> io::Result<()>;

    /// Waits until the bytes of a file are on the disk.
    fn sync(&self, folder: &Self::Folder, name: &OsStr) -> io::Result<()>;

    /// Waits until the names in a folder are on the disk.
    fn sync_folder(&self, folder: &Self::Folder) -> io::Result<()>;

    /// Waits until all that was written below is on the disk, in one go; `None` where a system cannot do that.
    fn sync_all(&self) -> Option<io::Result<()>>;
}

/// Gives a file that is to replace another its owner and mode. An owner that may not be given stays ours, as with every
/// editor; a mode that may not is an error.
pub(super) fn dress(file: &File, about: &Metadata) -> io::Result<()> {
    #[cfg(unix)]
    {
        use std::os::unix::fs::{MetadataExt, fchown};
        let own = file.metadata()?;
        if (own.uid(), own.gid()) != (about.uid(), about.gid()) {
            let _ = fchown(file, Some(about.uid()), Some(about.gid()));
        }
    }
    file.set_permissions(about.permissions())
}

/// What is said of a path that leads through something that is no folder.
fn no_folder() -> io::Error {
    io::ErrorKind::NotADirectory.into()
}

/// What is said of what is no plain file.
fn no_plain_file() -> io::Error {
    io::Error::new(io::ErrorKind::InvalidInput, "it is no plain file")
}

/// Some file systems cannot flush a folder, and say so: nothing is to be done about it.
fn unless_unable(done: io::Result<()>) -> io::Result<()> {
    match done {
        Err(error) if matches!(error.kind(), io::ErrorKind::InvalidInput | io::ErrorKind::Unsupported) => Ok(()),
        other => other,
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use std::fs;

    fn keeps_to_its_folder<P: Place>(open: impl Fn(&Path) -> P) {
        let work = tempfile::tempdir().unwrap();
        let (root, outside) = (work.path().join("root"), work.path().join("outside"));
        fs::create_dir(&root).unwrap();
        fs::create_dir(&outside).unwrap();
        fs::write(outside.join("secret"), "s").unwrap();
        let place = open(&root);
        let here = place.folder(Path::new(""), false).unwrap();
        let deep = place.folder(Path::new("a/b"), true).unwrap();
        assert!(place.folder(Path::new("a/c"), false).is_err());
        let mut file = place.create(&deep, OsStr::new("x")).unwrap();
        place.write(&mut file, b"one").unwrap();
        assert!(place.create(&deep, OsStr::new("x")).is_err(), "made once");
        place.sync(&deep, OsStr::new("x")).unwrap();
        place.rename(&deep, OsStr::new("x"), OsStr::new("y"), true).unwrap();
        place.sync_folder(&deep).unwrap();
        assert!(place.sync_all().is_none_or(|done| done.is_ok()));
        assert_eq!(fs::read(root.join("a/b/y")).unwrap(), b"one");
        place.create(&deep, OsStr::new("x")).unwrap();
        let refused = place.rename(&deep, OsStr::new("x"), OsStr::new("y"), true).unwrap_err();
        assert_eq!(refused.kind(), io::ErrorKind::AlreadyExists);
        place.rename(&deep, OsStr::new("x"), OsStr::new("y"), false).unwrap();
        assert_eq!(fs::read(root.join("a/b/y")).unwrap(), b"");
        assert_eq!(place.list(&here).unwrap(), [(OsString::from("a"), Kind::Folder)]);
        place.remove(&deep, OsStr::new("y")).unwrap();
        #[cfg(unix)]
        {
            std::os::unix::fs::symlink(&outside, root.join("link")).unwrap();
            std::os::unix::fs::symlink(outside.join("secret"), root.join("file")).unwrap();
            let refused = place.folder(Path::new("link"), true).err().unwrap();
            assert_eq!(refused.kind(), io::ErrorKind::NotADirectory);
            assert_eq!(place.folder(Path::new("file"), true).err().unwrap().kind(), io::ErrorKind::NotADirectory);
            assert!(place.open(&here, OsStr::new("file")).is_err());
            assert!(place.create(&here, OsStr::new("file")).is_err());
        }
        assert!(place.folder(Path::new("../outside"), true).is_err());
        assert_eq!(fs::read(outside.join("secret")).unwrap(), b"s");
    }

    #[test]
    fn paths_keep_to_their_folder() {
        keeps_to_its_folder(ByPath::below);
    }

    #[cfg(unix)]
    #[test]
    fn handles_keep_to_their_folder() {
        keeps_to_its_folder(|root| Below::open(root).unwrap());
    }

    #[cfg(unix)]
    #[test]
    fn a_pipe_is_never_opened() {
        let work = tempfile::tempdir().unwrap();
        let made = std::process::Command::new("mkfifo").arg(work.path().join("pipe")).status();
        if !made.is_ok_and(|status| status.success()) {
            return;
        }
        let place = Below::open(work.path()).unwrap();
        let here = place.folder(Path::new(""), false).unwrap();
        // Would wait for ever.
        assert!(place.open(&here, OsStr::new("pipe")).is_err());
    }

    /// Another thread puts a link where the folder was, over and over: nothing is ever made outside.
    #[cfg(unix)]
    #[test]
    fn a_link_that_is_swapped_in_leads_nowhere() {
        use std::sync::atomic::{AtomicBool, Ordering};
        let work = tempfile::tempdir().unwrap();
        let (root, outside) = (work.path().join("root"), work.path().join("outside"));
        fs::create_dir_all(root.join("real")).unwrap();
        fs::create_dir(&outside).unwrap();
        std::os::unix::fs::symlink(&outside, root.join("link")).unwrap();
        let place = Below::open(&root).unwrap();
        let done = AtomicBool::new(false);
        let (mut made, mut refused) = (0, 0);
        std::thread::scope(|scope| {
            scope.spawn(|| {
                while !done.load(Ordering::Relaxed) {
                    for (first, then) in [("real", "kept"), ("link", "real"), ("real", "link"), ("kept", "real")] {
                        fs::rename(root.join(first), root.join(then)).unwrap();
                    }
                }
            });
            for number in 0..10_000 {
                let name = OsString::from(number.to_string());
                let folder = place.folder(Path::new("real"), false);
                match folder.and_then(|folder| place.create(&folder, &name)) {
                    Ok(_) => made += 1,
                    Err(_) => refused += 1,
                }
            }
            done.store(true, Ordering::Relaxed);
        });
        assert_eq!(made + refused, 10_000);
        assert_eq!(fs::read_dir(&outside).unwrap().count(), 0, "{made} made, {refused} refused");
    }
}
