//! What is dropped though it shows or does something: it is taken down to be told, the first of each kind.

use super::{Writer, is_hidden, raw::start_tag};
use crate::syntax::html::fragment::{Id, Node};

impl Writer<'_, '_> {
    /// Takes down that something of an element is not in the Markdown.
    pub(super) fn lose(&mut self, kind: &'static str, id: Id) {
        let tree = self.tree;
        let Some(element) = tree.element(id).filter(|_| self.lost.iter().all(|(known, _)| *known != kind)) else {
            return;
        };
        let mut example = String::new();
        start_tag(element, &mut example);
        if matches!(kind, "script" | "style") {
            for &child in &element.children {
                if let Node::Text(text) = &tree.nodes[child] {
                    example.push_str(text);
                }
            }
            example.push_str(&format!("</{kind}>"));
        }
        self.lost.push((kind, example));
    }

    /// Takes down scripts and style sheets: none of them is written, wherever it stands.
    pub(super) fn lose_programs(&mut self) {
        for kind in ["script", "style"] {
            let is_one = |node: &Node<'_>| matches!(node, Node::Element(element) if element.name == kind);
            if let Some(id) = self.tree.nodes.iter().position(is_one) {
                self.lose(kind, id);
            }
        }
    }

    /// Takes an element down that shows something without words: a field to fill in, a bar.
    pub(super) fn lose_control(&mut self, id: Id) {
        let tree = self.tree;
        let Some(element) = tree.element(id) else { return };
        let is_shown = |kind: std::borrow::Cow<'_, str>| !kind.trim().eq_ignore_ascii_case("hidden");
        match &*element.name {
            "input" if element.attribute("type").is_none_or(is_shown) => self.lose("input", id),
            // What stands in them stands for them.
            "progress" if self.is_bare(id) => self.lose("progress", id),
            "meter" if self.is_bare(id) => self.lose("meter", id),
            _ => {}
        }
    }

    fn is_bare(&self, id: Id) -> bool {
        self.tree.children(id).iter().all(|&child| self.vanishes(child))
    }

    /// Whether nothing of an element is written, by what it is or as it only frames notes. What shows something all the
    /// same is taken down.
    pub(super) fn drops(&mut self, id: Id) -> bool {
        self.lose_control(id);
        is_hidden(self.tree.name(id)) || self.notes.is_frame(id)
    }
}
