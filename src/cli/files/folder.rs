//! A folder of posts that is written to: by one run at a time, each post whole or absent, none outside of it.

use std::{
    cell::{Cell, RefCell},
    ffi::OsStr,
    fs::{self, File, TryLockError},
    io::{self, Read},
    path::{Path, PathBuf},
    sync::{
        Arc, Mutex,
        atomic::{AtomicBool, AtomicUsize, Ordering},
    },
};

use self::writing::{Post, Threads, Writing};
use super::{
    batch::{Batch, Before},
    interrupt::{self, Watched, Work},
    place::{Below, Kind, Place},
    read::unreadable,
    temporary,
    unwritable::unwritable,
};
use crate::{
    cli::progress,
    convert::{
        Lines,
        index::{self, Sum},
    },
    error::{Error, ErrorKind},
};

mod writing;

/// Posts from which on threads that write are worth their start.
const MANY: usize = 64;

/// A folder of posts.
#[derive(Debug)]
pub(crate) struct OutputFolder {
    root: PathBuf,
    dry_run: bool,
    /// Posts that there are to write.
    expected: usize,
    /// `None` as long as there is no such folder.
    open: Option<Open>,
    /// Whether there was no file in it when the run began.
    was_empty: Cell<bool>,
    /// The file that was read last, and what was in it: what a post is to replace.
    read: RefCell<Option<(String, Vec<u8>)>>,
}

/// A folder that is there.
#[derive(Debug)]
struct Open {
    writing: Arc<Writing>,
    /// Whether nobody else is writing to it: then temporary files are a killed run's.
    locked: bool,
    _lock: Option<File>,
    threads: Option<Threads>,
    posts: usize,
    _watched: Option<Watched>,
}

impl OutputFolder {
    /// The folder at that path, which may lead over symbolic links: the user named it.
    pub(crate) fn new(root: &Path, dry_run: bool) -> Result<Self, Error> {
        if fs::metadata(root).is_ok_and(|about| !about.is_dir()) {
            return Err(Error::new(ErrorKind::Usage, "is a file, and posts need a folder")
                .in_source(root.display().to_string()));
        }
        let mut folder = OutputFolder {
            root: root.to_owned(),
            dry_run,
            expected: 0,
            open: None,
            was_empty: Cell::new(false),
            read: RefCell::default(),
        };
        match Below::open(root) {
            Ok(place) => folder.open = Some(folder.opened(place)?),
            Err(error) if error.kind() == io::ErrorKind::NotFound => {}
            Err(error) => return Err(unreadable(&error).in_source(root.display().to_string())),
        }
        Ok(folder)
    }

    /// Locks the folder, and gets ready to write.
    fn opened(&self, place: Below) -> Result<Open, Error> {
        let lock = if self.dry_run { None } else { self.lock(&place)? };
        let tag = tag(&place, lock.is_some());
        let batch = Batch::new(place, tag, false);
        let writing = Arc::new(Writing {
            root: self.root.clone(),
            batch,
            expected: AtomicUsize::new(self.expected),
            others: AtomicUsize::new(0),
            failed: AtomicBool::new(false),
            failures: Mutex::default(),
        });
        let watched = (!self.dry_run).then(|| interrupt::watch(Arc::clone(&writing) as Arc<dyn Work>));
        Ok(Open { writing, locked: lock.is_some(), _lock: lock, threads: None, posts: 0, _watched: watched })
    }

    /// Holds the folder for this run. The system lets go of it when the process ends, however it does. `None` where a
    /// file system has no locks.
    fn lock(&self, place: &Below) -> Result<Option<File>, Error> {
        let Ok(file) = lock_file(&self.root, place) else { return Ok(None) };
        match file.try_lock() {
            Ok(()) => Ok(Some(file)),
            Err(TryLockError::WouldBlock) => {
                let error = Error::new(ErrorKind::Output, "another run of slugline is writing to this folder");
                Err(error.help("wait until it has ended, and run again").in_source(self.root.display().to_string()))
            }
            Err(TryLockError::Error(_)) => Ok(None),
        }
    }

    /// Says how many posts are to be written, at most.
    pub(crate) fn expect(&mut self, posts: usize) {
        progress::expect(posts);
        self.expected = posts;
        if let Some(open) = &self.open {
            open.writing.expected.store(posts, Ordering::Relaxed);
        }
    }

    /// The files below, relative to the folder, with `/`. What a killed run left is swept.
    pub(crate) fn existing(&self) -> Result<Vec<String>, Error> {
        let Some(open) = &self.open else {
            self.was_empty.set(true);
            return Ok(Vec::new());
        };
        let place = open.writing.batch.place();
        let mut files = Vec::new();
        let mut folders = vec![PathBuf::new()];
        while let Some(below) = folders.pop() {
            let failed = |error: io::Error| unreadable(&error).in_source(self.root.join(&below).display().to_string());
            let folder = place.folder(&below, false).map_err(failed)?;
            for (name, kind) in place.list(&folder).map_err(failed)? {
                if kind == Kind::Folder {
                    folders.push(below.join(name));
                } else if is_temporary(&name) {
                    if open.locked {
                        sweep(open.writing.batch.tag(), place, &folder, &name);
                    }
                } else {
                    let path = below.join(name);
                    let parts: Vec<_> = path.iter().map(|part| part.to_string_lossy()).collect();
                    files.push(parts.join("/"));
                }
            }
        }
        self.was_empty.set(files.is_empty());
        Ok(files)
    }

    /// The bytes of a file below; `None` where there is no plain file of that name.
    pub(crate) fn read(&self, name: &str) -> Result<Option<Vec<u8>>, Error> {
        self.read.replace(None);
        // A file that somebody puts there meanwhile is not replaced either: a post that is new takes no other's name.
        let Some(open) = self.open.as_ref().filter(|_| !self.was_empty.get()) else { return Ok(None) };
        let failed = |error: &io::Error| unreadable(error).in_source(self.root.join(name).display().to_string());
        let place = open.writing.batch.place();
        let path = Path::new(name);
        let Some(file_name) = path.file_name() else { return Ok(None) };
        let file = place
            .folder(path.parent().unwrap_or(Path::new("")), false)
            .and_then(|folder| place.open(&folder, file_name));
        let mut file = match file {
            Ok(file) => file,
            Err(error) if error.kind() == io::ErrorKind::PermissionDenied => return Err(failed(&error)),
            Err(_) => return Ok(None),
        };
        let mut bytes = Vec::new();
        file.read_to_end(&mut bytes).map_err(|error| failed(&error))?;
        self.read.replace(Some((name.to_owned(), bytes.clone())));
        Ok(Some(bytes))
    }

    /// The file in which is kept what was imported.
    pub(crate) fn index(&self) -> Result<Option<Box<dyn Read>>, Error> {
        let Some(open) = &self.open else { return Ok(None) };
        let place = open.writing.batch.place();
        let path = self.root.join(index::NAME).display().to_string();
        let here = place.folder(Path::new(""), false).map_err(|error| unreadable(&error).in_source(&path))?;
        match place.open(&here, OsStr::new(index::NAME)) {
            Ok(file) => Ok(Some(Box::new(file))),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            // Through a link the file of another folder would be read, and then replaced by a copy.
            Err(error) if error.kind() == io::ErrorKind::InvalidInput => {
                let error = Error::new(ErrorKind::Output, "is no plain file");
                Err(error.help("slugline keeps there what it imported; move it away").in_source(path))
            }
            Err(error) => Err(unreadable(&error).in_source(path)),
        }
    }

    /// Writes that file, when all posts that were given before stand. What is known only of posts that do not is never
    /// written down.
    pub(crate) fn put_index(&mut self, before: Option<Sum>, lines: &mut Lines<'_>) -> Result<(), Error> {
        self.finish()?;
        if self.dry_run {
            return Ok(());
        }
        let before = before.map_or(Before::Nothing, Before::Sum);
        let open = self.open()?;
        open.posts += 1;
        let writing = Arc::clone(&open.writing);
        if let Err(failure) = writing.batch.put_in_pieces(PathBuf::from(index::NAME), lines, before) {
            writing.fail(vec![failure]);
        }
        writing.settle();
        writing.trouble()?;
        writing.others.fetch_add(1, Ordering::Relaxed);
        Ok(())
    }

    /// The folder, which is made where it is not there.
    fn open(&mut self) -> Result<&mut Open, Error> {
        let open = match self.open.take() {
            Some(open) => open,
            None => {
                let failed = |error: io::Error| unwritable(&self.root, &error);
                fs::create_dir_all(&self.root).map_err(failed)?;
                self.opened(Below::open(&self.root).map_err(failed)?)?
            }
        };
        Ok(self.open.insert(open))
    }

    /// Writes a post. A failure may be one of a post before.
    pub(crate) fn post(&mut self, name: &str, bytes: &[u8]) -> Result<(), Error> {
        progress::item();
        let before = match self.read.take() {
            Some((read, bytes)) if read == name => Before::Bytes(bytes),
            _ => Before::Nothing,
        };
        self.put(name, bytes, before)
    }

    fn put(&mut self, name: &str, bytes: &[u8], before: Before) -> Result<(), Error> {
        if self.dry_run {
            return Ok(());
        }
        let open = self.open()?;
        open.posts += 1;
        if open.posts >= MANY && open.threads.is_none() {
            open.threads = Threads::start(&open.writing);
        }
        let post = Post { path: PathBuf::from(name), bytes: bytes.to_vec(), before };
        match &mut open.threads {
            Some(threads) => threads.take(post),
            None => {
                if open.writing.put(post) {
                    open.writing.settle();
                }
            }
        }
        if open.writing.has_failed() {
            open.end();
            return open.writing.trouble();
        }
        Ok(())
    }

    /// Waits until all posts stand in their places.
    pub(crate) fn finish(&mut self) -> Result<(), Error> {
        let Some(open) = &mut self.open else { return Ok(()) };
        open.end();
        open.writing.trouble()
    }

    /// What was and what was not done, for a run that fails; `None` where nothing was begun.
    pub(crate) fn stands(&mut self) -> Option<String> {
        let open = self.open.as_mut().filter(|open| open.posts > 0)?;
        open.end();
        Some(open.writing.stands())
    }
}

impl Open {
    /// Lets the threads end, and settles what is left.
    fn end(&mut self) {
        if let Some(threads) = self.threads.take() {
            threads.end();
        }
        self.writing.settle();
    }
}

/// Whether a name is one of a temporary file of ours.
fn is_temporary(name: &OsStr) -> bool {
    temporary::is_ours(name) || name == LOCK
}

/// Takes a temporary file away that a killed run left: one with this folder's number is, since the folder is ours
/// alone; one with another's is a matter of that folder; one of a single file is locked by a living run.
fn sweep(tag: &str, place: &Below, folder: &<Below as Place>::Folder, name: &OsStr) {
    match temporary::tag(name) {
        Some(of) if of == tag => {
            let _ = place.remove(folder, name);
        }
        Some(_) => {}
        None => temporary::sweep(|| place.open(folder, name), || place.remove(folder, name)),
    }
}

/// What tells this folder's temporary files: its number; where it is not ours alone, also the process's.
#[cfg(unix)]
fn tag(place: &Below, locked: bool) -> String {
    let number = place.number().unwrap_or(0);
    if locked { format!("{number:x}") } else { format!("{number:x}{:08x}", std::process::id()) }
}

#[cfg(not(unix))]
fn tag(_place: &Below, locked: bool) -> String {
    if locked { "0".to_owned() } else { format!("{:08x}", std::process::id()) }
}

/// The name of the file that is locked where a folder cannot be.
const LOCK: &str = ".slugline-lock";

#[cfg(unix)]
fn lock_file(_root: &Path, place: &Below) -> io::Result<File> {
    place.as_file()
}

#[cfg(not(unix))]
fn lock_file(root: &Path, _place: &Below) -> io::Result<File> {
    fs::OpenOptions::new().write(true).create(true).truncate(false).open(root.join(LOCK))
}
