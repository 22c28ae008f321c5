//! One run of `slugline check`, from arguments to exit code.

use std::{
    panic::{AssertUnwindSafe, catch_unwind},
    path::{Path, PathBuf},
};

use rayon::prelude::{IntoParallelRefIterator, ParallelIterator};

use crate::{
    check::{self, Checked, Noted, mend},
    document::Content,
    error::{Error, ErrorKind},
    finding::Finding,
    fix::Apply,
    report::{FileReport, Located, Summary},
};

use super::{
    super::{
        Exit,
        files::{
            read::{FileInput, stdin_up_to},
            site::Site,
            walk::{self, Target},
        },
        terminal,
    },
    Arguments,
    choose::Choice,
    known, output, rest,
};

/// What one file came to.
pub(super) struct Outcome {
    pub(super) report: FileReport,
    facts: Vec<Noted>,
    /// Bytes before the text.
    offset: usize,
    pub(super) skipped: bool,
    /// Found in a folder, and neither a post nor a feed.
    pub(super) ignored: bool,
    fixed: usize,
    /// The file as it was and as it is mended.
    mended: Option<(Vec<u8>, Vec<u8>)>,
    refused: Option<&'static str>,
    pub(super) error: Option<Error>,
}

/// Runs `slugline check`.
pub(in crate::cli) fn run(arguments: &Arguments) -> Result<Exit, Error> {
    arguments.check()?;
    let stdin = arguments.stdin_filename.is_some() || arguments.paths.iter().any(|path| path.as_os_str() == "-");
    let mut paths: Vec<PathBuf> = arguments.paths.iter().filter(|path| path.as_os_str() != "-").cloned().collect();
    let listed = match &arguments.files_from {
        Some(file) => {
            paths.extend(walk::listed(file)?);
            true
        }
        None => false,
    };
    let here = std::env::current_dir().unwrap_or_else(|_| PathBuf::from("."));
    let start = match (&arguments.stdin_filename, paths.first()) {
        (Some(name), None) => PathBuf::from(name),
        (_, Some(path)) => path.clone(),
        (None, None) => here,
    };
    let site = match (&arguments.config, arguments.no_config) {
        (Some(file), _) => Site::read(file)?,
        (None, true) => Site::default(),
        (None, false) => Site::find(&start)?,
    };
    let choice = Choice::new(arguments, &site, &start)?;
    let mut errors = Vec::new();
    let mut targets = Vec::new();
    if !stdin {
        let none_named = paths.is_empty() && !listed;
        let configured = site.root.clone().filter(|_| none_named && !site.config.content.is_empty());
        if none_named {
            paths.push(configured.clone().unwrap_or_else(|| PathBuf::from(".")));
        }
        targets = walk::targets(&paths, site.root.as_deref(), arguments.force_exclude, arguments.jobs, &mut errors);
        if configured.is_some() {
            targets.retain(|target| site.config.entry(&target.name).is_some());
        }
    }
    let outcomes = if stdin {
        let name = arguments.stdin_filename.clone().unwrap_or_else(|| "-".to_owned());
        let name = walk::shown(Path::new(&name), site.root.as_deref());
        vec![match stdin_up_to(site.config.limits.kept)? {
            Ok(bytes) => look(arguments, &site, &choice, &name, bytes, true),
            Err(file) => look_beyond(arguments, &site, &choice, &name, &file, true),
        }]
    } else {
        look_at_all(arguments, &site, &choice, &targets)?
    };
    let excused = arguments.force_exclude || listed;
    finish(arguments, &site, &choice, &targets, outcomes, errors, stdin, excused)
}

/// Checks the files, several at a time. The outcomes are in the order of the files.
fn look_at_all(arguments: &Arguments, site: &Site, choice: &Choice, targets: &[Target]) -> Result<Vec<Outcome>, Error> {
    let one = |target: &Target| match walk::bytes_up_to(&target.path, site.config.limits.kept) {
        Ok(None) => {
            let file = FileInput::Path { name: target.name.clone(), path: target.path.clone() };
            look_beyond(arguments, site, choice, &target.name, &file, target.named)
        }
        Ok(Some(bytes)) => look(arguments, site, choice, &target.name, bytes, target.named),
        Err(error) => Outcome::failed(error.in_source(&target.name)),
    };
    each(arguments, targets, one)
}

/// Does something with each file, several at a time. The results are in the order of the files.
pub(super) fn each<T: Send>(
    arguments: &Arguments,
    targets: &[Target],
    one: impl Fn(&Target) -> T + Sync,
) -> Result<Vec<T>, Error> {
    // Threads cost more than they bring for the few files of a commit.
    if targets.len() < 8 || arguments.jobs == Some(1) {
        return Ok(targets.iter().map(&one).collect());
    }
    let pool = rayon::ThreadPoolBuilder::new().num_threads(arguments.jobs.unwrap_or(0)).build().map_err(|error| {
        Error::new(ErrorKind::Internal, format!("the threads cannot be started: {error}")).help("try `-j 1`")
    })?;
    Ok(pool.install(|| targets.par_iter().map(&one).collect()))
}

/// Checks one source, and mends it where that is asked for.
fn look(arguments: &Arguments, site: &Site, choice: &Choice, name: &str, bytes: Vec<u8>, named: bool) -> Outcome {
    let before = if arguments.fix || arguments.unsafe_fixes { bytes.clone() } else { Vec::new() };
    outcome(arguments, site, choice, name, before, named, |options| check::check(name, bytes, options))
}

/// Checks a source that is too large to be held.
fn look_beyond(
    arguments: &Arguments,
    site: &Site,
    choice: &Choice,
    name: &str,
    file: &FileInput,
    named: bool,
) -> Outcome {
    let check = |options: &check::Options| check::check_beyond(name, file, options);
    outcome(arguments, site, choice, name, Vec::new(), named, check)
}

/// What the check of a source comes to; `before` are its bytes where it may be mended.
fn outcome(
    arguments: &Arguments,
    site: &Site,
    choice: &Choice,
    name: &str,
    before: Vec<u8>,
    named: bool,
    check: impl FnOnce(&check::Options) -> Result<Checked, Error>,
) -> Outcome {
    let options = choice.options(site, name);
    // A mistake of slugline's own in one file must not hide what is wrong in the others.
    let checked = catch_unwind(AssertUnwindSafe(|| check(options)));
    let checked = match checked {
        Ok(Ok(checked)) => checked,
        Ok(Err(error)) if error.kind == ErrorKind::Input && !named => return Outcome::ignored(name),
        Ok(Err(error)) => return Outcome::failed(error.in_source(name)),
        Err(_) => {
            let error = Error::new(ErrorKind::Internal, "slugline made a mistake here; the file was passed over");
            return Outcome::failed(error.help("please report it, with the file").in_source(name));
        }
    };
    if !matches!(checked.document.content, Content::Feed(_) | Content::JsonFeed(_)) {
        choice.used(options);
    }
    let apply = if arguments.unsafe_fixes { Apply::All } else { Apply::Safe };
    if !arguments.fix && !arguments.unsafe_fixes {
        return Outcome::of(checked);
    }
    match mend(checked, apply, options) {
        Ok(mended) => Outcome {
            fixed: mended.fixed,
            refused: mended.refused,
            mended: mended.bytes.map(|after| (before, after)),
            ..Outcome::of(mended.checked)
        },
        Err(error) => Outcome::failed(error.in_source(name)),
    }
}

impl Outcome {
    fn of(mut checked: Checked) -> Self {
        let offset = checked.document.file_offset(0);
        Outcome {
            report: FileReport::new(&mut checked.document, checked.left_out),
            facts: checked.facts,
            offset,
            skipped: checked.skipped,
            ignored: false,
            fixed: 0,
            mended: None,
            refused: None,
            error: None,
        }
    }

    fn ignored(name: &str) -> Self {
        let report = FileReport { name: name.to_owned(), ..FileReport::default() };
        Outcome {
            report,
            facts: Vec::new(),
            offset: 0,
            skipped: false,
            ignored: true,
            fixed: 0,
            mended: None,
            refused: None,
            error: None,
        }
    }

    fn failed(error: Error) -> Self {
        let name = error.source.clone().unwrap_or_default();
        Outcome { error: Some(error), ..Outcome::ignored(&name) }
    }
}

/// The code of what goes beyond a limit: it was not looked at to its end, which is more than a finding.
const LIMIT: &str = "limit-reached";

/// Judges what lies between the files, writes what was mended, and reports.
#[allow(clippy::too_many_arguments)]
fn finish(
    arguments: &Arguments,
    site: &Site,
    choice: &Choice,
    targets: &[Target],
    mut outcomes: Vec<Outcome>,
    mut errors: Vec<Error>,
    stdin: bool,
    excused: bool,
) -> Result<Exit, Error> {
    let mut facts: Vec<Noted> = Vec::with_capacity(outcomes.iter().map(|outcome| outcome.facts.len()).sum());
    for outcome in &mut outcomes {
        facts.append(&mut outcome.facts);
    }
    facts.extend(rest::facts(arguments, site, choice, &outcomes)?);
    // Stable, so that the facts of one file stay in their order.
    facts.sort_by(|a, b| a.file().cmp(b.file()));
    for (name, finding) in check::judge(&facts, |name| &choice.options(site, name).settings) {
        add(&mut outcomes, &name, finding, site.config.limits.findings);
    }
    // There are several for each post, and the end of the run is near.
    std::mem::forget(facts);
    let mut summary = Summary::default();
    let mut out = Vec::new();
    let mut limited = false;
    summary.known = known::apply(arguments, site, choice, &mut outcomes)?;
    for outcome in &mut outcomes {
        errors.extend(outcome.error.take());
        summary.files += usize::from(!outcome.ignored && !outcome.skipped);
        summary.skipped += usize::from(outcome.skipped);
        summary.fixed += outcome.fixed;
        summary.left_out += outcome.report.left_out;
        summary.files_with_findings += usize::from(!outcome.report.findings.is_empty());
        for located in &outcome.report.findings {
            let finding = &located.finding;
            limited |= finding.code == LIMIT;
            summary.count(finding.severity, finding.fix.as_ref().map(|fix| fix.safe));
        }
        if let Some(why) = outcome.refused {
            terminal::note(&format!("{}: not fixed: {why}", crate::untrusted::shown(&outcome.report.name)));
        }
        if let Some((before, after)) = outcome.mended.take() {
            output::mended(arguments, targets, &outcome.report.name, &before, &after, stdin, &mut out)
                .unwrap_or_else(|error| errors.push(error));
        } else if stdin && (arguments.fix || arguments.unsafe_fixes) && !arguments.diff {
            out.clear();
        }
    }
    summary.unread = errors.len();
    for line in choice.words() {
        terminal::note(&crate::untrusted::shown(line).to_string());
    }
    for error in &errors {
        terminal::error(error);
    }
    if summary.files == 0 && errors.is_empty() && !excused {
        return Err(nothing(summary.skipped));
    }
    let files: Vec<FileReport> =
        outcomes.into_iter().map(|outcome| outcome.report).filter(|report| !report.findings.is_empty()).collect();
    // They are in the order of their names.
    let path_of = |name: &str| {
        let at = targets.binary_search_by(|target| target.name.as_str().cmp(name)).ok()?;
        Some(targets[at].path.as_path())
    };
    output::write(arguments, site, &summary, &errors, &files, &path_of, &out)?;
    let failed = !arguments.exit_zero && summary.at_least(arguments.fail_on.severity()) > 0;
    let worst = errors.iter().map(Exit::from).max().unwrap_or(Exit::Clean);
    Ok(worst.max(match failed {
        true if limited => Exit::Limit,
        true => Exit::Findings,
        false => Exit::Clean,
    }))
}

/// Adds a finding that came of comparing files.
fn add(outcomes: &mut [Outcome], name: &str, finding: Finding, cap: usize) {
    let Ok(at) = outcomes.binary_search_by(|outcome| outcome.report.name.as_str().cmp(name)) else { return };
    let outcome = &mut outcomes[at];
    if outcome.report.findings.len() >= cap {
        outcome.report.left_out += 1;
        return;
    }
    let located = Located::of_site(finding, outcome.offset);
    let findings = &mut outcome.report.findings;
    let at = findings.partition_point(|other| other.bytes.start <= located.bytes.start);
    findings.insert(at, located);
}

fn nothing(skipped: usize) -> Error {
    let message = match skipped {
        0 => "there is no post and no feed to check".to_owned(),
        1 => "the one Markdown file there is has no front matter".to_owned(),
        n => format!("none of the {n} Markdown files has front matter"),
    };
    Error::new(ErrorKind::Input, message)
        .help("name files or folders; posts end in .md, .markdown or .mdx and begin with a line `---` or `+++`")
}
