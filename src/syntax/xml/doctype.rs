//! The document type declaration: found, checked, and what it declares taken down. Nothing outside it is opened.

use std::{collections::HashMap, ops::Range, rc::Rc};

use super::{
    AttributeRow, Ns,
    declaration::{Cursor, Declaration, Declared, Value, Wrong},
    entity::{self, Entity},
    name::{self, is_blank},
    read::Xml,
    state::{Here, Stage, State, malformed},
    tag::shorten,
};
use crate::error::Error;

/// Attributes that are declared, by element.
pub(super) type Attributes = HashMap<Box<str>, Vec<Attribute>>;

/// An attribute that is declared for an element.
#[derive(Debug)]
pub(super) struct Attribute {
    name: Box<str>,
    tokenized: bool,
    /// Its default, normalised.
    default: Option<Box<str>>,
}

/// Where a declaration ends, as far as quotes, comments and brackets tell; `None` when it does not end in `bytes`.
fn extent(bytes: &[u8]) -> Option<usize> {
    let (mut at, mut subset, mut declaration) = ("<!DOCTYPE".len(), false, false);
    let past = |at: usize, end: &[u8]| Some(at + memchr::memmem::find(bytes.get(at..)?, end)? + end.len());
    while let Some(&byte) = bytes.get(at) {
        let rest = &bytes[at..];
        at = match byte {
            b'"' | b'\'' if declaration || !subset => past(at + 1, &[byte])?,
            b'<' if subset && rest.starts_with(b"<!--") => past(at + 4, b"-->")?,
            b'<' if subset && rest.starts_with(b"<?") => past(at + 2, b"?>")?,
            b'<' => {
                declaration = subset;
                at + 1
            }
            b'>' if declaration => {
                declaration = false;
                at + 1
            }
            b'>' if !subset => return Some(at + 1),
            b'[' if !subset => {
                subset = true;
                at + 1
            }
            b']' if subset && !declaration => {
                subset = false;
                at + 1
            }
            _ => at + 1,
        };
    }
    None
}

impl Xml<'_> {
    /// Reads a document type declaration. quick-xml never sees it.
    pub(super) fn doctype(&mut self) -> Result<(), Error> {
        let source = self.reader.get_mut();
        let limit = self.state.options.limits.text;
        let mut wanted = 512;
        let (mut text, complete) = loop {
            let bytes = source.peek(wanted);
            let (length, end) = (bytes.len(), extent(bytes));
            if end.is_some() || length < wanted {
                let bytes = &bytes[..end.unwrap_or(length)];
                break (String::from_utf8_lossy(bytes).into_owned(), end.is_some());
            }
            if length > limit {
                let here = Here::new(source, "", source.token());
                return Err(self.state.limit(&here, here.at, "bytes in a DOCTYPE", limit, "text"));
            }
            wanted = length * 2;
        };
        if !complete {
            if let Some(error) = source.take_failure() {
                return Err(self.state.fail(error));
            }
            let here = Here::new(source, &text, source.token());
            let finding = malformed(here.range(0.."<!DOCTYPE".len()), "this DOCTYPE is never closed");
            self.state.trouble(&here, finding)?;
            // Most likely it lacks its `>`, or a quote: the next tag ends it.
            let end = text.find('>').map_or(text.len(), |end| end + 1);
            text.truncate(end);
        }
        let here = Here::new(source, &text, source.token());
        if self.state.stage >= Stage::Root || self.state.doctype_seen {
            let message = "a DOCTYPE stands once, before the first tag";
            self.state.trouble(&here, malformed(here.range(0.."<!DOCTYPE".len()), message))?;
        } else {
            self.state.doctype_seen = true;
            if let Some((at, c)) = here.source.suspects().illegal.then(|| name::find_illegal(&text)).flatten() {
                self.state.control(&here, at, c, Vec::new())?;
            }
            self.state.subset(&here)?;
        }
        self.state.begun();
        std::io::BufRead::consume(self.reader.get_mut(), text.len());
        // The reader may have seen the `<`.
        self.renew();
        Ok(())
    }
}

impl State {
    fn wrong(&mut self, here: &Here<'_, '_>, place: Option<&Range<usize>>, wrong: Wrong) -> Result<(), Error> {
        let length = here.text.get(wrong.at..).and_then(|rest| rest.chars().next()).map_or(0, char::len_utf8);
        let range = place.cloned().unwrap_or(wrong.at..wrong.at + length);
        self.trouble(here, malformed(here.range(range), wrong.message))
    }

    /// Reads a whole document type declaration.
    fn subset(&mut self, here: &Here<'_, '_>) -> Result<(), Error> {
        let mut cursor = Cursor { text: here.text, at: 0 };
        match cursor.doctype() {
            Ok(external) => self.entities.unread |= external && !self.entities.standalone,
            Err(wrong) => {
                self.wrong(here, None, wrong)?;
                let end = cursor.rest().find(['[', '>']).unwrap_or(cursor.rest().len());
                cursor.at += end;
            }
        }
        if !cursor.take("[") {
            return Ok(());
        }
        self.declarations(here, &mut cursor)?;
        if cursor.take("]") {
            cursor.blanks();
        }
        if cursor.rest() == ">" {
            return Ok(());
        }
        self.wrong(here, None, Wrong { at: cursor.at, message: "`>` is missing here".to_owned() })
    }

    /// Reads declarations up to the end of the subset. A parameter entity's text is read where its reference stands,
    /// with what is open kept in a list.
    fn declarations(&mut self, here: &Here<'_, '_>, cursor: &mut Cursor<'_>) -> Result<(), Error> {
        let mut open: Vec<(Box<str>, Rc<str>, usize)> = Vec::new();
        let mut place = 0..0;
        loop {
            let Some((_, text, at)) = open.last_mut() else {
                cursor.blanks();
                if cursor.rest().is_empty() || cursor.rest().starts_with(']') {
                    return Ok(());
                }
                let start = cursor.at;
                if cursor.rest().starts_with('%') {
                    match parameter_reference(cursor) {
                        Ok(name) => {
                            place = start..cursor.at;
                            self.enter_parameter(here, &place, name, &mut open)?;
                            continue;
                        }
                        Err(wrong) => self.wrong(here, None, wrong)?,
                    }
                } else {
                    match cursor.declaration() {
                        Ok(declaration) => {
                            self.declare_in_subset(here, None, declaration)?;
                            continue;
                        }
                        Err(wrong) => self.wrong(here, None, wrong)?,
                    }
                }
                // On after the next bracket.
                cursor.at = cursor.at.max(start + 1);
                while !cursor.text.is_char_boundary(cursor.at) {
                    cursor.at += 1;
                }
                cursor.at += cursor.rest().find('>').map_or(cursor.rest().len(), |end| end + 1);
                continue;
            };
            let text = text.clone();
            let mut inner = Cursor { text: &text, at: *at };
            inner.blanks();
            if inner.rest().is_empty() {
                open.pop();
                continue;
            }
            if inner.rest().starts_with('%') {
                match parameter_reference(&mut inner) {
                    Ok(name) => {
                        *at = inner.at;
                        self.enter_parameter(here, &place, name, &mut open)?;
                        continue;
                    }
                    Err(wrong) => self.wrong(here, Some(&place), wrong)?,
                }
            } else {
                match inner.declaration() {
                    Ok(declaration) => {
                        *at = inner.at;
                        self.declare_in_subset(here, Some(&place), declaration)?;
                        continue;
                    }
                    Err(wrong) => self.wrong(here, Some(&place), wrong)?,
                }
            }
            open.pop();
        }
    }

    /// Begins to read a parameter entity.
    fn enter_parameter(
        &mut self,
        here: &Here<'_, '_>,
        place: &Range<usize>,
        name: &str,
        open: &mut Vec<(Box<str>, Rc<str>, usize)>,
    ) -> Result<(), Error> {
        if open.iter().any(|(other, ..)| **other == *name) {
            let message = format!("the entity `{}` holds itself", shorten(name));
            return self.trouble(here, malformed(here.range(place.clone()), message));
        }
        let known = self.entities.parameter.get(name).cloned();
        // From here on an entity may be declared where nobody looks (XML 1.0, section 4.1, Entity Declared).
        self.entities.unread |= !self.entities.standalone;
        match known {
            Some(Entity::Internal(text)) => {
                self.spend(here, text.len() + 1)?;
                open.push((name.into(), text, 0));
            }
            // Declarations after one that is not read do not count (section 5.1), unless all are said to be here.
            _ => self.entities.blind |= !self.entities.standalone,
        }
        Ok(())
    }

    /// Takes down what a declaration says. The first one of a name counts.
    fn declare_in_subset(
        &mut self,
        here: &Here<'_, '_>,
        place: Option<&Range<usize>>,
        declaration: Declaration<'_>,
    ) -> Result<(), Error> {
        match declaration {
            Declaration::Other => Ok(()),
            Declaration::Entity { parameter, name, value } => {
                let value = match value {
                    Value::Internal(literal) => Entity::Internal(replacement(literal)),
                    Value::External => Entity::External,
                    Value::Unparsed => Entity::Unparsed,
                };
                if !self.entities.blind {
                    let map = if parameter { &mut self.entities.parameter } else { &mut self.entities.general };
                    map.entry(name.into()).or_insert(value);
                }
                Ok(())
            }
            Declaration::Attributes { element, attributes } => {
                for attribute in attributes {
                    self.declare_attribute(here, place, element, attribute)?;
                }
                Ok(())
            }
        }
    }

    fn declare_attribute(
        &mut self,
        here: &Here<'_, '_>,
        place: Option<&Range<usize>>,
        element: &str,
        declared: Declared<'_>,
    ) -> Result<(), Error> {
        let mut default = None;
        if let Some((literal, at)) = declared.default {
            self.tag.clear();
            let range = place.cloned().unwrap_or(at..at + literal.len());
            // The bytes of a default that comes from a parameter entity are those of the reference to it.
            let inside = here.other(literal, here.at + range.start);
            self.normalise(&inside)?;
            let mut value = std::mem::take(&mut self.tag);
            if declared.tokenized {
                value = value.split(' ').filter(|token| !token.is_empty()).collect::<Vec<_>>().join(" ");
            }
            default = Some(value.into_boxed_str());
        }
        if self.entities.blind {
            return Ok(());
        }
        let list = self.entities.attributes.entry(element.into()).or_default();
        if list.len() >= self.options.limits.attributes {
            let limit = self.options.limits.attributes;
            return Err(self.limit(here, here.at, "attributes declared for one element", limit, "attributes"));
        }
        if !list.iter().any(|other| *other.name == *declared.name) {
            list.push(Attribute { name: declared.name.into(), tokenized: declared.tokenized, default });
        }
        Ok(())
    }

    /// Adds the attributes that a declaration gives and the tag does not.
    pub(super) fn default_attributes(&mut self, here: &Here<'_, '_>, element: &str) -> Result<(), Error> {
        let Some(list) = self.entities.attributes.remove(element) else { return Ok(()) };
        let result = self.add_defaults(here, &list);
        self.entities.attributes.insert(element.into(), list);
        result
    }

    fn add_defaults(&mut self, here: &Here<'_, '_>, list: &[Attribute]) -> Result<(), Error> {
        for attribute in list {
            let Some(default) = &attribute.default else { continue };
            let name = &*attribute.name;
            let given = match name.strip_prefix("xmlns") {
                Some("") => self.scope.binds("", self.depth()),
                Some(prefix) if prefix.starts_with(':') => self.scope.binds(&prefix[1..], self.depth()),
                _ => self.rows.iter().any(|row| self.tag[row.local.start as usize..row.local.end as usize] == *name),
            };
            if given {
                continue;
            }
            self.spend(here, name.len() + default.len())?;
            let key = self.tag.len()..self.tag.len() + name.len();
            self.tag.push_str(name);
            let value = self.tag.len()..self.tag.len() + default.len();
            self.tag.push_str(default);
            if name == "xmlns" || name.starts_with("xmlns:") {
                self.declare(here, key, value)?;
                continue;
            }
            self.rows.push(AttributeRow {
                ns: Ns::NONE,
                prefix: key.start as u32..key.start as u32,
                local: key.start as u32..key.end as u32,
                value: value.start as u32..value.end as u32,
            });
        }
        Ok(())
    }

    /// Whether an attribute is declared to be made of tokens.
    pub(super) fn is_tokenized(&self, element: &str, attribute: &str) -> bool {
        let list = self.entities.attributes.get(element).map_or(&[][..], Vec::as_slice);
        list.iter().any(|declared| declared.tokenized && *declared.name == *attribute)
    }

    /// A comment: `here` is what is in it.
    pub(super) fn check_comment(&mut self, here: &Here<'_, '_>) -> Result<(), Error> {
        let text = here.text;
        if let Some(at) = memchr::memmem::find(text.as_bytes(), b"--") {
            self.trouble(here, malformed(here.range(at..at + 2), "`--` stands in a comment").help("write `- -`"))?;
        } else if text.ends_with('-') {
            let end = text.len();
            self.trouble(here, malformed(here.range(end - 1..end), "a comment ends with `--->`").help("write ` -->`"))?;
        }
        self.check_characters(here)
    }

    /// A processing instruction, or the XML declaration: `here` is what is between `<?` and `?>`.
    pub(super) fn check_instruction(&mut self, here: &Here<'_, '_>) -> Result<(), Error> {
        let text = here.text;
        let length = name::name_length(text);
        let target = &text[..length];
        if target == "xml" && text[length..].bytes().next().is_none_or(is_blank) {
            return self.prologue(here);
        }
        if length == 0 || !text[length..].bytes().next().is_none_or(is_blank) {
            let length = text.bytes().position(is_blank).unwrap_or(text.len());
            let message = match length {
                0 => "an instruction begins with a name".to_owned(),
                _ => format!("`{}` is no name for an instruction", shorten(&text[..length])),
            };
            self.trouble(here, malformed(here.at - "<?".len()..here.at + length, message))?;
        } else if target.eq_ignore_ascii_case("xml") {
            self.trouble(here, malformed(here.range(0..length), format!("`<?{target}` is kept by XML for itself")))?;
        }
        self.check_characters(here)
    }

    fn check_characters(&mut self, here: &Here<'_, '_>) -> Result<(), Error> {
        let illegal = here.source.suspects().illegal.then(|| name::find_illegal(here.text)).flatten();
        match illegal {
            Some((at, c)) => self.control(here, at, c, Vec::new()),
            None => Ok(()),
        }
    }

    fn prologue(&mut self, here: &Here<'_, '_>) -> Result<(), Error> {
        let start = here.at - "<?".len();
        if self.within.is_some() || self.stage > Stage::Start {
            let message = "an XML declaration stands at the very start, or not at all";
            return self.trouble(here, malformed(start..here.at + "xml".len(), message));
        }
        if start > 0 {
            let finding = malformed(0..start, "blanks stand before the XML declaration");
            let finding = finding.help("delete them").w3c(&["WPBlankLine"]);
            self.trouble(here, finding.fix(true, super::state::replace(0..start, ""), Vec::new()))?;
        }
        let mut cursor = Cursor { text: here.text, at: "xml".len() };
        match cursor.prologue() {
            Ok(prologue) => self.entities.standalone = prologue.standalone,
            Err(wrong) => self.wrong(here, None, wrong)?,
        }
        Ok(())
    }
}

/// `%name;`.
fn parameter_reference<'d>(cursor: &mut Cursor<'d>) -> Result<&'d str, Wrong> {
    cursor.take("%");
    let name = cursor.name()?;
    if cursor.take(";") { Ok(name) } else { cursor.wrong("`;` is missing here") }
}

/// The replacement text of an entity's literal: line ends and character references resolved, other references not.
fn replacement(literal: &str) -> Rc<str> {
    let mut text = String::with_capacity(literal.len());
    let mut rest = literal;
    while let Some(at) = memchr::memchr2(b'&', b'\r', rest.as_bytes()) {
        text.push_str(&rest[..at]);
        rest = &rest[at..];
        if let Some(after) = rest.strip_prefix('\r') {
            text.push('\n');
            rest = after.strip_prefix('\n').unwrap_or(after);
            continue;
        }
        let resolved = rest.strip_prefix("&#").and_then(|number| number.split_once(';'));
        match resolved.and_then(|(number, after)| Some((entity::character(number).ok()?, after))) {
            Some((c, after)) => {
                text.push(c);
                rest = after;
            }
            None => {
                text.push('&');
                rest = &rest[1..];
            }
        }
    }
    text.push_str(rest);
    text.into()
}
