//! What stands between tags: text, CDATA sections, references.

use std::borrow::Cow;

use quick_xml::events::Event;

use super::{
    Token,
    entity::Meaning,
    misplaced::take_mark,
    read::{Frame, Xml, quick},
    source::Source,
    state::Here,
};
use crate::error::Error;

impl Xml<'_> {
    /// Text between markup. The token borrows what quick-xml read, unless it has to be changed.
    pub(super) fn text(&mut self) -> Result<Token<'_>, Error> {
        let at_hand = self.text_at_hand();
        let Xml { reader, buf, state, fresh, between, .. } = self;
        let text = if at_hand {
            let Ok(text) = std::str::from_utf8(buf) else {
                state.broken(reader.get_mut(), None)?;
                return Ok(Token::Text(""));
            };
            Cow::Borrowed(text)
        } else {
            buf.clear();
            if *fresh && take_mark(reader) {
                state.range = state.token_range(reader.get_ref());
                return Ok(Token::Text("\u{feff}"));
            }
            (*fresh, *between) = (false, false);
            match reader.read_event_into(buf) {
                Ok(Event::Text(text)) => text.into_inner(),
                other => {
                    state.broken(reader.get_mut(), other.err())?;
                    return Ok(Token::Text(""));
                }
            }
        };
        let source = reader.get_ref();
        state.range = state.token_range(source);
        let here = Here::new(source, &text, source.token());
        state.check_length(&here, text.len())?;
        let suspects = source.suspects();
        if suspects.illegal || suspects.returns && memchr::memchr(b'\r', text.as_bytes()).is_some() || ends_cdata(&text)
        {
            state.mend_text(&here, false)?;
            return Ok(Token::Text(&state.scratch));
        }
        Ok(Token::Text(state.lend(text)))
    }

    /// A CDATA section.
    pub(super) fn cdata(&mut self) -> Result<Token<'_>, Error> {
        let at_hand = self.cdata_at_hand();
        let Xml { reader, buf, state, .. } = self;
        let text = if at_hand {
            let Ok(text) = std::str::from_utf8(buf) else {
                state.broken(reader.get_mut(), None)?;
                return Ok(Token::Text(""));
            };
            Cow::Borrowed(text)
        } else {
            buf.clear();
            (self.fresh, self.between) = (false, false);
            match reader.read_event_into(buf) {
                Ok(Event::CData(text)) => {
                    self.between = true;
                    text.into_inner()
                }
                other => {
                    state.broken(reader.get_mut(), other.err())?;
                    return Ok(Token::Text(""));
                }
            }
        };
        let source = reader.get_ref();
        state.range = state.token_range(source);
        let here = Here::new(source, &text, source.token() + "<![CDATA[".len());
        state.check_length(&here, text.len())?;
        let suspects = source.suspects();
        if suspects.illegal || suspects.returns && memchr::memchr(b'\r', text.as_bytes()).is_some() {
            state.mend_text(&here, true)?;
            return Ok(Token::Text(&state.scratch));
        }
        Ok(Token::Text(state.lend(text)))
    }

    /// A reference; false when it leads into an entity with markup.
    pub(super) fn reference(&mut self) -> Result<bool, Error> {
        let Xml { reader, buf, state, .. } = self;
        buf.clear();
        (self.fresh, self.between) = (false, false);
        match reader.read_event_into(buf) {
            Ok(event) => self.between = matches!(event, Event::GeneralRef(_)),
            Err(error) => {
                state.broken(reader.get_mut(), Some(error))?;
                return Ok(false);
            }
        }
        // The event has the name only; what the token is made of is wanted here.
        let Ok(text) = std::str::from_utf8(buf) else { return Ok(false) };
        let source = reader.get_ref();
        state.range = state.token_range(source);
        let here = Here::new(source, text, source.token());
        state.check_length(&here, text.len())?;
        match state.content_reference(&here)? {
            Meaning::Text => Ok(!state.scratch.is_empty()),
            Meaning::Markup(name, text) => {
                if self.frames.iter().any(|frame| *frame.entity == *name) {
                    state.recursive(&here, &name)?;
                    return Ok(false);
                }
                if state.within.is_none() {
                    let range = here.range(0..here.text.len());
                    state.within = Some((range.clone(), here.span(&range)));
                }
                let inner = quick(Source::of(text.as_bytes().to_vec(), state.options.limits.text));
                let frame = Frame { reader: std::mem::replace(reader, inner), entity: name, depth: state.depth() };
                self.frames.push(frame);
                (self.fresh, self.between) = (true, false);
                Ok(false)
            }
        }
    }
}

/// Whether text holds `]]>`.
fn ends_cdata(text: &str) -> bool {
    let bytes = text.as_bytes();
    // Most text is the blanks between two tags.
    if bytes.len() < 16 && !bytes.contains(&b']') {
        return false;
    }
    memchr::memchr_iter(b'>', bytes).any(|at| bytes[..at].ends_with(b"]]"))
}
