//! What rules compare between sources: small facts, never the sources.

use std::{collections::HashMap, sync::Arc};

use super::Settings;
use crate::{
    document::Document,
    finding::{Finding, Place, Related},
    lines::{Counter, Position, Span},
    rule::{Check, Fact, RULES, Verdict},
};

/// A fact, and the rule that noted it.
#[derive(Debug, Clone)]
pub struct Noted {
    pub(super) rule: usize,
    pub(super) fact: Fact,
    /// Whether a comment beside it asks for silence.
    pub(super) ignored: bool,
    /// Whether its file is not one of those that are checked, and only there to be compared with.
    hidden: bool,
}

impl Noted {
    pub(super) fn new(rule: usize, mut fact: Fact, file: &Arc<str>) -> Self {
        fact.file = Arc::clone(file);
        Noted { rule, fact, ignored: false, hidden: false }
    }
}

/// Sets the lines and columns of facts of one document.
pub(super) fn settle(facts: &mut [Noted], document: &Document) {
    if facts.is_empty() {
        return;
    }
    let mut order: Vec<usize> = (0..facts.len()).collect();
    order.sort_by_key(|&index| facts[index].fact.range.start);
    let mut counter = Counter::new(&document.text);
    for index in order {
        let fact = &mut facts[index].fact;
        let start = counter.position(fact.range.start);
        let inner = &document.text[fact.range.clone()];
        let end = match memchr::memchr2(b'\n', b'\r', inner.as_bytes()).is_some() {
            true => document.lines().position(&document.text, fact.range.end),
            false => Position { line: start.line, column: start.column + inner.chars().count() },
        };
        fact.span = Some(Span { start, end });
    }
}

impl Noted {
    /// The file that it is of.
    pub fn file(&self) -> &str {
        &self.fact.file
    }

    pub(super) fn hide(&mut self) {
        self.hidden = true;
    }
}

/// Judges the facts of all sources, which come in path order, by the settings of each file. Gives each finding with
/// the file it is in, in the order of the facts.
pub fn judge<'s>(facts: &[Noted], settings: impl Fn(&str) -> &'s Settings) -> Vec<(String, Finding)> {
    let mut groups: HashMap<(usize, &str), Vec<usize>> = HashMap::with_capacity(facts.len());
    for (index, noted) in facts.iter().enumerate() {
        groups.entry((noted.rule, noted.fact.key())).or_default().push(index);
    }
    let mut found: Vec<(usize, Finding)> = Vec::new();
    let mut verdicts = Vec::new();
    for ((rule, _), group) in groups.into_iter().filter(|(_, group)| group.len() > 1) {
        let Check::Site { judge, .. } = RULES[rule].check else { continue };
        let members: Vec<&Fact> = group.iter().map(|&index| &facts[index].fact).collect();
        judge(&members, &mut verdicts);
        let mut turned: Option<usize> = None;
        for Verdict { mut at, mut other, mut finding } in verdicts.drain(..) {
            if facts[group[at]].ignored || (facts[group[at]].hidden && facts[group[other]].hidden) {
                continue;
            }
            // What would be told of a file that nobody asks about is told of the one it clashes with, once.
            if facts[group[at]].hidden {
                std::mem::swap(&mut at, &mut other);
                if facts[group[at]].ignored || turned.replace(at) == Some(at) {
                    continue;
                }
                members[at].pointer().clone_into(&mut finding.pointer);
                finding.label = Some(format!("the other is {}", members[other].place()));
            }
            place(&mut finding, members[at], members[other]);
            if settings(&members[at].file).keep(&mut finding) {
                found.push((group[at], finding));
            }
        }
    }
    found.sort_by(|a, b| a.0.cmp(&b.0).then_with(|| a.1.code.cmp(&b.1.code)));
    found.into_iter().map(|(index, finding)| (facts[index].fact.file.to_string(), finding)).collect()
}

/// Puts a finding at its fact, with the other one as a further place.
fn place(finding: &mut Finding, fact: &Fact, other: &Fact) {
    finding.range = Some(fact.range.clone());
    finding.span = fact.span;
    let is_before = (&other.file, other.range.start) < (&fact.file, fact.range.start);
    if other.file == fact.file {
        finding.label = Some(if is_before { "again here" } else { "here" }.to_owned());
    }
    finding.related.push(Related {
        file: (other.file != fact.file).then(|| other.file.to_string()),
        place: Place::Bytes(other.range.clone()),
        label: if is_before { "first here" } else { "and here" }.to_owned(),
        span: other.span,
        range: Some(other.range.clone()),
    });
}
