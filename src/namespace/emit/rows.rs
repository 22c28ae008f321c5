//! Kept rows as elements.

use super::{Emitter, is_name, is_own, local_part};
use crate::{
    finding::{Loss, Reason},
    model::{Name, Node},
    namespace::{NAMESPACES, element::elements},
    syntax::xml::write,
};

impl Emitter {
    /// Writes kept elements, each on a line of its own. Elements with text between their children are written without
    /// indentation, so that none is added to it.
    pub(crate) fn rows(&mut self, nodes: &[Node]) {
        for rows in elements(nodes) {
            // Notes for writers are no elements.
            if !is_own(&rows[0], "attributes") && !is_own(&rows[0], "attached") {
                self.one(rows);
            }
        }
    }

    fn one(&mut self, rows: &[Node]) {
        let mixed = mixed(rows);
        // Each open row: whether its children stand on lines of their own, and what follows its end tag.
        let mut open: Vec<(u16, bool, &str)> = Vec::new();
        for (at, node) in rows.iter().enumerate() {
            self.close_rows(&mut open, node.depth);
            let on_line = open.last().is_none_or(|&(_, lines, _)| lines);
            if on_line {
                self.indent();
            }
            let name = self.start_row(&node.name, node);
            let parent = rows.get(at + 1).is_some_and(|next| next.depth > node.depth);
            if parent {
                self.out.push('>');
                let replaced = write::text(&mut self.out, &node.text);
                self.illegal(replaced, &node.text);
                let lines = on_line && !mixed[at];
                if lines {
                    self.out.push('\n');
                }
                self.open.push(name);
                open.push((node.depth, lines, &node.tail));
                continue;
            }
            if node.text.is_empty() {
                self.out.push_str("/>");
            } else {
                self.out.push('>');
                let replaced = write::text(&mut self.out, &node.text);
                self.illegal(replaced, &node.text);
                self.out.push_str("</");
                self.out.push_str(&name);
                self.out.push('>');
            }
            self.after(on_line, &node.tail, at == 0);
            self.drop_bindings();
        }
        self.close_rows(&mut open, 0);
    }

    fn close_rows(&mut self, open: &mut Vec<(u16, bool, &str)>, depth: u16) {
        while let Some(&(row, lines, tail)) = open.last()
            && row >= depth
        {
            open.pop();
            let Some(name) = self.open.pop() else { return };
            if lines {
                self.indent();
            }
            self.out.push_str("</");
            self.out.push_str(&name);
            self.out.push('>');
            let on_line = open.last().is_none_or(|&(_, lines, _)| lines);
            self.after(on_line, tail, open.is_empty());
            self.drop_bindings();
        }
    }

    fn after(&mut self, on_line: bool, tail: &str, top: bool) {
        if on_line {
            self.out.push('\n');
        } else if !top {
            let replaced = write::text(&mut self.out, tail);
            self.illegal(replaced, tail);
        }
    }

    fn start_row(&mut self, name: &Name, node: &Node) -> String {
        let mut declared = String::new();
        let uri = name.namespace();
        let hint = NAMESPACES.iter().find(|known| known.uri == uri).map_or(name.prefix(), |known| known.prefix);
        let mut qualified = self.prefix(uri, hint, false, &mut declared);
        if !qualified.is_empty() {
            qualified.push(':');
        }
        qualified.push_str(local_part(name));
        if !is_name(name.local()) {
            self.losses.push(Loss::new(self.field, Reason::Illegal, name.local()));
        }
        self.out.push('<');
        self.out.push_str(&qualified);
        let mut written = String::new();
        for attribute in &node.attributes {
            let name = &attribute.name;
            let (uri, prefix) = (name.namespace(), name.prefix());
            self.attribute(uri, prefix, local_part(name), &attribute.value, &mut declared, &mut written);
        }
        self.out.push_str(&declared);
        self.out.push_str(&written);
        qualified
    }
}

/// For each row whether text stands beside its children.
fn mixed(rows: &[Node]) -> Vec<bool> {
    let mut mixed = vec![false; rows.len()];
    let mut around: Vec<usize> = Vec::new();
    for (at, node) in rows.iter().enumerate() {
        while around.last().is_some_and(|&last| rows[last].depth >= node.depth) {
            around.pop();
        }
        if let Some(&parent) = around.last() {
            mixed[parent] |= !node.tail.is_empty() || !rows[parent].text.is_empty();
        }
        around.push(at);
    }
    mixed
}
