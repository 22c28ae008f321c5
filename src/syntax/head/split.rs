//! Where a head begins and ends.

use super::{AfterOpen, Close, Fences, Head, HeadFormat, Split, body, mistakes, org, plain};
use crate::finding::{Finding, Place, Severity};

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
    line.strip_prefix(fence).is_some_and(is_blank)
}

fn is_blank(text: &str) -> bool {
    text.bytes().all(|b| matches!(b, b' ' | b'\t'))
}

/// A line that opens a head.
pub(super) struct Opening<'t> {
    pub(super) format: HeadFormat,
    /// The fence: the same must close.
    pub(super) fence: &'t str,
    /// Bytes of the line that belong to it, with the name of a language.
    pub(super) len: usize,
}

/// Names of languages after a fence, for those who take them.
const LANGUAGES: &[(&str, HeadFormat)] =
    &[("yaml", HeadFormat::Yaml), ("yml", HeadFormat::Yaml), ("json", HeadFormat::Json), ("toml", HeadFormat::Toml)];

/// Finds the head of a post. `text` is without its byte order mark.
pub fn split(text: &str, fences: &Fences) -> Split {
    let mut split = Split { head: None, body: 0..text.len(), findings: Vec::new() };
    let start = text.len() - text.trim_start_matches([' ', '\t', '\n', '\r', '\u{feff}']).len();
    let Some(first) = lines(text, start).next() else { return split };
    let opening = fences.formats.iter().find_map(|format| opening(text, &first, *format, fences));
    split.head = match &opening {
        Some(opening) => match opening.format {
            HeadFormat::Json if opening.fence.is_empty() => json(text, start, &mut split.findings),
            HeadFormat::Plain => Some(plain_head(text, &first, &mut split.findings)),
            HeadFormat::Org => Some(org_head(text, start)),
            _ => fenced(text, &first, opening, fences, &mut split.findings),
        },
        None if fences.optional_open => unopened(text, &first, fences),
        None => None,
    };
    if opening.is_none() && split.head.is_none() {
        split
            .findings
            .extend(mistakes::script(&first, fences).or_else(|| mistakes::malformed_open(text, &first, fences)));
    }
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
        split.findings.extend(mistakes::lone_carriage_return(text, &first, fences));
        split.findings.extend(mistakes::repeated(text, head, fences));
    }
    split
}

/// Whether the first line opens a head of that format.
fn opening<'t>(text: &'t str, first: &Line<'t>, format: HeadFormat, fences: &Fences) -> Option<Opening<'t>> {
    let opened = |len: usize| Opening { format, fence: &first.text[..len], len };
    match format {
        // A Markdown body may begin with `{{<`, `{%` or `{:`, so that the brace alone does not tell.
        HeadFormat::Json => {
            let rest = text[first.start..].strip_prefix('{').map(str::trim_start);
            rest.is_some_and(|rest| rest.starts_with(['"', '}'])).then(|| opened(0))
        }
        HeadFormat::Plain => (plain::opens(first.text) || plain::key_and_value(first).is_some()).then(|| opened(0)),
        HeadFormat::Org => org::is_line(first.text).then(|| opened(0)),
        HeadFormat::Yaml | HeadFormat::Toml | HeadFormat::BareJson => {
            let sign = format.fence().as_bytes()[0];
            let signs = first.text.bytes().take_while(|b| *b == sign).count();
            if signs < 3 || signs > 3 && !fences.long {
                return None;
            }
            let rest = &first.text[signs..];
            if is_blank(rest) {
                return Some(opened(signs));
            }
            let name = rest.trim();
            let language = LANGUAGES.iter().find(|(known, _)| known.eq_ignore_ascii_case(name));
            let (_, format) = language.filter(|_| fences.after_open == AfterOpen::Language)?;
            Some(Opening { format: *format, fence: &first.text[..signs], len: first.text.trim_end().len() })
        }
    }
}

/// The end of a head between fence lines.
fn fenced(
    text: &str,
    first: &Line<'_>,
    opening: &Opening<'_>,
    fences: &Fences,
    findings: &mut Vec<Finding>,
) -> Option<Head> {
    let (fence, format, tabs) = (opening.fence, opening.format, fences.tabs);
    let open = first.start..first.start + opening.len;
    if fences.after_open == AfterOpen::Nothing && first.text.len() > opening.len {
        findings.push(mistakes::blanks_after_open(first, opening));
    }
    // Most lines begin with a key.
    let may_close = |line: &Line<'_>| {
        let first = line.text.as_bytes().first();
        fences.close == Close::Anywhere || first.is_some_and(|first| *first == b'.' || *first == fence.as_bytes()[0])
    };
    for line in lines(text, first.next).filter(may_close) {
        let Some(at) = closes(line.text, fence, format, fences) else { continue };
        let close = line.start + at..line.start + at + fence.len();
        let exact = at == 0 && is_blank(&line.text[fence.len()..]);
        if !exact {
            findings.push(mistakes::malformed_close(&line, at, fence));
        }
        let body = if exact || at > 0 { line.next } else { close.end };
        let inner = first.next..line.start + at;
        if inner.is_empty() && !fences.empty {
            findings.push(mistakes::nothing_between(&open, fence));
        }
        return Some(Head { format, open, inner, close, body: body..text.len(), tabs });
    }
    // To some a first line without a second one is a line across the page, unless keys follow.
    let stops = fences.strict || fences.open_end || fences.close == Close::Anywhere;
    let next = lines(text, first.next).find(|line| !line.text.trim().is_empty());
    if !stops && !next.is_some_and(|line| body::is_key(line.text, format) || line.text.starts_with(['#', '{', '"'])) {
        return None;
    }
    let body = body::seems_to_start(text, first.next, format);
    let end = text.len()..text.len();
    let to_the_end = fences.open_end && body.is_none();
    let mut finding = mistakes::unclosed(text, &open, body, fence);
    if to_the_end {
        finding.severity = Severity::Warning;
    }
    findings.push(finding);
    to_the_end.then(|| Head { format, open, inner: first.next..end.start, close: end.clone(), body: end, tabs })
}

/// Where on a line a fence closes the head; `None` where the line does not.
fn closes(line: &str, fence: &str, format: HeadFormat, fences: &Fences) -> Option<usize> {
    if fences.dots && format == HeadFormat::Yaml && is_fence(line, "...") {
        return Some(0);
    }
    match fences.close {
        Close::Line => is_fence(line, fence).then_some(0),
        Close::Prefix => line.starts_with(fence).then_some(0),
        Close::Anywhere => {
            let shown = line.trim_end_matches([' ', '\t']);
            shown.ends_with(fence).then(|| shown.len() - fence.len())
        }
    }
}

/// A head of lines `Key: value`.
fn plain_head(text: &str, first: &Line<'_>, findings: &mut Vec<Finding>) -> Head {
    let fenced = plain::opens(first.text);
    let (open, start) = if fenced { (3, first.next) } else { (0, first.start) };
    let (close, body) = plain::end(text, start);
    if fenced && close.is_empty() {
        // An empty line may end it: then it matters only where more of the head seems to follow.
        let blank_ends = body > close.start;
        let next = lines(text, body).find(|line| !line.text.trim().is_empty());
        let more = next.filter(|line| !blank_ends || plain::key_and_value(line).is_some());
        findings.extend(more.map(|line| plain::ends_early(text, &line)));
    }
    Head {
        format: HeadFormat::Plain,
        open: first.start..first.start + open,
        inner: start..close.start,
        close,
        body: body..text.len(),
        tabs: false,
    }
}

/// A head of lines `#+KEY: value`.
fn org_head(text: &str, start: usize) -> Head {
    let body = lines(text, start).find(|line| !org::is_line(line.text)).map_or(text.len(), |line| line.start);
    Head {
        format: HeadFormat::Org,
        open: start..start + 2,
        inner: start..body,
        close: body..body,
        body: body..text.len(),
        tabs: false,
    }
}

/// A head without opening fence: keys, and a line that closes them.
fn unopened(text: &str, first: &Line<'_>, fences: &Fences) -> Option<Head> {
    let is_head = |format| match format {
        HeadFormat::BareJson => first.text.starts_with('"'),
        _ => body::is_key(first.text, format),
    };
    // The first line that is a fence decides, whichever it is.
    for line in lines(text, first.next) {
        let fenced = |format: &&HeadFormat| !format.fence().is_empty() && line.text.starts_with(format.fence());
        let Some(&format) = fences.formats.iter().find(fenced) else { continue };
        let fence = format.fence();
        let exact = is_fence(line.text, fence);
        let body = if exact { line.next } else { line.start + fence.len() };
        return is_head(format).then(|| Head {
            format,
            open: first.start..first.start,
            inner: first.start..line.start,
            close: line.start..line.start + fence.len(),
            body: body..text.len(),
            tabs: fences.tabs,
        });
    }
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
                        tabs: false,
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
    findings.push(mistakes::unclosed(text, &(start..start + 1), None, "}"));
    None
}
