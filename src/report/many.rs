//! Reports that show each finding with its lines: of very many, each kind is shown once, with its number.

use std::io::{self, Write};

use super::{FileReport, Kind, Located, Report};
use crate::untrusted::shown;

/// Findings that are shown each; of more, one of each kind is, and up to as many kinds.
const SHOWN: usize = 50;
/// Kinds that are listed with their number.
const LISTED: usize = 15;

/// Shows the findings by `show`, which is given the text of their file.
pub(super) fn write(
    report: &Report<'_>,
    out: &mut dyn Write,
    mut show: impl FnMut(&FileReport, &Located, Option<&str>, &mut dyn Write) -> io::Result<()>,
) -> io::Result<()> {
    let mut text: Option<(String, Option<String>)> = None;
    let mut one = |file: &FileReport, located: &Located, out: &mut dyn Write| {
        if text.as_ref().is_none_or(|(name, _)| *name != file.name) {
            text = Some((file.name.clone(), (report.text)(&file.name)));
        }
        show(file, located, text.as_ref().and_then(|(_, text)| text.as_deref()), out)
    };
    if report.findings().nth(SHOWN).is_none() {
        return report.findings().try_for_each(|(file, located)| one(file, located, out));
    }
    let kinds = report.kinds();
    for Kind { first: (file, located), .. } in kinds.iter().take(SHOWN) {
        one(file, located, out)?;
    }
    fold(&kinds, report, out)
}

/// Says how often there is what, where not every finding is drawn, and what to do next.
fn fold(kinds: &[Kind<'_>], report: &Report<'_>, out: &mut dyn Write) -> io::Result<()> {
    let width = kinds.first().map_or(0, |kind| kind.count.to_string().len());
    let code = |kind: &Kind<'_>| kind.first.1.finding.code.len();
    let column = kinds.iter().take(LISTED).map(code).max().unwrap_or(0);
    let all = report.findings().count();
    writeln!(out, "{all} findings are too many to show: each kind is shown once. In all:")?;
    for kind in kinds.iter().take(LISTED) {
        let finding = &kind.first.1.finding;
        let (severity, code, key) = (finding.severity.name(), &*finding.code, shown(&kind.key).to_string());
        let line = format!("{:>width$}  {severity:<7}  {code:<column$}  {key}", kind.count);
        writeln!(out, "{}", line.trim_end())?;
    }
    if kinds.len() > LISTED {
        let rest: usize = kinds[LISTED..].iter().map(|kind| kind.count).sum();
        writeln!(out, "{rest:>width$}  of {} more kinds", kinds.len() - LISTED)?;
    }
    if !report.steps.is_empty() {
        writeln!(out, "next:")?;
    }
    for step in report.steps {
        writeln!(out, "  {}", shown(step))?;
    }
    writeln!(out)
}
