//! Atom's text constructs and content (RFC 4287, sections 3.1 and 4.1.3), written.

use crate::{
    model::{Text, TextKind},
    namespace::{
        ATOM, Ns, SLUGLINE, XHTML,
        element::uri_of,
        emit::{Content, Emitter, Pair},
        markup, say, text,
    },
};

/// Writes a text: text as it is, HTML escaped, XHTML as elements where it is well-formed.
pub(super) fn write(e: &mut Emitter, local: &str, field: &'static str, text: &Text, src: Option<&str>) {
    e.field = field;
    let is_content = local == "content";
    // A type without content: what lies at `src`.
    let xhtml = (text.kind == TextKind::Xhtml).then(|| markup::well_formed(&text.value, None)).flatten();
    let xhtml = xhtml.filter(|same| *same == text.value && src.is_none());
    let media = match &text.kind {
        TextKind::Media(mime) if is_content => Some(mime.as_str()),
        _ => None,
    };
    let by_type = match (&text.kind, &xhtml) {
        (TextKind::Plain | TextKind::Markdown, _) => "text",
        (TextKind::Xhtml, Some(_)) => "xhtml",
        (TextKind::Html | TextKind::Xhtml, _) => "html",
        (TextKind::Media(_), _) => media.unwrap_or("text"),
    };
    // Read back, the kind would be another, or blanks at the ends would go.
    let (read_kind, mode) = text::atom_kind(Some(by_type), None);
    let other_kind = read_kind.as_ref() != Some(&text.kind);
    let blanks = text.value.trim().len() != text.value.len();
    let elements = media.filter(|_| mode == text::Mode::Markup);
    let xml = elements.and_then(|_| markup::well_formed(&text.value, Some(uri_of(ATOM))));
    let mut attributes: Vec<Pair<'_>> = Vec::new();
    if by_type != "text" || text.kind != TextKind::Plain {
        attributes.push((Ns::NONE, "type", by_type));
    }
    attributes.extend(src.map(|src| (Ns::NONE, "src", src)));
    if other_kind || blanks && src.is_none() || elements.is_some() && xml.is_none() && src.is_none() {
        attributes.push((SLUGLINE, "type", text::kind_name(&text.kind)));
    }
    say::inherited(e, text, &mut attributes);
    if src.is_some() {
        return e.element(ATOM, local, &attributes, Content::Empty);
    }
    if let Some(xhtml) = xhtml {
        let markup = format!("<div xmlns=\"{}\">{xhtml}</div>", uri_of(XHTML));
        return e.element(ATOM, local, &attributes, Content::Markup(&markup));
    }
    let readable = matches!(text.kind, TextKind::Html | TextKind::Xhtml | TextKind::Markdown);
    let content = match xml {
        Some(_) => Content::Markup(xml.as_deref().unwrap_or_default()),
        None if readable && text.value.contains(['<', '&']) => Content::CData(&text.value),
        None => Content::Text(&text.value),
    };
    e.element(ATOM, local, &attributes, content);
}
