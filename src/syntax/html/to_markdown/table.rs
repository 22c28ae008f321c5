//! Tables: rows between pipes where every cell is one line, HTML otherwise.

use super::{Writer, blocks::Blocks};
use crate::syntax::html::fragment::{Element, Id, Node};

/// How many times the cells that there are a table of Markdown may have, beside a small one of any shape.
const FILLED: usize = 4;
const SMALL: usize = 1_000;

/// The rows of a table, by what they are.
#[derive(Default)]
struct Rows {
    rows: Vec<Vec<Id>>,
    /// How many of them make its head.
    head: usize,
    caption: Option<Id>,
    /// Whether every cell can be said in a line.
    simple: bool,
    /// Whether it holds anything but one column.
    wide: bool,
}

impl Writer<'_, '_> {
    pub(super) fn table(&mut self, id: Id, out: &mut Blocks) {
        let tree = self.tree;
        let rows = self.rows(id);
        if let Some(caption) = rows.caption {
            let text = self.line_of(tree.children(caption));
            out.add(&super::escape::line_starts(&text));
        }
        let columns = rows.rows.iter().map(Vec::len).max().unwrap_or(0);
        if columns == 0 {
            // Text without a row is text.
            self.blocks_into(id, out, &mut Vec::new());
            return;
        }
        if !rows.simple {
            if rows.wide {
                let html = self.raw_without(id, rows.caption);
                out.add(&html);
            } else {
                // One column that holds blocks lays out a page.
                for &cell in rows.rows.iter().flatten() {
                    self.blocks_into(cell, out, &mut Vec::new());
                }
            }
            return;
        }
        let mut text = String::new();
        let (head, body) = rows.rows.split_at(rows.head);
        self.row(head.first().map_or(&[], Vec::as_slice), columns, &mut text);
        for column in 0..columns {
            let align = rows.rows.iter().find_map(|row| self.align(*row.get(column)?));
            text.push_str(match align {
                Some("left") => "| :-- ",
                Some("right") => "| --: ",
                Some("center") => "| :-: ",
                _ => "| --- ",
            });
        }
        text.push('|');
        for row in body {
            text.push('\n');
            self.row(row, columns, &mut text);
            // `row` ends its line for the head's sake.
            text.pop();
        }
        out.add(&text);
    }

    fn row(&mut self, cells: &[Id], columns: usize, out: &mut String) {
        let tree = self.tree;
        for column in 0..columns {
            out.push_str("| ");
            if let Some(&cell) = cells.get(column) {
                self.cell = true;
                let text = self.line_of(tree.children(cell)).replace("  \n", "<br>");
                self.cell = false;
                out.push_str(&text);
                if !text.is_empty() {
                    out.push(' ');
                }
            }
        }
        out.push_str("|\n");
    }

    /// Where the text of a cell stands.
    fn align(&self, cell: Id) -> Option<&'static str> {
        let element = self.tree.element(cell)?;
        let style = element.attribute("style").unwrap_or_default().to_ascii_lowercase().replace(' ', "");
        let named = element.attribute("align").unwrap_or_default().to_ascii_lowercase();
        ["left", "right", "center"]
            .into_iter()
            .find(|side| named == *side || style.contains(&format!("text-align:{side}")))
    }

    fn rows(&self, id: Id) -> Rows {
        let mut rows = Rows { simple: true, ..Rows::default() };
        self.gather(id, false, &mut rows);
        rows.wide = rows.rows.iter().any(|row| row.len() > 1);
        // A first row of nothing but heads is one.
        if rows.head == 0
            && let Some(first) = rows.rows.first()
            && first.iter().all(|&cell| self.tree.name(cell) == "th")
        {
            rows.head = 1;
        }
        // Markdown has one line of heads.
        rows.simple &= rows.head <= 1;
        // It fills short rows up: a few long ones among many short ones would make much of little.
        let columns = rows.rows.iter().map(Vec::len).max().unwrap_or(0);
        let cells: usize = rows.rows.iter().map(Vec::len).sum();
        rows.simple &= columns.saturating_mul(rows.rows.len()) <= FILLED * cells + SMALL;
        rows
    }

    fn gather(&self, id: Id, head: bool, rows: &mut Rows) {
        for &child in self.tree.children(id) {
            let Some(element) = self.tree.element(child) else {
                if let Node::Text(text) = &self.tree.nodes[child]
                    && !text.trim_ascii().is_empty()
                {
                    rows.simple = false;
                }
                continue;
            };
            match &*element.name {
                "caption" => rows.caption = Some(child),
                "thead" => self.gather(child, true, rows),
                "tbody" | "tfoot" => self.gather(child, false, rows),
                "colgroup" | "col" => {}
                "tr" => {
                    let mut cells = Vec::new();
                    for &cell in &element.children {
                        match self.tree.element(cell) {
                            Some(one) if matches!(&*one.name, "td" | "th") => {
                                rows.simple &= self.is_simple(one);
                                cells.push(cell);
                            }
                            Some(_) => rows.simple = false,
                            None => {}
                        }
                    }
                    if !cells.is_empty() {
                        // A head further down is a row.
                        if head && rows.head == rows.rows.len() {
                            rows.head += 1;
                        }
                        rows.rows.push(cells);
                    }
                }
                _ => rows.simple = false,
            }
        }
    }

    /// Whether a cell is one line, or one paragraph, in one place.
    fn is_simple(&self, cell: &Element<'_>) -> bool {
        let spans = |name: &str| cell.attribute(name).is_some_and(|count| count.trim() != "1");
        let blocks: Vec<Id> = cell.children.iter().copied().filter(|&child| self.holds_blocks(child)).collect();
        let one_paragraph = match blocks.as_slice() {
            [] => true,
            [one] => {
                let others = cell.children.iter().filter(|child| *child != one);
                let alone = others.into_iter().all(|&other| match &self.tree.nodes[other] {
                    Node::Text(text) => text.trim_ascii().is_empty(),
                    Node::Comment(_) => true,
                    Node::Element(_) => false,
                });
                let inner = matches!(self.tree.name(*one), "p" | "div" | "center");
                alone && inner && !self.tree.children(*one).iter().any(|&child| self.holds_blocks(child))
            }
            _ => false,
        };
        one_paragraph && !spans("colspan") && !spans("rowspan")
    }

    /// A table as HTML, without its caption, which stands before it.
    fn raw_without(&self, id: Id, caption: Option<Id>) -> String {
        let html = self.raw(id);
        match caption {
            Some(caption) => html.replacen(&self.raw(caption), "", 1),
            None => html,
        }
    }
}
