//! How often elements stand in a parent, in what order, and what is missing there when it ends.

use std::ops::Range;

use super::{
    frame::{Frame, Seen},
    place,
    say::{Said, short},
    table::{Class, Element, Table, Times, Weight, Where},
    walk::{COMPARED, Vocabulary},
};
use crate::{
    finding::Place,
    syntax::xml::{Ns, Open},
};

impl Vocabulary<'_> {
    /// Counts a child of the innermost element.
    pub(super) fn count(&mut self, open: &Open<'_>, table: &'static Table, row: &'static Element) {
        let Some(parent) = self.frames.last_mut() else { return };
        parent.children += 1;
        if row.passes_on && !parent.passed.iter().any(|known| std::ptr::eq(*known, row)) {
            parent.passed.push(row);
        }
        let get = |name: &str| open.attributes.get(Ns::NONE, name);
        for (at, need) in parent.row.needs.0.iter().enumerate().take(64) {
            let would_do = need.any_of.0.iter().any(|wanted| {
                let (key, value) = wanted.attribute;
                wanted.place == Where::Here
                    && wanted.name == row.name
                    && wanted.prefix == table.prefix
                    && (key.is_empty()
                        || get(key)
                            .map_or(value.is_empty(), |given| !value.is_empty() && (value == "*" || given == value)))
            });
            if would_do {
                parent.met |= 1 << at;
            }
        }
        let start = parent.seen;
        let parent_name = (parent.tag.clone(), parent.row);
        self.order(open, table, row, start);
        let (key, wanted) = row.unique_where;
        let looked_at = !row.unique.0.is_empty()
            && row.unique.0 != ["."]
            && (key.is_empty() || get(key).unwrap_or("alternate") == wanted);
        let first_entry =
            row.class == Class::Entry && !self.seen[start..].iter().any(|seen| std::ptr::eq(seen.row, row));
        if !looked_at && !first_entry && !matches!(row.times, Times::Once | Times::One) {
            return;
        }
        let mut own = String::new();
        for name in row.unique.0 {
            own.push_str(get(name).unwrap_or(""));
            own.push('\n');
        }
        let before = self.seen[start..].iter().find(|seen| std::ptr::eq(seen.row, row) && seen.key == own);
        let Some(before) = before else {
            if self.seen.len() - start < COMPARED {
                let written = (row.class == Class::Entry).then(|| self.name(&open.range, row));
                self.seen.push(Seen { prefix: table.prefix, row, key: own, tag: open.range.clone(), written });
            }
            return;
        };
        let first = place::name(self.text, &before.tag);
        let parent = self.name(&parent_name.0, parent_name.1);
        let name = self.name(&open.range, row);
        let said = if row.unique.0.is_empty() {
            Said::new(
                "duplicate-element",
                row.weight,
                format!("`{parent}` has more than one `{name}`"),
                place::name(self.text, &open.range),
            )
            .help("keep one; readers disagree on which counts")
        } else {
            let words = format!("`{parent}` has more than one `{name}` of the same {}", row.unique.0.join(" and "));
            Said::new("duplicate-element", row.weight, words, place::name(self.text, &open.range)).help("keep one")
        };
        let finding = said.w3c(&["DuplicateElement"]).finding(row.note("duplicate-element"));
        self.raise(finding.related(Place::Bytes(first), "first here"));
    }

    /// An element that should stand before others that were there already.
    pub(super) fn order(&mut self, open: &Open<'_>, table: &Table, row: &'static Element, start: usize) {
        let late = row.precedes.0.iter().find_map(|name| {
            let (prefix, name) = name.split_once(':').unwrap_or((table.prefix, name));
            self.seen[start..].iter().find(|seen| seen.row.name == name && seen.prefix == prefix)
        });
        let Some(late) = late else { return };
        let later = late.written.clone().unwrap_or_else(|| self.name(&late.tag, late.row));
        let words = format!("`{}` stands behind `{later}`", self.name(&open.range, row));
        let said = Said::new("misplaced-element", Weight::Should, words, place::name(self.text, &open.range));
        let note = row.note("order");
        self.raise(said.help("put it before that: some readers look no further").w3c(&["MisplacedItem"]).finding(note));
    }

    /// A child whose text must not be that of another.
    pub(super) fn repeated(&mut self, frame: &Frame, value: &str) {
        if frame.row.unique.0 != ["."] {
            return;
        }
        let Some(parent) = self.frames.last() else { return };
        let start = parent.seen;
        let value = value.trim();
        let same = |seen: &&Seen| std::ptr::eq(seen.row, frame.row) && seen.key == value;
        if let Some(first) = self.seen[start..].iter().find(same) {
            let first = place::name(self.text, &first.tag);
            let words = format!("`{}` is there twice", short(value));
            let range = frame.text.clone().unwrap_or_else(|| frame.tag.clone());
            let said = Said::new("duplicate-element", frame.row.weight, words, place::bare(self.text, &range));
            let finding = said.help("keep one").w3c(&["DuplicateValue"]).finding(frame.row.note("duplicate-element"));
            self.raise(finding.related(Place::Bytes(first), "first here"));
            return;
        }
        if self.seen.len() - start >= COMPARED {
            return;
        }
        self.seen.push(Seen {
            prefix: frame.table.prefix,
            row: frame.row,
            key: value.to_owned(),
            tag: frame.tag.clone(),
            written: None,
        });
    }

    /// What is missing in an element that ends.
    pub(super) fn missing(&mut self, frame: &Frame, end: &Range<usize>) {
        for (at, need) in frame.row.needs.0.iter().enumerate().take(64) {
            if frame.met & (1 << at) != 0 {
                continue;
            }
            let below = |name: &str, wanted: &str| {
                frame.passed_below.iter().any(|(child, row)| *child == name && row.name == wanted)
            };
            let found = need.any_of.0.iter().any(|wanted| match wanted.place {
                Where::Below(child) => below(child, wanted.name),
                _ => false,
            });
            if found {
                continue;
            }
            let parent = self.name(&frame.tag, frame.row);
            let names: Vec<String> = need
                .any_of
                .0
                .iter()
                .filter(|wanted| wanted.place == Where::Here)
                .map(|wanted| {
                    let (key, value) = wanted.attribute;
                    let prefix =
                        if wanted.prefix == frame.table.prefix { String::new() } else { format!("{}:", wanted.prefix) };
                    match (key, value) {
                        ("", _) => format!("`{prefix}{}`", wanted.name),
                        (key, "*") => format!("`{prefix}{} {key}`", wanted.name),
                        (key, value) => format!("`{prefix}{} {key}=\"{value}\"`", wanted.name),
                    }
                })
                .collect();
            let words = match names.as_slice() {
                [one] => format!("`{parent}` has no {one}"),
                [first, second] => format!("`{parent}` has neither {first} nor {second}"),
                _ => format!("`{parent}` has none of {}", names.join(", ")),
            };
            let place = place::missing(self.text, &frame.tag, end, self.frames.is_empty());
            let said = Said::new("missing-element", need.weight, words, place);
            let help = format!("add {} to it", names[0]);
            let finding = said.help(help).w3c(&["MissingElement"]).finding(Some(&need.note));
            let above = need.any_of.0.iter().any(|wanted| wanted.place == Where::Above);
            match self.frames.last_mut() {
                Some(parent) if above => parent.pending.push((need, finding)),
                _ => self.raise(finding),
            }
        }
        for (need, finding) in &frame.pending {
            let mut above = need.any_of.0.iter().filter(|wanted| wanted.place == Where::Above);
            if !above.any(|wanted| frame.passed.iter().any(|row| row.name == wanted.name)) {
                self.raise(finding.clone());
            }
        }
        // The children of a feed are many: only what may be asked for below an entry is kept.
        if let Some(parent) = self.frames.last_mut().filter(|parent| parent.row.class == Class::Entry) {
            parent.passed_below.extend(frame.passed.iter().map(|row| (frame.row.name, *row)));
        }
    }
}
