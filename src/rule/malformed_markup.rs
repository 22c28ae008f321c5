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
    feed_view::{About, Look, Part, fields::Kind, place::Cursor},
    finding::{Finding, Severity},
    syntax::html::{self, Token},
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

/// Looks at the texts of items and of the head.
#[derive(Default)]
struct State;

impl Look for State {
    fn item(&mut self, item: &Part<'_>, _: &About<'_>, out: &mut Vec<Finding>) {
        for text in item.texts().filter(|text| text.kind == Kind::Html) {
            let raw = text.elem.raw();
            let Some((range, message)) = look(raw) else { continue };
            let place = text.elem.at(range, &mut Cursor::default());
            let finding = Finding::warning(RULE.code, message, place).w3c(&["NotHtml"]);
            out.push(finding.help("mend the HTML, or escape `<` as `&lt;` where it is text"));
        }
    }

    fn end(&mut self, head: &Part<'_>, about: &About<'_>, out: &mut Vec<Finding>) {
        self.item(head, about, out);
    }
}

/// The first mistake in a piece of HTML.
fn look(raw: &str) -> Option<(Range<usize>, String)> {
    memchr::memchr(b'<', raw.as_bytes())?;
    let offset = |piece: &str| piece.as_ptr() as usize - raw.as_ptr() as usize;
    let mut open: Vec<&str> = Vec::new();
    let (mut end, mut cut) = (0, false);
    for token in html::tokens(raw) {
        cut = matches!(token, Token::Other);
        match token {
            Token::Text(text) | Token::Raw(text) => end = offset(text) + text.len(),
            Token::Comment(text) if !text.is_empty() => end = offset(text) + text.len() + 3,
            Token::Open(tag) => {
                end = offset(tag.name) + tag.name.len();
                end += raw[end..].find('>').map_or(0, |at| at + 1);
                if open.len() < MOST {
                    open.push(tag.name);
                }
            }
            Token::Close(name) => {
                let start = offset(name);
                end = start + name.len();
                end += raw[end..].find('>').map_or(0, |at| at + 1);
                // `</p>` and `</br>` alone make an empty element.
                match open.iter().rposition(|known| known.eq_ignore_ascii_case(name)) {
                    Some(at) => drop(open.remove(at)),
                    None if open.len() >= MOST || ["p", "br"].iter().any(|own| own.eq_ignore_ascii_case(name)) => {}
                    None => {
                        let message = format!("`</{}>` ends what was never begun", shown(name));
                        return Some((start - 2..start + name.len(), message));
                    }
                }
            }
            Token::Comment(_) | Token::Other => {}
        }
    }
    // What is cut off is the last token; doctypes and their like are no tags.
    let rest = raw.get(end..).filter(|_| cut)?;
    let start = rest.find('<')?;
    if !rest[start + 1..].trim_start_matches('/').starts_with(|c: char| c.is_ascii_alphabetic()) {
        return None;
    }
    let start = end + start;
    Some((start..start + 1, "this tag has no end: browsers drop all that follows".to_owned()))
}
