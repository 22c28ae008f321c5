//! Heads in YAML. Quotes are added whenever plain text would be taken for something else by a reader of YAML 1.1 or
//! 1.2, or would not be one piece of text to all of them.

use serde_json::{Map, Number, Value};

use super::{Layout, Line, push_escape, too_deep};
use crate::syntax::{
    tree::{Style, pointer_step},
    yaml::scalar::{Taken, taken_for},
};

/// Keys longer than this many bytes need YAML's long form: readers look ahead 1024 characters for the colon.
const LONG_KEY: usize = 1_000;

pub(super) fn lines(layout: Layout, lines: &[Line<'_>], out: &mut String, left_out: &mut Vec<String>) {
    for line in lines {
        if too_deep(line.value) {
            left_out.push(format!("/{}", pointer_step(line.key)));
            continue;
        }
        if line.blank_before {
            out.push('\n');
        }
        let entries = line.style.filter(|_| line.value.is_object());
        let mut writer = Writer { out, layout, items: line.items, entries };
        writer.key(line.key);
        writer.after_key(line.value, line.style, 0);
    }
}

struct Writer<'a> {
    out: &'a mut String,
    layout: Layout,
    /// How to write the items of the key's list.
    items: Option<Style>,
    /// How to write the entries of the key's mapping.
    entries: Option<Style>,
}

impl Writer<'_> {
    fn key(&mut self, key: &str) {
        if key.len() > LONG_KEY {
            self.out.push_str("? ");
            double(key, self.out);
            self.out.push_str("\n:");
        } else {
            self.text(key, None, None);
            self.out.push(':');
        }
    }

    /// A value after its key, with the line end. `indent` is the key's column. Recurses no deeper than
    /// [`super::DEPTH`].
    fn after_key(&mut self, value: &Value, style: Option<Style>, indent: usize) {
        match value {
            Value::Array(items) if !items.is_empty() && style != Some(Style::Flow) => {
                self.out.push('\n');
                let style = self.items.or(style.filter(|style| *style != Style::Block));
                self.list(items, style, indent + self.layout.list_indent);
            }
            Value::Object(map) if !map.is_empty() && style != Some(Style::Flow) => {
                self.out.push('\n');
                self.map(map, indent + 2, true);
            }
            Value::Array(_) | Value::Object(_) => {
                self.out.push(' ');
                self.flow(value, self.items);
                self.out.push('\n');
            }
            Value::String(text) => {
                self.out.push(' ');
                self.text(text, style, Some(indent + 2));
                self.out.push('\n');
            }
            other => {
                self.out.push(' ');
                self.flow(other, None);
                self.out.push('\n');
            }
        }
    }

    fn list(&mut self, items: &[Value], style: Option<Style>, indent: usize) {
        for item in items {
            self.blanks(indent);
            self.out.push('-');
            match item {
                Value::Object(map) if !map.is_empty() => {
                    self.out.push(' ');
                    self.map(map, indent + 2, false);
                }
                Value::String(text) => {
                    self.out.push(' ');
                    self.text(text, style, Some(indent + 2));
                    self.out.push('\n');
                }
                other => {
                    self.out.push(' ');
                    self.flow(other, style);
                    self.out.push('\n');
                }
            }
        }
    }

    /// The entries of a mapping, one a line. The first one stands after a dash, unless `first_indented`.
    fn map(&mut self, map: &Map<String, Value>, indent: usize, first_indented: bool) {
        let items = self.items.take();
        let entries = self.entries.take();
        for (number, (key, value)) in map.iter().enumerate() {
            if number > 0 || first_indented {
                self.blanks(indent);
            }
            if key.len() > LONG_KEY {
                self.out.push_str("? ");
                double(key, self.out);
                self.out.push('\n');
                self.blanks(indent);
                self.out.push(':');
            } else {
                self.text(key, None, None);
                self.out.push(':');
            }
            self.after_key(value, entries, indent);
        }
        self.items = items;
    }

    /// A value in brackets, or a scalar that is no text.
    fn flow(&mut self, value: &Value, style: Option<Style>) {
        match value {
            Value::Null => self.out.push_str("null"),
            Value::Bool(value) => self.out.push_str(if *value { "true" } else { "false" }),
            Value::Number(number) => push_number(number, self.out),
            Value::String(text) => self.flow_text(text, style),
            Value::Array(items) => {
                self.out.push('[');
                for (number, item) in items.iter().enumerate() {
                    if number > 0 {
                        self.out.push_str(", ");
                    }
                    self.flow(item, style);
                }
                self.out.push(']');
            }
            Value::Object(map) => {
                self.out.push('{');
                for (number, (key, value)) in map.iter().enumerate() {
                    if number > 0 {
                        self.out.push_str(", ");
                    }
                    if key.len() > LONG_KEY {
                        self.out.push_str("? ");
                    }
                    self.flow_text(key, None);
                    self.out.push_str(": ");
                    self.flow(value, style);
                }
                self.out.push('}');
            }
        }
    }

    fn flow_text(&mut self, text: &str, style: Option<Style>) {
        if text.contains([',', '[', ']', '{', '}', ':', '?']) && !matches!(style, Some(Style::Single | Style::Double)) {
            quotes(text, self.layout.quotes, self.out);
        } else {
            self.text(text, style, None);
        }
    }

    /// Text. `block` is the column for the lines of a block, `None` where a block cannot stand.
    fn text(&mut self, text: &str, style: Option<Style>, block: Option<usize>) {
        let wants_block = matches!(style, None | Some(Style::Block)) && text.contains('\n');
        match (style, block) {
            (_, Some(indent)) if wants_block && fits_block(text) => self.block(text, indent),
            (None | Some(Style::Plain | Style::Block | Style::Flow), _) if fits_plain(text) => match taken_for(text) {
                None => self.out.push_str(text),
                // A key that is to be plain is a date's, which readers may well take for one.
                Some(Taken::Date) if style == Some(Style::Plain) => self.out.push_str(text),
                _ => quotes(text, self.layout.quotes, self.out),
            },
            (Some(style @ (Style::Single | Style::Double)), _) => quotes(text, style, self.out),
            _ => quotes(text, self.layout.quotes, self.out),
        }
    }

    /// A literal block: `|`, with how its last line ends.
    fn block(&mut self, text: &str, indent: usize) {
        let body = text.trim_end_matches('\n');
        self.out.push_str(match text.len() - body.len() {
            0 => "|-",
            1 => "|",
            _ => "|+",
        });
        for line in body.split('\n') {
            self.out.push('\n');
            if !line.is_empty() {
                self.blanks(indent);
                self.out.push_str(line);
            }
        }
        // The caller ends the last line.
        for _ in 0..(text.len() - body.len()).saturating_sub(1) {
            self.out.push('\n');
        }
    }

    fn blanks(&mut self, count: usize) {
        self.out.extend(std::iter::repeat_n(' ', count));
    }
}

/// Whether text can stand without quotes as far as the syntax goes, in every YAML.
fn fits_plain(text: &str) -> bool {
    let Some(first) = text.chars().next() else { return false };
    !matches!(
        first,
        '-' | '?'
            | ':'
            | ','
            | '['
            | ']'
            | '{'
            | '}'
            | '#'
            | '&'
            | '*'
            | '!'
            | '|'
            | '>'
            | '\''
            | '"'
            | '%'
            | '@'
            | '`'
            | '='
            | '~'
    ) && !text.starts_with("...")
        && !text.starts_with(char::is_whitespace)
        && !text.ends_with(char::is_whitespace)
        && !text.ends_with(':')
        && !text.as_bytes().windows(2).any(|pair| matches!(pair, b": " | b" #"))
        && (text.bytes().all(|byte| matches!(byte, b' '..=b'~')) || text.chars().all(is_printable))
}

/// Whether text can be a literal block and be read back the same: lines of printable text, the first one not
/// indented and no line like a fence, which some generators look for even where it is indented.
fn fits_block(text: &str) -> bool {
    !text.starts_with([' ', '\t', '\n'])
        && text.chars().all(|c| c == '\n' || is_printable(c))
        && !text.trim_end_matches('\n').is_empty()
        && text.split('\n').all(|line| {
            let start = line.trim_start();
            !(start.starts_with("---") || start.starts_with("...") || start.starts_with("+++"))
                && (line.is_empty() || !start.is_empty())
        })
}

/// Whether a character is printable to YAML 1.1 and 1.2, and no line end to either.
fn is_printable(c: char) -> bool {
    matches!(c, ' '..='~' | '\u{a0}'..='\u{d7ff}' | '\u{e000}'..='\u{fffd}' | '\u{10000}'..)
        && !matches!(c, '\u{2028}' | '\u{2029}' | '\u{feff}')
}

/// Text in quotes, in the style that needs no escapes if there is one: for help texts.
pub fn quoted(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    let style = if text.contains(['"', '\\']) && !text.contains('\'') { Style::Single } else { Style::Double };
    quotes(text, style, &mut out);
    out
}

/// Text in the quotes asked for; in double ones where single ones cannot hold it.
fn quotes(text: &str, style: Style, out: &mut String) {
    if style == Style::Single && text.chars().all(is_printable) {
        out.push('\'');
        for (number, part) in text.split('\'').enumerate() {
            if number > 0 {
                out.push_str("''");
            }
            out.push_str(part);
        }
        out.push('\'');
    } else {
        double(text, out);
    }
}

fn double(text: &str, out: &mut String) {
    out.push('"');
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            c if is_printable(c) => out.push(c),
            c => push_escape(out, c),
        }
    }
    out.push('"');
}

/// A number that every YAML reads as one: YAML 1.1 wants a dot and a signed exponent.
fn push_number(number: &Number, out: &mut String) {
    let text = number.to_string();
    match text.split_once(['e', 'E']) {
        Some((mantissa, exponent)) => {
            out.push_str(mantissa);
            if !mantissa.contains('.') {
                out.push_str(".0");
            }
            out.push('e');
            if !exponent.starts_with(['-', '+']) {
                out.push('+');
            }
            out.push_str(exponent);
        }
        None => out.push_str(&text),
    }
}
