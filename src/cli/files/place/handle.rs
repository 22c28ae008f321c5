//! Folders by their descriptors: each is opened from the one above it, and no symbolic link is followed, so that what
//! was checked is what is used.

use std::{
    collections::HashMap,
    ffi::{OsStr, OsString},
    fs::File,
    io,
    os::fd::{AsFd, OwnedFd},
    path::{Component, Path},
    sync::{Arc, Mutex, PoisonError},
};

use rustix::{
    fs::{self, AtFlags, Dir, FileType, Mode, OFlags},
    io::Errno,
};

use super::{Kind, Place, no_folder, no_plain_file, unless_unable};

const FOLDER: OFlags = OFlags::RDONLY.union(OFlags::DIRECTORY).union(OFlags::CLOEXEC);

/// A folder by its descriptor. The path to it may lead over symbolic links: the user named it.
#[derive(Debug)]
pub(in super::super) struct ByHandle {
    root: Arc<OwnedFd>,
    /// A folder of each file system that was met below.
    systems: Mutex<HashMap<u64, Arc<OwnedFd>>>,
}

impl ByHandle {
    /// The folder at that path.
    pub(in super::super) fn open(root: &Path) -> io::Result<Self> {
        let root = Arc::new(fs::open(root, FOLDER, Mode::empty())?);
        let place = ByHandle { root, systems: Mutex::default() };
        place.meet(&place.root)?;
        Ok(place)
    }

    /// The folder as a file, to lock it by.
    pub(in super::super) fn as_file(&self) -> io::Result<File> {
        Ok(File::from(self.root.try_clone()?))
    }

    /// A number that the folder has as long as it is there.
    pub(in super::super) fn number(&self) -> io::Result<u64> {
        Ok(fs::fstat(&self.root)?.st_ino as u64)
    }

    fn meet(&self, folder: &Arc<OwnedFd>) -> io::Result<()> {
        let system = fs::fstat(folder)?.st_dev as u64;
        let mut systems = self.systems.lock().unwrap_or_else(PoisonError::into_inner);
        systems.entry(system).or_insert_with(|| Arc::clone(folder));
        Ok(())
    }
}

impl Place for ByHandle {
    type Folder = Arc<OwnedFd>;

    fn folder(&self, below: &Path, make: bool) -> io::Result<Self::Folder> {
        let mut here = Arc::clone(&self.root);
        for part in below.components() {
            let Component::Normal(part) = part else { return Err(no_folder()) };
            let open = || fs::openat(&here, part, FOLDER | OFlags::NOFOLLOW, Mode::empty());
            let next = match open() {
                Err(Errno::NOENT) if make => {
                    match fs::mkdirat(&here, part, Mode::from_raw_mode(0o777)) {
                        // Somebody else made it meanwhile.
                        Ok(()) | Err(Errno::EXIST) => {}
                        Err(error) => return Err(error.into()),
                    }
                    open()
                }
                other => other,
            };
            here = match next {
                Ok(next) => Arc::new(next),
                Err(Errno::LOOP | Errno::NOTDIR) => return Err(no_folder()),
                Err(error) => return Err(error.into()),
            };
        }
        self.meet(&here)?;
        Ok(here)
    }

    fn list(&self, folder: &Self::Folder) -> io::Result<Vec<(OsString, Kind)>> {
        use std::os::unix::ffi::OsStrExt;
        let mut entries = Vec::new();
        for entry in Dir::read_from(folder)? {
            let entry = entry?;
            let name = entry.file_name();
            if matches!(name.to_bytes(), b"." | b"..") {
                continue;
            }
            let kind = match entry.file_type() {
                FileType::Unknown => {
                    FileType::from_raw_mode(fs::statat(folder, name, AtFlags::SYMLINK_NOFOLLOW)?.st_mode)
                }
                known => known,
            };
            let kind = if kind == FileType::Directory { Kind::Folder } else { Kind::Other };
            entries.push((OsStr::from_bytes(name.to_bytes()).to_owned(), kind));
        }
        Ok(entries)
    }

    fn open(&self, folder: &Self::Folder, name: &OsStr) -> io::Result<File> {
        // Even to open a pipe or a device for a look at it can have consequences.
        let about = fs::statat(folder, name, AtFlags::SYMLINK_NOFOLLOW)?;
        if FileType::from_raw_mode(about.st_mode) != FileType::RegularFile {
            return Err(no_plain_file());
        }
        let flags = OFlags::RDONLY | OFlags::NOFOLLOW | OFlags::NONBLOCK | OFlags::NOCTTY | OFlags::CLOEXEC;
        let file = File::from(fs::openat(folder, name, flags, Mode::empty())?);
        if file.metadata()?.is_file() { Ok(file) } else { Err(no_plain_file()) }
    }

    fn create(&self, folder: &Self::Folder, name: &OsStr) -> io::Result<File> {
        let flags = OFlags::WRONLY | OFlags::CREATE | OFlags::EXCL | OFlags::NOFOLLOW | OFlags::CLOEXEC;
        Ok(File::from(fs::openat(folder, name, flags, Mode::from_raw_mode(0o666))?))
    }

    fn rename(&self, folder: &Self::Folder, from: &OsStr, to: &OsStr, new: bool) -> io::Result<()> {
        if new {
            #[cfg(any(target_os = "linux", target_os = "android", target_vendor = "apple"))]
            match fs::renameat_with(folder, from, folder, to, fs::RenameFlags::NOREPLACE) {
                // The file system has no such renaming.
                Err(Errno::INVAL | Errno::NOSYS | Errno::NOTSUP) => {}
                other => return Ok(other?),
            }
            if fs::statat(folder, to, AtFlags::SYMLINK_NOFOLLOW).is_ok() {
                return Err(io::ErrorKind::AlreadyExists.into());
            }
        }
        Ok(fs::renameat(folder, from, folder, to)?)
    }

    fn remove(&self, folder: &Self::Folder, name: &OsStr) -> io::Result<()> {
        Ok(fs::unlinkat(folder, name, AtFlags::empty())?)
    }

    fn sync(&self, folder: &Self::Folder, name: &OsStr) -> io::Result<()> {
        self.open(folder, name)?.sync_all()
    }

    fn sync_folder(&self, folder: &Self::Folder) -> io::Result<()> {
        unless_unable(fs::fsync(folder.as_fd()).map_err(io::Error::from))
    }

    #[cfg(target_os = "linux")]
    fn sync_all(&self) -> Option<io::Result<()>> {
        let systems = self.systems.lock().unwrap_or_else(PoisonError::into_inner);
        Some(systems.values().try_for_each(|folder| Ok(fs::syncfs(folder)?)))
    }

    #[cfg(not(target_os = "linux"))]
    fn sync_all(&self) -> Option<io::Result<()>> {
        None
    }
}
