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

/// Files on their way.
#[derive(Debug)]
pub(crate) struct Replacing {
    work: Arc<Mending>,
    _watched: Watched,
    /// Folders that were swept of what a killed run left.
    swept: HashSet<PathBuf>,
    /// What messages call the files.
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

    /// Writes `after`, which gets the place of `before` later. A symbolic link stays one: the file it leads to is
    /// written. Gives files that were before it and could not be written.
    pub(crate) fn put(&mut self, name: &str, path: &Path, before: Vec<u8>, after: &[u8]) -> Result<Vec<Error>, Error> {
        let path = fs::canonicalize(path).map_err(|error| unwritable(Path::new(name), &error))?;
        self.names.insert(path.clone(), name.to_owned());
        if let Some(folder) = path.parent()
            && self.swept.insert(folder.to_owned())
        {
            sweep(folder);
        }
        match self.work.batch.put(path, after, Before::Bytes(before)) {
            Ok(true) => Ok(self.settle()),
            Ok(false) => Ok(Vec::new()),
            Err(failure) => Err(self.trouble(&failure)),
        }
    }

    /// Puts all into their places. Gives those that could not be.
    pub(crate) fn settle(&self) -> Vec<Error> {
        self.work.batch.settle().iter().map(|failure| self.trouble(failure)).collect()
    }

    fn trouble(&self, Failure { path, error }: &Failure) -> Error {
        let path = self.names.get(path).map_or(path.as_path(), Path::new);
        if error.kind() == io::ErrorKind::NotFound {
            return Error::new(ErrorKind::Output, "is no longer there").in_source(path.display().to_string());
        }
        unwritable(path, error)
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
