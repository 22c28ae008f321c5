//! What stands where it may not: text and tags outside the root, a `<` that begins nothing, a second byte order mark.

use std::io::BufRead;

use quick_xml::{Reader, events::Event};

use super::{
    name::is_blank,
    read::{Ahead, Xml},
    source::Source,
    state::{Here, Stage, finding, malformed, replace},
};
use crate::error::Error;

impl Xml<'_> {
    /// What stands outside the root, where only comments and instructions may.
    pub(super) fn outside(&mut self, ahead: Ahead) -> Result<(), Error> {
        match ahead {
            // A lone `<` would swallow what follows it.
            Ahead::Stray => return self.stray().map(drop),
            Ahead::Close => return self.close().map(drop),
            _ => self.state.closing = 0,
        }
        let Xml { reader, buf, state, .. } = self;
        buf.clear();
        let message = if self.fresh && take_mark(reader) {
            "a second byte order mark"
        } else {
            match reader.read_event_into(buf) {
                Ok(Event::Text(text)) if text.bytes().all(is_blank) => {
                    (self.fresh, self.between) = (false, false);
                    return Ok(());
                }
                Ok(Event::Eof) => return state.broken(reader.get_mut(), None),
                Ok(_) if state.stage < Stage::Root => "something stands before the first tag",
                Ok(_) => "something stands after the last tag",
                Err(error) => return state.broken(reader.get_mut(), Some(error)),
            }
        };
        (self.fresh, self.between) = (false, false);
        let source = reader.get_ref();
        let range = source.token()..source.offset();
        let here = Here::new(source, std::str::from_utf8(buf).unwrap_or(""), source.token());
        let finding = malformed(range.clone(), message).label("left out").help("delete it");
        state.trouble(&here, finding.fix(false, replace(range, ""), Vec::new()))
    }

    /// A `<` that begins nothing, as text.
    pub(super) fn stray(&mut self) -> Result<bool, Error> {
        let source = self.reader.get_mut();
        let bytes = source.peek("<![CDATA[".len());
        if bytes.len() < 9
            && ["<![CDATA[", "<!DOCTYPE", "<!--", "</", "<?"].iter().any(|m| m.as_bytes().starts_with(bytes))
        {
            let length = bytes.len();
            source.consume(length);
            self.state.broken(source, None)?;
            return Ok(false);
        }
        let range = source.token()..source.token() + 1;
        let here = Here::new(source, "<", source.token());
        let finding = finding("stray-markup", range.clone(), "a bare `<` begins no tag");
        self.state.trouble(&here, finding.help("write `&lt;`").fix(true, replace(range, "&lt;"), Vec::new()))?;
        source.consume(1);
        self.state.range = self.state.token_range(source);
        self.state.scratch.clear();
        self.state.scratch.push('<');
        self.renew();
        Ok(true)
    }
}

/// Takes a byte order mark that comes next. A fresh reader would drop it unseen.
pub(super) fn take_mark(reader: &mut Reader<Source<'_>>) -> bool {
    let mark = "\u{feff}".as_bytes();
    let found = reader.get_mut().peek(mark.len()).starts_with(mark);
    if found {
        reader.get_mut().consume(mark.len());
    }
    found
}
