//! HTML as Markdown that shows the same: CommonMark with tables, strikethrough and footnotes, and HTML for what those
//! cannot say.
//!
//! Blocks are here, one behind the other in `blocks`, lists in `lists`, code in `listing`, what stands in lines in `inline`
//! and `line`, links around blocks in `around`, text and its escapes in `escape`, tables in `table`, footnotes in `notes`,
//! what stays HTML in `raw`, and what is dropped and told in `lost`. The Markdown of the HTML of what comes out is the same again.

mod around;
mod blocks;
mod bounds;
mod escape;
mod inline;
mod line;
mod listing;
mod lists;
mod lost;
mod notes;
mod raw;
mod table;

use std::collections::HashSet;

use super::fragment::{Fragment, Id, Node, is_block};

pub use bounds::is_bearable;

use self::{
    around::Around,
    blocks::{Blocks, indented},
    notes::Notes,
};

/// A rule.
const RULE: &str = "* * *";

/// Markdown, and what of the HTML it cannot say.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Made {
    /// The Markdown, without a line end.
    pub text: String,
    /// What was dropped though it shows or does something, by its kind: the first of each.
    pub lost: Vec<(&'static str, String)>,
}

/// HTML as Markdown; what Markdown cannot say stays HTML. `None` when it is nested too deep.
pub fn to_markdown(text: &str) -> Option<Made> {
    let tree = Fragment::parse(text)?;
    let mut writer = Writer {
        targets: targets(&tree),
        notes: Notes::find(&tree),
        tree: &tree,
        lost: Vec::new(),
        task: None,
        sign: None,
        cell: false,
        around: Vec::new(),
        room: around::room(text),
    };
    writer.lose_programs();
    let mut out = writer.blocks(0);
    out.truncate(out.trim_end_matches(['\n', ' ']).len());
    Some(Made { text: out, lost: writer.lost })
}

/// The ids that links of the text lead to.
fn targets(tree: &Fragment<'_>) -> HashSet<String> {
    let mut targets = HashSet::new();
    for node in &tree.nodes {
        if let Node::Element(element) = node
            && element.name == "a"
            && let Some(href) = element.attribute("href")
            && let Some(id) = href.trim().strip_prefix('#')
            && !id.is_empty()
        {
            targets.insert(id.to_owned());
        }
    }
    targets
}

struct Writer<'w, 't> {
    tree: &'w Fragment<'t>,
    /// Ids that are linked to.
    targets: HashSet<String>,
    notes: Notes,
    lost: Vec<(&'static str, String)>,
    /// The box before the words of the item that is begun.
    task: Option<Id>,
    /// That box, once the line that it begins is written.
    sign: Option<Id>,
    /// Whether the line stands in a cell of a table.
    cell: bool,
    /// Emphasis and links around the blocks that are written.
    around: Vec<Around>,
    /// How many bytes the addresses of links around blocks may still take that were written before.
    room: usize,
}

/// White space, as the HTML standard has it: other blanks are shown as they are.
fn is_blank(c: char) -> bool {
    c.is_ascii_whitespace()
}

/// Elements whose content is no text.
fn is_hidden(name: &str) -> bool {
    matches!(
        name,
        "script"
            | "style"
            | "template"
            | "head"
            | "link"
            | "meta"
            | "base"
            | "noembed"
            | "noframes"
            | "param"
            | "source"
            | "track"
            | "input"
            | "datalist"
            | "col"
            | "colgroup"
            | "dialog"
    )
}

/// Elements that stay HTML with all that is in them.
fn is_raw(name: &str) -> bool {
    matches!(name, "iframe" | "video" | "audio" | "object" | "embed" | "applet" | "svg" | "math" | "canvas" | "dl")
}

/// Of those, the ones that stand in a line with other text.
fn is_raw_inline(name: &str) -> bool {
    matches!(name, "svg" | "math" | "canvas")
}

impl Writer<'_, '_> {
    /// The blocks among the children of an element, each with a blank line before the next.
    fn blocks(&mut self, id: Id) -> String {
        let mut out = Blocks::default();
        self.blocks_into(id, &mut out, &mut Vec::new());
        out.text
    }

    /// Adds the blocks of an element. `line` gathers what stands in lines, across elements that only group.
    fn blocks_into(&mut self, id: Id, out: &mut Blocks, line: &mut Vec<Id>) {
        let tree = self.tree;
        for &child in tree.children(id) {
            if self.holds_blocks(child) {
                self.paragraph(line, out);
                self.block(child, out);
            } else {
                line.push(child);
            }
        }
        self.paragraph(line, out);
    }

    /// Whether a node stands on lines of its own, by what it is or by what is in it.
    fn holds_blocks(&self, id: Id) -> bool {
        match &self.tree.nodes[id] {
            Node::Text(_) => false,
            Node::Comment(text) => is_more(text),
            Node::Element(element) => {
                let name = &*element.name;
                if is_raw_inline(name) {
                    return false;
                }
                is_block(name) || is_raw(name) || element.children.iter().any(|&child| self.holds_blocks_near(child, 8))
            }
        }
    }

    /// The same, as deep as anybody puts blocks into formatting.
    fn holds_blocks_near(&self, id: Id, depth: usize) -> bool {
        let Some(element) = self.tree.element(id) else { return false };
        let name = &*element.name;
        if is_raw_inline(name) || name == "picture" {
            return false;
        }
        is_block(name)
            || is_raw(name)
            || depth > 0 && element.children.iter().any(|&child| self.holds_blocks_near(child, depth - 1))
    }

    /// What stands in lines as paragraphs, and blocks as they are.
    fn gathered(&mut self, children: impl Iterator<Item = Id>) -> String {
        let mut out = Blocks::default();
        let mut line = Vec::new();
        for child in children {
            if self.holds_blocks(child) {
                self.paragraph(&mut line, &mut out);
                self.block(child, &mut out);
            } else {
                line.push(child);
            }
        }
        self.paragraph(&mut line, &mut out);
        out.text
    }

    /// Ends the paragraph that was gathered.
    fn paragraph(&mut self, line: &mut Vec<Id>, out: &mut Blocks) {
        if line.is_empty() {
            return;
        }
        let text = self.line_of(line);
        line.clear();
        let text = escape::line_starts(&text);
        match self.sign.take() {
            Some(id) => self.add_task(id, &text, out),
            None => out.add(&text),
        }
    }

    fn block(&mut self, id: Id, out: &mut Blocks) {
        let tree = self.tree;
        let Some(element) = tree.element(id) else {
            if let Node::Comment(_) = &tree.nodes[id] {
                out.add("<!--more-->");
            }
            return;
        };
        let name = &*element.name;
        if self.drops(id) {
            return;
        }
        if let Some(label) = self.notes.definition(id).map(str::to_owned) {
            let text = self.blocks(id);
            // A blank stood before the link back.
            out.add(&indented(&format!("[^{label}]: "), "    ", text.trim_end()));
            return;
        }
        match name {
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => self.heading(id, out),
            "hr" => out.add(RULE),
            "pre" | "xmp" => self.listing(id, out),
            "ul" | "ol" | "menu" | "dir" if self.notes.holds(tree, id) => {
                for &child in tree.children(id).iter().filter(|&&child| tree.element(child).is_some()) {
                    self.block(child, out);
                }
            }
            "ul" | "ol" | "menu" | "dir" => {
                let list = self.list(id, out.last_list());
                out.add_list(&list);
            }
            "blockquote" => {
                let text = self.blocks(id);
                if !text.is_empty() {
                    out.add(&indented("> ", "> ", &text));
                }
            }
            "table" => self.table(id, out),
            "details" => self.details(id, out),
            _ if is_raw(name) => {
                let html = self.raw(id);
                out.add(&html);
            }
            _ => {
                self.anchor(id, out);
                // Blocks in bold are bold lines, and so it is with links.
                let (outside, before) = (self.around.len(), out.text.len());
                self.around.extend(Around::of(id, element));
                self.blocks_into(id, out, &mut Vec::new());
                self.leave_around(outside, out.text.len() > before);
            }
        }
    }

    /// A place that a link leads to, before a block that has no other way of saying so.
    fn anchor(&mut self, id: Id, out: &mut Blocks) {
        let target = self.tree.element(id).and_then(|element| element.attribute("id"));
        if let Some(target) = target.filter(|target| self.targets.contains(&**target)) {
            out.add(&format!("<a id=\"{}\"></a>", super::escape_attribute(&target)));
        }
    }

    fn details(&mut self, id: Id, out: &mut Blocks) {
        let tree = self.tree;
        let open = tree.element(id).is_some_and(|element| element.attribute("open").is_some());
        let mut html = if open { "<details open>".to_owned() } else { "<details>".to_owned() };
        let (summaries, others): (Vec<Id>, Vec<Id>) =
            tree.children(id).iter().partition(|&&child| tree.name(child) == "summary");
        for child in summaries {
            html.push('\n');
            html.push_str(&self.raw(child));
        }
        let text = self.gathered(others.into_iter());
        if !text.is_empty() {
            html.push_str("\n\n");
            html.push_str(&text);
        }
        html.push_str("\n\n</details>");
        out.add(&html);
    }

    fn heading(&mut self, id: Id, out: &mut Blocks) {
        let tree = self.tree;
        let level = tree.name(id).as_bytes()[1] - b'0';
        let text = self.line_of(tree.children(id)).replace("  \n", "<br>");
        if text.is_empty() {
            return;
        }
        let mut line = "#".repeat(usize::from(level));
        line.push(' ');
        line.push_str(&escape::heading_end(&text));
        // Generators make an id of the words; another one is worth its braces only where a link leads there.
        let target = tree.element(id).and_then(|element| element.attribute("id")).map(|id| id.into_owned());
        if let Some(target) = target.filter(|target| self.targets.contains(target))
            && target.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '_' | ':' | '.'))
        {
            line.push_str(&format!(" {{#{target}}}"));
        }
        out.add(&line);
    }
}

/// `<!--more-->`, after which a summary ends.
fn is_more(comment: &str) -> bool {
    comment.trim() == "more"
}

#[cfg(test)]
mod tests;
