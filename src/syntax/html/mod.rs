//! HTML fragments: what is text in them, what is markup, and Markdown of them. The one folder that knows
//! htmlize.
//!
//! Everything here takes any text, in linear time, and ends broken markup as browsers do.

mod fragment;
mod to_markdown;
mod to_text;
mod token;

use std::borrow::Cow;

pub use to_markdown::{Made, is_bearable, to_markdown};
pub use to_text::to_text;
pub use token::{Tag, Token, Tokens, tokens};

/// Names of elements of HTML, SVG and MathML, those of old browsers too; sorted.
const ELEMENTS: &[&str] = &[
    "a",
    "abbr",
    "acronym",
    "address",
    "applet",
    "area",
    "article",
    "aside",
    "audio",
    "b",
    "base",
    "basefont",
    "bdi",
    "bdo",
    "bgsound",
    "big",
    "blink",
    "blockquote",
    "body",
    "br",
    "button",
    "canvas",
    "caption",
    "center",
    "cite",
    "code",
    "col",
    "colgroup",
    "data",
    "datalist",
    "dd",
    "del",
    "details",
    "dfn",
    "dialog",
    "dir",
    "div",
    "dl",
    "dt",
    "em",
    "embed",
    "fieldset",
    "figcaption",
    "figure",
    "font",
    "footer",
    "form",
    "frame",
    "frameset",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "head",
    "header",
    "hgroup",
    "hr",
    "html",
    "i",
    "iframe",
    "img",
    "input",
    "ins",
    "kbd",
    "label",
    "legend",
    "li",
    "link",
    "main",
    "map",
    "mark",
    "marquee",
    "math",
    "menu",
    "meta",
    "meter",
    "nav",
    "nobr",
    "noembed",
    "noframes",
    "noscript",
    "object",
    "ol",
    "optgroup",
    "option",
    "output",
    "p",
    "param",
    "picture",
    "plaintext",
    "pre",
    "progress",
    "q",
    "rp",
    "rt",
    "ruby",
    "s",
    "samp",
    "script",
    "search",
    "section",
    "select",
    "slot",
    "small",
    "source",
    "span",
    "strike",
    "strong",
    "style",
    "sub",
    "summary",
    "sup",
    "svg",
    "table",
    "tbody",
    "td",
    "template",
    "textarea",
    "tfoot",
    "th",
    "thead",
    "time",
    "title",
    "tr",
    "track",
    "tt",
    "u",
    "ul",
    "var",
    "video",
    "wbr",
    "xmp",
];

/// Whether text holds tags, comments or character references, so that it is HTML rather than plain text. A tag counts
/// when HTML knows its name, or when it is a custom element's; `a < b`, `AT&T` and `<me@example.org>` are plain.
pub fn is_html(text: &str) -> bool {
    if memchr::memchr2(b'<', b'&', text.as_bytes()).is_none() {
        return false;
    }
    let known = |name: &str| {
        is_element(name)
            || (name.contains('-') && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-'))
    };
    tokens(text).any(|token| match token {
        Token::Open(tag) => known(tag.name),
        Token::Close(name) => known(name),
        Token::Comment(_) => true,
        Token::Other => false,
        Token::Text(text) | Token::Raw(text) => has_reference(text),
    })
}

/// Whether HTML, SVG or MathML has, or had, an element of that name.
pub fn is_element(name: &str) -> bool {
    ELEMENTS.binary_search(&name.to_ascii_lowercase().as_str()).is_ok()
}

/// Whether text holds a character reference that ends in a semicolon.
fn has_reference(text: &str) -> bool {
    memchr::memchr_iter(b'&', text.as_bytes()).any(|at| {
        // The longest name has 31 letters.
        let rest = &text.as_bytes()[at + 1..text.len().min(at + 34)];
        let Some(end) = memchr::memchr(b';', rest) else { return false };
        let name = &rest[..end];
        match name.strip_prefix(b"#") {
            Some([b'x' | b'X', digits @ ..]) => !digits.is_empty() && digits.iter().all(u8::is_ascii_hexdigit),
            Some(digits) => !digits.is_empty() && digits.iter().all(u8::is_ascii_digit),
            None => std::str::from_utf8(name).is_ok_and(|name| entity(name).is_some()),
        }
    })
}

/// The text with its tags and comments cut out, and nothing else changed: entities stay as they are, and so does what
/// scripts and styles hold.
pub fn strip_tags(text: &str) -> String {
    if memchr::memchr(b'<', text.as_bytes()).is_none() {
        return text.to_owned();
    }
    let mut stripped = String::with_capacity(text.len() / 2);
    for token in tokens(text) {
        if let Token::Text(text) | Token::Raw(text) = token {
            stripped.push_str(text);
        }
    }
    stripped
}

/// The text with HTML's character references resolved, those without semicolon as browsers do.
pub fn unescape(text: &str) -> Cow<'_, str> {
    if memchr::memchr(b'&', text.as_bytes()).is_none() {
        return Cow::Borrowed(text);
    }
    htmlize::unescape(text)
}

/// Plain text as HTML: `&`, `<` and `>` escaped.
pub fn escape(text: &str) -> Cow<'_, str> {
    htmlize::escape_text(text)
}

/// Plain text as the value of an attribute in double quotes: `&`, `<`, `>` and `"` escaped.
pub fn escape_attribute(text: &str) -> Cow<'_, str> {
    htmlize::escape_attribute(text)
}

/// What a named character reference stands for; the name is without `&` and `;`.
pub fn entity(name: &str) -> Option<&'static str> {
    let mut key = [0; htmlize::ENTITY_MAX_LENGTH];
    let length = name.len() + 2;
    let slot = key.get_mut(..length)?;
    slot[0] = b'&';
    slot[1..=name.len()].copy_from_slice(name.as_bytes());
    slot[length - 1] = b';';
    htmlize::ENTITIES.get(slot as &[u8]).and_then(|text| std::str::from_utf8(text).ok())
}

#[cfg(test)]
mod tests;
