//! Writing heads: YAML in a site's style, TOML, JSON, lines `Key: value`. What is written is read back as the same values, by readers of
//! YAML 1.1 and 1.2 alike.

mod json;
mod plain;
mod toml;
pub mod yaml;

use serde_json::Value;

use super::{head::HeadFormat, tree::Style};

/// One key of a head, and how to write it.
#[derive(Debug, Clone, Copy)]
pub struct Line<'a> {
    /// The key.
    pub key: &'a str,
    /// Its value.
    pub value: &'a Value,
    /// How to write the value; `None` for the simplest way that is safe. What cannot be written safely in a style is
    /// written in one that can.
    pub style: Option<Style>,
    /// How to write the items of a list, where `style` says `Flow` or `Block`.
    pub items: Option<Style>,
    /// Whether an empty line stands above it.
    pub blank_before: bool,
}

/// What a site's heads look like, key by key aside.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Layout {
    /// The quotes of text that needs some: [`Style::Single`] or [`Style::Double`].
    pub quotes: Style,
    /// How far YAML lists are indented under their key: 0 or 2 columns.
    pub list_indent: usize,
}

impl Default for Layout {
    fn default() -> Self {
        Layout { quotes: Style::Double, list_indent: 2 }
    }
}

/// Nesting that is written; what is deeper could not be read back.
const DEPTH: usize = 48;

/// Writes a head with its fences. Returns what the format cannot hold, as JSON Pointers: nulls in TOML, integers beyond
/// its 64 bits, blanks at the ends of lines `Key: value`, and what is nested deeper than 48 levels.
pub fn head(format: HeadFormat, layout: Layout, lines: &[Line<'_>], out: &mut String) -> Vec<String> {
    let mut left_out = Vec::new();
    match format {
        HeadFormat::Yaml => {
            out.push_str("---\n");
            yaml::lines(layout, lines, out, &mut left_out);
            out.push_str("---\n");
        }
        HeadFormat::Toml => {
            out.push_str("+++\n");
            toml::lines(lines, out, &mut left_out);
            out.push_str("+++\n");
        }
        HeadFormat::Json => json::lines(lines, out, &mut left_out),
        HeadFormat::BareJson => {
            out.push_str(";;;\n");
            json::bare_lines(lines, out, &mut left_out);
            out.push_str(";;;\n");
        }
        HeadFormat::Plain => {
            plain::lines(lines, out, &mut left_out);
            out.push('\n');
        }
        // No profile writes it: they are read only.
        HeadFormat::Org => {}
    }
    left_out
}

/// Whether a value is nested deeper than can be read back.
fn too_deep(value: &Value) -> bool {
    if !matches!(value, Value::Array(_) | Value::Object(_)) {
        return false;
    }
    let mut level: Vec<&Value> = vec![value];
    for _ in 0..DEPTH {
        level = level
            .into_iter()
            .flat_map(|value| -> Box<dyn Iterator<Item = &Value>> {
                match value {
                    Value::Array(items) => Box::new(items.iter()),
                    Value::Object(map) => Box::new(map.values()),
                    _ => Box::new(std::iter::empty()),
                }
            })
            .collect();
        if level.is_empty() {
            return false;
        }
    }
    true
}

/// `\u0085`, and `\U0001F600` beyond four digits: the same in YAML and TOML.
fn push_escape(out: &mut String, c: char) {
    let code = c as u32;
    if code > 0xffff { out.push_str(&format!("\\U{code:08X}")) } else { out.push_str(&format!("\\u{code:04X}")) }
}
