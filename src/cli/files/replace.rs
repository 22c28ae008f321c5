//! Files that get new bytes in the place of those that were read, wherever they are; a file that somebody else wrote
//! meanwhile stays as it is.

use std::{
    collections::{HashMap, HashSet},
    fs, io,
    path::{Path, PathBuf},
    sync::Arc,
};

use super::{
    batch::{Batch, Before, Failure},
    interrupt::{self, Watched, Work},
    place::ByPath,
    temporary::{self, PREFIX},
    unwritable::unwritable,
};
use crate::error::{Error, ErrorKind};

/// How the tag of these files begins.
const TAG: &str = "fix";

/// A file that could not be written.
#[derive(Debug)]
pub(crate) struct Unwritten {
    /// What the user calls it; `None` where it is a folder whose names could not be brought to the disk.
    pub(crate) name: Option<String>,
    /// Why.
    pub(crate) error: Error,
}

/// Files on their way.
#[derive(Debug)]
pub(crate) struct Replacing {
    work: Arc<Mending>,
    _watched: Watched,
    /// Folders that were swept of what a killed run left.
    swept: HashSet<PathBuf>,
    /// What the user calls the files.
    names: HashMap<PathBuf, String>,
}

#[derive(Debug)]
struct Mending {
    batch: Batch<ByPath>,
    asked: usize,
}

impl Work for Mending {
    fn give_up(&self) -> Option<String> {
        let (done, asked) = (self.batch.give_up(), self.asked);
        let files = if asked == 1 { "file is" } else { "files are" };
        Some(format!("interrupted: {done} of {asked} {files} mended; run again for the others"))
    }
}

impl Replacing {
    /// None yet, of so many.
    pub(crate) fn new(files: usize) -> Self {
        let batch = Batch::new(ByPath::anywhere(), format!("{TAG}{}", temporary::of_this_run()), true);
        let work = Arc::new(Mending { batch, asked: files });
        Replacing {
            _watched: interrupt::watch(Arc::clone(&work) as Arc<dyn Work>),
            work,
            swept: HashSet::new(),
            names: HashMap::new(),
        }
    }

    /// Writes `after`, which gets the place of `before` later. The path leads over no symbolic link. Gives files that
    /// could not be written, of those before it too.
    pub(crate) fn put(&mut self, name: &str, path: PathBuf, before: Vec<u8>, after: &[u8]) -> Vec<Unwritten> {
        self.names.insert(path.clone(), name.to_owned());
        if let Some(folder) = path.parent()
            && self.swept.insert(folder.to_owned())
        {
            sweep(folder);
        }
        match self.work.batch.put(path, after, Before::Bytes(before)) {
            Ok(true) => self.settle(),
            Ok(false) => Vec::new(),
            Err(failure) => vec![self.trouble(&failure)],
        }
    }

    /// Puts all into their places. Gives those that could not be.
    pub(crate) fn settle(&self) -> Vec<Unwritten> {
        self.work.batch.settle().iter().map(|failure| self.trouble(failure)).collect()
    }

    fn trouble(&self, Failure { path, error }: &Failure) -> Unwritten {
        let name = self.names.get(path);
        let path = name.map_or(path.as_path(), Path::new);
        let error = match error.kind() {
            io::ErrorKind::NotFound => {
                Error::new(ErrorKind::Output, "is no longer there").in_source(path.display().to_string())
            }
            _ => unwritable(path, error),
        };
        Unwritten { name: name.cloned(), error }
    }
}

/// Takes away temporary files that a killed run left.
fn sweep(folder: &Path) {
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let name = entry.file_name();
        let is_ours = temporary::is_ours(&name) && name.as_encoded_bytes()[PREFIX.len()..].starts_with(TAG.as_bytes());
        if is_ours && entry.file_type().is_ok_and(|kind| kind.is_file()) {
            temporary::sweep(|| fs::File::open(entry.path()), || fs::remove_file(entry.path()));
        }
    }
}
