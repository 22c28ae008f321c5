//! Paragraphs as WordPress makes them when it shows a post: a blank line parts two, a line end is a break, and blocks
//! stay what they are (`wpautop` of `wp-includes/formatting.php`).
//!
//! Where WordPress' own replacements leave tags that do not match, this gives what browsers make of them.

use crate::syntax::html::{Token, tokens};

/// Elements that are no part of a paragraph; sorted.
const BLOCKS: [&str; 51] = [
    "address",
    "area",
    "article",
    "aside",
    "blockquote",
    "caption",
    "col",
    "colgroup",
    "dd",
    "details",
    "div",
    "dl",
    "dt",
    "fieldset",
    "figcaption",
    "figure",
    "footer",
    "form",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "hgroup",
    "hr",
    "legend",
    "li",
    "main",
    "map",
    "math",
    "menu",
    "nav",
    "ol",
    "optgroup",
    "option",
    "p",
    "pre",
    "search",
    "section",
    "style",
    "summary",
    "table",
    "tbody",
    "td",
    "tfoot",
    "th",
    "thead",
    "tr",
    "ul",
];

/// What may stand directly in an element.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Inside {
    /// Paragraphs, one alone without its tags.
    Flow,
    /// Paragraphs.
    Paragraphs,
    /// Text whose line ends are breaks.
    Phrase,
    /// Text whose line ends are none.
    Plain,
}

fn inside(name: &str) -> Inside {
    match name {
        "blockquote" => Inside::Paragraphs,
        "p" | "h1" | "h2" | "h3" | "h4" | "h5" | "h6" | "address" | "figcaption" | "caption" | "summary" | "legend"
        | "dt" => Inside::Phrase,
        "table" | "thead" | "tbody" | "tfoot" | "tr" | "colgroup" | "ul" | "ol" | "dl" | "menu" | "option"
        | "optgroup" | "figure" | "map" | "math" | "hgroup" => Inside::Plain,
        _ => Inside::Flow,
    }
}

/// The number of a block element.
fn number(name: &str) -> Option<usize> {
    BLOCKS.binary_search(&name.to_ascii_lowercase().as_str()).ok()
}

/// Whether an element of that name is no part of a paragraph.
pub(super) fn is_block(name: &str) -> bool {
    number(name).is_some()
}

/// The text with its paragraphs.
pub(super) fn paragraphs(text: &str) -> String {
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    let mut cut = tokens(&text);
    let mut state = State::new(text.len());
    // How deep in `pre`, `script` and their like: all is as it stands there.
    let mut verbatim: Option<&str> = None;
    let mut at = 0;
    while let Some(token) = cut.next() {
        let end = text.len() - cut.left();
        let raw = &text[at..end];
        at = end;
        if let Some(name) = verbatim {
            state.raw(raw);
            if matches!(token, Token::Close(closed) if closed.eq_ignore_ascii_case(name)) {
                verbatim = None;
                state.after_verbatim(name);
            }
            continue;
        }
        match token {
            Token::Text(text) => state.text(text),
            Token::Open(tag) if is_verbatim(tag.name) && !tag.is_empty() => {
                if is_block(tag.name) {
                    state.flush(Next::Open);
                    state.begin_line();
                }
                verbatim = Some(tag.name);
                state.raw(raw);
            }
            Token::Open(tag) => match number(tag.name) {
                Some(block) => state.open(block, raw, tag.is_empty()),
                None => state.inline(raw, true),
            },
            Token::Close(name) => match number(name) {
                Some(block) => state.close(block, raw),
                None => state.inline(raw, true),
            },
            Token::Comment(_) | Token::Other => state.inline(raw, false),
            Token::Raw(_) => state.inline(raw, true),
        }
    }
    state.finish()
}

fn is_verbatim(name: &str) -> bool {
    ["pre", "script", "style", "svg", "math"].iter().any(|known| known.eq_ignore_ascii_case(name))
}

/// What ends a run of text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Next {
    Open,
    Close,
    End,
}

/// A paragraph on its way.
#[derive(Debug, Default)]
struct Paragraph {
    html: String,
    /// Whether there is something to see in it: comments and scripts need no paragraph.
    seen: bool,
}

struct State {
    out: String,
    /// The text since the last tag of a block, in paragraphs; the last one is open.
    run: Vec<Paragraph>,
    /// Whether a blank line stands before it, and behind.
    blank: (bool, bool),
    /// Whether it follows the start tag of the innermost block.
    first: bool,
    open: Vec<usize>,
    /// Where the last `p` of the text's own begins, and where what is in it does.
    own: (usize, usize),
    /// How many of each block are open, so that an end tag without its like is known at once.
    counts: [usize; BLOCKS.len()],
}

impl State {
    fn new(length: usize) -> Self {
        State {
            out: String::with_capacity(length + length / 8),
            run: Vec::new(),
            blank: (false, false),
            first: false,
            open: Vec::new(),
            own: (0, 0),
            counts: [0; BLOCKS.len()],
        }
    }

    fn around(&self) -> Inside {
        self.open.last().map_or(Inside::Paragraphs, |&block| inside(BLOCKS[block]))
    }

    /// The open paragraph.
    fn paragraph(&mut self) -> &mut Paragraph {
        if self.run.is_empty() {
            self.run.push(Paragraph::default());
        }
        let last = self.run.len() - 1;
        &mut self.run[last]
    }

    fn text(&mut self, text: &str) {
        let breaks = self.around() != Inside::Plain;
        let count = text.split('\n').count();
        for (at, line) in text.split('\n').enumerate() {
            let is_blank = line.trim().is_empty();
            if at > 0 && at + 1 < count && is_blank {
                self.part();
                continue;
            }
            let paragraph = self.paragraph();
            if at > 0 {
                push_break(&mut paragraph.html, breaks);
            }
            let line = if paragraph.html.is_empty() { line.trim_start() } else { line };
            paragraph.html.push_str(line);
            paragraph.seen |= !is_blank;
        }
    }

    /// A blank line.
    fn part(&mut self) {
        let begun = self.run.last().is_some_and(|last| !last.html.is_empty());
        if begun {
            self.run.push(Paragraph::default());
        }
        if self.run.len() <= 1 { self.blank.0 = true } else { self.blank.1 = true }
    }

    fn inline(&mut self, raw: &str, seen: bool) {
        let paragraph = self.paragraph();
        paragraph.html.push_str(raw);
        paragraph.seen |= seen;
    }

    /// What is as it stands: in a block of its own at once, else in the paragraph.
    fn raw(&mut self, raw: &str) {
        if self.run.is_empty() { self.out.push_str(raw) } else { self.paragraph().html.push_str(raw) }
    }

    fn after_verbatim(&mut self, name: &str) {
        if self.run.is_empty() && is_block(name) {
            self.out.push('\n');
            self.first = false;
        }
    }

    fn begin_line(&mut self) {
        if !self.out.is_empty() && !self.out.ends_with('\n') && self.around() != Inside::Phrase {
            self.out.push('\n');
        }
    }

    fn open(&mut self, block: usize, raw: &str, is_empty: bool) {
        self.flush(Next::Open);
        let name = BLOCKS[block];
        // A paragraph ends where a block begins, a list's entry where the next does.
        if let Some(&last) = self.open.last()
            && (BLOCKS[last] == "p"
                || last == block && matches!(name, "li" | "dt" | "dd" | "tr" | "td" | "th" | "option"))
        {
            if BLOCKS[last] == "p" {
                self.end_own("</p>");
            }
            self.pop();
        }
        self.begin_line();
        self.own = if name == "p" { (self.out.len(), self.out.len() + raw.len()) } else { self.own };
        self.out.push_str(raw);
        if is_empty || matches!(name, "hr" | "area" | "col") {
            self.out.push('\n');
            self.first = false;
            return;
        }
        self.open.push(block);
        self.counts[block] += 1;
        self.first = true;
    }

    fn close(&mut self, block: usize, raw: &str) {
        self.flush(Next::Close);
        if self.counts[block] > 0 {
            while let Some(last) = self.pop() {
                if last == block {
                    break;
                }
                if BLOCKS[last] == "p" {
                    self.end_own("</p>");
                }
            }
        } else if BLOCKS[block] == "p" {
            // Its paragraph was made here, and ended.
            return;
        }
        if BLOCKS[block] == "p" {
            if !self.end_own(raw) {
                return;
            }
        } else {
            self.out.push_str(raw);
        }
        self.out.push('\n');
        self.first = false;
    }

    /// Ends a `p` of the text's own; one with nothing in it goes, as where a shortcode stood alone.
    fn end_own(&mut self, end: &str) -> bool {
        let is_empty = self.out.get(self.own.1..).is_some_and(|inside| inside.trim().is_empty());
        if is_empty {
            self.out.truncate(self.own.0);
        } else {
            self.out.push_str(end);
        }
        !is_empty
    }

    fn pop(&mut self) -> Option<usize> {
        let last = self.open.pop()?;
        self.counts[last] -= 1;
        Some(last)
    }

    /// Writes the text since the last tag of a block.
    fn flush(&mut self, next: Next) {
        let mut run = std::mem::take(&mut self.run);
        let (before, behind) = std::mem::take(&mut self.blank);
        for paragraph in &mut run {
            let end = without_breaks(&paragraph.html).len();
            paragraph.html.truncate(end);
        }
        run.retain(|paragraph| !paragraph.html.is_empty());
        if run.is_empty() {
            return;
        }
        let name = self.open.last().map_or("", |&block| BLOCKS[block]);
        let wrap = match self.around() {
            Inside::Paragraphs => true,
            Inside::Flow => {
                let alone = run.len() == 1 && !before && !behind;
                !(alone && (self.first || name == "li") && next != Next::End)
            }
            Inside::Phrase | Inside::Plain => false,
        };
        let joint = match (self.around(), name) {
            (Inside::Phrase, "p") => "</p>\n<p>",
            (Inside::Phrase, _) => "<br />",
            _ => "\n",
        };
        if wrap {
            self.begin_line();
        }
        for (at, paragraph) in run.iter().enumerate() {
            if wrap && paragraph.seen {
                self.out.extend(["<p>", &paragraph.html, "</p>\n"]);
            } else {
                if at > 0 && !wrap {
                    self.out.push_str(joint);
                }
                self.out.push_str(&paragraph.html);
                if wrap {
                    self.out.push('\n');
                }
            }
        }
        self.first = false;
    }

    fn finish(mut self) -> String {
        self.flush(Next::End);
        if self.open.last().is_some_and(|&last| BLOCKS[last] == "p") {
            self.end_own("</p>");
        }
        let end = self.out.trim_end().len();
        self.out.truncate(end);
        self.out
    }
}

/// Ends a line of a paragraph.
fn push_break(html: &mut String, breaks: bool) {
    let end = html.trim_end().len();
    html.truncate(end);
    if html.is_empty() {
        return;
    }
    let broken = ["<br />", "<br>", "<br/>"].iter().any(|tag| html.ends_with(tag));
    // A line end beside the break would be a blank in Markdown.
    html.push_str(if broken || !breaks { "\n" } else { "<br />" });
}

/// A paragraph without breaks at its end.
fn without_breaks(html: &str) -> &str {
    let mut html = html.trim_end();
    while let Some(rest) = html.strip_suffix("<br />") {
        html = rest.trim_end();
    }
    html
}

#[cfg(test)]
mod tests;
