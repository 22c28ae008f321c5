//! Footnotes, as programs write them: a raised link to a note further down, which links back.

use std::collections::{HashMap, HashSet};

use crate::syntax::html::{
    fragment::{Fragment, Id, Node},
    unescape,
};

/// What of a text are footnotes.
#[derive(Debug, Default)]
pub(super) struct Notes {
    /// The label of each raised link.
    references: HashMap<Id, String>,
    /// The label of each note.
    definitions: HashMap<Id, String>,
    /// What only frames the notes: the rule above them, links back, their own labels.
    frame: HashSet<Id>,
}

impl Notes {
    /// Finds them: a reference whose note is there, and a note that is referred to.
    pub(super) fn find(tree: &Fragment<'_>) -> Self {
        let mut notes = Notes::default();
        let mut places: HashMap<String, Id> = HashMap::new();
        let mut parents: HashMap<Id, Id> = HashMap::new();
        let has_sup = tree.nodes.iter().any(|node| matches!(node, Node::Element(element) if element.name == "sup"));
        if !has_sup {
            return notes;
        }
        for (id, node) in tree.nodes.iter().enumerate() {
            let Node::Element(element) = node else { continue };
            parents.extend(element.children.iter().map(|&child| (child, id)));
            if matches!(&*element.name, "li" | "div")
                && let Some(place) = element.attribute("id")
            {
                places.entry(place.into_owned()).or_insert(id);
            }
        }
        let mut labels: HashMap<Id, String> = HashMap::new();
        let mut taken: HashSet<String> = HashSet::new();
        let mut named: HashMap<Id, bool> = HashMap::new();
        // Labels with lower numbers are taken.
        let mut number = 1;
        for (id, node) in tree.nodes.iter().enumerate() {
            let Node::Element(element) = node else { continue };
            if element.name != "sup" {
                continue;
            }
            let Some((link, text)) = only_link(tree, id) else { continue };
            let Some(note) = places.get(&link) else { continue };
            if !is_note(tree, *note, &parents, &mut named) {
                continue;
            }
            let text = text.trim_matches(['[', ']', ' ']);
            let fits = !text.is_empty() && text.len() <= 40 && text.chars().all(|c| c.is_alphanumeric() || c == '-');
            let label = match labels.get(note) {
                Some(label) => label.clone(),
                None => {
                    let mut label = if fits { text.to_owned() } else { (labels.len() + 1).to_string() };
                    // One label, one note.
                    number = number.max(labels.len() + 1);
                    while !taken.insert(label.clone()) {
                        label = format!("note-{number}");
                        number += 1;
                    }
                    labels.insert(*note, label.clone());
                    label
                }
            };
            notes.references.insert(id, label);
        }
        let mut ruled: HashSet<Id> = HashSet::new();
        for &note in labels.keys() {
            notes.frame_of(tree, note);
            // Many notes stand in one frame.
            let around = parents.get(&note).and_then(|list| parents.get(list));
            if let Some(&around) = around.filter(|around| ruled.insert(**around)) {
                notes.rules_of(tree, around);
            }
        }
        notes.definitions = labels;
        notes
    }

    /// The label of a raised link.
    pub(super) fn reference(&self, id: Id) -> Option<&str> {
        self.references.get(&id).map(String::as_str)
    }

    /// The label of a note.
    pub(super) fn definition(&self, id: Id) -> Option<&str> {
        self.definitions.get(&id).map(String::as_str)
    }

    /// Whether an element only frames notes.
    pub(super) fn is_frame(&self, id: Id) -> bool {
        self.frame.contains(&id)
    }

    /// Whether a list holds notes, so that its items are no items.
    pub(super) fn holds(&self, tree: &Fragment<'_>, list: Id) -> bool {
        !self.definitions.is_empty() && tree.children(list).iter().any(|child| self.definitions.contains_key(child))
    }

    fn frame_of(&mut self, tree: &Fragment<'_>, note: Id) {
        let mut open = vec![note];
        while let Some(id) = open.pop() {
            let Some(element) = tree.element(id) else { continue };
            let back = element.name == "a"
                && (element.has_class(|word| word.contains("backref") || word.contains("footnote-back"))
                    || element
                        .attribute("href")
                        .is_some_and(|href| href.starts_with("#fnref") || href.starts_with("#ref")));
            let label = element.name == "sup" && element.has_class(|word| word == "footnote-definition-label");
            if back || label {
                self.frame.insert(id);
            } else {
                open.extend(&element.children);
            }
        }
    }

    /// The rule above them.
    fn rules_of(&mut self, tree: &Fragment<'_>, around: Id) {
        if tree.element(around).is_some_and(|element| element.has_class(|word| word == "footnotes")) {
            let rules = tree.children(around).iter().filter(|&&child| tree.name(child) == "hr");
            self.frame.extend(rules);
        }
    }
}

/// The id that the only thing in an element leads to, and its words.
fn only_link(tree: &Fragment<'_>, id: Id) -> Option<(String, String)> {
    let mut link = None;
    for &child in tree.children(id) {
        match &tree.nodes[child] {
            Node::Element(element) if element.name == "a" && link.is_none() => {
                let href = element.attribute("href")?;
                let [text] = element.children.as_slice() else { return None };
                let Node::Text(text) = &tree.nodes[*text] else { return None };
                link = Some((href.strip_prefix('#')?.to_owned(), unescape(text).into_owned()));
            }
            Node::Text(text) if text.trim_matches(['[', ']', ' ', '\n']).is_empty() => {}
            _ => return None,
        }
    }
    link
}

/// Whether an element is a note by its own name or its frame's. What is `named` was looked at before: many notes share a
/// frame.
fn is_note(tree: &Fragment<'_>, id: Id, parents: &HashMap<Id, Id>, named: &mut HashMap<Id, bool>) -> bool {
    let is_named = |id: Id| {
        tree.element(id).is_some_and(|element| {
            element.has_class(|word| word.starts_with("footnote"))
                || element.attribute("id").is_some_and(|id| id.starts_with("fn"))
        })
    };
    let mut at = Some(id);
    for _ in 0..3 {
        let Some(id) = at else { return false };
        if *named.entry(id).or_insert_with(|| is_named(id)) {
            return true;
        }
        at = parents.get(&id).copied();
    }
    false
}
