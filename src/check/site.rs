//! What rules compare between sources: small facts, never the sources.

use super::{Settings, facts::Facts};
use crate::{
    document::Document,
    finding::{Finding, Place, Related},
    lines::{Counter, Position, Span},
    rule::{Check, Fact, RULES, Seen, Verdict},
};

/// A fact, and the rule that noted it.
pub(super) struct Noted {
    pub(super) rule: usize,
    pub(super) fact: Fact,
    pub(super) span: Span,
    /// Whether a comment beside it asks for silence.
    pub(super) ignored: bool,
}

impl Noted {
    pub(super) fn new(rule: usize, fact: Fact) -> Self {
        let start = Position { line: 1, column: 1 };
        Noted { rule, fact, span: Span { start, end: start }, ignored: false }
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
        let Noted { fact, span, .. } = &mut facts[index];
        let start = counter.position(fact.range.start);
        let inner = &document.text[fact.range.clone()];
        let end = match memchr::memchr2(b'\n', b'\r', inner.as_bytes()).is_some() {
            true => document.lines().position(&document.text, fact.range.end),
            false => Position { line: start.line, column: start.column + inner.chars().count() },
        };
        *span = Span { start, end };
    }
}

/// One of the facts: its key, and where it is among them.
type Spot = (u64, u32, u32);

/// Judges the facts of all sources, each behind the source's name, which come in the order of their names, by the
/// settings of each. Gives each finding with the name of the source it is in, in the order of the facts.
pub fn judge<'s>(facts: &[(&str, &Facts)], settings: impl Fn(&str) -> &'s Settings) -> Vec<(String, Finding)> {
    let mut spots: Vec<Spot> = Vec::with_capacity(facts.iter().map(|(_, facts)| facts.keys().len()).sum());
    for (source, (_, facts)) in facts.iter().enumerate() {
        spots.extend(facts.keys().enumerate().map(|(index, key)| (key, source as u32, index as u32)));
    }
    // Equal keys come together, each group in the order of the facts.
    spots.sort_unstable();
    let mut found: Vec<(Spot, Finding)> = Vec::new();
    let (mut members, mut verdicts) = (Vec::new(), Vec::new());
    for group in spots.chunk_by(|a, b| a.0 == b.0).filter(|group| group.len() > 1) {
        let of = |at: usize| facts[group[at].1 as usize].1;
        let is_ignored = |at: usize| of(at).is_ignored(group[at].2 as usize);
        let Check::Site { judge, .. } = RULES[of(0).rule(group[0].2 as usize)].check else { continue };
        members.clear();
        members.extend(group.iter().map(|&(_, source, index)| {
            let (name, facts) = facts[source as usize];
            facts.seen(index as usize, name)
        }));
        judge(&members, &mut verdicts);
        let mut turned: Option<usize> = None;
        for Verdict { mut at, mut other, mut finding } in verdicts.drain(..) {
            if is_ignored(at) || (of(at).is_hidden() && of(other).is_hidden()) {
                continue;
            }
            // What would be told of a file that nobody asks about is told of the one it clashes with, once.
            if of(at).is_hidden() {
                std::mem::swap(&mut at, &mut other);
                if is_ignored(at) || turned.replace(at) == Some(at) {
                    continue;
                }
                members[at].pointer.clone_into(&mut finding.pointer);
                finding.label = Some(format!("the other is {}", members[other].place()));
            }
            place(&mut finding, &members[at], &members[other]);
            if settings(members[at].file).keep(&mut finding) {
                found.push((group[at], finding));
            }
        }
    }
    let order = |spot: &Spot| (spot.1, spot.2);
    found.sort_by(|a, b| order(&a.0).cmp(&order(&b.0)).then_with(|| a.1.code.cmp(&b.1.code)));
    found.into_iter().map(|(spot, finding)| (facts[spot.1 as usize].0.to_owned(), finding)).collect()
}

/// Puts a finding at its fact, with the other one as a further place.
fn place(finding: &mut Finding, fact: &Seen<'_>, other: &Seen<'_>) {
    finding.range = Some(fact.range.clone());
    finding.span = Some(fact.span);
    let is_before = (other.file, other.range.start) < (fact.file, fact.range.start);
    if other.file == fact.file {
        finding.label = Some(if is_before { "again here" } else { "here" }.to_owned());
    }
    finding.related.push(Related {
        file: (other.file != fact.file).then(|| other.file.to_owned()),
        place: Place::Bytes(other.range.clone()),
        label: if is_before { "first here" } else { "and here" }.to_owned(),
        span: Some(other.span),
        range: Some(other.range.clone()),
    });
}
