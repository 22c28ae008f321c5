//! Syntax errors in the user's words: the commonest mistakes by what the lines look like, the others by a table.

use std::ops::Range;

use granit_parser::{ErrorKind, ScanError};

use super::build::Stop;
use crate::{
    finding::{Edit, Finding, Place},
    limits::Limits,
    syntax::{emit, tree::pointer_step},
};

/// The finding for a syntax error in `range` of `text`.
pub(super) fn explain(text: &str, range: &Range<usize>, error: &ScanError, limits: &Limits) -> Stop {
    let at = error.marker().byte_offset().map_or(range.end, |offset| range.start + offset);
    let at = text.floor_char_boundary(at.min(range.end));
    let kind = error.kind();
    if matches!(kind, ErrorKind::RecursionLimitExceeded) {
        let limit = super::NESTING.min(limits.depth);
        let message = format!("{} in YAML", Limits::message("levels of nesting", limit, "depth"));
        return Box::new(Finding::error("limit-reached", message, Place::Bytes(at..char_end(text, at, range.end))));
    }
    let line = line_around(text, at, range);
    let finding = tab(text, &line, kind)
        .or_else(|| unquoted_colon(text, &line))
        .or_else(|| {
            // The parser stops at the line after the one that is wrong.
            let before = line_before(text, &line, range)?;
            unquoted_colon(text, &before)
        })
        .or_else(|| open_quote(text, range, at, kind))
        .or_else(|| bad_escape(text, &line, kind))
        .or_else(|| {
            let before = line_before(text, &line, range);
            open_bracket(text, &line).or_else(|| open_bracket(text, before.as_ref()?))
        })
        .or_else(|| special_start(text, &line))
        .or_else(|| no_blank(text, &line))
        .or_else(|| stray_indent(text, &line, kind))
        .unwrap_or_else(|| by_table(text, range, at, kind));
    Box::new(finding)
}

/// The line (without its end) that holds the byte at `at`; at a line end that is the line before it.
fn line_around(text: &str, at: usize, range: &Range<usize>) -> Range<usize> {
    let is_end = |c: char| c == '\n' || c == '\r';
    // An error at the very end is about the last line that has anything on it.
    let at = if at == range.end { range.start + text[range.clone()].trim_end().len() } else { at };
    let at = text.floor_char_boundary(at);
    let start = text[range.start..at].rfind(is_end).map_or(range.start, |end| range.start + end + 1);
    let end = text[at..range.end].find(is_end).map_or(range.end, |end| at + end);
    start..end
}

fn line_before(text: &str, line: &Range<usize>, range: &Range<usize>) -> Option<Range<usize>> {
    let before = text[range.start..line.start].trim_end();
    (!before.is_empty()).then(|| line_around(text, range.start + before.len() - 1, range))
}

fn char_end(text: &str, at: usize, end: usize) -> usize {
    text[at..end].chars().next().map_or(at, |c| at + c.len_utf8())
}

/// A line `key: value`: the key, the value without blanks around it, and where the value starts.
struct Pair<'t> {
    key: &'t str,
    value: &'t str,
    start: usize,
}

fn pair<'t>(text: &'t str, line: &Range<usize>) -> Option<Pair<'t>> {
    let content = &text[line.clone()];
    let colon = content.find(": ")?;
    let key = content[..colon].trim_start_matches(['-', ' ']);
    let value = content[colon + 1..].trim();
    let start = line.start + colon + 1 + (content[colon + 1..].len() - content[colon + 1..].trim_start().len());
    (!key.is_empty() && !value.is_empty()).then_some(Pair { key, value, start })
}

/// `title: Budget: what passed`
fn unquoted_colon(text: &str, line: &Range<usize>) -> Option<Finding> {
    let Pair { key, value, start } = pair(text, line)?;
    if value.starts_with(['"', '\'', '[', '{', '|', '>', '&', '*', '!', '#']) {
        return None;
    }
    let colon = value.find(": ").or_else(|| value.strip_suffix(':').map(str::len))?;
    // A comment after the value is not part of it.
    let value = value.find(" #").map_or(value, |end| value[..end].trim_end());
    if colon >= value.len() {
        return None;
    }
    let quoted = emit::yaml::quoted(value);
    let width = if value[colon..].len() > 1 { 2 } else { 1 };
    let finding = Finding::error(
        "unquoted-colon",
        "text with `: ` in it needs quotes",
        Place::Bytes(start + colon..start + colon + width),
    );
    let key_text = key.trim_matches(['"', '\'']);
    let pointer = format!("/{}", pointer_step(key_text));
    let edit = Edit { range: start..start + value.len(), text: quoted.clone() };
    let finding = finding.label("YAML takes this for a second key").help(format!("write `{key}: {quoted}`")).fix(
        false,
        vec![edit],
        vec![pointer.clone()],
    );
    // Only at the margin is the key's own pointer known.
    Some(if text[line.start..].starts_with(key) { finding.pointer(pointer) } else { finding })
}

/// A tab where YAML wants blanks.
fn tab(text: &str, line: &Range<usize>, kind: &ErrorKind) -> Option<Finding> {
    let content = &text[line.clone()];
    let indent = content.len() - content.trim_start_matches([' ', '\t']).len();
    let first = content[..indent].find('\t')?;
    let named = matches!(
        kind,
        ErrorKind::TabNotAllowed
            | ErrorKind::TabInBlockIndentation
            | ErrorKind::TabInIndentation
            | ErrorKind::TabAtBlockScalarStart
            | ErrorKind::TabInPlainScalar
    );
    // A tab in front of a key is the mistake whatever the parser makes of it.
    (named || content.contains(": ") || content[indent..].starts_with("- ")).then(|| {
        Finding::error(
            "tab-indentation",
            "YAML takes no tabs for indentation",
            Place::Bytes(line.start + first..line.start + indent),
        )
        .help("indent with spaces")
    })
}

/// A quote that is opened and not closed on its line, or closed too early by an apostrophe.
fn open_quote(text: &str, range: &Range<usize>, at: usize, kind: &ErrorKind) -> Option<Finding> {
    let about_quotes = matches!(
        kind,
        ErrorKind::UnclosedQuotedScalar
            | ErrorKind::DocumentIndicatorInQuotedScalar
            | ErrorKind::InvalidTrailingSingleQuotedScalar
            | ErrorKind::InvalidTrailingDoubleQuotedScalar
            | ErrorKind::InvalidQuotedScalarIndent
            | ErrorKind::UnexpectedEof
            | ErrorKind::ExpectedBlockMappingKey
            | ErrorKind::UnknownQuotedScalarEscape
            | ErrorKind::SimpleKeyExpected
    );
    if !about_quotes {
        return None;
    }
    let mut start = range.start;
    while start <= at && start < range.end {
        let line = line_around(text, start, range);
        let next =
            line.end + text[line.end..range.end].find(|c| c != '\n' && c != '\r').unwrap_or(range.end - line.end);
        if let Some(finding) = open_quote_in(text, &line, next <= at) {
            return Some(finding);
        }
        start = next.max(start + 1);
    }
    None
}

fn open_quote_in(text: &str, line: &Range<usize>, closes_later: bool) -> Option<Finding> {
    let content = &text[line.clone()];
    let (value, start) = match pair(text, line) {
        Some(pair) => (pair.value, pair.start),
        None => {
            let value = content.trim_start().strip_prefix("- ")?.trim();
            (value, line.start + content.rfind(value)?)
        }
    };
    let quote = value.chars().next().filter(|c| matches!(c, '"' | '\''))?;
    let inner = &value[1..];
    let end = closing_quote(inner, quote);
    let place = Place::Bytes(start..start + 1);
    match end {
        None if closes_later || !inner.is_empty() => Some(
            Finding::error("unclosed-quote", "this quote is not closed on its line", place)
                .help(format!("put {quote} at the end of the value")),
        ),
        Some(end) if !inner[end + 1..].trim().is_empty() && !inner[end + 1..].trim_start().starts_with('#') => {
            let at = start + 1 + end;
            // With a quote at the end too, the two are meant to hold the whole.
            let whole = match inner.strip_suffix(quote) {
                Some(whole) => unescaped(whole, quote),
                None => value.to_owned(),
            };
            Some(
                Finding::error(
                    "unclosed-quote",
                    "this quote ends the value too early",
                    Place::Bytes(at..at + quote.len_utf8()),
                )
                .help(format!("write `{}`", emit::yaml::quoted(&whole))),
            )
        }
        _ => None,
    }
}

/// Where the quote is closed.
fn closing_quote(inner: &str, quote: char) -> Option<usize> {
    let mut chars = inner.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        if c == '\\' && quote == '"' {
            chars.next();
        } else if c == quote {
            if quote == '\'' && chars.peek().is_some_and(|&(_, next)| next == '\'') {
                chars.next();
            } else {
                return Some(at);
            }
        }
    }
    None
}

fn unescaped(text: &str, quote: char) -> String {
    if quote == '\'' { text.replace("''", "'") } else { text.replace("\\\"", "\"") }
}

/// A value that begins with a character that has a meaning in YAML.
fn special_start(text: &str, line: &Range<usize>) -> Option<Finding> {
    let Pair { key, value, start } = pair(text, line)?;
    let first = value.chars().next()?;
    let meaning = match first {
        '@' | '`' => "is reserved in YAML",
        '%' => "begins a directive in YAML",
        '*' => "refers to an anchor in YAML",
        '&' => "names an anchor in YAML",
        '!' => "begins a tag in YAML",
        '[' => "begins a list in YAML",
        '{' => "begins a mapping in YAML",
        '|' | '>' => "begins a block of text in YAML",
        '?' | '-' | ',' | ']' | '}' => "has a meaning of its own in YAML",
        _ => return None,
    };
    let finding = Finding::error(
        "malformed-front-matter",
        format!("`{first}` at the beginning of a value {meaning}"),
        Place::Bytes(start..start + first.len_utf8()),
    );
    Some(finding.help(format!("if it is meant as text, write `{key}: {}`", emit::yaml::quoted(value))))
}

/// `path: "C:\docs"`
fn bad_escape(text: &str, line: &Range<usize>, kind: &ErrorKind) -> Option<Finding> {
    if !matches!(kind, ErrorKind::UnknownQuotedScalarEscape | ErrorKind::InvalidQuotedScalarHexEscape) {
        return None;
    }
    let mut chars = text[line.clone()].char_indices();
    while let Some((at, c)) = chars.next() {
        if c != '\\' {
            continue;
        }
        let (_, escaped) = chars.next()?;
        if !"0abt\tnvfre \"/\\N_LP".contains(escaped) {
            let place = Place::Bytes(line.start + at..line.start + at + 1 + escaped.len_utf8());
            let message = format!("YAML does not know the escape `\\{escaped}`");
            let finding = Finding::error("malformed-front-matter", message, place);
            return Some(finding.help("write `\\\\` for a backslash, or use single quotes"));
        }
    }
    None
}

/// `tags: [a, b` with the bracket left open.
fn open_bracket(text: &str, line: &Range<usize>) -> Option<Finding> {
    let Pair { value, start, .. } = pair(text, line)?;
    let (open, close) = match value.as_bytes().first()? {
        b'[' => ('[', ']'),
        b'{' => ('{', '}'),
        _ => return None,
    };
    (!value.contains(close)).then(|| {
        let message = format!("`{open}` is not closed on its line");
        let finding = Finding::error("malformed-front-matter", message, Place::Bytes(start..start + 1));
        finding.help(format!("put `{close}` at the end of the list, or the value in quotes if it is text"))
    })
}

/// `slug:budget`
fn no_blank(text: &str, line: &Range<usize>) -> Option<Finding> {
    let content = text[line.clone()].trim_end();
    let (key, value) = content.split_once(':')?;
    let is_key = !key.trim().is_empty() && !key.trim().contains([' ', '"', '\'', '#', '[', '{']);
    (is_key && !value.is_empty() && !value.starts_with([' ', '\t', '/'])).then(|| {
        let colon = line.start + key.len();
        let place = Place::Bytes(colon..colon + 1);
        let finding = Finding::error("malformed-front-matter", "a blank is missing after this colon", place);
        finding.help(format!("write `{}: {value}`", key.trim()))
    })
}

/// A key that is indented under one that has a value.
fn stray_indent(text: &str, line: &Range<usize>, kind: &ErrorKind) -> Option<Finding> {
    let content = &text[line.clone()];
    let indent = content.len() - content.trim_start_matches(' ').len();
    let about = matches!(
        kind,
        ErrorKind::MappingValueNotAllowed | ErrorKind::InvalidIndentation | ErrorKind::ExpectedBlockMappingKey
    );
    (about && indent > 0 && pair(text, line).is_some()).then(|| {
        let place = Place::Bytes(line.start..line.start + indent);
        let message = "this line is indented unlike the lines around it";
        Finding::error("malformed-front-matter", message, place).help("give keys that belong together the same indent")
    })
}

/// The other mistakes: what to say, and what to do.
fn by_table(text: &str, range: &Range<usize>, at: usize, kind: &ErrorKind) -> Finding {
    let (message, help): (&str, &str) = match kind {
        ErrorKind::UnknownAnchor => {
            ("this alias refers to no anchor", "put the value in quotes if `*` is meant as text")
        }
        ErrorKind::UnclosedFlowCollection { .. }
        | ErrorKind::UnexpectedEofFlowSequence
        | ErrorKind::UnexpectedEofFlowMapping
        | ErrorKind::UnexpectedEofImplicitFlowMapping
        | ErrorKind::ExpectedFlowSequenceSeparator
        | ErrorKind::ExpectedFlowMappingSeparator => {
            ("a list or mapping in brackets is not closed, or lacks a comma", "close the bracket that was opened")
        }
        ErrorKind::MisplacedFlowCollectionEnd | ErrorKind::MismatchedFlowCollectionEnd { .. } => {
            ("this bracket closes nothing", "remove it, or put the value in quotes")
        }
        ErrorKind::UnclosedQuotedScalar | ErrorKind::DocumentIndicatorInQuotedScalar => {
            ("a quote is not closed", "close it on the line where it opens")
        }
        ErrorKind::UnknownQuotedScalarEscape
        | ErrorKind::InvalidQuotedScalarHexEscape
        | ErrorKind::InvalidUnicodeEscape => {
            ("YAML does not know this escape", "write `\\\\` for a backslash, or use single quotes")
        }
        ErrorKind::SimpleKeyExpected | ErrorKind::ExpectedBlockMappingKey | ErrorKind::InvalidSimpleKey => {
            ("there is no key here", "write `key: value`, with a blank after the colon")
        }
        ErrorKind::InvalidIndentation | ErrorKind::ExpectedBlockSequenceEntry => {
            ("this line is indented unlike the lines around it", "give lines that belong together the same indent")
        }
        ErrorKind::BlockSequenceEntryNotAllowed | ErrorKind::BlockEntryInFlowCollection => {
            ("a list item cannot stand here", "begin the list on the line below its key")
        }
        ErrorKind::MappingValueNotAllowed | ErrorKind::InvalidColonPlacement | ErrorKind::MappingKeyNotAllowed => {
            ("a key and its value cannot stand here", "put text with a colon in it in quotes")
        }
        ErrorKind::UnexpectedCharacter { .. } => ("this character cannot stand here", "put the value in quotes"),
        _ => ("this is not valid YAML", "put text with special characters in quotes"),
    };
    // At the end of the head: the last character shows where that is.
    let at = if at >= range.end { range.start + text[range.clone()].trim_end().len() } else { at };
    let place = Place::Bytes(at..char_end(text, at, range.end));
    Finding::error("malformed-front-matter", message, place).help(help)
}
