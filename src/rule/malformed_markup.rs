//! # malformed-markup
//!
//! ## What it checks
//! Whether HTML in an item has tags that the end of the text cuts off, and end tags of elements that were never
//! opened.
//!
//! ## Why it matters
//! Readers mend it, each in its own way; a tag that is cut off takes the rest of the text with it.
//!
//! ## Example
//! ```html
//! <p>The tide is low</b></p> <a href="https://harbour.example/
//! ```
//!
//! ## Use instead
//! ```html
//! <p>The tide is <b>low</b></p>
//! ```
//!
//! ## Since
//! 0.1.0

use std::ops::Range;

use super::{Check, Rule};
use crate::{
    feed_view::{Look, fields::Text, place::Cursor},
    finding::{Finding, Severity},
    syntax::html::Token,
    untrusted::shown,
};

pub(super) const RULE: Rule = Rule {
    code: "malformed-markup",
    severity: Severity::Warning,
    page: include_str!("malformed_markup.rs"),
    preview: false,
    check: Check::Feed(|| Box::<State>::default()),
};

/// Elements open at once that are remembered.
const MOST: usize = 200;

/// Looks at the HTML of items and of the head.
#[derive(Default)]
struct State;

impl Look for State {
    fn wants_html(&self) -> bool {
        true
    }

    fn html(&mut self, text: &Text<'_, '_>, tokens: &[Token<'_>], out: &mut Vec<Finding>) {
        let Some((range, message)) = look(text.elem.raw(), tokens) else { return };
        let place = text.elem.at(range, &mut Cursor::default());
        let finding = Finding::warning(RULE.code, message, place).w3c(&["NotHtml"]);
        out.push(finding.help("mend the HTML, or escape `<` as `&lt;` where it is text"));
    }
}

/// The first mistake in a piece of HTML.
fn look(raw: &str, tokens: &[Token<'_>]) -> Option<(Range<usize>, String)> {
    let offset = |piece: &str| piece.as_ptr() as usize - raw.as_ptr() as usize;
    let mut open: Vec<&str> = Vec::new();
    for token in tokens {
        match token {
            Token::Open(tag) if open.len() < MOST => open.push(tag.name),
            Token::Close(name) => {
                // `</p>` and `</br>` alone make an empty element.
                match open.iter().rposition(|known| known.eq_ignore_ascii_case(name)) {
                    Some(at) => drop(open.remove(at)),
                    None if open.len() >= MOST || ["p", "br"].iter().any(|own| own.eq_ignore_ascii_case(name)) => {}
                    None => {
                        let start = offset(name);
                        let message = format!("`</{}>` ends what was never begun", shown(name));
                        return Some((start - 2..start + name.len(), message));
                    }
                }
            }
            _ => {}
        }
    }
    // What is cut off is the last token; doctypes and their like are no tags.
    let (Token::Other, before) = tokens.split_last()? else { return None };
    let tag_end = |name: &str| {
        let end = offset(name) + name.len();
        end + memchr::memchr(b'>', &raw.as_bytes()[end..]).map_or(0, |at| at + 1)
    };
    let end = before.iter().rev().find_map(|token| match token {
        Token::Text(text) | Token::Raw(text) => Some(offset(text) + text.len()),
        Token::Comment(text) if !text.is_empty() => Some(offset(text) + text.len() + 3),
        Token::Open(tag) => Some(tag_end(tag.name)),
        Token::Close(name) => Some(tag_end(name)),
        Token::Comment(_) | Token::Other => None,
    });
    let end = end.unwrap_or(0);
    let rest = raw.get(end..)?;
    let start = rest.find('<')?;
    if !rest[start + 1..].trim_start_matches('/').starts_with(|c: char| c.is_ascii_alphabetic()) {
        return None;
    }
    let start = end + start;
    Some((start..start + 1, "this tag has no end: browsers drop all that follows".to_owned()))
}
