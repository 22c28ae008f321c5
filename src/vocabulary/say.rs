//! The generic findings in words, and how a row puts its own in their place.

use std::borrow::Cow;

use super::table::{Note, Weight};
use crate::{
    finding::{Finding, Place, Severity},
    untrusted::shown,
};

impl Weight {
    /// The severity that it is told with.
    pub(super) const fn severity(self) -> Severity {
        match self {
            Weight::Must => Severity::Error,
            Weight::Should => Severity::Warning,
            Weight::May => Severity::Hint,
        }
    }
}

/// A finding in the making: generic, until a row's note has its say.
#[derive(Debug)]
pub(super) struct Said {
    pub(super) code: &'static str,
    pub(super) weight: Weight,
    pub(super) words: Cow<'static, str>,
    pub(super) help: Cow<'static, str>,
    pub(super) w3c: &'static [&'static str],
    pub(super) place: Place,
}

impl Said {
    /// A finding of a generic code.
    pub(super) fn new(
        code: &'static str,
        weight: Weight,
        words: impl Into<Cow<'static, str>>,
        place: impl Into<Place>,
    ) -> Self {
        Said { code, weight, words: words.into(), help: Cow::Borrowed(""), w3c: &[], place: place.into() }
    }

    /// Adds the remedy.
    pub(super) fn help(mut self, help: impl Into<Cow<'static, str>>) -> Self {
        self.help = help.into();
        self
    }

    /// Adds the classes of the W3C feed validator.
    pub(super) fn w3c(mut self, classes: &'static [&'static str]) -> Self {
        self.w3c = classes;
        self
    }

    /// The finding, in a row's own words where it has some.
    pub(super) fn finding(mut self, note: Option<&'static Note>) -> Finding {
        if let Some(note) = note {
            self.weight = note.weight.unwrap_or(self.weight);
            if !note.code.is_empty() {
                self.code = note.code;
            }
            if !note.words.is_empty() {
                self.words = note.words.into();
            }
            if !note.help.is_empty() {
                self.help = note.help.into();
            }
            if !note.w3c.0.is_empty() {
                self.w3c = note.w3c.0;
            }
        }
        let range = match &self.place {
            Place::Bytes(range) | Place::Missing { end: range, .. } => Some(range.clone()),
            _ => None,
        };
        let mut finding = Finding::new(self.code, self.weight.severity(), self.words, self.place);
        finding.range = range;
        if !self.help.is_empty() {
            finding.help = Some(self.help.into_owned());
        }
        finding.w3c(self.w3c)
    }
}

/// A value from outside, for a message: its beginning.
pub(super) fn short(text: &str) -> String {
    let mut short: String = text.chars().take(60).collect();
    if short.len() < text.len() {
        short.push('…');
    }
    shown(&short).to_string()
}
