//! Stretches of a document that are read apart from what is before them.

use std::io::BufRead;

use super::{
    read::{Xml, quick},
    source::Source,
    state::{Around, State},
};

impl<'a> Xml<'a> {
    /// A tokenizer of a stretch that begins and ends where `around` holds: it ends with [`Token::End`](super::Token::End)
    /// if it does, else with what a document has that was cut off. Its ranges count from the beginning of the stretch.
    pub(crate) fn within(stretch: &'a [u8], around: &Around) -> Self {
        let state = State::within(around);
        let reader = quick(Source::new(Box::new(stretch), state.options.limits.text));
        Xml { reader, buf: Vec::new(), state, frames: Vec::new(), fresh: true, between: false }
    }

    /// What holds for stretches from here on; `None` where they depend on more than that.
    pub(crate) fn around(&self) -> Option<Around> {
        let state = &self.state;
        let plain = self.between
            && self.frames.is_empty()
            && state.within.is_none()
            && state.closing == 0
            && state.cut.is_none();
        // Entities have a budget for all of the document.
        let simple = !state.doctype_seen && !self.reader.get_ref().is_careful();
        (plain && simple).then(|| state.around())
    }

    /// Up to so many bytes that follow the last token: fewer at the end of the source.
    pub(crate) fn ahead_of_token(&mut self, count: usize) -> &[u8] {
        self.reader.get_mut().begin();
        let bytes = self.reader.get_mut().peek(count);
        &bytes[..bytes.len().min(count)]
    }

    /// Passes over so many of them.
    pub(crate) fn pass_over(&mut self, count: usize) {
        let source = self.reader.get_mut();
        source.begin();
        source.consume(count);
        source.begin();
    }
}
