//! HTML as Markdown that shows the same: CommonMark with tables, strikethrough and footnotes, and HTML for what those
//! cannot say.
//!
//! Blocks are here, what stands in lines is in `inline`, text and its escapes in `escape`, tables in `table`, footnotes in
//! `notes`, and what stays HTML in `raw`. The Markdown of the HTML of what comes out is the same again.

mod escape;
mod inline;
mod notes;
mod raw;
mod table;

use std::collections::HashSet;

use super::{
    fragment::{DEPTH, Fragment, Id, Node, is_block, is_void},
    token::{Token, tokens},
    unescape,
};

use self::{inline::is_around, notes::Notes};

/// How many copies of misnested formatting elements (`<b><p>…<p>…`) a tree builder may have to make, at the least.
const COPIES: usize = 100_000;

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

/// An item of a list.
struct Item {
    text: String,
    /// Whether blank lines stand around it.
    loose: bool,
    /// Whether it is a task, and done.
    task: Option<bool>,
    /// Where a list follows a line of it at once, which it does only in a list without blank lines.
    close: Option<usize>,
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
            "figure" if tree.children(id).iter().any(|&child| tree.name(child) == "figcaption") => {
                self.wrapped(id, out)
            }
            "figcaption" => self.wrapped(id, out),
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

    /// An element that stays, around blocks of Markdown.
    fn wrapped(&mut self, id: Id, out: &mut String) {
        let name = self.tree.name(id).to_owned();
        let text = self.blocks(id);
        if name == "figure" && !text.contains("<figcaption>") {
            add(out, &text);
        } else if !text.is_empty() {
            add(out, &format!("<{name}>\n\n{text}\n\n</{name}>"));
        }
    }

    fn details(&mut self, id: Id, out: &mut String) {
        let tree = self.tree;
        let open = tree.element(id).is_some_and(|element| element.attribute("open").is_some());
        let mut html = if open { "<details open>".to_owned() } else { "<details>".to_owned() };
        let mut text = String::new();
        let mut line = Vec::new();
        for &child in tree.children(id) {
            if tree.name(child) == "summary" {
                html.push('\n');
                html.push_str(&self.raw(child));
            } else if self.holds_blocks(child) {
                self.paragraph(&mut line, &mut text);
                self.block(child, &mut text);
            } else {
                line.push(child);
            }
        }
        self.paragraph(&mut line, &mut text);
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

    /// A list. `before` is the sign of the list right before it: with the same it would go on with that.
    fn list(&mut self, id: Id, before: Option<u8>) -> String {
        let tree = self.tree;
        let ordered = tree.name(id) == "ol";
        let mut items: Vec<Item> = Vec::new();
        let mut stray = Vec::new();
        for &child in tree.children(id) {
            match &tree.nodes[child] {
                Node::Element(element) if element.name == "li" => {
                    self.stray(&mut stray, &mut items);
                    let item = self.item(child);
                    items.push(item);
                }
                Node::Text(text) if text.trim_ascii().is_empty() => {}
                Node::Comment(_) => {}
                // A list in a list, without an item of its own.
                Node::Element(element) if matches!(&*element.name, "ul" | "ol") && !items.is_empty() => {
                    let inner = self.list(child, None);
                    if let Some(item) = items.last_mut() {
                        item.loose = true;
                        add(&mut item.text, &inner);
                    }
                }
                _ => stray.push(child),
            }
        }
        self.stray(&mut stray, &mut items);
        let loose = items.iter().any(|item| item.loose);
        // Dashes alone are a rule.
        let dashed = items.iter().any(|item| {
            let first = item.text.lines().next().unwrap_or_default();
            !first.is_empty() && first.bytes().all(|b| matches!(b, b'-' | b' '))
        });
        let signs: &[char] = if ordered { &['.', ')'] } else { &['-', '+', '*'] };
        let fits = |sign: &&char| Some(**sign as u8) != before && !(dashed && **sign == '-');
        let sign = signs.iter().find(fits).unwrap_or(&signs[0]);
        let start =
            tree.element(id).and_then(|list| list.attribute("start")).and_then(|start| start.trim().parse().ok());
        let mut number: u32 = start.unwrap_or(1).min(999_999_999);
        let mut text = String::new();
        for mut item in items {
            if let Some(at) = item.close.filter(|_| loose) {
                item.text.insert(at, '\n');
            }
            let marker = if ordered { format!("{number}{sign} ") } else { format!("{sign} ") };
            number = number.saturating_add(1).min(999_999_999);
            if !text.is_empty() {
                text.push_str(if loose { "\n\n" } else { "\n" });
            }
            let words = match item.task {
                Some(true) => format!("[x] {}", item.text),
                Some(false) => format!("[ ] {}", item.text),
                None => item.text,
            };
            let indent = " ".repeat(marker.len());
            text.push_str(indented(&marker, &indent, &words).trim_end_matches(' '));
        }
        text
    }

    /// What stands in a list and in no item of it is one.
    fn stray(&mut self, stray: &mut Vec<Id>, items: &mut Vec<Item>) {
        let mut text = String::new();
        let mut line = Vec::new();
        for child in stray.drain(..) {
            if self.holds_blocks(child) {
                self.paragraph(&mut line, &mut text);
                self.block(child, &mut text);
            } else {
                line.push(child);
            }
        }
        self.paragraph(&mut line, &mut text);
        if !text.is_empty() {
            let loose = text.contains("\n\n");
            items.push(Item { text, loose, task: None, close: None });
        }
    }

    fn item(&mut self, id: Id) -> Item {
        let tree = self.tree;
        let mut out = String::new();
        self.anchor(id, &mut out);
        let mut line = Vec::new();
        let (mut loose, mut task, mut close) = (!out.is_empty(), None, None);
        // Whether the last block was a line of text.
        let mut plain = false;
        for &child in tree.children(id) {
            let Some(element) = tree.element(child) else {
                line.push(child);
                continue;
            };
            let is_box = element.name == "input" && element.attribute("type").is_some_and(|kind| kind == "checkbox");
            if is_box && task.is_none() && out.is_empty() && line.len() < 4 && self.line_of(&line).is_empty() {
                task = Some(element.attribute("checked").is_some());
                line.clear();
            } else if matches!(&*element.name, "ul" | "ol" | "menu") {
                let before = out.len();
                self.paragraph(&mut line, &mut out);
                if out.len() > before {
                    loose |= before > 0;
                    plain = true;
                }
                let list = self.list(child, last_list(&out));
                if list.is_empty() {
                    continue;
                }
                // Only a list that begins with 1 and has a word at once may follow a line of text.
                let begins = list.lines().next().unwrap_or_default();
                let may = (begins.starts_with("- ") || begins.starts_with("1. ")) && begins.len() > 3;
                loose |= !(out.is_empty() || may && plain);
                if !loose && !out.is_empty() {
                    close = Some(out.len());
                    out.push('\n');
                    out.push_str(&list);
                } else {
                    add(&mut out, &list);
                }
                plain = false;
            } else if self.holds_blocks(child) {
                self.paragraph(&mut line, &mut out);
                let before = out.len();
                self.block(child, &mut out);
                if out.len() > before {
                    loose |= element.name == "p" || before > 0;
                    plain = false;
                }
            } else {
                line.push(child);
            }
        }
        let before = out.len();
        self.paragraph(&mut line, &mut out);
        loose |= before > 0 && out.len() > before || is_parted(&out);
        Item { text: out, loose, task, close }
    }
}

/// Whether blank lines part the blocks of an item; those within code, and between items of a list in it, do not.
fn is_parted(text: &str) -> bool {
    let (mut fence, mut blank, mut last) = ("", false, None);
    for line in text.split('\n') {
        if !fence.is_empty() {
            if line == fence {
                fence = "";
            }
        } else if line.is_empty() {
            blank = true;
        } else if line.starts_with(' ') {
            blank = false;
        } else {
            let sign = item_sign(line);
            if blank && (sign.is_none() || sign != last) {
                return true;
            }
            (last, blank) = (sign, false);
            let run = line.bytes().take_while(|b| *b == b'`').count();
            if run >= 3 {
                fence = &line[..run];
            }
        }
    }
    false
}

/// The sign of the item that a line begins.
fn item_sign(line: &str) -> Option<u8> {
    let digits = line.bytes().take_while(u8::is_ascii_digit).count();
    let sign = *line.as_bytes().get(digits)?;
    let begins = line.as_bytes().get(digits + 1).is_none_or(|b| *b == b' ');
    let fits =
        if digits > 0 { matches!(sign, b'.' | b')') } else { matches!(sign, b'-' | b'+' | b'*') && line != RULE };
    (begins && fits).then_some(sign)
}

/// The sign of the items of the last block, where that is a list.
fn last_list(out: &str) -> Option<u8> {
    // What is indented belongs to an item, and a line of text that looked like one has a backslash.
    let line = out.rsplit('\n').find(|line| !line.is_empty() && !line.starts_with(' '))?;
    item_sign(line)
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

/// Whether the tree of the text stays within the bounds that builders of trees bear, as far as its tags tell.
pub fn is_bearable(text: &str) -> bool {
    // Elements whose start tags close an open one of the same name.
    const LAST_ONE_ENDS: &[&str] = &["p", "li", "dt", "dd", "tr", "td", "th", "option", "tbody", "a", "nobr"];
    let mut open: Vec<String> = Vec::new();
    let (mut formatting, mut copies) = (0usize, 0usize);
    for token in tokens(text) {
        match token {
            Token::Open(tag) => {
                let name = tag.name.to_ascii_lowercase();
                if is_void(&name) {
                    continue;
                }
                if LAST_ONE_ENDS.contains(&&*name) && open.last() == Some(&name) {
                    open.pop();
                } else if is_formatting(&name) {
                    formatting += 1;
                }
                copies += formatting;
                open.push(name);
            }
            Token::Close(name) => {
                let name = name.to_ascii_lowercase();
                if is_formatting(&name) {
                    formatting = formatting.saturating_sub(1);
                } else {
                    copies += formatting;
                }
                // Tags beyond the reach of any nesting allowed here need not be looked for.
                if let Some(at) = open.iter().rposition(|known| *known == name) {
                    open.truncate(at);
                }
            }
            Token::Text(_) | Token::Raw(_) | Token::Comment(_) | Token::Other => {}
        }
        // Formatting elements that were closed by their parents come back in the next block.
        if open.len() > DEPTH || formatting > DEPTH || copies > COPIES.max(text.len()) {
            return false;
        }
    }
    true
}

/// Elements that the tree builder opens again after the block that they were opened in.
fn is_formatting(name: &str) -> bool {
    matches!(
        name,
        "a" | "b" | "big" | "code" | "em" | "font" | "i" | "nobr" | "s" | "small" | "strike" | "strong" | "tt" | "u"
    )
}

#[cfg(test)]
mod tests;
