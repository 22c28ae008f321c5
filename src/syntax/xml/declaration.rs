//! The grammar of declarations: the XML declaration, and what an internal subset may hold (XML 1.0, sections 2.8,
//! 3.2, 3.3, 4.2 and 4.7). Pure: text in, what it declares out.

mod model;

use super::name::{self, is_blank};

/// What does not follow the grammar, and where: a byte of the text that is read.
#[derive(Debug)]
pub(super) struct Wrong {
    pub(super) at: usize,
    pub(super) message: String,
}

/// A place in a text that is read.
#[derive(Debug, Clone, Copy)]
pub(super) struct Cursor<'d> {
    pub(super) text: &'d str,
    pub(super) at: usize,
}

/// What a declaration in a subset declares.
#[derive(Debug)]
pub(super) enum Declaration<'d> {
    /// `<!ENTITY`.
    Entity { parameter: bool, name: &'d str, value: Value<'d> },
    /// `<!ATTLIST`: the element and its attributes.
    Attributes { element: &'d str, attributes: Vec<Declared<'d>> },
    /// `<!ELEMENT`, `<!NOTATION`, a comment or a processing instruction.
    Other,
}

/// What an entity stands for.
#[derive(Debug)]
pub(super) enum Value<'d> {
    /// The literal.
    Internal(&'d str),
    External,
    Unparsed,
}

/// An attribute that is declared.
#[derive(Debug)]
pub(super) struct Declared<'d> {
    pub(super) name: &'d str,
    /// Whether it is made of tokens: blanks in its value mean less.
    pub(super) tokenized: bool,
    /// The literal of its default, and where it begins.
    pub(super) default: Option<(&'d str, usize)>,
}

/// What an XML declaration says.
#[derive(Debug, Default)]
pub(super) struct Prologue {
    pub(super) standalone: bool,
}

type Found<T> = Result<T, Wrong>;

impl<'d> Cursor<'d> {
    pub(super) fn wrong<T>(&self, message: impl Into<String>) -> Found<T> {
        Err(Wrong { at: self.at, message: message.into() })
    }

    pub(super) fn rest(&self) -> &'d str {
        &self.text[self.at..]
    }

    /// Passes over `what` when it comes next.
    pub(super) fn take(&mut self, what: &str) -> bool {
        let found = self.rest().starts_with(what);
        if found {
            self.at += what.len();
        }
        found
    }

    fn need(&mut self, what: &str) -> Found<()> {
        if self.take(what) { Ok(()) } else { self.wrong(format!("`{what}` is missing here")) }
    }

    /// Passes over blanks; whether there were any.
    pub(super) fn blanks(&mut self) -> bool {
        let length = self.rest().bytes().take_while(|&b| is_blank(b)).count();
        self.at += length;
        length > 0
    }

    pub(super) fn need_blanks(&mut self) -> Found<()> {
        if self.blanks() { Ok(()) } else { self.wrong("a blank is missing here") }
    }

    pub(super) fn name(&mut self) -> Found<&'d str> {
        let rest = self.rest();
        match name::name_length(rest) {
            0 => self.wrong("a name is missing here"),
            length => {
                self.at += length;
                Ok(&rest[..length])
            }
        }
    }

    /// A name that may begin like a number.
    fn token(&mut self) -> Found<&'d str> {
        let rest = self.rest();
        match rest.find(|c| !name::is_name_char(c)).unwrap_or(rest.len()) {
            0 => self.wrong("a name is missing here"),
            length => {
                self.at += length;
                Ok(&rest[..length])
            }
        }
    }

    /// A literal in quotes, and where its text begins.
    fn quoted(&mut self) -> Found<(&'d str, usize)> {
        let Some(quote @ (b'"' | b'\'')) = self.rest().bytes().next() else {
            return self.wrong("a value in quotes is missing here");
        };
        let start = self.at + 1;
        match memchr::memchr(quote, &self.text.as_bytes()[start..]) {
            Some(length) => {
                self.at = start + length + 1;
                Ok((&self.text[start..start + length], start))
            }
            None => self.wrong("this quote is never closed"),
        }
    }

    /// `SYSTEM "…"` or `PUBLIC "…" "…"`; for a notation the second literal may be missing.
    fn external(&mut self, notation: bool) -> Found<bool> {
        if self.take("SYSTEM") {
            self.need_blanks()?;
            self.quoted()?;
            return Ok(true);
        }
        if !self.take("PUBLIC") {
            return Ok(false);
        }
        self.need_blanks()?;
        let (public, at) = self.quoted()?;
        let odd = |c: char| !(c.is_ascii_alphanumeric() || " \r\n-'()+,./:=?;!*#@$_%".contains(c));
        if let Some(odd) = public.find(odd) {
            return Err(Wrong { at: at + odd, message: "a public identifier cannot hold this character".to_owned() });
        }
        let before = *self;
        let blanks = self.blanks();
        if notation && !self.rest().starts_with(['"', '\'']) {
            *self = before;
            return Ok(true);
        }
        if !blanks {
            return self.wrong("a blank is missing here");
        }
        self.quoted()?;
        Ok(true)
    }

    /// `<!DOCTYPE name`, up to `[` or `>`. Whether it names an external subset.
    pub(super) fn doctype(&mut self) -> Found<bool> {
        if !self.take("<!DOCTYPE") {
            self.at += "<!DOCTYPE".len();
            return Err(Wrong { at: 2, message: "`DOCTYPE` is written in capitals".to_owned() });
        }
        self.need_blanks()?;
        self.name()?;
        let blanks = self.blanks();
        let before = self.at;
        let external = self.external(false)?;
        if external && !blanks {
            return Err(Wrong { at: before, message: "a blank is missing here".to_owned() });
        }
        self.blanks();
        if self.rest().starts_with(['[', '>']) { Ok(external) } else { self.wrong("`>` is missing here") }
    }

    /// One declaration, comment or instruction of a subset.
    pub(super) fn declaration(&mut self) -> Found<Declaration<'d>> {
        if self.take("<!--") {
            self.comment()?;
        } else if self.take("<?") {
            self.instruction()?;
        } else if self.take("<!ENTITY") {
            return self.entity();
        } else if self.take("<!ATTLIST") {
            return self.attributes();
        } else if self.take("<!ELEMENT") {
            self.element()?;
        } else if self.take("<!NOTATION") {
            self.need_blanks()?;
            self.name()?;
            self.need_blanks()?;
            if !self.external(true)? {
                return self.wrong("`SYSTEM` or `PUBLIC` is missing here");
            }
            self.close()?;
        } else {
            return self.wrong("this is no declaration");
        }
        Ok(Declaration::Other)
    }

    fn close(&mut self) -> Found<()> {
        self.blanks();
        self.need(">")
    }

    fn comment(&mut self) -> Found<()> {
        match self.rest().find("--") {
            None => self.wrong("this comment is never closed"),
            Some(length) => {
                self.at += length;
                if self.take("-->") { Ok(()) } else { self.wrong("`--` stands in a comment") }
            }
        }
    }

    fn instruction(&mut self) -> Found<()> {
        let target = self.name()?;
        if target.eq_ignore_ascii_case("xml") {
            return self.wrong("an XML declaration cannot stand here");
        }
        if self.take("?>") {
            return Ok(());
        }
        self.need_blanks()?;
        match self.rest().find("?>") {
            None => self.wrong("this instruction is never closed"),
            Some(length) => {
                self.at += length + 2;
                Ok(())
            }
        }
    }

    fn entity(&mut self) -> Found<Declaration<'d>> {
        self.need_blanks()?;
        let parameter = self.take("%");
        if parameter {
            self.need_blanks()?;
        }
        let name = self.name()?;
        self.need_blanks()?;
        let mut value = Value::External;
        if self.rest().starts_with(['"', '\'']) {
            let (literal, at) = self.quoted()?;
            check_literal(literal, at, true)?;
            value = Value::Internal(literal);
        } else if !self.external(false)? {
            return self.wrong("a value in quotes is missing here");
        } else if !parameter {
            let blanks = self.blanks();
            if blanks && self.take("NDATA") {
                self.need_blanks()?;
                self.name()?;
                value = Value::Unparsed;
            }
        }
        self.close()?;
        Ok(Declaration::Entity { parameter, name, value })
    }

    fn attributes(&mut self) -> Found<Declaration<'d>> {
        self.need_blanks()?;
        let element = self.name()?;
        let mut attributes = Vec::new();
        loop {
            let blanks = self.blanks();
            if self.take(">") {
                return Ok(Declaration::Attributes { element, attributes });
            }
            if !blanks {
                return self.wrong("a blank is missing here");
            }
            let name = self.name()?;
            self.need_blanks()?;
            let tokenized = self.attribute_type()?;
            self.need_blanks()?;
            let mut default = None;
            if !self.take("#REQUIRED") && !self.take("#IMPLIED") {
                if self.take("#FIXED") {
                    self.need_blanks()?;
                }
                let (literal, at) = self.quoted()?;
                check_literal(literal, at, false)?;
                default = Some((literal, at));
            }
            attributes.push(Declared { name, tokenized, default });
        }
    }

    /// The type of an attribute: whether it is made of tokens.
    fn attribute_type(&mut self) -> Found<bool> {
        if self.rest().starts_with('(') {
            self.alternatives(|cursor| cursor.token())?;
            return Ok(true);
        }
        let start = self.at;
        match self.name()? {
            "CDATA" => Ok(false),
            "ID" | "IDREF" | "IDREFS" | "ENTITY" | "ENTITIES" | "NMTOKEN" | "NMTOKENS" => Ok(true),
            "NOTATION" => {
                self.need_blanks()?;
                self.alternatives(|cursor| cursor.name())?;
                Ok(true)
            }
            _ => Err(Wrong { at: start, message: "this is no type of an attribute".to_owned() }),
        }
    }

    /// `(a | b | c)`.
    fn alternatives(&mut self, one: fn(&mut Self) -> Found<&'d str>) -> Found<()> {
        self.need("(")?;
        loop {
            self.blanks();
            one(self)?;
            self.blanks();
            if self.take(")") {
                return Ok(());
            }
            self.need("|")?;
        }
    }

    /// An XML declaration, without `<?xml` and `?>` (XML 1.0, section 2.8).
    pub(super) fn prologue(&mut self) -> Found<Prologue> {
        let mut prologue = Prologue::default();
        let mut parts = ["version", "encoding", "standalone"].into_iter();
        let mut last = None;
        loop {
            let blanks = self.blanks();
            if self.rest().is_empty() {
                return if last.is_none() { self.wrong("`version=\"1.0\"` is missing here") } else { Ok(prologue) };
            }
            let start = self.at;
            let name = self.name()?;
            let fails = |message: String| Err(Wrong { at: start, message });
            if !parts.any(|part| part == name) {
                return fails(format!("`{name}` cannot stand here in an XML declaration"));
            }
            if last.is_none() && name != "version" {
                return fails("`version=\"1.0\"` is missing here".to_owned());
            }
            if !blanks {
                return fails("a blank is missing here".to_owned());
            }
            self.blanks();
            self.need("=")?;
            self.blanks();
            let (value, at) = self.quoted()?;
            let good = match name {
                "version" => value
                    .strip_prefix("1.")
                    .is_some_and(|minor| !minor.is_empty() && minor.bytes().all(|b| b.is_ascii_digit())),
                "encoding" => {
                    value.starts_with(|c: char| c.is_ascii_alphabetic())
                        && value.bytes().all(|b| b.is_ascii_alphanumeric() || b"._-".contains(&b))
                }
                _ => value == "yes" || value == "no",
            };
            if !good {
                return Err(Wrong { at, message: format!("`{value}` is no good value of `{name}`") });
            }
            prologue.standalone |= name == "standalone" && value == "yes";
            last = Some(name);
        }
    }
}

/// Checks the references in a literal: all that can be said before they are resolved (production 9 and 10).
fn check_literal(literal: &str, at: usize, entity: bool) -> Found<()> {
    let mut from = 0;
    while let Some(step) = memchr::memchr3(b'&', b'%', b'<', &literal.as_bytes()[from..]) {
        let start = from + step;
        from = start + 1;
        let wrong = |message: &str| Err(Wrong { at: at + start, message: message.to_owned() });
        match literal.as_bytes()[start] {
            b'<' if entity => {}
            b'<' => return wrong("a bare `<` stands in the value of an attribute"),
            b'%' if !entity => {}
            b'%' => return wrong("a parameter entity cannot stand here, and a percent sign is written `&#37;`"),
            _ => match literal[from..].split_once(';') {
                Some((name, _)) if name::is_name(name) => {}
                Some((name, _)) if name.starts_with('#') => {
                    if let Err(message) = super::entity::character(&name[1..]) {
                        return wrong(&message);
                    }
                }
                _ => return wrong("a bare `&` stands for no character"),
            },
        }
    }
    Ok(())
}
