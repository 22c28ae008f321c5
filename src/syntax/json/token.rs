//! JSON, token by token.

use std::{io::Read, ops::Range};

use super::{number::is_number, source::Source, string::Text};
use crate::{
    error::{Error, ErrorKind},
    finding::{Finding, Place},
    limits::Limits,
    lines::{Position, Span},
};

/// A token. Commas and colons are seen to.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Token<'t> {
    /// `{`
    ObjectStart,
    /// `}`
    ObjectEnd,
    /// `[`
    ArrayStart,
    /// `]`
    ArrayEnd,
    /// The key of a member; its value follows.
    Key(&'t str),
    /// Text, with its escapes resolved.
    String(&'t str),
    /// A number as it is spelt; see [`number`](super::number()).
    Number(&'t str),
    /// `true` or `false`.
    Bool(bool),
    /// `null`
    Null,
    /// The end of the text.
    End,
}

/// Why reading cannot go on.
#[derive(Debug, Clone, PartialEq)]
pub enum Fault {
    /// The text is not JSON.
    Malformed(Box<Finding>),
    /// A limit was reached, or the source could not be read.
    Stopped(Error),
}

impl Fault {
    /// As an error of the run.
    pub fn into_error(self) -> Error {
        match self {
            Fault::Stopped(error) => error,
            Fault::Malformed(finding) => {
                let mut error = Error::new(ErrorKind::Unreadable, format!("not valid JSON: {}", finding.message));
                error.help = finding.help;
                error.position = finding.span.map(|span| (span.start.line, span.start.column));
                error
            }
        }
    }
}

/// What may come next.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Expect {
    Value,
    /// A value or `]`.
    First,
    /// A key or `}`.
    FirstKey,
    Key,
    Colon,
    /// A comma or the end of the collection.
    Comma,
    /// White space only.
    Nothing,
}

/// Reads JSON from UTF-8 bytes, token by token.
pub struct Json<'a> {
    pub(super) source: Source<'a>,
    pub(super) limits: Limits,
    /// Whether to go on after what can be mended without guessing.
    repair: bool,
    /// For each open collection whether it is an object.
    pub(super) open: Vec<bool>,
    pub(super) expect: Expect,
    pub(super) scratch: String,
    pub(super) range: Range<usize>,
    /// Where the last comma stands, for the message about one too many.
    comma: Range<usize>,
    /// Whether strings are only passed over.
    pub(super) skipping: bool,
    findings: Vec<Finding>,
}

pub(super) type Step<T> = Result<T, Fault>;

impl<'a> Json<'a> {
    /// A tokenizer over decoded bytes. With `repair` it goes on after what can be mended without guessing; each such
    /// thing is a finding either way.
    pub fn new(read: Box<dyn Read + 'a>, limits: Limits, repair: bool) -> Self {
        Self::over(Source::new(read), limits, repair)
    }

    /// A tokenizer without a text, for [`load`](Json::load).
    pub fn empty(limits: Limits, repair: bool) -> Self {
        Self::over(Source::empty(), limits, repair)
    }

    fn over(source: Source<'a>, limits: Limits, repair: bool) -> Self {
        Json {
            source,
            limits,
            repair,
            open: Vec::new(),
            expect: Expect::Value,
            scratch: String::new(),
            range: 0..0,
            comma: 0..0,
            skipping: false,
            findings: Vec::new(),
        }
    }

    /// Begins with a text that is all there: a line of many, say. It stands at byte `base` of its source, at
    /// `position`. Findings that were not taken stay.
    pub fn load(&mut self, text: &[u8], base: usize, position: Position) {
        self.source.load(text, base, position);
        self.open.clear();
        self.expect = Expect::Value;
        self.skipping = false;
    }

    /// The bytes of the last token.
    pub fn range(&self) -> Range<usize> {
        self.range.clone()
    }

    /// Line and column of a range that lies in the last token.
    pub fn span(&self, range: &Range<usize>) -> Span {
        self.source.span(range)
    }

    /// Line and column of a range, if it is still at hand.
    pub fn known_span(&self, range: &Range<usize>) -> Option<Span> {
        self.source.holds(range.start).then(|| self.source.span(range))
    }

    /// Where the next byte stands.
    pub fn offset(&self) -> usize {
        self.source.offset()
    }

    /// How many objects and arrays are open.
    pub fn depth(&self) -> usize {
        self.open.len()
    }

    /// What was found wrong since the last call.
    pub fn take_findings(&mut self) -> Vec<Finding> {
        std::mem::take(&mut self.findings)
    }

    /// The next token; after [`Token::End`], again that.
    #[expect(clippy::should_implement_trait, reason = "a token borrows from the reader, as no iterator's item can")]
    pub fn next(&mut self) -> Step<Token<'_>> {
        let Some(byte) = self.peek()? else { return Ok(Token::End) };
        let start = self.source.offset();
        self.source.mark = self.source.at;
        match (self.expect, byte) {
            (Expect::FirstKey | Expect::Key, b'"') => {
                let text = self.string(start)?;
                self.expect = Expect::Colon;
                Ok(Token::Key(self.text(text)?))
            }
            (_, b'}' | b']') => {
                self.close(byte, start)?;
                Ok(if byte == b'}' { Token::ObjectEnd } else { Token::ArrayEnd })
            }
            (Expect::FirstKey | Expect::Key, _) => Err(self.no_key(start, byte)),
            _ => self.value(byte, start),
        }
    }

    /// The byte that begins the next token, without taking that: `"` for a key or a string, `{` for an object. `None`
    /// at the end.
    pub fn peek(&mut self) -> Step<Option<u8>> {
        loop {
            let Some(byte) = self.blank()? else {
                self.range = self.source.offset()..self.source.offset();
                return match self.expect {
                    Expect::Nothing => Ok(None),
                    _ => Err(self.cut_off()),
                };
            };
            let start = self.source.offset();
            self.source.mark = self.source.at;
            match (self.expect, byte) {
                (Expect::Nothing, _) => return Err(self.after_end(start)),
                (Expect::Colon, b':') => {
                    self.source.at += 1;
                    self.expect = Expect::Value;
                }
                (Expect::Colon, _) => return Err(self.missing_colon(start)),
                (Expect::Comma, b',') => {
                    self.source.at += 1;
                    self.comma = start..start + 1;
                    self.expect = if self.open.last() == Some(&true) { Expect::Key } else { Expect::Value };
                }
                (Expect::Comma, b'}' | b']') => return Ok(Some(byte)),
                (Expect::Comma, _) => return Err(self.missing_comma(start)),
                _ => return Ok(Some(byte)),
            }
        }
    }

    /// A value other than the end of a collection.
    fn value(&mut self, byte: u8, start: usize) -> Step<Token<'_>> {
        match byte {
            b'{' | b'[' => {
                if self.open.len() >= self.limits.depth {
                    return Err(self.limit(start, "levels of nesting", self.limits.depth, "depth"));
                }
                self.source.at += 1;
                self.range = start..start + 1;
                self.open.push(byte == b'{');
                self.expect = if byte == b'{' { Expect::FirstKey } else { Expect::First };
                Ok(if byte == b'{' { Token::ObjectStart } else { Token::ArrayStart })
            }
            b'"' => {
                let text = self.string(start)?;
                self.done();
                Ok(Token::String(self.text(text)?))
            }
            b'-' | b'0'..=b'9' => {
                let text = self.number(start)?;
                self.done();
                Ok(Token::Number(self.text(text)?))
            }
            _ => {
                let word = self.word(start)?;
                let token = match self.source.slice(word.clone()) {
                    b"true" => Token::Bool(true),
                    b"false" => Token::Bool(false),
                    b"null" => Token::Null,
                    _ => return Err(self.no_value(word, byte)),
                };
                self.done();
                Ok(token)
            }
        }
    }

    /// A value is complete.
    fn done(&mut self) {
        self.expect = if self.open.is_empty() { Expect::Nothing } else { Expect::Comma };
    }

    fn close(&mut self, byte: u8, start: usize) -> Step<()> {
        self.range = start..start + 1;
        let object = byte == b'}';
        if self.open.last() != Some(&object) {
            return Err(self.wrong_end(start, byte));
        }
        match self.expect {
            Expect::Comma | Expect::First | Expect::FirstKey => {}
            Expect::Key => self.trailing_comma(byte)?,
            Expect::Value if !object => self.trailing_comma(byte)?,
            _ => return Err(self.value_missing(start)),
        }
        self.source.at += 1;
        self.open.pop();
        self.done();
        Ok(())
    }

    /// Passes over white space (and a byte order mark, and comments where they may be mended).
    fn blank(&mut self) -> Step<Option<u8>> {
        loop {
            let rest = self.source.rest();
            let run = rest.iter().take_while(|byte| matches!(byte, b' ' | b'\n' | b'\r' | b'\t')).count();
            let next = rest.get(run).copied();
            self.source.at += run;
            match next {
                None => {
                    self.source.mark = self.source.at;
                    if !self.fill()? {
                        return Ok(None);
                    }
                }
                Some(b'/') => self.comment()?,
                Some(0xef)
                    if self.source.offset() == 0 && self.has(3)? && self.source.rest().starts_with(b"\xef\xbb\xbf") =>
                {
                    self.source.at += 3;
                }
                Some(byte) => return Ok(Some(byte)),
            }
        }
    }

    fn comment(&mut self) -> Step<()> {
        let start = self.source.offset();
        self.source.mark = self.source.at;
        let kind = if self.has(2)? { self.source.rest()[1] } else { 0 };
        if !matches!(kind, b'/' | b'*') {
            let range = start..start + 1;
            return Err(self.fault(range, "`/` begins no value", "text needs double quotes around it"));
        }
        self.mend(start..start + 2, "JSON has no comments", "take the comment out")?;
        self.source.at += 2;
        loop {
            let rest = self.source.rest();
            let found = memchr::memchr(if kind == b'/' { b'\n' } else { b'*' }, rest);
            self.source.at += found.map_or(rest.len(), |at| at + 1);
            // What a comment says is of no use: the window need not hold it.
            self.source.mark = self.source.at;
            match found {
                Some(_) if kind == b'/' => return Ok(()),
                Some(_) => {
                    if self.has(1)? && self.source.rest()[0] == b'/' {
                        self.source.at += 1;
                        return Ok(());
                    }
                }
                None if self.fill()? => {}
                None if kind == b'/' => return Ok(()),
                None => return Err(self.cut_off()),
            }
        }
    }

    fn number(&mut self, start: usize) -> Step<Text> {
        let range = self.run(start, |byte| matches!(byte, b'0'..=b'9' | b'+' | b'-' | b'.' | b'e' | b'E'))?;
        if !is_number(self.source.slice(range.clone())) {
            return Err(self.bad_number(range));
        }
        Ok(Text::Plain(range))
    }

    /// A run of letters and their like; at least one byte.
    fn word(&mut self, start: usize) -> Step<Range<usize>> {
        self.run(start, |byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'$') || byte >= 0x80)
    }

    /// Takes bytes as long as they fit, and at least one; sets the range.
    fn run(&mut self, start: usize, fits: fn(u8) -> bool) -> Step<Range<usize>> {
        self.source.at += 1;
        loop {
            let rest = self.source.rest();
            let run = rest.iter().take_while(|&&byte| fits(byte)).count();
            let all = run == rest.len();
            self.source.at += run;
            if self.source.offset() - start > self.limits.text {
                return Err(self.limit(start, "bytes in one number", self.limits.text, "text"));
            }
            if !all || !self.fill()? {
                self.range = start..self.source.offset();
                return Ok(self.range());
            }
        }
    }

    pub(super) fn has(&mut self, count: usize) -> Step<bool> {
        self.source.has(count).map_err(unread)
    }

    pub(super) fn fill(&mut self) -> Step<bool> {
        self.source.fill().map_err(unread)
    }

    /// Notes a finding, unless there are too many since they were last taken.
    pub(super) fn report(&mut self, finding: impl FnOnce(&Self) -> Finding) {
        if self.findings.len() < self.limits.findings {
            let finding = finding(self);
            self.findings.push(finding);
        }
    }

    /// An error finding at bytes that are in the window.
    pub(super) fn found(&self, code: &'static str, range: Range<usize>, message: impl Into<String>) -> Finding {
        let mut finding = Finding::error(code, message, Place::Bytes(range.clone()));
        finding.span = Some(self.source.span(&range));
        finding.range = Some(range);
        finding
    }

    pub(super) fn repairs(&self) -> bool {
        self.repair
    }

    /// What the next bytes are, as far as they are at hand.
    pub(super) fn ahead(&self) -> &[u8] {
        self.source.rest()
    }

    /// Whether the innermost open collection is an object; `None` when there is none.
    pub(super) fn in_object(&self) -> Option<bool> {
        self.open.last().copied()
    }

    pub(super) fn last_comma(&self) -> Range<usize> {
        self.comma.clone()
    }

    /// Bytes of the text that are in the window.
    pub(super) fn bytes(&self, range: Range<usize>) -> &[u8] {
        self.source.slice(range)
    }

    /// Where the next byte stands.
    pub(super) fn here(&self) -> usize {
        self.source.offset()
    }
}

fn unread(error: std::io::Error) -> Fault {
    // The decoder beneath says it in its own words.
    Fault::Stopped(match error.downcast::<Error>() {
        Ok(error) => error,
        Err(error) => Error::new(ErrorKind::Input, error.to_string()),
    })
}
