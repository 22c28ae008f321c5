//! HTML as plain text for people.

use super::{
    Tag,
    token::{Token, tokens},
};

/// What an element does to the lines around it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Break {
    None,
    Line,
    Blank,
}

fn breaks(name: &str) -> Break {
    match name {
        "p" | "h1" | "h2" | "h3" | "h4" | "h5" | "h6" | "ul" | "ol" | "dl" | "blockquote" | "pre" | "table"
        | "figure" | "hr" | "form" | "fieldset" | "address" | "menu" => Break::Blank,
        "div" | "li" | "tr" | "dt" | "dd" | "section" | "article" | "header" | "footer" | "nav" | "main" | "aside"
        | "figcaption" | "caption" | "option" | "legend" | "summary" | "details" | "center" | "hgroup" | "body"
        | "html" | "head" | "title" => Break::Line,
        _ => Break::None,
    }
}

#[derive(Debug, Default)]
struct Writer {
    out: String,
    /// What must stand before the next text.
    pending: Option<Break>,
    /// Whether a blank was met since the last text.
    space: bool,
    pre: usize,
    /// For each open list the number of its next item; `None` for bullets.
    lists: Vec<Option<u32>>,
    /// The marker of an item whose text has not begun.
    marker: Option<String>,
    /// Whether a cell stands before on this row.
    cell: bool,
}

/// HTML as plain text for people: blocks on lines of their own, references resolved, scripts and styles gone.
pub fn to_text(text: &str) -> String {
    let mut writer = Writer { out: String::with_capacity(text.len() / 2), ..Writer::default() };
    let mut hidden = false;
    for token in tokens(text) {
        match token {
            Token::Text(text) => writer.text(&super::unescape(text)),
            Token::Raw(text) if !hidden => writer.text(&super::unescape(text)),
            Token::Open(tag) => {
                let name = tag.name.to_ascii_lowercase();
                hidden = matches!(&*name, "script" | "style" | "iframe" | "noembed" | "noframes");
                writer.open(&name, &tag);
            }
            Token::Close(name) => writer.close(&name.to_ascii_lowercase()),
            Token::Raw(_) | Token::Comment(_) | Token::Other => {}
        }
    }
    writer.out.truncate(writer.out.trim_end().len());
    writer.out
}

impl Writer {
    fn lines(&mut self, wanted: Break) {
        // Within a list, nested lists and paragraphs stand close.
        let wanted = if self.lists.is_empty() { wanted } else { wanted.min(Break::Line) };
        if wanted != Break::None {
            self.pending = Some(self.pending.map_or(wanted, |pending| pending.max(wanted)));
            self.space = false;
        }
    }

    fn open(&mut self, name: &str, tag: &Tag<'_>) {
        self.lines(breaks(name));
        match name {
            "br" => {
                self.start();
                self.out.push('\n');
                self.space = false;
            }
            "pre" => self.pre += 1,
            "ul" | "menu" => self.lists.push(None),
            "ol" => {
                let start = tag.attribute("start").and_then(|start| start.trim().parse().ok());
                self.lists.push(Some(start.unwrap_or(1)));
            }
            "li" => {
                // Deeper than this, indentation says nothing.
                let indent = "  ".repeat(self.lists.len().saturating_sub(1).min(8));
                self.marker = Some(match self.lists.last_mut() {
                    Some(Some(number)) => {
                        let marker = format!("{indent}{number}. ");
                        *number = number.saturating_add(1);
                        marker
                    }
                    _ => format!("{indent}- "),
                });
            }
            "tr" => self.cell = false,
            "td" | "th" => {
                if self.cell {
                    self.start();
                    self.out.push('\t');
                    self.space = false;
                }
                self.cell = true;
            }
            "img" | "area" => {
                if let Some(alt) = tag.attribute("alt") {
                    self.text(&alt);
                }
            }
            _ => {}
        }
    }

    fn close(&mut self, name: &str) {
        match name {
            "pre" => self.pre = self.pre.saturating_sub(1),
            "ul" | "ol" | "menu" => {
                self.lists.pop();
            }
            _ => {}
        }
        self.lines(breaks(name));
    }

    /// Writes what must stand before the next text.
    fn start(&mut self) {
        if let Some(pending) = self.pending.take()
            && !self.out.is_empty()
        {
            let blanks = self.out.bytes().rev().take(2).take_while(|byte| *byte == b'\n').count();
            let wanted = if pending == Break::Blank { 2usize } else { 1 };
            for _ in 0..wanted.saturating_sub(blanks) {
                self.out.push('\n');
            }
        }
        if let Some(marker) = self.marker.take() {
            self.out.push_str(&marker);
        }
    }

    fn text(&mut self, text: &str) {
        if self.pre > 0 {
            self.start();
            self.out.push_str(text);
            return;
        }
        let is_blank = |c: char| matches!(c, ' ' | '\t' | '\n' | '\r' | '\x0c');
        let mut gap = self.space || text.starts_with(is_blank);
        self.space = text.ends_with(is_blank) || text.is_empty() && gap;
        for word in text.split(is_blank).filter(|word| !word.is_empty()) {
            let fresh = self.pending.is_some() || self.marker.is_some() || self.out.is_empty();
            self.start();
            if gap && !fresh && !self.out.ends_with(['\n', '\t']) {
                self.out.push(' ');
            }
            self.out.push_str(word);
            gap = true;
        }
    }
}
