//! Every command in README.md and in the book prints what the page shows. With `UPDATE_DOCS=1` the pages get what the
//! program prints.
//!
//! A block of ```` ```console ```` is run, line after line, by bash in a folder of the page's own, which begins as a copy
//! of `fixtures/book/PAGE` (`fixtures/readme` where there is none). A block of ```` ```toml file=slugline.toml ```` is
//! written to that file. A command whose tools are not on this machine is passed over, which is told.
#![allow(clippy::unwrap_used, clippy::print_stderr)]

mod support;

use std::{
    fs,
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

use support::{Workdir, pages};

/// Programs that a page may run beside slugline and what every Unix has.
const TOOLS: &[&str] = &["git", "jq", "perl", "python3"];

/// The folder that a page's commands run in, and what a shell keeps from one line to the next.
struct Session {
    work: Workdir,
    folder: PathBuf,
    exit: i32,
}

impl Session {
    fn new(page: &str) -> Self {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures");
        let own = root.join("book").join(page.trim_start_matches("docs/").trim_end_matches(".md"));
        let work = copied(&if own.is_dir() { own } else { root.join("readme") });
        let folder = work.root().canonicalize().unwrap();
        Session { work, folder, exit: 0 }
    }

    /// What a command prints; `None` where it cannot be run here.
    fn run(&mut self, command: &str) -> Option<String> {
        if let Some(folder) = command.strip_prefix("cd ") {
            self.folder = self.folder.join(folder);
            assert!(self.folder.is_dir(), "no folder: {command}");
            return Some(String::new());
        }
        let is_named = |tool: &&&str| command.split([' ', '\n', '|', ';', '(']).any(|word| word == **tool);
        if let Some(tool) = TOOLS.iter().filter(is_named).find(|tool| !is_here(tool)) {
            eprintln!("skipped, there is no {tool}: {command}");
            return None;
        }
        let program = Path::new(env!("CARGO_BIN_EXE_slugline"));
        let path = std::env::var("PATH").unwrap_or_default();
        // The exit code of the line before, for `echo $?`.
        let script = format!("(exit {})\n{command}", self.exit);
        let end = Command::new("bash")
            .args(["-c", &script])
            .current_dir(&self.folder)
            .env("PATH", format!("{}:{path}", program.parent().unwrap().display()))
            .env("HOME", self.work.root())
            .env("NO_COLOR", "1")
            .env("LC_ALL", "C.UTF-8")
            .env("TZ", "UTC")
            .env_remove("GITHUB_ACTIONS")
            .envs([("GIT_CONFIG_GLOBAL", "/dev/null"), ("GIT_CONFIG_NOSYSTEM", "1")])
            .envs([("GIT_AUTHOR_NAME", "Desk"), ("GIT_AUTHOR_EMAIL", "desk@example.org")])
            .envs([("GIT_COMMITTER_NAME", "Desk"), ("GIT_COMMITTER_EMAIL", "desk@example.org")])
            .stdin(Stdio::null())
            .output()
            .unwrap();
        self.exit = end.status.code().unwrap_or(-1);
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
        // A report comes before what is said of the run.
        let printed = [text(end.stdout), text(end.stderr)].concat();
        let root = self.work.root().canonicalize().unwrap();
        assert!(!printed.contains(root.to_str().unwrap()), "a path of this machine: {command}\n{printed}");
        assert!(!printed.lines().any(|line| line.starts_with("```")), "would end the block: {command}\n{printed}");
        Some(printed)
    }
}

/// A folder with what is in another one.
fn copied(from: &Path) -> Workdir {
    let mut work = Workdir::new();
    let mut folders = vec![from.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else {
                let name = path.strip_prefix(from).unwrap().to_str().unwrap();
                work = work.bytes(name, &fs::read(&path).unwrap());
            }
        }
    }
    work
}

fn is_here(tool: &str) -> bool {
    Command::new(tool).arg("--version").stdout(Stdio::null()).stderr(Stdio::null()).status().is_ok()
}

/// The file that a fence names: ```` ```toml file=slugline.toml ````.
fn file_of(fence: &str) -> Option<&str> {
    fence.split_once("file=").map(|(_, file)| file.trim())
}

/// The page with what its commands print.
fn real(page: &str, text: &str) -> String {
    let mut session = Session::new(page);
    let mut real = String::new();
    let mut lines = text.lines().peekable();
    while let Some(line) = lines.next() {
        real += &format!("{line}\n");
        if line.starts_with("```") && line != "```console" {
            let mut inside = String::new();
            for line in lines.by_ref().take_while(|line| *line != "```") {
                inside += &format!("{line}\n");
            }
            real += &format!("{inside}```\n");
            if let Some(file) = file_of(line) {
                let path = session.folder.join(file);
                fs::create_dir_all(path.parent().unwrap()).unwrap();
                fs::write(path, inside).unwrap();
            }
        } else if line == "```console" {
            while let Some(line) = lines.next() {
                if line == "```" {
                    real += "```\n";
                    break;
                }
                let Some(command) = line.strip_prefix("$ ") else { panic!("{page}: no command: {line}") };
                let mut command = command.to_owned();
                while command.ends_with('\\') {
                    command += &format!("\n{}", lines.next().unwrap());
                }
                real += &format!("$ {command}\n");
                let mut shown = String::new();
                while let Some(line) = lines.next_if(|line| !line.starts_with("$ ") && *line != "```") {
                    shown += &format!("{line}\n");
                }
                let printed = session.run(&command).unwrap_or(shown);
                real += printed.trim_end();
                if !printed.trim_end().is_empty() {
                    real.push('\n');
                }
            }
        }
    }
    real
}

#[test]
fn pages_show_what_their_commands_print() {
    // Elsewhere paths are spelt otherwise, and there may be no bash.
    if !cfg!(unix) || !is_here("bash") {
        return eprintln!("skipped: there is no bash here");
    }
    let update = std::env::var_os("UPDATE_DOCS").is_some();
    let mut wrong = Vec::new();
    for (page, text) in pages() {
        let real = real(&page, &text);
        if real == text {
            continue;
        }
        let differs = text.lines().zip(real.lines()).position(|(shown, real)| shown != real);
        let line = differs.unwrap_or_else(|| text.lines().count().min(real.lines().count()));
        wrong.push(format!("{page}:{}: {}", line + 1, real.lines().nth(line).unwrap_or_default()));
        if update {
            fs::write(Path::new(env!("CARGO_MANIFEST_DIR")).join(&page), real).unwrap();
        }
    }
    assert!(update || wrong.is_empty(), "UPDATE_DOCS=1 writes what the program prints:\n{}", wrong.join("\n"));
}
