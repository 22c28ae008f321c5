//! Text constructs: which kind of text an element holds, and how a text is said in RSS and Atom (RFC 4287, section 3.1).

use super::{element::Element, link::Links, meaning::Dialect};
use crate::{
    model::{Text, TextKind},
    syntax::{base64, html},
};

/// How an element's type says that its content is to be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Mode {
    /// As text, in which markup was escaped.
    Escaped,
    /// As elements.
    Markup,
    /// As base64.
    Base64,
}

/// Kind and mode of an Atom text construct, from its `type` and, in Atom 0.3, its `mode`. `None` where no `type` says.
pub(crate) fn atom_kind(element_type: Option<&str>, mode: Option<&str>) -> (Option<TextKind>, Mode) {
    let mode = mode.map(str::trim).map(str::to_ascii_lowercase);
    let mode = mode.as_deref();
    let Some(written) = element_type.map(str::trim).filter(|written| !written.is_empty()) else {
        let mode = if mode == Some("base64") { Mode::Base64 } else { Mode::Escaped };
        return (None, mode);
    };
    let lower = written.to_ascii_lowercase();
    let essence = lower.split(';').next().unwrap_or_default().trim();
    let (kind, by_type) = match essence {
        "text" | "text/plain" | "plain" => (TextKind::Plain, Mode::Escaped),
        "html" | "text/html" => (TextKind::Html, Mode::Escaped),
        "xhtml" | "application/xhtml+xml" => (TextKind::Xhtml, Mode::Markup),
        "text/markdown" | "text/x-markdown" => (TextKind::Markdown, Mode::Escaped),
        _ if essence.ends_with("+xml") || essence.ends_with("/xml") => {
            (TextKind::Media(written.to_owned()), Mode::Markup)
        }
        // `multipart/…` of Atom 0.3 holds alternatives that nobody wrote; other words that are no type are none.
        _ if !essence.contains('/') => return (None, Mode::Escaped),
        _ if essence.starts_with("text/") => (TextKind::Media(written.to_owned()), Mode::Escaped),
        // Bytes of no kind: read as text where they are that.
        _ if essence == "application/octet-stream" => return (None, Mode::Base64),
        // What is not text is base64 and stays so.
        _ => (TextKind::Media(written.to_owned()), Mode::Escaped),
    };
    let mode = match mode {
        Some("escaped") => Mode::Escaped,
        Some("base64") => Mode::Base64,
        _ => by_type,
    };
    (Some(kind), mode)
}

/// The text that an element holds, and whether its attributes are all in it. `None` where it is empty.
pub(crate) fn read(element: &Element<'_>, dialect: Dialect, links: &mut Links) -> Option<(Text, bool)> {
    let own = element.own("type").and_then(kind_named);
    let (kind, mode) = match dialect {
        Dialect::Atom => atom_kind(element.get("type"), element.get("mode")),
        Dialect::Rss => (None, Mode::Escaped),
    };
    let whole = match dialect {
        Dialect::Atom => element.has_only(&["type", "mode"]),
        Dialect::Rss => element.has_only(&[]),
    };
    let explicit = own.is_some();
    let text = if explicit { element.text } else { element.trimmed() };
    // Of a kind that is told, even nothing is something: what lies elsewhere.
    if text.is_empty() && !explicit {
        return None;
    }
    let decoded = (mode == Mode::Base64).then(|| base64::text(text)).flatten();
    let (kind, value) = match (own, kind, decoded) {
        (Some(kind), ..) => (kind, text.to_owned()),
        (None, None | Some(TextKind::Plain | TextKind::Html), _) if element.markup => {
            (TextKind::Xhtml, text.to_owned())
        }
        (None, Some(TextKind::Xhtml), _) if !element.markup => xhtml_as_text(text, mode),
        (None, Some(kind @ TextKind::Media(_)), None) => (kind, text.to_owned()),
        (None, Some(kind), Some(decoded)) => (kind, decoded),
        (None, Some(kind), None) => (kind, text.to_owned()),
        (None, None, Some(decoded)) => guess(&decoded),
        (None, None, None) if dialect == Dialect::Atom => (TextKind::Plain, text.to_owned()),
        (None, None, None) => guess(text),
    };
    let base = match element.base {
        _ if kind == TextKind::Plain => None,
        Some(base) => Some(links.resolve(None, base)).filter(|base| !links.is_own(base)),
        None => links.inherited().map(str::to_owned),
    };
    let language = element.language.map(str::to_owned).filter(|language| !language.is_empty());
    Some((Text { kind, value, base, language }, whole))
}

/// XHTML that came without elements: plain text where it was to be markup, HTML where it was escaped.
fn xhtml_as_text(text: &str, mode: Mode) -> (TextKind, String) {
    match mode {
        // In markup, a text without elements has its references resolved: what is left is characters.
        Mode::Markup if text.contains(['<', '&', '>']) => (TextKind::Html, html::escape(text).into_owned()),
        Mode::Markup => (TextKind::Plain, text.to_owned()),
        _ => (TextKind::Html, text.to_owned()),
    }
}

/// Text of RSS, which does not say what it is: HTML where it has tags or references, once escaped.
fn guess(text: &str) -> (TextKind, String) {
    if !html::is_html(text) {
        return (TextKind::Plain, text.to_owned());
    }
    match escaped_twice(text) {
        Some(once) => (TextKind::Html, once),
        None => (TextKind::Html, text.to_owned()),
    }
}

/// HTML whose tags were escaped once too often: there is none left, and it begins and ends with an escaped one.
/// What merely speaks of a tag in its midst is left alone.
fn escaped_twice(text: &str) -> Option<String> {
    let begins = |start: &str| text.get(..start.len()).is_some_and(|s| s.eq_ignore_ascii_case(start));
    let letter = |at: usize| text.as_bytes().get(at).is_some_and(u8::is_ascii_alphabetic);
    let all = !text.contains('<') && begins("&lt;") && letter(4) && text.ends_with("&gt;");
    if !all || !(text.contains("&lt;/") || text.contains("/&gt;")) {
        return None;
    }
    Some(html::unescape(text).into_owned())
}

/// The word for a kind in `slugline:type`, and Atom's `type` where it has that kind.
pub(crate) fn kind_name(kind: &TextKind) -> &str {
    match kind {
        TextKind::Plain => "text",
        TextKind::Html => "html",
        TextKind::Xhtml => "xhtml",
        TextKind::Markdown => "markdown",
        TextKind::Media(name) => name,
    }
}

/// The kind of a word in `slugline:type`.
pub(crate) fn kind_named(name: &str) -> Option<TextKind> {
    Some(match name {
        "text" => TextKind::Plain,
        "html" => TextKind::Html,
        "xhtml" => TextKind::Xhtml,
        "markdown" => TextKind::Markdown,
        _ if name.contains('/') => TextKind::Media(name.to_owned()),
        _ => return None,
    })
}

/// Whether RSS text must say its kind, since a reader that guesses would take it for something else.
pub(crate) fn must_say_kind(text: &Text) -> bool {
    let (kind, value) = guess(text.value.trim());
    kind != text.kind || value != text.value
}
