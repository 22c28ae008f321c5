//! Heads in JSON: an object, two blanks a level.

use serde_json::{Map, Value};

use super::{Line, too_deep};
use crate::syntax::tree::pointer_step;

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
