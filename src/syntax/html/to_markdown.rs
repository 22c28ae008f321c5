//! HTML as Markdown.
//!
//! htmd builds a tree and walks it by recursion, and some of its steps take quadratic time, so that what it gets is
//! measured first: nothing deeper than [`DEPTH`], nothing that browsers' repair of misnested tags would blow up.

use std::sync::LazyLock;

use htmd::{
    Element, HtmlToMarkdown,
    element_handler::{HandlerResult, Handlers},
    options::{BulletListMarker, Options},
};

use super::{
    escape_attribute,
    token::{Token, tokens},
};

/// How deep elements may be nested. Each level takes up to 3 KiB of stack in a debug build.
const DEPTH: usize = 128;

/// How many copies of misnested formatting elements (`<b><p>…<p>…`) a tree builder may have to make, at the least.
const COPIES: usize = 100_000;

/// How many inline elements of one name may follow each other without anything between; htmd joins them one by one.
const JOINED: usize = 5_000;

/// HTML as Markdown; what Markdown cannot say stays HTML. `None` when it is nested deeper than the converter bears.
pub fn to_markdown(text: &str) -> Option<String> {
    static CONVERTER: LazyLock<HtmlToMarkdown> = LazyLock::new(converter);
    if !is_bearable(text) {
        return None;
    }
    let tree = CONVERTER.html_to_tree(text).ok()?;
    // The measure above goes by tags; the tree is what counts.
    let mut open = vec![(tree.clone(), 0)];
    while let Some((node, depth)) = open.pop() {
        if depth > DEPTH {
            return None;
        }
        open.extend(node.children.borrow().iter().map(|child| (child.clone(), depth + 1)));
    }
    Some(with_plain_pipes(CONVERTER.tree_to_markdown(&tree)))
}

/// Whether the tree of the text stays within the bounds that builders of trees bear, as far as its tags tell.
pub fn is_bearable(text: &str) -> bool {
    // Elements whose start tags close an open one of the same name.
    const LAST_ONE_ENDS: &[&str] = &["p", "li", "dt", "dd", "tr", "td", "th", "option", "tbody", "a", "nobr"];
    let mut open: Vec<String> = Vec::new();
    let (mut formatting, mut copies, mut joined) = (0usize, 0usize, 0usize);
    let mut closed = String::new();
    for token in tokens(text) {
        match token {
            Token::Open(tag) => {
                let name = tag.name.to_ascii_lowercase();
                if is_void(&name) {
                    continue;
                }
                joined = if name == closed { joined + 1 } else { 0 };
                closed.clear();
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
                closed = name;
            }
            Token::Text(_) | Token::Raw(_) => closed.clear(),
            Token::Comment(_) | Token::Other => {}
        }
        // Formatting elements that were closed by their parents come back in the next block.
        if open.len() > DEPTH || formatting > DEPTH || joined > JOINED || copies > COPIES.max(text.len()) {
            return false;
        }
    }
    true
}

fn is_void(name: &str) -> bool {
    matches!(
        name,
        "area"
            | "base"
            | "br"
            | "col"
            | "embed"
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

/// Elements that the tree builder opens again after the block that they were opened in.
fn is_formatting(name: &str) -> bool {
    matches!(
        name,
        "a" | "b" | "big" | "code" | "em" | "font" | "i" | "nobr" | "s" | "small" | "strike" | "strong" | "tt" | "u"
    )
}

fn converter() -> HtmlToMarkdown {
    let options = Options {
        bullet_list_marker: BulletListMarker::Dash,
        ul_bullet_spacing: 1,
        ol_number_spacing: 1,
        ..Options::default()
    };
    HtmlToMarkdown::builder()
        .options(options)
        .scripting_enabled(false)
        .skip_tags(vec!["script", "style", "template"])
        .add_handler(vec!["del", "s", "strike"], |handlers: &dyn Handlers, element: Element<'_>| {
            Some(around(handlers, &element, "~~", "~~"))
        })
        .add_handler(vec!["sub", "sup", "kbd", "mark", "ins"], |handlers: &dyn Handlers, element: Element<'_>| {
            let (open, close) = (format!("<{}>", element.tag), format!("</{}>", element.tag));
            Some(around(handlers, &element, &open, &close))
        })
        .add_handler(vec!["iframe", "video", "audio", "object", "embed"], as_html)
        .add_handler(vec!["source", "track", "param"], |_: &dyn Handlers, element: Element<'_>| {
            Some(start_tag(&element).into())
        })
        .build()
}

/// Marks around the content of an inline element; blanks at its ends stay outside, as Markdown wants it.
fn around(handlers: &dyn Handlers, element: &Element<'_>, open: &str, close: &str) -> HandlerResult {
    let content = handlers.walk_children(element.node).content;
    let inner = content.trim();
    if inner.is_empty() {
        return content.into();
    }
    let start = content.len() - content.trim_start().len();
    let end = start + inner.len();
    [&content[..start], open, inner, close, &content[end..]].concat().into()
}

/// A block that stays HTML.
fn as_html(handlers: &dyn Handlers, element: Element<'_>) -> Option<HandlerResult> {
    let mut html = start_tag(&element);
    if element.tag != "embed" {
        html.push_str(handlers.walk_children(element.node).content.trim());
        html.push_str("</");
        html.push_str(element.tag);
        html.push('>');
    }
    Some(format!("\n\n{html}\n\n").into())
}

fn start_tag(element: &Element<'_>) -> String {
    let mut tag = format!("<{}", element.tag);
    for attribute in element.attrs {
        tag.push(' ');
        tag.push_str(&attribute.name.local);
        if !attribute.value.is_empty() {
            tag.push_str("=\"");
            // A line end would end the block that the tag begins.
            tag.push_str(&escape_attribute(&attribute.value).replace(['\n', '\r'], " "));
            tag.push('"');
        }
    }
    tag.push('>');
    tag
}

/// Pipes in the cells of a table as Markdown has them: htmd writes `&#124;`, which code in a cell would show.
fn with_plain_pipes(markdown: String) -> String {
    if !markdown.contains("&#124;") {
        return markdown;
    }
    let mut fence = "";
    let mut out = String::with_capacity(markdown.len());
    for line in markdown.split_inclusive('\n') {
        let start = line.trim_start();
        let run = start.len() - start.trim_start_matches(['`', '~']).len();
        if fence.is_empty() && run >= 3 {
            fence = &start[..run];
        } else if !fence.is_empty() && start.starts_with(fence) && start[run..].trim().is_empty() {
            fence = "";
        }
        if fence.is_empty() && start.starts_with('|') {
            out.push_str(&line.replace("&#124;", "\\|"));
        } else {
            out.push_str(line);
        }
    }
    out
}
