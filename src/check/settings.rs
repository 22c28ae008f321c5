//! Which codes count, and how much.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::{Arc, Mutex, PoisonError},
};

use crate::{
    config::Level,
    finding::{Finding, Severity},
    rule::{self, Rule},
    surroundings::Surroundings,
};

/// Which codes count.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Settings {
    /// Levels that the configuration sets, by code.
    pub levels: BTreeMap<String, Level>,
    /// When not empty, only these codes count: `--select`.
    pub select: Vec<String>,
    /// These codes do not: `--ignore`.
    pub ignore: Vec<String>,
    /// The least severity that is shown: `--show`.
    pub show: Severity,
    /// Whether new rules count too: `--preview`.
    pub preview: bool,
    /// Whether the rules over a large feed may work in a thread of their own, beside its reading. What they find is the
    /// same.
    pub aside: bool,
    /// What is around the posts.
    pub surroundings: Arc<Surroundings>,
    /// Takes down which codes [`Settings::levels`] keep silent about something, where that is asked for: then rules that
    /// are off are looked for all the same.
    pub silenced: Option<Arc<Silenced>>,
}

/// Codes that are off, and were found all the same.
#[derive(Debug, Default)]
pub struct Silenced(Mutex<BTreeSet<String>>);

impl Silenced {
    fn note(&self, code: &str) {
        let mut codes = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if !codes.contains(code) {
            codes.insert(code.to_owned());
        }
    }

    /// Whether something of that code was kept silent.
    pub fn has(&self, code: &str) -> bool {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).contains(code)
    }
}

impl Default for Settings {
    fn default() -> Self {
        Settings {
            levels: BTreeMap::new(),
            select: Vec::new(),
            ignore: Vec::new(),
            show: Severity::Warning,
            preview: false,
            aside: true,
            surroundings: Arc::default(),
            silenced: None,
        }
    }
}

impl Settings {
    /// Whether a second thread is welcome, and can be had: there are machines without.
    pub(super) fn has_hands(&self) -> bool {
        self.aside && std::thread::available_parallelism().is_ok_and(|threads| threads.get() > 1)
    }

    /// The level of a code whose findings matter `usual` unless set otherwise.
    pub fn level(&self, code: &str, usual: Severity) -> Level {
        self.level_of(code, usual, || rule::find(code).is_some_and(|rule| rule.preview))
    }

    /// The level of a rule.
    pub fn level_of_rule(&self, rule: &Rule) -> Level {
        self.level_of(rule.code, rule.severity, || rule.preview)
    }

    /// Whether a rule looks for anything at all.
    pub(super) fn is_on(&self, rule: &Rule) -> bool {
        // Most runs set nothing.
        let is_set = !(self.select.is_empty() && self.ignore.is_empty() && self.levels.is_empty());
        if is_set {
            self.level_of_rule(rule) != Level::Off || self.is_watched(rule.code)
        } else {
            self.preview || !rule.preview
        }
    }

    /// Whether it is asked if there is anything that the code is kept silent about.
    pub(super) fn is_watched(&self, code: &str) -> bool {
        self.silenced.is_some() && self.levels.get(code) == Some(&Level::Off)
    }

    fn level_of(&self, code: &str, usual: Severity, is_preview: impl FnOnce() -> bool) -> Level {
        let named = |list: &[String]| list.iter().any(|known| known == code);
        if named(&self.ignore) || (!self.select.is_empty() && !named(&self.select)) {
            return Level::Off;
        }
        if let Some(level) = self.levels.get(code) {
            return *level;
        }
        let waits = !self.preview && is_preview() && !named(&self.select);
        if waits { Level::Off } else { Level::On(usual) }
    }

    /// Whether somebody said that the code does not count: not only that others do.
    pub(super) fn is_set_off(&self, code: &str) -> bool {
        self.ignore.iter().any(|known| known == code) || self.levels.get(code) == Some(&Level::Off)
    }

    /// Whether findings of that code are looked for and shown at all.
    pub fn shows(&self, code: &str) -> bool {
        let usual = rule::find(code).map_or(Severity::Error, |rule| rule.severity);
        match self.level(code, usual) {
            Level::Off => false,
            Level::On(severity) => severity >= self.show,
        }
    }

    /// Sets the severity of a finding; whether it counts at all.
    pub(super) fn keep(&self, finding: &mut Finding) -> bool {
        match self.level(&finding.code, finding.severity) {
            Level::Off => {
                if let Some(silenced) = self.silenced.as_ref().filter(|_| self.is_watched(&finding.code)) {
                    silenced.note(&finding.code);
                }
                false
            }
            Level::On(severity) => {
                finding.severity = severity;
                severity >= self.show
            }
        }
    }
}
