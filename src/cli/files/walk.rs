//! Which files a check looks at: those that are named, and in folders the posts and feeds, what `.gitignore` names
//! left out.

use std::{
    collections::HashSet,
    ffi::OsStr,
    fs,
    io::{self, BufRead, Read},
    path::{Component, MAIN_SEPARATOR, Path, PathBuf},
    sync::{Arc, Mutex, PoisonError},
    thread,
};

use ignore::{DirEntry, WalkBuilder, WalkState};

use crate::error::{Error, ErrorKind};

use super::{
    git,
    read::{unreadable, unreadable_path},
};

/// A file to check.
#[derive(Debug, Clone)]
pub(crate) struct Target {
    /// As reports show it: with `/` between folders.
    pub(crate) name: Arc<str>,
    /// As it is opened, where that is not its name.
    path: Option<Box<Path>>,
    /// Whether it was named, rather than found in a folder: then it must be something that can be checked.
    pub(crate) named: bool,
}

impl Target {
    fn new(name: Arc<str>, path: &Path, named: bool) -> Self {
        let path = (path.as_os_str() != &*name).then(|| path.into());
        Target { name, path, named }
    }

    /// Its path, as it is opened.
    pub(crate) fn path(&self) -> &Path {
        self.path.as_deref().unwrap_or_else(|| Path::new(&*self.name))
    }
}

/// Endings of the posts that are looked for in folders.
const POSTS: &[&str] = &["md", "markdown", "mdx", "org"];
/// Endings of what may be a feed; whether it is one, its first bytes tell.
const FEEDS: &[&str] = &["xml", "rss", "rdf", "atom", "json"];
/// Folders of templates, whose placeholders are no front matter.
const TEMPLATES: &[&[&str]] = &[&["archetypes"], &["scaffolds"], &[".github", "ISSUE_TEMPLATE"]];

/// The files that the paths name, in order of their names, each once. What cannot be read is an error in `errors`;
/// the others are checked all the same. `root` is the folder that names are relative to, `jobs` how many threads walk.
pub(crate) fn targets(
    paths: &[PathBuf],
    root: Option<&Path>,
    force_exclude: bool,
    jobs: Option<usize>,
    errors: &mut Vec<Error>,
) -> Vec<Target> {
    let mut targets = Vec::new();
    for path in paths {
        match fs::metadata(path) {
            Err(error) => errors.push(unreadable_path(path, &error).in_source(shown(path, None))),
            Ok(about) if about.is_dir() => folder(path, root, jobs, errors, &mut targets),
            Ok(_) if force_exclude && (is_template(path) || !has_ending(path, POSTS) && !has_ending(path, FEEDS)) => {}
            Ok(_) => targets.push(Target::new(shown(path, root).into(), path, !force_exclude)),
        }
    }
    targets.sort_by(|a, b| a.name.cmp(&b.name).then(b.named.cmp(&a.named)));
    targets.dedup_by(|second, first| second.name == first.name);
    targets
}

/// The target of that name, among those in the order of their names.
pub(crate) fn find<'t>(targets: &'t [Target], name: &str) -> Option<&'t Target> {
    targets.binary_search_by(|target| (*target.name).cmp(name)).ok().map(|at| &targets[at])
}

/// Entries of a folder up to which one thread walks it: others would take longer to start.
const FEW: usize = 256;

fn folder(folder: &Path, root: Option<&Path>, jobs: Option<usize>, errors: &mut Vec<Error>, targets: &mut Vec<Target>) {
    // Whoever names a folder of templates wants it looked at.
    let keep_templates = is_template(&folder.join("x"));
    let mut walk = walker(folder);
    walk.threads(jobs.unwrap_or(0)).filter_entry(move |entry| {
        keep_templates || !entry.file_type().is_some_and(|kind| kind.is_dir()) || !is_template(&entry.path().join("x"))
    });
    let about = About::new(folder, root);
    let found = match jobs {
        Some(1) => alone(&walk, usize::MAX, &about),
        _ => alone(&walk, FEW, &about).or_else(|| if has_threads() { None } else { alone(&walk, usize::MAX, &about) }),
    };
    let (mut found, mut wrong) = found.unwrap_or_else(|| together(&walk, &about));
    wrong.sort_by(|a, b| a.message.cmp(&b.message));
    targets.append(&mut found);
    errors.append(&mut wrong);
}

fn walker(folder: &Path) -> WalkBuilder {
    let mut walk = WalkBuilder::new(folder);
    walk.require_git(false).git_global(git::excludes());
    walk
}

/// What is found in a folder, and what cannot be read.
type Found = (Vec<Target>, Vec<Error>);

/// The folder that is walked, and the one that names are relative to.
struct About<'p> {
    folder: &'p Path,
    root: Option<&'p Path>,
    /// What the name of each file in it begins with; `None` where some lie below the root and others do not.
    before: Option<String>,
}

impl<'p> About<'p> {
    fn new(folder: &'p Path, root: Option<&'p Path>) -> Self {
        let holds_root = root.is_some_and(|root| {
            std::path::absolute(folder).is_ok_and(|whole| root != whole && root.starts_with(whole))
        });
        // A path that leads up and down again does not begin as its files' do.
        let is_plain = folder.components().all(|part| !matches!(part, Component::ParentDir));
        let before = (is_plain && !holds_root).then(|| match shown(folder, root).as_str() {
            "." => String::new(),
            name if name.ends_with('/') => name.to_owned(),
            name => format!("{name}/"),
        });
        About { folder, root, before }
    }

    /// The name of a file in the folder.
    fn name(&self, path: &Path) -> Arc<str> {
        // The walk puts names behind the folder's own.
        let below = path.to_str().zip(self.folder.to_str()).and_then(|(path, folder)| path.strip_prefix(folder));
        match (&self.before, below) {
            (Some(before), Some(below)) if MAIN_SEPARATOR == '/' => {
                let below = below.trim_start_matches('/');
                let mut name = String::with_capacity(before.len() + below.len());
                name.push_str(before);
                name.push_str(below);
                name.into()
            }
            _ => shown(path, self.root).into(),
        }
    }

    /// Takes down an entry, when it is something to check.
    fn take(&self, entry: Result<DirEntry, ignore::Error>, (targets, errors): &mut Found) {
        match entry {
            Ok(entry) => {
                let path = entry.path();
                let is_file = entry.file_type().is_some_and(|kind| kind.is_file());
                if is_file && (has_ending(path, POSTS) || has_ending(path, FEEDS)) {
                    let name = self.name(path);
                    targets.push(Target::new(name, path, false));
                }
            }
            Err(error) => errors.push(trouble(&error).in_source(shown(self.folder, None))),
        }
    }
}

/// Walks on this thread; `None` where there are more entries than `most`.
fn alone(walk: &WalkBuilder, most: usize, about: &About<'_>) -> Option<Found> {
    let mut found = Found::default();
    for (index, entry) in walk.build().enumerate() {
        if index == most {
            return None;
        }
        about.take(entry, &mut found);
    }
    Some(found)
}

/// Whether a thread can be had. The walk on several panics where there is none, so it is asked before.
fn has_threads() -> bool {
    thread::Builder::new().spawn(|| ()).is_ok_and(|thread| thread.join().is_ok())
}

/// Walks on several threads.
fn together(walk: &WalkBuilder, about: &About<'_>) -> Found {
    let all = Mutex::default();
    walk.build_parallel().run(|| {
        let mut part = Part { found: Found::default(), all: &all };
        Box::new(move |entry| {
            about.take(entry, &mut part.found);
            WalkState::Continue
        })
    });
    all.into_inner().unwrap_or_else(PoisonError::into_inner)
}

/// What one thread finds in a folder; given to the others' when it ends.
struct Part<'f> {
    found: Found,
    all: &'f Mutex<Found>,
}

impl Drop for Part<'_> {
    fn drop(&mut self) {
        // Two lists in order are put in order at once.
        self.found.0.sort_by(|a, b| a.name.cmp(&b.name));
        let mut all = self.all.lock().unwrap_or_else(PoisonError::into_inner);
        all.0.append(&mut self.found.0);
        all.1.append(&mut self.found.1);
    }
}

/// The names of all files below a folder, what `.gitignore` names left out.
pub(crate) fn names(folder: &Path) -> HashSet<String> {
    let entries = walker(folder).build().flatten();
    let files = entries.filter(|entry| entry.file_type().is_some_and(|kind| kind.is_file()));
    files.filter_map(|entry| entry.file_name().to_str().map(str::to_owned)).collect()
}

fn trouble(error: &ignore::Error) -> Error {
    Error::new(ErrorKind::Input, format!("the folder cannot be read: {error}"))
}

fn has_ending(path: &Path, endings: &[&str]) -> bool {
    let ending = match path.to_str() {
        // A name that begins with its only dot has no ending.
        Some(path) => match path.rsplit_once('.') {
            Some((stem, ending)) if !stem.is_empty() && !stem.ends_with(['/', MAIN_SEPARATOR]) => ending,
            _ => "",
        },
        None => path.extension().and_then(OsStr::to_str).unwrap_or_default(),
    };
    endings.iter().any(|known| known.eq_ignore_ascii_case(ending))
}

/// Whether a path lies in a folder of templates.
fn is_template(path: &Path) -> bool {
    let parts: Vec<&OsStr> = path.parent().map(|folder| folder.iter().collect()).unwrap_or_default();
    TEMPLATES.iter().any(|template| parts.windows(template.len()).any(|window| window == *template))
}

/// A path as reports show it: relative to `root` where it lies below, with `/`, without `./`. What is not UTF-8 in it
/// shows as U+FFFD.
pub(crate) fn shown(path: &Path, root: Option<&Path>) -> String {
    let below = root.and_then(|root| {
        let whole = std::path::absolute(path).ok()?;
        Some(whole.strip_prefix(root).ok()?.to_owned())
    });
    let path = below.as_deref().unwrap_or(path);
    let mut name = String::new();
    for part in path.components() {
        match part {
            Component::CurDir => {}
            Component::RootDir => name.push('/'),
            part => {
                if !name.is_empty() && !name.ends_with('/') {
                    name.push('/');
                }
                name.push_str(&part.as_os_str().to_string_lossy());
            }
        }
    }
    if name.is_empty() { ".".to_owned() } else { name }
}

/// The paths that a file lists, one a line; `-` is standard input.
pub(crate) fn listed(file: &Path) -> Result<Vec<PathBuf>, Error> {
    let about = |error: &io::Error| unreadable(error).in_source(file.display().to_string());
    let reader: Box<dyn BufRead> = if file.as_os_str() == "-" {
        Box::new(io::stdin().lock())
    } else {
        Box::new(io::BufReader::new(fs::File::open(file).map_err(|error| about(&error))?))
    };
    let mut paths = Vec::new();
    for line in reader.split(b'\n') {
        let line = line.map_err(|error| about(&error))?;
        let line = line.strip_suffix(b"\r").unwrap_or(&line);
        if !line.is_empty() {
            paths.push(path_of(line));
        }
    }
    Ok(paths)
}

#[cfg(unix)]
fn path_of(bytes: &[u8]) -> PathBuf {
    use std::os::unix::ffi::OsStrExt;
    PathBuf::from(OsStr::from_bytes(bytes))
}

#[cfg(not(unix))]
fn path_of(bytes: &[u8]) -> PathBuf {
    PathBuf::from(String::from_utf8_lossy(bytes).into_owned())
}

/// The bytes of a file, `limit` at most.
pub(crate) fn bytes(path: &Path, limit: usize) -> Result<Vec<u8>, Error> {
    bytes_up_to(path, limit)?.ok_or_else(|| Error::new(ErrorKind::Limit, format!("this has more than {limit} bytes")))
}

/// The bytes of a file; none where they are more than `limit`.
pub(crate) fn bytes_up_to(path: &Path, limit: usize) -> Result<Option<Vec<u8>>, Error> {
    bytes_in(Vec::new(), path, limit)
}

/// The same, in the memory of `bytes`, whatever it held.
pub(crate) fn bytes_in(mut bytes: Vec<u8>, path: &Path, limit: usize) -> Result<Option<Vec<u8>>, Error> {
    bytes.clear();
    let about = |error: &io::Error| unreadable(error);
    let file = fs::File::open(path).map_err(|error| about(&error))?;
    let metadata = file.metadata().map_err(|error| about(&error))?;
    if !metadata.is_file() {
        return Err(Error::new(ErrorKind::Input, "this is no plain file"));
    }
    let known = metadata.len() as usize;
    if known > limit {
        return Ok(None);
    }
    bytes.reserve(known + 1);
    // A file's length is known: asking for its end would be a call more for each of many files.
    (&file).take(known as u64).read_to_end(&mut bytes).map_err(|error| about(&error))?;
    if known == 0 {
        file.take(limit as u64 + 1).read_to_end(&mut bytes).map_err(|error| about(&error))?;
    }
    Ok((bytes.len() <= limit).then_some(bytes))
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::shown;

    #[test]
    fn paths_are_shown_with_slashes() {
        assert_eq!(shown(Path::new("./a/./b.md"), None), "a/b.md");
        assert_eq!(shown(Path::new("/srv/site/a.md"), Some(Path::new("/srv/site"))), "a.md");
        assert_eq!(shown(Path::new("."), None), ".");
        if cfg!(windows) {
            assert_eq!(shown(Path::new(r"a\b.md"), None), "a/b.md");
            assert_eq!(shown(Path::new(r"C:\site\a.md"), None), "C:/site/a.md");
        } else {
            // Elsewhere that is part of a file's name.
            assert_eq!(shown(Path::new(r"a\b.md"), None), r"a\b.md");
        }
    }
}
