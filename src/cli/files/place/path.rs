//! Folders by their paths, each part looked at before it is used: where a system has nothing better, and for files
//! that the user's own paths name.

use std::{
    ffi::{OsStr, OsString},
    fs::{self, File, OpenOptions},
    io,
    path::{Component, Path, PathBuf},
};

use super::{Kind, Place, no_folder, no_plain_file, unless_unable};

/// A folder by its path.
#[derive(Debug)]
pub(in super::super) struct ByPath {
    /// `None` for any: paths are taken as they are.
    root: Option<PathBuf>,
    /// A folder of each file system that was met, where all of one can be brought to the disk at once.
    #[cfg(target_os = "linux")]
    systems: std::sync::Mutex<std::collections::HashMap<u64, File>>,
}

impl ByPath {
    /// The folder at that path.
    #[cfg_attr(unix, allow(dead_code))]
    pub(in super::super) fn below(root: &Path) -> Self {
        ByPath { root: Some(root.to_owned()), ..ByPath::anywhere() }
    }

    /// Any folder, by a path without symbolic links.
    pub(in super::super) fn anywhere() -> Self {
        ByPath {
            root: None,
            #[cfg(target_os = "linux")]
            systems: std::sync::Mutex::default(),
        }
    }
}

impl ByPath {
    #[cfg(target_os = "linux")]
    fn meet(&self, folder: &Path) {
        use std::os::unix::fs::MetadataExt;
        let Ok(about) = fs::metadata(folder) else { return };
        let mut systems = self.systems.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        if let std::collections::hash_map::Entry::Vacant(entry) = systems.entry(about.dev())
            && let Ok(folder) = File::open(folder)
        {
            entry.insert(folder);
        }
    }

    #[cfg(not(target_os = "linux"))]
    fn meet(&self, _folder: &Path) {}
}

#[cfg(not(unix))]
impl ByPath {
    /// The folder at that path.
    pub(in super::super) fn open(root: &Path) -> io::Result<Self> {
        if fs::metadata(root)?.is_dir() { Ok(ByPath::below(root)) } else { Err(no_folder()) }
    }
}

impl Place for ByPath {
    type Folder = PathBuf;

    fn folder(&self, below: &Path, make: bool) -> io::Result<Self::Folder> {
        let Some(root) = &self.root else {
            self.meet(below);
            return Ok(below.to_owned());
        };
        let mut here = root.clone();
        for part in below.components() {
            let Component::Normal(part) = part else { return Err(no_folder()) };
            here.push(part);
            match fs::symlink_metadata(&here) {
                Ok(about) if about.is_dir() => {}
                Ok(_) => return Err(no_folder()),
                Err(error) if error.kind() == io::ErrorKind::NotFound && make => fs::create_dir(&here)?,
                Err(error) => return Err(error),
            }
        }
        self.meet(&here);
        Ok(here)
    }

    fn list(&self, folder: &Self::Folder) -> io::Result<Vec<(OsString, Kind)>> {
        let mut entries = Vec::new();
        for entry in fs::read_dir(folder)? {
            let entry = entry?;
            let kind = if entry.file_type()?.is_dir() { Kind::Folder } else { Kind::Other };
            entries.push((entry.file_name(), kind));
        }
        Ok(entries)
    }

    fn open(&self, folder: &Self::Folder, name: &OsStr) -> io::Result<File> {
        let path = folder.join(name);
        if fs::symlink_metadata(&path)?.is_file() { File::open(path) } else { Err(no_plain_file()) }
    }

    fn create(&self, folder: &Self::Folder, name: &OsStr) -> io::Result<File> {
        OpenOptions::new().write(true).create_new(true).open(folder.join(name))
    }

    fn rename(&self, folder: &Self::Folder, from: &OsStr, to: &OsStr, new: bool) -> io::Result<()> {
        let to = folder.join(to);
        if new && fs::symlink_metadata(&to).is_ok() {
            return Err(io::ErrorKind::AlreadyExists.into());
        }
        fs::rename(folder.join(from), to)
    }

    fn remove(&self, folder: &Self::Folder, name: &OsStr) -> io::Result<()> {
        fs::remove_file(folder.join(name))
    }

    fn sync(&self, folder: &Self::Folder, name: &OsStr) -> io::Result<()> {
        let path = folder.join(name);
        // Windows flushes only what is open for writing; a file that is to be read-only is not, elsewhere.
        let file = if cfg!(windows) { OpenOptions::new().write(true).open(path) } else { File::open(path) };
        file?.sync_all()
    }

    fn sync_folder(&self, folder: &Self::Folder) -> io::Result<()> {
        if cfg!(windows) {
            return Ok(());
        }
        match File::open(folder) {
            // One may write in it and not look at it.
            Err(error) if error.kind() == io::ErrorKind::PermissionDenied => Ok(()),
            other => unless_unable(other?.sync_all()),
        }
    }

    #[cfg(target_os = "linux")]
    fn sync_all(&self) -> Option<io::Result<()>> {
        let systems = self.systems.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        let synced = systems.values().try_for_each(|folder| Ok(rustix::fs::syncfs(folder)?));
        (!systems.is_empty()).then_some(synced)
    }

    #[cfg(not(target_os = "linux"))]
    fn sync_all(&self) -> Option<io::Result<()>> {
        None
    }
}
