//! Active content in HTML and Markdown: what runs or loads something in a browser. A scanner of one pass that finds
//! and never changes; it makes no claim that what it passes over is safe.

use std::{borrow::Cow, ops::Range};

use super::{html, near::next};

/// A piece of active content.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Active {
    /// Its bytes.
    pub range: Range<usize>,
    what: What,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum What {
    Element(String),
    Handler(String),
    Scheme(&'static str),
}

impl Active {
    /// Whether it is an address, and neither an element nor an attribute.
    pub fn is_address(&self) -> bool {
        matches!(self.what, What::Scheme(_))
    }

    /// What it is, in a short sentence.
    pub fn message(&self) -> String {
        match &self.what {
            What::Element(name) => format!("the body holds a `<{name}>`"),
            What::Handler(name) => format!("the body holds an `{name}` attribute, which is a script"),
            What::Scheme(name) => format!("the body holds a `{name}` address"),
        }
    }
}

/// Elements that run or load something by being there.
const ELEMENTS: &[&str] = &[
    "script",
    "iframe",
    "frame",
    "frameset",
    "object",
    "embed",
    "applet",
    "base",
    "portal",
    "animate",
    "set",
    "foreignobject",
];
/// Schemes that run what follows them.
const SCHEMES: &[&str] =
    &["javascript:", "vbscript:", "data:text/html", "data:image/svg+xml", "data:application/xhtml"];
/// Attributes whose value is an address, or becomes one.
const ADDRESSES: &[&str] = &[
    "action",
    "background",
    "data",
    "formaction",
    "from",
    "href",
    "poster",
    "src",
    "srcset",
    "to",
    "values",
    "xlink:href",
];
/// Bytes of a tag that are looked at; one that does not end is text.
const MAX_TAG: usize = 64 << 10;

/// Bytes that a code span may have; a longer one is no span.
const MAX_SPAN: usize = 64 << 10;
/// Bytes that the label of a reference link may have (CommonMark: 999 characters).
const MAX_LABEL: usize = 1_000;

/// Whether an address, its references resolved, begins with a scheme that runs what follows it.
pub fn runs(value: &str) -> bool {
    // Most addresses are plain.
    if value.starts_with("http") || value.starts_with('/') || !value.contains([':', '&']) {
        return false;
    }
    let mut found = Vec::new();
    address(value, 0, &mut found);
    !found.is_empty()
}

/// The active content of `text`, in order.
pub fn find(text: &str) -> Vec<Active> {
    let mut found = Vec::new();
    let bytes = text.as_bytes();
    if memchr::memchr3(b'<', b'(', b':', bytes).is_none() {
        return found;
    }
    let mut at = 0;
    // Where the line begins, as far as line ends were looked for.
    let mut line = 0;
    let mut seen = 0;
    // A comment without an end is looked for once.
    let mut comments = true;
    while let Some(here) =
        next(bytes, at, |b| matches!(b, b'<' | b'`' | b'('), |rest| memchr::memchr3(b'<', b'`', b'(', rest))
    {
        at = match bytes[here] {
            b'`' => {
                if let Some(start) = memchr::memrchr(b'\n', &bytes[seen..here]) {
                    line = seen + start + 1;
                }
                seen = here;
                code_end(text, here, line)
            }
            b'(' => link(text, here, &mut found),
            // What closes an element holds nothing.
            _ if bytes.get(here + 1) == Some(&b'/') => here + 2,
            _ if comments && bytes[here..].starts_with(b"<!--") => match text[here..].find("-->") {
                Some(end) => here + end + 3,
                None => {
                    comments = false;
                    here + 4
                }
            },
            _ => tag(text, here, &mut found),
        };
    }
    references(text, &mut found);
    found.sort_by_key(|active| active.range.start);
    found
}

/// Where a code span or a fenced block that opens at `at` ends: after as many backticks, else after these.
pub(super) fn code_end(text: &str, at: usize, line: usize) -> usize {
    let rest = &text[at..];
    let mark = rest.as_bytes()[0];
    let count = rest.bytes().take_while(|&b| b == mark).count();
    let after = at + count;
    let fence = &rest[..count];
    let is_block = count >= 3 && text[line..at].trim().is_empty();
    if is_block {
        let mut from = after;
        while let Some(step) = memchr::memchr(b'\n', &text.as_bytes()[from..]) {
            from += step + 1;
            if text[from..].trim_start_matches(' ').starts_with(fence) {
                return from + text[from..].find(fence).unwrap_or(0) + count;
            }
        }
        return text.len();
    }
    // A span ends within its paragraph.
    let end = text.floor_char_boundary(text.len().min(after + MAX_SPAN));
    let mut from = after;
    // A run of backticks may go on past the end.
    while from < end
        && let Some(step) = memchr::memchr(b'`', &text.as_bytes()[from..end])
        && memchr::memmem::find(&text.as_bytes()[from.saturating_sub(1)..from + step], b"\n\n").is_none()
    {
        let run = text[from + step..].bytes().take_while(|&b| b == b'`').count();
        from += step + run;
        if run == count {
            return from;
        }
    }
    after
}

/// A Markdown link's address after `](`.
fn link(text: &str, at: usize, found: &mut Vec<Active>) -> usize {
    if text[..at].ends_with(']') {
        let rest = &text[at + 1..];
        let inner = rest.trim_start_matches([' ', '\t', '\n', '<']);
        address(inner, at + 1 + rest.len() - inner.len(), found);
    }
    at + 1
}

/// The addresses of reference links: `[name]: address` at the start of a line.
fn references(text: &str, found: &mut Vec<Active>) {
    // To look for two bytes takes its time to begin.
    if memchr::memchr(b']', text.as_bytes()).is_none() {
        return;
    }
    for at in memchr::memmem::find_iter(text.as_bytes(), b"]:") {
        let rest = &text[at + 2..];
        let inner = rest.trim_start_matches([' ', '\t', '<']);
        let near = text.floor_char_boundary(at.saturating_sub(MAX_LABEL));
        let line = text[near..at].rfind('\n').map_or(near, |start| near + start + 1);
        if text[line..at].trim_start().starts_with('[') {
            address(inner, at + 2 + rest.len() - inner.len(), found);
        }
    }
}

/// Notes an address that begins with a scheme that runs. Browsers pass over blanks and controls in a scheme, and
/// resolve references first.
fn address(value: &str, at: usize, found: &mut Vec<Active>) {
    // Most begin with a letter that none of the schemes does, or with a slash.
    let first = value.as_bytes().first().map_or(b'/', u8::to_ascii_lowercase);
    if first == b'/' || first.is_ascii_alphanumeric() && !SCHEMES.iter().any(|scheme| scheme.as_bytes()[0] == first) {
        return;
    }
    let mut start: String = value.chars().take(160).collect();
    if start.contains('&')
        && let Cow::Owned(text) = html::unescape(&start)
    {
        start = text;
    }
    let folded: String =
        start.chars().filter(|c| *c > ' ' && !c.is_control()).take(32).flat_map(char::to_lowercase).collect();
    if let Some(scheme) = SCHEMES.iter().find(|scheme| folded.starts_with(**scheme)) {
        let len = value.find([' ', '\n', '"', '\'', '>', ')']).unwrap_or(value.len());
        let end = at + value.floor_char_boundary(len.clamp(1, 80));
        found.push(Active { range: at..end.max(at + 1), what: What::Scheme(scheme) });
    }
}

/// Looks at the tag that may open at `at`; gives where to go on.
fn tag(text: &str, at: usize, found: &mut Vec<Active>) -> usize {
    let rest = &text[at + 1..];
    if !rest.as_bytes().first().is_some_and(u8::is_ascii_alphabetic) {
        return at + 1;
    }
    let is_name = |b: &u8| b.is_ascii_alphanumeric() || matches!(b, b'-' | b':' | b'+' | b'.');
    let name_len = rest.bytes().take_while(is_name).count();
    let name = &rest[..name_len];
    // An autolink: `<javascript:…>`.
    let colon = name.bytes().rposition(|b| b == b':');
    let begins = |scheme: &&str| name.get(..scheme.len()).is_some_and(|start| start.eq_ignore_ascii_case(scheme));
    if colon.is_some() && SCHEMES.iter().any(begins) {
        address(rest, at + 1, found);
        return at + 1 + name_len;
    }
    let local = colon.map_or(name, |at| &name[at + 1..]);
    if local.len() > 2 && ELEMENTS.iter().any(|known| known.eq_ignore_ascii_case(local)) {
        found.push(Active { range: at..at + 1 + name_len, what: What::Element(local.to_ascii_lowercase()) });
    }
    attributes(text, at + 1 + name_len, local, found)
}

/// Walks the attributes of a tag from `at` to its end.
fn attributes(text: &str, mut at: usize, element: &str, found: &mut Vec<Active>) -> usize {
    let limit = text.len().min(at + MAX_TAG);
    let bytes = &text.as_bytes()[..limit];
    while at < limit {
        match bytes[at] {
            b'>' => return at + 1,
            b'<' => return at,
            b if b.is_ascii_whitespace() || matches!(b, b'/' | b'"' | b'\'') => at += 1,
            _ => {
                let start = at;
                while at < limit && !bytes[at].is_ascii_whitespace() && !matches!(bytes[at], b'=' | b'>' | b'/' | b'<')
                {
                    at += 1;
                }
                if at == start {
                    at += 1;
                    continue;
                }
                let name = start..at;
                let mut value_at = at;
                while value_at < limit && bytes[value_at].is_ascii_whitespace() {
                    value_at += 1;
                }
                if bytes.get(value_at) != Some(&b'=') {
                    continue;
                }
                at = value_at + 1;
                while at < limit && bytes[at].is_ascii_whitespace() {
                    at += 1;
                }
                let value = match bytes.get(at) {
                    Some(&quote @ (b'"' | b'\'')) => {
                        let Some(len) = memchr::memchr(quote, &bytes[at + 1..]) else { return at + 1 };
                        at + 1..at + 1 + len
                    }
                    _ => {
                        let len = bytes[at..].iter().take_while(|b| !b.is_ascii_whitespace() && **b != b'>').count();
                        at..at + len
                    }
                };
                attribute(text, element, name, value.clone(), found);
                at = if value.start > at { value.end + 1 } else { value.end };
            }
        }
    }
    at
}

fn attribute(text: &str, element: &str, name: Range<usize>, value: Range<usize>, found: &mut Vec<Active>) {
    let (Some(written), Some(content)) = (text.get(name.clone()), text.get(value.clone())) else { return };
    let is = |name: &str| written.eq_ignore_ascii_case(name);
    let is_handler = written.len() > 3
        && written.as_bytes()[..2].eq_ignore_ascii_case(b"on")
        && written.bytes().all(|b| b.is_ascii_alphabetic());
    if is_handler || is("srcdoc") {
        found.push(Active { range: name, what: What::Handler(written.to_ascii_lowercase()) });
    } else if element.eq_ignore_ascii_case("meta") && is("http-equiv") && content.eq_ignore_ascii_case("refresh") {
        found.push(Active { range: name.start..value.end, what: What::Element("meta http-equiv=refresh".to_owned()) });
    } else if ADDRESSES.iter().any(|known| is(known)) {
        address(content, value.start, found);
    }
}

#[cfg(test)]
mod tests {
    use super::find;

    fn messages(text: &str) -> Vec<String> {
        find(text).iter().map(|active| format!("{} {}", &text[active.range.clone()], active.message())).collect()
    }

    #[test]
    fn what_runs_is_found() {
        for text in [
            "<script>x</script>",
            "<p onclick=\"x()\">a</p>",
            "<a href='javascript:x()'>a</a>",
            "<a href=\" java\nscript:x()\">a</a>",
            "<a href=\"&#106;avascript:x()\">a</a>",
            "[a](javascript:x)",
            "[a]: javascript:x",
            "<javascript:x>",
            "<iframe src=x>",
            "<svg/onload=x>",
            "<IMG SRC=x OnError=x()>",
            "<meta http-equiv=\"Refresh\" content=\"0\">",
        ] {
            assert_eq!(find(text).len(), 1, "{text}: {:?}", messages(text));
        }
    }

    #[test]
    fn what_does_not_run_is_not() {
        for text in [
            "`<script>` in a span",
            "```html\n<script>x</script>\n```\n",
            "<p>once upon = a time</p>",
            "a < b and on=1",
            "<a href=\"https://example.org/javascript:\">a</a>",
            "<!-- <script> -->",
            "the javascript: scheme",
            "<pre><code>&lt;script&gt;</code></pre>",
        ] {
            assert_eq!(messages(text), Vec::<String>::new(), "{text}");
        }
    }

    #[test]
    fn time_is_linear() {
        for piece in ["<", "`", "<a ", "<a b=\"", "](", "<!--", "]:", "``` ", "<svg x=", "\n[x]:"] {
            find(&piece.repeat(200_000));
        }
    }
}
