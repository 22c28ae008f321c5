//! Where reports go.

use std::{
    io::{self, Write},
    path::Path,
};

use crate::{
    check,
    convert::Output as _,
    error::{Error, ErrorKind},
    limits::Limits,
    report::{self, FileReport, Located, Look, Report, Summary},
    rule,
};

use super::{
    super::{
        files::{read::FileInput, site::Site, walk, write::FileOutput},
        terminal::{self, Stream},
    },
    Arguments,
};

/// Writes the reports. `text` is what standard output gets beside: differences, or the mended standard input, in
/// whose favour the report moves to standard error.
pub(super) fn write<'p>(
    arguments: &Arguments,
    site: &Site,
    summary: &Summary,
    errors: &[Error],
    files: &[FileReport],
    path_of: &dyn Fn(&str) -> Option<&'p Path>,
    text: &[u8],
) -> Result<(), Error> {
    let read = |name: &str| {
        let path = path_of(name)?;
        let bytes = walk::bytes_up_to(path, Limits::default().kept).ok()?;
        bytes.and_then(check::text).or_else(|| {
            let lines = |located: &Located| {
                let finding = &located.finding;
                let own = finding.related.iter().filter(|related| related.file.is_none()).filter_map(|one| one.span);
                own.chain(finding.span).map(|span| span.start.line).collect::<Vec<_>>()
            };
            let file = files.iter().find(|file| file.name == name)?;
            let lines: Vec<usize> = file.findings.iter().flat_map(lines).collect();
            let source = FileInput::Path { name: name.to_owned(), path: path.to_owned() };
            check::excerpt(&source, &lines, &site.config.limits)
        })
    };
    let page = |code: &str| rule::find(code).map(rule::Rule::page);
    let report = Report { summary: *summary, errors, files, text: &read, page: &page, steps: &[] };
    let steps = steps(arguments, site, &report);
    let report = Report { steps: &steps, ..report };
    let mut console = None;
    for output in &arguments.output_format {
        match &output.file {
            None => console = Some(output.style),
            Some(file) => {
                let mut bytes = Vec::new();
                let look = Look { statistics: arguments.statistics, ..Look::default() };
                (output.style.write)(&report, &look, &mut bytes)
                    .map_err(|error| Error::new(ErrorKind::Internal, error.to_string()))?;
                let mut file = FileOutput::file(file)?;
                file.write(&bytes)?;
                file.finish()?;
            }
        }
    }
    let to_stdout = text.is_empty() && !(arguments.diff || is_filter(arguments));
    let stream = if to_stdout { Stream::Out } else { Stream::Err };
    let style = match console {
        Some(style) => Some(style),
        None if std::env::var_os("GITHUB_ACTIONS").is_some_and(|value| value == "true") => report::find("github"),
        None if stream.is_terminal() && terminal::is_told() => report::find("plain"),
        None if stream.is_terminal() => report::find("human"),
        None => report::find("concise"),
    };
    let Some(style) = style else { return Ok(()) };
    let look = Look { color: stream.has_color(), statistics: arguments.statistics, width: stream.width() };
    let done = if to_stdout {
        let mut out = io::BufWriter::new(io::stdout().lock());
        (style.write)(&report, &look, &mut out).and_then(|()| out.flush())
    } else {
        let mut stderr = io::BufWriter::new(io::stderr().lock());
        let mut stdout = io::stdout().lock();
        stdout
            .write_all(text)
            .and_then(|()| stdout.flush())
            .and_then(|()| (style.write)(&report, &look, &mut stderr).and_then(|()| stderr.flush()))
    };
    match done {
        // Whoever closed the pipe has read enough.
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        Err(error) => Err(Error::new(ErrorKind::Output, format!("standard output cannot be written: {error}"))),
        Ok(()) => Ok(()),
    }
}

/// What to do about many findings: look at one kind, let the old ones wait, and mend or ask for what fits.
fn steps(arguments: &Arguments, site: &Site, report: &Report<'_>) -> Vec<String> {
    let kinds = report.kinds();
    let Some(kind) = kinds.first() else { return Vec::new() };
    let code = &kind.first.1.finding.code;
    let baseline = match (&arguments.baseline, &site.config.baseline) {
        (Some(file), _) => file.display().to_string(),
        (None, Some(file)) => file.clone(),
        (None, None) => "slugline-baseline.json".to_owned(),
    };
    let third = match report.summary.fixable {
        _ if site.file.is_none() => {
            "`slugline init` writes a configuration that asks for what these posts have".to_owned()
        }
        0 => "`--statistics` counts them by code, and no more".to_owned(),
        count => format!("`--fix` mends {count} of them without a guess; `--fix --diff` shows how"),
    };
    vec![
        format!("`--select {code} --output-format concise` lists one kind, a line each"),
        format!("`--write-baseline {baseline}` records them all: later runs fail on new ones only"),
        third,
    ]
}

/// Hands a text to standard output.
pub(super) fn pass_on(text: &mut dyn io::Read) -> Result<(), Error> {
    let mut stdout = io::stdout().lock();
    match io::copy(text, &mut stdout).and_then(|_| stdout.flush()) {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => {
            Err(Error::new(ErrorKind::Output, format!("standard output cannot be written: {error}")))
        }
        _ => Ok(()),
    }
}

/// Whether standard output gets the text of standard input, mended where that can be done.
pub(super) fn is_filter(arguments: &Arguments) -> bool {
    let stdin = arguments.stdin_filename.is_some() || arguments.paths.iter().any(|path| path.as_os_str() == "-");
    stdin && (arguments.fix || arguments.unsafe_fixes)
}
