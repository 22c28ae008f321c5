//! Shortcodes: `[caption]`, `[gallery]`, `[embed]`, `[audio]`, `[video]` and the ones for code become HTML; what another
//! plugin made of its own nobody knows, and it stays as it is (`wp-includes/shortcodes.php`, `get_shortcode_regex`).
//!
//! One pass, with a list of the ends that are still to come instead of recursion. Tags, comments and what `pre` and
//! `code` hold are not looked into.

use std::collections::{HashMap, HashSet};

use memchr::{memchr, memchr2, memmem};

use super::{anchor, body::Site, gallery::Galleries, listing};
use crate::finding::{Loss, Reason};

/// A shortcode's start tag.
struct Code<'t> {
    name: &'t str,
    /// What stands between the name and the end.
    rest: &'t str,
    /// Whether it ends in `/]`.
    is_empty: bool,
    /// The byte after its `]`.
    end: usize,
}

/// The end of a shortcode that is open.
struct Pending {
    /// The bytes of `[/name]`.
    start: usize,
    end: usize,
    html: &'static str,
}

/// The text with its shortcodes made HTML. What could not be is told.
pub(super) fn expand(text: &str, site: &Site<'_>, losses: &mut Vec<Loss>) -> String {
    if memchr(b'[', text.as_bytes()).is_none() {
        return text.to_owned();
    }
    let mut out = String::with_capacity(text.len() + text.len() / 8);
    let ends = Ends::of(text);
    let mut galleries = Galleries::of(text, *site);
    let mut told = HashSet::new();
    let mut pending: Vec<Pending> = Vec::new();
    let mut skip = Skip::default();
    let mut at = 0;
    loop {
        let next = memchr2(b'[', b'<', &text.as_bytes()[at..]).map_or(text.len(), |found| at + found);
        out.push_str(&text[at..next]);
        at = next;
        if at == text.len() {
            return out;
        }
        if text.as_bytes()[at] == b'<' {
            // The end of what is open counts, wherever it stands.
            let within = pending.last().map_or(text.len(), |last| last.start);
            let end = Some(skip.end(text, at)).filter(|&end| end <= within).unwrap_or(at + 1);
            out.push_str(&text[at..end]);
            at = end;
            continue;
        }
        if let Some(last) = pending.last().filter(|last| last.start == at) {
            out.push_str(last.html);
            at = last.end;
            pending.pop();
            continue;
        }
        let escaped = text[at..].starts_with("[[");
        let start = at + usize::from(escaped);
        let Some(code) = code(text, start) else {
            out.push('[');
            at += 1;
            continue;
        };
        // The end of one that is inside of another must be there too.
        let within = pending.last().map_or(text.len(), |last| last.start);
        let close =
            if code.is_empty { None } else { ends.after(code.name, code.end).filter(|close| close.1 <= within) };
        if escaped {
            let end = if text[code.end..].starts_with(']') { Some(code.end) } else { None };
            let end = end.or_else(|| close.map(|close| close.1).filter(|&end| text[end..].starts_with(']')));
            match end.filter(|_| is_known(code.name) || is_plausible(&code, close.is_some())) {
                Some(end) => {
                    out.push_str(&text[start..end]);
                    at = end + 1;
                }
                None => {
                    out.push('[');
                    at += 1;
                }
            }
            continue;
        }
        match make(text, &code, close, &mut galleries, losses, &mut out) {
            Made::Until(end) => at = end,
            Made::Open(from, html) => {
                at = from;
                pending.extend(close.map(|(start, end)| Pending { start, end, html }));
            }
            Made::Nothing => {
                if is_plausible(&code, close.is_some()) && told.insert(code.name) {
                    losses.push(Loss::new(format!("[{}]", code.name), Reason::Program, &text[start..code.end]));
                }
                out.push_str(&text[start..code.end]);
                at = code.end;
            }
        }
    }
}

/// What became of a shortcode.
enum Made {
    /// It is done, up to that byte.
    Until(usize),
    /// It goes on from that byte, and ends in that HTML.
    Open(usize, &'static str),
    /// It is not known.
    Nothing,
}

fn make(
    text: &str,
    code: &Code<'_>,
    close: Option<(usize, usize)>,
    galleries: &mut Galleries<'_>,
    losses: &mut Vec<Loss>,
    out: &mut String,
) -> Made {
    let inner = close.map_or("", |(start, _)| &text[code.end..start]);
    let end = close.map_or(code.end, |(_, end)| end);
    let get =
        |name: &str| attributes(code.rest).find(|(key, _)| key.eq_ignore_ascii_case(name)).map(|(_, value)| value);
    let lower = code.name.to_ascii_lowercase();
    match lower.as_str() {
        "caption" | "wp_caption" if close.is_some() => caption(code, inner, get("caption"), out),
        "gallery" => {
            let made = galleries.push(get("ids").or_else(|| get("include")), losses, out);
            if made { Made::Until(end) } else { Made::Nothing }
        }
        "embed" => {
            let address = if inner.trim().is_empty() { get("src").unwrap_or_default() } else { inner.trim() };
            if address.is_empty() || address.contains(['<', '"', '>']) {
                return Made::Nothing;
            }
            out.push_str(&anchor(address));
            Made::Until(end)
        }
        "audio" | "video" => {
            const KINDS: &[&str] =
                &["src", "mp3", "m4a", "ogg", "wav", "flac", "mp4", "m4v", "webm", "ogv", "wmv", "flv"];
            let Some(address) = KINDS.iter().find_map(|kind| get(kind)).filter(|address| !address.is_empty()) else {
                return Made::Nothing;
            };
            out.push_str(&anchor(address));
            Made::Until(end)
        }
        name => {
            let Some(default) = listing::language_of(name).filter(|_| close.is_some()) else { return Made::Nothing };
            let given = get("lang").or_else(|| get("language"));
            let short = code.rest.trim().strip_prefix('=').map(|word| word.trim_matches(['"', '\'', ' ']));
            let language = given.or(short).unwrap_or(default).trim().to_ascii_lowercase();
            listing::push(inner, &language, out);
            Made::Until(end)
        }
    }
}

/// `[caption]`: a picture, perhaps in a link, and the words under it.
fn caption(code: &Code<'_>, inner: &str, said: Option<&str>, out: &mut String) -> Made {
    let picture = memmem::find(inner.as_bytes(), b"<img").and_then(|start| {
        let before = inner[..start].trim();
        let is_linked = before.starts_with("<a ") && memchr(b'>', before.as_bytes()) == Some(before.len() - 1);
        let end = start + memchr(b'>', &inner.as_bytes()[start..])? + 1;
        let after = &inner[end..];
        let closed = after.trim_start().strip_prefix("</a>").map(|rest| inner.len() - rest.len());
        match (before.is_empty(), is_linked, closed) {
            (false, true, Some(end)) => Some(end),
            (true, ..) => Some(end),
            _ => None,
        }
    });
    // Without a picture WordPress shows what is inside.
    let Some(end) = picture else { return Made::Open(code.end, "") };
    out.push_str("\n\n<figure>");
    out.push_str(inner[..end].trim());
    let words = &inner[end..];
    let blanks = words.len() - words.trim_start().len();
    if let Some(said) = said.filter(|said| words.trim().is_empty() && !said.trim().is_empty()) {
        out.push_str("<figcaption>");
        out.push_str(said.trim());
        return Made::Open(code.end + inner.len(), "</figcaption></figure>\n\n");
    }
    if words.trim().is_empty() {
        return Made::Open(code.end + inner.len(), "</figure>\n\n");
    }
    out.push_str("<figcaption>");
    Made::Open(code.end + end + blanks, "</figcaption></figure>\n\n")
}

fn is_known(name: &str) -> bool {
    let lower = name.to_ascii_lowercase();
    matches!(lower.as_str(), "caption" | "wp_caption" | "gallery" | "embed" | "audio" | "video" | "playlist")
        || listing::language_of(&lower).is_some()
}

/// Whether what looks like a shortcode is most likely one: `[sic]` and `[1]` are words.
fn is_plausible(code: &Code<'_>, is_closed: bool) -> bool {
    is_closed
        || code.is_empty
        || code.rest.contains('=')
        || code.name.contains(['-', '_'])
        || matches!(code.name, "playlist" | "gallery")
}

fn is_name(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_')
}

/// The start tag of a shortcode, whose `[` is at `start`.
fn code(text: &str, start: usize) -> Option<Code<'_>> {
    let inside = &text[start + 1..];
    if !inside.starts_with(|c: char| c.is_ascii_alphabetic()) {
        return None;
    }
    let length = inside.bytes().position(|byte| !is_name(byte)).unwrap_or(inside.len());
    // No `[` may stand in it: so none is looked through twice.
    let stop = memchr2(b'[', b']', &inside.as_bytes()[length..])? + length;
    let rest = &inside[length..stop];
    let follows = rest.starts_with(|c: char| c.is_whitespace() || matches!(c, '/' | '=')) || rest.is_empty();
    if inside.as_bytes()[stop] != b']' || !follows {
        return None;
    }
    let is_empty = rest.ends_with('/');
    Some(Code {
        name: &inside[..length],
        rest: rest.strip_suffix('/').unwrap_or(rest),
        is_empty,
        end: start + 1 + stop + 1,
    })
}

/// The attributes of a shortcode (`shortcode_parse_atts`): names and values, without those that have no name.
fn attributes(rest: &str) -> impl Iterator<Item = (&str, &str)> {
    let mut rest = rest;
    std::iter::from_fn(move || {
        loop {
            rest = rest.trim_start();
            let length = rest.bytes().position(|byte| !is_name(byte)).unwrap_or(rest.len());
            let (name, after) = rest.split_at(length);
            let Some(value) = after.trim_start().strip_prefix('=').filter(|_| !name.is_empty()) else {
                // A value alone, or a sign of no meaning.
                let skipped = after.chars().next().map_or(0, char::len_utf8);
                if name.is_empty() && skipped == 0 {
                    return None;
                }
                rest = &after[if name.is_empty() { skipped } else { 0 }..];
                continue;
            };
            let value = value.trim_start();
            let (value, after) = match value.chars().next() {
                Some(quote @ ('"' | '\'')) => value[1..].split_once(quote).unwrap_or((&value[1..], "")),
                _ => value.split_at(value.find(char::is_whitespace).unwrap_or(value.len())),
            };
            rest = after;
            return Some((name, value));
        }
    })
}

/// Where the end tags of shortcodes are, by their names.
struct Ends<'t>(HashMap<&'t str, Vec<(usize, usize)>>);

impl<'t> Ends<'t> {
    fn of(text: &'t str) -> Self {
        let mut ends: HashMap<&str, Vec<(usize, usize)>> = HashMap::new();
        for start in memmem::find_iter(text.as_bytes(), b"[/") {
            let inside = &text[start + 2..];
            let length = inside.bytes().position(|byte| !is_name(byte)).unwrap_or(inside.len());
            if length > 0 && inside[length..].starts_with(']') {
                ends.entry(&inside[..length]).or_default().push((start, start + 2 + length + 1));
            }
        }
        Ends(ends)
    }

    /// The first end of that name from that byte on.
    fn after(&self, name: &str, at: usize) -> Option<(usize, usize)> {
        let ends = self.0.get(name)?;
        ends.get(ends.partition_point(|end| end.0 < at)).copied()
    }
}

/// Where tags, comments and what is not looked into end.
#[derive(Default)]
struct Skip {
    bracket: Ahead,
    comment: Ahead,
    closed: [Ahead; CLOSED.len()],
}

/// Elements that are not looked into.
const CLOSED: [&str; 5] = ["pre", "code", "script", "style", "textarea"];

/// What comes next of a kind. It is looked for once: what was found counts until it is passed, and that there is none
/// counts for good.
#[derive(Default)]
struct Ahead {
    found: Option<Option<usize>>,
}

impl Ahead {
    /// The first one from `from` on, which is never before what was asked for last.
    fn from(&mut self, from: usize, find: impl FnOnce(usize) -> Option<usize>) -> Option<usize> {
        match self.found {
            Some(found) if found.is_none_or(|found| found >= from) => found,
            _ => *self.found.insert(find(from)),
        }
    }
}

impl Skip {
    /// The byte after what begins with the `<` at `at`.
    fn end(&mut self, text: &str, at: usize) -> usize {
        let (rest, bytes) = (&text[at..], text.as_bytes());
        let find = |part: &[u8], from: usize| memmem::find(&bytes[from..], part).map(|found| from + found);
        if rest.starts_with("<!--") {
            let end = self.comment.from(at + 4, |from| find(b"-->", from));
            return end.map_or(at + 4, |end| end + 3);
        }
        let is_tag = rest[1..].trim_start_matches('/').starts_with(|c: char| c.is_ascii_alphabetic())
            && !rest.starts_with("<//");
        if !is_tag {
            return at + 1;
        }
        let bracket = self.bracket.from(at, |from| memchr(b'>', &bytes[from..]).map(|found| from + found));
        let Some(tag_end) = bracket.map(|bracket| bracket + 1) else { return at + 1 };
        let name = rest[1..].bytes().take_while(u8::is_ascii_alphanumeric).count();
        let Some(which) = CLOSED.iter().position(|known| known.eq_ignore_ascii_case(&rest[1..=name])) else {
            return tag_end;
        };
        let close = self.closed[which].from(tag_end, |from| {
            memmem::find_iter(&bytes[from..], b"</").map(|found| from + found).find(|&found| {
                let end = bytes.get(found + 2..found + 2 + CLOSED[which].len());
                end.is_some_and(|end| end.eq_ignore_ascii_case(CLOSED[which].as_bytes()))
            })
        });
        close.unwrap_or(tag_end)
    }
}

#[cfg(test)]
mod tests;
