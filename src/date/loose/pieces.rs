//! A date's text as numbers, words and signs.

use crate::date::LONGEST;

#[derive(Debug, Clone, PartialEq)]
pub(super) enum Token {
    /// Value and number of digits.
    Number(u64, usize),
    /// In lower case.
    Word(String),
    Sign(char),
}

#[derive(Debug)]
pub(super) struct Piece {
    pub(super) token: Token,
    /// Whether blanks or a comment stand before it.
    pub(super) apart: bool,
}

/// Cuts the text; comments in parentheses and RFC 9557's notes in brackets are left out.
pub(super) fn pieces(text: &str) -> Option<Vec<Piece>> {
    debug_assert!(text.len() <= LONGEST);
    let mut pieces = Vec::new();
    let mut apart = false;
    let mut rest = text;
    let mut depth = 0usize;
    while let Some(c) = rest.chars().next() {
        let after = &rest[c.len_utf8()..];
        match c {
            '(' | '[' => depth += 1,
            ')' | ']' => depth = depth.checked_sub(1)?,
            _ if depth > 0 => {}
            _ if c.is_whitespace() => {}
            _ if c.is_ascii_digit() => {
                let end = rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len());
                let value = rest[..end].parse().ok()?;
                pieces.push(Piece { token: Token::Number(value, end), apart });
                apart = false;
                rest = &rest[end..];
                continue;
            }
            _ if c.is_alphabetic() => {
                let is_part = |c: char| c.is_alphabetic() || matches!(c, '\'' | '\u{300}'..='\u{36f}');
                let end = rest.find(|c| !is_part(c)).unwrap_or(rest.len());
                // A capital dotted I becomes two characters, the second of which is no part of any name.
                let word = rest[..end].to_lowercase().replace('\u{307}', "");
                pieces.push(Piece { token: Token::Word(word), apart });
                apart = false;
                rest = &rest[end..];
                continue;
            }
            _ => {
                let sign = match c {
                    '−' | '–' => '-',
                    '：' => ':',
                    other => other,
                };
                pieces.push(Piece { token: Token::Sign(sign), apart });
                apart = false;
                rest = after;
                continue;
            }
        }
        apart = true;
        rest = after;
    }
    // An open comment hides nothing that could count: RFC 822 comments close.
    (depth == 0).then_some(pieces)
}
