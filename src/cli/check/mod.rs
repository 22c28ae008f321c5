//! `slugline check`.

mod choose;
mod known;
mod levels;
mod mends;
mod output;
mod rest;
mod run;
mod standing;

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use crate::{
    error::{Error, ErrorKind},
    finding::Severity,
    nearest::nearest,
    report::{self, Style},
    rule,
};

pub(super) use run::run;

use super::{
    day::Day,
    values::{self, Named},
};

/// Check that posts and feeds carry what they must
#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// Files, folders, or `-` for standard input; the configured content where it is left out, else this folder
    paths: Vec<PathBuf>,
    /// What posts must be: a JSON Schema's file (JSON or YAML), or a built-in one's name
    #[arg(long, value_name = "PATH|NAME")]
    schema: Option<String>,
    /// Keys that every post must have, beside those of the schema
    #[arg(long, value_name = "KEYS", value_delimiter = ',')]
    require: Vec<String>,
    /// How posts are spelt: a built-in profile, or the folder of a site's own
    #[arg(long, value_name = "NAME|PATH", hide_possible_values = true)]
    #[arg(value_parser = Named::new(values::profiles, values::text))]
    profile: Option<String>,
    /// The address that a feed was fetched from
    #[arg(long, value_name = "URL")]
    feed_url: Option<String>,
    /// Mend what can be mended without a change of meaning
    #[arg(long)]
    fix: bool,
    /// Mend what can be mended, such as a missing slug, even where it takes a guess
    #[arg(long)]
    unsafe_fixes: bool,
    /// Show what would be mended instead of writing it
    #[arg(long)]
    diff: bool,
    #[arg(help = styles_help())]
    #[arg(long, visible_alias = "format", value_name = "STYLE[=FILE]", hide_possible_values = true)]
    #[arg(value_parser = Named::new(values::styles, output_format))]
    output_format: Vec<Output>,
    /// Check for these codes only
    #[arg(long, value_name = "CODE", value_delimiter = ',', hide_possible_values = true)]
    #[arg(value_parser = Named::new(values::codes, code))]
    select: Vec<String>,
    /// Pass over these codes
    #[arg(long, value_name = "CODE", value_delimiter = ',', hide_possible_values = true)]
    #[arg(value_parser = Named::new(values::codes, code))]
    ignore: Vec<String>,
    /// The least severity to show
    #[arg(long, value_name = "SEVERITY", value_enum, default_value_t = Level::Warning)]
    show: Level,
    /// Show everything: every rule, hints and previews too
    #[arg(long)]
    all: bool,
    /// Try rules that are new
    #[arg(long)]
    preview: bool,
    /// The least severity that makes the exit code 1
    #[arg(long, value_name = "SEVERITY", value_enum, default_value_t = Level::Error)]
    fail_on: Level,
    /// End with exit code 0 whatever is found
    #[arg(long)]
    exit_zero: bool,
    /// Count the findings by code instead of showing them
    #[arg(long)]
    statistics: bool,
    /// Pass over the findings that this file has recorded, and fail on new ones only
    #[arg(long, value_name = "FILE", conflicts_with = "write_baseline")]
    baseline: Option<PathBuf>,
    /// Record today's findings in this file, so that later runs fail on new ones only
    #[arg(long, value_name = "FILE")]
    write_baseline: Option<PathBuf>,
    /// The configuration, instead of the nearest slugline.toml
    #[arg(long, value_name = "FILE", conflicts_with = "no_config")]
    config: Option<PathBuf>,
    /// Pass over any slugline.toml
    #[arg(long)]
    no_config: bool,
    /// Check the files that this file lists, one a line; `-` is standard input
    #[arg(long, value_name = "FILE|-")]
    files_from: Option<PathBuf>,
    /// The name of what comes on standard input
    #[arg(long, value_name = "NAME")]
    stdin_filename: Option<String>,
    /// Leave out files that folders would leave out, even when they are named
    #[arg(long)]
    force_exclude: bool,
    /// The day that rules about the future compare with
    #[arg(long, value_name = "DATE", value_parser = Day::parse)]
    today: Option<Day>,
    /// Threads
    #[arg(short, long, value_name = "N")]
    jobs: Option<usize>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Level {
    Error,
    Warning,
    Hint,
}

impl Level {
    const fn severity(self) -> Severity {
        match self {
            Level::Error => Severity::Error,
            Level::Warning => Severity::Warning,
            Level::Hint => Severity::Hint,
        }
    }
}

/// A style of report, and where it goes.
#[derive(Debug, Clone)]
struct Output {
    style: &'static Style,
    file: Option<PathBuf>,
}

fn styles_help() -> String {
    let names: Vec<_> = report::STYLES.iter().map(|style| style.name).collect();
    format!("How to report: {}; into a file with `=FILE`; may be given several times", names.join(", "))
}

fn output_format(text: &str) -> Result<Output, String> {
    let (name, file) = match text.split_once('=') {
        Some((name, file)) => (name, Some(PathBuf::from(file))),
        None => (text, None),
    };
    match report::find(name) {
        Some(style) => Ok(Output { style, file }),
        None => Err(format!("there is no style `{name}`; {}", values::instead(name, &values::styles()))),
    }
}

fn code(text: &str) -> Result<String, String> {
    match rule::find(text) {
        Some(rule) => Ok(rule.code.to_owned()),
        None => Err(unknown_code(text)),
    }
}

/// What to say of a code that there is not.
pub(super) fn unknown_code(text: &str) -> String {
    match nearest(text, rule::RULES.iter().map(|rule| rule.code)) {
        Some(meant) => format!("there is no rule `{text}`; did you mean `{meant}`?"),
        None => format!("there is no rule `{text}`; `slugline list rules` lists them"),
    }
}

impl Arguments {
    /// Whether all there is to check is checked, and not some of it.
    fn is_over_everything(&self) -> bool {
        let whole = self.paths.is_empty() || self.paths.iter().any(|path| path.as_os_str() == ".");
        whole && self.files_from.is_none() && self.stdin_filename.is_none()
    }

    /// What cannot be asked for together.
    fn check(&self) -> Result<(), Error> {
        let usage = |message: &str, help: &str| Err(Error::new(ErrorKind::Usage, message).help(help));
        if self.diff && !self.fix && !self.unsafe_fixes {
            return usage("`--diff` shows fixes, and none are asked for", "add `--fix` or `--unsafe-fixes`");
        }
        if self.jobs == Some(0) {
            return usage("no thread is too few", "`-j 1` checks one file after the other");
        }
        let console = self.output_format.iter().filter(|output| output.file.is_none()).count();
        if console > 1 {
            return usage(
                "one report goes to standard output",
                "send the others to files: `--output-format json=report.json`",
            );
        }
        Ok(())
    }
}
