//! What rules compare between sources: small facts, never the sources.

use std::collections::HashMap;

use super::Settings;
use crate::{
    document::Document,
    finding::{Finding, Place, Related},
    lines::Lines,
    rule::{Check, Fact, RULES},
};

/// A fact, and the rule that noted it.
#[derive(Debug, Clone)]
pub struct Noted {
    pub(super) rule: usize,
    pub(super) fact: Fact,
    /// Whether a comment beside it asks for silence.
    pub(super) ignored: bool,
}

impl Noted {
    pub(super) fn new(rule: usize, mut fact: Fact, document: &Document) -> Self {
        fact.file = document.name.clone();
        // The lines up to the place: those after it need no index.
        let end = document.text.floor_char_boundary(fact.range.end);
        let before = &document.text[..end];
        fact.span = Some(Lines::new(before).span(before, &fact.range));
        Noted { rule, fact, ignored: false }
    }
}

/// Judges the facts of all sources, which come in path order, by the settings of each file. Gives each finding with
/// the file it is in.
pub fn judge<'s>(facts: &[Noted], settings: impl Fn(&str) -> &'s Settings) -> Vec<(String, Finding)> {
    let mut first: HashMap<(usize, &str), &Fact> = HashMap::with_capacity(facts.len());
    let mut found = Vec::new();
    for Noted { rule, fact, ignored } in facts {
        let earlier = *first.entry((*rule, &fact.key)).or_insert(fact);
        if std::ptr::eq(earlier, fact) || *ignored {
            continue;
        }
        let Check::Site { judge, .. } = RULES[*rule].check else { continue };
        let mut finding = judge(earlier, fact);
        finding.range = Some(fact.range.clone());
        finding.span = fact.span;
        if earlier.file == fact.file {
            finding.label = Some("again here".to_owned());
        }
        finding.related.push(Related {
            file: (earlier.file != fact.file).then(|| earlier.file.clone()),
            place: Place::Bytes(earlier.range.clone()),
            label: "first here".to_owned(),
            span: earlier.span,
            range: Some(earlier.range.clone()),
        });
        if settings(&fact.file).keep(&mut finding) {
            found.push((fact.file.clone(), finding));
        }
    }
    found
}
