//! What is said on standard error when a conversion has ended.

use crate::{
    cli::terminal,
    convert::{Summary, Why},
    finding::Severity,
    untrusted::shown,
};

use super::Arguments;

/// Says on standard error what was repaired, lost and done.
pub(super) fn done(summary: &Summary, arguments: &Arguments, to_folder: bool) {
    const SHOWN: usize = 10;
    for (file, finding) in summary.findings.iter().filter(|(_, f)| f.severity > Severity::Hint).take(SHOWN) {
        let place = finding.span.map(|span| format!(":{}:{}", span.start.line, span.start.column)).unwrap_or_default();
        let word = finding.severity.name();
        terminal::note(&format!("{}{place}: {word}[{}] {}", shown(file), finding.code, shown(&finding.message)));
    }
    let loud = summary.findings.iter().filter(|(_, f)| f.severity > Severity::Hint).count() + summary.more_findings;
    if loud > SHOWN {
        terminal::note(&format!("and {} more; `slugline check` shows all", loud - SHOWN));
    }
    for note in &summary.notes {
        terminal::note(&format!("note: {}", shown(note)));
    }
    for ((field, reason), kind) in &summary.losses.kinds {
        let times = if kind.count == 1 { String::new() } else { format!(" ({} times)", kind.count) };
        let whose = kind.origin.title.as_deref().map(|title| format!(", in “{}”", shown(title))).unwrap_or_default();
        let example = kind.example.replace('\n', " ");
        let example = if example.is_empty() { example } else { format!(": {}", shown(&example)) };
        terminal::note(&format!("loss: `{field}` {}{times}{example}{whose}", reason.words()));
    }
    changes(summary);
    for error in &summary.errors {
        terminal::error(error);
    }
    if to_folder || arguments.output.is_some() {
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
        terminal::note(&parts.join(", "));
    } else {
        for (count, one, more) in
            [(summary.drafts, "draft", "drafts"), (summary.future, "post of the future", "posts of the future")]
        {
            if count > 0 {
                let what = if count == 1 { one } else { more };
                terminal::note(&format!("{count} {what} left out (`--drafts` writes them too)"));
            }
        }
    }
}

/// What of posts differs from their sources and was kept, and what to do about it.
fn changes(summary: &Summary) {
    const SHOWN: usize = 20;
    if summary.changed_kept > 0 {
        let what = if summary.changed_kept == 1 { "1 post" } else { &format!("{} posts", summary.changed_kept) };
        let help = "`--existing update` takes over what nobody changed by hand";
        terminal::note(&format!("{what} changed at the source, kept ({help})"));
    }
    let kinds = &summary.conflicts.kinds;
    // These come all at once, and one thing is to be done about them.
    let mut unknown: Option<(Vec<&str>, &str)> = None;
    for ((key, _), (_, file)) in kinds.iter().filter(|((_, why), _)| *why == Why::Unknown) {
        unknown.get_or_insert_with(|| (Vec::new(), file)).0.push(key);
    }
    for ((key, why), (count, file)) in kinds.iter().filter(|((_, why), _)| *why != Why::Unknown).take(SHOWN) {
        let times = if *count == 1 { String::new() } else { format!(" ({count} times)") };
        terminal::note(&format!("conflict: `{}` {}{times}, in {}", shown(key), why.words(), shown(file)));
    }
    if kinds.len() > SHOWN {
        terminal::note(&format!("and {} more kinds of conflicts; `--report FILE` has all", kinds.len() - SHOWN));
    }
    if let Some((keys, file)) = unknown {
        let verb = if keys.len() == 1 { "differs" } else { "differ" };
        let keys: Vec<_> = keys.iter().map(|key| format!("`{}`", shown(key))).collect();
        terminal::note(&format!(
            "conflict: {} {verb} in posts that were imported before slugline took down what it imports: kept, first in \
             {} (`--existing overwrite` takes what the source has)",
            keys.join(", "),
            shown(file)
        ));
    }
}
