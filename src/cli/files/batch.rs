//! Many files, each whole or absent at any moment, also after a power cut.
//!
//! A file is written under a name of ours in its folder. When there are enough of them, all are brought to the disk and
//! then renamed into their places: what a name leads to is on the disk before the name is. Between the two somebody
//! may have written the file that is to be replaced; it is looked at once more before it is.

use std::{
    collections::BTreeSet,
    ffi::{OsStr, OsString},
    fs::File,
    io::{self, BufWriter, Read, Write},
    path::{Path, PathBuf},
    sync::{
        Mutex, MutexGuard, PoisonError,
        atomic::{AtomicU64, AtomicUsize, Ordering},
    },
};

use super::{
    place::{self, Place},
    temporary::{self, PREFIX, SUFFIX},
    unwritable::{changed, read_only},
};
use crate::convert::{Lines, index::Sum};

/// Files and bytes that wait at most: few enough to do again after a power cut, many enough that flushing the disk
/// costs little beside writing them.
const MOST_FILES: usize = 4_096;
const MOST_BYTES: usize = 32 << 20;

/// The same for files that are held open: a process may have few of these.
const MOST_HELD: usize = 64;

/// Files up to which each is flushed on its own: more, and the whole disk is sooner flushed at once.
const FEW: usize = 16;

/// Bytes that are written at once where a file comes in pieces.
const PIECE: usize = 64 << 10;

/// What stands where a file is to go.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Before {
    /// Nothing.
    Nothing,
    /// A plain file of these bytes.
    Bytes(Vec<u8>),
    /// A plain file of bytes of this sum.
    Sum(Sum),
}

/// A file that waits to get its place.
#[derive(Debug)]
struct Waiting {
    path: PathBuf,
    temporary: OsString,
    before: Before,
    /// Open and locked, where that tells a living run.
    _held: Option<File>,
}

/// Why a file was not written.
#[derive(Debug)]
pub(super) struct Failure {
    /// Which one: below the place.
    pub(super) path: PathBuf,
    pub(super) error: io::Error,
}

/// Files on their way to their places.
#[derive(Debug)]
pub(super) struct Batch<P: Place> {
    place: P,
    /// What tells our temporary files from another folder's.
    tag: String,
    /// Whether each temporary file is locked until it has its place: there is no lock on the whole folder.
    hold: bool,
    number: AtomicU64,
    /// Held while a name comes or goes.
    gate: Mutex<Gate<P::Folder>>,
    /// Files that stand in their places.
    done: AtomicUsize,
}

#[derive(Debug)]
struct Gate<F> {
    waiting: Vec<Waiting>,
    /// Taken out of `waiting` to be brought to the disk and renamed, the next one last.
    settling: Vec<Waiting>,
    bytes: usize,
    /// The folder of the last file: the next one is often in it.
    last: Option<(PathBuf, F)>,
}

impl<P: Place> Batch<P> {
    /// No files yet. Names of temporary files hold the tag.
    pub(super) fn new(place: P, tag: String, hold: bool) -> Self {
        let gate = Gate { waiting: Vec::new(), settling: Vec::new(), bytes: 0, last: None };
        let (number, done) = (AtomicU64::new(0), AtomicUsize::new(0));
        Batch { place, tag, hold, number, gate: Mutex::new(gate), done }
    }

    /// Where the files are.
    pub(super) fn place(&self) -> &P {
        &self.place
    }

    /// What tells our temporary files from another folder's.
    pub(super) fn tag(&self) -> &str {
        &self.tag
    }

    /// How many files stand in their places.
    pub(super) fn done(&self) -> usize {
        self.done.load(Ordering::Relaxed)
    }

    fn gate(&self) -> MutexGuard<'_, Gate<P::Folder>> {
        self.gate.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Writes a file under a name of ours; true when so many wait that it is time to settle them.
    pub(super) fn put(&self, path: PathBuf, bytes: &[u8], before: Before) -> Result<bool, Failure> {
        self.put_as(path, &mut |out| out.write_all(bytes), before)
    }

    /// The same for a file whose bytes come some at a time.
    pub(super) fn put_in_pieces(&self, path: PathBuf, lines: &mut Lines<'_>, before: Before) -> Result<bool, Failure> {
        let mut write = |out: &mut dyn Write| {
            let mut out = BufWriter::with_capacity(PIECE, out);
            lines(&mut out)?;
            out.flush()
        };
        self.put_as(path, &mut write, before)
    }

    fn put_as(&self, path: PathBuf, lines: &mut Lines<'_>, before: Before) -> Result<bool, Failure> {
        let mut gate = self.gate();
        match self.write(&mut gate, &path, lines, &before) {
            Ok((temporary, held)) => gate.waiting.push(Waiting { path, temporary, before, _held: held }),
            Err(error) => return Err(Failure { path, error }),
        }
        let most = if self.hold { MOST_HELD } else { MOST_FILES };
        Ok(gate.waiting.len() >= most || gate.bytes >= MOST_BYTES)
    }

    fn write(
        &self,
        gate: &mut Gate<P::Folder>,
        path: &Path,
        lines: &mut Lines<'_>,
        before: &Before,
    ) -> io::Result<(OsString, Option<File>)> {
        let (below, name) = parts(path)?;
        if gate.last.as_ref().is_none_or(|(last, _)| last != below) {
            gate.last = Some((below.to_owned(), self.place.folder(below, true)?));
        }
        let Some((_, folder)) = &gate.last else { return Err(io::ErrorKind::NotFound.into()) };
        let about = match before {
            Before::Nothing => None,
            Before::Bytes(_) | Before::Sum(_) => Some(self.place.open(folder, name)?.metadata()?),
        };
        if about.as_ref().is_some_and(|about| about.permissions().readonly()) {
            return Err(read_only());
        }
        let (temporary, mut file) = self.create(folder)?;
        let mut length = 0;
        let written = lines(&mut InPlace { place: &self.place, file: &mut file, length: &mut length });
        let written = written.and_then(|()| match about {
            Some(about) => place::dress(&file, &about),
            None => Ok(()),
        });
        written.inspect_err(|_| {
            let _ = self.place.remove(folder, &temporary);
        })?;
        gate.bytes += length;
        Ok((temporary, self.hold.then_some(file)))
    }

    fn create(&self, folder: &P::Folder) -> io::Result<(OsString, File)> {
        let mut lost = 0;
        loop {
            let number = self.number.fetch_add(1, Ordering::Relaxed);
            let name = OsString::from(format!("{PREFIX}{}-{number:x}{SUFFIX}", self.tag));
            let file = match self.place.create(folder, &name) {
                // Left by a run that could not be told from a living one.
                Err(error) if error.kind() == io::ErrorKind::AlreadyExists => continue,
                other => other?,
            };
            let is_there = || {
                let opened = self.place.open(folder, &name);
                !opened.is_err_and(|error| error.kind() == io::ErrorKind::NotFound)
            };
            if !self.hold || temporary::hold(&file, is_there) {
                return Ok((name, file));
            }
            // Nobody else makes this name, so it is ours to take away, too.
            let _ = self.place.remove(folder, &name);
            lost += 1;
            if lost == temporary::MOST_LOST {
                return Err(io::ErrorKind::ResourceBusy.into());
            }
        }
    }

    /// Brings the files that wait to the disk, and puts them into their places in order. One that cannot be is taken
    /// away, and the others go on.
    pub(super) fn settle(&self) -> Vec<Failure> {
        let mut files: Vec<(PathBuf, OsString)> = Vec::new();
        {
            let mut gate = self.gate();
            gate.bytes = 0;
            gate.settling = std::mem::take(&mut gate.waiting);
            files.extend(gate.settling.iter().map(|file| (file.path.clone(), file.temporary.clone())));
            gate.settling.reverse();
        }
        // Nobody waits for the disk at the gate: whoever wants to end the run can.
        let synced = self.sync(&files);
        let mut failures = Vec::new();
        let mut folders = BTreeSet::new();
        for (path, synced) in files.iter().map(|(path, _)| path).zip(synced) {
            let mut gate = self.gate();
            let Some(file) = gate.settling.pop() else { break };
            match self.rename(&mut gate, &file, synced) {
                Ok(()) => {
                    self.done.fetch_add(1, Ordering::Relaxed);
                    folders.insert(path.parent().unwrap_or(Path::new("")).to_owned());
                }
                Err(error) => {
                    if let Ok(folder) = self.place.folder(folder_of(path), false) {
                        let _ = self.place.remove(&folder, &file.temporary);
                    }
                    failures.push(Failure { path: file.path, error });
                }
            }
        }
        if let Err(error) = self.sync_folders(&folders) {
            let path = folders.first().cloned().unwrap_or_default();
            failures.push(Failure { path, error });
        }
        failures
    }

    /// Whether each of the files is on the disk.
    fn sync(&self, files: &[(PathBuf, OsString)]) -> Vec<io::Result<()>> {
        let together = if files.len() > FEW { self.place.sync_all() } else { None };
        if let Some(Ok(())) = together {
            return files.iter().map(|_| Ok(())).collect();
        }
        // Whether it is one of them that cannot be flushed, or a stranger's, shows when each is asked.
        let one = |(path, temporary): &(PathBuf, OsString)| {
            let folder = self.place.folder(folder_of(path), false)?;
            self.place.sync(&folder, temporary)
        };
        files.iter().map(one).collect()
    }

    fn rename(&self, gate: &mut Gate<P::Folder>, file: &Waiting, synced: io::Result<()>) -> io::Result<()> {
        synced?;
        let (below, name) = parts(&file.path)?;
        let found;
        let folder = match &gate.last {
            Some((last, folder)) if last == below => folder,
            _ => {
                found = self.place.folder(below, false)?;
                &found
            }
        };
        let still_is = match &file.before {
            Before::Nothing => true,
            Before::Bytes(bytes) => self.still_is(folder, name, bytes),
            Before::Sum(sum) => self.still_sums_to(folder, name, *sum),
        };
        if !still_is {
            return Err(changed());
        }
        self.place.rename(folder, &file.temporary, name, file.before == Before::Nothing)
    }

    /// Whether a file holds these bytes.
    fn still_is(&self, folder: &P::Folder, name: &OsStr, bytes: &[u8]) -> bool {
        let Ok(file) = self.place.open(folder, name) else { return false };
        let mut now = Vec::with_capacity(bytes.len() + 1);
        let read = file.take(bytes.len() as u64 + 1).read_to_end(&mut now);
        read.is_ok() && now == bytes
    }

    /// Whether the bytes of a file have this sum.
    fn still_sums_to(&self, folder: &P::Folder, name: &OsStr, sum: Sum) -> bool {
        let Ok(mut file) = self.place.open(folder, name) else { return false };
        let mut now = BufWriter::with_capacity(PIECE, Sum::default());
        let read = io::copy(&mut file, &mut now).and_then(|_| now.flush());
        read.is_ok() && *now.get_ref() == sum
    }

    fn sync_folders(&self, folders: &BTreeSet<PathBuf>) -> io::Result<()> {
        if folders.len() > FEW
            && let Some(done) = self.place.sync_all()
        {
            return done;
        }
        let mut above = BTreeSet::new();
        for folder in folders {
            self.place.sync_folder(&self.place.folder(folder, false)?)?;
            // A folder that was made is a name in the one above it.
            let is_below = folder.is_relative();
            above.extend(folder.ancestors().skip(1).filter(|_| is_below).map(Path::to_owned));
        }
        for folder in above.difference(folders) {
            self.place.sync_folder(&self.place.folder(folder, false)?)?;
        }
        Ok(())
    }

    /// Takes away all that waits, and keeps the gate shut: nothing gets its place any more. Gives how many stand.
    pub(super) fn give_up(&self) -> usize {
        let mut gate = self.gate();
        self.take_away(&mut gate);
        std::mem::forget(gate);
        self.done()
    }

    fn take_away(&self, gate: &mut Gate<P::Folder>) {
        let Gate { waiting, settling, .. } = gate;
        for file in waiting.drain(..).chain(settling.drain(..)) {
            if let Ok(folder) = self.place.folder(folder_of(&file.path), false) {
                let _ = self.place.remove(&folder, &file.temporary);
            }
        }
    }
}

impl<P: Place> Drop for Batch<P> {
    /// What was not settled leaves nothing behind.
    fn drop(&mut self) {
        let mut gate = self.gate();
        self.take_away(&mut gate);
    }
}

/// A file as its place writes it.
struct InPlace<'w, P> {
    place: &'w P,
    file: &'w mut File,
    /// Bytes that were written.
    length: &'w mut usize,
}

impl<P: Place> Write for InPlace<'_, P> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.place.write(self.file, bytes)?;
        *self.length += bytes.len();
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

fn folder_of(path: &Path) -> &Path {
    path.parent().unwrap_or(Path::new(""))
}

/// A path's folder and its last part.
fn parts(path: &Path) -> io::Result<(&Path, &OsStr)> {
    let name = path.file_name().ok_or(io::ErrorKind::InvalidInput)?;
    Ok((folder_of(path), name))
}

#[cfg(test)]
mod tests;
