//! Sources of a conversion: files, folders of posts, standard input.

use std::{
    cell::OnceCell,
    fs::File,
    io::{self, IsTerminal, Read, Seek},
    path::{Path, PathBuf},
};

use crate::{
    check,
    cli::progress,
    convert::Input,
    error::{Error, ErrorKind},
    nearest::nearest,
};

use super::walk::shown;

/// A file, or standard input.
#[derive(Debug)]
pub(crate) enum FileInput {
    /// A file by its path.
    Path {
        /// As it is shown.
        name: String,
        /// As it is opened.
        path: PathBuf,
    },
    /// Standard input, read as it comes: it can be opened once. What was looked at before is kept.
    Stdin(OnceCell<Vec<u8>>),
    /// Standard input, kept in an unnamed file so that it can be passed over again.
    Spooled(File),
}

impl Input for FileInput {
    fn name(&self) -> &str {
        match self {
            FileInput::Path { name, .. } => name,
            FileInput::Stdin(_) | FileInput::Spooled(_) => "-",
        }
    }

    fn start(&self, count: usize) -> Result<Vec<u8>, Error> {
        let read = |bytes: &mut dyn Read| {
            let mut start = Vec::with_capacity(count);
            bytes.take(count as u64).read_to_end(&mut start).map_err(|error| unreadable(&error))?;
            Ok(start)
        };
        match self {
            FileInput::Stdin(known) => match known.get() {
                Some(start) => Ok(start.clone()),
                None => {
                    let start = read(&mut io::stdin().lock())?;
                    Ok(known.get_or_init(|| start).clone())
                }
            },
            FileInput::Path { .. } | FileInput::Spooled(_) => read(&mut self.open()?),
        }
    }

    fn open(&self) -> Result<Box<dyn Read + '_>, Error> {
        match self {
            FileInput::Path { path, .. } if progress::is_shown() => Ok(Box::new(progress::Counted(open(path)?))),
            FileInput::Path { path, .. } => Ok(Box::new(open(path)?)),
            FileInput::Stdin(start) => {
                let start = start.get().map(Vec::as_slice).unwrap_or_default();
                let stdin = start.chain(io::stdin().lock());
                if progress::is_shown() { Ok(Box::new(progress::Counted(stdin))) } else { Ok(Box::new(stdin)) }
            }
            FileInput::Spooled(file) => {
                let mut file = file;
                file.rewind().map_err(|error| unreadable(&error))?;
                if progress::is_shown() { Ok(Box::new(progress::Counted(file))) } else { Ok(Box::new(file)) }
            }
        }
    }
}

impl check::Source for FileInput {
    fn open(&self) -> Result<Box<dyn Read + '_>, Error> {
        Input::open(self)
    }
}

/// What is on standard input: its bytes up to the limit; of more than that, an unnamed file that holds them.
pub(crate) fn stdin_up_to(limit: usize) -> Result<Result<Vec<u8>, FileInput>, Error> {
    let mut bytes = Vec::new();
    let mut stdin = io::stdin().lock();
    (&mut stdin).take(limit as u64 + 1).read_to_end(&mut bytes).map_err(|error| unreadable(&error))?;
    if bytes.len() <= limit {
        return Ok(Ok(bytes));
    }
    Ok(Err(FileInput::Spooled(spooled(&mut bytes.chain(stdin))?)))
}

/// Opens a plain file for reading.
pub(crate) fn open(path: &Path) -> Result<File, Error> {
    let about = |error: &io::Error| unreadable(error).in_source(path.display().to_string());
    let file = File::open(path).map_err(|error| about(&error))?;
    Ok(file)
}

/// Why a file cannot be read, in words.
pub(crate) fn unreadable(error: &io::Error) -> Error {
    let (message, help) = match error.kind() {
        io::ErrorKind::NotFound => ("there is no such file".to_owned(), Some("check the path")),
        io::ErrorKind::PermissionDenied => ("may not be read".to_owned(), Some("check its permissions")),
        io::ErrorKind::IsADirectory => ("is a folder".to_owned(), None),
        _ => (format!("cannot be read: {error}"), None),
    };
    let unreadable = Error::new(ErrorKind::Input, message);
    match help {
        Some(help) => unreadable.help(help),
        None => unreadable,
    }
}

/// Why a path that somebody typed cannot be read; where there is none of that name, the one that was meant.
pub(crate) fn unreadable_path(path: &Path, error: &io::Error) -> Error {
    let trouble = unreadable(error);
    match meant(path).filter(|_| error.kind() == io::ErrorKind::NotFound) {
        Some(meant) => trouble.help(format!("did you mean {meant}?")),
        None => trouble,
    }
}

/// Entries of a folder that are looked at for a near name.
const NEAR: usize = 10_000;

/// The path that is there and differs in one part, which a slip of the fingers explains.
fn meant(path: &Path) -> Option<String> {
    let (mut folder, mut parts) = (PathBuf::new(), path.components());
    let missing = loop {
        let part = parts.next()?;
        let next = folder.join(part);
        if !next.exists() {
            break part.as_os_str().to_str()?;
        }
        folder = next;
    };
    let here = if folder.as_os_str().is_empty() { Path::new(".") } else { &folder };
    let names = std::fs::read_dir(here).ok()?.take(NEAR).filter_map(|entry| entry.ok()?.file_name().into_string().ok());
    let mut names: Vec<String> = names.collect();
    names.sort_unstable();
    let near = nearest(missing, names.iter().map(String::as_str))?;
    let near: PathBuf = folder.join(near).components().chain(parts).collect();
    near.exists().then(|| shown(&near, None))
}

/// The inputs that the arguments name: files as they are, the posts of folders in path order, `-` for standard input.
/// Standard input can be opened once, unless [`keep`] makes a file of it.
pub(crate) fn inputs(paths: &[PathBuf]) -> Result<Vec<FileInput>, Error> {
    let mut inputs = Vec::new();
    if paths.is_empty() {
        if io::stdin().is_terminal() {
            return Err(Error::new(ErrorKind::Usage, "there is nothing to convert").help(
                "name a file or a folder, or `-` for standard input: `slugline convert feed.xml --to markdown`",
            ));
        }
        inputs.push(FileInput::Stdin(OnceCell::new()));
    }
    for path in paths {
        if path.as_os_str() == "-" {
            if inputs.iter().any(|input| !matches!(input, FileInput::Path { .. })) {
                return Err(Error::new(ErrorKind::Usage, "standard input can be read once; `-` is named twice"));
            }
            inputs.push(FileInput::Stdin(OnceCell::new()));
            continue;
        }
        let name = shown(path, None);
        let about = std::fs::metadata(path).map_err(|error| unreadable_path(path, &error).in_source(&name))?;
        if about.is_dir() {
            let before = inputs.len();
            for file in posts_in(path)? {
                inputs.push(FileInput::Path { name: shown(&file, None), path: file });
            }
            if inputs.len() == before {
                return Err(Error::new(ErrorKind::Input, "the folder holds no post")
                    .help("posts end in .md, .markdown or .mdx")
                    .in_source(name));
            }
        } else {
            inputs.push(FileInput::Path { name, path: path.clone() });
        }
    }
    Ok(inputs)
}

/// How many bytes they have together; 0 where that cannot be told.
pub(crate) fn length(inputs: &[FileInput]) -> u64 {
    let one = |input: &FileInput| match input {
        FileInput::Path { path, .. } => std::fs::metadata(path).ok().map(|about| about.len()),
        FileInput::Spooled(file) => file.metadata().ok().map(|about| about.len()),
        FileInput::Stdin(_) => None,
    };
    inputs.iter().map(one).sum::<Option<u64>>().unwrap_or(0)
}

/// Whether standard input is one of them, which can be opened once.
pub(crate) fn is_stdin(inputs: &[FileInput]) -> bool {
    inputs.iter().any(|input| matches!(input, FileInput::Stdin(_)))
}

/// Keeps standard input, so that it can be opened more than once.
pub(crate) fn keep(inputs: &mut [FileInput]) -> Result<(), Error> {
    for input in inputs {
        if let FileInput::Stdin(start) = input {
            let start = start.take().unwrap_or_default();
            *input = FileInput::Spooled(spooled(&mut start.chain(io::stdin().lock()))?);
        }
    }
    Ok(())
}

/// An unnamed file of what comes on standard input.
fn spooled(stdin: &mut dyn Read) -> Result<File, Error> {
    let failed = |error: io::Error| Error::new(ErrorKind::Input, format!("standard input cannot be kept: {error}"));
    let mut file = tempfile::tempfile().map_err(failed)?;
    io::copy(stdin, &mut file).map_err(failed)?;
    Ok(file)
}

/// The posts below a folder, in path order, what `.gitignore` names left out.
fn posts_in(folder: &Path) -> Result<Vec<PathBuf>, Error> {
    let mut files = Vec::new();
    for entry in ignore::WalkBuilder::new(folder).require_git(false).sort_by_file_path(Ord::cmp).build() {
        let entry = entry.map_err(|error| {
            Error::new(ErrorKind::Input, format!("cannot be read: {error}")).in_source(folder.display().to_string())
        })?;
        let is_post = |path: &Path| {
            let extension = path.extension().and_then(|extension| extension.to_str()).unwrap_or_default();
            matches!(extension.to_ascii_lowercase().as_str(), "md" | "markdown" | "mdx")
        };
        if entry.file_type().is_some_and(|kind| kind.is_file()) && is_post(entry.path()) {
            files.push(entry.into_path());
        }
    }
    Ok(files)
}
