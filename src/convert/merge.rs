//! A post that is there, the one that was imported last, and the one that would be written now: what was changed by hand
//! stays, the rest follows the source.

use std::{
    borrow::Cow,
    collections::{BTreeSet, HashMap},
    sync::Arc,
};

use super::index::{self, Entry};
use crate::{
    finding::{Edit, Fix},
    fix,
    head_edit::{self, Changes, Parts},
    limits::Limits,
    profile::Profile,
};

/// Why something of a post was kept against its source.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Why {
    /// Changed by hand and at the source.
    Both,
    /// Changed by hand, and gone at the source.
    Gone,
    /// Removed by hand, and changed at the source.
    Removed,
    /// It differs, and nobody took down what was imported.
    Unknown,
    /// The head is written in a way that cannot be edited here.
    Unedited,
}

impl Why {
    /// The word that reports use.
    pub const fn name(self) -> &'static str {
        match self {
            Why::Both => "changed-both",
            Why::Gone => "gone-at-source",
            Why::Removed => "removed-by-hand",
            Why::Unknown => "unknown",
            Why::Unedited => "unedited",
        }
    }

    /// Half a sentence that follows the key's name: "`x` …".
    pub const fn words(self) -> &'static str {
        match self {
            Why::Both => "was changed by hand and at the source: kept as it was changed by hand",
            Why::Gone => "was changed by hand and is gone at the source: kept",
            Why::Removed => "was removed by hand and changed at the source: stays away",
            Why::Unknown => "differs in a post that was imported before slugline took down what it imports: kept",
            Why::Unedited => "cannot be edited in the way it is written: the post was left as it is",
        }
    }
}

/// Something of a post that was kept against its source.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub struct Conflict {
    /// The key, `body` for the body, `head` for all of the head. A key in a mapping is `extra/link`.
    pub key: String,
    /// Why.
    pub why: Why,
}

/// What came of it.
#[derive(Debug)]
pub(crate) struct Merged {
    /// The new bytes; `None` where the post stays as it is.
    pub bytes: Option<Vec<u8>>,
    /// What was kept against the source.
    pub conflicts: Vec<Conflict>,
    /// What counts as imported now; `None` where that is as before.
    pub entry: Option<Entry>,
}

/// What is done with one key.
enum Step {
    Agree,
    Follow,
    Keep(Option<Why>),
}

/// Merges a post that is there with the one that would be written now. `base` is what was imported last.
pub(crate) fn merge(
    old: &[u8],
    new: &[u8],
    base: Option<&Entry>,
    entry: Entry,
    profile: &Profile,
    limits: &Limits,
) -> Merged {
    let refuse = |key: &str| Merged {
        bytes: None,
        conflicts: vec![Conflict { key: key.to_owned(), why: Why::Unedited }],
        entry: None,
    };
    let bom: &[u8] = if old.starts_with(b"\xef\xbb\xbf") { &old[..3] } else { b"" };
    let (Ok(text), Ok(new_text)) = (std::str::from_utf8(&old[bom.len()..]), std::str::from_utf8(new)) else {
        return refuse("head");
    };
    let (Some(ours), Some(theirs)) =
        (Parts::of(text, &profile.fences, limits), Parts::of(new_text, &profile.fences, limits))
    else {
        return refuse("head");
    };
    let mut conflicts = BTreeSet::new();
    let (changes, expected) = decide(&ours, &theirs, base, profile, &mut conflicts);
    let (body_old, body_new) = (index::body(&ours), index::body(&theirs));
    let body = step(base.map(|base| Some(base.body)), Some(body_old), Some(body_new));
    if let Step::Keep(Some(why)) = body {
        conflicts.insert(Conflict { key: "body".to_owned(), why });
    }
    let follows = matches!(body, Step::Follow);
    let mut edits = Vec::new();
    if !changes.take.is_empty() || !changes.remove.is_empty() {
        let format = ours.head.format;
        let spelt = (theirs.head.format != format).then(|| theirs.spelt_as(format, profile.layout, limits));
        match spelt {
            None => edits = head_edit::edits(&ours, &theirs, &changes),
            Some(Some(theirs)) => edits = head_edit::edits(&ours, &theirs, &changes),
            Some(None) => return refuse("head"),
        }
    }
    if follows {
        edits.push(new_body(&ours, &theirs));
    }
    let conflicts = conflicts.into_iter().collect();
    if edits.is_empty() {
        return Merged { bytes: None, conflicts, entry: Some(entry) };
    }
    // Edits are good when what they make says what was meant, and nothing else.
    let fix = Fix { safe: true, edits, meant: Vec::new() };
    let Some(text) = fix::apply(text, &[&fix]) else { return refuse("head") };
    let holds = Parts::of(&text, &profile.fences, limits).is_some_and(|made| {
        let meant = if follows { body_new } else { body_old };
        index::body(&made) == meant && index::keys(&made.tree, profile) == expected
    });
    if !holds {
        return refuse("head");
    }
    let bytes = [bom, text.as_bytes()].concat();
    Merged { bytes: (bytes != old).then_some(bytes), conflicts, entry: Some(entry) }
}

/// What becomes of something, by the hashes of what was imported last (`None` where nobody knows), of what is there and
/// of what would be written.
fn step(base: Option<Option<u64>>, old: Option<u64>, new: Option<u64>) -> Step {
    match base {
        _ if old == new => Step::Agree,
        None => Step::Keep(Some(Why::Unknown)),
        Some(base) if base == new => Step::Keep(None),
        Some(base) if base == old => Step::Follow,
        Some(_) => Step::Keep(Some(match (old, new) {
            (None, _) => Why::Removed,
            (_, None) => Why::Gone,
            _ => Why::Both,
        })),
    }
}

/// The keys to change, and what all keys come to then.
fn decide(
    ours: &Parts<'_>,
    theirs: &Parts<'_>,
    base: Option<&Entry>,
    profile: &Profile,
    conflicts: &mut BTreeSet<Conflict>,
) -> (Changes, HashMap<Vec<String>, u64>) {
    let (old, new) = (index::keys(&ours.tree, profile), index::keys(&theirs.tree, profile));
    let known: Option<HashMap<&str, u64>> =
        base.map(|base| base.keys.iter().map(|(name, hash)| (&**name, *hash)).collect());
    let mut changes = Changes::default();
    let mut expected = old.clone();
    // A mapping on one side and a single value on the other: they change places as a whole.
    let mut odd: BTreeSet<&str> = BTreeSet::new();
    let shapes = |keys: &HashMap<Vec<String>, u64>| -> HashMap<String, usize> {
        keys.keys().map(|path| (path[0].clone(), path.len())).collect()
    };
    let (old_shapes, new_shapes) = (shapes(&old), shapes(&new));
    for (name, length) in &old_shapes {
        if new_shapes.get(name).is_some_and(|other| other != length) {
            odd.insert(name);
        }
    }
    for name in &odd {
        // By hand it is what was imported, if all that is below it is.
        let of = |keys: &HashMap<Vec<String>, u64>| -> BTreeSet<(String, u64)> {
            let below = keys.iter().filter(|(path, _)| path[0] == **name);
            below.map(|(path, hash)| (index::shown(path), *hash)).collect()
        };
        let below = |known: &HashMap<&str, u64>| -> BTreeSet<(String, u64)> {
            let prefix = format!("{}/", index::shown(&[(*name).to_owned()]));
            let is_it = |key: &str| key.starts_with(&prefix) || key == &prefix[..prefix.len() - 1];
            known.iter().filter(|(key, _)| is_it(key)).map(|(key, hash)| ((*key).to_owned(), *hash)).collect()
        };
        let (old_set, new_set, base_set) = (of(&old), of(&new), known.as_ref().map(below));
        let key = index::shown(&[(*name).to_owned()]);
        match base_set {
            None => drop(conflicts.insert(Conflict { key, why: Why::Unknown })),
            Some(base) if base == new_set => {}
            Some(base) if base == old_set => {
                changes.take.insert(vec![(*name).to_owned()]);
                expected.retain(|path, _| path[0] != **name);
                expected.extend(new.iter().filter(|(path, _)| path[0] == **name).map(|(p, h)| (p.clone(), *h)));
            }
            Some(_) => drop(conflicts.insert(Conflict { key, why: Why::Both })),
        }
    }
    let paths: BTreeSet<&Vec<String>> = old.keys().chain(new.keys()).filter(|path| !odd.contains(&*path[0])).collect();
    for path in paths {
        let name = index::shown(path);
        let (was, is) = (old.get(path).copied(), new.get(path).copied());
        match step(known.as_ref().map(|known| known.get(&*name).copied()), was, is) {
            Step::Agree | Step::Keep(None) => {}
            // What stands only here, with nobody to tell of it, is a person's own, and no difference to speak of.
            Step::Keep(Some(Why::Unknown)) if is.is_none() => {}
            Step::Keep(Some(why)) => drop(conflicts.insert(Conflict { key: name, why })),
            Step::Follow => match is {
                Some(hash) => {
                    changes.take.insert(path.clone());
                    expected.insert(path.clone(), hash);
                }
                None => {
                    changes.remove.insert(path.clone());
                    expected.remove(path);
                }
            },
        }
    }
    (changes, expected)
}

/// The edit that gives a post the body that it would be written with. Blank lines above it stay, and line ends are those
/// that the post has.
fn new_body(ours: &Parts<'_>, theirs: &Parts<'_>) -> Edit {
    let body = ours.body();
    let blank = body.len() - body.trim_start_matches(['\n', '\r']).len();
    let mut text = Cow::Borrowed(theirs.body().trim_start_matches('\n'));
    let range = ours.head.body.start + blank..ours.head.body.end;
    if ours.text[..range.start].contains("\r\n") {
        text = Cow::Owned(text.replace('\n', "\r\n"));
    }
    let mut text = text.into_owned();
    if !text.is_empty() && !ours.text[..range.start].ends_with(['\n', '\r']) {
        text.insert(0, '\n');
    }
    Edit { range, text }
}

/// Whether what would be written now says something else than what was imported last.
pub(crate) fn differs(base: &Entry, entry: &Entry) -> bool {
    let keys = |entry: &Entry| -> BTreeSet<(Arc<str>, u64)> { entry.keys.iter().cloned().collect() };
    base.whole != entry.whole && (base.body != entry.body || keys(base) != keys(entry))
}
