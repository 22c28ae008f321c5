//! Blocks of Markdown, one behind the other.

/// Blocks with a blank line before each but the first.
#[derive(Debug, Default)]
pub(super) struct Blocks {
    pub(super) text: String,
    /// The sign of the items of the last one, where that is a list.
    list: Option<u8>,
}

impl Blocks {
    pub(super) fn add(&mut self, block: &str) {
        if !block.is_empty() {
            add(&mut self.text, block);
            self.list = None;
        }
    }

    pub(super) fn add_list(&mut self, list: &List) {
        self.add(&list.text);
        self.ends_in(list);
    }

    /// Adds a list right below a line of text.
    pub(super) fn add_list_below(&mut self, list: &List) {
        self.text.push('\n');
        self.text.push_str(&list.text);
        self.ends_in(list);
    }

    fn ends_in(&mut self, list: &List) {
        if !list.text.is_empty() {
            self.list = Some(list.sign);
        }
    }

    /// The sign of the items of the last block, where that is a list.
    pub(super) fn last_list(&self) -> Option<u8> {
        self.list
    }
}

/// A list as it is written.
#[derive(Debug)]
pub(super) struct List {
    /// Empty where it has no items.
    pub(super) text: String,
    /// What stands before its items, or behind their numbers.
    pub(super) sign: u8,
}

/// Adds a block, a blank line before it.
pub(super) fn add(out: &mut String, block: &str) {
    if block.is_empty() {
        return;
    }
    if !out.is_empty() {
        out.push_str("\n\n");
    }
    out.push_str(block);
}

/// The text with `first` before its first line and `rest` before the others, of which blank ones get no blanks.
pub(super) fn indented(first: &str, rest: &str, text: &str) -> String {
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
