//! What stays HTML: written anew on one line, so that no blank line ends the block early.

use super::{Writer, is_hidden};
use crate::syntax::html::{
    escape_attribute,
    fragment::{Element, Id, Node, is_void},
};

impl Writer<'_, '_> {
    /// An element with all that is in it, as HTML.
    pub(super) fn raw(&self, id: Id) -> String {
        let mut out = String::new();
        self.raw_into(id, false, &mut out);
        out
    }

    fn raw_into(&self, id: Id, pre: bool, out: &mut String) {
        match &self.tree.nodes[id] {
            Node::Comment(_) => {}
            Node::Text(text) if pre => out.push_str(&text.replace("\r\n", "\n").replace(['\n', '\r'], "&#10;")),
            Node::Text(text) => push_flat(text, out),
            Node::Element(element) => {
                let name = &*element.name;
                if is_hidden(name) && !matches!(name, "source" | "track" | "param" | "col" | "colgroup" | "input") {
                    return;
                }
                start_tag(element, out);
                if is_void(name) {
                    return;
                }
                // What browsers show in its place when they do not know it.
                if name != "iframe" {
                    for &child in &element.children {
                        self.raw_into(child, pre || name == "pre", out);
                    }
                }
                if matches!(name, "dl" | "dd" | "table" | "tr" | "tbody" | "thead" | "video" | "audio") {
                    out.truncate(out.trim_end_matches(' ').len());
                }
                out.push_str("</");
                out.push_str(name);
                out.push('>');
            }
        }
    }
}

/// Text with its line ends and blanks as one blank each. References stay as they are.
fn push_flat(text: &str, out: &mut String) {
    for (number, word) in text.split(super::is_blank).enumerate() {
        if number > 0 && !out.ends_with(' ') {
            out.push(' ');
        }
        // A `<` that began nothing must not begin anything now.
        out.push_str(&word.replace('<', "&lt;"));
    }
}

/// A start tag.
pub(super) fn start_tag(element: &Element<'_>, out: &mut String) {
    out.push('<');
    // Names of SVG have capitals.
    out.push_str(
        element.tag.as_ref().map_or(&element.name, |tag| if is_html(&element.name) { &element.name } else { tag.name }),
    );
    for (name, value) in element.tag.iter().flat_map(|tag| tag.attributes()) {
        if name.contains(['<', '"', '\'', '=']) {
            continue;
        }
        out.push(' ');
        out.push_str(name);
        if !value.is_empty() {
            out.push_str("=\"");
            // A line end would end the block that the tag begins.
            out.push_str(&escape_attribute(&value).replace(['\n', '\r'], " "));
            out.push('"');
        }
    }
    out.push('>');
}

fn is_html(name: &str) -> bool {
    crate::syntax::html::is_element(name)
}
