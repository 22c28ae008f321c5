//! The baseline of a run: which findings are known and wait, and which records are of findings that are gone.

use std::{
    collections::HashSet,
    path::{Path, PathBuf},
};

use crate::{
    baseline::{Baseline, Key},
    error::{Error, ErrorKind},
    report::{Located, counted},
    untrusted::shown,
};

use super::{
    super::{
        files::{site::Site, walk, whole::WholeFile},
        terminal,
    },
    Arguments,
    choose::Choice,
    run::Outcome,
};

/// Records of gone findings that are named.
const NAMED: usize = 10;

/// The baseline of a run.
pub(super) enum Known {
    /// There is none.
    Nothing,
    /// What it knows waits; and what messages call it.
    Waits(Baseline, String),
    /// It is to be written, to that file.
    Written(PathBuf),
}

/// The baseline that is asked for. A stranger's file is refused here, before anything is written.
pub(super) fn open(arguments: &Arguments, site: &Site) -> Result<Known, Error> {
    let shown = |file: &Path| walk::shown(file, site.root.as_deref());
    if let Some(file) = &arguments.write_baseline {
        if file.exists() && !is_ours(file) {
            read(file, &shown(file))?;
        }
        return Ok(Known::Written(file.clone()));
    }
    let Some(file) = file(arguments, site) else { return Ok(Known::Nothing) };
    let name = shown(&file);
    Ok(Known::Waits(read(&file, &name)?, name))
}

/// Takes out of the outcomes what the baseline knows; how many that were. Of one that is to be written all of them are
/// taken, and recorded.
pub(super) fn apply(known: Known, site: &Site, choice: &Choice, outcomes: &mut [Outcome]) -> Result<usize, Error> {
    let (mut baseline, name) = match known {
        Known::Nothing => return Ok(0),
        Known::Written(file) => return write(&file, site, outcomes),
        Known::Waits(baseline, name) => (baseline, name),
    };
    let mut known = 0;
    let looked: HashSet<String> = outcomes.iter().map(|outcome| outcome.name.to_string()).collect();
    for outcome in outcomes.iter_mut() {
        let (name, findings) = (&outcome.name, &mut outcome.findings);
        let before = findings.len();
        findings.retain(|located| {
            !(baseline.takes(name, &located.finding) || is_known_elsewhere(&mut baseline, &looked, located))
        });
        known += before - findings.len();
    }
    // Of a file that was not looked at to its end nobody knows what is gone.
    let is_whole = |outcome: &&Outcome| !outcome.ignored && outcome.error.is_none() && outcome.left_out == 0;
    let whole: HashSet<&str> = outcomes.iter().filter(is_whole).map(|outcome| &*outcome.name).collect();
    let is_gone = |key: &Key| whole.contains(&*key.file) && choice.options(site, &key.file).settings.shows(&key.code);
    say_gone(&name, &baseline.rest(is_gone));
    Ok(known)
}

/// Whether a clash with another file is recorded for that one: a run over the whole site tells it of the later file,
/// a run over one file of the one that it looks at.
fn is_known_elsewhere(baseline: &mut Baseline, looked: &HashSet<String>, located: &Located) -> bool {
    let other = located.finding.related.iter().find_map(|related| related.file.as_deref());
    other.is_some_and(|other| !looked.contains(other) && baseline.takes(other, &located.finding))
}

/// The baseline's file: the command line's, else the configuration's.
fn file(arguments: &Arguments, site: &Site) -> Option<PathBuf> {
    let configured = || {
        let root = site.root.clone().unwrap_or_default();
        site.config.baseline.as_ref().map(|file| root.join(file))
    };
    arguments.baseline.clone().or_else(configured)
}

fn read(file: &Path, name: &str) -> Result<Baseline, Error> {
    let bytes = walk::bytes(file, 64 << 20).map_err(|error| {
        let help = format!("`slugline check --write-baseline {name}` writes it");
        Error { kind: ErrorKind::Config, ..error }.help(help).in_source(name)
    })?;
    Baseline::parse(&String::from_utf8_lossy(&bytes)).map_err(|error| error.in_source(name))
}

fn write(file: &Path, site: &Site, outcomes: &mut [Outcome]) -> Result<usize, Error> {
    // Where nothing was looked at the run fails, and there is nothing to record.
    if outcomes.iter().all(|outcome| outcome.ignored || outcome.skipped) {
        return Ok(0);
    }
    let mut baseline = Baseline::default();
    let mut known = 0;
    for outcome in outcomes.iter_mut() {
        for located in outcome.findings.drain(..) {
            baseline.record(&outcome.name, &located.finding);
            known += 1;
        }
    }
    let name = walk::shown(file, site.root.as_deref());
    if file.exists() {
        // A run over some files says nothing of the others.
        let read_whole = outcomes.iter().filter(|outcome| outcome.error.is_none());
        let looked: HashSet<&str> = read_whole.map(|outcome| &*outcome.name).collect();
        let root = site.root.clone().unwrap_or_default();
        match read(file, &name) {
            Ok(old) => baseline.keep(old, |file| !looked.contains(file) && root.join(file).exists()),
            // A baseline that a merge broke may be written anew; a stranger's file stays what it is.
            Err(_) if is_ours(file) => {
                terminal::note(&format!("{} could not be read, and is written anew", shown(&name)));
            }
            Err(error) => return Err(error),
        }
    }
    let mut whole = WholeFile::create(file)?;
    whole.write(baseline.to_json().as_bytes())?;
    whole.finish()?;
    let (count, files) = (baseline.len(), baseline.files());
    terminal::note(&format!("{}: {} recorded in {}", shown(&name), counted(count, "finding"), counted(files, "file")));
    if site.config.baseline.is_none() {
        terminal::note(&format!("  add `baseline = \"{}\"` to slugline.toml, or pass `--baseline`", shown(&name)));
    }
    Ok(known)
}

fn is_ours(file: &Path) -> bool {
    walk::bytes(file, 64 << 20).is_ok_and(|bytes| bytes.starts_with(b"{\"version\": 1, \"findings\":"))
}

fn say_gone(name: &str, gone: &[(&Key, usize)]) {
    if gone.is_empty() {
        return;
    }
    let count: usize = gone.iter().map(|(_, count)| count).sum();
    let are = if count == 1 { "is" } else { "are" };
    terminal::note(&format!("{} of the baseline {are} gone:", counted(count, "finding")));
    for (key, count) in gone.iter().take(NAMED) {
        let times = if *count == 1 { String::new() } else { format!(" ({count} times)") };
        let at = if key.pointer.is_empty() { String::new() } else { format!(" {}", shown(&key.pointer)) };
        terminal::note(&format!("  {}: {}{at}{times}", shown(&key.file), shown(&key.code)));
    }
    if gone.len() > NAMED {
        terminal::note(&format!("  and {} more", gone.len() - NAMED));
    }
    terminal::note(&format!("  `--write-baseline {}` takes them off", shown(name)));
}
