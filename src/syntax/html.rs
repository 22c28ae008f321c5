//! HTML fragments: what is text in them, what is markup, and Markdown of them. The one file that knows htmd and htmlize.

use std::borrow::Cow;

/// Whether text holds tags, comments or character references, so that it is HTML rather than plain text.
pub fn is_html(_text: &str) -> bool {
    false
}

/// The text with its tags and comments cut out, and nothing else changed: entities stay as they are.
pub fn strip_tags(text: &str) -> String {
    text.to_owned()
}

/// The text with HTML's character references resolved.
pub fn unescape(text: &str) -> Cow<'_, str> {
    Cow::Borrowed(text)
}

/// Plain text as HTML: `&`, `<` and `>` escaped.
pub fn escape(text: &str) -> Cow<'_, str> {
    Cow::Borrowed(text)
}

/// HTML as plain text for people: blocks on lines of their own, references resolved, scripts and styles gone.
pub fn to_text(text: &str) -> String {
    text.to_owned()
}

/// HTML as Markdown; what Markdown cannot say stays HTML. `None` when it is nested deeper than the converter bears.
pub fn to_markdown(text: &str) -> Option<String> {
    Some(text.to_owned())
}

/// The text that HTML's named character reference stands for, without `&` and `;`: `nbsp` gives U+00A0.
pub fn entity(name: &str) -> Option<&'static str> {
    let text = htmlize::ENTITIES.get(format!("&{name};").as_bytes())?;
    std::str::from_utf8(text).ok()
}
