//! What is said on standard error when a conversion has ended.

use std::io::IsTerminal;

use crate::{
    cli::{Exit, terminal},
    convert::{Summary, Why},
    error::Error,
    finding::{Reason, Severity},
    untrusted::shown,
};

use super::{Arguments, rehearse::Rehearsal, target, written::Written};

/// Says why a conversion failed, and perhaps its report too, and what of it stands.
pub(super) fn failed(error: &Error, of_report: Option<&Error>, stands: Option<String>) -> Exit {
    // Where it was the report that ended the conversion, its end fails once more.
    let also = of_report.filter(|other| other.source != error.source);
    let errors = || [Some(error), also].into_iter().flatten();
    errors().for_each(terminal::error);
    if let Some(stands) = stands {
        terminal::note(&stands);
    }
    errors().map(Exit::from).fold(Exit::Clean, Exit::max)
}

/// Says what was repaired, lost and done: on standard error, or, of what would be done, on standard output.
pub(super) fn done(
    summary: &Summary,
    written: Option<&Written>,
    rehearsal: Option<Rehearsal>,
    arguments: &Arguments,
    to_folder: bool,
) -> Result<(), Error> {
    let mut lines = Vec::new();
    all(summary, written, arguments, to_folder, &mut lines);
    let Some(mut rehearsal) = rehearsal else {
        lines.iter().for_each(|line| terminal::note(line));
        summary.errors.iter().for_each(terminal::error);
        return Ok(());
    };
    rehearsal.gap()?;
    lines.iter().try_for_each(|line| rehearsal.line(line))?;
    rehearsal.finish()?;
    // Whoever sends what is shown elsewhere sees what it comes to all the same.
    if let Some(last) = lines.last().filter(|_| !std::io::stdout().is_terminal()) {
        terminal::note(last);
    }
    summary.errors.iter().for_each(terminal::error);
    Ok(())
}

/// All that is to be said, in lines.
fn all(summary: &Summary, written: Option<&Written>, arguments: &Arguments, to_folder: bool, lines: &mut Vec<String>) {
    const SHOWN: usize = 10;
    for (file, finding) in summary.findings.iter().filter(|(_, f)| f.severity > Severity::Hint).take(SHOWN) {
        let place = finding.span.map(|span| format!(":{}:{}", span.start.line, span.start.column)).unwrap_or_default();
        let word = finding.severity.name();
        lines.push(format!("{}{place}: {word}[{}] {}", shown(file), finding.code, shown(&finding.message)));
    }
    let loud = summary.findings.iter().filter(|(_, f)| f.severity > Severity::Hint).count() + summary.more_findings;
    if loud > SHOWN {
        lines.push(format!("and {} more; `slugline check` shows all", loud - SHOWN));
    }
    for note in &summary.notes {
        lines.push(format!("note: {}", shown(note)));
    }
    // A target without a head has no place for any of it: that is one thing to say.
    let of_feed = |field: &str, reason: Reason| field.starts_with("feed.") && reason == Reason::NoField;
    let kinds = &summary.losses.kinds;
    let whole: Vec<String> =
        kinds.keys().filter(|(field, reason)| of_feed(field, *reason)).map(|(field, _)| format!("`{field}`")).collect();
    let together = whole.len() > 1 && target::of(arguments).is_ok_and(|to| !to.target.has_head);
    if let (true, Some((last, rest))) = (together, whole.split_last()) {
        let count: usize =
            kinds.iter().filter(|((field, reason), _)| of_feed(field, *reason)).map(|(_, kind)| kind.count).sum();
        lines.push(format!("{count} losses: {} and {last} have no place in the target", rest.join(", ")));
    }
    for ((field, reason), kind) in kinds.iter().filter(|((field, reason), _)| !(together && of_feed(field, *reason))) {
        let times = if kind.count == 1 { String::new() } else { format!(" ({} times)", kind.count) };
        let whose = kind.origin.title.as_deref().map(|title| format!(", in “{}”", shown(title))).unwrap_or_default();
        let example = kind.example.replace('\n', " ");
        let example = if example.is_empty() { example } else { format!(": {}", shown(&example)) };
        lines.push(format!("loss: `{field}` {}{times}{example}{whose}", reason.words()));
    }
    changes(summary, lines);
    if let (Some(written), Some(folder)) = (written, &arguments.output) {
        let command = format!("slugline check {} --profile {}", folder.display(), arguments.profile);
        lines.extend(written.lines(&command).iter().map(|line| shown(line).to_string()));
    }
    if to_folder || arguments.output.is_some() || arguments.dry_run {
        let mut parts = vec![format!("{} read", summary.items)];
        let done = if arguments.dry_run { "to write" } else { "written" };
        parts.push(format!("{} {done}", summary.written));
        let comments = match (&arguments.comments, summary.comments) {
            (None, 1) => "comment left out",
            (None, _) => "comments left out",
            (Some(_), 1) => "comment kept",
            (Some(_), _) => "comments kept",
        };
        let counts = [
            (summary.merged, "of them merged"),
            (summary.unchanged, "unchanged"),
            (summary.kept, "kept"),
            (summary.not_chosen, "not asked for"),
            (summary.future, "of the future left out"),
            (summary.drafts, if summary.drafts == 1 { "draft left out" } else { "drafts left out" }),
            (summary.left_out, if summary.left_out == 1 { "other left out" } else { "others left out" }),
            (summary.comments, comments),
            (summary.losses.count(), if summary.losses.count() == 1 { "loss" } else { "losses" }),
        ];
        parts.extend(counts.into_iter().filter(|(count, _)| *count > 0).map(|(count, what)| format!("{count} {what}")));
        lines.push(parts.join(", "));
    } else {
        for (count, one, more) in
            [(summary.drafts, "draft", "drafts"), (summary.future, "post of the future", "posts of the future")]
        {
            if count > 0 {
                let what = if count == 1 { one } else { more };
                lines.push(format!("{count} {what} left out (`--drafts` writes them too)"));
            }
        }
    }
}

/// What of posts differs from their sources and was kept, and what to do about it.
fn changes(summary: &Summary, lines: &mut Vec<String>) {
    const SHOWN: usize = 20;
    if summary.changed_kept > 0 {
        let what = if summary.changed_kept == 1 { "1 post" } else { &format!("{} posts", summary.changed_kept) };
        let help = "`--existing update` takes over what nobody changed by hand";
        lines.push(format!("{what} changed at the source, kept ({help})"));
    }
    let kinds = &summary.conflicts.kinds;
    // These come all at once, and one thing is to be done about them.
    let mut unknown: Option<(Vec<&str>, &str)> = None;
    for ((key, _), (_, file)) in kinds.iter().filter(|((_, why), _)| *why == Why::Unknown) {
        unknown.get_or_insert_with(|| (Vec::new(), file)).0.push(key);
    }
    for ((key, why), (count, file)) in kinds.iter().filter(|((_, why), _)| *why != Why::Unknown).take(SHOWN) {
        let times = if *count == 1 { String::new() } else { format!(" ({count} times)") };
        lines.push(format!("conflict: `{}` {}{times}, in {}", shown(key), why.words(), shown(file)));
    }
    if kinds.len() > SHOWN {
        lines.push(format!("and {} more kinds of conflicts; `--report FILE` has all", kinds.len() - SHOWN));
    }
    if let Some((keys, file)) = unknown {
        let verb = if keys.len() == 1 { "differs" } else { "differ" };
        let keys: Vec<_> = keys.iter().map(|key| format!("`{}`", shown(key))).collect();
        lines.push(format!(
            "conflict: {} {verb} in posts that were imported before slugline took down what it imports: kept, first in \
             {} (`--existing overwrite` takes what the source has)",
            keys.join(", "),
            shown(file)
        ));
    }
}
