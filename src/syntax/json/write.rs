//! JSON as a careful person lays it out: two blanks a level, short escapes, no escape that is not needed.

use serde_json::Value;

use crate::syntax::lanes;

/// Appends a string with its quotes.
pub fn string(out: &mut Vec<u8>, text: &str) {
    let bytes = text.as_bytes();
    out.reserve(bytes.len() + 2);
    out.push(b'"');
    let mut done = 0;
    lanes::each(bytes, escaped_bytes, |at| {
        out.extend_from_slice(&bytes[done..at]);
        escape(out, bytes[at]);
        done = at + 1;
    });
    out.extend_from_slice(&bytes[done..]);
    out.push(b'"');
}

/// Appends the key of a member, with its colon.
pub fn key(out: &mut Vec<u8>, key: &str) {
    string(out, key);
    out.extend_from_slice(b": ");
}

/// The high bit of each byte of a word that needs an escape.
#[inline]
fn escaped_bytes(word: u64) -> u64 {
    lanes::less(word, 0x20) | lanes::equal(word, b'"') | lanes::equal(word, b'\\')
}

fn escape(out: &mut Vec<u8>, byte: u8) {
    const HEX: &[u8; 16] = b"0123456789abcdef";
    match byte {
        b'"' | b'\\' => out.extend_from_slice(&[b'\\', byte]),
        b'\n' => out.extend_from_slice(b"\\n"),
        b'\r' => out.extend_from_slice(b"\\r"),
        b'\t' => out.extend_from_slice(b"\\t"),
        0x08 => out.extend_from_slice(b"\\b"),
        0x0c => out.extend_from_slice(b"\\f"),
        _ => {
            out.extend_from_slice(b"\\u00");
            out.extend_from_slice(&[HEX[usize::from(byte >> 4)], HEX[usize::from(byte & 15)]]);
        }
    }
}

/// Appends a whole number.
pub fn number(out: &mut Vec<u8>, number: u64) {
    let mut digits = [0; 20];
    let (mut at, mut rest) = (digits.len(), number);
    loop {
        at -= 1;
        digits[at] = b'0' + (rest % 10) as u8;
        rest /= 10;
        if rest == 0 {
            break;
        }
    }
    out.extend_from_slice(&digits[at..]);
}

/// Appends a line end and the blanks of a level.
pub fn line(out: &mut Vec<u8>, level: usize) {
    out.push(b'\n');
    out.resize(out.len() + 2 * level, b' ');
}

/// How a value is laid out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Layout {
    /// On one line, a blank after each comma and colon.
    Line,
    /// A line a member or item, at this level of two blanks; empty collections stay closed.
    Lines(usize),
}

/// Appends a value, without recursion.
pub fn value(out: &mut Vec<u8>, value: &Value, layout: Layout) {
    enum Rest<'v> {
        Items(std::slice::Iter<'v, Value>),
        Members(serde_json::map::Iter<'v>),
    }
    let lines = |out: &mut Vec<u8>, depth: usize| match layout {
        Layout::Lines(level) => line(out, level + depth),
        Layout::Line => {}
    };
    let mut open: Vec<(Rest<'_>, bool)> = Vec::new();
    let mut next = Some(value);
    loop {
        match next {
            Some(Value::Array(items)) if !items.is_empty() => {
                out.push(b'[');
                open.push((Rest::Items(items.iter()), true));
            }
            Some(Value::Object(members)) if !members.is_empty() => {
                out.push(b'{');
                open.push((Rest::Members(members.iter()), true));
            }
            Some(scalar) => plain(out, scalar),
            None => {}
        }
        let depth = open.len();
        let Some((rest, first)) = open.last_mut() else { return };
        let (item, end) = match rest {
            Rest::Items(items) => (items.next().map(|item| (None, item)), b']'),
            Rest::Members(members) => (members.next().map(|(key, item)| (Some(key), item)), b'}'),
        };
        let Some((key, item)) = item else {
            open.pop();
            lines(out, depth - 1);
            out.push(end);
            next = None;
            continue;
        };
        if !std::mem::take(first) {
            out.extend_from_slice(if layout == Layout::Line { b", " } else { b"," });
        }
        lines(out, depth);
        if let Some(key) = key {
            self::key(out, key);
        }
        next = Some(item);
    }
}

/// A scalar or an empty collection.
fn plain(out: &mut Vec<u8>, value: &Value) {
    match value {
        Value::Null => out.extend_from_slice(b"null"),
        Value::Bool(true) => out.extend_from_slice(b"true"),
        Value::Bool(false) => out.extend_from_slice(b"false"),
        Value::Number(number) => out.extend_from_slice(number.to_string().as_bytes()),
        Value::String(text) => string(out, text),
        Value::Array(_) => out.extend_from_slice(b"[]"),
        Value::Object(_) => out.extend_from_slice(b"{}"),
    }
}
