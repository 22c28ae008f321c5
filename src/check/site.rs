//! What rules compare between sources: small facts, never the sources.

use std::{
    collections::{HashMap, HashSet, hash_map::Entry},
    hash::{BuildHasherDefault, Hasher},
};

use super::Settings;
use crate::{
    facts::{Facts, Seen},
    finding::{Finding, Place, Related},
    rule::{Check, RULES, Verdict},
};

/// One of the facts: its key, and where it is among them.
type Spot = (u64, u32, u32);

/// Judges the facts of all sources, each behind the source's name, which come in the order of their names, by the
/// settings of each. Gives each finding with the name of the source it is in, in the order of the facts.
pub fn judge<'s>(facts: &[(&str, &Facts)], settings: impl Fn(&str) -> &'s Settings) -> Vec<(String, Finding)> {
    let shared = shared(facts);
    let mut spots: Vec<Spot> = Vec::new();
    for (source, (_, facts)) in facts.iter().enumerate() {
        let spot = |(index, key)| (key, source as u32, index as u32);
        spots.extend(facts.keys().enumerate().filter(|(_, key)| shared.contains(key)).map(spot));
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

/// The keys of which there are several facts that their rule may have something to say of. Of a large site that is few:
/// no two posts have one address, and all that have a tag spell it alike.
fn shared(facts: &[(&str, &Facts)]) -> HashSet<u64, Mixed> {
    let mut shared = HashSet::default();
    // Where the first fact of each key is.
    let mut first: HashMap<u64, (u32, u32), Mixed> = HashMap::default();
    first.reserve(2 * facts.len());
    for (source, (_, own)) in facts.iter().enumerate() {
        for (index, key) in own.keys().enumerate() {
            let (source, at) = match first.entry(key) {
                Entry::Vacant(slot) => {
                    slot.insert((source as u32, index as u32));
                    continue;
                }
                Entry::Occupied(known) => *known.get(),
            };
            let tells_alike = matches!(RULES[own.rule(index)].check, Check::Site { tells_alike: true, .. });
            let other = facts[source as usize].1;
            if tells_alike || own.shown(index) != other.shown(at as usize) {
                shared.insert(key);
            }
        }
    }
    shared
}

/// Keys are hashes already.
type Mixed = BuildHasherDefault<AsItIs>;

/// The hash of a number that is one.
#[derive(Default)]
struct AsItIs(u64);

impl Hasher for AsItIs {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        self.0 = bytes.iter().fold(self.0, |hash, byte| hash.rotate_left(8) ^ u64::from(*byte));
    }

    fn write_u64(&mut self, number: u64) {
        self.0 = number;
    }
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
