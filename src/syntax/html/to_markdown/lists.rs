//! Lists: their signs, their items, and the blank lines that part them.

use super::{
    super::fragment::{Id, Node},
    RULE, Writer,
    blocks::{Blocks, List, add, indented},
};

/// An item of a list.
struct Item {
    text: String,
    /// Whether blank lines stand around it.
    loose: bool,
    /// Where a list follows a line of it at once, which it does only in a list without blank lines.
    close: Option<usize>,
}

impl Writer<'_, '_> {
    /// A list. `before` is the sign of the list right before it: with the same it would go on with that.
    pub(super) fn list(&mut self, id: Id, before: Option<u8>) -> List {
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
                        add(&mut item.text, &inner.text);
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
            // `* * * *` would be a rule and no item.
            let is_rule = *sign == '*' && item.text.lines().next() == Some(RULE);
            let words = match item.text.strip_prefix(RULE).filter(|_| is_rule) {
                Some(rest) => format!("- - -{rest}"),
                None => item.text,
            };
            let indent = " ".repeat(marker.len());
            text.push_str(indented(&marker, &indent, &words).trim_end_matches(' '));
        }
        List { text, sign: *sign as u8 }
    }

    /// What stands in a list and in no item of it is one.
    fn stray(&mut self, stray: &mut Vec<Id>, items: &mut Vec<Item>) {
        let text = self.gathered(stray.drain(..));
        if !text.is_empty() {
            let loose = text.contains("\n\n");
            items.push(Item { text, loose, close: None });
        }
    }

    fn item(&mut self, id: Id) -> Item {
        let tree = self.tree;
        let mut out = Blocks::default();
        self.anchor(id, &mut out);
        let mut line = Vec::new();
        let (mut loose, mut close) = (!out.text.is_empty(), None);
        if !loose {
            self.task = self.task(id);
        }
        // Whether the last block was a line of text.
        let mut plain = false;
        for &child in tree.children(id) {
            let Some(element) = tree.element(child) else {
                line.push(child);
                continue;
            };
            if matches!(&*element.name, "ul" | "ol" | "menu") {
                let before = out.text.len();
                self.paragraph(&mut line, &mut out);
                if out.text.len() > before {
                    loose |= before > 0;
                    plain = true;
                }
                let list = self.list(child, out.last_list());
                if list.text.is_empty() {
                    continue;
                }
                // Only a list that begins with 1 and has a word at once may follow a line of text.
                let begins = list.text.lines().next().unwrap_or_default();
                let may = (begins.starts_with("- ") || begins.starts_with("1. ")) && begins.len() > 3;
                loose |= !(out.text.is_empty() || may && plain);
                if !loose && !out.text.is_empty() {
                    close = Some(out.text.len());
                    out.add_list_below(&list);
                } else {
                    out.add_list(&list);
                }
                plain = false;
            } else if self.holds_blocks(child) {
                self.paragraph(&mut line, &mut out);
                let before = out.text.len();
                self.block(child, &mut out);
                if out.text.len() > before {
                    loose |= element.name == "p" || before > 0;
                    plain = false;
                }
            } else {
                line.push(child);
            }
        }
        let before = out.text.len();
        self.paragraph(&mut line, &mut out);
        loose |= before > 0 && out.text.len() > before || is_parted(&out.text);
        Item { text: out.text, loose, close }
    }

    /// The words of a task. Without words its sign would be shown as it is written.
    pub(super) fn add_task(&mut self, task: Id, words: &str, out: &mut Blocks) {
        if words.is_empty() {
            return self.lose("input", task);
        }
        let is_done = self.tree.element(task).is_some_and(|element| element.attribute("checked").is_some());
        out.add(&format!("{} {words}", if is_done { "[x]" } else { "[ ]" }));
    }

    /// The box that makes an item a task: the first thing in it, before words.
    fn task(&self, item: Id) -> Option<Id> {
        let tree = self.tree;
        let mut within = item;
        loop {
            let first = tree.children(within).iter().copied().find(|&child| !self.vanishes(child))?;
            let element = tree.element(first)?;
            match &*element.name {
                "input" => {
                    let is_box = element.attribute("type").is_some_and(|kind| kind.eq_ignore_ascii_case("checkbox"));
                    return is_box.then_some(first);
                }
                "p" | "label" | "span" => within = first,
                _ => return None,
            }
        }
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
