//! # double-encoded-text
//!
//! ## What it checks
//! Whether text holds what becomes of UTF-8 that was read as Latin-1 or windows-1252, and encoded again: `Ã©` for é,
//! `â€™` for ’; and the mark U+FFFD for what could not be read.
//!
//! ## Why it matters
//! Readers see it as it stands.
//!
//! ## Example
//! ```xml
//! <title>CafÃ© by the sea</title>
//! ```
//!
//! ## Use instead
//! ```xml
//! <title>Café by the sea</title>
//! ```
//!
//! ## Since
//! 0.1.0

use super::{Check, Rule};
use crate::{
    feed_view::{About, Look, Part, place::Cursor},
    finding::{Finding, Severity},
};

pub(super) const RULE: Rule = Rule {
    code: "double-encoded-text",
    severity: Severity::Warning,
    page: include_str!("double_encoded_text.rs"),
    preview: false,
    check: Check::Feed(|| Box::<State>::default()),
};

/// Looks at the texts of items and of the head.
#[derive(Default)]
struct State;

impl Look for State {
    fn item(&mut self, item: &Part<'_>, _: &About<'_>, out: &mut Vec<Finding>) {
        for text in item.texts() {
            let raw = text.elem.raw();
            let Some((at, found)) = find(raw) else { continue };
            let place = text.elem.at(at..at + found.len(), &mut Cursor::default());
            let finding = match meant(found) {
                Some(meant) => {
                    Finding::warning(RULE.code, format!("`{found}` is `{meant}` that was encoded twice"), place)
                        .help(format!("write `{meant}`, and see how the text was read"))
                }
                None => Finding::warning(RULE.code, "this character stands for one that could not be read", place)
                    .help("see in which encoding the text was written, and how it was read"),
            };
            out.push(finding.w3c(&["BadCharacters"]));
        }
    }

    fn end(&mut self, head: &Part<'_>, about: &About<'_>, out: &mut Vec<Finding>) {
        self.item(head, about, out);
    }
}

/// The first such place in a text.
fn find(text: &str) -> Option<(usize, &str)> {
    // What is looked for begins with one of two bytes.
    memchr::memchr2_iter(0xC3, 0xEF, text.as_bytes()).find_map(|at| {
        let length = match text[at..].chars().next()? {
            c @ '\u{fffd}' => return Some((at, &text[at..at + c.len_utf8()])),
            // The first bytes of UTF-8 sequences of two and of three that are met.
            '\u{c2}' | '\u{c3}' => 2,
            '\u{e2}' => 3,
            _ => return None,
        };
        let piece = text[at..].char_indices().nth(length).map_or(&text[at..], |(end, _)| &text[at..at + end]);
        meant(piece).map(|_| (at, piece))
    })
}

/// What a text is whose characters are the bytes of UTF-8, in windows-1252.
fn meant(text: &str) -> Option<String> {
    let bytes: Vec<u8> = text.chars().map(byte).collect::<Option<_>>()?;
    let read = String::from_utf8(bytes).ok()?;
    // One character, and one that is written: not a control.
    let mut chars = read.chars();
    let one = chars.next().filter(|c| !c.is_ascii() && !c.is_control());
    (one.is_some() && chars.next().is_none()).then_some(read)
}

/// The byte of a character in windows-1252, or in Latin-1.
fn byte(c: char) -> Option<u8> {
    const HIGH: &str = "€\u{81}‚ƒ„…†‡ˆ‰Š‹Œ\u{8d}Ž\u{8f}\u{90}‘’“”•–—˜™š›œ\u{9d}žŸ";
    match u8::try_from(u32::from(c)) {
        Ok(byte) => Some(byte),
        Err(_) => HIGH.chars().position(|known| known == c).and_then(|at| u8::try_from(0x80 + at).ok()),
    }
}
