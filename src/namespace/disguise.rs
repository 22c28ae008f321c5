//! Control characters that are letters of windows-1252 in disguise: U+0080 to U+009F (but U+0085, a line end), as they
//! come of a program that wrote that encoding's bytes as numbers of Unicode. HTML takes them for these letters too
//! (HTML, section 13.2.5.80).

use encoding_rs::WINDOWS_1252;

use crate::finding::{Finding, Place};

/// The letter that a control character stands for.
fn letter(c: char) -> Option<char> {
    let byte = u8::try_from(u32::from(c)).ok().filter(|byte| (0x80..=0x9f).contains(byte) && *byte != 0x85)?;
    WINDOWS_1252.decode_without_bom_handling(&[byte]).0.chars().next().filter(|&letter| letter != c)
}

/// The text with letters for those control characters, and the first of these; `None` where there is none.
pub(crate) fn unmask(text: &str) -> Option<(String, char)> {
    // In UTF-8 they are C2 80 to C2 9F.
    let bytes = text.as_bytes();
    let masked = |at: usize| bytes.get(at + 1).is_some_and(|byte| (0x80..=0x9f).contains(byte));
    let first = memchr::memchr(0xc2, bytes)?;
    if !memchr::memchr_iter(0xc2, &bytes[first..]).any(|at| masked(first + at)) {
        return None;
    }
    let first = text.chars().find(|&c| letter(c).is_some())?;
    Some((text.chars().map(|c| letter(c).unwrap_or(c)).collect(), first))
}

/// What is said of a text whose first such character is `first`.
pub(crate) fn finding(first: char) -> Finding {
    let shown = letter(first).unwrap_or(first);
    let message = format!("U+{:04X} is a control character; in windows-1252 it is `{shown}`", u32::from(first));
    let finding = Finding::warning("control-character", message, Place::Source);
    finding.label(format!("read as `{shown}`")).help(format!("write `{shown}`")).w3c(&["BadCharacters"])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_come_out_and_nothing_else_changes() {
        assert_eq!(unmask("don\u{92}t \u{80}5\u{81}"), Some(("don’t €5\u{81}".to_owned(), '\u{92}')));
        for text in ["", "plain", "©\u{a0}é日", "a\u{85}b", "\u{81}"] {
            assert_eq!(unmask(text), None, "{text:?}");
        }
    }
}
