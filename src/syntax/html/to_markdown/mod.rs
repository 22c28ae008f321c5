//! HTML as Markdown that shows the same: CommonMark with tables, strikethrough and footnotes, and HTML for what those
//! cannot say.
//!
//! Blocks are here, lists in `lists`, what stands in lines is in `inline` and `line`, text and its escapes in `escape`, tables in `table`, footnotes in
//! `notes`, and what stays HTML in `raw`. The Markdown of the HTML of what comes out is the same again.

mod bounds;
mod escape;
mod inline;
mod line;
mod lists;
mod notes;
mod raw;
mod table;

use std::collections::HashSet;

use super::{
    fragment::{Fragment, Id, Node, is_block},
    unescape,
};

pub use bounds::is_bearable;

use self::{inline::is_around, lists::last_list, notes::Notes};

/// A rule.
const RULE: &str = "* * *";

/// Markdown, and what of the HTML it cannot say.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Made {
    /// The Markdown, without a line end.
    pub text: String,
    /// The first picture whose size was dropped.
    pub size: Option<String>,
}

/// HTML as Markdown; what Markdown cannot say stays HTML. `None` when it is nested too deep.
pub fn to_markdown(text: &str) -> Option<Made> {
    let tree = Fragment::parse(text)?;
    let mut writer = Writer {
        targets: targets(&tree),
        notes: Notes::find(&tree),
        tree: &tree,
        size: None,
        cell: false,
        around: Vec::new(),
    };
    let mut out = writer.blocks(0);
    out.truncate(out.trim_end_matches(['\n', ' ']).len());
    Some(Made { text: out, size: writer.size })
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
    size: Option<String>,
    /// Whether the line stands in a cell of a table.
    cell: bool,
    /// Emphasis and links around the blocks that are written.
    around: Vec<Id>,
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
        let mut out = String::new();
        self.blocks_into(id, &mut out, &mut Vec::new());
        out
    }

    /// Adds the blocks of an element. `line` gathers what stands in lines, across elements that only group.
    fn blocks_into(&mut self, id: Id, out: &mut String, line: &mut Vec<Id>) {
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
        let mut text = String::new();
        let mut line = Vec::new();
        for child in children {
            if self.holds_blocks(child) {
                self.paragraph(&mut line, &mut text);
                self.block(child, &mut text);
            } else {
                line.push(child);
            }
        }
        self.paragraph(&mut line, &mut text);
        text
    }

    /// Ends the paragraph that was gathered.
    fn paragraph(&mut self, line: &mut Vec<Id>, out: &mut String) {
        if line.is_empty() {
            return;
        }
        let text = self.line_of(line);
        line.clear();
        add(out, &escape::line_starts(&text));
    }

    fn block(&mut self, id: Id, out: &mut String) {
        let tree = self.tree;
        let Some(element) = tree.element(id) else {
            if let Node::Comment(_) = &tree.nodes[id] {
                add(out, "<!--more-->");
            }
            return;
        };
        let name = &*element.name;
        if is_hidden(name) || self.notes.is_frame(id) {
            return;
        }
        if let Some(label) = self.notes.definition(id).map(str::to_owned) {
            let text = self.blocks(id);
            // A blank stood before the link back.
            add(out, &indented(&format!("[^{label}]: "), "    ", text.trim_end()));
            return;
        }
        match name {
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => self.heading(id, out),
            "hr" => add(out, RULE),
            "pre" | "xmp" => self.listing(id, out),
            "ul" | "ol" | "menu" | "dir" if self.notes.holds(tree, id) => {
                for &child in tree.children(id).iter().filter(|&&child| tree.element(child).is_some()) {
                    self.block(child, out);
                }
            }
            "ul" | "ol" | "menu" | "dir" => {
                let list = self.list(id, last_list(out));
                add(out, &list);
            }
            "blockquote" => {
                let text = self.blocks(id);
                if !text.is_empty() {
                    add(out, &indented("> ", "> ", &text));
                }
            }
            "table" => self.table(id, out),
            "details" => self.details(id, out),
            _ if is_raw(name) => {
                let html = self.raw(id);
                add(out, &html);
            }
            _ => {
                self.anchor(id, out);
                // Blocks in bold are bold lines, and so it is with links.
                let around = is_around(element);
                if around {
                    self.around.push(id);
                }
                self.blocks_into(id, out, &mut Vec::new());
                if around {
                    self.around.pop();
                }
            }
        }
    }

    /// A place that a link leads to, before a block that has no other way of saying so.
    fn anchor(&mut self, id: Id, out: &mut String) {
        let target = self.tree.element(id).and_then(|element| element.attribute("id"));
        if let Some(target) = target.filter(|target| self.targets.contains(&**target)) {
            add(out, &format!("<a id=\"{}\"></a>", super::escape_attribute(&target)));
        }
    }

    fn details(&mut self, id: Id, out: &mut String) {
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
        add(out, &html);
    }

    fn heading(&mut self, id: Id, out: &mut String) {
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
        add(out, &line);
    }

    /// `pre`: a block between fences.
    fn listing(&mut self, id: Id, out: &mut String) {
        let tree = self.tree;
        let is_markup = |name: &str| matches!(name, "a" | "img" | "em" | "strong" | "sub" | "sup");
        let (mut text, mut markup, mut language) = (String::new(), false, None);
        let mut open = vec![id];
        let mut in_code = false;
        while let Some(id) = open.pop() {
            match &tree.nodes[id] {
                Node::Text(piece) => text.push_str(&unescape(piece)),
                Node::Comment(_) => {}
                Node::Element(element) => {
                    in_code |= element.name == "code";
                    markup |= is_markup(&element.name);
                    if element.name == "br" {
                        text.push('\n');
                    }
                    if matches!(&*element.name, "pre" | "code") && language.is_none() {
                        language = element.attribute("class").and_then(|class| language_of(&class));
                    }
                    if !is_hidden(&element.name) {
                        open.extend(element.children.iter().rev());
                    }
                }
            }
        }
        if markup && !in_code {
            let html = self.raw(id);
            add(out, &html);
            return;
        }
        // The first line end after the tag is none.
        let text = text.replace("\r\n", "\n");
        let at_once = tree.children(id).first().is_some_and(|&child| matches!(tree.nodes[child], Node::Text(_)));
        let text = text.strip_prefix('\n').filter(|_| at_once).unwrap_or(&text);
        let text = text.strip_suffix('\n').unwrap_or(text);
        let fence = "`".repeat(escape::longest_run(text, '`').max(2) + 1);
        add(out, &format!("{fence}{}\n{text}\n{fence}", language.unwrap_or_default()));
    }
}

/// Adds a block, a blank line before it.
fn add(out: &mut String, block: &str) {
    if block.is_empty() {
        return;
    }
    if !out.is_empty() {
        out.push_str("\n\n");
    }
    out.push_str(block);
}

/// The text with `first` before its first line and `rest` before the others, of which blank ones get no blanks.
fn indented(first: &str, rest: &str, text: &str) -> String {
    let mut out = String::with_capacity(text.len() + text.len() / 8 + first.len());
    out.push_str(first);
    for (number, line) in text.split('\n').enumerate() {
        if number > 0 {
            out.push('\n');
            out.push_str(if line.is_empty() { rest.trim_end() } else { rest });
        }
        out.push_str(line);
    }
    out
}

/// `<!--more-->`, after which a summary ends.
fn is_more(comment: &str) -> bool {
    comment.trim() == "more"
}

/// The language that a class names: `language-rust`, `lang-rust`, `brush: rust`, `highlight-source-rust`.
fn language_of(class: &str) -> Option<String> {
    let mut words = class.split_ascii_whitespace().peekable();
    while let Some(word) = words.next() {
        let named =
            ["language-", "lang-", "highlight-source-", "brush:"].iter().find_map(|start| word.strip_prefix(start));
        let named = named.map(|name| if name.is_empty() { words.peek().copied().unwrap_or_default() } else { name });
        let named = named.map(|name| name.trim_end_matches([';', ',']));
        if let Some(name) =
            named.filter(|name| !name.is_empty() && !name.contains(['`', '~', '\\', '&', '*', '_', '{']))
        {
            return Some(name.to_owned());
        }
    }
    None
}

#[cfg(test)]
mod tests;
