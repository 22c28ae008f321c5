//! Bytes to UTF-8. The one folder that knows encoding_rs and chardetng.
//!
//! What an encoding is taken to be comes from, in this order: a byte order mark; the option; the zero bytes of UTF-16
//! and UTF-32; the XML declaration; UTF-8, when the bytes are that; a guess. A byte order mark is left out of the text,
//! and of the offsets of findings. What is compressed with gzip is unpacked first: offsets are in what comes out.

mod decoder;
mod detect;
mod unpack;

use std::{io::Read, string::FromUtf8Error};

pub use decoder::{Decoder, Notes};

use crate::{
    error::{Error, ErrorKind},
    finding::Finding,
    limits::Limits,
};

/// How many bytes are looked at to tell an encoding.
const HEAD: usize = 64 << 10;

/// A source that was decoded at once.
#[derive(Debug)]
pub struct Decoded {
    /// Its text, without a byte order mark.
    pub text: String,
    /// The name of the encoding that it was in.
    pub encoding: &'static str,
    /// Bytes of its byte order mark; 0 for none.
    pub bom: usize,
    /// Whether it was UTF-8 throughout: the bytes of the text are those of the source, after the byte order mark.
    pub utf8: bool,
    /// Whether each byte is a character.
    pub single_byte: bool,
    /// What is wrong with its encoding; places are in the text.
    pub findings: Vec<Finding>,
}

/// Decodes a source; `label` is the encoding to take whatever it says of itself.
///
/// # Errors
/// Its encoding is none that slugline reads: an unknown one, UTF-7, EBCDIC; or it is compressed and damaged, or more than
/// the limit `unpacked` allows.
pub fn decode(bytes: &[u8], label: Option<&str>, limits: &Limits) -> Result<Decoded, Error> {
    let most = usize::MAX - 1;
    let failed = || Error::new(ErrorKind::Internal, "text could not be decoded");
    decode_up_to(bytes, label, limits, most)?.ok_or_else(failed)
}

/// The text of bytes that are markup in UTF-8 and say nothing else, or the bytes: as [`decode`] reads them, and without a
/// copy.
pub(crate) fn of_utf8(bytes: Vec<u8>) -> Result<String, Vec<u8>> {
    if bytes.first() != Some(&b'<') {
        return Err(bytes);
    }
    let head = &bytes[..bytes.len().min(HEAD)];
    match detect::detect(head, head.len() == bytes.len(), None) {
        Ok(told) if told.is_plain_utf8() => String::from_utf8(bytes).map_err(FromUtf8Error::into_bytes),
        _ => Err(bytes),
    }
}

/// Decodes a source as [`decode`] does; `None` when its text has more than `most` bytes.
pub(crate) fn decode_up_to(
    bytes: &[u8],
    label: Option<&str>,
    limits: &Limits,
    most: usize,
) -> Result<Option<Decoded>, Error> {
    let mut decoder = Decoder::new(bytes, label).within(limits);
    let notes = decoder.notes();
    let internal = |words: String| Error::new(ErrorKind::Internal, format!("text could not be decoded: {words}"));
    let mut text = Vec::with_capacity(bytes.len());
    (&mut decoder).take(most as u64 + 1).read_to_end(&mut text).map_err(|error| match error.downcast::<Error>() {
        Ok(error) => error,
        Err(error) => internal(error.to_string()),
    })?;
    if text.len() > most {
        return Ok(None);
    }
    let text = String::from_utf8(text).map_err(|error| internal(error.to_string()))?;
    let (encoding, bom, utf8, single_byte) = decoder.told();
    Ok(Some(Decoded { text, encoding, bom, utf8, single_byte, findings: notes.take_findings() }))
}

/// The first bytes of a source as text, as well as can be, for telling its format; and why that is not well, if so.
pub fn probe(bytes: &[u8], label: Option<&str>) -> (String, Option<Error>) {
    let mut out = Vec::new();
    // An error comes before any text, or not at all.
    match Decoder::beginning(bytes, label).take(HEAD as u64).read_to_end(&mut out) {
        Ok(_) => (String::from_utf8_lossy(&out).into_owned(), None),
        Err(error) => (String::from_utf8_lossy(bytes).into_owned(), error.downcast().ok()),
    }
}

/// Whether a label names an encoding that is known (the Encoding standard, section 4.2).
pub fn is_known(label: &str) -> bool {
    encoding_rs::Encoding::for_label(label.as_bytes()).is_some()
}

#[cfg(test)]
mod tests;
