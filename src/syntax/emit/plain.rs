//! Heads of lines `Key: value`. Values are text: a list is written with commas, or with semicolons where an item has
//! a comma; further lines of a text are indented; a mapping is JSON on one line.

use serde_json::{Map, Value};

use super::Line;
use crate::syntax::tree::pointer_step;

/// The key whose lines Pelican joins again; of any other it makes a list of them.
const SEVERAL_LINES: &str = "summary";

/// What ends a line to whoever reads it.
const BREAKS: [char; 2] = ['\n', '\r'];

pub(super) fn lines(lines: &[Line<'_>], out: &mut String, left_out: &mut Vec<String>) {
    for line in lines {
        let is_key =
            !line.key.is_empty() && line.key.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'-'));
        let pointer = format!("/{}", pointer_step(line.key));
        let goes_on = line.key.eq_ignore_ascii_case(SEVERAL_LINES);
        match text(line.value) {
            Some(text) if is_key => {
                let mut title = line.key.chars();
                // `Title`, as Pelican's own posts have it; case does not count.
                out.extend(title.next().map(|first| first.to_ascii_uppercase()));
                out.push_str(title.as_str());
                out.push(':');
                let parts = text.split(BREAKS).map(str::trim).filter(|part| !part.is_empty());
                for (number, part) in parts.enumerate() {
                    out.push_str(if number == 0 || !goes_on { " " } else { "\n    " });
                    out.push_str(part);
                }
                out.push('\n');
                if changes(&text) || !goes_on && text.contains(BREAKS) || is_other(line.value) {
                    left_out.push(pointer);
                }
            }
            _ => left_out.push(pointer),
        }
    }
}

/// Whether reading the text back gives another: blanks at the ends of lines, empty lines, another sign between lines.
fn changes(text: &str) -> bool {
    text.contains('\r') || text.split('\n').any(|part| part.trim() != part || part.is_empty())
}

/// Whether a value is read back as another: a text as the mapping that it spells, an item without the blanks around it.
fn is_other(value: &Value) -> bool {
    match value {
        Value::String(text) => text.starts_with('{') && serde_json::from_str::<Map<String, Value>>(text).is_ok(),
        Value::Array(items) => {
            items.iter().filter_map(Value::as_str).any(|item| item.trim() != item || item.is_empty())
        }
        _ => false,
    }
}

/// A value as text; `None` for what has no such spelling.
fn text(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Bool(value) => Some(value.to_string()),
        Value::Number(number) => Some(number.to_string()),
        Value::Array(items) => list(items),
        // JSON is text too; slugline reads it back.
        Value::Object(_) => serde_json::to_string(value).ok(),
        Value::Null => None,
    }
}

fn list(items: &[Value]) -> Option<String> {
    let items: Vec<&str> = items.iter().map(Value::as_str).collect::<Option<_>>()?;
    let any = |sign: char| items.iter().any(|item| item.contains(sign));
    match (any(','), any(';'), any('\n') || any('\r')) {
        (_, _, true) | (_, true, _) => None,
        (false, ..) => Some(items.join(", ")),
        // One alone needs the sign too, or its comma would part it.
        (true, ..) if items.len() == 1 => Some(format!("{};", items[0])),
        (true, ..) => Some(items.join("; ")),
    }
}
