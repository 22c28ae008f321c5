//! Sources that are compressed with gzip, told by their first two bytes whatever their name. The one file that knows
//! flate2.

use std::io::{self, Chain, Cursor, Read};

use flate2::read::MultiGzDecoder;

use crate::{
    error::{Error, ErrorKind},
    limits::Limits,
};

/// What gzip begins with (RFC 1952, section 2.3.1).
const MAGIC: &[u8] = b"\x1f\x8b";

/// How many times its packed size a source may have whatever the limit: text hardly ever shrinks to a hundredth.
const TIMES: usize = 100;

/// Whether bytes are compressed with gzip.
pub(super) fn is_packed(head: &[u8]) -> bool {
    head.starts_with(MAGIC)
}

/// A reader that counts what was read of it.
#[derive(Debug)]
struct Counted<R> {
    read: R,
    count: usize,
}

impl<R: Read> Read for Counted<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.read.read(buffer)?;
        self.count += count;
        Ok(count)
    }
}

/// The bytes of a source, unpacked where that is needed.
#[derive(Debug)]
pub(super) enum Input<R> {
    /// As they are.
    Plain(R),
    /// Out of gzip.
    Packed(Box<Packed<R>>),
    /// On the way from one to the other.
    Gone,
}

/// Bytes out of gzip.
#[derive(Debug)]
pub(super) struct Packed<R> {
    gzip: MultiGzDecoder<Counted<Chain<Cursor<Vec<u8>>, R>>>,
    /// How many bytes were unpacked.
    count: usize,
    /// How many may be.
    limit: usize,
}

impl<R: Read> Input<R> {
    /// Unpacks what follows; `head` are the bytes that were read already.
    pub(super) fn unpack(&mut self, head: Vec<u8>, limit: usize) {
        if let Input::Plain(read) = std::mem::replace(self, Input::Gone) {
            let read = Counted { read: Cursor::new(head).chain(read), count: 0 };
            *self = Input::Packed(Box::new(Packed { gzip: MultiGzDecoder::new(read), count: 0, limit }));
        }
    }

    /// Whether the bytes come out of gzip.
    pub(super) fn is_packed(&self) -> bool {
        matches!(self, Input::Packed(_))
    }
}

impl<R: Read> Read for Input<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        match self {
            Input::Plain(read) => read.read(buffer),
            Input::Packed(packed) => packed.read(buffer),
            Input::Gone => Ok(0),
        }
    }
}

impl<R: Read> Packed<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.gzip.read(buffer).map_err(|error| match error.kind() {
            io::ErrorKind::UnexpectedEof => told("the gzip data ends too early"),
            io::ErrorKind::InvalidInput | io::ErrorKind::InvalidData => told("the gzip data is damaged"),
            _ => error,
        })?;
        self.count += count;
        if self.count > self.limit && self.count / TIMES > self.gzip.get_ref().count {
            let message = Limits::message("bytes out of gzip", self.limit, "unpacked");
            return Err(io::Error::other(Error::new(ErrorKind::Limit, message)));
        }
        Ok(count)
    }
}

fn told(message: &str) -> io::Error {
    io::Error::other(
        Error::new(ErrorKind::Unreadable, message).help("get the file once more: it was cut off or changed"),
    )
}
