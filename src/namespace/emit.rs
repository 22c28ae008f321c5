//! Hub and rows to XML: tags, indentation, namespaces declared once.
//!
//! The root's start tag waits until the head and the first item are written, so that it can declare what those use;
//! feeds are of a piece, so that later items seldom need more. What they do need is declared where it stands.

mod rows;

use super::{NAMESPACES, Ns, SLUGLINE, XML, element::uri_of, meaning::Dialect};
use crate::{
    finding::{Loss, Reason},
    model::{Name, Node},
    syntax::xml::write,
};

/// Bytes after which what was made is handed on.
const ENOUGH: usize = 32 << 10;

/// What an element has in it.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Content<'c> {
    /// Nothing.
    Empty,
    /// Text.
    Text(&'c str),
    /// Text as CDATA: HTML stays readable in it.
    CData(&'c str),
    /// Markup that is well-formed where it stands.
    Markup(&'c str),
}

/// An attribute to write: namespace, local name, value.
pub(crate) type Pair<'p> = (Ns, &'p str, &'p str);

#[derive(Debug, Clone)]
struct Binding {
    prefix: String,
    uri: String,
    /// How many elements are open around the one that declares it; 0 for the root.
    depth: usize,
}

/// Writes XML.
#[derive(Debug, Clone)]
pub(crate) struct Emitter {
    out: String,
    /// Whether the root's start tag is still to be written, before `out`.
    root_waits: bool,
    bindings: Vec<Binding>,
    /// Qualified names of the open elements.
    open: Vec<String>,
    /// The field that is being written, for losses.
    pub(crate) field: &'static str,
    /// What could not be written as it is.
    pub(crate) losses: Vec<Loss>,
}

impl Emitter {
    /// An emitter for a document of a dialect.
    pub(crate) fn new(dialect: Dialect) -> Self {
        Self::within(dialect.ns())
    }

    /// An emitter for a document whose elements without prefix are of that namespace.
    pub(crate) fn within(ns: Ns) -> Self {
        let default = Binding { prefix: String::new(), uri: uri_of(ns).to_owned(), depth: 0 };
        Emitter {
            out: String::new(),
            root_waits: true,
            bindings: vec![default],
            open: Vec::new(),
            field: "",
            losses: Vec::new(),
        }
    }

    /// Sets how deep what follows is indented: the elements that the caller wrote itself, with the root.
    pub(crate) fn inside(&mut self, names: &[&str]) {
        self.open = names.iter().map(|name| (*name).to_owned()).collect();
    }

    /// Writes what the root's start tag waits for: `start` up to where declarations go, `end` after them.
    pub(crate) fn root(&mut self, start: &str, end: &str) {
        if !std::mem::take(&mut self.root_waits) {
            return;
        }
        let mut declared: Vec<&Binding> = self.bindings.iter().filter(|binding| binding.depth == 0).collect();
        let place = |uri: &str| NAMESPACES.iter().position(|known| known.uri == uri).unwrap_or(usize::MAX);
        declared.sort_by(|a, b| (place(&a.uri), &a.prefix).cmp(&(place(&b.uri), &b.prefix)));
        let mut whole = String::with_capacity(self.out.len() + 1024);
        whole.push_str(start);
        for binding in declared.into_iter().filter(|binding| !binding.uri.is_empty()) {
            whole.push_str(" xmlns");
            if !binding.prefix.is_empty() {
                whole.push(':');
                whole.push_str(&binding.prefix);
            }
            whole.push_str("=\"");
            write::attribute(&mut whole, &binding.uri);
            whole.push('"');
        }
        whole.push_str(end);
        whole.push_str(&self.out);
        self.out = whole;
    }

    /// Attributes for the root's start tag, while that waits.
    pub(crate) fn root_attributes(&mut self, attributes: &[crate::model::Attribute]) -> String {
        let (mut declared, mut written) = (String::new(), String::new());
        for attribute in attributes {
            let (uri, hint) = (attribute.name.namespace(), attribute.name.prefix());
            self.attribute(uri, hint, local_part(&attribute.name), &attribute.value, &mut declared, &mut written);
        }
        declared + &written
    }

    /// Appends text as it is: the frame of the document.
    pub(crate) fn raw(&mut self, text: &str) {
        self.out.push_str(text);
    }

    /// What was made, when it is enough to be handed on, or when it is the rest.
    pub(crate) fn take(&mut self, rest: bool) -> Option<String> {
        if self.root_waits || self.out.is_empty() || !rest && self.out.len() < ENOUGH {
            return None;
        }
        Some(std::mem::take(&mut self.out))
    }

    /// An emitter for what follows, on another thread; `None` while the root waits for what items declare.
    pub(crate) fn apart(&self) -> Option<Self> {
        (!self.root_waits).then(|| Emitter { out: String::new(), losses: Vec::new(), ..self.clone() })
    }

    /// Gives back the buffer that [`Emitter::take`] gave out.
    pub(crate) fn give_back(&mut self, mut buffer: String) {
        if self.out.is_empty() {
            buffer.clear();
            self.out = buffer;
        }
    }

    fn indent(&mut self) {
        for _ in 0..self.open.len() {
            self.out.push_str("  ");
        }
    }

    /// Writes an element on a line of its own.
    pub(crate) fn element(&mut self, ns: Ns, local: &str, attributes: &[Pair<'_>], content: Content<'_>) {
        self.indent();
        let name = self.start(ns, local, attributes);
        match content {
            Content::Text("") | Content::CData("") | Content::Empty => self.out.push_str("/>\n"),
            Content::Text(text) => {
                self.out.push('>');
                let replaced = write::text(&mut self.out, text);
                self.illegal(replaced, text);
                self.end(&name);
            }
            Content::CData(text) => {
                self.out.push('>');
                let replaced = write::cdata(&mut self.out, text);
                self.illegal(replaced, text);
                self.end(&name);
            }
            Content::Markup(text) => {
                self.out.push('>');
                self.out.push_str(text);
                self.end(&name);
            }
        }
        self.drop_bindings();
    }

    /// Writes an element of text, unless there is none.
    pub(crate) fn text(&mut self, ns: Ns, local: &str, text: Option<&str>) {
        if let Some(text) = text {
            self.element(ns, local, &[], Content::Text(text));
        }
    }

    /// Opens an element for others.
    pub(crate) fn open(&mut self, ns: Ns, local: &str, attributes: &[Pair<'_>]) {
        self.indent();
        let name = self.start(ns, local, attributes);
        self.out.push_str(">\n");
        self.open.push(name);
    }

    /// Closes the innermost element that is open.
    pub(crate) fn close(&mut self) {
        let Some(name) = self.open.pop() else { return };
        self.indent();
        self.end(&name);
        self.drop_bindings();
    }

    fn end(&mut self, name: &str) {
        self.out.push_str("</");
        self.out.push_str(name);
        self.out.push_str(">\n");
    }

    /// Forgets what the element that just ended declared.
    fn drop_bindings(&mut self) {
        let depth = self.open.len();
        while self.bindings.last().is_some_and(|binding| binding.depth > 0 && binding.depth >= depth.max(1)) {
            // The root's bindings never follow others: they are put before them.
            self.bindings.pop();
        }
    }

    /// Counts characters that XML forbids.
    fn illegal(&mut self, replaced: usize, text: &str) {
        if replaced > 0 {
            self.losses.push(Loss::new(self.field, Reason::Illegal, text));
        }
    }

    /// Writes a start tag without its end; its qualified name.
    fn start(&mut self, ns: Ns, local: &str, attributes: &[Pair<'_>]) -> String {
        let hint = NAMESPACES.get(usize::from(ns.0).wrapping_sub(1)).map_or("", |known| known.prefix);
        let mut declared = String::new();
        let mut name = self.prefix(uri_of(ns), hint, false, &mut declared);
        if !name.is_empty() {
            name.push(':');
        }
        name.push_str(local);
        self.out.push('<');
        self.out.push_str(&name);
        let mut written = String::new();
        for &(ns, local, value) in attributes {
            self.attribute(uri_of(ns), "", local, value, &mut declared, &mut written);
        }
        self.out.push_str(&declared);
        self.out.push_str(&written);
        name
    }

    fn attribute(
        &mut self,
        uri: &str,
        hint: &str,
        local: &str,
        value: &str,
        declared: &mut String,
        written: &mut String,
    ) {
        written.push(' ');
        if uri == uri_of(XML) {
            written.push_str("xml:");
        } else if !uri.is_empty() {
            let hint = NAMESPACES.iter().find(|known| known.uri == uri).map_or(hint, |known| known.prefix);
            written.push_str(&self.prefix(uri, hint, true, declared));
            written.push(':');
        }
        written.push_str(local);
        written.push_str("=\"");
        let replaced = write::attribute(written, value);
        self.illegal(replaced, value);
        written.push('"');
    }

    /// The prefix for a namespace in the element that is being written; what must be declared there goes to
    /// `declared`.
    fn prefix(&mut self, uri: &str, hint: &str, attribute: bool, declared: &mut String) -> String {
        let default = self.bindings.iter().rev().find(|binding| binding.prefix.is_empty());
        if !attribute && default.is_some_and(|default| default.uri == uri) {
            return String::new();
        }
        let depth = self.open.len();
        if uri.is_empty() {
            declared.push_str(" xmlns=\"\"");
            self.bindings.push(Binding { prefix: String::new(), uri: String::new(), depth });
            return String::new();
        }
        for (at, binding) in self.bindings.iter().enumerate().rev() {
            let shadowed = || self.bindings[at + 1..].iter().any(|later| later.prefix == binding.prefix);
            if binding.uri == uri && !binding.prefix.is_empty() && !shadowed() {
                return binding.prefix.clone();
            }
        }
        let prefix = self.free_prefix(hint);
        if self.root_waits {
            self.bindings.insert(0, Binding { prefix: prefix.clone(), uri: uri.to_owned(), depth: 0 });
        } else {
            declared.push_str(" xmlns:");
            declared.push_str(&prefix);
            declared.push_str("=\"");
            write::attribute(declared, uri);
            declared.push('"');
            self.bindings.push(Binding { prefix: prefix.clone(), uri: uri.to_owned(), depth });
        }
        prefix
    }

    fn free_prefix(&self, hint: &str) -> String {
        let free = |prefix: &str| !self.bindings.iter().any(|binding| binding.prefix == prefix);
        let usual = |prefix: &str| NAMESPACES.iter().any(|known| known.prefix == prefix);
        // A prefix that usually means something else is not given away: slugline's own may need it later.
        if is_name(hint) && free(hint) && hint != "xml" && hint != "xmlns" {
            return hint.to_owned();
        }
        (1..).map(|n| format!("ns{n}")).find(|prefix| free(prefix) && !usual(prefix)).unwrap_or_default()
    }

    /// The attributes that were kept of an item or feed itself.
    pub(crate) fn own_attributes(nodes: &[Node]) -> &[crate::model::Attribute] {
        nodes.first().filter(|first| is_own(first, "attributes")).map_or(&[], |first| &first.attributes)
    }

    /// Opens an element with attributes of any namespace.
    pub(crate) fn open_with(&mut self, ns: Ns, local: &str, attributes: &[Pair<'_>], more: &[crate::model::Attribute]) {
        self.indent();
        let mut name = self.start(ns, local, attributes);
        let (mut declared, mut written) = (String::new(), String::new());
        for attribute in more {
            let (uri, hint) = (attribute.name.namespace(), attribute.name.prefix());
            self.attribute(uri, hint, local_part(&attribute.name), &attribute.value, &mut declared, &mut written);
        }
        self.out.push_str(&declared);
        self.out.push_str(&written);
        self.out.push_str(">\n");
        self.open.push(std::mem::take(&mut name));
    }
}

/// Whether a row is that element of slugline's own.
pub(crate) fn is_own(node: &Node, local: &str) -> bool {
    node.name.local() == local && node.name.namespace() == uri_of(SLUGLINE)
}

/// A name that can be written: rows that a program made up, or that came from JSON, may hold anything.
fn local_part(name: &Name) -> &str {
    if is_name(name.local()) { name.local() } else { "unnamed" }
}

/// Whether a name is one without colon, as far as ASCII tells (Namespaces in XML, production 4).
fn is_name(name: &str) -> bool {
    let mut chars = name.chars();
    let start = |c: char| c.is_alphabetic() || c == '_';
    chars.next().is_some_and(start) && chars.all(|c| start(c) || c.is_numeric() || matches!(c, '-' | '.' | '·'))
}
