//! Strings and their escapes.

use std::ops::Range;

use super::token::{Json, Step};
use crate::syntax::lanes;

/// A string's or number's text: where it is.
pub(super) enum Text {
    /// In the window, without escapes.
    Plain(Range<usize>),
    /// In the scratch.
    Unescaped,
}

impl Json<'_> {
    /// Takes a string; the next byte is its opening quote.
    pub(super) fn string(&mut self, start: usize) -> Step<Text> {
        self.source.at += 1;
        let mut plain = start + 1;
        let mut escaped = false;
        loop {
            let rest = self.source.rest();
            let found = memchr::memchr2(b'"', b'\\', rest);
            let run = &rest[..found.unwrap_or(rest.len())];
            if let Some(control) = control(run) {
                let at = self.source.offset() + control;
                self.control(at)?;
            }
            let rest = self.source.rest();
            let quote = found.map(|at| rest[at]);
            self.source.at += found.unwrap_or(rest.len());
            let here = self.source.offset();
            if !self.skipping && here - start > self.limits.text {
                return Err(self.limit(start, "bytes in one string", self.limits.text, "text"));
            }
            match quote {
                Some(b'"') => {
                    self.source.at += 1;
                    self.range = start..here + 1;
                    if !escaped {
                        return Ok(Text::Plain(plain..here));
                    }
                    self.keep(plain..here)?;
                    return Ok(Text::Unescaped);
                }
                Some(_) => {
                    if !escaped {
                        self.scratch.clear();
                        escaped = true;
                    }
                    self.keep(plain..here)?;
                    self.escape(here)?;
                    plain = self.source.offset();
                    if self.skipping {
                        self.source.mark = self.source.at;
                    }
                }
                None => {
                    if self.skipping {
                        self.keep(plain..here)?;
                        plain = here;
                        self.source.mark = self.source.at;
                    }
                    if !self.fill()? {
                        return Err(self.open_string(start));
                    }
                }
            }
        }
    }

    /// Adds a stretch of a string to the scratch.
    fn keep(&mut self, range: Range<usize>) -> Step<()> {
        if self.skipping {
            return Ok(());
        }
        match std::str::from_utf8(self.source.slice(range.clone())) {
            Ok(text) => {
                self.scratch.push_str(text);
                Ok(())
            }
            Err(error) => Err(self.not_utf8(range.start + error.valid_up_to())),
        }
    }

    pub(super) fn text(&self, text: Text) -> Step<&str> {
        match text {
            Text::Unescaped => Ok(&self.scratch),
            Text::Plain(_) if self.skipping => Ok(""),
            Text::Plain(range) => std::str::from_utf8(self.source.slice(range.clone()))
                .map_err(|error| self.not_utf8(range.start + error.valid_up_to())),
        }
    }

    /// Takes an escape; the next byte is its backslash.
    fn escape(&mut self, start: usize) -> Step<()> {
        if !self.has(2)? {
            return Err(self.cut_off());
        }
        let byte = self.source.rest()[1];
        let plain = match byte {
            b'"' | b'\\' | b'/' => byte as char,
            b'b' => '\u{8}',
            b'f' => '\u{c}',
            b'n' => '\n',
            b'r' => '\r',
            b't' => '\t',
            b'u' => return self.code_unit(start),
            _ => return Err(self.bad_escape(start, 2)),
        };
        self.source.at += 2;
        self.push(plain);
        Ok(())
    }

    /// Takes `\u` and its four digits, and a second such escape where both make one character.
    fn code_unit(&mut self, start: usize) -> Step<()> {
        let Some(first) = self.hex()? else { return Err(self.bad_escape(start, 6)) };
        self.source.at += 6;
        let second = match first {
            0xd800..=0xdbff => self.hex()?.filter(|second| (0xdc00..=0xdfff).contains(second)),
            _ => None,
        };
        let code = match second {
            Some(second) => {
                self.source.at += 6;
                0x1_0000 + ((first - 0xd800) << 10) + (second - 0xdc00)
            }
            None => first,
        };
        let character = char::from_u32(code).unwrap_or_else(|| {
            let message = "half of a surrogate pair stands alone and is read as U+FFFD";
            let help = "write the character itself, or both halves of its pair";
            self.report(|json| json.found("lone-surrogate", start..start + 6, message).help(help));
            char::REPLACEMENT_CHARACTER
        });
        self.push(character);
        Ok(())
    }

    fn push(&mut self, character: char) {
        if !self.skipping {
            self.scratch.push(character);
        }
    }

    /// The code unit of the `\u` escape that comes next; `None` when none does.
    fn hex(&mut self) -> Step<Option<u32>> {
        if !self.has(6)? {
            return Ok(None);
        }
        let Some(digits) = self.source.rest()[..6].strip_prefix(b"\\u") else { return Ok(None) };
        let digits = std::str::from_utf8(digits).ok().filter(|_| digits.iter().all(u8::is_ascii_hexdigit));
        Ok(digits.and_then(|digits| u32::from_str_radix(digits, 16).ok()))
    }
}

/// The first control character, which strings must escape.
fn control(bytes: &[u8]) -> Option<usize> {
    bytes
        .chunks(64)
        .position(|block| lanes::any(block, |word| lanes::less(word, 0x20)))
        .and_then(|block| bytes[block * 64..].iter().position(|&byte| byte < 0x20).map(|at| block * 64 + at))
}
