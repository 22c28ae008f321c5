//! Tokens that lie whole in the bytes at hand, which is nearly all of them: taken from there, without the turn through
//! quick-xml's reader, which costs more than most tokens are long. Where a tag ends is asked of quick-xml all the same.
//! What lies across two chunks, and all that is rare, is left to the reader. It remembers the name of each tag that it
//! opened until it closes one: a few bytes a chunk, which is nothing beside the chunk.

use std::io::BufRead;

use quick_xml::parser::{ElementParser, Parser};

use super::read::Xml;

impl Xml<'_> {
    /// Takes the text up to the next tag or reference into the buffer; false where the reader has to.
    #[inline]
    pub(super) fn text_at_hand(&mut self) -> bool {
        if !self.between {
            return false;
        }
        let source = self.reader.get_mut();
        let bytes = source.peek(1);
        let Some(length) = memchr::memchr2(b'<', b'&', bytes) else { return false };
        self.buf.clear();
        self.buf.extend_from_slice(&bytes[..length]);
        source.consume(length);
        true
    }

    /// Takes what is in a CDATA section into the buffer; false where the reader has to.
    #[inline]
    pub(super) fn cdata_at_hand(&mut self) -> bool {
        const OPEN: usize = "<![CDATA[".len();
        if !self.between {
            return false;
        }
        let source = self.reader.get_mut();
        let bytes = source.peek(OPEN);
        // HTML is full of `>`, and has hardly a `]`.
        let inside = bytes.get(OPEN..).unwrap_or_default();
        let ends = memchr::memchr_iter(b']', inside).find(|&at| inside[at..].starts_with(b"]]>"));
        let Some(length) = ends else { return false };
        self.buf.clear();
        self.buf.extend_from_slice(&inside[..length]);
        source.consume(OPEN + length + "]]>".len());
        true
    }

    /// Takes a start tag into the buffer, with its brackets; false where the reader has to.
    #[inline]
    pub(super) fn tag_at_hand(&mut self) -> bool {
        if !self.between {
            return false;
        }
        let source = self.reader.get_mut();
        let bytes = source.peek(1);
        let Some(end) = ElementParser::default().feed(&bytes[1..]) else { return false };
        let length = end + 2;
        self.buf.clear();
        self.buf.extend_from_slice(&bytes[..length]);
        source.consume(length);
        true
    }

    /// Takes the end tag of the innermost element, written as everyone writes it; false where the reader has to look.
    #[inline]
    pub(super) fn end_at_hand(&mut self) -> bool {
        if !self.between {
            return false;
        }
        let source = self.reader.get_mut();
        let name = self.state.innermost().as_bytes();
        let length = name.len() + 3;
        let bytes = source.peek(length);
        if bytes.len() < length || bytes[length - 1] != b'>' || bytes[2..length - 1] != *name {
            return false;
        }
        self.buf.clear();
        source.consume(length);
        true
    }
}
