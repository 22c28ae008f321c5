//! What the tests of the command line share.
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
        let (mut folders, mut files) = (vec![self.root().to_owned()], Vec::new());
        while let Some(folder) = folders.pop() {
            for entry in fs::read_dir(folder).unwrap() {
                let path = entry.unwrap().path();
                if path.is_dir() {
                    folders.push(path);
                } else {
                    let parts: Vec<_> =
                        path.strip_prefix(self.root()).unwrap().iter().map(|p| p.to_string_lossy()).collect();
                    files.push(parts.join("/"));
                }
            }
        }
        files.sort();
        files
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
