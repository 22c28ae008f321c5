//! What a line looks like: a line of a head, or of a body. For heads whose end is missing.

use std::ops::Range;

use super::{HeadFormat, split::lines};

/// Where the body seems to start in an open head whose lines start at `start`: the first line that does not look like
/// one of a head. `None` when all do.
pub(super) fn seems_to_start(text: &str, start: usize, format: HeadFormat) -> Option<Range<usize>> {
    let mut after_blank = false;
    for line in lines(text, start) {
        let shape = line.text;
        if shape.trim().is_empty() {
            after_blank = true;
            continue;
        }
        // `# ` is a comment between keys, but a heading after an empty line.
        let comment = shape.starts_with('#') && !after_blank;
        let inner = shape.starts_with([' ', '\t', '}', ']']) || shape == "-" || shape.starts_with("- ") && !after_blank;
        if !(comment || inner || is_key(shape, format)) {
            return Some(line.start..line.start + shape.trim_end().len());
        }
        after_blank = false;
    }
    None
}

/// Whether a line begins with a key and what follows keys in that format.
pub(super) fn is_key(line: &str, format: HeadFormat) -> bool {
    let sign = match format {
        HeadFormat::Toml if line.starts_with('[') => return line.trim_end().ends_with(']'),
        HeadFormat::Toml => '=',
        _ => ':',
    };
    let Some((key, value)) = line.split_once(sign) else { return false };
    let key = key.trim_end();
    let quoted = key.len() > 1 && key.starts_with(['"', '\'']) && key.ends_with(['"', '\'']);
    let bare = !key.is_empty() && !key.starts_with(['-', '*', '>', '|']) && !key.contains(char::is_whitespace);
    (quoted || bare) && (sign == '=' || value.is_empty() || value.starts_with([' ', '\t']))
}
