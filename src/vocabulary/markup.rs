//! Markup in Atom's texts and content: what `type` and `src` say of it (RFC 4287, sections 3.1 and 4.1.3).

use std::ops::Range;

use super::{
    frame::{Frame, Inside},
    kind::{self, Complaint},
    place,
    say::{Said, short},
    table::{Element, Value, Weight},
    walk::Vocabulary,
};
use crate::{
    namespace::XHTML,
    syntax::xml::{Ns, Open},
};

/// What a text construct holds.
pub(super) fn text(walk: &mut Vocabulary<'_>, open: &Open<'_>, row: &'static Element) -> Inside {
    match open.attributes.get(Ns::NONE, "type") {
        None | Some("text") => Inside::Text(Value::PLAIN),
        Some("html") => Inside::Text(Value::HTML),
        Some("xhtml") => Inside::Div,
        // The attribute's own check has a word on that.
        Some("") => Inside::Text(Value::PLAIN),
        Some(other) => {
            let at = place::attribute(walk.text, &open.range, "", "type").map_or(open.range.clone(), |w| w.value);
            let name = walk.name(&open.range, row);
            let words = format!("`type` of `{name}` is `{}`, which is not text, html or xhtml", short(other));
            let said = Said::new("invalid-value", Weight::Must, words, at).help("write text, html or xhtml");
            walk.raise(said.w3c(&["InvalidTextType", "InvalidMIMEType"]).finding(row.note("invalid-type")));
            Inside::Anything
        }
    }
}

/// What Atom's content holds.
pub(super) fn content(walk: &mut Vocabulary<'_>, open: &Open<'_>, row: &'static Element, frame: &mut Frame) -> Inside {
    let get = |name| open.attributes.get(Ns::NONE, name);
    let kind = get("type").map(str::trim);
    let place = |walk: &Vocabulary<'_>, name: &str| {
        place::attribute(walk.text, &open.range, "", name).map_or(open.range.clone(), |w| w.value)
    };
    if get("src").is_some() {
        frame.elsewhere = true;
        match kind {
            None => {
                let words = "`content` with `src` does not say its type";
                let said = Said::new("missing-attribute", Weight::Should, words, place::name(walk.text, &open.range));
                walk.raise(said.help("add `type=\"…\"`, a media type").w3c(&["MissingTypeAttr"]).finding(None));
            }
            Some("text" | "html" | "xhtml") => {
                let words = "`type` of `content` with `src` must be a media type";
                let said = Said::new("invalid-media-type", Weight::Must, words, place(walk, "type"));
                walk.raise(said.help("write `text/html`, say").w3c(&["InvalidMIMEType"]).finding(None));
            }
            Some(_) => {}
        }
        return Inside::Nothing;
    }
    match kind {
        None | Some("text") => Inside::Text(Value::PLAIN),
        Some("html") => Inside::Text(Value::HTML),
        Some("xhtml") => Inside::Div,
        Some(media) => {
            let mut complaints: Vec<Complaint> = Vec::new();
            (kind::MEDIA_TYPE.check)(media, &[], &mut complaints);
            let lower = media.to_ascii_lowercase();
            if !complaints.is_empty() || lower.starts_with("multipart/") || lower.starts_with("message/") {
                let words = format!("`type` of `content` is `{}`, which is no media type it may have", short(media));
                let said = Said::new("invalid-media-type", Weight::Must, words, place(walk, "type"));
                let help = "write text, html, xhtml or a media type such as `image/svg+xml`";
                walk.raise(said.help(help).w3c(&["InvalidMIMEType"]).finding(row.note("invalid-media-type")));
                return Inside::Anything;
            }
            if lower.ends_with("+xml") || lower.ends_with("/xml") {
                Inside::Xml
            } else if lower.starts_with("text/html") {
                Inside::Text(Value::PAGE)
            } else if lower.starts_with("text/") {
                Inside::Text(Value::TEXT)
            } else {
                Inside::Text(Value::BASE64)
            }
        }
    }
}

/// An element inside of markup.
pub(super) fn child(walk: &mut Vocabulary<'_>, open: &Open<'_>) {
    let Some(frame) = walk.innermost() else { return };
    if matches!(frame.inside, Inside::Div) && (open.ns != XHTML || open.local != "div") {
        // Something else stands where the `div` should.
        return;
    }
    frame.children += 1;
}

/// Escaped markup inside of XHTML that holds nothing else: it is shown as it is.
pub(super) fn escaped(walk: &mut Vocabulary<'_>, frame: &Frame) {
    let words = "there is escaped markup in XHTML: readers show it as it is";
    let range = frame.text.clone().unwrap_or_else(|| frame.tag.clone());
    let said = Said::new("html-in-plain-text", Weight::Should, words, place::bare(walk.text, &range));
    let help = "write the elements as elements, or say `type=\"html\"`";
    walk.raise(said.help(help).w3c(&["NotInline"]).finding(None));
}

/// Whether a text of type xhtml is one `div`.
pub(super) fn div(walk: &mut Vocabulary<'_>, frame: &Frame, end: &Range<usize>) {
    if frame.children == 1 {
        return;
    }
    let name = walk.name(&frame.tag, frame.row);
    let (words, place) = match frame.children {
        0 => (
            format!("`{name}` of type xhtml has no `div`"),
            place::missing(walk.text, &frame.tag, end, walk.frames.is_empty()),
        ),
        _ => (format!("`{name}` of type xhtml has more than one `div`"), place::name(walk.text, &frame.tag).into()),
    };
    let said = Said::new("missing-element", Weight::Must, words, place);
    let help = "put what it holds into one `<div xmlns=\"http://www.w3.org/1999/xhtml\">`";
    walk.raise(
        said.help(help)
            .w3c(&["MissingXhtmlDiv", "NotInline", "UnexpectedText"])
            .finding(frame.row.note("missing-element")),
    );
}
