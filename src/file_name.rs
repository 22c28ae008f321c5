//! Names of files made from text that came from outside. The only way to make one.
//!
//! The answer is the same on every system: what one of them cannot hold, none gets.

use std::borrow::Cow;

use unicode_normalization::{UnicodeNormalization, is_nfkc};

use crate::hash::fnv32;

/// Bytes of one part of a path. File systems take 255; the rest is for a number that tells two posts apart and for the
/// name of the file that is written first and renamed.
const LONGEST: usize = 220;

/// A path relative to the output folder, with `/` between folders, that cannot leave it and is portable.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FileName(String);

impl FileName {
    /// The path as it stands, when it is safe and portable: no cleaning was needed.
    pub fn parse(path: &str) -> Option<Self> {
        let cleaned = Self::clean(path)?;
        (cleaned.0 == path).then_some(cleaned)
    }

    /// The path with everything replaced or cut that could leave the output folder or is not portable: `..`, drives,
    /// names of devices, reserved and control characters, blanks, dots and hyphens at the ends, encoded or wide
    /// spellings of all these, parts that are too long. `None` when nothing is left.
    pub fn clean(path: &str) -> Option<Self> {
        let folded = fold(path);
        let mut out = String::with_capacity(folded.len());
        // A last part that is nothing but its ending (`.md`) has no name.
        let mut parts = folded.split(is_separator).peekable();
        while let Some(part) = parts.next() {
            let part = clean_part(part);
            if parts.peek().is_none() && part.is_empty() {
                return None;
            }
            if !part.is_empty() {
                if !out.is_empty() {
                    out.push('/');
                }
                out.push_str(&part);
            }
        }
        (!out.is_empty()).then_some(FileName(out))
    }

    /// Text from outside as part of a file's name: no folders of its own.
    pub fn clean_value(text: &str) -> String {
        let folded = fold(text);
        let joined: String = folded.chars().map(|c| if is_separator(c) { '-' } else { c }).collect();
        // A leading underscore is a sign of its own to Jekyll and Hugo.
        clean_part(&joined).trim_start_matches('_').to_owned()
    }

    /// The path, with `/` between folders.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The path as text.
    pub fn into_string(self) -> String {
        self.0
    }

    /// The same with a number, to tell it from another post's: `snow-2.md`.
    pub fn with_suffix(&self, number: usize) -> FileName {
        let at = self.0.rfind('/').map_or(0, |slash| slash + 1);
        let (folder, name) = self.0.split_at(at);
        let (stem, extension) = split_extension(name);
        // `blog/2025-01-01-snow/index.md`: the folder is the post.
        if stem == "index" && !folder.is_empty() {
            return FileName(format!("{}-{number}/{name}", &folder[..folder.len() - 1]));
        }
        FileName(format!("{folder}{stem}-{number}{extension}"))
    }

    /// What is equal for two names that are one file on some system: case, and composed or decomposed letters.
    pub fn collision_key(&self) -> String {
        Self::collision_key_of(&self.0)
    }

    /// The same for a path that is there already.
    pub fn collision_key_of(path: &str) -> String {
        if path.is_ascii() {
            return path.to_ascii_lowercase();
        }
        // By way of upper case: `ß` and `ss`, `ı` and `i`, `ς` and `σ` are one to some system.
        path.nfkc().collect::<String>().to_uppercase().to_lowercase().nfkc().collect()
    }
}

/// Compatible spellings as one: wide and superscript letters, ligatures, composed letters.
fn fold(text: &str) -> Cow<'_, str> {
    if text.is_ascii() || is_nfkc(text) { Cow::Borrowed(text) } else { Cow::Owned(text.nfkc().collect()) }
}

/// `/`, `\` and the characters that look like them.
fn is_separator(c: char) -> bool {
    matches!(c, '/' | '\\' | '\u{2044}' | '\u{2215}' | '\u{2216}' | '\u{29f5}' | '\u{29f8}' | '\u{29f9}' | '\u{ff0f}')
}

/// What no part may hold: reserved on some system, an escape in addresses, invisible, or able to turn text around.
fn is_bad(c: char) -> bool {
    matches!(c, '<' | '>' | ':' | '"' | '|' | '?' | '*' | '%' | '$' | '`' | '\'' | '#' | '&' | ';' | '~' | '!')
        || c.is_control()
        || c.is_whitespace()
        || matches!(c, '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffd}' | '\u{e000}'..='\u{f8ff}'
            | '\u{e0000}'..='\u{e0fff}' | '\u{fdd0}'..='\u{fdef}')
        || (c as u32) & 0xfffe == 0xfffe
}

/// One part of a path.
fn clean_part(part: &str) -> String {
    let mut out = String::with_capacity(part.len());
    for c in part.chars() {
        match c {
            c if is_bad(c) => {
                if !out.ends_with('-') {
                    out.push('-');
                }
            }
            // `a..b` is harmless, but nothing that one would want.
            '.' if out.ends_with('.') => {}
            c => out.push(c),
        }
    }
    // `name-.md`: the hyphen came of something that was cut.
    let (stem, extension) = split_extension(out.trim_matches(['-', '.', ' ']));
    let stem = stem.trim_matches(['-', '.', ' ']);
    let mut stem = if stem.is_empty() { String::new() } else { stem.to_owned() };
    if stem.is_empty() {
        return String::new();
    }
    if is_device(&stem) {
        let end = stem.find('.').unwrap_or(stem.len());
        stem.insert_str(end, "-post");
    }
    if stem.len() + extension.len() > LONGEST {
        stem = cut(&stem, LONGEST.saturating_sub(extension.len()));
    }
    stem + extension
}

/// The name and its ending with the dot; an ending is short and ASCII.
fn split_extension(name: &str) -> (&str, &str) {
    match name.rfind('.') {
        Some(dot) if dot > 0 => {
            let extension = &name[dot + 1..];
            let is_one = (1..=8).contains(&extension.len()) && extension.bytes().all(|b| b.is_ascii_alphanumeric());
            if is_one { name.split_at(dot) } else { (name, "") }
        }
        _ => (name, ""),
    }
}

/// Names that are devices on Windows, whatever ending they have.
fn is_device(stem: &str) -> bool {
    let name = stem.split('.').next().unwrap_or_default().trim_end().to_ascii_lowercase();
    let numbered = |prefix: &str| {
        name.strip_prefix(prefix).is_some_and(|rest| rest.len() == 1 && rest.bytes().all(|b| b.is_ascii_digit()))
    };
    matches!(name.as_str(), "con" | "prn" | "aux" | "nul" | "conin" | "conout" | "clock" | "conin$" | "conout$")
        || numbered("com")
        || numbered("lpt")
}

/// Cut to `most` bytes at a character, with a sign of the whole, so that long names that begin alike stay apart.
fn cut(stem: &str, most: usize) -> String {
    let sign = format!("-{:08x}", fnv32(stem.as_bytes()));
    let mut end = most.saturating_sub(sign.len()).min(stem.len());
    while !stem.is_char_boundary(end) {
        end -= 1;
    }
    stem[..end].trim_end_matches(['-', '.']).to_owned() + &sign
}

#[cfg(test)]
mod tests;
