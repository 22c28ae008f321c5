//! Active content taken out of HTML and Markdown. The one file that knows ammonia.
//!
//! What may stay is said once, in the tables here: HTML goes through ammonia, which builds the tree that a browser would
//! build and writes only what the tables name. The HTML inside of Markdown is in pieces, so that it is judged tag by tag
//! and each tag that stays is written anew. What is gone is told, a [`Removed`] each. Both are idempotent.

mod in_markdown;

use std::{
    borrow::Cow,
    collections::{HashMap, HashSet},
    sync::LazyLock,
};

use ammonia::Builder;

pub use in_markdown::markdown;

use super::{
    active,
    html::{self, Tag, Token, tokens},
};

/// Something that was taken out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Removed {
    /// What it is: the name of an element, of an attribute, or `javascript`, `comment`, `element`, `attribute`.
    pub kind: Cow<'static, str>,
    /// It as it stood there, or its beginning.
    pub example: String,
}

/// Elements that stay: text and its structure, and pictures, sound and films that play when somebody asks for it.
const ELEMENTS: &[&str] = &[
    "a",
    "abbr",
    "acronym",
    "address",
    "area",
    "article",
    "aside",
    "audio",
    "b",
    "bdi",
    "bdo",
    "big",
    "blockquote",
    "br",
    "caption",
    "center",
    "cite",
    "code",
    "col",
    "colgroup",
    "data",
    "dd",
    "del",
    "details",
    "dfn",
    "div",
    "dl",
    "dt",
    "em",
    "figcaption",
    "figure",
    "font",
    "footer",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "hgroup",
    "hr",
    "i",
    "img",
    "ins",
    "kbd",
    "li",
    "main",
    "map",
    "mark",
    "nav",
    "ol",
    "p",
    "picture",
    "pre",
    "q",
    "rp",
    "rt",
    "ruby",
    "s",
    "samp",
    "section",
    "small",
    "source",
    "span",
    "strike",
    "strong",
    "sub",
    "summary",
    "sup",
    "table",
    "tbody",
    "td",
    "tfoot",
    "th",
    "thead",
    "time",
    "tr",
    "track",
    "tt",
    "u",
    "ul",
    "var",
    "video",
    "wbr",
];
/// Elements that go with what is in them.
const WHOLE: &[&str] =
    &["script", "style", "template", "noscript", "iframe", "object", "applet", "noembed", "noframes"];
/// Attributes that may stand at any element. Footnotes and links within a page need `id`.
const ATTRIBUTES: &[&str] = &["id", "lang", "title", "dir", "align", "valign", "width", "height"];
/// Attributes that may stand at some. Classes say how code is coloured and how pictures float; elsewhere they would
/// borrow the site's own design.
const ATTRIBUTES_OF: &[(&str, &[&str])] = &[
    ("a", &["href", "hreflang", "rel", "name", "class"]),
    ("area", &["href", "alt", "coords", "shape"]),
    ("audio", &["src", "controls", "loop", "muted", "preload"]),
    ("blockquote", &["cite"]),
    ("code", &["class"]),
    ("col", &["span"]),
    ("colgroup", &["span"]),
    ("data", &["value"]),
    ("del", &["cite", "datetime"]),
    ("details", &["open"]),
    ("div", &["class"]),
    ("figcaption", &["class"]),
    ("figure", &["class"]),
    ("font", &["color", "face", "size"]),
    ("img", &["src", "srcset", "sizes", "alt", "class", "loading", "decoding", "usemap"]),
    ("ins", &["cite", "datetime"]),
    ("li", &["value", "class"]),
    ("map", &["name"]),
    ("ol", &["start", "reversed", "type"]),
    ("pre", &["class"]),
    ("q", &["cite"]),
    ("section", &["class"]),
    ("source", &["src", "srcset", "sizes", "type", "media"]),
    ("span", &["class"]),
    ("sup", &["class"]),
    ("table", &["border", "summary"]),
    ("td", &["colspan", "rowspan", "headers"]),
    ("th", &["colspan", "rowspan", "headers", "scope", "abbr"]),
    ("time", &["datetime"]),
    ("track", &["src", "kind", "srclang", "label", "default"]),
    ("ul", &["class"]),
    ("video", &["src", "poster", "controls", "loop", "muted", "preload", "playsinline"]),
];
/// Attributes that are addresses.
const ADDRESSES: &[&str] = &["href", "src", "cite", "poster", "usemap"];
/// Attributes that are lists of addresses.
const ADDRESS_LISTS: &[&str] = &["srcset"];
/// Schemes of addresses that lead somewhere and run nothing.
const SCHEMES: &[&str] = &[
    "http", "https", "mailto", "tel", "sms", "geo", "ftp", "ftps", "irc", "ircs", "xmpp", "matrix", "magnet", "news",
    "gemini",
];
/// Pictures that are their own address. SVG is none of them: it may hold scripts.
const PICTURES: &[&str] =
    &["data:image/png", "data:image/jpeg", "data:image/gif", "data:image/webp", "data:image/avif"];

/// HTML without active content.
pub fn html(text: &str) -> (String, Vec<Removed>) {
    let removed = removed(text);
    if !html::is_bearable(text) {
        // A tree of this depth takes quadratic time, and nobody writes one.
        let plain = html::escape(&html::to_text(text)).into_owned();
        let example = text.chars().take(80).collect();
        return (plain, [removed, vec![Removed { kind: "nesting".into(), example }]].concat());
    }
    static CLEANER: LazyLock<Builder<'static>> = LazyLock::new(cleaner);
    (CLEANER.clean(text).to_string(), removed)
}

fn cleaner() -> Builder<'static> {
    let mut schemes: HashSet<&str> = SCHEMES.iter().copied().collect();
    // Which of them may stay is told by the filter.
    schemes.insert("data");
    let attributes: HashMap<&str, HashSet<&str>> =
        ATTRIBUTES_OF.iter().map(|(element, names)| (*element, names.iter().copied().collect())).collect();
    let mut cleaner = Builder::empty();
    cleaner
        .tags(ELEMENTS.iter().copied().collect())
        .clean_content_tags(WHOLE.iter().copied().collect())
        .generic_attributes(ATTRIBUTES.iter().copied().collect())
        .tag_attributes(attributes)
        .url_schemes(schemes)
        .strip_comments(true)
        .link_rel(None)
        .attribute_filter(|element, name, value| may_stay(element, name, value).then(|| value.into()));
    cleaner
}

/// Whether an attribute may stand at an element that stays. The value has its references resolved.
fn may_stay(element: &str, name: &str, value: &str) -> bool {
    let known =
        ATTRIBUTES.contains(&name) || ATTRIBUTES_OF.iter().any(|(of, names)| *of == element && names.contains(&name));
    if !known {
        return false;
    }
    if ADDRESS_LISTS.contains(&name) {
        // A picture in the address holds a comma.
        return value.split(", ").all(|one| leads_somewhere(one.trim_start(), true));
    }
    !ADDRESSES.contains(&name) || leads_somewhere(value, matches!(element, "img" | "source" | "video" | "audio"))
}

/// Whether an address is relative or has a scheme that runs nothing.
fn leads_somewhere(address: &str, picture: bool) -> bool {
    // Browsers pass over blanks and controls in a scheme.
    let plain: String = address.chars().filter(|c| *c > ' ' && !c.is_control()).take(64).collect();
    let end = plain.find(|c: char| !c.is_ascii_alphanumeric() && !matches!(c, '+' | '-' | '.')).unwrap_or(plain.len());
    if !plain[end..].starts_with(':') {
        // A reference in the scheme is one that was escaped twice.
        return !plain[end..].starts_with("&#") && !plain[end..].starts_with("&colon");
    }
    let plain = plain.to_ascii_lowercase();
    SCHEMES.contains(&&plain[..end]) || picture && PICTURES.iter().any(|known| plain.starts_with(known))
}

/// What goes from a piece of HTML, by its tags.
fn removed(text: &str) -> Vec<Removed> {
    let mut found = Vec::new();
    if memchr::memchr(b'<', text.as_bytes()).is_none() {
        return found;
    }
    let mut cut = tokens(text);
    let mut at = 0;
    while let Some(token) = cut.next() {
        let end = text.len() - cut.left();
        let written = &text[at..end];
        at = end;
        match token {
            Token::Open(tag) => drop(rewritten(&tag, written, &mut found)),
            Token::Comment(_) => found.push(Removed::new("comment", written)),
            _ => {}
        }
    }
    found
}

impl Removed {
    fn new(kind: impl Into<Cow<'static, str>>, example: &str) -> Self {
        Removed { kind: kind.into(), example: example.chars().take(100).collect() }
    }
}

/// A start tag with nothing but what may stay; `None` where its element goes. What goes is added to `found`.
fn rewritten(tag: &Tag<'_>, written: &str, found: &mut Vec<Removed>) -> Option<String> {
    let name = tag.name.to_ascii_lowercase();
    if !ELEMENTS.contains(&&*name) {
        let kind = if html::is_element(&name) || matches!(&*name, "animate" | "set" | "foreignobject" | "portal") {
            Cow::Owned(name)
        } else {
            Cow::Borrowed("element")
        };
        found.push(Removed::new(kind, written));
        return None;
    }
    let mut out = format!("<{name}");
    let mut seen: Vec<String> = Vec::new();
    for (attribute, value) in tag.attributes() {
        let attribute = attribute.to_ascii_lowercase();
        if may_stay(&name, &attribute, &value) {
            // Of two, the first counts.
            if !seen.contains(&attribute) && seen.len() < 32 {
                out.push(' ');
                out.push_str(&attribute);
                out.push_str("=\"");
                out.push_str(&html::escape_attribute(&value).replace(['\n', '\r'], " "));
                out.push('"');
                seen.push(attribute);
            }
            continue;
        }
        let example = format!("{attribute}=\"{value}\"");
        let kind: Cow<'static, str> = match &*attribute {
            // By their names they would be kinds without number.
            name if name.starts_with("on") => Cow::Borrowed("on…"),
            "style" | "class" | "srcdoc" | "href" | "src" | "srcset" => Cow::Owned(attribute),
            _ => Cow::Borrowed("attribute"),
        };
        let is_script = active::runs(&value) && ADDRESSES.contains(&&*kind);
        found.push(Removed::new(if is_script { Cow::Borrowed("javascript") } else { kind }, &example));
    }
    out.push_str(if tag.is_empty() { " />" } else { ">" });
    Some(out)
}

#[cfg(test)]
mod tests;
