//! Every command in README.md and in the book prints what the page shows. With `UPDATE_DOCS=1` the pages get what the
//! program prints.
//!
//! A block of ```` ```console ```` is run, line after line, by bash in a folder of the page's own, which begins as a copy
//! of `fixtures/book/PAGE` (`fixtures/readme` where there is none, another where a comment `begins in:` says so). A block of ```` ```toml file=slugline.toml ```` is
//! written to that file. A command whose tools are not on this machine is passed over, which is told.
#![allow(clippy::unwrap_used)]

mod support;

use std::{
    fs,
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

use clap::error::ErrorKind;
use support::{Workdir, below, pages, skipped};

/// Programs that a page may run beside slugline and what every Unix has.
const TOOLS: &[&str] = &["git", "jq", "perl", "python3"];

/// The folder that a page's commands run in, and what a shell keeps from one line to the next.
struct Session {
    work: Workdir,
    folder: PathBuf,
    exit: i32,
}

impl Session {
    fn new(page: &str, text: &str) -> Self {
        let root = Path::new(env!("CARGO_MANIFEST_DIR"));
        let own = root.join("fixtures/book").join(page.trim_start_matches("docs/").trim_end_matches(".md"));
        let named = text.split_once("<!-- begins in: ").map(|(_, rest)| root.join(rest.split_once(" -->").unwrap().0));
        let usual = if own.is_dir() { own } else { root.join("fixtures/readme") };
        let work = copied(&named.unwrap_or(usual));
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
            skipped(&format!("there is no {tool}: {command}"));
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
    below(from, |_| true).iter().fold(Workdir::new(), |work, path| {
        let name = path.strip_prefix(from).unwrap().to_str().unwrap();
        work.bytes(name, &fs::read(path).unwrap())
    })
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
    let mut session = Session::new(page, text);
    let mut real = String::new();
    let mut lines = text.lines().peekable();
    while let Some(line) = lines.next() {
        real += &format!("{line}\n");
        if line.starts_with("```") && line != "```console" {
            let above = real.clone();
            let mut inside = String::new();
            for line in lines.by_ref().take_while(|line| *line != "```") {
                inside += &format!("{line}\n");
            }
            real += &format!("{inside}```\n");
            if let Some(file) = file_of(line) {
                // A reader does not see the fence.
                let last = above.rsplit("\n```\n").next().unwrap();
                assert!(last.contains(&format!("`{file}`")), "{page}: the text does not name the file {file}");
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

/// The words of a command line: blanks part them, quotes hold them together, signs of the shell end it.
fn words(line: &str) -> Vec<String> {
    let (mut words, mut word, mut quote) = (Vec::new(), None::<String>, None);
    for c in line.chars() {
        match quote {
            Some(q) if c == q => quote = None,
            Some(_) => word.get_or_insert_default().push(c),
            None if c == '\'' || c == '"' => {
                quote = Some(c);
                word.get_or_insert_default();
            }
            None if "|;&><#".contains(c) => break,
            None if c.is_whitespace() => words.extend(word.take()),
            None => word.get_or_insert_default().push(c),
        }
    }
    words.extend(word);
    words
}

/// What a page calls `slugline` with, in prose and in blocks that are not run.
fn mentioned(text: &str) -> Vec<String> {
    let mut lines = Vec::new();
    let mut fence = false;
    for line in text.replace("\\\n", " ").lines() {
        if line.starts_with("```") {
            fence = !fence;
        } else if fence {
            lines.push(line.trim_start().trim_start_matches("- ").to_owned());
        } else {
            lines.extend(line.split('`').skip(1).step_by(2).map(|code| code.replace("\\|", "|")));
        }
    }
    lines.retain(|line| {
        line.starts_with("slugline ") && !["…", "COMMAND", "[OPTIONS]"].iter().any(|sign| line.contains(sign))
    });
    lines
}

#[test]
fn every_command_of_slugline_is_one() {
    let (mut wrong, mut looked_at) = (Vec::new(), 0);
    for (page, text) in pages() {
        for line in mentioned(&text) {
            looked_at += 1;
            let words = words(&line);
            let Err(error) = slugline::cli::command().try_get_matches_from(&words) else { continue };
            let is_cut_short = match error.kind() {
                ErrorKind::DisplayHelp | ErrorKind::DisplayVersion | ErrorKind::MissingRequiredArgument => true,
                // An option that is named without its value.
                ErrorKind::InvalidValue => words.last().is_some_and(|word| word.starts_with("--")),
                _ => false,
            };
            if !is_cut_short {
                wrong.push(format!("{page}: {line}\n{error}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(looked_at > 40, "no more than {looked_at} were found");
}

#[test]
fn pages_show_what_their_commands_print() {
    // Elsewhere paths are spelt otherwise, and there may be no bash.
    if !cfg!(unix) || !is_here("bash") {
        return skipped("there is no bash here");
    }
    let update = std::env::var_os("UPDATE_DOCS").is_some();
    let (mut wrong, mut commands) = (Vec::new(), 0);
    for (page, text) in pages() {
        commands += text.lines().filter(|line| line.starts_with("$ ")).count();
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
    assert!(commands > 100, "no more than {commands} were found");
    assert!(update || wrong.is_empty(), "UPDATE_DOCS=1 writes what the program prints:\n{}", wrong.join("\n"));
}
