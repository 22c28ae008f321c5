//! What is said of a feed's elements while it is read. Where, the walk adds.

use super::{ATOM, element::uri_of, meaning::Dialect};
use crate::finding::{Finding, Place};

/// So much of a text from outside that a sentence stays one.
fn short(text: &str, most: usize) -> String {
    text.chars().take(most).collect()
}

/// Text where only elements may stand.
pub(super) fn stray_text() -> Finding {
    let message = "text stands between the elements of the feed, where it means nothing";
    Finding::warning("stray-text", message, Place::Source).help("put it into an element, or remove it")
}

/// An element whose name is taken for a misspelt one.
pub(super) fn misspelt(name: &str, meant: &str) -> Finding {
    let message = format!("`{}` is no element of this feed; it is nearly `{meant}`", short(name, 40));
    Finding::warning("misspelt-element", message, Place::Source)
        .label(format!("read as `{meant}` where there is no other"))
        .help(format!("write `{meant}`"))
        .w3c(&["UndefinedElement"])
}

/// A feed whose elements are in another namespace than their own.
pub(super) fn wrong_namespace(name: &str, uri: &str, dialect: Dialect) -> Finding {
    let (format, help) = match dialect {
        Dialect::Atom => ("Atom", format!("write `xmlns=\"{}\"`", uri_of(ATOM))),
        Dialect::Rss => ("RSS", "leave the namespace out: RSS has none".to_owned()),
    };
    let place = if uri.is_empty() { "no namespace".to_owned() } else { format!("the namespace `{}`", short(uri, 100)) };
    let message = format!("`{}` is in {place}; it is read as {format}", short(name, 40));
    Finding::error("wrong-namespace", message, Place::Source).help(help).w3c(&["MissingNamespace"])
}
