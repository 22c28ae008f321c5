//! Those who look on while somebody else reads.

use std::{cell::RefCell, ops::Range};

use super::Open;

/// Is told of every token of a document, in their order, by whoever reads it. `()` looks at nothing; a pair is two.
pub trait Watch {
    /// Whether it looks at anything.
    fn looks(&self) -> bool {
        true
    }

    /// A start tag; [`Open::range`] has its bytes.
    fn open(&mut self, open: &Open<'_>);

    /// A piece of text. Its bytes follow, in [`Watch::text_at`].
    fn text(&mut self, text: &str);

    /// The bytes of the last piece of text; of a reference where it stands for text, with its marks for CDATA.
    fn text_at(&mut self, range: Range<usize>);

    /// An end tag, and its bytes: those of the start tag where an element is empty.
    fn close(&mut self, range: Range<usize>);

    /// The end of the document.
    fn end(&mut self);
}

impl Watch for () {
    fn looks(&self) -> bool {
        false
    }
    fn open(&mut self, _: &Open<'_>) {}
    fn text(&mut self, _: &str) {}
    fn text_at(&mut self, _: Range<usize>) {}
    fn close(&mut self, _: Range<usize>) {}
    fn end(&mut self) {}
}

impl<W: Watch + ?Sized> Watch for &mut W {
    fn looks(&self) -> bool {
        (**self).looks()
    }
    fn open(&mut self, open: &Open<'_>) {
        (**self).open(open);
    }
    fn text(&mut self, text: &str) {
        (**self).text(text);
    }
    fn text_at(&mut self, range: Range<usize>) {
        (**self).text_at(range);
    }
    fn close(&mut self, range: Range<usize>) {
        (**self).close(range);
    }
    fn end(&mut self) {
        (**self).end();
    }
}

/// For whoever asks a watch between two tokens what it has seen.
impl<W: Watch> Watch for &RefCell<W> {
    fn looks(&self) -> bool {
        self.borrow().looks()
    }
    fn open(&mut self, open: &Open<'_>) {
        self.borrow_mut().open(open);
    }
    fn text(&mut self, text: &str) {
        self.borrow_mut().text(text);
    }
    fn text_at(&mut self, range: Range<usize>) {
        self.borrow_mut().text_at(range);
    }
    fn close(&mut self, range: Range<usize>) {
        self.borrow_mut().close(range);
    }
    fn end(&mut self) {
        self.borrow_mut().end();
    }
}

impl<A: Watch, B: Watch> Watch for (A, B) {
    fn looks(&self) -> bool {
        self.0.looks() || self.1.looks()
    }
    fn open(&mut self, open: &Open<'_>) {
        self.0.open(open);
        self.1.open(open);
    }
    fn text(&mut self, text: &str) {
        self.0.text(text);
        self.1.text(text);
    }
    fn text_at(&mut self, range: Range<usize>) {
        self.0.text_at(range.clone());
        self.1.text_at(range);
    }
    fn close(&mut self, range: Range<usize>) {
        self.0.close(range.clone());
        self.1.close(range);
    }
    fn end(&mut self) {
        self.0.end();
        self.1.end();
    }
}
