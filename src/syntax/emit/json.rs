//! Heads in JSON: an object, two blanks a level.

use serde_json::{Map, Value};

use super::{Line, too_deep};
use crate::syntax::tree::pointer_step;

/// The members without the braces around them.
pub(super) fn bare_lines(lines: &[Line<'_>], out: &mut String, left_out: &mut Vec<String>) {
    let mut whole = String::new();
    self::lines(lines, &mut whole, left_out);
    for line in whole.lines().filter(|line| !matches!(*line, "{" | "}" | "{}")) {
        // A member's own lines keep what they are indented by more than it.
        out.push_str(line.strip_prefix("  ").unwrap_or(line));
        out.push('\n');
    }
}

pub(super) fn lines(lines: &[Line<'_>], out: &mut String, left_out: &mut Vec<String>) {
    let mut map = Map::with_capacity(lines.len());
    for line in lines {
        if too_deep(line.value) {
            left_out.push(format!("/{}", pointer_step(line.key)));
        } else {
            map.insert(line.key.to_owned(), line.value.clone());
        }
    }
    // Keys are text and the depth is bounded: nothing here can fail.
    out.push_str(&serde_json::to_string_pretty(&Value::Object(map)).unwrap_or_default());
    out.push('\n');
}
