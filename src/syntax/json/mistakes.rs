//! What is wrong with a text that is not JSON, in the user's words, and what to do.

use std::ops::Range;

use super::token::{Fault, Json};
use crate::{
    error::{Error, ErrorKind},
    finding::{Finding, Place, Severity},
    limits::Limits,
};

const CODE: &str = "malformed-json";

/// A key that is there twice: both places, the second after the first.
pub(super) fn duplicate(key: &str, pointer: &str, first: Range<usize>, again: Range<usize>, same: bool) -> Finding {
    let value = if same { "with the same value" } else { "with another value" };
    Finding::error("duplicate-key", format!("`{key}` is set twice"), Place::Bytes(first))
        .pointer(pointer)
        .label("first here")
        .related(Place::Bytes(again), format!("again here, {value}"))
        .help("keep one; readers disagree on which counts")
}

impl Json<'_> {
    pub(super) fn fault(&self, range: Range<usize>, message: impl Into<String>, help: impl Into<String>) -> Fault {
        Fault::Malformed(Box::new(self.found(CODE, range, message).help(help)))
    }

    /// What can be mended: a finding, and an end only if nothing may be repaired.
    pub(super) fn mend(&mut self, range: Range<usize>, message: &str, help: &str) -> Result<(), Fault> {
        if !self.repairs() {
            return Err(self.fault(range, message, help));
        }
        self.report(|json| json.found(CODE, range, message).help(help));
        Ok(())
    }

    pub(super) fn limit(&self, at: usize, what: &str, limit: usize, name: &str) -> Fault {
        let start = self.span(&(at..at)).start;
        let message = Limits::message(what, limit, name);
        Fault::Stopped(Error::new(ErrorKind::Limit, message).at(start.line, start.column))
    }

    pub(super) fn trailing_comma(&mut self, end: u8) -> Result<(), Fault> {
        let message = format!("a comma stands before `{}` with nothing after it", end as char);
        let comma = self.last_comma();
        self.mend(comma, &message, "take the comma out")
    }

    pub(super) fn control(&mut self, at: usize) -> Result<(), Fault> {
        let (message, help) = match self.byte(at) {
            b'\n' | b'\r' => ("a string goes over a line end", "write `\\n`, or close the quote"),
            b'\t' => ("a string holds a tab as it is", "write `\\t`"),
            _ => ("a string holds a control character as it is", "write it as `\\u00XX`"),
        };
        self.mend(at..at + 1, message, help)
    }

    pub(super) fn cut_off(&self) -> Fault {
        let here = self.here();
        let missing = match self.in_object() {
            Some(true) => "the text ends before its `}`",
            Some(false) => "the text ends before its `]`",
            None => "there is no value",
        };
        self.fault(here..here, missing, "the end may have been cut off")
    }

    pub(super) fn open_string(&self, start: usize) -> Fault {
        self.fault(start..start + 1, "this quote is never closed", "close it with `\"`")
    }

    pub(super) fn after_end(&self, start: usize) -> Fault {
        let range = self.char_at(start);
        let help = match self.ahead().first() {
            Some(b'{') => "several values in one text are NDJSON: one a line, `--from ndjson`",
            _ => "take out what follows",
        };
        self.fault(range, "there is more after the end of the value", help)
    }

    pub(super) fn missing_colon(&self, start: usize) -> Fault {
        self.fault(self.char_at(start), "a colon is missing between key and value", "write `\"key\": value`")
    }

    pub(super) fn missing_comma(&self, start: usize) -> Fault {
        let help = match self.ahead().first() {
            Some(b':') => "a colon stands after a key only; keys need double quotes around them",
            Some(b'"' | b'{' | b'[' | b'0'..=b'9' | b'-' | b't' | b'f' | b'n') => "put a comma between the two",
            _ => "take it out, or put a comma before it",
        };
        self.fault(self.char_at(start), "a comma is missing before this", help)
    }

    pub(super) fn no_key(&self, start: usize, byte: u8) -> Fault {
        let range = self.char_at(start);
        match byte {
            b',' => self.fault(range, "there is a comma too many", "take one out"),
            b'\'' => self.fault(range, "a key is in single quotes", "write it in double quotes"),
            _ => self.fault(range, "this is no key", "a key is text in double quotes"),
        }
    }

    pub(super) fn value_missing(&self, start: usize) -> Fault {
        self.fault(start..start + 1, "a value is missing before this", "write one, `null` for none")
    }

    pub(super) fn wrong_end(&self, start: usize, byte: u8) -> Fault {
        let message = match self.in_object() {
            Some(true) => "`]` closes what `{` opened",
            Some(false) => "`}` closes what `[` opened",
            None if byte == b'}' => "`}` closes nothing",
            None => "`]` closes nothing",
        };
        self.fault(start..start + 1, message, "close what was opened last first")
    }

    /// Text where a value should be, without quotes or in the wrong ones.
    pub(super) fn no_value(&self, range: Range<usize>, byte: u8) -> Fault {
        let word = String::from_utf8_lossy(self.bytes(range.clone())).into_owned();
        match byte {
            b'\'' => {
                let message = "text is in single quotes";
                self.fault(range, message, "write it in double quotes")
            }
            b',' => self.fault(range, "a value is missing before this comma", "take the comma out"),
            b':' => self.fault(range, "a colon stands where a value should", "take it out"),
            b'.' | b'+' => self.fault(range, "no number begins so", "begin with a digit or `-`"),
            _ => {
                let lower = word.to_ascii_lowercase();
                match &*lower {
                    "true" | "false" | "null" => {
                        self.fault(range, format!("`{word}` is no value"), format!("write `{lower}`"))
                    }
                    "none" | "nil" | "undefined" | "nan" | "infinity" => {
                        self.fault(range, format!("JSON has no `{word}`"), "write `null`")
                    }
                    _ if word.chars().all(char::is_alphanumeric) => {
                        self.fault(range, "text stands without quotes", "write it in double quotes")
                    }
                    _ => self.fault(
                        range,
                        "this is no value",
                        "a value is text in double quotes, a number, `true`, `false`, `null`, `{…}` or `[…]`",
                    ),
                }
            }
        }
    }

    pub(super) fn bad_escape(&self, start: usize, length: usize) -> Fault {
        let end = self.here() + self.ahead().len();
        let message =
            if length == 2 { "a backslash begins no escape here" } else { "`\\u` needs four hexadecimal digits" };
        self.fault(start..(start + length).min(end), message, "write `\\\\` for a backslash")
    }

    pub(super) fn bad_number(&self, range: Range<usize>) -> Fault {
        let text = self.bytes(range.clone());
        let text = text.strip_prefix(b"-").unwrap_or(text);
        let (message, help) = match text {
            [b'0', b'0'..=b'9', ..] => {
                ("a number begins with a nought too many", "take it out, or write text in double quotes")
            }
            [] => ("a minus without a number", "write a number, or text in double quotes"),
            [.., b'.'] => ("a number ends with a decimal point", "write a digit after it"),
            [b'0'..=b'9', ..] => ("this is no number", "write text in double quotes"),
            _ => ("no number begins so", "begin with a digit or `-`"),
        };
        self.fault(range, message, help)
    }

    pub(super) fn not_utf8(&self, at: usize) -> Fault {
        self.fault(at..at + 1, "this is not UTF-8", "save the file as UTF-8")
    }

    /// A number that would be rounded.
    pub(super) fn inexact(&mut self, text: &str) {
        let short: String = text.chars().take(40).collect();
        let range = self.range();
        let message = format!("`{short}` is more than a number of 64 bits holds; it is kept as text");
        self.report(|json| {
            let mut finding = json.found("inexact-number", range, message).help("write it in double quotes");
            finding.severity = Severity::Warning;
            finding
        });
    }

    /// A key that is there twice; where the first stood is not known here.
    pub(super) fn duplicate(&mut self, key: &str, range: Range<usize>) {
        self.report(|json| {
            let finding = json.found("duplicate-key", range, format!("`{key}` is set twice"));
            finding.label("again here").help("keep one; readers disagree on which counts")
        });
    }

    fn byte(&self, at: usize) -> u8 {
        self.bytes(at..at + 1).first().copied().unwrap_or(0)
    }

    /// The character that begins at a byte.
    fn char_at(&self, start: usize) -> Range<usize> {
        let length = match self.byte(start) {
            0xc2..=0xdf => 2,
            0xe0..=0xef => 3,
            0xf0..=0xf4 => 4,
            _ => 1,
        };
        start..start + length
    }
}
