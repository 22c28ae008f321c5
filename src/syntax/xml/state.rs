//! What a document has told so far: open elements, scope, findings.

use std::ops::Range;

use super::{AttributeRow, Ns, XmlOptions, entity::Entities, name, scope::Scope, source::Source};
use crate::{
    error::{Error, ErrorKind},
    finding::{Edit, Finding, Fix, Place, Severity},
    limits::Limits,
    lines::Span,
};

/// How far a document has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Stage {
    /// Nothing but perhaps blanks: an XML declaration may come.
    Start,
    /// Before the root.
    Prolog,
    /// The root has begun.
    Root,
    /// [`Token::End`](super::Token::End) was given.
    Ended,
}

/// The state beside quick-xml's reader and its buffer, which tokens borrow.
#[derive(Debug)]
pub(super) struct State {
    pub(super) options: XmlOptions,
    pub(super) stage: Stage,
    /// Whether the source came to its end without any tag.
    pub(super) tagless: bool,
    pub(super) scope: Scope,
    pub(super) entities: Entities,
    /// The names of the open elements, one after the other, and where each starts.
    names: String,
    starts: Vec<usize>,
    pub(super) doctype_seen: bool,
    /// How many elements are open around a stretch that is read apart; 0 for a whole document.
    pub(super) floor: usize,
    /// How many elements are to be closed before anything else.
    pub(super) closing: usize,
    /// The last token's bytes.
    pub(super) range: Range<usize>,
    /// The last start tag: its name and attributes as written, then the values that had to be changed.
    pub(super) tag: String,
    pub(super) rows: Vec<AttributeRow>,
    pub(super) ns: Ns,
    pub(super) prefix: usize,
    pub(super) name: usize,
    /// Text that is not as it stands in the source.
    pub(super) scratch: String,
    /// The reference in the document that all comes from, while an entity is read.
    pub(super) within: Option<(Range<usize>, Span)>,
    /// Where the root's name ends.
    pub(super) root: usize,
    /// What the reading ends with, when the source was cut off.
    pub(super) cut: Option<Error>,
    findings: Vec<Finding>,
    left_out: usize,
    pub(super) failed: Option<Error>,
}

/// What holds between two tags: options, scope, the names of the open elements.
#[derive(Debug, Clone)]
pub(crate) struct Around {
    options: XmlOptions,
    scope: Scope,
    names: String,
    starts: Vec<usize>,
}

/// A stretch of the source at hand: the bytes of the token, or a part of them.
#[derive(Clone, Copy)]
pub(super) struct Here<'h, 's> {
    pub(super) source: &'h Source<'s>,
    pub(super) text: &'h str,
    /// The offset of `text`.
    pub(super) at: usize,
    /// What the token has, as far as it is known, and its offset, before which the token has no line end.
    whole: (&'h str, usize),
}

impl<'h, 's> Here<'h, 's> {
    pub(super) fn new(source: &'h Source<'s>, text: &'h str, at: usize) -> Self {
        Here { source, text, at, whole: (text, at) }
    }

    /// A part of it.
    pub(super) fn part<'p>(&'p self, range: Range<usize>) -> Here<'p, 's> {
        self.other(&self.text[range.clone()], self.at + range.start)
    }

    /// Other text in its place.
    pub(super) fn other<'p>(&'p self, text: &'p str, at: usize) -> Here<'p, 's> {
        Here { text, at, ..*self }
    }

    pub(super) fn range(&self, range: Range<usize>) -> Range<usize> {
        self.at + range.start..self.at + range.end
    }

    pub(super) fn span(&self, range: &Range<usize>) -> Span {
        let (whole, at) = self.whole;
        let position = |offset| self.source.position(offset, whole.as_bytes(), at);
        Span { start: position(range.start), end: position(range.end.max(range.start)) }
    }
}

/// A finding on markup that is not well-formed.
pub(super) fn malformed(range: Range<usize>, message: impl Into<String>) -> Finding {
    finding("malformed-xml", range, message)
}

/// An error that the W3C validator reports as `SAXError`.
pub(super) fn finding(code: &'static str, range: Range<usize>, message: impl Into<String>) -> Finding {
    Finding::error(code, message, Place::Bytes(range)).w3c(&["SAXError"])
}

/// One replacement.
pub(super) fn replace(range: Range<usize>, text: impl Into<String>) -> Vec<Edit> {
    vec![Edit { range, text: text.into() }]
}

impl State {
    pub(super) fn new(options: XmlOptions) -> Self {
        State {
            scope: Scope::new(options.known),
            entities: Entities::default(),
            tagless: false,
            stage: Stage::Start,
            names: String::new(),
            starts: Vec::new(),
            doctype_seen: false,
            floor: 0,
            closing: 0,
            range: 0..0,
            tag: String::new(),
            rows: Vec::new(),
            ns: Ns::NONE,
            prefix: 0,
            name: 0,
            scratch: String::new(),
            within: None,
            root: 0,
            cut: None,
            findings: Vec::new(),
            left_out: 0,
            failed: None,
            options,
        }
    }

    /// What holds here for a stretch of the document that is read apart.
    pub(super) fn around(&self) -> Around {
        Around {
            options: self.options.clone(),
            scope: self.scope.clone(),
            names: self.names.clone(),
            starts: self.starts.clone(),
        }
    }

    /// The state at the beginning of such a stretch.
    pub(super) fn within(around: &Around) -> Self {
        let Around { options, scope, names, starts } = around.clone();
        let floor = starts.len();
        State { scope, names, starts, floor, stage: Stage::Root, ..Self::new(options) }
    }

    /// Reports something wrong: a finding when it is repaired (or no error), else the end.
    pub(super) fn trouble(&mut self, here: &Here<'_, '_>, mut finding: Finding) -> Result<(), Error> {
        let (range, span) = match (&self.within, &finding.place) {
            (Some((range, span)), _) => {
                finding.fix = None;
                (range.clone(), *span)
            }
            (None, Place::Bytes(range)) => (range.clone(), here.span(range)),
            (None, _) => (self.range.clone(), here.span(&self.range)),
        };
        if !self.options.repair && finding.severity == Severity::Error {
            let mut error = Error::new(ErrorKind::Unreadable, finding.message).at(span.start.line, span.start.column);
            error.help = finding.help;
            return Err(self.fail(error));
        }
        if self.findings.len() >= self.options.limits.findings {
            self.left_out += 1;
            return Ok(());
        }
        if let (Some(help), Some(Fix { safe: true, .. })) = (&mut finding.help, &finding.fix) {
            *help += " (`--fix` does)";
        }
        finding.place = Place::Bytes(range.clone());
        finding.range = Some(range);
        finding.span = Some(span);
        self.findings.push(finding);
        Ok(())
    }

    /// A limit that struck at an offset.
    pub(super) fn limit(&mut self, here: &Here<'_, '_>, at: usize, what: &str, limit: usize, name: &str) -> Error {
        let start = match &self.within {
            Some((_, span)) => span.start,
            None => here.span(&(at..at)).start,
        };
        self.fail(Error::new(ErrorKind::Limit, Limits::message(what, limit, name)).at(start.line, start.column))
    }

    /// Ends the reading.
    pub(super) fn fail(&mut self, error: Error) -> Error {
        self.failed = Some(error.clone());
        error
    }

    /// Hands out the findings; those that were too many are counted in one.
    pub(super) fn take_findings(&mut self) -> Vec<Finding> {
        let left_out = std::mem::take(&mut self.left_out);
        let mut findings = std::mem::take(&mut self.findings);
        if let (true, Some(last)) = (left_out > 0, findings.last_mut()) {
            last.message += &format!(" (and {left_out} more like these nearby)");
        }
        findings
    }

    /// How many elements are open.
    pub(super) fn depth(&self) -> usize {
        self.starts.len()
    }

    /// The name of the innermost open element.
    pub(super) fn innermost(&self) -> &str {
        self.starts.last().map_or("", |&start| &self.names[start..])
    }

    /// The names of the open elements, from the innermost outwards.
    pub(super) fn open_names(&self) -> impl Iterator<Item = &str> {
        let ends = self.starts.iter().skip(1).copied().chain([self.names.len()]);
        self.starts.iter().zip(ends.collect::<Vec<_>>()).rev().map(|(&start, end)| &self.names[start..end])
    }

    /// Opens an element.
    pub(super) fn enter(&mut self, name: &str) {
        self.starts.push(self.names.len());
        self.names.push_str(name);
    }

    /// Closes the innermost element.
    pub(super) fn leave(&mut self) {
        self.scope.leave(self.starts.len());
        if let Some(start) = self.starts.pop() {
            self.names.truncate(start);
        }
    }

    /// Text that holds carriage returns, or characters that XML forbids, as it is to be read: in the scratch.
    pub(super) fn mend_text(&mut self, here: &Here<'_, '_>, cdata: bool) -> Result<(), Error> {
        self.scratch.clear();
        let text = here.text;
        let (mut done, mut first, mut illegal) = (0, None, Vec::new());
        for (at, c) in text.char_indices() {
            match c {
                '\r' => {
                    self.scratch.push_str(&text[done..at]);
                    done = at + 1;
                    if text.as_bytes().get(done) != Some(&b'\n') {
                        self.scratch.push('\n');
                    }
                }
                '>' if !cdata && text[..at].ends_with("]]") => {
                    let range = here.range(at - 2..at + 1);
                    let fix = replace(here.range(at..at + 1), "&gt;");
                    let finding =
                        malformed(range, "`]]>` stands in text, where only the end of a CDATA section may be");
                    self.trouble(here, finding.help("write `]]&gt;`").fix(true, fix, Vec::new()))?;
                }
                _ if name::is_char(c) => {}
                _ => {
                    self.scratch.push_str(&text[done..at]);
                    done = at + c.len_utf8();
                    first.get_or_insert((at, c));
                    if illegal.len() < self.options.limits.findings {
                        illegal.push(Edit { range: here.range(at..done), text: String::new() });
                    }
                }
            }
        }
        self.scratch.push_str(&text[done..]);
        match first {
            Some((at, c)) => self.control(here, at, c, illegal),
            None => Ok(()),
        }
    }

    /// Reports characters that XML forbids, of which `c` at `at` is the first.
    pub(super) fn control(&mut self, here: &Here<'_, '_>, at: usize, c: char, edits: Vec<Edit>) -> Result<(), Error> {
        let more = match edits.len() {
            0 | 1 => String::new(),
            count => format!(", and {} more", count - 1),
        };
        let range = here.range(at..at + c.len_utf8());
        let message = format!("XML forbids the character U+{:04X}{more}", u32::from(c));
        let finding = finding("control-character", range, message).label("left out").help("delete it");
        self.trouble(here, if edits.is_empty() { finding } else { finding.fix(true, edits, Vec::new()) })
    }
}

impl State {
    /// The first tag.
    pub(super) fn root_begins(&mut self, here: &Here<'_, '_>) {
        self.stage = Stage::Root;
        self.root = here.at + here.text.bytes().position(name::is_blank).unwrap_or(here.text.len());
    }

    /// Something stands before the root: no XML declaration can come any more.
    pub(super) fn begun(&mut self) {
        self.stage = self.stage.max(Stage::Prolog);
    }
}
