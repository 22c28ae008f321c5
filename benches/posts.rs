//! How long it takes to make posts of a feed, as a multiple of writing the same files in a plain loop on the same disk in
//! the same run.
//!
//! `cargo bench --bench posts -- FEED [FOLDER] [RUNS]`; the folder (the system's for temporary files where it is left
//! out) tells the disk.
#![allow(clippy::print_stdout, clippy::unwrap_used, missing_docs)]

use std::{
    fs::{self, File},
    io::Write,
    path::{Path, PathBuf},
    process::{Command, Stdio},
    time::Instant,
};

/// What slugline brings to the disk at once.
const FILES: usize = 4_096;
const BYTES: usize = 32 << 20;

fn main() {
    let mut arguments = std::env::args().skip(1).filter(|argument| !argument.starts_with("--"));
    let Some(feed) = arguments.next() else {
        println!("cargo bench --bench posts -- FEED [FOLDER] [RUNS]");
        return;
    };
    let folder = arguments.next().map_or_else(std::env::temp_dir, PathBuf::from);
    let runs = arguments.next().map_or(5, |runs| runs.parse().unwrap());
    let work = tempfile::tempdir_in(folder).unwrap();
    let out = work.path().join("out");
    convert(&feed, &out);
    let files = read(&out);
    let bytes: usize = files.iter().map(|(_, bytes)| bytes.len()).sum();
    println!("{} files, {:.1} MB", files.len(), bytes as f64 / 1e6);
    let mut rows: Vec<(&str, Vec<f64>)> = ["a plain loop", "a loop that flushes as slugline does", "slugline convert"]
        .map(|name| (name, Vec::new()))
        .into();
    for run in 0..runs {
        for (row, (_, times)) in rows.iter_mut().enumerate() {
            // A folder of its own: ext4 takes minutes to give out again what was just removed, and looks long for others.
            let out = work.path().join(format!("{run}-{row}"));
            // What was written before is nobody's time.
            flush(work.path());
            let start = Instant::now();
            match row {
                0 => plain(&out, &files),
                1 => flushed(&out, &files),
                _ => convert(&feed, &out),
            }
            times.push(start.elapsed().as_secs_f64());
        }
    }
    let medians: Vec<f64> = rows.iter_mut().map(|(_, times)| median(times)).collect();
    for ((name, _), took) in rows.iter().zip(&medians) {
        println!(
            "{name}: {took:.3} s, {:.2} times the plain loop, {:.2} times the one that flushes",
            took / medians[0],
            took / medians[1]
        );
    }
}

fn convert(feed: &str, out: &Path) {
    let done = Command::new(env!("CARGO_BIN_EXE_slugline"))
        .args(["convert", feed, "--to", "markdown", "--same-name", "suffix", "-o"])
        .arg(out)
        .stderr(Stdio::null())
        .status();
    assert!(done.unwrap().success());
}

/// The files below, by path, in order.
fn read(root: &Path) -> Vec<(PathBuf, Vec<u8>)> {
    let (mut files, mut folders) = (Vec::new(), vec![root.to_owned()]);
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else {
                files.push((path.strip_prefix(root).unwrap().to_owned(), fs::read(&path).unwrap()));
            }
        }
    }
    files.sort();
    files
}

fn plain(root: &Path, files: &[(PathBuf, Vec<u8>)]) {
    for (path, bytes) in files {
        let path = root.join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        File::create_new(path).unwrap().write_all(bytes).unwrap();
    }
}

fn flushed(root: &Path, files: &[(PathBuf, Vec<u8>)]) {
    let (mut waiting, mut size) = (Vec::new(), 0);
    for (number, (path, bytes)) in files.iter().enumerate() {
        let path = root.join(path);
        let folder = path.parent().unwrap();
        fs::create_dir_all(folder).unwrap();
        let beside = folder.join(format!(".{number}.tmp"));
        File::create_new(&beside).unwrap().write_all(bytes).unwrap();
        waiting.push((beside, path));
        size += bytes.len();
        if waiting.len() == FILES || size >= BYTES || number + 1 == files.len() {
            flush(root);
            for (beside, path) in waiting.drain(..) {
                fs::rename(beside, path).unwrap();
            }
            File::open(root).unwrap().sync_all().unwrap();
            size = 0;
        }
    }
}

#[cfg(target_os = "linux")]
fn flush(root: &Path) {
    rustix::fs::syncfs(File::open(root).unwrap()).unwrap();
}

#[cfg(not(target_os = "linux"))]
fn flush(_root: &Path) {}

fn median(times: &mut [f64]) -> f64 {
    times.sort_by(f64::total_cmp);
    times[times.len() / 2]
}
