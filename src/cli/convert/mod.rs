//! `slugline convert`.

mod arguments;
mod options;
mod rehearse;
mod report;
mod say;
mod target;
mod written;

pub(super) use arguments::Arguments;

use std::io::{self, IsTerminal};

use crate::{
    convert::{self, Fate, Output, Summary, Told},
    error::Error,
    format::{Keep, Shape},
    redirect,
};

use super::{
    Exit,
    files::{
        read,
        write::{Beside, FileOutput},
    },
    progress,
};
use arguments::Extra;
use rehearse::Rehearsal;
use report::Report;
use written::{Checks, Written};

fn as_inputs(files: &[read::FileInput]) -> Vec<&dyn convert::Input> {
    files.iter().map(|file| file as _).collect()
}

/// Runs it.
pub(super) fn run(arguments: Arguments) -> Result<Exit, Error> {
    let to = target::of(&arguments)?;
    let mut options = options::of(&arguments, to)?;
    let mut files = read::inputs(&arguments.input)?;
    if read::is_stdin(&files) && convert::passes(&as_inputs(&files), &options) > 1 {
        read::keep(&mut files)?;
    }
    let inputs = as_inputs(&files);
    options.write.extra = match arguments.extra {
        Some(Extra::All) => Keep::All,
        Some(Extra::None) => Keep::None,
        None => convert::default_extra(&inputs, &options),
    };
    let posts = to.target.shape == Shape::Posts;
    let mut output = match &arguments.output {
        None if arguments.dry_run => FileOutput::nowhere(),
        None => FileOutput::stdout(),
        Some(path) if path.as_os_str() == "-" && arguments.dry_run => FileOutput::nowhere(),
        Some(path) if path.as_os_str() == "-" => FileOutput::stdout(),
        Some(path) if posts && !arguments.dry_run => FileOutput::folder(path, false)?,
        Some(path) if posts => FileOutput::folder(path, true)?,
        Some(_) if arguments.dry_run => FileOutput::nowhere(),
        Some(path) => FileOutput::file(path)?,
    };
    let mut comments = match &arguments.comments {
        Some(path) if !arguments.dry_run => FileOutput::file(path)?,
        _ => FileOutput::nowhere(),
    };
    let mut media = match &arguments.media_list {
        Some(path) if !arguments.dry_run => FileOutput::file(path)?,
        _ => FileOutput::nowhere(),
    };
    // An empty list is a file too.
    media.write(b"")?;
    let to_terminal = matches!(output, FileOutput::Stdout(_)) && io::stdout().is_terminal();
    if !to_terminal && !arguments.dry_run {
        progress::begin("posts", read::length(&files) * convert::passes(&inputs, &options) as u64, 0);
    }
    let mut ears = Ears::new(&arguments, &options, output.is_folder())?;
    let mut hear = |told: &Told<'_>| ears.hear(told, &options);
    let mut all = Beside { output: &mut output, comments: &mut comments, media: &mut media, hear: &mut hear };
    let done = convert::convert(&inputs, &mut all, &options);
    progress::end();
    let (report, written, rehearsal) = ears.finish();
    if output.is_closed() {
        return Ok(Exit::Clean);
    }
    // What ends well when it was made may still fail on its way to the disk: the report tells of both.
    let done = done.and_then(|mut summary| {
        if !summary.errors.is_empty() && summary.written == 0 {
            // Nothing could be read: whatever stands there is worth more than a feed of nothing.
            output.abandon();
            // They are about what would have been written.
            summary.notes.clear();
        } else {
            output.finish()?;
        }
        comments.finish()?;
        media.finish()?;
        Ok(summary)
    });
    let reported =
        report.map_or(Ok(()), |report| report.finish(done.as_ref().ok(), written.as_ref(), done.as_ref().err()));
    let mut summary = match done {
        Ok(summary) => summary,
        Err(error) => return Ok(say::failed(&error, reported.err().as_ref(), output.stands())),
    };
    // What fails beside the posts hides nothing of what became of them.
    summary.errors.extend(reported.err());
    if !arguments.dry_run {
        let redirected = redirects(&mut summary, &arguments);
        summary.errors.extend(redirected.err());
    }
    say::done(&summary, written.as_ref(), rehearsal, &arguments, posts && arguments.output.is_some())?;
    let mut exit = Exit::Clean;
    if arguments.fail_on_loss && summary.losses.count() > 0 {
        exit = Exit::Findings;
    }
    Ok(summary.errors.iter().map(Exit::from).fold(exit, Exit::max))
}

/// Writes the redirects that were asked for beside the posts.
fn redirects(summary: &mut Summary, arguments: &Arguments) -> Result<(), Error> {
    let (redirects, notes) = redirect::collect(&summary.moved);
    summary.notes.extend(notes);
    for wanted in &arguments.redirects {
        let text = (wanted.style.write)(&redirects);
        let mut output = match &wanted.file {
            Some(file) => FileOutput::file(file)?,
            None => FileOutput::stdout(),
        };
        convert::Output::write(&mut output, text.as_bytes())?;
        output.finish()?;
    }
    Ok(())
}

/// Who hears what became of each item.
struct Ears {
    report: Option<Report>,
    rehearsal: Option<Rehearsal>,
    checks: Option<Checks>,
}

impl Ears {
    fn new(arguments: &Arguments, options: &convert::Options, to_folder: bool) -> Result<Self, Error> {
        let begin = |path| Report::begin(path, options.to.name, arguments.dry_run);
        let folder = arguments.output.as_deref().filter(|_| to_folder);
        let checks = |folder| Checks::new(&options.write.profile, folder, arguments.today, options.threads);
        Ok(Ears {
            report: arguments.report.as_deref().map(begin).transpose()?,
            rehearsal: arguments.dry_run.then(Rehearsal::new),
            checks: folder.map(checks).transpose()?,
        })
    }

    fn hear(&mut self, told: &Told<'_>, options: &convert::Options) -> Result<(), Error> {
        if let (Some(checks), Some(file), Some(post), Fate::New | Fate::Replaced | Fate::Merged) =
            (&mut self.checks, told.file, told.after, told.fate)
        {
            checks.take(file, post);
        }
        if let Some(rehearsal) = &mut self.rehearsal {
            rehearsal.item(told, &options.write.profile)?;
        }
        self.report.as_mut().map_or(Ok(()), |report| report.item(told))
    }

    fn finish(self) -> (Option<Report>, Option<Written>, Option<Rehearsal>) {
        (self.report, self.checks.map(Checks::finish), self.rehearsal)
    }
}
