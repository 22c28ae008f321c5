//! Objects and lists as a person lays them out: a line a member, or all on one line.

use serde_json::Value;

use crate::syntax::json::write::{self, Layout};

/// An object being written.
pub(crate) struct Object<'o> {
    out: &'o mut Vec<u8>,
    layout: Layout,
    any: bool,
}

/// The layout of what stands within.
fn inner(layout: Layout) -> Layout {
    match layout {
        Layout::Line => Layout::Line,
        Layout::Lines(level) => Layout::Lines(level + 1),
    }
}

fn line(out: &mut Vec<u8>, layout: Layout) {
    if let Layout::Lines(level) = layout {
        write::line(out, level);
    }
}

impl<'o> Object<'o> {
    /// Opens an object; its layout is that of its closing brace.
    pub(crate) fn begin(out: &'o mut Vec<u8>, layout: Layout) -> Self {
        out.push(b'{');
        Object { out, layout, any: false }
    }

    /// Goes on with an object that has been left open after a member.
    pub(crate) fn resume(out: &'o mut Vec<u8>, layout: Layout) -> Self {
        Object { out, layout, any: true }
    }

    /// The closing brace.
    pub(crate) fn end(self) {
        if self.any {
            line(self.out, self.layout);
        }
        self.out.push(b'}');
    }

    /// A key; its value is to follow.
    fn key(&mut self, key: &str) {
        if self.any {
            self.out.extend_from_slice(if self.layout == Layout::Line { b", " } else { b"," });
        }
        self.any = true;
        line(self.out, inner(self.layout));
        write::key(self.out, key);
    }

    pub(crate) fn text(&mut self, key: &str, value: &str) {
        self.key(key);
        write::string(self.out, value);
    }

    pub(crate) fn some_text(&mut self, key: &str, value: &Option<String>) {
        if let Some(value) = value {
            self.text(key, value);
        }
    }

    pub(crate) fn value(&mut self, key: &str, value: &Value) {
        self.key(key);
        write::value(self.out, value, inner(self.layout));
    }

    /// A scalar as it is spelt in JSON.
    pub(crate) fn scalar(&mut self, key: &str, value: &str) {
        self.key(key);
        self.out.extend_from_slice(value.as_bytes());
    }

    /// A whole number.
    pub(crate) fn number(&mut self, key: &str, value: u64) {
        self.key(key);
        write::number(self.out, value);
    }

    /// A list of texts, on one line.
    pub(crate) fn words<'w>(&mut self, key: &str, words: impl Iterator<Item = &'w str>) {
        self.key(key);
        self.out.push(b'[');
        for (at, word) in words.enumerate() {
            if at > 0 {
                self.out.extend_from_slice(b", ");
            }
            write::string(self.out, word);
        }
        self.out.push(b']');
    }

    /// A list, each entry on its own line or lines.
    pub(crate) fn list<T>(
        &mut self,
        key: &str,
        entries: impl IntoIterator<Item = T>,
        mut write: impl FnMut(&mut Vec<u8>, Layout, T),
    ) {
        self.key(key);
        self.out.push(b'[');
        let layout = inner(inner(self.layout));
        let mut any = false;
        for entry in entries {
            if any {
                self.out.extend_from_slice(if layout == Layout::Line { b", " } else { b"," });
            }
            any = true;
            line(self.out, layout);
            write(self.out, layout, entry);
        }
        if any {
            line(self.out, inner(self.layout));
        }
        self.out.push(b']');
    }

    /// An object; nothing at all when nothing is in it.
    pub(crate) fn object(&mut self, key: &str, write: impl FnOnce(&mut Object<'_>)) {
        self.some_object(key, inner(self.layout), write);
    }

    /// The same on one line.
    pub(crate) fn short_object(&mut self, key: &str, write: impl FnOnce(&mut Object<'_>)) {
        self.some_object(key, Layout::Line, write);
    }

    fn some_object(&mut self, key: &str, layout: Layout, write: impl FnOnce(&mut Object<'_>)) {
        let (length, any) = (self.out.len(), self.any);
        self.key(key);
        let mut object = Object::begin(self.out, layout);
        write(&mut object);
        if object.any {
            object.end();
        } else {
            self.out.truncate(length);
            self.any = any;
        }
    }

    /// Opens a list that is left open: its entries are to follow.
    pub(crate) fn open_list(mut self, key: &str) {
        self.key(key);
        self.out.push(b'[');
    }
}
