//! The rules. To add one: write its file, then add its two lines here (`mod` and its row in [`RULES`]).

mod duplicate_key;
mod inexact_number;
mod lone_surrogate;
mod malformed_json;

use crate::{
    document::Document,
    finding::{Finding, Severity},
};

/// The rules, by code.
pub const RULES: &[Rule] = &[duplicate_key::RULE, inexact_number::RULE, lone_surrogate::RULE, malformed_json::RULE];

/// A row of [`RULES`].
#[derive(Debug)]
pub struct Rule {
    /// Its code: a kebab-case name of the bad thing; the name of its file, page, fixtures and snapshots.
    pub code: &'static str,
    /// How much its findings matter unless configured otherwise.
    pub severity: Severity,
    /// The source of its file: the `//!` lines at the top are the page that `explain` prints.
    pub page: &'static str,
    /// Whether it is off unless `--preview` or `--all` asks for it, so that an update never breaks a pipeline.
    pub preview: bool,
    /// What it looks at.
    pub check: Check,
}

/// What a rule looks at.
#[derive(Debug)]
pub enum Check {
    /// One document.
    Document(fn(&Document, &mut Vec<Finding>)),
    /// Nothing: syntax, schema or a reader raises the code; the row gives it page and severity.
    Elsewhere,
}

impl Rule {
    /// Its page: Markdown with the headings What it checks, Why it matters, Example, Use instead, Since.
    pub fn page(&self) -> String {
        let lines = self.page.lines().map_while(|line| line.strip_prefix("//!"));
        lines.map(|line| format!("{}\n", line.strip_prefix(' ').unwrap_or(line))).collect()
    }
}
