//! Heads in TOML: keys in order, then tables, since a key after a table would be the table's.

use serde_json::{Map, Value};

use super::{Line, push_escape, too_deep};
use crate::syntax::tree::{Style, pointer_step};

pub(super) fn lines(lines: &[Line<'_>], out: &mut String, left_out: &mut Vec<String>) {
    let mut tables = Vec::new();
    for line in lines {
        let pointer = format!("/{}", pointer_step(line.key));
        if too_deep(line.value) {
            left_out.push(pointer);
            continue;
        }
        match line.value {
            Value::Null => left_out.push(pointer),
            Value::Object(_) => tables.push((line, pointer)),
            Value::Array(items) if is_tables(items) => tables.push((line, pointer)),
            value => {
                if line.blank_before && !out.ends_with("\n\n") {
                    out.push('\n');
                }
                key(line.key, out);
                out.push_str(" = ");
                let style = if value.is_array() { line.items.or(line.style) } else { line.style };
                push_value(value, style, &pointer, out, left_out);
                out.push('\n');
            }
        }
    }
    for (line, pointer) in tables {
        match line.value {
            Value::Object(map) => table(line.key, "[", "]", map, &pointer, out, left_out),
            Value::Array(items) => {
                for (number, item) in items.iter().enumerate() {
                    if let Value::Object(map) = item {
                        table(line.key, "[[", "]]", map, &format!("{pointer}/{number}"), out, left_out);
                    }
                }
            }
            _ => {}
        }
    }
}

fn is_tables(items: &[Value]) -> bool {
    !items.is_empty() && items.iter().all(Value::is_object)
}

fn table(
    name: &str,
    open: &str,
    close: &str,
    map: &Map<String, Value>,
    pointer: &str,
    out: &mut String,
    left_out: &mut Vec<String>,
) {
    out.push('\n');
    out.push_str(open);
    key(name, out);
    out.push_str(close);
    out.push('\n');
    for (name, value) in map {
        let pointer = format!("{pointer}/{}", pointer_step(name));
        if value.is_null() {
            left_out.push(pointer);
            continue;
        }
        key(name, out);
        out.push_str(" = ");
        push_value(value, None, &pointer, out, left_out);
        out.push('\n');
    }
}

fn key(key: &str, out: &mut String) {
    let bare = !key.is_empty() && key.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'-'));
    if bare { out.push_str(key) } else { basic(key, out) }
}

/// A value on one line. Recurses no deeper than [`super::DEPTH`].
fn push_value(value: &Value, style: Option<Style>, pointer: &str, out: &mut String, left_out: &mut Vec<String>) {
    match value {
        Value::Null => left_out.push(pointer.to_owned()),
        Value::Bool(value) => out.push_str(if *value { "true" } else { "false" }),
        Value::Number(number) if number.is_u64() && !number.is_i64() => {
            // TOML's integers have a sign: text keeps every digit.
            left_out.push(pointer.to_owned());
            basic(&number.to_string(), out);
        }
        Value::Number(number) => out.push_str(&number.to_string()),
        Value::String(text) => self::text(text, style, out),
        Value::Array(items) => {
            out.push('[');
            let mut first = true;
            for (number, item) in items.iter().enumerate() {
                let pointer = format!("{pointer}/{number}");
                if item.is_null() {
                    left_out.push(pointer);
                    continue;
                }
                if !std::mem::take(&mut first) {
                    out.push_str(", ");
                }
                push_value(item, style, &pointer, out, left_out);
            }
            out.push(']');
        }
        Value::Object(map) => {
            out.push('{');
            let mut first = true;
            for (name, value) in map {
                let pointer = format!("{pointer}/{}", pointer_step(name));
                if value.is_null() {
                    left_out.push(pointer);
                    continue;
                }
                out.push_str(if std::mem::take(&mut first) { " " } else { ", " });
                key(name, out);
                out.push_str(" = ");
                push_value(value, style, &pointer, out, left_out);
            }
            out.push_str(if first { "}" } else { " }" });
        }
    }
}

fn text(text: &str, style: Option<Style>, out: &mut String) {
    match style {
        Some(Style::Plain) if is_datetime(text) => out.push_str(text),
        Some(Style::Single) if !text.chars().any(|c| c == '\'' || c.is_control()) => {
            out.push('\'');
            out.push_str(text);
            out.push('\'');
        }
        _ => basic(text, out),
    }
}

fn basic(text: &str, out: &mut String) {
    out.push('"');
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            c if c.is_control() || matches!(c, '\u{2028}' | '\u{2029}' | '\u{feff}') => push_escape(out, c),
            c => out.push(c),
        }
    }
    out.push('"');
}

/// A date or date and time that TOML takes without quotes, written so that it is read back as the same text:
/// `2025-09-24`, `2025-09-24T03:17:09+02:00`.
fn is_datetime(text: &str) -> bool {
    let digits = |range: std::ops::Range<usize>| -> Option<u32> {
        let part = text.get(range)?;
        part.bytes().all(|b| b.is_ascii_digit()).then(|| part.parse().ok()).flatten()
    };
    let sign = |at: usize, signs: &[u8]| text.as_bytes().get(at).is_some_and(|b| signs.contains(b));
    let (Some(year), Some(month), Some(day)) = (digits(0..4), digits(5..7), digits(8..10)) else { return false };
    let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let days = match month {
        2 => 28 + u32::from(leap),
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    };
    if !(sign(4, b"-") && sign(7, b"-") && (1..=12).contains(&month) && (1..=days).contains(&day)) {
        return false;
    }
    if text.len() == 10 {
        return true;
    }
    let (Some(hour), Some(minute), Some(second)) = (digits(11..13), digits(14..16), digits(17..19)) else {
        return false;
    };
    if !(sign(10, b"T") && sign(13, b":") && sign(16, b":") && hour < 24 && minute < 60 && second < 60) {
        return false;
    }
    let mut at = 19;
    if sign(at, b".") {
        let part = text[at + 1..].bytes().take_while(u8::is_ascii_digit).count();
        if !(1..=9).contains(&part) {
            return false;
        }
        at += 1 + part;
    }
    match &text[at..] {
        "" | "Z" => true,
        offset if offset.len() == 6 && sign(at, b"+-") && sign(at + 3, b":") => {
            matches!((digits(at + 1..at + 3), digits(at + 4..at + 6)), (Some(0..=23), Some(0..=59)))
        }
        _ => false,
    }
}
