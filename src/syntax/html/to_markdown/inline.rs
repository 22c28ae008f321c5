//! What stands in a line: text, emphasis, links, pictures, code. It is gathered as the pieces of a [`Line`] first.

use super::{
    Writer,
    around::{Around, link_end},
    escape, is_raw_inline,
    line::{Gap, Line, Mark, Piece},
};
use crate::syntax::html::{
    escape_attribute,
    fragment::{Id, Node, is_void},
    unescape,
};

/// Whether an element says nothing of a stretch of code: it is code too, or colours it.
fn colours(name: &str) -> bool {
    matches!(name, "code" | "tt" | "span" | "font" | "wbr")
}

/// Elements that keep their tags, for Markdown has no sign for them.
const TAGGED: [&str; 20] = [
    "sub", "sup", "kbd", "mark", "ins", "u", "small", "q", "samp", "var", "dfn", "ruby", "rt", "rp", "rb", "rtc",
    "bdo", "bdi", "abbr", "acronym",
];

impl Writer<'_, '_> {
    /// Nodes as a line of Markdown; lines that are broken end in two blanks.
    pub(super) fn line_of(&mut self, ids: &[Id]) -> String {
        let mut line = Line::default();
        let links = self.begin_around(&mut line);
        let before = line.pieces.len();
        for &id in ids {
            self.inline(id, &mut line);
        }
        if line.pieces.len() == before {
            return String::new();
        }
        self.end_around(&links, &mut line);
        line.finish()
    }

    fn inline(&mut self, id: Id, line: &mut Line) {
        let tree = self.tree;
        let element = match &tree.nodes[id] {
            Node::Text(text) => {
                let text = unescape(text);
                if self.cell && text.contains('|') {
                    for (number, part) in text.split('|').enumerate() {
                        if number > 0 {
                            line.add(Piece::Whole("\\|".to_owned()));
                        }
                        line.text(part);
                    }
                } else {
                    line.text(&text);
                }
                return;
            }
            Node::Comment(_) => return,
            Node::Element(element) => element,
        };
        let name = &*element.name;
        if self.task == Some(id) {
            self.sign = self.task.take();
            return;
        }
        if self.drops(id) {
            return;
        }
        if let Some(mark) = Mark::of(name) {
            self.place(id, line);
            if line.marks.contains(&mark) {
                self.inside(id, line);
            } else {
                line.begin(mark);
                self.inside(id, line);
                line.end(mark);
            }
            return;
        }
        match name {
            "br" => {
                line.gap = match line.gap {
                    Gap::Breaks(count) => Gap::Breaks(count.saturating_add(1)),
                    _ => Gap::Breaks(1),
                };
            }
            "code" | "tt" => self.code(id, line),
            "a" => self.link(id, line),
            "img" => self.picture(id, line),
            "wbr" => line.add(Piece::Whole("<wbr>".to_owned())),
            "picture" => line.add(Piece::Whole(self.raw(id))),
            _ if is_raw_inline(name) => line.add(Piece::Whole(self.raw(id))),
            "sup" if self.notes.reference(id).is_some() => {
                let label = self.notes.reference(id).unwrap_or_default().to_owned();
                line.add(Piece::Whole(format!("[^{label}]")));
            }
            _ if TAGGED.contains(&name) => self.tagged(id, line),
            _ if is_void(name) => {}
            _ => {
                self.place(id, line);
                self.inside(id, line);
                // Blocks that stand in a line are words apart.
                if super::is_block(name) {
                    line.space(true);
                }
            }
        }
    }

    fn inside(&mut self, id: Id, line: &mut Line) {
        let tree = self.tree;
        for &child in tree.children(id) {
            self.inline(child, line);
        }
    }

    /// A place that a link leads to.
    fn place(&self, id: Id, line: &mut Line) {
        let Some(element) = self.tree.element(id) else { return };
        let named = element.attribute("id").or_else(|| element.attribute("name"));
        if let Some(named) = named.filter(|named| self.targets.contains(&**named)) {
            line.add(Piece::Whole(format!("<a id=\"{}\"></a>", escape_attribute(&named))));
        }
    }

    /// An element that Markdown has no sign for.
    fn tagged(&mut self, id: Id, line: &mut Line) {
        let tree = self.tree;
        let Some(element) = tree.element(id) else { return };
        let name = &*element.name;
        let mut tag = format!("<{name}");
        let kept = ["title", "dir", "cite", "id"];
        for (key, value) in element.tag.iter().flat_map(|tag| tag.attributes()) {
            let stays = kept.contains(&key) && (key != "id" || self.targets.contains(&*value));
            if stays {
                tag.push_str(&format!(" {key}=\"{}\"", escape_attribute(&value).replace(['\n', '\r'], " ")));
            }
        }
        tag.push('>');
        self.between(id, tag, &format!("</{name}>"), line);
    }

    /// What is in an element, between tags; without them where there is nothing.
    fn between(&mut self, id: Id, open: String, close: &str, line: &mut Line) {
        let before = line.pieces.len();
        line.pieces.push(Piece::Open(open));
        let opened = line.pieces.len();
        self.inside(id, line);
        if line.pieces.len() == opened {
            line.pieces.truncate(before);
        } else {
            line.close(close.to_owned());
        }
    }

    fn code(&mut self, id: Id, line: &mut Line) {
        let tree = self.tree;
        let (mut text, mut markup, mut breaks) = (String::new(), false, Vec::new());
        let mut open = vec![id];
        while let Some(id) = open.pop() {
            match &tree.nodes[id] {
                Node::Text(piece) => text.push_str(&unescape(piece)),
                Node::Comment(_) => {}
                Node::Element(element) if element.name == "br" => breaks.push(text.len()),
                Node::Element(element) => {
                    // Spans colour; other elements mean something, but for blocks, which cannot stand here.
                    if super::is_block(&element.name) {
                        text.push(' ');
                        open.extend(element.children.iter().rev());
                        continue;
                    }
                    markup |= !colours(&element.name) && !self.vanishes(id);
                    open.extend(element.children.iter().rev());
                }
            }
        }
        let start = text.len() - text.trim_start_matches(super::is_blank).len();
        let end = text.trim_end_matches(super::is_blank).len();
        markup |= breaks.iter().any(|at| (start + 1..end).contains(at));
        if markup {
            self.between(id, "<code>".to_owned(), "</code>", line);
            return;
        }
        // Browsers show blanks in a line as one.
        let mut flat = String::with_capacity(text.len());
        for c in text.chars() {
            match super::is_blank(c) {
                true if flat.ends_with(' ') => {}
                true => flat.push(' '),
                false => flat.push(c),
            }
        }
        let inner = flat.trim_matches(' ');
        if inner.is_empty() {
            line.space(!flat.is_empty());
            return;
        }
        line.space(flat.starts_with(' '));
        let mut code = escape::code(inner);
        if self.cell {
            code = code.replace('|', "\\|");
        }
        // Two stretches of code side by side would run into one.
        if line.gap == Gap::None && matches!(line.pieces.last(), Some(Piece::Whole(before)) if before.ends_with('`')) {
            let mut escaped = String::new();
            escape::text(inner, None, None, &mut escaped);
            code = format!("<code>{}</code>", if self.cell { escaped.replace('|', "\\|") } else { escaped });
        }
        line.add(Piece::Whole(code));
        if flat.ends_with(' ') {
            line.gap = Gap::Space;
        }
    }

    /// Whether nothing is written of an element, as there is nothing in it.
    pub(super) fn vanishes(&self, id: Id) -> bool {
        let mut open = vec![id];
        while let Some(id) = open.pop() {
            match &self.tree.nodes[id] {
                Node::Text(piece) if unescape(piece).chars().all(super::is_blank) => {}
                Node::Text(_) => return false,
                Node::Comment(_) => {}
                Node::Element(element) => {
                    let name = &*element.name;
                    let is_place = element.attribute("id").is_some_and(|id| self.targets.contains(&*id));
                    if is_place
                        || !(name == "br" || colours(name) || TAGGED.contains(&name) || Mark::of(name).is_some())
                    {
                        return false;
                    }
                    open.extend(&element.children);
                }
            }
        }
        true
    }

    fn link(&mut self, id: Id, line: &mut Line) {
        let tree = self.tree;
        let Some(element) = tree.element(id) else { return };
        self.place(id, line);
        let within = self.around.iter().any(|around| matches!(around, Around::Link(_)));
        if within || element.attribute("href").is_none() {
            return self.inside(id, line);
        }
        line.pieces.push(Piece::Open("[".to_owned()));
        let opened = line.pieces.len();
        self.inside(id, line);
        if line.pieces.len() == opened {
            line.flush();
        }
        line.close(link_end(element));
    }

    fn picture(&mut self, id: Id, line: &mut Line) {
        let tree = self.tree;
        let Some(element) = tree.element(id) else { return };
        // Where a script would load it later, its address waits.
        let lazy = ["data-src", "data-lazy-src", "data-original"].into_iter().find_map(|name| element.attribute(name));
        let own = element.attribute("src").filter(|src| !(src.starts_with("data:") && lazy.is_some()));
        let Some(source) = own.or(lazy).filter(|src| !src.trim().is_empty()) else { return };
        if ["width", "height"].iter().any(|name| element.attribute(name).is_some()) {
            self.lose("size", id);
        }
        let mut alt = String::new();
        let words = element.attribute("alt").unwrap_or_default();
        let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
        escape::text(&words, None, None, &mut alt);
        if self.cell {
            alt = alt.replace('|', "\\|");
        }
        let title = element.attribute("title").filter(|title| !title.trim().is_empty());
        let title = title.map(|title| escape::title(&title)).unwrap_or_default();
        line.add(Piece::Whole(format!("![{alt}]({}{title})", escape::address(&source))));
    }
}
