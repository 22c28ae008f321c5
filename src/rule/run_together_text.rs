//! # run-together-text
//!
//! ## What it checks
//! Whether words of a plain text (`title`, `description`, `summary`) run together where the body has a tag between them:
//! `NewsTrump`, where the body has `News</li><li>Trump`.
//!
//! ## Why it matters
//! An importer that cuts tags out of HTML without putting a blank in their place leaves it so, and lists and search results
//! show it.
//!
//! ## Example
//! ```yaml
//! description: "Peace talks in Paris ABC NewsTrump administration backs guarantees"
//! ```
//!
//! ## Use instead
//! ```yaml
//! description: "Peace talks in Paris ABC News Trump administration backs guarantees"
//! ```
//! `--unsafe-fixes` puts the blanks in. `slugline convert` does not cut tags so.
//!
//! ## Since
//! 0.1.0

use super::{Check, Rule};
use crate::{
    document::Document,
    finding::{Edit, Finding, Place, Severity},
    syntax::{lanes, tree::Style},
};

pub(super) const RULE: Rule = Rule {
    code: "run-together-text",
    severity: Severity::Warning,
    page: include_str!("run_together_text.rs"),
    preview: false,
    check: Check::Document(check),
};

/// Joints of a text that are looked for in the body.
const MOST: usize = 50;

fn check(document: &Document, findings: &mut Vec<Finding>) {
    let Some((body, _)) = document.body().filter(|(body, _)| body.contains('<')) else { return };
    for value in document.plain_texts() {
        let source = &document.text[value.range.clone()];
        if !may_join(source) {
            continue;
        }
        let joints: Vec<usize> = joints(source).take(MOST).filter(|&at| is_parted(source, at, body)).collect();
        let Some(&first) = joints.first() else { continue };
        let (left, right) = words(source, first);
        let more = match joints.len() {
            1 => String::new(),
            count => format!(", and {} more", count - 1),
        };
        let start = value.range.start;
        let place = Place::Bytes(start + first - left.len()..start + first + right.len());
        let finding = Finding::warning(RULE.code, format!("`{left}{right}` runs together{more}"), place)
            .label("the body has a tag between them")
            .pointer(value.pointer.to_string());
        findings.push(match value.style {
            Style::Plain | Style::Single | Style::Double => {
                let insert = |&at: &usize| Edit { range: start + at..start + at, text: " ".to_owned() };
                let edits = joints.iter().map(insert).collect();
                finding.help("put a blank between (`--unsafe-fixes` does)").fix(
                    false,
                    edits,
                    vec![value.pointer.to_string()],
                )
            }
            Style::Block | Style::Flow => finding.help("put a blank between"),
        });
    }
}

/// Whether there may be such a place at all: most texts have a blank before each capital.
fn may_join(text: &str) -> bool {
    let bytes = text.as_bytes();
    let mut joins = !text.is_ascii();
    let is_capital = |word| lanes::less(word, b'Z' + 1) & !lanes::less(word, b'A');
    lanes::each(bytes, is_capital, |at| joins |= at > 0 && !b" \"'(".contains(&bytes[at - 1]));
    joins
}

/// Where a capital stands directly after a small letter, a digit or the end of a sentence.
fn joints(text: &str) -> impl Iterator<Item = usize> {
    let is_upper = |at: usize, b: u8| match b {
        b'A'..=b'Z' => true,
        0xc0.. => text[at..].chars().next().is_some_and(char::is_uppercase),
        _ => false,
    };
    let uppers = text.bytes().enumerate().filter(move |&(at, b)| is_upper(at, b)).map(|(at, _)| at);
    uppers.filter(|&at| {
        let before = text[..at].chars().next_back();
        before.is_some_and(|a| a.is_lowercase() || a.is_ascii_digit() || matches!(a, '.' | '?' | '!' | ')'))
    })
}

/// The words on both sides of a place.
fn words(text: &str, at: usize) -> (&str, &str) {
    let inner = |c: char| c.is_alphanumeric() || matches!(c, '.' | '?' | '!' | ')' | '-' | '\'' | '’');
    let start = text[..at].char_indices().rev().take_while(|(_, c)| inner(*c)).last().map_or(at, |(start, _)| start);
    let end = text[at..].char_indices().find(|(_, c)| !c.is_alphanumeric()).map_or(text.len(), |(end, _)| at + end);
    (&text[start..at], &text[at..end])
}

/// Whether the body has both words with nothing but tags and blanks between them, a tag at least.
fn is_parted(text: &str, at: usize, body: &str) -> bool {
    let (left, right) = words(text, at);
    let mark = format!("{left}<");
    memchr::memmem::find_iter(body.as_bytes(), mark.as_bytes()).take(MOST).any(|found| {
        let mut rest = &body[found + left.len()..];
        loop {
            rest = rest.trim_start();
            match rest
                .strip_prefix('<')
                .and_then(|tag| tag.find('>').filter(|end| *end < 4_096).map(|end| &tag[end + 1..]))
            {
                Some(after) => rest = after,
                None => return rest.starts_with(right),
            }
        }
    })
}
