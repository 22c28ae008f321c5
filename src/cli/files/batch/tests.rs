//! Every step that can fail fails once, and the run may be killed at every step: each file is what it was, what it is
//! to be, or absent, and a second run ends with what an undisturbed one gives.
#![allow(clippy::unwrap_used)]

use std::{
    collections::BTreeMap,
    fs,
    sync::{Arc, atomic::AtomicBool},
};

use super::*;
use crate::cli::files::place::{ByPath, Kind};

/// A place in which one step fails, or none after it is done any more.
struct Faulty {
    place: ByPath,
    steps: Arc<Steps>,
}

#[derive(Default)]
struct Steps {
    taken: AtomicUsize,
    fails_at: usize,
    /// The process is killed there: nothing is done from then on, no tidying up either.
    killed: bool,
    kind: Option<io::ErrorKind>,
    failed: AtomicBool,
    /// Files that another run takes for a killed run's as soon as they are made.
    sweeps: usize,
    made: AtomicUsize,
}

impl Steps {
    fn step(&self) -> io::Result<()> {
        let number = self.taken.fetch_add(1, Ordering::Relaxed);
        if number == self.fails_at || self.killed && number > self.fails_at {
            self.failed.store(true, Ordering::Relaxed);
            return Err(self.kind.unwrap_or(io::ErrorKind::Other).into());
        }
        Ok(())
    }
}

impl Place for Faulty {
    type Folder = PathBuf;

    fn folder(&self, below: &Path, make: bool) -> io::Result<PathBuf> {
        self.steps.step()?;
        self.place.folder(below, make)
    }

    fn list(&self, folder: &PathBuf) -> io::Result<Vec<(OsString, Kind)>> {
        self.place.list(folder)
    }

    fn open(&self, folder: &PathBuf, name: &OsStr) -> io::Result<File> {
        self.steps.step()?;
        self.place.open(folder, name)
    }

    fn create(&self, folder: &PathBuf, name: &OsStr) -> io::Result<File> {
        self.steps.step()?;
        let file = self.place.create(folder, name)?;
        if self.steps.made.fetch_add(1, Ordering::Relaxed) < self.steps.sweeps {
            temporary::sweep(|| self.place.open(folder, name), || self.place.remove(folder, name));
        }
        Ok(file)
    }

    fn write(&self, file: &mut File, bytes: &[u8]) -> io::Result<()> {
        // A write that fails has written some of it.
        self.place.write(file, &bytes[..bytes.len() / 2])?;
        self.steps.step()?;
        self.place.write(file, &bytes[bytes.len() / 2..])
    }

    fn rename(&self, folder: &PathBuf, from: &OsStr, to: &OsStr, new: bool) -> io::Result<()> {
        self.steps.step()?;
        self.place.rename(folder, from, to, new)
    }

    fn remove(&self, folder: &PathBuf, name: &OsStr) -> io::Result<()> {
        if self.steps.killed {
            self.steps.step()?;
        }
        self.place.remove(folder, name)
    }

    // Nobody cuts the power here, and a disk that is flushed thousands of times is slow.
    fn sync(&self, _folder: &PathBuf, _name: &OsStr) -> io::Result<()> {
        self.steps.step()
    }

    fn sync_folder(&self, _folder: &PathBuf) -> io::Result<()> {
        self.steps.step()
    }

    fn sync_all(&self) -> Option<io::Result<()>> {
        // As one system has it and another does not.
        self.steps.fails_at.is_multiple_of(2).then(|| self.steps.step())
    }
}

const POSTS: usize = 50;

/// The posts of a run: some in folders, some of which are there already.
fn posts() -> Vec<(PathBuf, Vec<u8>, Before)> {
    let post = |number: usize| {
        let before = if number.is_multiple_of(5) { Before::Bytes(old(number)) } else { Before::Nothing };
        (path(number), new(number), before)
    };
    (0..POSTS).map(post).collect()
}

fn path(number: usize) -> PathBuf {
    if number.is_multiple_of(3) {
        PathBuf::from(format!("a/b{}/{number}.md", number % 2))
    } else {
        PathBuf::from(format!("{number}.md"))
    }
}

fn old(number: usize) -> Vec<u8> {
    format!("old {number}\n").into_bytes()
}

fn new(number: usize) -> Vec<u8> {
    format!("new {number}\n").repeat(number).into_bytes()
}

fn site() -> tempfile::TempDir {
    let work = tempfile::tempdir().unwrap();
    for number in (0..POSTS).step_by(5) {
        let path = work.path().join(path(number));
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, old(number)).unwrap();
    }
    work
}

/// All files below, by path.
fn tree(root: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let (mut files, mut folders) = (BTreeMap::new(), vec![root.to_owned()]);
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else {
                files.insert(path.strip_prefix(root).unwrap().to_owned(), fs::read(&path).unwrap());
            }
        }
    }
    files
}

fn is_temporary(path: &Path) -> bool {
    path.file_name().unwrap().to_str().unwrap().starts_with(PREFIX)
}

/// Writes what is not as it is to be; true when all went well.
fn run(root: &Path, steps: Arc<Steps>) -> (bool, usize) {
    let batch = Batch::new(Faulty { place: ByPath::below(root), steps }, "1".to_owned(), false);
    let mut failures = 0;
    for (number, (path, bytes, before)) in posts().into_iter().enumerate() {
        // As the conductor does: the same bytes are no write.
        match fs::read(root.join(&path)) {
            Ok(now) if now == bytes => continue,
            _ => {}
        }
        failures += usize::from(batch.put(path, &bytes, before).is_err());
        if number % 20 == 19 {
            failures += batch.settle().len();
        }
    }
    failures += batch.settle().len();
    (failures == 0, batch.done())
}

fn whole() -> BTreeMap<PathBuf, Vec<u8>> {
    let work = site();
    assert_eq!(run(work.path(), Arc::new(Steps { fails_at: usize::MAX, ..Steps::default() })), (true, POSTS));
    tree(work.path())
}

/// How each file stands: as before, as it is to be, or not at all.
fn assert_nothing_is_torn(root: &Path, why: &str) {
    let now = tree(root);
    for number in 0..POSTS {
        match now.get(&path(number)) {
            None => assert!(number % 5 != 0, "{why}: {number} is lost"),
            Some(bytes) => {
                let is_old = number % 5 == 0 && *bytes == old(number);
                assert!(is_old || *bytes == new(number), "{why}: {number} is torn");
            }
        }
    }
}

#[test]
fn a_step_that_fails_leaves_every_file_whole_and_no_litter() {
    let whole = whole();
    for (kind, word) in [(io::ErrorKind::StorageFull, "full"), (io::ErrorKind::Other, "broken")] {
        let mut missed = 0;
        for fails_at in 0.. {
            let work = site();
            let steps = Arc::new(Steps { fails_at, kind: Some(kind), ..Steps::default() });
            let (fine, _) = run(work.path(), Arc::clone(&steps));
            if !steps.failed.load(Ordering::Relaxed) {
                assert!(fails_at > 3 * POSTS, "{fails_at} steps");
                break;
            }
            let why = format!("step {fails_at}, {word}");
            assert_nothing_is_torn(work.path(), &why);
            let now = tree(work.path());
            assert!(!now.keys().any(|path| is_temporary(path)), "{why}: litter");
            // Only the flushing of all at once has another way.
            assert!(!fine || now == whole, "{why}: not told");
            missed += usize::from(fine);
            run(work.path(), Arc::new(Steps { fails_at: usize::MAX, ..Steps::default() }));
            assert_eq!(tree(work.path()), whole, "{why}: run again");
        }
        assert!(missed < 10, "{missed}");
    }
}

#[test]
fn a_run_that_is_killed_anywhere_is_resumed_by_running_again() {
    let whole = whole();
    for fails_at in 0.. {
        let work = site();
        let steps = Arc::new(Steps { fails_at, killed: true, ..Steps::default() });
        run(work.path(), Arc::clone(&steps));
        if !steps.failed.load(Ordering::Relaxed) {
            break;
        }
        let why = format!("step {fails_at}");
        assert_nothing_is_torn(work.path(), &why);
        for path in tree(work.path()).keys().filter(|path| is_temporary(path)) {
            fs::remove_file(work.path().join(path)).unwrap();
        }
        run(work.path(), Arc::new(Steps { fails_at: usize::MAX, ..Steps::default() }));
        assert_eq!(tree(work.path()), whole, "{why}");
    }
}

#[test]
fn a_file_that_somebody_writes_meanwhile_stays() {
    let work = site();
    let batch = Batch::new(ByPath::below(work.path()), "1".to_owned(), true);
    for (path, bytes, before) in posts() {
        batch.put(path, &bytes, before).unwrap();
    }
    fs::write(work.path().join(path(1)), "a stranger's").unwrap();
    fs::write(work.path().join(path(5)), "an editor's").unwrap();
    let failures: Vec<String> = batch.settle().iter().map(|failure| failure.error.to_string()).collect();
    assert_eq!(failures.len(), 2, "{failures:?}");
    assert!(failures[1].contains("changed by somebody else"), "{failures:?}");
    let now = tree(work.path());
    assert_eq!(now[&path(1)], b"a stranger's");
    assert_eq!(now[&path(5)], b"an editor's");
    assert_eq!(now.len(), POSTS);
    assert_eq!(batch.done(), POSTS - 2);
}

#[test]
fn a_file_that_another_run_sweeps_when_it_is_made_is_made_anew() {
    let work = site();
    let steps = Arc::new(Steps { fails_at: usize::MAX, sweeps: 3, ..Steps::default() });
    let batch = Batch::new(Faulty { place: ByPath::below(work.path()), steps }, "1".to_owned(), true);
    for (path, bytes, before) in posts() {
        batch.put(path, &bytes, before).unwrap();
    }
    assert_eq!(batch.settle().len(), 0);
    assert_eq!(tree(work.path()), whole());
}

#[test]
fn what_is_given_up_leaves_nothing_and_gets_no_place_any_more() {
    let work = site();
    let before = tree(work.path());
    let batch = Batch::new(ByPath::below(work.path()), "1".to_owned(), false);
    for (path, bytes, before) in posts() {
        batch.put(path, &bytes, before).unwrap();
    }
    assert_eq!(batch.give_up(), 0);
    assert_eq!(tree(work.path()), before);
    // The gate is shut.
    std::mem::forget(batch);
}
