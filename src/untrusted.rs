//! Text from outside, made fit to be shown. A terminal obeys escape sequences, a log viewer bidirectional marks, and a
//! CI runner lines that begin with `::` or `##[`: none of that may come from a title, a path or a key.

use std::{
    borrow::Cow,
    fmt::{self, Write},
};

/// Text from outside. Its only way to a screen is [`fmt::Display`], which shows what would act as `\u{1b}`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Untrusted<'t>(pub &'t str);

/// Text from outside, to be shown.
pub fn shown(text: &str) -> Untrusted<'_> {
    Untrusted(text)
}

impl fmt::Display for Untrusted<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut from = 0;
        for (at, c) in self.0.char_indices() {
            if acts(c) {
                f.write_str(&self.0[from..at])?;
                write_escaped(f, c)?;
                from = at + c.len_utf8();
            }
        }
        f.write_str(&self.0[from..])
    }
}

/// Writes one character as [`Untrusted`] shows it.
pub fn write_char(out: &mut impl Write, c: char) -> fmt::Result {
    if acts(c) { write_escaped(out, c) } else { out.write_char(c) }
}

fn write_escaped(out: &mut impl Write, c: char) -> fmt::Result {
    match c {
        '\n' => out.write_str("\\n"),
        '\r' => out.write_str("\\r"),
        '\t' => out.write_str("\\t"),
        _ => write!(out, "\\u{{{:x}}}", u32::from(c)),
    }
}

/// Whether a character does something to a terminal or a reader other than standing there: controls (C0, DEL, C1),
/// line and paragraph separators, bidirectional marks, zero-width characters, tags, and the byte order mark.
pub fn acts(c: char) -> bool {
    if c < '\u{7f}' {
        return c < ' ';
    }
    matches!(c,
        '\u{7f}'..='\u{9f}'
        | '\u{ad}'
        | '\u{61c}'
        | '\u{180e}'
        | '\u{200b}'..='\u{200f}'
        | '\u{2028}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}'
        | '\u{feff}'
        | '\u{fff9}'..='\u{fffb}'
        | '\u{e0000}'..='\u{e007f}')
}

/// A report's text, no line of which a CI runner takes for a command: a first `::` or `##[` is shown escaped.
/// The last fence before the output, for text that was wrapped on the way.
pub fn without_commands(text: &str) -> Cow<'_, str> {
    let is_command = |line: &str| {
        let line = line.trim_start();
        line.starts_with("::") || line.starts_with("##[")
    };
    if !text.split('\n').any(is_command) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() + 16);
    for line in text.split_inclusive('\n') {
        if is_command(line) {
            let rest = line.trim_start();
            out.push_str(&line[..line.len() - rest.len()]);
            let (first, rest) = rest.split_at(1);
            out.push_str(if first == ":" { "\\u{3a}" } else { "\\u{23}" });
            out.push_str(rest);
        } else {
            out.push_str(line);
        }
    }
    Cow::Owned(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_would_act_is_shown_and_the_rest_stays() {
        let shown = |text| shown(text).to_string();
        assert_eq!(shown("Grüße, 日本"), "Grüße, 日本");
        assert_eq!(shown("a\u{1b}[2Jb\u{9b}\u{7}"), "a\\u{1b}[2Jb\\u{9b}\\u{7}");
        assert_eq!(shown("x\u{202e}y\u{200b}z\r\n"), "x\\u{202e}y\\u{200b}z\\r\\n");
    }

    #[test]
    fn no_line_is_a_command_of_a_runner() {
        assert_eq!(without_commands("fine\n"), "fine\n");
        assert_eq!(without_commands("  ::error::x\nok ::\n##[error]y"), "  \\u{3a}:error::x\nok ::\n\\u{23}#[error]y");
    }
}
