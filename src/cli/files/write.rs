//! Targets of a conversion: standard output, a file, a folder of posts. Every file is written beside its place and
//! renamed into it, so that at any moment it is whole or absent.

use std::{
    fs::{self, File},
    io::{self, BufWriter, Write},
    path::{Path, PathBuf},
};

use tempfile::NamedTempFile;

use super::behind::Behind;
use crate::{
    convert::{Output, Told, index},
    error::{Error, ErrorKind},
};

/// How temporary files of ours begin and end: a killed run's are swept by the next.
const PREFIX: &str = ".slugline-";
const SUFFIX: &str = ".tmp";

/// Why something cannot be written, in words.
pub(crate) fn unwritable(path: &Path, error: &io::Error) -> Error {
    let (message, help) = match error.kind() {
        io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem => {
            ("may not be written".to_owned(), "check the permissions of the folder")
        }
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => {
            ("the disk is full".to_owned(), "what was written before stands; run again when there is room")
        }
        io::ErrorKind::NotFound => ("there is no folder for it".to_owned(), "make the folder first"),
        _ => (format!("cannot be written: {error}"), "what was written before stands"),
    };
    Error::new(ErrorKind::Output, message).help(help).in_source(path.display().to_string())
}

/// A file that appears at its path whole, when it is finished; dropped before, it leaves nothing.
#[derive(Debug)]
pub(crate) struct WholeFile {
    path: PathBuf,
    file: Behind<NamedTempFile>,
}

impl WholeFile {
    /// Begins a file beside `path`.
    pub(crate) fn create(path: &Path) -> Result<Self, Error> {
        let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
        let mut builder = tempfile::Builder::new();
        builder.prefix(PREFIX).suffix(SUFFIX);
        // A file that is replaced keeps its mode; a new one gets the usual one.
        let mode = fs::metadata(path).ok().filter(fs::Metadata::is_file).map(|about| about.permissions());
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            builder.permissions(mode.clone().unwrap_or_else(|| fs::Permissions::from_mode(0o666)));
        }
        let file = builder.tempfile_in(folder).map_err(|error| unwritable(path, &error))?;
        #[cfg(unix)]
        if let Some(mode) = mode {
            // The process's mask applied at creation; an existing mode is meant as it is.
            file.as_file().set_permissions(mode).map_err(|error| unwritable(path, &error))?;
        }
        Ok(WholeFile { path: path.to_owned(), file: Behind::new(file) })
    }

    /// Adds bytes.
    pub(crate) fn write(&mut self, bytes: &[u8]) -> Result<(), Error> {
        self.file.write(bytes).map_err(|error| unwritable(&self.path, &error))
    }

    /// Puts the file at its path.
    pub(crate) fn finish(self) -> Result<(), Error> {
        let WholeFile { path, file } = self;
        let file = file.finish().map_err(|error| unwritable(&path, &error))?;
        file.persist(&path).map_err(|error| unwritable(&path, &error.error))?;
        Ok(())
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

/// Where a conversion writes to.
#[derive(Debug)]
pub(crate) enum FileOutput {
    /// Standard output.
    Stdout(BufWriter<io::StdoutLock<'static>>),
    /// Standard output is closed: nobody reads on.
    Closed,
    /// A file; `None` until its first byte.
    File(PathBuf, Option<WholeFile>),
    /// A device or pipe, written as it comes.
    Device(PathBuf, BufWriter<File>),
    /// Nothing is written.
    Nowhere,
    /// A folder of posts.
    Folder {
        /// Where it is.
        root: PathBuf,
        /// Whether to write at all.
        dry_run: bool,
    },
}

impl FileOutput {
    /// Standard output.
    pub(crate) fn stdout() -> Self {
        FileOutput::Stdout(BufWriter::with_capacity(1 << 16, io::stdout().lock()))
    }

    /// Nothing: a dry run of a feed.
    pub(crate) fn nowhere() -> Self {
        FileOutput::Nowhere
    }

    /// A file at `path`; what is there and no plain file (a pipe, `/dev/null`) is written as it comes.
    pub(crate) fn file(path: &Path) -> Result<Self, Error> {
        match fs::metadata(path) {
            Ok(about) if about.is_dir() => Err(Error::new(ErrorKind::Usage, "is a folder, and a feed is one file")
                .help("name a file: `-o feed.xml`")
                .in_source(path.display().to_string())),
            Ok(about) if !about.is_file() => {
                let file = fs::OpenOptions::new().write(true).open(path).map_err(|error| unwritable(path, &error))?;
                Ok(FileOutput::Device(path.to_owned(), BufWriter::with_capacity(1 << 16, file)))
            }
            _ => Ok(FileOutput::File(path.to_owned(), None)),
        }
    }

    /// A folder of posts, swept of what a killed run left.
    pub(crate) fn folder(root: &Path, dry_run: bool) -> Result<Self, Error> {
        if fs::metadata(root).is_ok_and(|about| !about.is_dir()) {
            return Err(Error::new(ErrorKind::Usage, "is a file, and posts need a folder")
                .in_source(root.display().to_string()));
        }
        let output = FileOutput::Folder { root: root.to_owned(), dry_run };
        if !dry_run {
            for path in files_below(root)? {
                let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
                if name.starts_with(PREFIX) && name.ends_with(SUFFIX) {
                    let _ = fs::remove_file(&path);
                }
            }
        }
        Ok(output)
    }

    /// Whether nobody reads on.
    pub(crate) fn is_closed(&self) -> bool {
        matches!(self, FileOutput::Closed)
    }

    /// Gives the target up: a file stays as it was. What went to a stream has gone.
    pub(crate) fn abandon(self) {
        if let FileOutput::Stdout(mut stdout) = self {
            let _ = stdout.flush();
        }
    }

    /// Ends the target: what is buffered goes out, a file goes to its place.
    pub(crate) fn finish(self) -> Result<(), Error> {
        match self {
            FileOutput::Stdout(mut stdout) => match stdout.flush() {
                Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
                other => other.map_err(|error| unwritable(Path::new("standard output"), &error)),
            },
            FileOutput::File(_, Some(file)) => file.finish(),
            FileOutput::Device(path, mut file) => file.flush().map_err(|error| unwritable(&path, &error)),
            FileOutput::File(_, None) | FileOutput::Closed | FileOutput::Nowhere | FileOutput::Folder { .. } => Ok(()),
        }
    }
}

impl Output for FileOutput {
    fn write(&mut self, bytes: &[u8]) -> Result<(), Error> {
        match self {
            FileOutput::Stdout(stdout) => match stdout.write_all(bytes) {
                Err(error) if error.kind() == io::ErrorKind::BrokenPipe => {
                    // Ends the run: there is nobody to write for. `is_closed` tells that it is no error.
                    *self = FileOutput::Closed;
                    Err(Error::new(ErrorKind::Output, "standard output is closed"))
                }
                other => other.map_err(|error| unwritable(Path::new("standard output"), &error)),
            },
            FileOutput::File(path, file) => {
                if file.is_none() {
                    *file = Some(WholeFile::create(path)?);
                }
                file.as_mut().map_or(Ok(()), |file| file.write(bytes))
            }
            FileOutput::Device(path, file) => file.write_all(bytes).map_err(|error| unwritable(path, &error)),
            FileOutput::Closed | FileOutput::Nowhere | FileOutput::Folder { .. } => Ok(()),
        }
    }

    fn is_folder(&self) -> bool {
        matches!(self, FileOutput::Folder { .. })
    }

    fn existing(&self) -> Result<Vec<String>, Error> {
        let FileOutput::Folder { root, .. } = self else { return Ok(Vec::new()) };
        let below = |path: PathBuf| {
            let parts: Vec<_> = path.strip_prefix(root).ok()?.iter().map(|part| part.to_string_lossy()).collect();
            Some(parts.join("/"))
        };
        Ok(files_below(root)?.into_iter().filter_map(below).collect())
    }

    fn read(&self, name: &str) -> Result<Option<Vec<u8>>, Error> {
        let FileOutput::Folder { root, .. } = self else { return Ok(None) };
        let path = root.join(name);
        match fs::symlink_metadata(&path) {
            Ok(about) if about.is_file() => {}
            _ => return Ok(None),
        }
        fs::read(&path).map(Some).map_err(|error| super::read::unreadable(&error).in_source(path.display().to_string()))
    }

    fn index(&self) -> Result<Option<Vec<u8>>, Error> {
        let FileOutput::Folder { root, .. } = self else { return Ok(None) };
        match fs::symlink_metadata(root.join(index::NAME)) {
            // Through a link the file of another folder would be read, and then replaced by a copy.
            Ok(about) if !about.is_file() => Err(Error::new(ErrorKind::Output, "is no plain file")
                .help("slugline keeps there what it imported; move it away")
                .in_source(root.join(index::NAME).display().to_string())),
            _ => self.read(index::NAME),
        }
    }

    fn put_index(&mut self, bytes: &[u8]) -> Result<(), Error> {
        self.post(index::NAME, bytes)
    }

    fn post(&mut self, name: &str, bytes: &[u8]) -> Result<(), Error> {
        let FileOutput::Folder { root, dry_run } = self else { return Ok(()) };
        if *dry_run {
            return Ok(());
        }
        let path = root.join(name);
        if let Some(folder) = path.parent() {
            make_folder(root, folder)?;
        }
        let mut file = WholeFile::create(&path)?;
        file.write(bytes)?;
        file.finish()
    }
}

/// Makes `folder` below `root`; a symbolic link on the way would lead outside, and is refused.
fn make_folder(root: &Path, folder: &Path) -> Result<(), Error> {
    fs::create_dir_all(root).map_err(|error| unwritable(root, &error))?;
    let mut path = root.to_owned();
    for part in folder.strip_prefix(root).into_iter().flat_map(Path::iter) {
        path.push(part);
        match fs::symlink_metadata(&path) {
            Ok(about) if about.is_dir() => {}
            Ok(_) => {
                return Err(Error::new(ErrorKind::Output, "is no folder (a symbolic link is not followed)")
                    .in_source(path.display().to_string()));
            }
            Err(_) => fs::create_dir(&path).map_err(|error| unwritable(&path, &error))?,
        }
    }
    Ok(())
}

/// All plain files below a folder, symbolic links not followed; none when there is no folder yet.
fn files_below(root: &Path) -> Result<Vec<PathBuf>, Error> {
    let mut files = Vec::new();
    let mut folders = vec![root.to_owned()];
    while let Some(folder) = folders.pop() {
        let entries = match fs::read_dir(&folder) {
            Ok(entries) => entries,
            Err(error) if error.kind() == io::ErrorKind::NotFound && folder == root => return Ok(files),
            Err(error) => return Err(super::read::unreadable(&error).in_source(folder.display().to_string())),
        };
        for entry in entries.flatten() {
            let Ok(kind) = entry.file_type() else { continue };
            if kind.is_dir() {
                folders.push(entry.path());
            } else {
                files.push(entry.path());
            }
        }
    }
    Ok(files)
}

/// Where a conversion writes to, with a file for comments beside it, and who hears of each item.
pub(crate) struct WithComments<'o> {
    /// For what is converted.
    pub(crate) output: &'o mut FileOutput,
    /// For comments.
    pub(crate) comments: &'o mut FileOutput,
    /// Hears what became of an item.
    pub(crate) hear: &'o mut dyn FnMut(&Told<'_>) -> Result<(), Error>,
}

impl Output for WithComments<'_> {
    fn write(&mut self, bytes: &[u8]) -> Result<(), Error> {
        self.output.write(bytes)
    }

    fn is_folder(&self) -> bool {
        self.output.is_folder()
    }

    fn existing(&self) -> Result<Vec<String>, Error> {
        self.output.existing()
    }

    fn read(&self, name: &str) -> Result<Option<Vec<u8>>, Error> {
        self.output.read(name)
    }

    fn post(&mut self, name: &str, bytes: &[u8]) -> Result<(), Error> {
        self.output.post(name, bytes)
    }

    fn index(&self) -> Result<Option<Vec<u8>>, Error> {
        self.output.index()
    }

    fn put_index(&mut self, bytes: &[u8]) -> Result<(), Error> {
        self.output.put_index(bytes)
    }

    fn told(&mut self, told: &Told<'_>) -> Result<(), Error> {
        (self.hear)(told)
    }

    fn comment(&mut self, line: &[u8]) -> Result<(), Error> {
        self.comments.write(line)
    }
}
