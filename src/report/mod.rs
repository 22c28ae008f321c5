//! Reports of checks. To add a style: write its file, then add its two lines here (`mod` and its row in [`STYLES`]).
//!
//! Whatever comes from a source passes through [`Untrusted`](crate::untrusted::Untrusted) or the escaping of the
//! style's own syntax.

mod concise;
mod fingerprint;
mod github;
mod gitlab;
#[cfg(feature = "cli")]
mod human;
mod json;
mod json_text;
mod junit;
mod line;
#[cfg(feature = "cli")]
mod many;
#[cfg(feature = "cli")]
mod plain;
mod sarif;
mod summary;
#[cfg(feature = "cli")]
mod window;

use std::{
    collections::BTreeMap,
    io::{self, Write},
    ops::Range,
};

#[cfg(feature = "cli")]
pub(crate) use json_text::write_json;
pub use summary::Summary;
#[cfg(feature = "cli")]
pub(crate) use summary::counted;

use crate::{
    document::Document,
    error::Error,
    finding::{Finding, Severity},
    lines::Span,
};

/// The styles, by name.
pub const STYLES: &[Style] = &[
    concise::STYLE,
    github::STYLE,
    gitlab::STYLE,
    #[cfg(feature = "cli")]
    human::STYLE,
    json::STYLE,
    junit::STYLE,
    #[cfg(feature = "cli")]
    plain::STYLE,
    sarif::STYLE,
];

/// A row of [`STYLES`].
#[derive(Debug)]
#[non_exhaustive]
pub struct Style {
    /// The name that `--output-format` takes.
    pub name: &'static str,
    /// One line for help and documentation.
    pub about: &'static str,
    /// Writes the report.
    pub write: fn(&Report<'_>, &Look, &mut dyn Write) -> io::Result<()>,
}

/// The style of that name.
pub fn find(name: &str) -> Option<&'static Style> {
    STYLES.iter().find(|style| style.name == name)
}

/// How a report may look.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Look {
    /// Whether colours are welcome.
    pub color: bool,
    /// Columns that a line may have.
    pub width: usize,
    /// Whether only the counts by code are asked for: `--statistics`.
    pub statistics: bool,
}

impl Default for Look {
    fn default() -> Self {
        Look { color: false, width: 100, statistics: false }
    }
}

/// What checks found, file by file in path order.
///
/// ```
/// use slugline::{check, report::{self, FileReport, Look, Report}};
///
/// let post = "---\ntitle: [Snow\n---\n";
/// let mut checked = check::check("snow.md", post.into(), &check::Options::default())?;
/// let files = [FileReport::new(&mut checked.document, checked.left_out)];
/// let text = |_: &str| Some(post.to_owned());
/// let mut out = Vec::new();
/// let style = report::find("concise").expect("a style");
/// (style.write)(&Report::new(&files, &text), &Look::default(), &mut out).expect("memory takes everything");
/// assert!(out.starts_with(b"snow.md:2:"));
/// # Ok::<(), slugline::error::Error>(())
/// ```
#[non_exhaustive]
pub struct Report<'r> {
    /// The counts.
    pub summary: Summary,
    /// Why sources could not be looked at.
    pub errors: &'r [Error],
    /// The files that something was found in.
    pub files: &'r [FileReport],
    /// The decoded text of a file, for showing the place: read again, since texts are not kept. Of one that is too large
    /// for that, the lines around its findings, where they stand; the others are empty.
    pub text: &'r dyn Fn(&str) -> Option<String>,
    /// What to do about many findings, in words: a step each.
    pub steps: &'r [String],
    /// The page of a code, as `slugline explain` prints it.
    pub page: &'r dyn Fn(&str) -> Option<String>,
}

/// What was found in one file.
#[derive(Debug, Clone, Default)]
#[non_exhaustive]
pub struct FileReport {
    /// Its name.
    pub name: String,
    /// What was found, in order of place.
    pub findings: Vec<Located>,
    /// How many findings were over the cap.
    pub left_out: usize,
}

/// A finding, and the bytes of the file that it and its edits stand at. ([`Finding::range`] counts in decoded text.)
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Located {
    /// The finding, settled.
    pub finding: Finding,
    /// Its bytes in the file.
    pub bytes: Range<usize>,
    /// The bytes of each edit of its fix.
    pub edits: Vec<Range<usize>>,
    /// Line and column of each edit, where the text is not at hand when they are asked for.
    pub edit_spans: Vec<Span>,
}

impl FileReport {
    /// Takes the findings out of a checked document.
    pub fn new(document: &mut Document, left_out: usize) -> Self {
        let findings = std::mem::take(&mut document.findings);
        let findings = findings.into_iter().map(|finding| Located::new(finding, document)).collect();
        FileReport { name: document.name.clone(), findings, left_out }
    }
}

impl Located {
    fn new(finding: Finding, document: &Document) -> Self {
        let bytes = |range: &Range<usize>| document.file_offset(range.start)..document.file_offset(range.end);
        let edits = finding.fix.iter().flat_map(|fix| &fix.edits).map(|edit| bytes(&edit.range)).collect();
        let far = document.far.is_some();
        let spans = finding.fix.iter().filter(|_| far).flat_map(|fix| &fix.edits);
        let edit_spans = spans.map(|edit| document.span(&edit.range)).collect();
        Located { bytes: finding.range.as_ref().map_or(0..0, bytes), edits, edit_spans, finding }
    }

    /// A finding of a rule over the whole site, whose document is gone: `offset` bytes lie before the text.
    pub fn of_site(finding: Finding, offset: usize) -> Self {
        let range = finding.range.clone().unwrap_or(0..0);
        Located { bytes: range.start + offset..range.end + offset, edits: Vec::new(), edit_spans: Vec::new(), finding }
    }

    /// 1-based line and column of its beginning and of its end.
    pub fn position(&self) -> [usize; 4] {
        match self.finding.span {
            Some(span) => [span.start.line, span.start.column, span.end.line, span.end.column],
            None => [1, 1, 1, 1],
        }
    }
}

impl<'r> Report<'r> {
    /// What was found in files whose texts `text` gives; no errors, no steps, and no pages of codes.
    pub fn new(files: &'r [FileReport], text: &'r dyn Fn(&str) -> Option<String>) -> Self {
        let mut summary = Summary { files: files.len(), ..Summary::default() };
        for file in files {
            summary.left_out += file.left_out;
            summary.files_with_findings += usize::from(!file.findings.is_empty());
            for Located { finding, .. } in &file.findings {
                summary.count(finding.severity, finding.fix.as_ref().map(|fix| fix.safe));
            }
        }
        Report { summary, errors: &[], files, text, steps: &[], page: &|_| None }
    }
}

impl Report<'_> {
    /// Every finding with its file.
    pub fn findings(&self) -> impl Iterator<Item = (&FileReport, &Located)> {
        self.files.iter().flat_map(|file| file.findings.iter().map(move |located| (file, located)))
    }

    /// The findings by what they are and which key they are about, the most frequent first; each kind with its first.
    pub fn kinds(&self) -> Vec<Kind<'_>> {
        let mut kinds: BTreeMap<(&str, Severity, String), Kind<'_>> = BTreeMap::new();
        for (file, located) in self.findings() {
            let finding = &located.finding;
            let key = key_of(&finding.pointer);
            let kind = kinds.entry((&*finding.code, finding.severity, key.clone())).or_insert_with(|| Kind {
                key,
                count: 0,
                first: (file, located),
            });
            kind.count += 1;
        }
        let mut kinds: Vec<_> = kinds.into_values().collect();
        kinds.sort_by_key(|kind| std::cmp::Reverse(kind.count));
        kinds
    }

    /// How often each code was found, the most frequent first.
    pub fn counts(&self) -> Vec<(&str, Severity, usize)> {
        let mut counts: BTreeMap<(&str, Severity), usize> = BTreeMap::new();
        for (_, located) in self.findings() {
            *counts.entry((&*located.finding.code, located.finding.severity)).or_default() += 1;
        }
        let mut counts: Vec<_> = counts.into_iter().map(|((code, severity), n)| (code, severity, n)).collect();
        counts.sort_by(|a, b| b.2.cmp(&a.2).then(a.0.cmp(b.0)));
        counts
    }
}

/// Findings that say the same of many posts.
#[derive(Debug)]
#[non_exhaustive]
pub struct Kind<'r> {
    /// The key that they are about; empty where they are about none.
    pub key: String,
    /// How many there are.
    pub count: usize,
    /// The first one, and its file.
    pub first: (&'r FileReport, &'r Located),
}

/// The keys of a pointer, joined by dots, without the numbers of entries.
fn key_of(pointer: &str) -> String {
    let is_name = |step: &&str| !step.is_empty() && !step.bytes().all(|b| b.is_ascii_digit());
    let steps: Vec<String> =
        pointer.split('/').filter(is_name).map(|step| step.replace("~1", "/").replace("~0", "~")).collect();
    steps.join(".")
}

/// Writes the counts by code, a line each.
fn write_statistics(report: &Report<'_>, out: &mut dyn Write) -> io::Result<()> {
    let counts = report.counts();
    let width = counts.first().map_or(0, |(_, _, count)| count.to_string().len());
    for (code, severity, count) in counts {
        writeln!(out, "{count:>width$}  {:<7}  {code}", severity.name())?;
    }
    Ok(())
}
