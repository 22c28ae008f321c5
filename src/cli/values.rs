//! Values that tables name: what completions offer for an option, and what is said of a misspelt one.

use std::ffi::OsStr;

use clap::{
    Arg, Command,
    builder::{PossibleValue, TypedValueParser},
};

use crate::{format, nearest::nearest, profile::Profile, report, rule};

/// Reads a value by a function. Completions offer the names of a table; what else is a value, the function says.
#[derive(Clone)]
pub(super) struct Named<T> {
    names: fn() -> Vec<&'static str>,
    parse: fn(&str) -> Result<T, String>,
}

impl<T> Named<T> {
    /// A value that `parse` reads, and that `names` lists for the most part.
    pub(super) fn new(names: fn() -> Vec<&'static str>, parse: fn(&str) -> Result<T, String>) -> Self {
        Named { names, parse }
    }
}

impl<T: Clone + Send + Sync + 'static> TypedValueParser for Named<T> {
    type Value = T;

    fn parse_ref(&self, command: &Command, argument: Option<&Arg>, value: &OsStr) -> Result<T, clap::Error> {
        self.parse.parse_ref(command, argument, value)
    }

    fn possible_values(&self) -> Option<Box<dyn Iterator<Item = PossibleValue> + '_>> {
        Some(Box::new((self.names)().into_iter().map(PossibleValue::new)))
    }
}

/// Any text, for options whose value is looked up when more is known.
pub(super) fn text(text: &str) -> Result<String, String> {
    Ok(text.to_owned())
}

/// The styles of reports.
pub(super) fn styles() -> Vec<&'static str> {
    report::STYLES.iter().map(|style| style.name).collect()
}

/// The codes of rules.
pub(super) fn codes() -> Vec<&'static str> {
    rule::RULES.iter().map(|rule| rule.code).collect()
}

/// The formats that can be read.
pub(super) fn readable() -> Vec<&'static str> {
    format::FORMATS.iter().filter(|format| format.read.is_some()).map(|format| format.name).collect()
}

/// The formats that can be written.
pub(super) fn writable() -> Vec<&'static str> {
    format::FORMATS.iter().filter(|format| format.write.is_some()).map(|format| format.name).collect()
}

/// The built-in profiles.
pub(super) fn profiles() -> Vec<&'static str> {
    Profile::names()
}

/// What there is in the place of a name that there is not: the one that was meant, if one is near, and all.
pub(super) fn instead(name: &str, known: &[&str]) -> String {
    let all = format!("there is {}", known.join(", "));
    match nearest(name, known.iter().copied()) {
        Some(meant) => format!("did you mean `{meant}`? {all}"),
        None => all,
    }
}
