//! The walk from token to token.

use std::{borrow::Cow, io::Read, ops::Range};

use quick_xml::{Reader, events::Event};

use super::{
    Attributes, Ns, Open, Token, XmlOptions, name, repair,
    source::Source,
    state::{Here, Stage, State, malformed},
};
use crate::{error::Error, finding::Finding, lines::Span, syntax::lanes};

/// Reads XML from UTF-8 bytes without a byte order mark (see [`crate::encoding`]), token by token.
///
/// A source that is cut off gives, when it is repaired, a finding `truncated` and a [`Token::Close`] for each element
/// that is open, then an error that says the same: what came before it is good.
pub struct Xml<'a> {
    pub(super) reader: Reader<Source<'a>>,
    pub(super) buf: Vec<u8>,
    pub(super) state: State,
    /// What is read while entities are: the document, then entities that hold others.
    pub(super) frames: Vec<Frame<'a>>,
    /// Whether the reader has read nothing: it would take a byte order mark for its own.
    pub(super) fresh: bool,
    /// Whether the reader stands between two tokens and has looked at nothing of the next one.
    pub(super) between: bool,
}

/// What goes on where an entity ends.
pub(super) struct Frame<'a> {
    pub(super) reader: Reader<Source<'a>>,
    pub(super) entity: Box<str>,
    /// How many elements were open where the entity began.
    pub(super) depth: usize,
}

/// What comes next, told by its first bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Ahead {
    Text,
    Reference,
    Open,
    Close,
    /// An element is closed without an end tag.
    Closed,
    CData,
    Comment,
    Instruction,
    Doctype,
    /// A `<` that begins nothing.
    Stray,
    /// The source ends.
    End,
}

impl std::fmt::Debug for Xml<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Xml")
            .field("range", &self.state.range)
            .field("depth", &self.state.depth())
            .finish_non_exhaustive()
    }
}

impl<'a> Xml<'a> {
    /// A tokenizer over decoded bytes.
    pub fn new(read: Box<dyn Read + 'a>, options: XmlOptions) -> Self {
        // Ranges within a tag are kept in 32 bits.
        let limit = options.limits.text.min(u32::MAX as usize / 4);
        let reader = quick(Source::new(read, limit));
        Xml { reader, buf: Vec::new(), state: State::new(options), frames: Vec::new(), fresh: true, between: false }
    }

    /// The next token; after [`Token::End`], again that. No iterator could give it: it borrows the reader.
    #[allow(clippy::should_implement_trait)]
    pub fn next(&mut self) -> Result<Token<'_>, Error> {
        if let Some(error) = &self.state.failed {
            return Err(error.clone());
        }
        if self.state.stage == Stage::Ended {
            return Ok(Token::End);
        }
        loop {
            let ahead = self.ahead();
            if self.state.stage == Stage::Ended {
                return Ok(Token::End);
            }
            if self.state.cut.is_some() && ahead != Ahead::Closed {
                self.state.finish(self.reader.get_ref())?;
            }
            if self.state.depth() == 0 && !matches!(ahead, Ahead::Open | Ahead::Comment | Ahead::Instruction) {
                match ahead {
                    Ahead::End => self.end()?,
                    Ahead::Doctype => self.doctype()?,
                    _ => self.outside(ahead)?,
                }
                continue;
            }
            match ahead {
                Ahead::Text => return self.text(),
                Ahead::CData => return self.cdata(),
                Ahead::Reference => {
                    if self.reference()? {
                        return Ok(Token::Text(&self.state.scratch));
                    }
                }
                Ahead::Open => {
                    if self.open()? {
                        return Ok(Token::Open(self.state.opened()));
                    }
                }
                Ahead::Close => {
                    if self.close()? {
                        return Ok(Token::Close);
                    }
                }
                Ahead::Closed => {
                    self.state.closing -= 1;
                    self.state.leave();
                    return Ok(Token::Close);
                }
                Ahead::Comment => self.comment()?,
                Ahead::Instruction => self.instruction()?,
                Ahead::Doctype => self.doctype()?,
                Ahead::Stray => {
                    if self.stray()? {
                        return Ok(Token::Text(&self.state.scratch));
                    }
                }
                Ahead::End => self.end()?,
            }
        }
    }

    /// Looks at what comes next, without reading it.
    #[inline]
    fn ahead(&mut self) -> Ahead {
        if self.state.closing > 0 {
            return Ahead::Closed;
        }
        let source = self.reader.get_mut();
        source.begin();
        match source.peek_byte() {
            Some(b'<') => match source.peek(2).get(1).copied() {
                Some(b'/') => Ahead::Close,
                // quick-xml takes `<?>` for the end of all.
                Some(b'?') if source.peek(3).get(2) != Some(&b'>') => Ahead::Instruction,
                Some(b'!') => {
                    let bytes = source.peek(9);
                    if bytes.starts_with(b"<!--") {
                        Ahead::Comment
                    } else if bytes.starts_with(b"<![CDATA[") {
                        Ahead::CData
                    } else if bytes.len() >= 9 && bytes[2..9].eq_ignore_ascii_case(b"DOCTYPE") {
                        Ahead::Doctype
                    } else {
                        Ahead::Stray
                    }
                }
                Some(b) if b >= 0x80 || name::is_name_start(char::from(b)) => Ahead::Open,
                _ => Ahead::Stray,
            },
            Some(b'&') => Ahead::Reference,
            Some(_) => Ahead::Text,
            None => Ahead::End,
        }
    }

    /// A start tag; false when it is none.
    fn open(&mut self) -> Result<bool, Error> {
        if self.reader.get_ref().is_careful()
            && let Some(tag) = self.look_at_tag()?
        {
            return self.open_cut(tag);
        }
        let at_hand = self.tag_at_hand();
        let Xml { reader, buf, state, .. } = self;
        if !at_hand {
            buf.clear();
            (self.fresh, self.between) = (false, false);
            match reader.read_event_into(buf) {
                Ok(Event::Start(_) | Event::Empty(_)) => self.between = true,
                other => {
                    let error = other.err();
                    self.give_back(error)?;
                    return Ok(false);
                }
            }
        }
        let whole = std::str::from_utf8(buf).ok().and_then(|tag| tag.strip_prefix('<')?.strip_suffix('>'));
        let Some(whole) = whole else {
            self.give_back(None)?;
            return Ok(false);
        };
        let (tag, empty) = whole.strip_suffix('/').map_or((whole, false), |tag| (tag, true));
        if state.options.repair {
            if memchr::memchr(b'<', tag.as_bytes()).is_some() && !repair::is_clean(tag) {
                let tag = tag.to_owned();
                return self.open_cut(tag);
            }
            if repair::is_void(state.innermost()) && repair::is_void(name::of_tag(tag)) {
                return self.close_void();
            }
        }
        let source = reader.get_ref();
        state.range = state.token_range(source);
        let here = Here::new(source, tag, source.token() + 1);
        state.check_length(&here, tag.len())?;
        if state.depth() == 0 && !state.is_root(&here)? {
            return Ok(false);
        }
        state.start_tag(&here)?;
        state.closing = usize::from(empty);
        Ok(true)
    }

    /// An end tag; false when it closes nothing, or more than one element.
    pub(super) fn close(&mut self) -> Result<bool, Error> {
        if self.reader.get_ref().is_careful()
            && let Some(tag) = self.look_at_tag()?
        {
            return self.close_cut(tag);
        }
        let floor = self.frames.last().map_or(0, |frame| frame.depth);
        if self.state.depth() > floor && self.end_at_hand() {
            self.state.range = self.state.token_range(self.reader.get_ref());
            self.state.leave();
            return Ok(true);
        }
        let Xml { reader, buf, state, .. } = self;
        buf.clear();
        (self.fresh, self.between) = (false, false);
        let event = match reader.read_event_into(buf) {
            Ok(Event::End(event)) => event,
            other => {
                let error = other.err();
                self.give_back(error)?;
                return Ok(false);
            }
        };
        self.between = true;
        let source = reader.get_ref();
        state.range = state.token_range(source);
        if lanes::same(&event, state.innermost()) && state.depth() > floor {
            state.leave();
            return Ok(true);
        }
        if state.options.repair && memchr::memchr(b'<', event.as_bytes()).is_some() {
            let tag = format!("/{}", &*event);
            return self.close_cut(tag);
        }
        let here = Here::new(source, &event, source.token() + 2);
        let drifted = state.mismatch(&here, floor)?;
        if drifted {
            self.renew();
        }
        Ok(false)
    }

    /// A comment.
    fn comment(&mut self) -> Result<(), Error> {
        let Xml { reader, buf, state, .. } = self;
        buf.clear();
        (self.fresh, self.between) = (false, false);
        let text = match reader.read_event_into(buf) {
            Ok(Event::Comment(text)) => text,
            other => return state.broken(reader.get_mut(), other.err()),
        };
        let source = reader.get_ref();
        let here = Here::new(source, &text, source.token() + "<!--".len());
        state.check_comment(&here)?;
        state.begun();
        Ok(())
    }

    /// A processing instruction, or the XML declaration.
    fn instruction(&mut self) -> Result<(), Error> {
        let Xml { reader, buf, state, .. } = self;
        buf.clear();
        (self.fresh, self.between) = (false, false);
        let text = match reader.read_event_into(buf) {
            Ok(Event::PI(text)) => text.into_inner(),
            Ok(Event::Decl(text)) => Cow::Owned(String::from(&*text)),
            other => return state.broken(reader.get_mut(), other.err()),
        };
        let source = reader.get_ref();
        let here = Here::new(source, &text, source.token() + "<?".len());
        state.check_instruction(&here)?;
        state.begun();
        Ok(())
    }

    /// The end of an entity, or of the source.
    fn end(&mut self) -> Result<(), Error> {
        if let Some(frame) = self.frames.pop() {
            let open = self.state.depth().saturating_sub(frame.depth);
            if open > 0 {
                let source = frame.reader.get_ref();
                let message = format!("the entity `{}` leaves `{}` open", frame.entity, self.state.innermost());
                self.state.trouble(&Here::new(source, "", source.token()), malformed(0..0, message))?;
                self.state.closing = open;
            }
            self.reader = frame.reader;
            self.between = false;
            if self.frames.is_empty() {
                self.state.within = None;
            }
            return Ok(());
        }
        let source = self.reader.get_mut();
        if let Some(error) = source.take_failure() {
            return Err(self.state.fail(error));
        }
        if self.state.depth() != self.state.floor {
            return self.state.broken(source, None);
        }
        self.state.range = source.offset()..source.offset();
        self.state.finish(source)
    }

    /// Whether the source came to its end without any tag: comments, perhaps, and nothing else.
    pub fn is_tagless(&self) -> bool {
        self.state.tagless
    }

    /// The bytes of the last token in the decoded source. An empty-element tag and its close share theirs.
    pub fn range(&self) -> Range<usize> {
        self.state.range.clone()
    }

    /// Line and column of a range that lies in the last token.
    pub fn span(&self, range: &Range<usize>) -> Option<Span> {
        if let Some((_, span)) = &self.state.within {
            return Some(*span);
        }
        let source = self.reader.get_ref();
        let start = source.position(range.start, &self.buf, source.token());
        Some(Span { start, end: source.position(range.end.max(range.start), &self.buf, source.token()) })
    }

    /// The URI of a namespace; empty for none.
    pub fn uri(&self, ns: Ns) -> &str {
        self.state.scope.uri(ns)
    }

    /// How many elements are open, counting the one that the last token opened, not the one it closed.
    pub fn depth(&self) -> usize {
        self.state.depth()
    }

    /// What relative references are relative to here: `xml:base` of the open elements, each resolved against the one
    /// around it.
    pub fn base(&self) -> Option<&str> {
        self.state.scope.base()
    }

    /// `xml:lang` of the innermost open element that has one.
    pub fn language(&self) -> Option<&str> {
        self.state.scope.language()
    }

    /// What was found wrong, and repaired, since the last call.
    pub fn take_findings(&mut self) -> Vec<Finding> {
        self.state.take_findings()
    }
}

impl State {
    /// The start tag that was read last.
    fn opened(&self) -> Open<'_> {
        let local = if self.prefix == 0 { 0 } else { self.prefix + 1 };
        Open {
            ns: self.ns,
            prefix: &self.tag[..self.prefix],
            local: &self.tag[local..self.name],
            uri: self.scope.uri(self.ns),
            range: self.range.clone(),
            attributes: Attributes { list: &self.rows, text: &self.tag, uris: &self.scope.uris },
        }
    }

    /// The bytes of the token that was read last; in an entity, those of the reference to it.
    pub(super) fn token_range(&self, source: &Source<'_>) -> Range<usize> {
        match &self.within {
            Some((range, _)) => range.clone(),
            None => source.token()..source.offset(),
        }
    }

    pub(super) fn check_length(&mut self, here: &Here<'_, '_>, length: usize) -> Result<(), Error> {
        let limit = self.options.limits.text;
        if length > limit {
            return Err(self.limit(here, here.at, "bytes in one piece of text", limit, "text"));
        }
        Ok(())
    }

    /// Text as it was read.
    pub(super) fn lend<'t>(&'t mut self, text: Cow<'t, str>) -> &'t str {
        match text {
            Cow::Borrowed(text) => text,
            Cow::Owned(text) => {
                self.scratch = text;
                &self.scratch
            }
        }
    }
}

/// quick-xml's reader, which only finds where tokens end: the checks are ours.
pub(super) fn quick(source: Source<'_>) -> Reader<Source<'_>> {
    let mut reader = Reader::from_reader(source);
    let config = reader.config_mut();
    config.allow_dangling_amp = true;
    config.allow_unmatched_ends = true;
    config.check_end_names = false;
    reader
}
