//! Values of the types that keys ask for. What is of another type is read where it has one meaning, kept where it has
//! none, and told either way.

use std::{borrow::Cow, fmt::Display, ops::Range};

use serde_json::{Map, Value};

use crate::{
    date::{self, Date},
    error::Error,
    finding::{Finding, Place, Severity},
    limits::Limits,
    lines::Position,
    syntax::{
        json::{Fault, Json, Token},
        lanes,
        tree::pointer_step,
    },
};

pub(crate) type Step<T> = Result<T, Fault>;

/// What was kept because it is no field, by its key or its pointer.
pub(crate) type Kept = Map<String, Value>;

/// Keys that items and what is in them are full of: they are not copied. No more than speed rests on it.
const KEYS: &[&str] = &[
    "id",
    "url",
    "title",
    "content_html",
    "content_text",
    "summary",
    "date_published",
    "date_modified",
    "authors",
    "name",
    "tags",
    "attachments",
    "mime_type",
    "size_in_bytes",
    "language",
    "image",
];

/// A tokenizer that knows where it is.
pub(crate) struct Cursor<'a> {
    json: Json<'a>,
    /// JSON Pointer of the object being read: `/items/3`, empty for the feed.
    pub(crate) pointer: String,
    findings: Vec<Finding>,
    most: usize,
    /// Hub pointers and the bytes of their values, when they are asked for.
    pub(crate) places: Option<Vec<(String, Range<usize>)>>,
    /// The bytes of the last value.
    last: Range<usize>,
}

impl<'a> Cursor<'a> {
    pub(crate) fn new(json: Json<'a>, limits: &Limits, places: bool) -> Self {
        let (pointer, findings) = (String::new(), Vec::new());
        Cursor { json, pointer, findings, most: limits.findings, places: places.then(Vec::new), last: 0..0 }
    }

    /// Begins with another text; see [`Json::load`].
    pub(crate) fn load(&mut self, text: &[u8], base: usize, position: Position) {
        self.json.load(text, base, position);
    }

    /// Findings since the last call, in the order of the text.
    pub(crate) fn take_findings(&mut self) -> Vec<Finding> {
        let mut findings = self.json.take_findings();
        findings.append(&mut self.findings);
        findings.sort_by_key(|finding| finding.range.as_ref().map_or(0, |range| range.start));
        findings
    }

    /// The byte that begins what comes next.
    pub(crate) fn peek(&mut self) -> Step<Option<u8>> {
        self.json.peek()
    }

    /// Takes one token that begins or ends a collection.
    pub(crate) fn bracket(&mut self) -> Step<Range<usize>> {
        self.json.next()?;
        Ok(self.json.range())
    }

    /// The next key of the object; `None` at its end, which is taken.
    pub(crate) fn key(&mut self) -> Step<Option<(Cow<'static, str>, Range<usize>)>> {
        let key = match self.json.next()? {
            Token::Key(key) => Some(match KEYS.iter().find(|known| lanes::same(known, key)) {
                Some(known) => Cow::Borrowed(*known),
                None => Cow::Owned(key.to_owned()),
            }),
            _ => None,
        };
        Ok(key.map(|key| (key, self.json.range())))
    }

    /// The bytes of the last value.
    pub(crate) fn last(&self) -> Range<usize> {
        self.last.clone()
    }

    /// Makes findings be about a value that was read before.
    pub(crate) fn return_to(&mut self, range: Range<usize>) {
        self.last = range;
    }

    /// Where the next token begins.
    pub(crate) fn here(&mut self) -> Step<usize> {
        self.json.peek()?;
        Ok(self.json.offset())
    }

    /// Up to so many bytes that follow an element of a list; see [`Json::elements_ahead`].
    pub(crate) fn elements_ahead(&mut self, count: usize) -> &[u8] {
        self.json.elements_ahead(count)
    }

    /// Passes over so many of them.
    pub(crate) fn pass_over(&mut self, count: usize) {
        self.json.pass_over(count);
    }

    /// An error that ends the source here.
    pub(crate) fn stop(&self, error: Error) -> Fault {
        let start = self.json.span(&self.json.range()).start;
        Fault::Stopped(error.at(start.line, start.column))
    }

    /// Notes the place of a hub field: its value, or the element just taken.
    pub(crate) fn place(&mut self, pointer: &str) {
        let range = self.last.clone();
        if let Some(places) = &mut self.places {
            places.push((pointer.to_owned(), range));
        }
    }

    /// Passes over the next value.
    pub(crate) fn skip(&mut self) -> Step<()> {
        self.json.skip()
    }

    /// The next value, whatever it is.
    pub(crate) fn value(&mut self) -> Step<Value> {
        let start = self.here()?;
        let value = self.json.read_value()?;
        self.last = start..self.json.range().end;
        Ok(value)
    }

    /// Keeps the next value, which is none that `path` can take, and tells.
    pub(crate) fn keep(&mut self, path: &dyn Display, wanted: &str, kept: &mut Kept) -> Step<()> {
        let value = self.value()?;
        self.wrong_type(path, wanted, Severity::Error, "it is kept as it is");
        insert(kept, path, value);
        Ok(())
    }

    /// Keeps the next value, for which there is no field.
    pub(crate) fn keep_unknown(&mut self, path: &dyn Display, kept: &mut Kept) -> Step<()> {
        let value = self.value()?;
        insert(kept, path, value);
        Ok(())
    }

    /// A text; empty and `null` are none.
    pub(crate) fn text(&mut self, path: &dyn Display, kept: &mut Kept) -> Step<Option<String>> {
        let text = match self.json.peek()? {
            Some(b'{' | b'[') => {
                self.keep(path, "text", kept)?;
                return Ok(None);
            }
            _ => match self.json.next()? {
                Token::String(text) => Ok((!text.is_empty()).then(|| text.to_owned())),
                Token::Number(text) => Err(text.to_owned()),
                Token::Bool(value) => Err(value.to_string()),
                _ => Ok(None),
            },
        };
        self.last = self.json.range();
        Ok(match text {
            Ok(text) => text,
            Err(text) => {
                self.wrong_type(path, "text", Severity::Warning, "it is read as text");
                Some(text)
            }
        })
    }

    /// A number; text that spells one is read as one.
    pub(crate) fn number(&mut self, path: &dyn Display, kept: &mut Kept) -> Step<Option<f64>> {
        let number = match self.json.peek()? {
            Some(b'-' | b'0'..=b'9' | b'"' | b'n') => match self.json.next()? {
                Token::Number(text) => Ok(text.parse::<f64>().ok().filter(|number| number.is_finite())),
                Token::String(text) => Err(text.to_owned()),
                _ => Ok(None),
            },
            _ => {
                self.keep(path, "a number", kept)?;
                return Ok(None);
            }
        };
        self.last = self.json.range();
        match number {
            Ok(number) => Ok(number),
            Err(text) => {
                let spelt = text.trim().parse::<f64>().ok().filter(|number| number.is_finite());
                match spelt {
                    Some(_) => self.wrong_type(path, "a number", Severity::Warning, "it is read as one"),
                    None => {
                        self.wrong_type(path, "a number", Severity::Error, "it is kept as it is");
                        insert(kept, path, Value::String(text));
                    }
                }
                Ok(spelt)
            }
        }
    }

    /// A boolean.
    pub(crate) fn flag(&mut self, path: &dyn Display, kept: &mut Kept) -> Step<Option<bool>> {
        match self.json.peek()? {
            Some(b't' | b'f' | b'n') => {
                let flag = match self.json.next()? {
                    Token::Bool(flag) => Some(flag),
                    _ => None,
                };
                self.last = self.json.range();
                Ok(flag)
            }
            _ => {
                self.keep(path, "`true` or `false`", kept)?;
                Ok(None)
            }
        }
    }

    /// A date; what is not RFC 3339 is told.
    pub(crate) fn date(&mut self, path: &dyn Display, kept: &mut Kept) -> Step<Option<Date>> {
        let Some(text) = self.text(path, kept)? else { return Ok(None) };
        let (date, rescues) = date::read(&text);
        const HELP: &str = "write it as `2025-09-24T03:17:09+02:00`";
        if date.moment.is_none() {
            let text: String = date.text.chars().take(60).collect();
            let message = format!("`{text}` is not a date that can be read");
            self.report(path, |place| Finding::warning("unread-date", message, place).help(HELP));
        } else if !date::is_rfc3339(&date.text) {
            let words = date::rescued(&rescues).unwrap_or_else(|| "it is not RFC 3339".to_owned());
            let message = format!("the date was read, but {words}");
            self.report(path, |place| Finding::warning("loose-date", message, place).help(HELP));
        }
        Ok(Some(date))
    }

    /// Calls `each` for every element of a list, which has to take it. Anything that is no list is taken as its only
    /// element, and told.
    pub(crate) fn list(&mut self, path: &dyn Display, each: &mut dyn FnMut(&mut Self, usize) -> Step<()>) -> Step<()> {
        let first = self.json.peek()?;
        if first == Some(b'[') {
            self.json.next()?;
            let mut at = 0;
            while self.json.peek()? != Some(b']') {
                self.element(path, at, each)?;
                at += 1;
            }
            self.json.next()?;
        } else if first == Some(b'n') {
            self.json.next()?;
        } else {
            self.element(path, 0, each)?;
            self.wrong_type(path, "a list", Severity::Warning, "it is read as its only entry");
        }
        Ok(())
    }

    fn element(
        &mut self,
        path: &dyn Display,
        at: usize,
        each: &mut dyn FnMut(&mut Self, usize) -> Step<()>,
    ) -> Step<()> {
        let start = self.json.offset();
        each(self, at)?;
        self.last = start..self.json.range().end;
        if self.places.is_some() {
            self.place(&format!("/{path}/{at}"));
        }
        Ok(())
    }

    /// Makes the last value be the one that began there and has been taken.
    pub(crate) fn since(&mut self, start: usize) {
        self.last = start..self.json.range().end;
    }

    fn wrong_type(&mut self, path: &dyn Display, wanted: &str, severity: Severity, done: &str) {
        let message = format!("`{}` must be {wanted}; {done}", path.to_string().trim_start_matches('/'));
        self.report(path, |place| Finding::new("wrong-type", severity, message, place));
    }

    /// Notes a finding about the last value.
    pub(crate) fn report(&mut self, path: &dyn Display, finding: impl FnOnce(Place) -> Finding) {
        let range = self.last.clone();
        self.report_at(range, path, finding);
    }

    /// Notes a finding about bytes of the last token.
    pub(crate) fn report_at(
        &mut self,
        range: Range<usize>,
        path: &dyn Display,
        finding: impl FnOnce(Place) -> Finding,
    ) {
        if self.findings.len() >= self.most {
            return;
        }
        let mut finding = finding(Place::Bytes(range.clone()));
        let path = path.to_string();
        let path = if path.is_empty() || path.starts_with('/') { path } else { format!("/{}", pointer_step(&path)) };
        finding.pointer = format!("{}{path}", self.pointer);
        finding.span = self.json.known_span(&range);
        finding.range = Some(range);
        self.findings.push(finding);
    }
}

/// Keeps a value; of two under one key the first stays.
fn insert(kept: &mut Kept, path: &dyn Display, value: Value) {
    kept.entry(path.to_string()).or_insert(value);
}
