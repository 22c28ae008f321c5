//! A fragment of HTML as a tree: elements that leave their end out are ended where browsers end them.
//!
//! Where tags are misnested, what is said once is kept once: browsers open formatting again in the next block, and this does
//! not.

use std::borrow::Cow;

use super::token::{Tag, Token, tokens};

/// How deep elements may be nested: whoever walks the tree does so by recursion.
pub(super) const DEPTH: usize = 128;

/// The number of a node.
pub(super) type Id = usize;

/// A node of a [`Fragment`].
#[derive(Debug)]
pub(super) enum Node<'t> {
    /// Text, with its references as they are.
    Text(&'t str),
    /// A comment.
    Comment(&'t str),
    Element(Element<'t>),
}

#[derive(Debug)]
pub(super) struct Element<'t> {
    /// In lower case.
    pub(super) name: Cow<'t, str>,
    /// `None` for the root.
    pub(super) tag: Option<Tag<'t>>,
    pub(super) children: Vec<Id>,
}

impl Element<'_> {
    pub(super) fn attribute(&self, name: &str) -> Option<Cow<'_, str>> {
        self.tag.as_ref().filter(|tag| !tag.is_bare()).and_then(|tag| tag.attribute(name))
    }

    /// Whether the value of `class` has a word that this holds for.
    pub(super) fn has_class(&self, is: impl Fn(&str) -> bool) -> bool {
        self.attribute("class").is_some_and(|class| class.split_ascii_whitespace().any(is))
    }
}

/// A tree; its first node is the root.
#[derive(Debug)]
pub(super) struct Fragment<'t> {
    pub(super) nodes: Vec<Node<'t>>,
}

impl<'t> Fragment<'t> {
    /// The tree of a text; `None` where it is nested deeper than [`DEPTH`].
    pub(super) fn parse(text: &'t str) -> Option<Self> {
        let root = Node::Element(Element { name: Cow::Borrowed(""), tag: None, children: Vec::new() });
        let mut builder = Builder { tree: Fragment { nodes: vec![root] }, open: vec![0] };
        for token in tokens(text) {
            match token {
                Token::Text(text) | Token::Raw(text) => builder.add(Node::Text(text)),
                Token::Comment(text) => builder.add(Node::Comment(text)),
                Token::Open(tag) => builder.open(tag)?,
                Token::Close(name) => builder.close(&lower(name)),
                Token::Other => {}
            }
        }
        Some(builder.tree)
    }

    pub(super) fn element(&self, id: Id) -> Option<&Element<'t>> {
        match &self.nodes[id] {
            Node::Element(element) => Some(element),
            _ => None,
        }
    }

    pub(super) fn name(&self, id: Id) -> &str {
        self.element(id).map_or("", |element| &element.name)
    }

    pub(super) fn children(&self, id: Id) -> &[Id] {
        self.element(id).map_or(&[], |element| &element.children)
    }
}

fn lower(name: &str) -> Cow<'_, str> {
    if name.bytes().any(|b| b.is_ascii_uppercase()) { name.to_ascii_lowercase().into() } else { name.into() }
}

struct Builder<'t> {
    tree: Fragment<'t>,
    /// The elements that are open, the root first.
    open: Vec<Id>,
}

impl<'t> Builder<'t> {
    fn add(&mut self, node: Node<'t>) {
        let id = self.tree.nodes.len();
        self.tree.nodes.push(node);
        let parent = self.open.last().copied().unwrap_or(0);
        if let Node::Element(element) = &mut self.tree.nodes[parent] {
            element.children.push(id);
        }
    }

    fn open(&mut self, tag: Tag<'t>) -> Option<()> {
        let name = lower(tag.name);
        self.end_before(&name);
        let id = self.tree.nodes.len();
        let is_void = is_void(&name);
        self.add(Node::Element(Element { name, tag: Some(tag), children: Vec::new() }));
        if !is_void {
            self.open.push(id);
        }
        (self.open.len() <= DEPTH + 1).then_some(())
    }

    /// Ends what cannot hold an element of that name.
    fn end_before(&mut self, name: &str) {
        let (ended, within): (&[&str], &[&str]) = match name {
            "li" => (&["li"], &["ul", "ol", "menu", "dir", "table", "td", "th"]),
            "dt" | "dd" => (&["dt", "dd"], &["dl", "table", "td", "th"]),
            "td" | "th" => (&["td", "th"], &["tr", "table"]),
            "tr" => (&["tr"], &["table"]),
            "tbody" | "thead" | "tfoot" => (&["tbody", "thead", "tfoot", "caption", "colgroup"], &["table"]),
            "option" => (&["option"], &["select"]),
            "a" => (&["a"], &["table", "td", "th"]),
            _ => (&[], &[]),
        };
        if !ended.is_empty() {
            self.end(ended, within);
        }
        if is_block(name) {
            self.end(&["p"], &["table", "td", "th", "caption", "button", "object"]);
        }
    }

    /// Ends the nearest open element of these names, with what is in it, if none of `within` lies between.
    fn end(&mut self, names: &[&str], within: &[&str]) {
        for at in (1..self.open.len()).rev() {
            let name = self.tree.name(self.open[at]);
            if names.contains(&name) {
                self.open.truncate(at);
                return;
            }
            if within.contains(&name) {
                return;
            }
        }
    }

    fn close(&mut self, name: &str) {
        let is_table = matches!(name, "table" | "tbody" | "thead" | "tfoot" | "tr" | "td" | "th" | "caption");
        let is_inline = !is_table && !is_block(name);
        for at in (1..self.open.len()).rev() {
            let open = self.tree.name(self.open[at]);
            if open == name {
                self.open.truncate(at);
                return;
            }
            // A cell ends with its own tag alone, and so does a block for what stands in its line.
            let is_wall = matches!(open, "td" | "th" | "caption" | "table");
            if is_wall && !is_table || is_inline && is_block(open) {
                return;
            }
        }
    }
}

pub(super) fn is_void(name: &str) -> bool {
    matches!(
        name,
        "area"
            | "base"
            | "basefont"
            | "bgsound"
            | "br"
            | "col"
            | "embed"
            | "frame"
            | "hr"
            | "img"
            | "input"
            | "link"
            | "meta"
            | "param"
            | "source"
            | "track"
            | "wbr"
    )
}

/// Elements that stand on lines of their own; an open paragraph ends before them.
pub(super) fn is_block(name: &str) -> bool {
    matches!(
        name,
        "address"
            | "article"
            | "aside"
            | "blockquote"
            | "body"
            | "center"
            | "dd"
            | "details"
            | "dialog"
            | "dir"
            | "div"
            | "dl"
            | "dt"
            | "fieldset"
            | "figcaption"
            | "figure"
            | "footer"
            | "form"
            | "h1"
            | "h2"
            | "h3"
            | "h4"
            | "h5"
            | "h6"
            | "header"
            | "hgroup"
            | "hr"
            | "html"
            | "legend"
            | "li"
            | "main"
            | "menu"
            | "nav"
            | "ol"
            | "p"
            | "pre"
            | "search"
            | "section"
            | "summary"
            | "table"
            | "ul"
            | "xmp"
    )
}
