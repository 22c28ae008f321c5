//! One file that appears at its path whole, when it is finished, or not at all.

use std::{
    ffi::OsString,
    fs::{self, File, OpenOptions, TryLockError},
    io::{self, Write},
    path::{Path, PathBuf},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use super::{
    batch::{Changed, PREFIX, ReadOnly, SUFFIX, read_only},
    behind::Behind,
    interrupt::{self, Watched, Work},
    place,
};
use crate::error::{Error, ErrorKind};

/// Bytes after which a file that grows is brought to the disk: at the end little is left to wait for.
const STRIDE: usize = 16 << 20;

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

/// A file that appears at its path whole, when it is finished; dropped before, it leaves nothing.
#[derive(Debug)]
pub(crate) struct WholeFile {
    path: PathBuf,
    file: Behind<Growing>,
    // After the file, which is let go first.
    temporary: Temporary,
}

/// The file under a name of ours, while there is one.
#[derive(Debug)]
struct Temporary {
    shared: Arc<Shared>,
    _watched: Watched,
}

#[derive(Debug)]
struct Shared {
    path: PathBuf,
    /// The temporary file; `None` when it has got its place or is gone.
    temporary: Mutex<Option<PathBuf>>,
}

impl Shared {
    fn lock(&self) -> MutexGuard<'_, Option<PathBuf>> {
        self.temporary.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn remove(temporary: &mut Option<PathBuf>) {
        if let Some(temporary) = temporary.take() {
            let _ = fs::remove_file(temporary);
        }
    }
}

impl Work for Shared {
    fn give_up(&self) -> Option<String> {
        let mut temporary = self.lock();
        let is_under_way = temporary.is_some();
        Self::remove(&mut temporary);
        std::mem::forget(temporary);
        is_under_way.then(|| format!("interrupted: {} was left as it was", self.path.display()))
    }
}

impl Drop for Temporary {
    fn drop(&mut self) {
        Shared::remove(&mut self.shared.lock());
    }
}

/// A file that is brought to the disk while it grows.
#[derive(Debug)]
struct Growing {
    file: File,
    since: usize,
}

impl Write for Growing {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let count = self.file.write(bytes)?;
        self.since += count;
        if self.since >= STRIDE {
            self.file.sync_data()?;
            self.since = 0;
        }
        Ok(count)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl WholeFile {
    /// Begins a file beside `path`. A symbolic link stays one: the file that it leads to is written.
    pub(crate) fn create(path: &Path) -> Result<Self, Error> {
        let failed = |error: &io::Error| unwritable(path, error);
        let is_link = fs::symlink_metadata(path).is_ok_and(|about| about.is_symlink());
        let target = if is_link { fs::canonicalize(path).map_err(|error| failed(&error))? } else { path.to_owned() };
        // A file that is replaced keeps its owner and mode; a new one gets the usual ones.
        let about = fs::metadata(&target).ok().filter(fs::Metadata::is_file);
        if about.as_ref().is_some_and(|about| about.permissions().readonly()) {
            return Err(failed(&read_only()));
        }
        let (beside, file) = create(&target).map_err(|error| failed(&error))?;
        let shared = Arc::new(Shared { path: path.to_owned(), temporary: Mutex::new(Some(beside)) });
        let temporary = Temporary { _watched: interrupt::watch(Arc::clone(&shared) as Arc<dyn Work>), shared };
        if let Some(about) = about {
            place::dress(&file, &about).map_err(|error| failed(&error))?;
        }
        Ok(WholeFile { path: target, file: Behind::new(Growing { file, since: 0 }), temporary })
    }

    /// Adds bytes.
    pub(crate) fn write(&mut self, bytes: &[u8]) -> Result<(), Error> {
        self.file.write(bytes).map_err(|error| unwritable(&self.path, &error))
    }

    /// Puts the file at its path.
    pub(crate) fn finish(self) -> Result<(), Error> {
        let WholeFile { path, file, temporary } = self;
        let failed = |error: io::Error| unwritable(&path, &error);
        let file = file.finish().map_err(failed)?.file;
        file.sync_all().map_err(failed)?;
        {
            let mut under_way = temporary.shared.lock();
            if let Some(beside) = &*under_way {
                fs::rename(beside, &path).map_err(failed)?;
                *under_way = None;
            }
        }
        // The lock on it goes with the file: until here it is no killed run's.
        drop(file);
        sync_folder(folder_of(&path)).map_err(failed)
    }
}

/// Brings the names in a folder to the disk, where that can be done.
fn sync_folder(folder: &Path) -> io::Result<()> {
    use place::Place;
    place::ByPath::anywhere().sync_folder(&folder.to_owned())
}

fn folder_of(path: &Path) -> &Path {
    path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

/// A file beside `path` under a name of ours, locked as long as it is open. What a killed run left there is replaced.
fn create(path: &Path) -> io::Result<(PathBuf, File)> {
    let mut name = OsString::from(PREFIX);
    name.push(path.file_name().ok_or(io::ErrorKind::IsADirectory)?);
    // Where that name is too long or somebody's, a number does.
    let own = name.len() <= 240;
    let folder = folder_of(path);
    for number in 0..1_000 {
        let mut name = if own { name.clone() } else { OsString::from(format!("{PREFIX}{}", std::process::id())) };
        if number > 0 {
            name.push(format!("-{number}"));
        }
        name.push(SUFFIX);
        let beside = folder.join(name);
        for _ in 0..2 {
            match OpenOptions::new().write(true).create_new(true).open(&beside) {
                Ok(file) => {
                    // Where files cannot be locked there is nothing to tell a living run by.
                    let _ = file.try_lock();
                    return Ok((beside, file));
                }
                Err(error) if error.kind() == io::ErrorKind::AlreadyExists && is_left(&beside) => {
                    fs::remove_file(&beside)?;
                }
                Err(error) if error.kind() == io::ErrorKind::AlreadyExists => break,
                Err(error) => return Err(error),
            }
        }
    }
    Err(io::ErrorKind::AlreadyExists.into())
}

/// Whether a temporary file is a killed run's: a living one holds a lock on it.
pub(super) fn is_left(beside: &Path) -> bool {
    if !fs::symlink_metadata(beside).is_ok_and(|about| about.is_file()) {
        return false;
    }
    let Ok(file) = File::open(beside) else { return false };
    match file.try_lock() {
        Ok(()) => true,
        Err(TryLockError::WouldBlock | TryLockError::Error(_)) => false,
    }
}

/// Writes a file that is not there yet, with the folders above it.
pub(crate) fn new_file(path: &Path, bytes: &[u8]) -> Result<(), Error> {
    if fs::symlink_metadata(path).is_ok() {
        let error = Error::new(ErrorKind::Output, "is there already, and was left as it is");
        return Err(error.help("name another file, or move it away").in_source(path.display().to_string()));
    }
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder).map_err(|error| unwritable(path, &error))?;
    }
    let mut file = WholeFile::create(path)?;
    file.write(bytes)?;
    file.finish()
}
