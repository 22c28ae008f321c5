//! Elements inside a text, as markup: a well-formed fragment in which XHTML needs no prefix and no declaration.

use std::io::Cursor;

use super::{
    ATOM, ATOM_03, KNOWN, Ns, RSS, XHTML, XML,
    element::uri_of,
    field::Field,
    name::Names,
    opened::{self, Opened},
};
use crate::{
    error::Error,
    limits::Limits,
    model::{Attribute, Node},
    syntax::xml::{Token, Xml, XmlOptions, write},
};

/// Elements of HTML that have no end tag.
const VOID: &[&str] =
    &["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr"];

/// Writes markup. The text goes to a string that the caller keeps, so that what was text before can stay in it.
#[derive(Debug, Default)]
pub(crate) struct Markup {
    /// The names of the open elements, one after the other, and where each begins.
    names: String,
    open: Vec<Frame>,
    /// Whether the last start tag still lacks its `>`.
    pending: bool,
    /// Whether this is a fragment of XHTML.
    xhtml: bool,
    /// What no declaration means where other XML will stand; empty for no namespace.
    ambient: String,
}

#[derive(Debug)]
struct Frame {
    name: usize,
    /// The default namespace inside; empty for the ambient one.
    default: String,
    html: bool,
}

/// Whether a namespace counts as HTML inside a text: elements without prefix that nobody declared are meant so.
fn is_html(uri: &str) -> bool {
    uri.is_empty() || [XHTML, RSS, ATOM, ATOM_03].iter().any(|&ns| uri == uri_of(ns))
}

impl Markup {
    /// XHTML: HTML's elements need no declaration.
    pub(crate) fn xhtml() -> Self {
        Markup { xhtml: true, ..Markup::default() }
    }

    /// Any XML, for a place where the default namespace is `ambient`.
    pub(crate) fn xml(ambient: &str) -> Self {
        Markup { ambient: ambient.to_owned(), ..Markup::default() }
    }

    /// Forgets everything, for the next text: XHTML, or XML that will stand on its own.
    pub(crate) fn reset(&mut self, xhtml: bool) {
        self.names.clear();
        self.open.clear();
        self.pending = false;
        self.xhtml = xhtml;
        self.ambient.clear();
    }

    /// Writes a start tag. Attributes: namespace URI, prefix, local name, value.
    pub(crate) fn open<'n>(
        &mut self,
        out: &mut String,
        uri: &str,
        local: &str,
        attributes: impl Iterator<Item = (&'n str, &'n str, &'n str, &'n str)>,
    ) {
        self.close_start(out);
        let html = self.xhtml && is_html(uri);
        let uri = if html { "" } else { uri };
        let around = self.open.last().map_or(self.ambient.as_str(), |frame| &frame.default);
        out.push('<');
        out.push_str(local);
        if uri != around {
            // Back to HTML inside of something else, it must be named again.
            let declared = if html { uri_of(XHTML) } else { uri };
            out.push_str(" xmlns=\"");
            write::attribute(out, declared);
            out.push('"');
        }
        let mut declared: Vec<(String, &str)> = Vec::new();
        for (uri, prefix, local, value) in attributes {
            out.push(' ');
            if uri == uri_of(XML) {
                out.push_str("xml:");
            } else if !uri.is_empty() {
                let prefix = prefix_for(uri, prefix, &mut declared, out);
                out.push_str(&prefix);
                out.push(':');
            }
            out.push_str(local);
            out.push_str("=\"");
            write::attribute(out, value);
            out.push('"');
        }
        self.open.push(Frame { name: self.names.len(), default: uri.to_owned(), html });
        self.names.push_str(local);
        self.pending = true;
    }

    /// Writes text.
    pub(crate) fn text(&mut self, out: &mut String, text: &str) {
        if !text.is_empty() {
            self.close_start(out);
            write::text(out, text);
        }
    }

    /// Writes the end tag of the innermost element.
    pub(crate) fn close(&mut self, out: &mut String) {
        let Some(frame) = self.open.pop() else { return };
        let name = &self.names[frame.name..];
        let pending = std::mem::take(&mut self.pending);
        if pending && (!frame.html || VOID.contains(&name)) {
            out.push_str("/>");
        } else {
            if pending {
                out.push('>');
            }
            out.push_str("</");
            out.push_str(name);
            out.push('>');
        }
        self.names.truncate(frame.name);
    }

    fn close_start(&mut self, out: &mut String) {
        if std::mem::take(&mut self.pending) {
            out.push('>');
        }
    }
}

/// The prefix for an attribute's namespace on one element, declared there where it is new.
fn prefix_for<'n>(uri: &'n str, hint: &str, declared: &mut Vec<(String, &'n str)>, out: &mut String) -> String {
    if let Some((prefix, _)) = declared.iter().find(|(_, known)| *known == uri) {
        return prefix.clone();
    }
    let taken = |prefix: &str| declared.iter().any(|(known, _)| known == prefix);
    let prefix = match hint {
        "" | "xml" | "xmlns" => format!("ns{}", declared.len() + 1),
        hint if taken(hint) => format!("ns{}", declared.len() + 1),
        hint => hint.to_owned(),
    };
    out.push_str("xmlns:");
    out.push_str(&prefix);
    out.push_str("=\"");
    write::attribute(out, uri);
    out.push_str("\" ");
    declared.push((prefix.clone(), uri));
    prefix
}

/// The markup inside a kept element that is a text with elements in it; `None` where there are none.
pub(crate) fn text_of(rows: &[Node], field: Field) -> Option<String> {
    if !field.is_text() || rows.len() < 2 {
        return None;
    }
    Some(of_rows(rows))
}

/// The markup inside the first row.
fn of_rows(rows: &[Node]) -> String {
    let (mut out, mut markup) = (String::new(), Markup::xhtml());
    let mut tails: Vec<(u16, &str)> = Vec::new();
    for (at, node) in rows.iter().enumerate() {
        while let Some(&(depth, tail)) = tails.last()
            && depth >= node.depth
        {
            tails.pop();
            markup.close(&mut out);
            markup.text(&mut out, tail);
        }
        if at > 0 {
            let attributes = node.attributes.iter().map(|attribute| {
                (attribute.name.namespace(), attribute.name.prefix(), attribute.name.local(), attribute.value.as_str())
            });
            markup.open(&mut out, node.name.namespace(), node.name.local(), attributes);
            tails.push((node.depth, &node.tail));
        }
        markup.text(&mut out, &node.text);
    }
    while let Some((_, tail)) = tails.pop() {
        markup.close(&mut out);
        markup.text(&mut out, tail);
    }
    out
}

fn options(repair: bool) -> XmlOptions {
    XmlOptions { limits: Limits::default(), repair, known: KNOWN }
}

/// Walks a fragment; `None` where it is not well-formed.
fn walk(fragment: &str, mut each: impl FnMut(&Xml<'_>, Step<'_>)) -> Option<()> {
    let whole = format!("<div xmlns=\"{}\">{fragment}</div>", uri_of(XHTML));
    let mut xml = Xml::new(Box::new(Cursor::new(whole.into_bytes())), options(false));
    let mut opened = Opened::default();
    let mut depth = 0usize;
    loop {
        let token: Result<Token<'_>, Error> = xml.next();
        match token.ok()? {
            Token::Open(open) => {
                opened.take(&open);
                depth += 1;
                if depth > 1 {
                    each(&xml, Step::Open(&opened));
                }
            }
            Token::Text(text) => {
                let text = text.to_owned();
                each(&xml, Step::Text(&text));
            }
            Token::Close => {
                depth -= 1;
                if depth > 0 {
                    each(&xml, Step::Close);
                }
            }
            // A fragment that closes the `div` itself leaves a second root, which is an error above.
            Token::End => return Some(()),
        }
    }
}

enum Step<'s> {
    Open(&'s Opened),
    Text(&'s str),
    Close,
}

/// A fragment as it is written where the default namespace is XHTML (or, for other XML, `ambient`); `None` where it is
/// not well-formed.
pub(crate) fn well_formed(fragment: &str, ambient: Option<&str>) -> Option<String> {
    if !fragment.contains(['<', '&', '>']) {
        return (!write::has_illegal(fragment)).then(|| fragment.to_owned());
    }
    let mut markup = ambient.map_or_else(Markup::xhtml, Markup::xml);
    let mut out = String::with_capacity(fragment.len());
    walk(fragment, |xml, step| match step {
        Step::Open(opened) => {
            // Without a declaration of its own, a fragment of other XML has no namespace, not that of the wrapper.
            let ns = if ambient.is_some() && opened.ns == XHTML { Ns::NONE } else { opened.ns };
            let attributes = opened.attributes();
            let attributes = attributes.map(|(ns, prefix, local, value)| (opened::uri(ns, xml), prefix, local, value));
            markup.open(&mut out, opened::uri(ns, xml), opened.local(), attributes);
        }
        Step::Text(text) => markup.text(&mut out, text),
        Step::Close => markup.close(&mut out),
    })?;
    Some(out)
}

/// A fragment as rows under a row of depth `depth`, whose text before the first element comes back beside them.
pub(crate) fn to_rows(fragment: &str, depth: u16, names: &mut Names) -> Option<(String, Vec<Node>)> {
    let mut text_before = String::new();
    let mut rows: Vec<Node> = Vec::new();
    let mut open: Vec<usize> = Vec::new();
    let mut last = None;
    walk(fragment, |xml, step| match step {
        Step::Open(opened) => {
            let attributes = opened.attributes().map(|(ns, prefix, local, value)| Attribute {
                name: names.get(ns, opened::uri(ns, xml), prefix, local),
                value: value.to_owned(),
            });
            let attributes = attributes.collect();
            let name = names.get(opened.ns, opened::uri(opened.ns, xml), opened.prefix(), opened.local());
            let depth = depth + 1 + open.len() as u16;
            open.push(rows.len());
            rows.push(Node { depth, name, attributes, text: String::new(), tail: String::new() });
            last = None;
        }
        Step::Text(text) => match (last, open.last()) {
            (Some(last), _) => {
                let row: &mut Node = &mut rows[last];
                row.tail.push_str(text);
            }
            (None, Some(&at)) => rows[at].text.push_str(text),
            (None, None) => text_before.push_str(text),
        },
        Step::Close => last = open.pop(),
    })?;
    Some((text_before, rows))
}
