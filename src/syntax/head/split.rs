//! Where a head begins and ends.

use std::ops::Range;

use super::{Fences, Head, HeadFormat, Split, body};
use crate::{
    finding::{Finding, Place},
    lines::Lines,
};

/// A line: its bytes without the line end, and where the next one starts.
#[derive(Debug, Clone, Copy)]
pub(super) struct Line<'t> {
    pub(super) start: usize,
    pub(super) text: &'t str,
    pub(super) next: usize,
}

/// The lines of `text` from the byte at `start`. Lines end at LF, CRLF or a lone CR.
pub(super) fn lines(text: &str, start: usize) -> impl Iterator<Item = Line<'_>> {
    let mut at = start;
    std::iter::from_fn(move || {
        if at >= text.len() {
            return None;
        }
        let rest = &text[at..];
        let (len, end) = match memchr::memchr2(b'\n', b'\r', rest.as_bytes()) {
            Some(len) if rest[len..].starts_with("\r\n") => (len, len + 2),
            Some(len) => (len, len + 1),
            None => (rest.len(), rest.len()),
        };
        let line = Line { start: at, text: &rest[..len], next: at + end };
        at = line.next;
        Some(line)
    })
}

/// Whether a line is that fence, but for blanks after it.
pub(super) fn is_fence(line: &str, fence: &str) -> bool {
    line.strip_prefix(fence).is_some_and(|rest| rest.bytes().all(|b| matches!(b, b' ' | b'\t')))
}

/// Finds the head of a post. `text` is without its byte order mark.
pub fn split(text: &str, fences: &Fences) -> Split {
    let mut split = Split { head: None, body: 0..text.len(), findings: Vec::new() };
    let start = text.len() - text.trim_start_matches([' ', '\t', '\n', '\r']).len();
    let Some(first) = lines(text, start).next() else { return split };
    let Some(format) = fences.formats.iter().copied().find(|format| opens(text, &first, *format)) else {
        if let Some(finding) = malformed_open(text, &first, fences) {
            split.findings.push(finding);
        }
        return split;
    };
    split.head = match format {
        HeadFormat::Json => json(text, start, &mut split.findings),
        _ => fenced(text, &first, format, fences, &mut split.findings),
    };
    if let Some(head) = &split.head {
        split.body = head.body.clone();
        if start > 0 && !fences.leading_blanks {
            let finding = Finding::error(
                "misplaced-front-matter",
                "the front matter does not stand at the very beginning",
                Place::Bytes(head.open.clone()),
            );
            split.findings.push(finding.help("remove what is above it: the generator takes all of this for text"));
        }
        split.findings.extend(repeated(text, head, fences));
    }
    split
}

/// Whether the first line opens a head of that format.
fn opens(text: &str, first: &Line<'_>, format: HeadFormat) -> bool {
    match format {
        // A Markdown body may begin with `{{<`, `{%` or `{:`, so that the brace alone does not tell.
        HeadFormat::Json => {
            let rest = text[first.start..].strip_prefix('{').map(str::trim_start);
            rest.is_some_and(|rest| rest.starts_with(['"', '}']))
        }
        _ => is_fence(first.text, format.fence()),
    }
}

/// The end of a head between fence lines.
fn fenced(
    text: &str,
    first: &Line<'_>,
    format: HeadFormat,
    fences: &Fences,
    findings: &mut Vec<Finding>,
) -> Option<Head> {
    let fence = format.fence();
    let open = first.start..first.start + fence.len();
    let dots = fences.dots && format == HeadFormat::Yaml;
    for line in lines(text, first.next) {
        let exact = is_fence(line.text, fence) || dots && is_fence(line.text, "...");
        let closes = exact || fences.by_prefix && line.text.starts_with(fence);
        if !closes {
            continue;
        }
        let close = line.start..line.start + fence.len();
        if !exact {
            let finding = Finding::warning(
                "malformed-fence",
                format!("the front matter ends here, at a line that is more than `{fence}`"),
                Place::Bytes(line.start..line.start + line.text.len()),
            );
            findings.push(finding.help(format!("put `{fence}` on a line of its own")));
        }
        let body = if exact { line.next } else { close.end };
        return Some(Head { format, open, inner: first.next..line.start, close, body: body..text.len() });
    }
    findings.push(unclosed(text, &open, body::seems_to_start(text, first.next, format), fence));
    None
}

/// The end of a JSON object: the brace that closes the first.
fn json(text: &str, start: usize, findings: &mut Vec<Finding>) -> Option<Head> {
    let (mut depth, mut at) = (0_usize, start);
    let bytes = text.as_bytes();
    while let Some(&byte) = bytes.get(at) {
        match byte {
            b'{' | b'[' => depth += 1,
            b'}' | b']' => {
                depth -= 1;
                if depth == 0 {
                    let rest = lines(text, at + 1).next();
                    let body = match rest {
                        Some(line) if line.text.trim_matches([' ', '\t']).is_empty() => line.next,
                        _ => at + 1,
                    };
                    return Some(Head {
                        format: HeadFormat::Json,
                        open: start..start + 1,
                        inner: start..at + 1,
                        close: at..at + 1,
                        body: body..text.len(),
                    });
                }
            }
            b'"' => {
                // To the quote that ends the string; a backslash hides the byte after it.
                at += 1;
                while let Some(found) = bytes.get(at..).and_then(|rest| memchr::memchr2(b'"', b'\\', rest)) {
                    at += found;
                    if bytes[at] == b'"' {
                        break;
                    }
                    at += 2;
                }
            }
            _ => {}
        }
        at += 1;
    }
    findings.push(unclosed(text, &(start..start + 1), None, "}"));
    None
}

/// The finding for a head without end.
fn unclosed(text: &str, open: &Range<usize>, body: Option<Range<usize>>, fence: &str) -> Finding {
    let finding = Finding::error("unclosed-front-matter", "the front matter has no end", Place::Bytes(open.clone()))
        .label("opened here");
    let Some(body) = body else {
        return finding.help(format!("put a line `{fence}` after the last key"));
    };
    let line = Lines::new(text).position(text, body.start).line;
    finding
        .related(Place::Bytes(body), "the body seems to start here")
        .help(format!("put a line `{fence}` above line {line}"))
}

/// A first line that is nearly a fence: `---yaml`, `----`. Only where a head seems to follow, since a Markdown text
/// may well begin with a line across the page.
fn malformed_open(text: &str, first: &Line<'_>, fences: &Fences) -> Option<Finding> {
    let format = fences
        .formats
        .iter()
        .copied()
        .find(|format| *format != HeadFormat::Json && first.text.starts_with(format.fence()))?;
    let fence = format.fence();
    let key = lines(text, first.next).find(|line| !line.text.trim().is_empty())?;
    let closed = lines(text, first.next).any(|line| is_fence(line.text, fence));
    (closed && body::is_key(key.text, format)).then(|| {
        Finding::error(
            "malformed-fence",
            format!("`{}` opens no front matter", first.text.trim_end()),
            Place::Bytes(first.start..first.start + first.text.trim_end().len()),
        )
        .help(format!("write `{fence}` alone on the first line"))
    })
}

/// A second head right after the first: generators take it for text.
fn repeated(text: &str, head: &Head, fences: &Fences) -> Option<Finding> {
    let rest = &text[head.body.clone()];
    let start = head.body.start + rest.len() - rest.trim_start_matches(['\n', '\r', ' ', '\t']).len();
    let first = lines(text, start).next()?;
    let format = [HeadFormat::Yaml, HeadFormat::Toml]
        .into_iter()
        .find(|format| fences.formats.contains(format) && is_fence(first.text, format.fence()))?;
    let mut after = lines(text, first.next);
    // A line across the page has text or an empty line under it, a head a key.
    if !body::is_key(after.next()?.text, format) || !after.any(|line| is_fence(line.text, format.fence())) {
        return None;
    }
    let finding = Finding::warning(
        "repeated-front-matter",
        "a second front matter follows the first",
        Place::Bytes(start..start + 3),
    );
    Some(finding.label("generators show this as text").help("join the two"))
}
