//! What encoding a source is in, from its first bytes.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};

use super::unpack;
use crate::{
    error::{Error, ErrorKind},
    finding::{Finding, Place},
};

/// An encoding that can be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Coding {
    /// UTF-8, with other bytes read one by one as windows-1252.
    Utf8,
    /// UTF-32; `true` for the big end first.
    Utf32(bool),
    /// One of the Encoding Standard.
    Other(&'static Encoding),
}

impl Coding {
    pub(super) fn name(self) -> &'static str {
        match self {
            Coding::Utf8 => UTF_8.name(),
            Coding::Utf32(true) => "UTF-32BE",
            Coding::Utf32(false) => "UTF-32LE",
            Coding::Other(encoding) => encoding.name(),
        }
    }

    /// Whether a unit is more than a byte, so that ASCII in it is no ASCII.
    fn is_wide(self) -> bool {
        matches!(self, Coding::Utf32(_)) || self == Coding::Other(UTF_16LE) || self == Coding::Other(UTF_16BE)
    }

    /// Whether each byte is a character.
    fn is_single_byte(self) -> bool {
        matches!(self, Coding::Other(encoding) if encoding.is_single_byte())
    }

    fn of(encoding: &'static Encoding) -> Self {
        if encoding == UTF_8 { Coding::Utf8 } else { Coding::Other(encoding) }
    }

    /// The encoding of that name. `None` for one that is unknown, or not safe to read.
    fn labelled(label: &str) -> Option<Self> {
        let label = label.trim();
        if let Some(encoding) = Encoding::for_label_no_replacement(label.as_bytes()) {
            return Some(Coding::of(encoding));
        }
        match label.to_ascii_lowercase().as_str() {
            "utf-32" | "utf-32be" | "ucs-4" | "ucs-4be" | "iso-10646-ucs-4" => Some(Coding::Utf32(true)),
            "utf-32le" | "ucs-4le" => Some(Coding::Utf32(false)),
            _ => None,
        }
    }
}

/// What was made out.
#[derive(Debug)]
pub(super) struct Detected {
    pub(super) coding: Coding,
    /// Bytes of the byte order mark.
    pub(super) bom: usize,
    /// What the source says of itself that does not fit.
    pub(super) finding: Option<Finding>,
    /// Whether the bytes must be ASCII: any other one is told.
    pub(super) ascii: bool,
    /// Whether nothing but the bytes themselves told the encoding.
    pub(super) guessed: bool,
}

impl Detected {
    fn new(coding: Coding, bom: usize) -> Self {
        Detected { coding, bom, finding: None, ascii: false, guessed: false }
    }

    /// Whether it is UTF-8, and there is nothing to be said of that.
    pub(super) fn is_plain_utf8(&self) -> bool {
        self.coding == Coding::Utf8 && self.bom == 0 && self.finding.is_none() && !self.ascii && !self.guessed
    }
}

/// Tells the encoding of a source that begins with `head`; `whole`: nothing comes after it.
pub(super) fn detect(head: &[u8], whole: bool, label: Option<&str>) -> Result<Detected, Error> {
    if unpack::is_packed(head) {
        return Err(refused("this is compressed with gzip twice").help("unpack it once: `gunzip -c FILE | slugline …`"));
    }
    if let Some((coding, bom)) = mark(head) {
        let mut detected = Detected::new(coding, bom);
        detected.finding = contradicted(&head[bom..], coding, "its byte order mark says");
        return Ok(detected);
    }
    if let Some(label) = label {
        let coding = Coding::labelled(label).ok_or_else(|| {
            let message = format!("`{}` is no encoding that slugline reads", label.escape_debug());
            Error::new(ErrorKind::Usage, message)
                .help("names are those of the web: `utf-8`, `iso-8859-2`, `shift_jis` …")
        })?;
        return Ok(Detected::new(coding, 0));
    }
    if let Some(coding) = zeros(head) {
        let mut detected = Detected::new(coding, 0);
        detected.finding = contradicted(head, coding, "its bytes are");
        return Ok(detected);
    }
    if head.starts_with(b"\x4c\x6f\xa7\x94") {
        return Err(refused("this is in EBCDIC, which slugline does not read").help("convert it to UTF-8 first"));
    }
    if head.starts_with(b"+/v") && head.get(3).is_some_and(|b| b"89+/".contains(b)) {
        return Err(refused("this is in UTF-7, which slugline does not read").help("convert it to UTF-8 first"));
    }
    match declared(head) {
        Some((name, place)) => by_declaration(head, whole, name, place),
        None => Ok(by_bytes(head, whole)),
    }
}

fn refused(message: impl Into<String>) -> Error {
    Error::new(ErrorKind::Unreadable, message).at(1, 1)
}

/// The encoding that a byte order mark tells, and its length.
fn mark(head: &[u8]) -> Option<(Coding, usize)> {
    Some(match head {
        [0xef, 0xbb, 0xbf, ..] => (Coding::Utf8, 3),
        [0xff, 0xfe, 0, 0, ..] => (Coding::Utf32(false), 4),
        [0, 0, 0xfe, 0xff, ..] => (Coding::Utf32(true), 4),
        [0xff, 0xfe, ..] => (Coding::Other(UTF_16LE), 2),
        [0xfe, 0xff, ..] => (Coding::Other(UTF_16BE), 2),
        _ => return None,
    })
}

/// The encoding of two or four bytes a character that the zeros among the first bytes tell.
fn zeros(head: &[u8]) -> Option<Coding> {
    let text = |byte: u8| matches!(byte, b'\t' | b'\n' | b'\r' | 0x20..=0x7e);
    Some(match *head {
        [0, 0, 0, a, ..] if text(a) => Coding::Utf32(true),
        [a, 0, 0, 0, ..] if text(a) => Coding::Utf32(false),
        [0, a, 0, b, ..] if text(a) && text(b) => Coding::Other(UTF_16BE),
        [a, 0, b, 0, ..] if text(a) && text(b) => Coding::Other(UTF_16LE),
        _ => return None,
    })
}

/// The encoding that an XML declaration in ASCII names, and where the name stands.
fn declared(head: &[u8]) -> Option<(&str, std::ops::Range<usize>)> {
    let start = head.iter().position(|b| !b.is_ascii_whitespace())?;
    let rest = head[start..].strip_prefix(b"<?xml")?;
    let end = memchr::memmem::find(rest, b"?>")?;
    let declaration = &rest[..end];
    let at = memchr::memmem::find(declaration, b"encoding")? + b"encoding".len();
    let blanks = |at: usize| at + declaration[at..].iter().take_while(|b| b.is_ascii_whitespace()).count();
    let equals = blanks(at);
    let quote_at = blanks(declaration[equals..].starts_with(b"=").then_some(equals + 1)?);
    let quote = *declaration.get(quote_at).filter(|b| b"'\"".contains(b))?;
    let length = memchr::memchr(quote, &declaration[quote_at + 1..])?;
    let name = std::str::from_utf8(&declaration[quote_at + 1..quote_at + 1 + length]).ok()?;
    let from = start + b"<?xml".len() + quote_at + 1;
    Some((name, from..from + length))
}

/// A finding on a declaration that says another encoding than the one that is sure.
fn contradicted(bytes: &[u8], coding: Coding, why: &str) -> Option<Finding> {
    let start = &bytes[..bytes.len().min(1_024)];
    let text: Vec<u8> = match coding {
        Coding::Utf8 => start.to_vec(),
        Coding::Utf32(big) => start.chunks_exact(4).map(|unit| if big { unit[3] } else { unit[0] }).collect(),
        Coding::Other(encoding) => encoding.decode_without_bom_handling(start).0.into_owned().into_bytes(),
    };
    let (name, place) = declared(&text)?;
    let said = Coding::labelled(name);
    // `UTF-16` and `UTF-32` leave the order of bytes open.
    let same = match (said, coding) {
        (Some(Coding::Utf32(_)), Coding::Utf32(_)) => true,
        (Some(said), _) => said == coding || said.is_wide() && coding.is_wide() && name.eq_ignore_ascii_case("utf-16"),
        (None, _) => false,
    };
    (!same).then(|| wrong(name, place, &format!("{why} {}", coding.name())))
}

fn wrong(name: &str, place: std::ops::Range<usize>, instead: &str) -> Finding {
    let message = format!("the declared encoding `{}` is not that of the file: {instead}", name.escape_debug());
    let mut finding = Finding::warning("wrong-encoding", message, Place::Bytes(place.clone()));
    finding.range = Some(place);
    finding.label("readers that believe this show other text")
}

/// The encoding of a source whose declaration names one.
fn by_declaration(head: &[u8], whole: bool, name: &str, place: std::ops::Range<usize>) -> Result<Detected, Error> {
    let valid = is_utf8(head, whole);
    let lower = name.to_ascii_lowercase();
    if lower == "us-ascii" || lower == "ascii" {
        let coding = if valid { Coding::Utf8 } else { Coding::Other(WINDOWS_1252) };
        return Ok(Detected { ascii: true, ..Detected::new(coding, 0) });
    }
    match Coding::labelled(name) {
        Some(coding) if coding.is_wide() => {
            // The declaration could be read as ASCII, so it is not that.
            let mut detected = by_bytes(head, whole);
            detected.finding = Some(wrong(name, place, &format!("it is read as {}", detected.coding.name())));
            Ok(detected)
        }
        // A stray byte or two are read one by one; where next to nothing is UTF-8, it is another encoding.
        Some(Coding::Utf8) if !valid && is_hardly_utf8(head) => Ok(by_bytes(head, whole)),
        Some(Coding::Utf8) => Ok(Detected::new(Coding::Utf8, 0)),
        Some(coding) => {
            // Text in another encoding is hardly ever UTF-8 by chance; in one of several bytes a character, a word or
            // two may be.
            let enough = if coding.is_single_byte() { 4 } else { 32 };
            let high = || head.iter().filter(|&&byte| byte >= 0x80).count();
            if !valid || high() < enough {
                return Ok(Detected::new(coding, 0));
            }
            let mut detected = Detected::new(Coding::Utf8, 0);
            let finding = wrong(name, place, "its bytes are UTF-8, and read as that");
            detected.finding = Some(finding.help(format!(
                "write `encoding=\"UTF-8\"`; `--encoding {}` reads it as declared",
                coding.name().to_ascii_lowercase()
            )));
            Ok(detected)
        }
        // Text that would turn into other text unseen.
        None if lower.ends_with("utf-7") && head.contains(&b'+') => {
            Err(refused("this is in UTF-7, which slugline does not read").help("convert it to UTF-8 first"))
        }
        None if valid => {
            let mut detected = Detected::new(Coding::Utf8, 0);
            let finding = wrong(name, place, "its bytes are UTF-8");
            detected.finding = Some(finding.w3c(&["UnknownEncoding"]).help("write `encoding=\"UTF-8\"`"));
            Ok(detected)
        }
        None => {
            let message = format!("the encoding `{}` is not known", name.escape_debug());
            Err(refused(message).help("`--encoding` names the one to take"))
        }
    }
}

/// The encoding of a source that says nothing of it.
fn by_bytes(head: &[u8], whole: bool) -> Detected {
    if is_utf8(head, whole) {
        return Detected::new(Coding::Utf8, 0);
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(head, whole);
    let guess = detector.guess(None, Utf8Detection::Allow);
    Detected { guessed: guess != UTF_8, ..Detected::new(Coding::of(guess), 0) }
}

/// Whether bytes that are said to be UTF-8 are so many of them not, and so few that are more than ASCII, that they are
/// in another encoding.
fn is_hardly_utf8(head: &[u8]) -> bool {
    let (mut good, mut bad) = (0, 0);
    for chunk in head.utf8_chunks() {
        good += chunk.valid().bytes().filter(|&byte| byte >= 0xc0).count();
        bad += chunk.invalid().len();
    }
    bad >= 16 && bad > 4 * good
}

/// Whether all of it is UTF-8; the last character may be cut off unless it is all there is.
fn is_utf8(head: &[u8], whole: bool) -> bool {
    match std::str::from_utf8(head) {
        Ok(_) => true,
        Err(error) => error.error_len().is_none() && !whole,
    }
}
