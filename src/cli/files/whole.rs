//! One file that appears at its path whole, when it is finished, or not at all.

use std::{
    ffi::{OsStr, OsString},
    fs::{self, File, OpenOptions},
    io::{self, Write},
    path::{Path, PathBuf},
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicUsize, Ordering},
    },
};

use super::{
    behind::Behind,
    interrupt::{self, Watched, Work},
    place,
    temporary::{self, PREFIX, SUFFIX},
    unwritable::{read_only, unwritable},
};
use crate::error::{Error, ErrorKind};

/// Bytes after which a file that grows is brought to the disk: at the end little is left to wait for.
const STRIDE: usize = 16 << 20;

/// Bytes of a name from which on it does not stand in that of its temporary file: names may have 255.
const LONG: usize = 190;

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
        let target = if is_link { led_to(path)? } else { path.to_owned() };
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

/// The file that a symbolic link leads to, which need not be there yet; its folder must be.
fn led_to(link: &Path) -> Result<PathBuf, Error> {
    let target = match fs::canonicalize(link) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => followed(link),
        other => return other.map_err(|error| unwritable(link, &error)),
    };
    if folder_of(&target).is_dir() {
        return Ok(target);
    }
    let message = format!("is a link to {}, and there is no folder for that", target.display());
    let error = Error::new(ErrorKind::Output, message).help("make the folder first, or take the link away");
    Err(error.in_source(link.display().to_string()))
}

/// Where links lead whose end is not there. Those that lead in a ring have none.
fn followed(link: &Path) -> PathBuf {
    let mut target = link.to_owned();
    while let Ok(next) = fs::read_link(&target) {
        target = target.with_file_name(next);
    }
    target
}

fn folder_of(path: &Path) -> &Path {
    path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

/// A file beside `path` under a name of ours, locked as long as it is open. What a killed run left there is taken away.
fn create(path: &Path) -> io::Result<(PathBuf, File)> {
    create_by(path, |beside| OpenOptions::new().write(true).create_new(true).open(beside))
}

fn create_by(path: &Path, make: impl Fn(&Path) -> io::Result<File>) -> io::Result<(PathBuf, File)> {
    let name = path.file_name().ok_or(io::ErrorKind::IsADirectory)?;
    // With what is added a long name may be too long.
    let name = if name.len() <= LONG { name } else { OsStr::new("") };
    let folder = folder_of(path);
    sweep(folder, name);
    static NUMBER: AtomicUsize = AtomicUsize::new(0);
    for _ in 0..temporary::MOST_LOST {
        let number = NUMBER.fetch_add(1, Ordering::Relaxed);
        let mut own = begun(name);
        own.push(format!("{}-{number:x}{SUFFIX}", temporary::of_this_run()));
        let beside = folder.join(own);
        let file = match make(&beside) {
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => continue,
            other => other?,
        };
        if temporary::hold(&file, || fs::symlink_metadata(&beside).is_ok()) {
            return Ok((beside, file));
        }
        // Nobody else makes this name, so it is ours to take away, too.
        let _ = fs::remove_file(&beside);
    }
    Err(io::ErrorKind::ResourceBusy.into())
}

/// How names of temporary files of a file begin. The sign keeps them apart from those of posts.
fn begun(name: &OsStr) -> OsString {
    let mut begun = OsString::from(PREFIX);
    begun.push(name);
    begun.push("~");
    begun
}

/// Takes away temporary files of that name that a killed run left, also one of a name without anything of a run.
fn sweep(folder: &Path, name: &OsStr) {
    let begun = begun(name);
    let (begun, whole) = (begun.as_encoded_bytes(), [PREFIX.as_bytes(), name.as_encoded_bytes(), SUFFIX.as_bytes()]);
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let own = entry.file_name();
        let bytes = own.as_encoded_bytes();
        let is_of_name = temporary::is_ours(&own) && bytes.starts_with(begun) || bytes == whole.concat();
        if is_of_name && temporary::tag(&own).is_none() && entry.file_type().is_ok_and(|kind| kind.is_file()) {
            temporary::sweep(|| File::open(entry.path()), || fs::remove_file(entry.path()));
        }
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

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use std::cell::Cell;

    use super::*;

    #[test]
    fn a_file_that_another_run_sweeps_when_it_is_made_is_made_anew() {
        let work = tempfile::tempdir().unwrap();
        let path = work.path().join("out.json");
        let (made, other) = (Cell::new(0), Cell::new(None));
        let make = |beside: &Path| {
            let file = OpenOptions::new().write(true).create_new(true).open(beside)?;
            made.set(made.get() + 1);
            if made.get() == 1 {
                // Another run sweeps it, and makes its own, before this one has locked it.
                other.set(Some(create(&path)?));
            }
            Ok(file)
        };
        let (ours, _held) = create_by(&path, make).unwrap();
        let (theirs, _also) = other.take().unwrap();
        assert_eq!(made.get(), 2);
        assert!(ours != theirs && ours.exists() && theirs.exists(), "{} {}", ours.display(), theirs.display());
        assert_eq!(fs::read_dir(work.path()).unwrap().count(), 2);
    }

    #[test]
    fn long_names_have_room_and_what_was_left_of_them_is_swept() {
        let work = tempfile::tempdir().unwrap();
        for name in ["x".repeat(LONG), "x".repeat(LONG + 1), "x".repeat(255)] {
            let path = work.path().join(name);
            drop(create(&path).unwrap());
            let (beside, _held) = create(&path).unwrap();
            assert_eq!(fs::read_dir(work.path()).unwrap().count(), 1, "what was left is gone");
            fs::remove_file(beside).unwrap();
        }
    }
}
