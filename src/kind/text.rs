//! Texts: plain ones, HTML, base64.

use super::{Complaint, Empty, Kind, Row, Weight, row};
use crate::syntax::html::{self, Token};

/// Text.
pub const TEXT: Kind = &Row { empty: Empty::Fine, ..row("text", "text", "", any) };
/// Text.
pub const TITLE: Kind = &Row { empty: Empty::Unwanted, ..row("title", "text", "", any) };
/// Plain text: RSS 2.0; RFC 4287, section 3.1.1.1.
pub const PLAIN_TEXT: Kind = &Row {
    code: "html-in-plain-text",
    w3c: &["ContainsHTML"],
    empty: Empty::Fine,
    ..row("plain text", "plain text", "RSS 2.0; RFC 4287, section 3.1.1.1", plain)
};
/// A plain name: RSS 2.0.
pub const NAME: Kind = &Row {
    code: "html-in-plain-text",
    w3c: &["ContainsHTML"],
    empty: Empty::Unwanted,
    ..row("name", "a plain name", "RSS 2.0", plain)
};
/// HTML: RSS 2.0; RFC 4287, section 3.1.1.2.
pub const HTML: Kind = &Row {
    code: "invalid-html",
    w3c: &["NotHtml"],
    empty: Empty::Fine,
    ..row("html", "HTML", "RSS 2.0; RFC 4287, section 3.1.1.2", markup_text)
};
/// As short as it must be.
pub const AT_MOST: Kind = &Row {
    code: "too-long",
    w3c: &["TooLong"],
    empty: Empty::Fine,
    ..row("at most", "as short as it must be", "", at_most)
};
/// Base64: RFC 4648, section 4.
pub const BASE64: Kind = &Row {
    code: "invalid-value",
    w3c: &["NotBase64"],
    empty: Empty::Fine,
    ..row("base64", "base64", "RFC 4648, section 4", base64)
};
/// Plain text in Atom.
pub const ATOM_TEXT: Kind = &Row {
    code: "html-in-plain-text",
    w3c: &["ContainsUndeclaredHTML"],
    empty: Empty::Fine,
    ..row("atom text", "plain text", "RFC 4287, section 3.1.1.1", plain)
};
/// A whole page.
pub const PAGE: Kind = &Row {
    code: "invalid-html",
    w3c: &["HtmlFragment"],
    empty: Empty::Fine,
    ..row("page", "a whole page", "RFC 4287, section 4.1.3.3", page)
};

/// Any text will do.
fn any(_: &str, _: &[&str], _: &mut Vec<Complaint>) {}

/// At most as many characters as the table says.
fn at_most(value: &str, words: &[&str], out: &mut Vec<Complaint>) {
    let most: usize = words.first().and_then(|word| word.parse().ok()).unwrap_or(usize::MAX);
    let length = value.chars().count();
    if length > most {
        let words = format!("the text has {length} characters; more than {most} are cut off").into();
        out.push(Complaint { words, help: "shorten it".into(), ..Complaint::default() });
    }
}

/// Text where markup would be shown as it is.
pub(super) fn plain(value: &str, _: &[&str], out: &mut Vec<Complaint>) {
    let Some(range) = markup(value) else { return };
    out.push(Complaint {
        words: "there is HTML in what is plain text: readers show it as it is".into(),
        help: "write it without tags and entities".into(),
        range,
        weight: Some(Weight::Should),
        ..Complaint::default()
    });
}

/// The first tag of HTML, or the first entity, in a text.
fn markup(value: &str) -> Option<std::ops::Range<usize>> {
    memchr::memchr2(b'<', b'&', value.as_bytes())?;
    let tag = value.match_indices('<').find_map(|(at, _)| {
        let rest = &value[at + 1..];
        let name = rest.strip_prefix('/').unwrap_or(rest);
        let length = name.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(name.len());
        let closed = name[length..].starts_with(['>', '/', ' ', '\n', '\t']);
        let end = memchr::memchr(b'>', rest.as_bytes())?;
        (closed && html::is_element(&name[..length])).then(|| at..at + end + 2)
    });
    tag.or_else(|| {
        value.match_indices('&').find_map(|(at, _)| {
            let rest = &value[at + 1..];
            let length = rest.find(';').filter(|length| (2..=10).contains(length))?;
            let name = &rest[..length];
            // RSS's profile wants these two in titles, so that they are read alike everywhere.
            if name.eq_ignore_ascii_case("#x26") || name.eq_ignore_ascii_case("#x3c") {
                return None;
            }
            let number = name.strip_prefix('#').is_some_and(|digits| {
                let digits = digits.strip_prefix(['x', 'X']).unwrap_or(digits);
                !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_hexdigit())
            });
            (number || name.bytes().all(|b| b.is_ascii_alphanumeric()) && html::entity(name).is_some())
                .then(|| at..at + length + 2)
        })
    })
}

/// HTML: a piece of it, with tags that HTML has.
fn markup_text(value: &str, _: &[&str], out: &mut Vec<Complaint>) {
    const OF_PAGES: [&str; 6] = ["html", "head", "body", "title", "meta", "frameset"];
    // Most markup has none of these, and need not be taken apart.
    let bytes = value.as_bytes();
    let begins = |at: usize, name: &str| {
        bytes.get(at + 1..=at + name.len()).is_some_and(|own| own.eq_ignore_ascii_case(name.as_bytes()))
    };
    let may_be = |at: usize| {
        let first = bytes.get(at + 1).map(u8::to_ascii_lowercase);
        OF_PAGES.iter().any(|name| name.as_bytes().first().copied() == first && begins(at, name))
    };
    if !memchr::memchr_iter(b'<', bytes).any(may_be) {
        return;
    }
    for token in html::tokens(value) {
        let Token::Open(tag) = token else { continue };
        let lower = tag.name.to_ascii_lowercase();
        if OF_PAGES.contains(&&*lower) {
            let start = tag.name.as_ptr() as usize - value.as_ptr() as usize;
            return out.push(Complaint {
                words: format!("`<{lower}>` is for whole pages: this is a piece of one").into(),
                help: "leave it out".into(),
                range: start..start + tag.name.len(),
                code: Some("invalid-html"),
                weight: Some(Weight::Should),
                w3c: &["SecurityRisk"],
            });
        }
    }
}

/// A whole page of HTML.
fn page(value: &str, _: &[&str], out: &mut Vec<Complaint>) {
    let whole =
        html::tokens(value).any(|token| matches!(token, Token::Open(tag) if tag.name.eq_ignore_ascii_case("html")));
    if !whole {
        out.push(Complaint {
            words: "`text/html` is for a whole page, and this is a piece of one".into(),
            help: "write `type=\"html\"`".into(),
            ..Complaint::default()
        });
    }
}

/// Bytes in base64 (RFC 4648).
fn base64(value: &str, _: &[&str], out: &mut Vec<Complaint>) {
    let digit = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'+' | b'/');
    let bare: Vec<u8> = value.bytes().filter(|byte| !byte.is_ascii_whitespace()).collect();
    let padding = bare.iter().rev().take_while(|&&byte| byte == b'=').count();
    if padding > 2 || !bare.len().is_multiple_of(4) || !bare[..bare.len() - padding].iter().all(|&byte| digit(byte)) {
        out.push(Complaint::default());
    }
}

/// Whether a text holds tags or entities of HTML.
pub(crate) fn holds_markup(text: &str) -> bool {
    memchr::memchr(b'<', text.as_bytes()).is_some() && markup(text).is_some()
}
