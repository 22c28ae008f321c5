//! Attributes and values: what a table has of them against what is written.

use std::ops::Range;

use super::{
    frame::Frame,
    kind::{Complaint, Empty, Tight},
    place,
    say::{Said, short},
    table::{Attribute, Blank, Element, Note, Table, Value, Weight},
    walk::Vocabulary,
};
use crate::{
    namespace::XML,
    nearest::nearest,
    syntax::xml::{Ns, Open},
};

/// A value, where it stands, and what a table says of it.
struct Given<'v> {
    value: &'v str,
    /// The bytes that it is written in.
    at: Range<usize>,
    kind: Value,
    blank: Blank,
    weight: Weight,
    notes: &'static [Note],
    /// What it belongs to, in words.
    name: String,
    /// Whether it is an attribute's.
    attribute: bool,
}

impl Vocabulary<'_> {
    /// Checks the attributes of a start tag.
    pub(super) fn attributes(&mut self, open: &Open<'_>, table: &'static Table, row: &'static Element) {
        for attribute in open.attributes.iter() {
            let known = if attribute.ns == Ns::NONE
                || self.table(attribute.ns, attribute.uri).is_some_and(|own| own.prefix == table.prefix)
            {
                row.attributes.0.iter().find(|known| known.name == attribute.local)
            } else {
                let Some(other) = self.table(attribute.ns, attribute.uri) else { continue };
                let Some(known) = other.attributes.0.iter().find(|known| known.name == attribute.local) else {
                    continue;
                };
                Some(known)
            };
            let Some(known) = known else {
                let own = attribute.ns == Ns::NONE || !table.open && table.prefix != "xml";
                if !row.any_attribute && own {
                    self.unknown_attribute(open, row, attribute.prefix, attribute.local);
                }
                continue;
            };
            self.attribute(open, row, known, attribute.prefix, attribute.value);
        }
        for wanted in row.attributes.0 {
            let Some(weight) = wanted.required else { continue };
            let there = open.attributes.iter().any(|given| given.local == wanted.name && given.ns != XML);
            if !there {
                let name = self.name(&open.range, row);
                let words = format!("`{name}` has no `{}`", wanted.name);
                let said = Said::new("missing-attribute", weight, words, place::name(self.text, &open.range));
                let w3c: &[&str] =
                    if weight == Weight::Must { &["MissingAttribute"] } else { &["MissingRecommendedAttribute"] };
                let help = format!("add `{}=\"…\"` to the tag", wanted.name);
                let note = wanted.notes.0.iter().find(|note| note.on == "missing-attribute");
                self.raise(said.help(help).w3c(w3c).finding(note));
            }
        }
    }

    fn unknown_attribute(&mut self, open: &Open<'_>, row: &'static Element, prefix: &str, local: &str) {
        let written = place::attribute(self.text, &open.range, prefix, local);
        let range = written.map_or_else(|| place::name(self.text, &open.range), |written| written.key);
        let name = self.name(&open.range, row);
        let near = nearest(local, row.attributes.0.iter().take(40).map(|known| known.name));
        let help = near.map_or(String::new(), |near| format!("did you mean `{near}`?"));
        let words = format!("`{name}` has no attribute `{}`", short(local));
        let said = Said::new("unknown-attribute", row.weight, words, range);
        self.raise(said.help(help).w3c(&["UnexpectedAttribute"]).finding(row.note("unknown-attribute")));
    }

    fn attribute(
        &mut self,
        open: &Open<'_>,
        row: &'static Element,
        known: &'static Attribute,
        prefix: &str,
        value: &str,
    ) {
        let text = self.text;
        let place = || place::attribute(text, &open.range, prefix, known.name);
        if let Some(instead) = known.deprecated {
            let range = place().map_or_else(|| place::name(text, &open.range), |written| written.key);
            let said = Said::new("deprecated", Weight::May, format!("`{}` is deprecated", known.name), range);
            let help = if instead.is_empty() { "leave it out".to_owned() } else { format!("use {instead} instead") };
            let note = known.notes.0.iter().find(|note| note.on == "deprecated");
            self.raise(said.help(help).w3c(&["Deprecated"]).finding(note));
        }
        let complaints = look(known.value, value, true);
        if complaints.is_empty() && !value.trim_ascii().is_empty() {
            return;
        }
        let at = place().map_or_else(
            || place::name(text, &open.range),
            |written| if written.value.is_empty() { written.key } else { written.value },
        );
        let name = format!("`{}` of `{}`", known.name, self.name(&open.range, row));
        let given = Given {
            value,
            at,
            kind: known.value,
            blank: known.blank,
            weight: known.weight,
            notes: known.notes.0,
            name,
            attribute: true,
        };
        self.value_of(&given, complaints);
    }

    /// Checks the text of an element.
    pub(super) fn text_of(&mut self, frame: &Frame, kind: Value, value: &str) {
        let complaints = look(kind, value, false);
        if complaints.is_empty() && !value.trim_ascii().is_empty() {
            return;
        }
        let at = frame.text.clone().unwrap_or_else(|| place::name(self.text, &frame.tag));
        let given = Given {
            value,
            at,
            kind,
            blank: frame.row.blank,
            weight: frame.row.weight,
            notes: frame.row.notes.0,
            name: format!("`{}`", self.name(&frame.tag, frame.row)),
            attribute: false,
        };
        self.value_of(&given, complaints);
    }

    /// Tells what is wrong with a value.
    fn value_of(&mut self, given: &Given<'_>, complaints: Vec<Complaint>) {
        let kind = given.kind.kind;
        let trimmed = given.value.trim_ascii();
        let note = |code: &str| given.notes.iter().find(|note| note.on == code);
        if trimmed.is_empty() {
            let unwanted = match given.blank {
                Blank::Allowed => return,
                Blank::Unwanted => true,
                Blank::AsKind if kind.empty == Empty::Fine => return,
                Blank::AsKind => kind.empty == Empty::Unwanted,
            };
            let words = format!("{} is empty", given.name);
            let said = if unwanted {
                let w3c: &[&str] = if given.attribute { &["AttrNotBlank", "NotBlank"] } else { &["NotBlank"] };
                let what = if given.attribute { "attribute" } else { "element" };
                Said::new("empty-value", Weight::Should, words, given.at.clone())
                    .help(format!("give it a value, or leave the {what} out"))
                    .w3c(w3c)
            } else {
                Said::new(kind.code, given.weight, words, given.at.clone()).w3c(kind.w3c)
            };
            let code = said.code;
            let mut finding = said.finding(note(code));
            if unwanted && kind.empty != Empty::Fine {
                finding = finding.w3c(kind.w3c);
            }
            self.raise(finding);
            return;
        }
        for complaint in complaints {
            let code = complaint.code.unwrap_or(kind.code);
            let words = if complaint.words.is_empty() {
                format!("{} is `{}`, which is not {}", given.name, short(trimmed), kind.what).into()
            } else {
                complaint.words
            };
            let help = if complaint.help.is_empty() && !kind.example.is_empty() {
                format!("write it as `{}`", kind.example).into()
            } else {
                complaint.help
            };
            let w3c = if complaint.w3c.is_empty() { kind.w3c } else { complaint.w3c };
            let weight = complaint.weight.unwrap_or(given.weight);
            let range = place::part(self.text, &given.at, trimmed, &complaint.range);
            let mut finding = Said::new(code, weight, words, range).help(help).w3c(w3c).finding(note(code));
            if complaint.code.is_none() && complaint.weight.is_none() && w3c != kind.w3c {
                finding = finding.w3c(kind.w3c);
            }
            self.raise(finding);
        }
    }
}

/// What its kind says of a value that is not empty.
fn look(value: Value, text: &str, attribute: bool) -> Vec<Complaint> {
    let mut complaints = Vec::new();
    let trimmed = text.trim_ascii();
    if trimmed.is_empty() {
        return complaints;
    }
    let tight = value.kind.tight == Tight::Always || attribute && value.kind.tight == Tight::Attribute;
    if tight && trimmed.len() != text.len() {
        complaints.push(Complaint {
            words: "there are blanks around the value, which are part of it".into(),
            help: "remove them".into(),
            code: Some("unexpected-blanks"),
            w3c: if attribute { value.kind.blanks } else { &["UnexpectedWhitespace"] },
            ..Complaint::default()
        });
    }
    if let Some((at, c)) = misread(trimmed) {
        complaints.push(Complaint {
            words: match c {
                c if c.is_control() => {
                    format!("U+{:04X} is a control character: the text was read in a wrong encoding", u32::from(c))
                        .into()
                }
                _ => "the text was read in a wrong encoding: this is UTF-8 taken for Latin-1".into(),
            },
            help: "see in which encoding it was written, and write it as UTF-8".into(),
            range: at..at + c.len_utf8(),
            code: Some("misread-text"),
            weight: Some(Weight::Should),
            w3c: &["BadCharacters"],
        });
    }
    if value.retired.0.iter().any(|word| word.eq_ignore_ascii_case(trimmed)) {
        complaints.push(Complaint {
            words: format!("`{trimmed}` is no longer used here").into(),
            help: "use one of today's values".into(),
            code: Some("deprecated"),
            weight: Some(Weight::Should),
            w3c: &["Deprecated"],
            ..Complaint::default()
        });
        return complaints;
    }
    (value.kind.check)(trimmed, value.words.0, &mut complaints);
    complaints
}

/// The first sign of text that was read in a wrong encoding: a control from U+0080 to U+009F, which is what a byte of
/// windows-1252 becomes when it is taken for Latin-1; or UTF-8 taken for Latin-1, as in `Ã©`.
fn misread(text: &str) -> Option<(usize, char)> {
    let bytes = text.as_bytes();
    let at = memchr::memchr2_iter(0xC2, 0xC3, bytes).find(|at| match bytes[*at..] {
        [0xC2, 0x80..=0x9F, ..] => true,
        // U+00C2 or U+00C3, then a continuation; closing quotes and ordinals may follow a capital.
        [0xC3, 0x82 | 0x83, 0xC2, next, ..] => {
            (0x80..=0xBF).contains(&next) && !matches!(next, 0xAA | 0xAB | 0xBA | 0xBB)
        }
        _ => false,
    })?;
    text[at..].chars().next().map(|c| (at, c))
}
