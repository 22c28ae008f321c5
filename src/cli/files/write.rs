//! Targets of a conversion: standard output, a file, a folder of posts.

use std::{
    fs::{self, File},
    io::{self, BufWriter, Read, Write},
    path::{Path, PathBuf},
};

use super::{aside::Unnamed, folder::OutputFolder, unwritable::unwritable, whole::WholeFile};
use crate::{
    aside::Aside,
    convert::{Lines, Output, Told, index::Sum, media::Medium},
    error::{Error, ErrorKind},
};

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
    Folder(OutputFolder),
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
            // What these name is open already: a file put in its place would be another's.
            Ok(about) if !about.is_file() || path.starts_with("/dev") || path.starts_with("/proc") => {
                let file = fs::OpenOptions::new().write(true).open(path).map_err(|error| unwritable(path, &error))?;
                Ok(FileOutput::Device(path.to_owned(), BufWriter::with_capacity(1 << 16, file)))
            }
            _ => Ok(FileOutput::File(path.to_owned(), None)),
        }
    }

    /// A folder of posts.
    pub(crate) fn folder(root: &Path, dry_run: bool) -> Result<Self, Error> {
        OutputFolder::new(root, dry_run).map(FileOutput::Folder)
    }

    /// For a run that fails: what of a folder was and was not done.
    pub(crate) fn stands(&mut self) -> Option<String> {
        if let FileOutput::Folder(folder) = self { folder.stands() } else { None }
    }

    /// Whether nobody reads on.
    pub(crate) fn is_closed(&self) -> bool {
        matches!(self, FileOutput::Closed)
    }

    /// Gives the target up: a file stays as it was. What went to a stream has gone.
    pub(crate) fn abandon(&mut self) {
        if let FileOutput::Stdout(stdout) = self {
            let _ = stdout.flush();
        }
    }

    /// Ends the target: what is buffered goes out, a file goes to its place.
    pub(crate) fn finish(&mut self) -> Result<(), Error> {
        match self {
            FileOutput::Stdout(stdout) => match stdout.flush() {
                Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
                other => other.map_err(|error| unwritable(Path::new("standard output"), &error)),
            },
            FileOutput::File(_, file) => file.take().map_or(Ok(()), WholeFile::finish),
            FileOutput::Device(path, file) => file.flush().map_err(|error| unwritable(path, &error)),
            FileOutput::Folder(folder) => folder.finish(),
            FileOutput::Closed | FileOutput::Nowhere => Ok(()),
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
            FileOutput::Closed | FileOutput::Nowhere | FileOutput::Folder(_) => Ok(()),
        }
    }

    fn is_folder(&self) -> bool {
        matches!(self, FileOutput::Folder(_))
    }

    fn existing(&self) -> Result<Vec<String>, Error> {
        if let FileOutput::Folder(folder) = self { folder.existing() } else { Ok(Vec::new()) }
    }

    fn expect(&mut self, posts: usize) {
        if let FileOutput::Folder(folder) = self {
            folder.expect(posts);
        }
    }

    fn read(&self, name: &str) -> Result<Option<Vec<u8>>, Error> {
        if let FileOutput::Folder(folder) = self { folder.read(name) } else { Ok(None) }
    }

    fn index(&self) -> Result<Option<Box<dyn Read + '_>>, Error> {
        if let FileOutput::Folder(folder) = self { folder.index() } else { Ok(None) }
    }

    fn aside(&self) -> Option<Box<dyn Aside>> {
        Some(Box::new(Unnamed::default()))
    }

    fn put_index(&mut self, before: Option<Sum>, lines: &mut Lines<'_>) -> Result<(), Error> {
        if let FileOutput::Folder(folder) = self { folder.put_index(before, lines) } else { Ok(()) }
    }

    fn post(&mut self, name: &str, bytes: &[u8]) -> Result<(), Error> {
        if let FileOutput::Folder(folder) = self { folder.post(name, bytes) } else { Ok(()) }
    }
}

/// Where a conversion writes to, with files for comments and for a list of media beside it, and who hears of each item.
pub(crate) struct Beside<'o> {
    /// For what is converted.
    pub(crate) output: &'o mut FileOutput,
    /// For comments.
    pub(crate) comments: &'o mut FileOutput,
    /// For the list of pictures and files.
    pub(crate) media: &'o mut FileOutput,
    /// Hears what became of an item.
    pub(crate) hear: &'o mut dyn FnMut(&Told<'_>) -> Result<(), Error>,
}

impl Output for Beside<'_> {
    fn write(&mut self, bytes: &[u8]) -> Result<(), Error> {
        self.output.write(bytes)
    }

    fn is_folder(&self) -> bool {
        self.output.is_folder()
    }

    fn existing(&self) -> Result<Vec<String>, Error> {
        self.output.existing()
    }

    fn expect(&mut self, posts: usize) {
        self.output.expect(posts);
    }

    fn read(&self, name: &str) -> Result<Option<Vec<u8>>, Error> {
        self.output.read(name)
    }

    fn post(&mut self, name: &str, bytes: &[u8]) -> Result<(), Error> {
        self.output.post(name, bytes)
    }

    fn index(&self) -> Result<Option<Box<dyn Read + '_>>, Error> {
        self.output.index()
    }

    fn aside(&self) -> Option<Box<dyn Aside>> {
        self.output.aside()
    }

    fn put_index(&mut self, before: Option<Sum>, lines: &mut Lines<'_>) -> Result<(), Error> {
        self.output.put_index(before, lines)
    }

    fn told(&mut self, told: &Told<'_>) -> Result<(), Error> {
        (self.hear)(told)
    }

    fn medium(&mut self, medium: &Medium) -> Result<(), Error> {
        self.media.write(medium.line().as_bytes())
    }

    fn comment(&mut self, line: &[u8]) -> Result<(), Error> {
        self.comments.write(line)
    }
}
