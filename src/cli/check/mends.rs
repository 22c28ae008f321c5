//! What becomes of mended sources: they go to their files, to standard output, or are shown as differences. What is
//! reported is always about what stands then.

use std::{
    collections::{HashMap, hash_map::Entry},
    fs,
    path::{Path, PathBuf},
    sync::Arc,
};

use similar::TextDiff;

use super::{
    super::files::{
        replace::{Replacing, Unwritten},
        walk::{self, Target},
    },
    Arguments,
    run::Outcome,
    standing::Places,
};
use crate::{
    check::Checked,
    convert::index::Sum,
    error::{Error, ErrorKind},
    facts::Facts,
    report::{FileReport, Located},
    untrusted::shown,
};

/// What came of mending a file.
#[derive(Default)]
pub(super) struct Mended {
    pub(super) fixed: usize,
    /// The file as it was and as it is mended.
    pub(super) bytes: Option<(Vec<u8>, Vec<u8>)>,
    pub(super) refused: Option<&'static str>,
    /// What was found in it as it was; `None` where it is not mended.
    pub(super) first: Option<First>,
}

/// What the first check of a file found, before it was mended.
pub(super) struct First {
    findings: Vec<Located>,
    left_out: usize,
    facts: Facts,
}

impl First {
    /// Takes down what was found.
    pub(super) fn of(checked: &mut Checked) -> Self {
        let FileReport { findings, left_out, .. } = FileReport::new(&mut checked.document, checked.left_out);
        checked.document.findings = findings.iter().map(|located| located.finding.clone()).collect();
        First { findings, left_out, facts: checked.facts.clone() }
    }
}

/// Where mended sources went.
#[derive(Default)]
pub(super) struct Placed {
    /// For standard output.
    pub(super) out: Vec<u8>,
    /// Why files could not be written.
    pub(super) errors: Vec<Error>,
}

/// Puts mended sources where they go. The outcome of a file that could not be written is that of its first check; so
/// is that of one whose fixes are shown, without what they mend.
pub(super) fn place(arguments: &Arguments, targets: &[Target], stdin: bool, outcomes: &mut [Outcome]) -> Placed {
    let is_mended = |outcome: &&Outcome| outcome.mended.as_ref().is_some_and(|mended| mended.bytes.is_some());
    let mut files = None;
    let mut placing = Placing { unwritten: Vec::new(), met: HashMap::new(), same: Vec::new() };
    let count = outcomes.iter().filter(is_mended).count();
    let mut placed = Placed::default();
    for (index, outcome) in outcomes.iter_mut().enumerate() {
        let Some((before, after)) = outcome.mended.as_mut().and_then(|mended| mended.bytes.take()) else { continue };
        let target = if stdin { None } else { walk::find(targets, &outcome.name) };
        let path = target.map(|target| fs::canonicalize(target.path()).unwrap_or_else(|_| target.path().to_owned()));
        let is_first = path.as_ref().is_none_or(|path| placing.is_first(path, index, outcome, &after));
        if arguments.diff {
            let shown = diff(outcome, &before, &after);
            if is_first {
                placed.out.extend_from_slice(shown.as_bytes());
            }
        } else if stdin {
            placed.out.extend_from_slice(&after);
        } else if let (Some(path), true) = (path, is_first) {
            let files = files.get_or_insert_with(|| Replacing::new(count));
            placing.unwritten.extend(files.put(&outcome.name, path, before, &after));
        }
    }
    placing.unwritten.extend(files.iter().flat_map(Replacing::settle));
    for Unwritten { name, error } in placing.unwritten {
        placed.errors.push(error);
        let by_name = |name: &String| outcomes.binary_search_by(|outcome| (*outcome.name).cmp(name)).ok();
        if let Some(index) = name.as_ref().and_then(by_name) {
            outcomes[index].stand();
            placing.same.iter().filter(|(_, of)| *of == index).for_each(|(index, _)| outcomes[*index].stand());
        }
    }
    placed
}

/// What was met on the way.
struct Placing {
    unwritten: Vec<Unwritten>,
    /// Files by their own paths: the first outcome of each, its name, and what the file is to be.
    met: HashMap<PathBuf, (usize, Arc<str>, Sum)>,
    /// Outcomes of files that another one names too, and that one.
    same: Vec<(usize, usize)>,
}

impl Placing {
    /// Whether a file is met for the first time. Of one under a second name nothing more is to be written.
    fn is_first(&mut self, path: &Path, index: usize, outcome: &mut Outcome, after: &[u8]) -> bool {
        let sum = Sum::of(after);
        match self.met.entry(path.to_owned()) {
            Entry::Vacant(entry) => {
                entry.insert((index, Arc::clone(&outcome.name), sum));
                true
            }
            Entry::Occupied(entry) => {
                let (first, other, of) = entry.get();
                self.same.push((index, *first));
                // What is asked of a file may hang on its name.
                if *of != sum {
                    let message = format!("is the same file as {}, which is mended in another way", shown(other));
                    let error = Error::new(ErrorKind::Output, message).help("run again").in_source(&*outcome.name);
                    self.unwritten.push(Unwritten { name: Some(outcome.name.to_string()), error });
                }
                if let Some(mended) = &mut outcome.mended {
                    mended.fixed = 0;
                }
                false
            }
        }
    }
}

/// A unified difference. The outcome's findings come to stand where they are in the file as it is.
fn diff(outcome: &mut Outcome, before: &[u8], after: &[u8]) -> String {
    let (before, after) = (String::from_utf8_lossy(before), String::from_utf8_lossy(after));
    let difference = TextDiff::from_lines(&*before, &*after);
    if let Some(first) = outcome.mended.as_mut().and_then(|mended| mended.first.take()) {
        let text = |text| str::strip_prefix(text, '\u{feff}').unwrap_or(text);
        let places = Places::new(text(&before), text(&after), &difference, outcome.offset);
        outcome.findings = places.standing(std::mem::take(&mut outcome.findings), first.findings);
        // What files have between them is told of those that stand.
        outcome.facts = first.facts;
    }
    let name = shown(&outcome.name).to_string();
    difference.unified_diff().context_radius(3).header(&format!("a/{name}"), &format!("b/{name}")).to_string()
}

impl Outcome {
    /// Makes it that of the first check, of a file that was to be mended and stands as it was.
    fn stand(&mut self) {
        let Some(mended) = &mut self.mended else { return };
        mended.fixed = 0;
        if let Some(First { findings, left_out, facts }) = mended.first.take() {
            (self.findings, self.left_out, self.facts) = (findings, left_out, facts);
        }
    }
}
