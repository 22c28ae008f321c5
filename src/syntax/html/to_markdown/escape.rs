//! Text that looks like Markdown, made to be shown as it is.

use std::borrow::Cow;

/// The signs that may mean something within a line.
const SIGNS: [bool; 256] = {
    let mut signs = [false; 256];
    let mut rest: &[u8] = b"\\`*_[]<&~|";
    while let [sign, more @ ..] = rest {
        signs[*sign as usize] = true;
        rest = more;
    }
    signs
};

/// Text within a line, so that no sign in it means anything. `before` is the character in front of it, `after` the one
/// behind.
pub(super) fn text(text: &str, before: Option<char>, after: Option<char>, out: &mut String) {
    let mut copied = 0;
    for (at, sign) in text.bytes().enumerate().filter(|(_, byte)| SIGNS[usize::from(*byte)]) {
        let previous = || text[..at].chars().next_back().or(before);
        let next = || text[at + 1..].chars().next().or(after);
        let is_word = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
        let escaped = match sign {
            b'\\' | b'`' | b'[' | b']' | b'~' => true,
            // Between blanks it begins and ends nothing; at the beginning of a line it would begin an item.
            b'*' => !(previous() == Some(' ') && next() == Some(' ')),
            // Within words it means nothing.
            b'_' => !(is_word(previous()) && is_word(next())),
            b'<' => next().is_some_and(|c| c.is_ascii_alphabetic() || matches!(c, '/' | '!' | '?')),
            b'&' => is_reference(&text[at + 1..]),
            _ => false,
        };
        if escaped {
            out.push_str(&text[copied..at]);
            out.push('\\');
            copied = at;
        }
    }
    out.push_str(&text[copied..]);
}

/// Whether what follows a `&` makes a character reference of it.
fn is_reference(rest: &str) -> bool {
    let name = rest.bytes().take(40).take_while(|b| b.is_ascii_alphanumeric() || *b == b'#').count();
    name > 0 && rest[name..].starts_with(';')
}

/// Lines of a paragraph, so that none begins anything else: a heading, a quote, an item, a rule, a table, a definition.
pub(super) fn line_starts(text: &str) -> Cow<'_, str> {
    let begins = |line: &str| escape_at(line).is_some();
    if !text.split('\n').any(begins) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() + 8);
    for (number, line) in text.split('\n').enumerate() {
        if number > 0 {
            out.push('\n');
        }
        match escape_at(line) {
            Some(at) => {
                out.push_str(&line[..at]);
                out.push('\\');
                out.push_str(&line[at..]);
            }
            None => out.push_str(line),
        }
    }
    Cow::Owned(out)
}

/// Where a line needs a backslash, if it does.
fn escape_at(line: &str) -> Option<usize> {
    let bytes = line.as_bytes();
    let is_end = |at: usize| bytes.get(at).is_none_or(|b| matches!(b, b' ' | b'\t'));
    match bytes.first()? {
        b'>' => Some(0),
        b'#' => {
            let count = bytes.iter().take_while(|b| **b == b'#').count();
            (count <= 6 && is_end(count)).then_some(0)
        }
        b'+' if is_end(1) => Some(0),
        b':' if is_end(1) => Some(0),
        b'*' if is_end(1) => Some(0),
        // An item, a rule, the line under a heading or a table's head, the fence of another head.
        b'-' if is_end(1) || is_rule(line) => Some(0),
        b'=' | b'|' | b':' if is_rule(line) => Some(0),
        b'+' if line.starts_with("+++") => Some(0),
        b'0'..=b'9' => {
            let count = bytes.iter().take_while(|b| b.is_ascii_digit()).count();
            let is_item = count <= 9 && matches!(bytes.get(count), Some(b'.' | b')')) && is_end(count + 1);
            is_item.then_some(count)
        }
        _ => None,
    }
}

/// Whether a line is nothing but the signs of rules and tables.
fn is_rule(line: &str) -> bool {
    line.bytes().all(|b| matches!(b, b'-' | b'=' | b'|' | b':' | b' ')) && line.contains(['-', '='])
}

/// The end of a heading: signs there belong to the mark, braces to an id.
pub(super) fn heading_end(text: &str) -> Cow<'_, str> {
    if text.ends_with('#') {
        let start = text.trim_end_matches('#').len();
        return Cow::Owned(format!("{}\\{}", &text[..start], &text[start..]));
    }
    if text.ends_with('}')
        && let Some(at) = text.rfind('{')
    {
        // Only a reference hides a brace from those who look for an id.
        return Cow::Owned(format!("{}&#123;{}", &text[..at], &text[at + 1..]));
    }
    Cow::Borrowed(text)
}

/// How often a sign follows itself at most.
pub(super) fn longest_run(text: &str, sign: char) -> usize {
    let (mut longest, mut run) = (0, 0);
    for c in text.chars() {
        run = if c == sign { run + 1 } else { 0 };
        longest = longest.max(run);
    }
    longest
}

/// Code within a line.
pub(super) fn code(text: &str) -> String {
    let fence = "`".repeat(longest_fence(text));
    // A blank at each end is taken for the fence's own.
    let ends = |sign: char| text.starts_with(sign) || text.ends_with(sign);
    let both = text.starts_with(' ') && text.ends_with(' ') && !text.trim_matches(' ').is_empty();
    let pad = if ends('`') || both { " " } else { "" };
    format!("{fence}{pad}{text}{pad}{fence}")
}

/// The shortest run of backticks that the text does not hold.
fn longest_fence(text: &str) -> usize {
    longest_run(text, '`') + 1
}

/// The address of a link or an image. What no address may hold is escaped as browsers do.
pub(super) fn address(address: &str) -> String {
    let address = address.trim();
    if address.is_empty() {
        return "<>".to_owned();
    }
    let mut out = String::with_capacity(address.len() + 2);
    for (at, c) in address.char_indices() {
        match c {
            '\n' | '\r' | '\t' => {}
            ' ' | '"' | '<' | '>' | '\\' | '^' | '`' | '{' | '|' | '}' | '[' | ']' | '\0'..='\x1f' | '\x7f' => {
                out.push_str(&format!("%{:02X}", c as u32));
            }
            '(' | ')' => {
                out.push('\\');
                out.push(c);
            }
            '&' if is_reference(&address[at + 1..]) => out.push_str("\\&"),
            _ => out.push(c),
        }
    }
    out
}

/// The title of a link or an image, with its quotes and the blank before it.
pub(super) fn title(title: &str) -> String {
    let mut out = String::from(" \"");
    let flat = title.split_whitespace().collect::<Vec<_>>().join(" ");
    for (at, c) in flat.char_indices() {
        match c {
            '"' | '\\' => out.push('\\'),
            '&' if is_reference(&flat[at + 1..]) => out.push('\\'),
            '|' => {
                out.push_str("&#124;");
                continue;
            }
            _ => {}
        }
        out.push(c);
    }
    out.push('"');
    out
}
