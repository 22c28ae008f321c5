//! What tests share.
#![allow(dead_code, clippy::unwrap_used)]

use std::{
    fs,
    io::Write,
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

/// A folder of its own, gone when it is dropped.
pub(crate) struct Workdir(tempfile::TempDir);

impl Workdir {
    /// An empty folder.
    pub(crate) fn new() -> Self {
        Workdir(tempfile::tempdir().unwrap())
    }

    /// Adds a file of text.
    pub(crate) fn file(self, name: &str, text: &str) -> Self {
        self.bytes(name, text.as_bytes())
    }

    /// Adds a file of bytes.
    pub(crate) fn bytes(self, name: &str, bytes: &[u8]) -> Self {
        let path = self.path(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
        self
    }

    /// Adds a folder.
    pub(crate) fn folder(self, name: &str) -> Self {
        fs::create_dir_all(self.path(name)).unwrap();
        self
    }

    /// Where it is.
    pub(crate) fn root(&self) -> &Path {
        self.0.path()
    }

    /// A path in it.
    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    /// The text of a file in it.
    pub(crate) fn read(&self, name: &str) -> String {
        fs::read_to_string(self.path(name)).unwrap()
    }

    /// All files in it, in order, with `/`.
    pub(crate) fn files(&self) -> Vec<String> {
        let name = |path: PathBuf| {
            let parts = path.strip_prefix(self.root()).unwrap().iter().map(|part| part.to_string_lossy());
            parts.collect::<Vec<_>>().join("/")
        };
        let mut files: Vec<_> = below(self.root(), |_| true).into_iter().map(name).collect();
        files.sort();
        files
    }
}

/// A value of a kind whose fields may grow: the default, but for what is set.
pub(crate) fn made<T: Default>(set: impl FnOnce(&mut T)) -> T {
    let mut made = T::default();
    set(&mut made);
    made
}

/// The files below a folder, in order; of the folders in it those that are to be entered.
pub(crate) fn below(folder: &Path, enters: impl Fn(&Path) -> bool) -> Vec<PathBuf> {
    let (mut folders, mut files) = (vec![folder.to_owned()], Vec::new());
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            match path.is_dir() {
                true if enters(&path) => folders.push(path),
                true => {}
                false => files.push(path),
            }
        }
    }
    files.sort();
    files
}

/// Whether a file's name ends in one of these.
pub(crate) fn ends_in(path: &Path, endings: &[&str]) -> bool {
    path.extension().and_then(|ending| ending.to_str()).is_some_and(|ending| endings.contains(&ending))
}

/// The folder of fixtures of that name.
pub(crate) fn fixtures(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures").join(name)
}

/// Says why a test looks at nothing: past the test harness, which would keep it to itself.
pub(crate) fn skipped(why: &str) {
    let _ = writeln!(std::io::stderr(), "skipped: {why}");
}

/// The folder of public feeds and posts that `SLUGLINE_ORACLE` names, else the one beside the checkout; `None` where
/// there is neither, which is told.
pub(crate) fn oracle() -> Option<PathBuf> {
    let beside = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/oracle");
    match std::env::var_os("SLUGLINE_ORACLE") {
        Some(named) => {
            let named = PathBuf::from(named);
            assert!(named.is_dir(), "SLUGLINE_ORACLE names {}, which is no folder", named.display());
            Some(named)
        }
        None if beside.is_dir() => Some(beside),
        None => {
            skipped("SLUGLINE_ORACLE names no folder of public feeds and posts");
            None
        }
    }
}

/// Runs slugline in a folder: exit code (or -1), standard output, standard error, the folder's own path shortened.
pub(crate) fn slugline(work: &Workdir, arguments: &[&str], stdin: &[u8]) -> (i32, String, String) {
    let mut child = Command::new(env!("CARGO_BIN_EXE_slugline"))
        .args(arguments)
        .current_dir(work.root())
        .env_remove("GITHUB_ACTIONS")
        .env("NO_COLOR", "1")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut input = child.stdin.take().unwrap();
    // A program that ends early closes the pipe; that is its business.
    let _ = input.write_all(stdin);
    drop(input);
    let end = child.wait_with_output().unwrap();
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).replace(&work.root().display().to_string(), "WORK");
    (end.status.code().unwrap_or(-1), text(&end.stdout), text(&end.stderr))
}

/// README.md and the pages of the book: the path from the top, with `/`, and the text.
pub(crate) fn pages() -> Vec<(String, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut pages = vec![("README.md".to_owned(), fs::read_to_string(root.join("README.md")).unwrap())];
    let mut folders = vec!["docs".to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(root.join(&folder)).unwrap() {
            let entry = entry.unwrap();
            let name = format!("{folder}/{}", entry.file_name().to_str().unwrap());
            if entry.path().is_dir() {
                folders.push(name);
            } else if name.ends_with(".md") {
                pages.push((name, fs::read_to_string(entry.path()).unwrap()));
            }
        }
    }
    pages.sort();
    pages
}
