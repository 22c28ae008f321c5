//! One run of `slugline check`, from arguments to exit code.

use std::{
    panic::{AssertUnwindSafe, catch_unwind},
    path::{Path, PathBuf},
    sync::Arc,
};

use rayon::prelude::{IntoParallelRefIterator, ParallelIterator};

use crate::{
    check::{self, Checked, mend},
    document::Content,
    error::{Error, ErrorKind},
    facts::Facts,
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
        progress, terminal,
    },
    Arguments,
    choose::Choice,
    known, levels,
    mends::{self, First, Mended},
    output, rest,
};

/// What one file came to. There is one for each of all files until the end, so what few files have is in a box.
pub(super) struct Outcome {
    pub(super) name: Arc<str>,
    pub(super) findings: Vec<Located>,
    /// Findings over the cap.
    pub(super) left_out: usize,
    pub(super) facts: Facts,
    /// Bytes before the text.
    pub(super) offset: usize,
    pub(super) skipped: bool,
    /// Found in a folder, and neither a post nor a feed.
    pub(super) ignored: bool,
    pub(super) error: Option<Box<Error>>,
    pub(super) mended: Option<Box<Mended>>,
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
    let run = Run { arguments, site: &site, choice: &choice };
    let outcomes = if stdin {
        let name = arguments.stdin_filename.clone().unwrap_or_else(|| "-".to_owned());
        let name: Arc<str> = walk::shown(Path::new(&name), site.root.as_deref()).into();
        // Whoever puts what comes out in the place of what went in must get all of it, mended or not.
        let is_filter = output::is_filter(arguments) && !arguments.diff;
        vec![match stdin_up_to(site.config.limits.kept)? {
            Ok(bytes) if is_filter => {
                let text = bytes.clone();
                look(run, &name, bytes, true, &mut Vec::new()).or_as_it_was(text)
            }
            Ok(bytes) => look(run, &name, bytes, true, &mut Vec::new()),
            Err(file) => {
                if is_filter {
                    // What is that large is not mended.
                    output::pass_on(&mut check::Source::open(&file)?)?;
                }
                look_beyond(run, &name, &file, true)
            }
        }]
    } else {
        look_at_all(run, &targets)
    };
    let excused = arguments.force_exclude || listed;
    let exit = finish(arguments, &site, &choice, &targets, outcomes, errors, stdin, excused);
    // As there is one for each file.
    std::mem::forget(targets);
    exit
}

/// What all files are checked with.
#[derive(Clone, Copy)]
struct Run<'r> {
    arguments: &'r Arguments,
    site: &'r Site,
    choice: &'r Choice,
}

/// Bytes of memory that are kept for the next file: most are small.
const MOST_SPARE: usize = 1 << 20;

/// Checks the files, several at a time. The outcomes are in the order of the files.
fn look_at_all(run: Run<'_>, targets: &[Target]) -> Vec<Outcome> {
    let one = |spare: &mut Vec<u8>, target: &Target| match walk::bytes_in(
        std::mem::take(spare),
        target.path(),
        run.site.config.limits.kept,
    ) {
        Ok(None) => {
            let file = FileInput::Path { name: target.name.to_string(), path: target.path().to_owned() };
            look_beyond(run, &target.name, &file, target.named)
        }
        Ok(Some(bytes)) => look(run, &target.name, bytes, target.named, spare),
        Err(error) => Outcome::failed(&target.name, error),
    };
    each(run.arguments, targets, one)
}

/// Does something with each file, several at a time; what it leaves in the memory that it is given, the next one may
/// use. The results are in the order of the files.
pub(super) fn each<T: Send>(
    arguments: &Arguments,
    targets: &[Target],
    one: impl Fn(&mut Vec<u8>, &Target) -> T + Sync,
) -> Vec<T> {
    progress::begin("files", 0, targets.len());
    let one = |spare: &mut Vec<u8>, target: &Target| {
        let done = one(spare, target);
        progress::item();
        done
    };
    // Threads cost more than they bring for the few files of a commit, and perhaps there are none to be had.
    let pool = || rayon::ThreadPoolBuilder::new().num_threads(arguments.jobs.unwrap_or(0)).build().ok();
    match if targets.len() < 8 || arguments.jobs == Some(1) { None } else { pool() } {
        Some(pool) => pool.install(|| targets.par_iter().map_init(Vec::new, &one).collect()),
        None => {
            let mut spare = Vec::new();
            targets.iter().map(|target| one(&mut spare, target)).collect()
        }
    }
}

/// Checks one source, and mends it where that is asked for. Its memory is left in `spare`.
fn look(run: Run<'_>, name: &Arc<str>, bytes: Vec<u8>, named: bool, spare: &mut Vec<u8>) -> Outcome {
    let before = if run.arguments.fix || run.arguments.unsafe_fixes { bytes.clone() } else { Vec::new() };
    outcome(run, name, before, named, spare, |options| check::check(name, bytes, options))
}

/// Checks a source that is too large to be held.
fn look_beyond(run: Run<'_>, name: &Arc<str>, file: &FileInput, named: bool) -> Outcome {
    let check = |options: &check::Options| check::check_beyond(name, file, options);
    outcome(run, name, Vec::new(), named, &mut Vec::new(), check)
}

/// What the check of a source comes to; `before` are its bytes where it may be mended.
fn outcome(
    Run { arguments, site, choice }: Run<'_>,
    name: &Arc<str>,
    before: Vec<u8>,
    named: bool,
    spare: &mut Vec<u8>,
    check: impl FnOnce(&check::Options) -> Result<Checked, Error>,
) -> Outcome {
    let options = choice.options(site, name);
    // A mistake of slugline's own in one file must not hide what is wrong in the others.
    let checked = catch_unwind(AssertUnwindSafe(|| check(options)));
    let checked = match checked {
        Ok(Ok(checked)) => checked,
        Ok(Err(error)) if error.kind == ErrorKind::Input && !named => return Outcome::ignored(name),
        Ok(Err(error)) => return Outcome::failed(name, error),
        Err(_) => {
            let error = Error::new(ErrorKind::Internal, "slugline made a mistake here; the file was passed over");
            return Outcome::failed(name, error.help("please report it, with the file"));
        }
    };
    if !matches!(checked.document.content, Content::Feed(_) | Content::JsonFeed(_) | Content::JsonLines(_)) {
        choice.used(options, &checked.document);
    }
    let apply = if arguments.unsafe_fixes { Apply::All } else { Apply::Safe };
    if !arguments.fix && !arguments.unsafe_fixes {
        let mut checked = checked;
        let outcome = Outcome::of(name, &mut checked);
        let bytes = std::mem::take(&mut checked.document.text).into_bytes();
        if bytes.capacity() <= MOST_SPARE {
            *spare = bytes;
        }
        return outcome;
    }
    let allowed = |finding: &Finding| finding.fix.as_ref().is_some_and(|fix| fix.safe || apply == Apply::All);
    let mut checked = checked;
    let may_be_mended = checked.document.findings.iter().any(allowed);
    let first = may_be_mended.then(|| First::of(&mut checked));
    match mend(checked, apply, options) {
        Ok(mut mended) => {
            let first = first.filter(|_| mended.bytes.is_some());
            let bytes = mended.bytes.take().map(|after| (before, after));
            let (fixed, refused) = (mended.fixed, mended.refused);
            let says = fixed > 0 || refused.is_some() || bytes.is_some();
            let mended_to = says.then(|| Box::new(Mended { fixed, bytes, refused, first }));
            Outcome { mended: mended_to, ..Outcome::of(name, &mut mended.checked) }
        }
        Err(error) => Outcome::failed(name, error),
    }
}

impl Outcome {
    fn of(name: &Arc<str>, checked: &mut Checked) -> Self {
        let offset = checked.document.file_offset(0);
        let report = FileReport::new(&mut checked.document, checked.left_out);
        Outcome {
            findings: report.findings,
            left_out: report.left_out,
            facts: std::mem::take(&mut checked.facts),
            offset,
            skipped: checked.skipped,
            ignored: false,
            ..Outcome::ignored(name)
        }
    }

    /// With this text where nothing is mended.
    fn or_as_it_was(mut self, text: Vec<u8>) -> Self {
        self.mended.get_or_insert_default().bytes.get_or_insert_with(|| (Vec::new(), text));
        self
    }

    fn ignored(name: &Arc<str>) -> Self {
        Outcome {
            name: Arc::clone(name),
            findings: Vec::new(),
            left_out: 0,
            facts: Facts::default(),
            offset: 0,
            skipped: false,
            ignored: true,
            error: None,
            mended: None,
        }
    }

    fn failed(name: &Arc<str>, error: Error) -> Self {
        Outcome { error: Some(Box::new(error.in_source(&**name))), ..Outcome::ignored(name) }
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
    progress::end();
    // Whatever ends the run comes before files are written.
    let others = rest::facts(arguments, site, choice, &outcomes);
    let known = known::open(arguments, site)?;
    let placed = mends::place(arguments, targets, stdin, &mut outcomes);
    let own = outcomes.iter().map(|outcome| (&*outcome.name, &outcome.facts));
    let mut facts: Vec<(&str, &Facts)> = own.chain(others.iter().map(|(name, facts)| (&**name, facts))).collect();
    facts.sort_by(|a, b| a.0.cmp(b.0));
    for (name, finding) in check::judge(&facts, |name| &choice.options(site, name).settings) {
        add(&mut outcomes, &name, finding, site.config.limits.findings);
    }
    let mut summary = Summary { only_shown: arguments.diff, ..Summary::default() };
    let mut limited = false;
    summary.known = known::apply(known, site, choice, &mut outcomes)?;
    for outcome in &mut outcomes {
        errors.extend(outcome.error.take().map(|error| *error));
        summary.files += usize::from(!outcome.ignored && !outcome.skipped);
        summary.skipped += usize::from(outcome.skipped);
        summary.left_out += outcome.left_out;
        summary.files_with_findings += usize::from(!outcome.findings.is_empty());
        for located in &outcome.findings {
            let finding = &located.finding;
            limited |= finding.code == LIMIT;
            summary.count(finding.severity, finding.fix.as_ref().map(|fix| fix.safe));
        }
        let mended = outcome.mended.take();
        summary.fixed += mended.as_ref().map_or(0, |mended| mended.fixed);
        if let Some(why) = mended.as_ref().and_then(|mended| mended.refused) {
            terminal::note(&format!("{}: not fixed: {why}", crate::untrusted::shown(&outcome.name)));
        }
    }
    (summary.unread, summary.unwritten) = (errors.len(), placed.errors.len());
    errors.extend(placed.errors);
    let closing = || {
        let words = choice.words().filter(|_| summary.files > 0);
        words.for_each(|line| terminal::note(&crate::untrusted::shown(&line).to_string()));
        levels::say_needless(site, choice);
        errors.iter().for_each(terminal::error);
    };
    if summary.files == 0 && errors.is_empty() && !excused {
        closing();
        output::pass_on(&mut &*placed.out)?;
        return Err(nothing(summary.skipped));
    }
    let report = |outcome: &mut Outcome| FileReport {
        name: outcome.name.to_string(),
        findings: std::mem::take(&mut outcome.findings),
        left_out: outcome.left_out,
    };
    let files: Vec<FileReport> =
        outcomes.iter_mut().filter(|outcome| !outcome.findings.is_empty()).map(report).collect();
    // There is one for each of all files, and the end of the run is near.
    std::mem::forget(outcomes);
    let path_of = |name: &str| walk::find(targets, name).map(Target::path);
    // Whoever reads both in one terminal reads first what was found, then by what.
    let written = output::write(arguments, site, &summary, &errors, &files, &path_of, &placed.out);
    closing();
    written?;
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
    let Ok(at) = outcomes.binary_search_by(|outcome| (*outcome.name).cmp(name)) else { return };
    let outcome = &mut outcomes[at];
    if outcome.findings.len() >= cap {
        outcome.left_out += 1;
        return;
    }
    let located = Located::of_site(finding, outcome.offset);
    let at = outcome.findings.partition_point(|other| other.bytes.start <= located.bytes.start);
    outcome.findings.insert(at, located);
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
