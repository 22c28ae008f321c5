//! Looking ahead in a list, so that its elements can be read apart.

use super::{Json, token::Expect};

impl Json<'_> {
    /// Up to `count` bytes that follow an element of a list; none anywhere else. Nothing is read by it.
    pub(crate) fn elements_ahead(&mut self, count: usize) -> &[u8] {
        if self.expect != Expect::Comma || self.open.last() != Some(&false) {
            return &[];
        }
        self.source.mark = self.source.at;
        self.source.look(count);
        let rest = self.source.rest();
        &rest[..rest.len().min(count)]
    }

    /// Passes over so many of them: whole elements, each with the comma before it.
    pub(crate) fn pass_over(&mut self, count: usize) {
        self.source.at += count;
        self.source.mark = self.source.at;
    }
}
