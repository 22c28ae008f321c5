//! Markdown: the HTML in it is judged tag by tag, and links that run what they name become their words.

use std::ops::Range;

use super::{
    super::{
        active,
        html::{Token, tokens},
        markdown::{self, Piece, spliced},
    },
    ELEMENTS, Removed, WHOLE, leads_somewhere, rewritten,
};

/// How often Markdown is looked at again after something was taken out of it.
const ROUNDS: usize = 8;

/// Markdown without active content: the HTML in it, and links that run what they name. Code stays.
pub fn markdown(text: &str) -> (String, Vec<Removed>) {
    let (mut text, mut found) = round(text);
    for _ in 0..ROUNDS {
        // What stood around something that was taken out may be a tag now: `<</b>script>`.
        let (again, mut more) = round(&text);
        found.append(&mut more);
        if again == text {
            return (text, found);
        }
        text = again;
    }
    let (text, mut more) = round(&text.replace('<', "&lt;"));
    found.append(&mut more);
    (text, found)
}

fn round(text: &str) -> (String, Vec<Removed>) {
    let mut found = Vec::new();
    let mut edits: Vec<(Range<usize>, String)> = Vec::new();
    markdown::pieces(text, &mut |piece| match piece {
        // `{{<note>}}` is a shortcode of the site's own; one from a feed is escaped when it is written.
        Piece::Html(range) if text[..range.start].ends_with("{{") => {}
        Piece::Html(range) => {
            let cleaned = pieces_of_html(&text[range.clone()], &mut found);
            if cleaned != text[range.clone()] {
                edits.push((range, cleaned));
            }
        }
        Piece::Text(range) => {
            for at in memchr::memchr_iter(b'<', &text.as_bytes()[range.clone()]) {
                let at = range.start + at;
                let begins =
                    text[at + 1..].starts_with(|c: char| c.is_ascii_alphabetic() || matches!(c, '/' | '!' | '?'));
                if begins && !text[..at].ends_with(['\\', '{']) {
                    edits.push((at..at + 1, "&lt;".to_owned()));
                }
            }
        }
        Piece::Link { whole, label, address } => {
            if !leads_somewhere(address, true) {
                found.push(Removed::new("javascript", &text[whole.clone()]));
                edits.push((whole.start..label.start, String::new()));
                edits.push((label.end..whole.end, String::new()));
            }
        }
        Piece::Definition { whole, address } => {
            if !leads_somewhere(address, true) {
                found.push(Removed::new("javascript", &text[whole.clone()]));
                edits.push((whole, String::new()));
            }
        }
    });
    edits.retain(|(range, with)| !(range.is_empty() && with.is_empty()));
    // What stands in a definition that goes, or in the address of a link that does, is gone with it.
    let out = spliced(text, edits);
    // What another reader of Markdown would take for a link.
    let addresses: Vec<Range<usize>> =
        active::find(&out).into_iter().filter(active::Active::is_address).map(|active| active.range).collect();
    if addresses.is_empty() {
        return (out, found);
    }
    let (mut edits, mut at) = (Vec::with_capacity(addresses.len()), 0);
    for range in addresses.into_iter().filter(|range| !range.is_empty()) {
        if range.start >= at {
            at = range.end;
            found.push(Removed::new("javascript", &out[range.clone()]));
            edits.push((range, "#".to_owned()));
        }
    }
    (spliced(&out, edits), found)
}

/// A stretch of HTML in Markdown, tag by tag.
fn pieces_of_html(text: &str, found: &mut Vec<Removed>) -> String {
    let mut out = String::with_capacity(text.len());
    let mut cut = tokens(text);
    let mut at = 0;
    // Whether what `script` and its like hold is passed over.
    let mut hidden = false;
    while let Some(token) = cut.next() {
        let end = text.len() - cut.left();
        let written = &text[at..end];
        at = end;
        match token {
            Token::Open(tag) => {
                hidden = WHOLE.iter().any(|name| tag.name.eq_ignore_ascii_case(name));
                out.extend(rewritten(&tag, written, found));
            }
            Token::Close(name) => {
                let name = name.to_ascii_lowercase();
                if ELEMENTS.contains(&&*name) {
                    out.push_str(&format!("</{name}>"));
                }
            }
            Token::Text(text) => escape_open(text, &mut out),
            Token::Raw(text) => {
                if !hidden {
                    escape_open(text, &mut out);
                }
            }
            Token::Comment(_) => found.push(Removed::new("comment", written)),
            // A tag that the text cuts off.
            Token::Other => {
                if !written.ends_with('>') {
                    escape_open(written, &mut out);
                }
            }
        }
    }
    out
}

/// Text whose `<` begin nothing.
fn escape_open(text: &str, out: &mut String) {
    out.push_str(&text.replace('<', "&lt;"));
}
