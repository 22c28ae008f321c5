//! The counts of a run, and the line that ends each text report.

use std::fmt;

use crate::finding::Severity;

/// The counts of a run.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[non_exhaustive]
pub struct Summary {
    /// Files that were checked.
    pub files: usize,
    /// Files that were passed over: Markdown without front matter.
    pub skipped: usize,
    /// Findings of severity error.
    pub errors: usize,
    /// Findings of severity warning.
    pub warnings: usize,
    /// Findings of severity hint.
    pub hints: usize,
    /// Fixes that were applied.
    pub fixed: usize,
    /// Whether they were shown, and nothing was written: `--diff`.
    pub only_shown: bool,
    /// Findings over the cap, which are not shown.
    pub left_out: usize,
    /// Findings that `--fix` would mend.
    pub fixable: usize,
    /// Findings that `--unsafe-fixes` would mend beside.
    pub unsafely_fixable: usize,
    /// Findings that the baseline knows, which are not shown.
    pub known: usize,
    /// Files with findings.
    pub files_with_findings: usize,
    /// Files that could not be looked at.
    pub unread: usize,
    /// Mended files that could not be written.
    pub unwritten: usize,
}

impl Summary {
    /// Counts a finding.
    pub fn count(&mut self, severity: Severity, fix: Option<bool>) {
        match severity {
            Severity::Error => self.errors += 1,
            Severity::Warning => self.warnings += 1,
            Severity::Hint => self.hints += 1,
        }
        match fix {
            Some(true) => self.fixable += 1,
            Some(false) => self.unsafely_fixable += 1,
            None => {}
        }
    }

    /// Findings of that severity or a worse one.
    pub fn at_least(&self, severity: Severity) -> usize {
        match severity {
            Severity::Hint => self.errors + self.warnings + self.hints,
            Severity::Warning => self.errors + self.warnings,
            Severity::Error => self.errors,
        }
    }
}

/// A count and its noun.
pub(crate) fn counted(count: usize, noun: &str) -> String {
    if count == 1 { format!("1 {noun}") } else { format!("{count} {noun}s") }
}

impl fmt::Display for Summary {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let kinds = [(self.errors, "error"), (self.warnings, "warning"), (self.hints, "hint")];
        let found: Vec<String> =
            kinds.into_iter().filter(|(count, _)| *count > 0).map(|(count, noun)| counted(count, noun)).collect();
        let files = counted(self.files, "file");
        match found.split_last() {
            None if self.known > 0 => write!(f, "{files} checked, nothing new")?,
            None => write!(f, "{files} checked, nothing wrong")?,
            Some((last, [])) => write!(f, "{last} in {} of {files}", self.files_with_findings)?,
            Some((last, rest)) => {
                write!(f, "{} and {last} in {} of {files}", rest.join(", "), self.files_with_findings)?;
            }
        }
        if self.fixed > 0 {
            let would = if self.only_shown { " would be" } else { "" };
            write!(f, "; {}{would} fixed", self.fixed)?;
        }
        match (self.fixable, self.unsafely_fixable) {
            (0, 0) => {}
            (safe, 0) => write!(f, "; `--fix` mends {safe}")?,
            (0, more) => write!(f, "; `--unsafe-fixes` mends {more}")?,
            (safe, more) => write!(f, "; `--fix` mends {safe}, `--unsafe-fixes` {more} more")?,
        }
        if self.known > 0 {
            write!(f, "; {} of the baseline left aside", self.known)?;
        }
        if self.skipped > 0 {
            write!(f, "; {} without front matter skipped", self.skipped)?;
        }
        if self.left_out > 0 {
            write!(f, "; {} over the limit `findings` left out", self.left_out)?;
        }
        if self.unread > 0 {
            write!(f, "; {} could not be read", self.unread)?;
        }
        if self.unwritten > 0 {
            write!(f, "; {} could not be written", self.unwritten)?;
        }
        Ok(())
    }
}
