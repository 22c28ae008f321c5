//! The streaming decoder.

use std::{
    io::{self, Read},
    mem,
    ops::Range,
    sync::{Arc, Mutex, PoisonError},
};

use encoding_rs::{DecoderResult, WINDOWS_1252};

use super::{
    HEAD,
    detect::{Coding, Detected, detect},
    unpack::{self, Input},
};
use crate::{
    finding::{Finding, Place},
    limits::Limits,
};

/// What was told of a source's encoding while it was read.
#[derive(Debug, Default)]
struct Told {
    /// What the source says of itself that does not fit.
    declaration: Option<Finding>,
    /// Bytes that are not what they should be: how many stretches, and the first one.
    bad: usize,
    first: Option<Bad>,
    /// The encoding that was guessed, or made out, and why that matters.
    reading: Option<Reading>,
}

/// A stretch of bytes that are not of the encoding.
#[derive(Debug, Clone)]
struct Bad {
    byte: u8,
    /// The offset in the source.
    at: usize,
    /// The bytes of the decoded text that stand for it.
    range: Range<usize>,
}

/// How a source is read.
#[derive(Debug, Clone, Copy)]
struct Reading {
    coding: Coding,
    guessed: bool,
    ascii: bool,
}

/// A handle on what a [`Decoder`] finds, for when the decoder itself was given away.
#[derive(Debug, Clone, Default)]
pub struct Notes(Arc<Mutex<Told>>);

impl Notes {
    /// What is wrong with the encoding of what was read so far: at most one finding on its declaration, and one on its
    /// bytes, with the first place and how many more there are. Ask at the end.
    pub fn take_findings(&self) -> Vec<Finding> {
        let told = mem::take(&mut *self.0.lock().unwrap_or_else(PoisonError::into_inner));
        let mut findings: Vec<Finding> = told.declaration.into_iter().collect();
        let (Some(first), Some(reading)) = (told.first, told.reading) else { return findings };
        let name = reading.coding.name();
        let mut message = match reading {
            Reading { ascii: true, .. } => format!("byte {} (0x{:02X}) is not ASCII", first.at, first.byte),
            Reading { guessed: true, .. } => format!("byte {} (0x{:02X}) is not UTF-8", first.at, first.byte),
            _ => format!("byte {} (0x{:02X}) is not {name}", first.at, first.byte),
        };
        match told.bad {
            0 | 1 => {}
            2 => message += ", nor is one more place",
            more => message += &format!(", nor are {} more places", more - 1),
        }
        let mut finding = Finding::error("invalid-encoding", message, Place::Bytes(first.range.clone()));
        finding.range = Some(first.range);
        let finding = match reading {
            Reading { guessed: true, .. } => finding.label(format!("read as {name}, which is a guess")),
            Reading { coding: Coding::Utf8, ascii: false, .. } => finding.label("read as windows-1252"),
            Reading { ascii: true, .. } => finding.label(format!("read as {name}")),
            _ => finding.label("shown as �"),
        };
        let help = "save it as UTF-8, or name its encoding with `--encoding`";
        findings.push(finding.help(help).w3c(&["UnicodeError"]));
        findings
    }

    fn note(&self, bad: Bad) {
        let mut told = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        told.bad += 1;
        told.first.get_or_insert(bad);
    }
}

/// Gives the bytes of a source as UTF-8, without a byte order mark.
pub struct Decoder<R> {
    read: Input<R>,
    label: Option<String>,
    /// Bytes that may come out of gzip.
    unpacked: usize,
    notes: Notes,
    /// What was made out; `None` before the first read.
    detected: Option<Detected>,
    decoder: Option<encoding_rs::Decoder>,
    /// Bytes of the source that were read and not yet decoded.
    raw: Vec<u8>,
    raw_at: usize,
    /// The offset of the next byte of `raw`.
    raw_offset: usize,
    /// Text that was decoded and not yet handed out.
    text: Vec<u8>,
    text_at: usize,
    /// How many bytes of text were decoded.
    out: usize,
    ended: bool,
    /// Why no more bytes come: told once those before it are handed out.
    failure: Option<io::Error>,
    /// Whether the end is one of the source, not of what is looked at.
    partial: bool,
    utf8: bool,
}

impl<R> std::fmt::Debug for Decoder<R> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Decoder").field("detected", &self.detected).finish_non_exhaustive()
    }
}

impl<R: Read> Decoder<R> {
    /// A decoder; `label` is the encoding to take whatever the source says of itself. An encoding that cannot be read
    /// is an error of the first read, which holds an [`Error`](crate::error::Error).
    pub fn new(read: R, label: Option<&str>) -> Self {
        Decoder {
            read: Input::Plain(read),
            label: label.map(str::to_owned),
            unpacked: Limits::default().unpacked,
            notes: Notes::default(),
            detected: None,
            decoder: None,
            raw: Vec::new(),
            raw_at: 0,
            raw_offset: 0,
            text: Vec::new(),
            text_at: 0,
            out: 0,
            ended: false,
            failure: None,
            partial: false,
            utf8: true,
        }
    }

    /// Holds what comes out of a compressed source to these limits.
    #[must_use]
    pub fn within(self, limits: &Limits) -> Self {
        Decoder { unpacked: limits.unpacked, ..self }
    }

    /// A decoder of the beginning of a source.
    pub(super) fn beginning(read: R, label: Option<&str>) -> Self {
        Decoder { partial: true, ..Self::new(read, label) }
    }

    /// A handle on what is found.
    pub fn notes(&self) -> Notes {
        self.notes.clone()
    }

    /// The encoding's name, the bytes of the byte order mark, whether the bytes of the source are UTF-8 throughout,
    /// whether each is a character.
    pub(crate) fn told(&self) -> (&'static str, usize, bool, bool) {
        let Some(Detected { coding, bom, .. }) = self.detected else { return (Coding::Utf8.name(), 0, true, false) };
        let single = matches!(coding, Coding::Other(encoding) if encoding.is_single_byte());
        let packed = self.read.is_packed();
        (coding.name(), bom, self.utf8 && coding == Coding::Utf8 && !packed, single && !packed)
    }

    /// Reads up to `wanted` bytes into `raw`, or to the end.
    fn fill(&mut self, wanted: usize) {
        self.raw.drain(..self.raw_at);
        self.raw_at = 0;
        let mut end = self.raw.len();
        self.raw.resize(end.max(wanted), 0);
        while end < self.raw.len() && !self.ended {
            match self.read.read(&mut self.raw[end..]) {
                Ok(0) => self.ended = true,
                Ok(count) => end += count,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => self.fail(error),
            }
        }
        self.raw.truncate(end);
    }

    /// No more bytes come. Of a beginning no more than that is asked for.
    fn fail(&mut self, error: io::Error) {
        self.ended = true;
        self.failure = (!self.partial).then_some(error);
    }

    /// Tells the encoding from the first bytes.
    fn begin(&mut self) -> io::Result<()> {
        self.fill(HEAD);
        if unpack::is_packed(&self.raw) {
            let head = mem::take(&mut self.raw);
            self.read.unpack(head, self.unpacked);
            self.ended = false;
            self.fill(HEAD);
        }
        let whole = self.ended && !self.partial;
        let mut detected = detect(&self.raw, whole, self.label.as_deref()).map_err(io::Error::other)?;
        self.raw_at = detected.bom;
        self.raw_offset = detected.bom;
        if let Coding::Other(encoding) = detected.coding {
            self.decoder = Some(encoding.new_decoder_without_bom_handling());
        }
        let mut told = self.notes.0.lock().unwrap_or_else(PoisonError::into_inner);
        told.declaration = detected.finding.take();
        told.reading = Some(Reading { coding: detected.coding, guessed: detected.guessed, ascii: detected.ascii });
        drop(told);
        if detected.guessed || detected.ascii {
            self.note_high(detected.ascii);
        }
        self.detected = Some(detected);
        Ok(())
    }

    /// Notes the first byte that is not ASCII (or not UTF-8), where one of these was to be expected.
    fn note_high(&self, ascii: bool) {
        let bytes = &self.raw[self.raw_at..];
        let at = match std::str::from_utf8(bytes) {
            Err(error) if !ascii => error.valid_up_to(),
            _ => match bytes.iter().position(|&b| b >= 0x80) {
                Some(at) => at,
                None => return,
            },
        };
        // The bytes before it are ASCII, or UTF-8 that reads as more characters: decoded, they are as long or longer.
        let before = match &self.decoder {
            Some(decoder) => decoder.encoding().decode_without_bom_handling(&bytes[..at]).0.len(),
            None => at,
        };
        self.notes.note(Bad { byte: bytes[at], at: self.raw_offset + at, range: before..before + 1 });
    }

    /// Decodes what there is into `text`.
    fn decode(&mut self) {
        self.text.clear();
        self.text_at = 0;
        while self.text.is_empty() && !(self.ended && self.raw_at == self.raw.len()) {
            if self.raw.len() - self.raw_at < HEAD && !self.ended {
                self.fill(HEAD);
            }
            match self.detected.as_ref().map(|detected| detected.coding) {
                Some(Coding::Utf32(big)) => self.decode_utf32(big),
                Some(Coding::Other(_)) => self.decode_other(),
                _ => self.decode_utf8(),
            }
        }
    }

    fn take_raw(&mut self, count: usize) {
        self.raw_at += count;
        self.raw_offset += count;
    }

    /// Text from the bytes at hand, up to the end or the first bad stretch, and that.
    fn decode_utf8(&mut self) {
        let bytes = &self.raw[self.raw_at..];
        let (good, bad) = match std::str::from_utf8(bytes) {
            Ok(_) => (bytes.len(), 0),
            Err(error) => match error.error_len() {
                Some(bad) => (error.valid_up_to(), bad),
                // Cut off: the rest of the character may come.
                None if self.ended => (error.valid_up_to(), bytes.len() - error.valid_up_to()),
                None => (error.valid_up_to(), 0),
            },
        };
        self.text.extend_from_slice(&bytes[..good]);
        let odd = bytes[good..good + bad].to_vec();
        self.take_raw(good);
        self.out += good;
        let cut_off = self.partial && self.ended;
        if !odd.is_empty() && !cut_off {
            let (text, ..) = WINDOWS_1252.decode_without_bom_handling(&odd);
            self.notes.note(Bad { byte: odd[0], at: self.raw_offset, range: self.out..self.out + text.len() });
            self.text.extend_from_slice(text.as_bytes());
            self.out += text.len();
            self.utf8 = false;
        }
        self.take_raw(odd.len());
    }

    fn decode_other(&mut self) {
        let Some(decoder) = &mut self.decoder else { return };
        let bytes = &self.raw[self.raw_at..];
        let needed = decoder.max_utf8_buffer_length_without_replacement(bytes.len()).unwrap_or(bytes.len() * 3 + 16);
        let start = self.text.len();
        self.text.resize(start + needed, 0);
        let (result, read, written) =
            decoder.decode_to_utf8_without_replacement(bytes, &mut self.text[start..], self.ended);
        self.text.truncate(start + written);
        self.out += written;
        self.take_raw(read);
        if let DecoderResult::Malformed(length, after) = result {
            let back = usize::from(length) + usize::from(after);
            let byte = self.raw.get(self.raw_at.wrapping_sub(back)).copied().unwrap_or_default();
            let replacement = "\u{fffd}";
            let range = self.out..self.out + replacement.len();
            self.notes.note(Bad { byte, at: self.raw_offset.saturating_sub(back), range });
            self.text.extend_from_slice(replacement.as_bytes());
            self.out += replacement.len();
        }
    }

    fn decode_utf32(&mut self, big: bool) {
        let bytes = &self.raw[self.raw_at..];
        let whole = bytes.len() / 4 * 4;
        let mut text = String::with_capacity(whole);
        for (index, unit) in bytes[..whole].chunks_exact(4).enumerate() {
            let unit = [unit[0], unit[1], unit[2], unit[3]];
            let number = if big { u32::from_be_bytes(unit) } else { u32::from_le_bytes(unit) };
            let c = char::from_u32(number).unwrap_or_else(|| {
                let start = self.out + text.len();
                let at = self.raw_offset + index * 4;
                self.notes.note(Bad { byte: unit[0], at, range: start..start + 3 });
                char::REPLACEMENT_CHARACTER
            });
            text.push(c);
        }
        if self.ended && whole < bytes.len() {
            let start = self.out + text.len();
            self.notes.note(Bad { byte: bytes[whole], at: self.raw_offset + whole, range: start..start + 3 });
            text.push(char::REPLACEMENT_CHARACTER);
        }
        let read = if self.ended { bytes.len() } else { whole };
        self.out += text.len();
        self.text.extend_from_slice(text.as_bytes());
        self.take_raw(read);
    }

    /// The fast way: UTF-8 from the source into the reader's buffer. How many bytes were read; `None` when the bytes
    /// need a closer look, and are in `raw`.
    fn pass(&mut self, buffer: &mut [u8]) -> Option<usize> {
        let kept = self.raw.len() - self.raw_at;
        if buffer.len() < 1_024 || kept > 3 || self.ended {
            return None;
        }
        buffer[..kept].copy_from_slice(&self.raw[self.raw_at..]);
        let count = loop {
            match self.read.read(&mut buffer[kept..]) {
                Ok(count) => break count,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => {
                    self.fail(error);
                    return None;
                }
            }
        };
        self.raw.clear();
        self.raw_at = 0;
        let bytes = &buffer[..kept + count];
        let good = match std::str::from_utf8(bytes) {
            Ok(_) => bytes.len(),
            Err(error) => error.valid_up_to(),
        };
        self.raw.extend_from_slice(&bytes[good..]);
        self.raw_offset += good;
        self.out += good;
        self.ended = count == 0;
        (good > 0).then_some(good)
    }
}

impl<R: Read> Read for Decoder<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if buffer.is_empty() {
            return Ok(0);
        }
        if self.detected.is_none() {
            self.begin()?;
        }
        if self.text_at == self.text.len() {
            let utf8 = self.detected.as_ref().is_some_and(|detected| detected.coding == Coding::Utf8);
            if utf8 && let Some(count) = self.pass(buffer) {
                return Ok(count);
            }
            self.decode();
            if self.text.is_empty()
                && let Some(error) = self.failure.take()
            {
                return Err(error);
            }
        }
        let count = buffer.len().min(self.text.len() - self.text_at);
        buffer[..count].copy_from_slice(&self.text[self.text_at..self.text_at + count]);
        self.text_at += count;
        Ok(count)
    }
}
