//! Start tags: their attributes, checked and normalised, and their namespaces.

use std::{collections::HashSet, ops::Range};

use super::{
    AttributeRow, Ns,
    name::{self, is_blank},
    scope::{XML_URI, XMLNS_URI},
    state::{Here, State, finding, malformed, replace},
};
use crate::{
    error::Error,
    finding::{Finding, Place},
    syntax::lanes,
};

/// More attributes than this are compared by a set.
const FEW: usize = 12;

impl State {
    /// Reads a start tag without its brackets into `tag` and `rows`, and opens the element.
    pub(super) fn start_tag(&mut self, here: &Here<'_, '_>) -> Result<(), Error> {
        let content = here.text;
        let length = match name::ascii_name(content.as_bytes()) {
            Some(length) => length,
            None => self.odd_name(here)?,
        };
        if length > self.options.limits.name {
            return Err(self.limit(here, here.at, "bytes in a name", self.options.limits.name, "name"));
        }
        if self.depth() >= self.options.limits.depth {
            return Err(self.limit(here, here.at, "nested elements", self.options.limits.depth, "depth"));
        }
        self.tag.clear();
        self.tag.push_str(content);
        self.rows.clear();
        self.enter(&content[..length]);
        if length < content.len() {
            self.attributes(here, length)?;
        }
        if self.entities.has_attributes() {
            self.default_attributes(here, &content[..length])?;
        }
        if !self.rows.is_empty() {
            self.attribute_names(here)?;
        }
        let (prefix, local) = match memchr::memchr(b':', &content.as_bytes()[..length]) {
            None => ("", &content[..length]),
            Some(_) => self.qualified(here, 0..length)?,
        };
        self.ns = self.resolve(here, prefix, 0..length)?;
        self.prefix = prefix.len();
        self.name = length;
        debug_assert!(content[..length].ends_with(local));
        Ok(())
    }

    /// A tag whose name is not plain ASCII: the length of it, or of what is taken for it.
    fn odd_name(&mut self, here: &Here<'_, '_>) -> Result<usize, Error> {
        let length = here.text.bytes().position(is_blank).unwrap_or(here.text.len());
        if name::is_name(&here.text[..length]) {
            return Ok(length);
        }
        let message = format!("`{}` is no name for an element", shorten(&here.text[..length]));
        self.trouble(here, malformed(here.range(0..length), message))?;
        Ok(name::name_length(&here.text[..length]))
    }

    /// Reads the attributes as written: rows with the whole name as local name, declarations of namespaces bound.
    fn attributes(&mut self, here: &Here<'_, '_>, from: usize) -> Result<(), Error> {
        let (content, bytes) = (here.text, here.text.as_bytes());
        let skip = |mut at: usize| {
            while bytes.get(at).is_some_and(|&b| is_blank(b)) {
                at += 1;
            }
            at
        };
        let (mut at, mut count) = (from, 0);
        loop {
            let blanks = at;
            at = skip(at);
            if at == bytes.len() {
                return Ok(());
            }
            let start = at;
            while at < bytes.len() && !is_blank(bytes[at]) && !matches!(bytes[at], b'=' | b'"' | b'\'' | b'<') {
                at += 1;
            }
            let key = start..at;
            if key.is_empty() {
                // A quote, an equals sign or a bracket where a name should be.
                self.trouble(
                    here,
                    malformed(here.range(at..at + 1), format!("a stray `{}` in a tag", &content[at..at + 1])),
                )?;
                at += 1;
                continue;
            }
            if blanks == start {
                let message = format!("a blank is missing before `{}`", shorten(&content[key.clone()]));
                let fix = replace(here.range(start..start), " ");
                self.trouble(here, malformed(here.range(key.clone()), message).fix(true, fix, Vec::new()))?;
            }
            let good = name::is_name(&content[key.clone()]);
            if !good {
                let message = format!("`{}` is no name for an attribute", shorten(&content[key.clone()]));
                self.trouble(here, malformed(here.range(key.clone()), message))?;
            }
            if key.len() > self.options.limits.name {
                return Err(self.limit(here, here.at + start, "bytes in a name", self.options.limits.name, "name"));
            }
            count += 1;
            if count > self.options.limits.attributes {
                let limit = self.options.limits.attributes;
                return Err(self.limit(here, here.at, "attributes in one tag", limit, "attributes"));
            }
            let equals = skip(at);
            let value = if bytes.get(equals) != Some(&b'=') {
                let text = &content[key.clone()];
                let fix = replace(here.range(at..at), format!("=\"{text}\""));
                let finding =
                    malformed(here.range(key.clone()), format!("the attribute `{}` has no value", shorten(text)));
                self.trouble(here, finding.fix(false, fix, Vec::new()))?;
                at..at
            } else {
                at = skip(equals + 1);
                let (value, end) = self.quoted(here, at)?;
                at = end;
                value
            };
            if good {
                self.attribute(here, key, value)?;
            }
        }
    }

    /// The value at `at`, without quotes, and where what follows it begins.
    fn quoted(&mut self, here: &Here<'_, '_>, at: usize) -> Result<(Range<usize>, usize), Error> {
        let bytes = here.text.as_bytes();
        if let Some(&quote @ (b'"' | b'\'')) = bytes.get(at) {
            if let Some(length) = memchr::memchr(quote, &bytes[at + 1..]) {
                return Ok((at + 1..at + 1 + length, at + 2 + length));
            }
            let finding = malformed(here.range(at..at + 1), "this quote is never closed in its tag");
            self.trouble(here, finding)?;
            return Ok((at + 1..bytes.len(), bytes.len()));
        }
        let length = bytes[at..].iter().position(|&b| is_blank(b)).unwrap_or(bytes.len() - at);
        let value = at..at + length;
        let text = &here.text[value.clone()];
        let finding = malformed(here.range(value.clone()), "the value of an attribute needs quotes");
        let finding = if text.contains('"') {
            finding
        } else {
            let fix = replace(here.range(value.clone()), format!("\"{text}\""));
            finding.help(format!("write `\"{}\"`", shorten(text))).fix(true, fix, Vec::new())
        };
        self.trouble(here, finding)?;
        Ok((value.clone(), value.end))
    }

    /// Takes an attribute: its value normalised, a declaration bound, all else a row.
    fn attribute(&mut self, here: &Here<'_, '_>, key: Range<usize>, value: Range<usize>) -> Result<(), Error> {
        let name = &here.text[key.clone()];
        let raw = &here.text[value.clone()];
        let special = lanes::any(raw.as_bytes(), |word| {
            lanes::less(word, 0x20) | lanes::equal(word, b'&') | lanes::equal(word, b'<')
        });
        let illegal = here.source.suspects().illegal;
        let mut value = value;
        if special || illegal {
            let start = self.tag.len();
            self.normalise(&here.part(value.clone()))?;
            value = start..self.tag.len();
        }
        if self.entities.has_attributes() && self.is_tokenized(&here.text[..self.innermost().len()], name) {
            let start = self.tag.len();
            let tokens = self.tag[value.clone()].split(' ').filter(|token| !token.is_empty());
            let value_text = tokens.collect::<Vec<_>>().join(" ");
            self.tag.push_str(&value_text);
            value = start..self.tag.len();
        }
        if name.starts_with("xmlns") && (name.len() == 5 || name.as_bytes()[5] == b':') {
            return self.declare(here, key, value);
        }
        self.rows.push(AttributeRow {
            ns: Ns::NONE,
            prefix: key.start as u32..key.start as u32,
            local: key.start as u32..key.end as u32,
            value: value.start as u32..value.end as u32,
        });
        Ok(())
    }

    /// Binds a prefix.
    pub(super) fn declare(&mut self, here: &Here<'_, '_>, key: Range<usize>, value: Range<usize>) -> Result<(), Error> {
        let name = self.tag[key.clone()].to_owned();
        let prefix = name.get(6..).unwrap_or("");
        let depth = self.depth();
        if self.scope.bound() >= self.options.limits.attributes {
            let limit = self.options.limits.attributes;
            return Err(self.limit(here, here.at, "namespace declarations in scope", limit, "attributes"));
        }
        if self.scope.binds(prefix, depth) {
            return self.duplicate(here, key);
        }
        let uri = self.tag[value].to_owned();
        let wrong = match prefix {
            "" if name.len() > 5 => Some("a prefix is missing after `xmlns:`".to_owned()),
            "xmlns" => Some("the prefix `xmlns` cannot be declared".to_owned()),
            "xml" if uri != XML_URI => Some("the prefix `xml` cannot be given another meaning".to_owned()),
            "xml" => return Ok(()),
            _ if uri == XML_URI || uri == XMLNS_URI => Some(format!("`{uri}` cannot be declared: XML keeps it")),
            "" => None,
            _ if uri.is_empty() => Some(format!("the prefix `{prefix}` is declared as nothing")),
            _ if prefix.contains(':') || !name::is_name(prefix) => Some(format!("`{prefix}` is no prefix")),
            _ => None,
        };
        if let Some(wrong) = wrong {
            let key = if key.end <= here.text.len() { key } else { 0..0 };
            return self.trouble(here, malformed(here.range(key), wrong));
        }
        match self.scope.intern(&uri) {
            Some(ns) => self.scope.bind(prefix, ns, depth),
            None => return Err(self.limit(here, here.at, "namespaces", usize::from(u16::MAX), "attributes")),
        }
        Ok(())
    }

    fn duplicate(&mut self, here: &Here<'_, '_>, key: Range<usize>) -> Result<(), Error> {
        let message = format!("`{}` stands twice in one tag", shorten(&self.tag[key.clone()]));
        let key = if key.end <= here.text.len() { key } else { 0..0 };
        let finding = finding("duplicate-attribute", here.range(key), message);
        self.trouble(here, finding.label("the second is left out").help("keep one"))
    }

    /// Splits and resolves the names of the attributes, and drops those that stand twice.
    fn attribute_names(&mut self, here: &Here<'_, '_>) -> Result<(), Error> {
        let depth = self.depth();
        let mut seen: HashSet<(u16, String)> = HashSet::new();
        let many = self.rows.len() > FEW;
        let (mut from, mut kept) = (0, 0);
        while from < self.rows.len() {
            let row = self.rows[from].clone();
            from += 1;
            let key = row.local.start as usize..row.local.end as usize;
            let mut row = row;
            if memchr::memchr(b':', &self.tag.as_bytes()[key.clone()]).is_some() {
                let colon = self.attribute_prefix(here, key.clone())?;
                row.prefix.end = row.prefix.start + colon as u32;
                if colon > 0 {
                    row.local.start = row.prefix.end + 1;
                    let prefix = self.tag[key.start..key.start + colon].to_owned();
                    row.ns = self.resolve(here, &prefix, key.clone())?;
                    if row.ns == self.scope.xml {
                        let value = self.tag[row.value.start as usize..row.value.end as usize].to_owned();
                        match &self.tag[row.local.start as usize..row.local.end as usize] {
                            "base" => self.scope.set_base(&value, depth),
                            "lang" => self.scope.set_language(&value, depth),
                            _ => {}
                        }
                    }
                }
            }
            let local = &self.tag[row.local.start as usize..row.local.end as usize];
            let twice = if many {
                !seen.insert((row.ns.0, local.to_owned()))
            } else {
                self.rows[..kept].iter().any(|other| {
                    other.ns == row.ns && self.tag[other.local.start as usize..other.local.end as usize] == *local
                })
            };
            if twice {
                self.duplicate(here, key)?;
                continue;
            }
            self.rows[kept] = row;
            kept += 1;
        }
        self.rows.truncate(kept);
        Ok(())
    }

    /// The length of the prefix of an attribute's name; 0 where the colon is no separator.
    fn attribute_prefix(&mut self, here: &Here<'_, '_>, key: Range<usize>) -> Result<usize, Error> {
        let name = self.tag[key.clone()].to_owned();
        match name::split(&name) {
            Some((prefix, _)) => Ok(prefix.len()),
            None => {
                let range = if key.end <= here.text.len() { key } else { 0..0 };
                self.colon(here, range, &name)?;
                Ok(0)
            }
        }
    }

    /// Prefix and local name of an element.
    fn qualified<'t>(&mut self, here: &Here<'t, '_>, name: Range<usize>) -> Result<(&'t str, &'t str), Error> {
        let text = &here.text[name.clone()];
        match name::split(text) {
            Some(parts) => Ok(parts),
            None => {
                self.colon(here, name, text)?;
                Ok(("", text))
            }
        }
    }

    /// XML itself allows colons anywhere in names; namespaces do not.
    fn colon(&mut self, here: &Here<'_, '_>, range: Range<usize>, name: &str) -> Result<(), Error> {
        let message = format!("the colon in `{}` is misplaced", shorten(name));
        let place = Place::Bytes(here.range(range));
        self.trouble(here, Finding::warning("malformed-xml", message, place).w3c(&["SAXError"]))
    }

    /// The namespace of a prefix; an undeclared one is reported once.
    fn resolve(&mut self, here: &Here<'_, '_>, prefix: &str, name: Range<usize>) -> Result<Ns, Error> {
        if let Some(ns) = self.scope.find(prefix) {
            return Ok(ns);
        }
        let length = prefix.len();
        let known = (self.options.known.by_prefix)(prefix).map(|ns| self.scope.uri(ns).to_owned());
        let message = format!("the prefix `{}` is not declared", shorten(prefix));
        let range = if name.end <= here.text.len() { name.start..name.start + length } else { 0..0 };
        let mut finding = finding("undeclared-prefix", here.range(range), message).w3c(&["MissingNamespace"]);
        if let Some(uri) = known.filter(|uri| !uri.is_empty()) {
            let declaration = format!("xmlns:{prefix}=\"{uri}\"");
            let root = if self.depth() == 1 { here.at + self.innermost().len() } else { self.root };
            finding = finding
                .label("taken for what this prefix usually stands for")
                .help(format!("add `{declaration}` to the first tag"))
                .fix(true, replace(root..root, format!(" {declaration}")), Vec::new());
        } else {
            finding = finding.help(format!("add what `xmlns:{}` stands for to the first tag", shorten(prefix)));
        }
        self.trouble(here, finding)?;
        match self.scope.adopt(prefix) {
            Some(ns) => Ok(ns),
            None => Err(self.limit(here, here.at, "namespaces", usize::from(u16::MAX), "attributes")),
        }
    }
}

/// The beginning of a text, for a message.
pub(super) fn shorten(text: &str) -> String {
    let mut short: String = text.chars().take(40).collect();
    if short.len() < text.len() {
        short.push('…');
    }
    short
}
