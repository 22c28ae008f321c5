//! References: to characters, to the five predefined entities, to those of HTML, and to those a document declares.

use std::{collections::HashMap, rc::Rc};

use super::{
    doctype::Attributes,
    name,
    state::{Here, State, finding, malformed, replace},
    tag::shorten,
};
use crate::{
    error::Error,
    finding::{Edit, Finding, Severity},
    syntax::html,
};

/// What a document type declaration says that matters to reading.
#[derive(Debug, Default)]
pub(super) struct Entities {
    pub(super) general: HashMap<Box<str>, Entity>,
    pub(super) parameter: HashMap<Box<str>, Entity>,
    pub(super) attributes: Attributes,
    /// Whether all declarations that matter are said to be in the document.
    pub(super) standalone: bool,
    /// Whether declarations may stand where nobody looks: an external subset, or a parameter entity.
    pub(super) unread: bool,
    /// Whether declarations no longer count, since one before them was not read.
    pub(super) blind: bool,
    /// Bytes that references have added.
    pub(super) spent: usize,
}

impl Entities {
    /// Whether attributes are declared.
    #[inline]
    pub(super) fn has_attributes(&self) -> bool {
        !self.attributes.is_empty()
    }
}

/// A declared entity.
#[derive(Debug, Clone)]
pub(super) enum Entity {
    /// Its replacement text.
    Internal(Rc<str>),
    /// In another file, which is never opened.
    External,
    /// Something that is not XML.
    Unparsed,
}

/// What a reference in content stands for.
pub(super) enum Meaning {
    /// The text in the scratch.
    Text,
    /// The replacement text, which holds markup.
    Markup(Box<str>, Rc<str>),
}

/// The predefined entities.
fn predefined(name: &str) -> Option<char> {
    Some(match name {
        "amp" => '&',
        "lt" => '<',
        "gt" => '>',
        "quot" => '"',
        "apos" => '\'',
        _ => return None,
    })
}

/// The number of a character reference, without `&#` and `;`. `None` when it is no number.
fn number(text: &str) -> Option<u32> {
    let (digits, radix) = match text.strip_prefix('x') {
        Some(digits) => (digits, 16),
        None => (text, 10),
    };
    if digits.is_empty() || !digits.chars().all(|c| c.is_digit(radix)) {
        return None;
    }
    // Too large for a number is too large for a character too.
    Some(u32::from_str_radix(digits, radix).unwrap_or(u32::MAX))
}

/// A character reference without `&#` and `;`: its character, or what is wrong with it.
pub(super) fn character(text: &str) -> Result<char, String> {
    match number(text) {
        None => Err(format!("`&#{};` is no character reference", shorten(text))),
        Some(number) => match char::from_u32(number).filter(|&c| name::is_char(c)) {
            Some(c) => Ok(c),
            None => Err(format!("`&#{};` stands for a character that XML forbids", shorten(text))),
        },
    }
}

/// How the text after `&` goes on: the reference's name, without `;`.
fn reference(text: &str) -> Option<&str> {
    let end = memchr::memchr3(b';', b'&', b'<', text.as_bytes())?;
    let name = &text[..end];
    (text.as_bytes()[end] == b';' && (name.starts_with('#') || name::is_name(name))).then_some(name)
}

impl State {
    /// Finds out what a reference in content stands for; `here` is all of it, with `&` and `;`.
    pub(super) fn content_reference(&mut self, here: &Here<'_, '_>) -> Result<Meaning, Error> {
        self.scratch.clear();
        let name = here.text.get(1..here.text.len() - 1).unwrap_or("");
        if let Some(c) = predefined(name) {
            self.scratch.push(c);
            return Ok(Meaning::Text);
        }
        if !here.text.ends_with(';') || reference(&here.text[1..]).is_none() {
            self.stray_ampersand(here, 0)?;
            self.mend_text(here, true)?;
            return Ok(Meaning::Text);
        }
        match self.entities.general.get(name) {
            Some(Entity::Internal(text)) => {
                let text = text.clone();
                self.spend(here, text.len() + 1)?;
                if memchr::memchr2(b'<', b'&', text.as_bytes()).is_some() {
                    return Ok(Meaning::Markup(name.into(), text));
                }
                let inside = here.other(&text, here.at);
                self.replaced_text(here, &inside)?;
            }
            _ => {
                let mut text = std::mem::take(&mut self.scratch);
                self.other_reference(here, name, false, &mut text)?;
                self.scratch = text;
            }
        }
        Ok(Meaning::Text)
    }

    /// An entity's text without markup, into the scratch.
    fn replaced_text(&mut self, here: &Here<'_, '_>, inside: &Here<'_, '_>) -> Result<(), Error> {
        if memchr::memmem::find(inside.text.as_bytes(), b"]]>").is_some() {
            self.trouble(here, malformed(here.range(0..here.text.len()), "`]]>` stands in the text of this entity"))?;
        }
        self.scratch.push_str(inside.text);
        Ok(())
    }

    /// Counts what entities add. Those that are predefined do not count, they shrink.
    pub(super) fn spend(&mut self, here: &Here<'_, '_>, bytes: usize) -> Result<(), Error> {
        self.entities.spent += bytes;
        let read = match &self.within {
            Some((range, _)) => range.end,
            None => here.at,
        };
        let limit = self.options.limits.entities;
        if self.entities.spent > limit.max(read.saturating_mul(5)) {
            return Err(self.limit(here, here.at, "bytes from entities", limit, "entities"));
        }
        Ok(())
    }

    fn stray_ampersand(&mut self, here: &Here<'_, '_>, at: usize) -> Result<(), Error> {
        let range = here.range(at..at + 1);
        let finding = finding("stray-markup", range.clone(), "a bare `&` stands for no character");
        self.trouble(here, finding.help("write `&amp;`").fix(true, replace(range, "&amp;"), Vec::new()))
    }

    /// A reference that is neither predefined nor to an internal entity, appended to `out`. `here` is the reference.
    fn other_reference(
        &mut self,
        here: &Here<'_, '_>,
        name: &str,
        in_value: bool,
        out: &mut String,
    ) -> Result<(), Error> {
        let range = here.range(0..here.text.len());
        if let Some(number) = name.strip_prefix('#') {
            match character(number) {
                Ok(c) => out.push(c),
                Err(message) if self::number(number).is_some() => {
                    let fix = replace(range.clone(), "");
                    let finding = finding("control-character", range, message).label("left out").help("delete it");
                    self.trouble(here, finding.fix(true, fix, Vec::new()))?;
                }
                Err(message) => {
                    let fix = replace(range.start..range.start + 1, "&amp;");
                    let finding = finding("stray-markup", range, message).label("kept as text");
                    self.trouble(here, finding.fix(false, fix, Vec::new()))?;
                    out.push_str(&format!("&{name};"));
                }
            }
            return Ok(());
        }
        match self.entities.general.get(name) {
            Some(Entity::External) => {
                let finding =
                    finding("external-entity", range, format!("`&{};` stands in another file", shorten(name)))
                        .label("kept as text")
                        .help("other files are never opened: write its text in its place")
                        .w3c(&["ContainsSystemEntity"]);
                self.trouble(here, finding)?;
            }
            Some(Entity::Unparsed) => {
                self.trouble(
                    here,
                    malformed(range, format!("`&{};` stands for something that is not XML", shorten(name))),
                )?;
            }
            Some(Entity::Internal(_)) => {}
            None => {
                let html = html::entity(name);
                self.trouble(here, self.undefined(range, name, html, in_value))?;
                if let Some(text) = html {
                    out.push_str(text);
                    return Ok(());
                }
            }
        }
        out.push('&');
        out.push_str(name);
        out.push(';');
        Ok(())
    }

    fn undefined(&self, range: std::ops::Range<usize>, name: &str, html: Option<&str>, in_value: bool) -> Finding {
        let short = shorten(name);
        let unread = self.entities.unread;
        let message = match html {
            _ if unread => format!("`&{short};` may be defined in another file, which is not read"),
            Some(_) => format!("`&{short};` is HTML; XML has no such entity"),
            None => format!("`&{short};` is defined nowhere"),
        };
        let mut finding = finding("undefined-entity", range.clone(), message).w3c(&["UndefinedNamedEntity"]);
        if unread {
            finding.severity = Severity::Warning;
        } else {
            finding = finding.label("XML parsers stop here");
        }
        match html {
            Some(text) => {
                let numbers: String = text.chars().map(|c| format!("&#{};", u32::from(c))).collect();
                finding.help(format!("write `{numbers}`")).fix(true, replace(range, numbers), Vec::new())
            }
            None => {
                let fix = replace(range.start..range.start + 1, "&amp;");
                let finding =
                    if in_value { finding } else { finding.help(format!("for the text itself write `&amp;{short};`")) };
                finding.fix(false, fix, Vec::new())
            }
        }
    }

    /// Appends a raw attribute value to `tag`: references resolved, white space made blanks (XML 1.0, section 3.3.3).
    pub(super) fn normalise(&mut self, here: &Here<'_, '_>) -> Result<(), Error> {
        if here.source.suspects().illegal && name::find_illegal(here.text).is_some() {
            return self.normalise_illegal(here);
        }
        let text = here.text;
        let (mut at, mut done) = (0, 0);
        let mut out = std::mem::take(&mut self.tag);
        let bytes = text.as_bytes();
        while let Some(step) = bytes[at..].iter().position(|&b| b < 0x20 || b == b'&' || b == b'<') {
            at += step;
            out.push_str(&text[done..at]);
            done = at + 1;
            match bytes[at] {
                b'\r' if bytes.get(at + 1) == Some(&b'\n') => {}
                b'&' => match reference(&text[at + 1..]) {
                    Some(name) => {
                        done = at + name.len() + 2;
                        let here = here.part(at..done);
                        if let Some(c) = predefined(name) {
                            out.push(c);
                        } else {
                            self.value_reference(&here, name, &mut out)?;
                        }
                    }
                    None => {
                        self.stray_ampersand(here, at)?;
                        out.push('&');
                    }
                },
                b'<' => {
                    let range = here.range(at..at + 1);
                    let finding =
                        finding("stray-markup", range.clone(), "a bare `<` stands in the value of an attribute");
                    self.trouble(here, finding.help("write `&lt;`").fix(true, replace(range, "&lt;"), Vec::new()))?;
                    out.push('<');
                }
                _ => out.push(' '),
            }
            at = done;
        }
        out.push_str(&text[done..]);
        self.tag = out;
        Ok(())
    }

    /// A value that holds characters XML forbids: without them.
    fn normalise_illegal(&mut self, here: &Here<'_, '_>) -> Result<(), Error> {
        let illegal = here.text.char_indices().filter(|&(_, c)| !name::is_char(c));
        let edits: Vec<Edit> = illegal
            .map(|(at, c)| Edit { range: here.range(at..at + c.len_utf8()), text: String::new() })
            .take(self.options.limits.findings)
            .collect();
        if let Some((at, c)) = name::find_illegal(here.text) {
            self.control(here, at, c, edits)?;
        }
        let clean: String = here.text.chars().filter(|&c| name::is_char(c)).collect();
        self.normalise(&here.other(&clean, here.at))
    }

    /// A reference in the value of an attribute, appended to `out`. Entities in entities are walked with a stack.
    fn value_reference(&mut self, here: &Here<'_, '_>, name: &str, out: &mut String) -> Result<(), Error> {
        let Some(Entity::Internal(text)) = self.entities.general.get(name) else {
            return self.other_reference(here, name, true, out);
        };
        let mut open: Vec<(Box<str>, Rc<str>, usize)> = vec![(name.into(), text.clone(), 0)];
        self.spend(here, text_length(&open))?;
        while let Some((_, text, at)) = open.last_mut() {
            let text = text.clone();
            let bytes = text.as_bytes();
            let start = *at;
            let special = |&b: &u8| b < 0x20 || b == b'&' || b == b'<';
            let Some(step) = bytes[start..].iter().position(special) else {
                out.push_str(&text[start..]);
                open.pop();
                continue;
            };
            let found = start + step;
            out.push_str(&text[start..found]);
            *at = found + 1;
            match bytes[found] {
                b'&' => match reference(&text[found + 1..]) {
                    None => {
                        let message = "the text of this entity holds a bare `&`";
                        self.trouble(here, malformed(here.range(0..here.text.len()), message))?;
                        out.push('&');
                    }
                    Some(inner) => {
                        *at = found + inner.len() + 2;
                        if let Some(c) = predefined(inner) {
                            out.push(c);
                        } else if open.iter().any(|(name, ..)| **name == *inner) {
                            self.recursive(here, inner)?;
                        } else if let Some(Entity::Internal(text)) = self.entities.general.get(inner) {
                            open.push((inner.into(), text.clone(), 0));
                            self.spend(here, text_length(&open))?;
                        } else {
                            let inner = inner.to_owned();
                            self.other_reference(here, &inner, true, out)?;
                        }
                    }
                },
                b'<' => {
                    let message = "the value of an attribute cannot hold this entity: there is a `<` in it";
                    self.trouble(here, malformed(here.range(0..here.text.len()), message))?;
                    out.push('<');
                }
                _ => out.push(' '),
            }
        }
        Ok(())
    }

    /// Reports an entity that holds itself.
    pub(super) fn recursive(&mut self, here: &Here<'_, '_>, name: &str) -> Result<(), Error> {
        let message = format!("the entity `{}` holds itself", shorten(name));
        self.trouble(here, malformed(here.range(0..here.text.len()), message).label("left out"))
    }
}

fn text_length(open: &[(Box<str>, Rc<str>, usize)]) -> usize {
    open.last().map_or(0, |(_, text, _)| text.len() + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_characters_that_xml_allows_can_be_referred_to() {
        assert_eq!(character("8217"), Ok('’'));
        assert_eq!(character("x2019"), Ok('’'));
        assert_eq!(character("x1F600"), Ok('😀'));
        for bad in ["0", "x1f", "xD800", "x110000", "99999999999999999999", "xFFFE"] {
            assert!(character(bad).is_err_and(|message| message.contains("forbids")), "{bad}");
        }
        for bad in ["", "x", "-1", "+1", "X41", "4g", " 65"] {
            assert!(character(bad).is_err_and(|message| message.contains("is no character reference")), "{bad}");
        }
    }
}
