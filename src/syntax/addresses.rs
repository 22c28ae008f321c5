//! The addresses in a body: of Markdown links and images, of reference links, of `href` and `src` in HTML. Code is left
//! out. Linear in the text.

use std::ops::Range;

use super::{near::next, prose};

/// An address in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Address {
    /// Its bytes.
    pub range: Range<usize>,
    /// Whether it is an image's.
    pub image: bool,
}

/// Bytes that an address or the text of a link may have.
const LONGEST: usize = 2 << 10;

/// The addresses of `text`, in order.
pub fn find(text: &str) -> Vec<Address> {
    let mut found = Vec::new();
    if !text.contains(['(', ':', '<']) {
        return found;
    }
    for range in prose::ranges(text) {
        let stretch = &text[range.clone()];
        let mut at = 0;
        while let Some(here) =
            next(stretch.as_bytes(), at, |b| matches!(b, b'(' | b'<'), |rest| memchr::memchr2(b'(', b'<', rest))
        {
            at = match stretch.as_bytes()[here] {
                b'(' => markdown(stretch, here, range.start, &mut found),
                _ => html(stretch, here, range.start, &mut found),
            };
        }
        references(stretch, range.start, &mut found);
    }
    found.sort_by_key(|address| address.range.start);
    found
}

/// An address after `](`.
fn markdown(text: &str, at: usize, base: usize, found: &mut Vec<Address>) -> usize {
    if text[..at].ends_with(']')
        && let Some(range) = destination(text, at + 1)
    {
        let image = is_image(text, at - 1);
        found.push(Address { range: base + range.start..base + range.end, image });
        return range.end;
    }
    at + 1
}

/// Where the destination of a link is that begins at `at`: in angle brackets, or up to a blank or its bracket.
fn destination(text: &str, at: usize) -> Option<Range<usize>> {
    let near = &text[at..text.floor_char_boundary((at + LONGEST).min(text.len()))];
    let start = near.len() - near.trim_start_matches([' ', '\t', '\n', '\r']).len();
    let rest = &near[start..];
    if let Some(inner) = rest.strip_prefix('<') {
        let end = inner.find(['>', '\n'])?;
        return Some(at + start + 1..at + start + 1 + end);
    }
    let mut depth = 0_usize;
    for (offset, c) in rest.char_indices() {
        match c {
            '(' => depth += 1,
            ')' if depth > 0 => depth -= 1,
            ')' | ' ' | '\t' | '\n' | '\r' => {
                return (offset > 0).then(|| at + start..at + start + offset);
            }
            _ => {}
        }
    }
    None
}

/// Whether the text in brackets that ends at `close` has a `!` before it.
fn is_image(text: &str, close: usize) -> bool {
    let from = close.saturating_sub(500);
    let mut depth = 0_usize;
    for at in (from..close).rev() {
        match text.as_bytes()[at] {
            b']' => depth += 1,
            b'[' if depth > 0 => depth -= 1,
            b'[' => return at > 0 && text.as_bytes()[at - 1] == b'!',
            b'\n' if at > from && text.as_bytes()[at - 1] == b'\n' => return false,
            _ => {}
        }
    }
    false
}

/// The `href` or `src` of a tag that opens at `at`.
fn html(text: &str, at: usize, base: usize, found: &mut Vec<Address>) -> usize {
    // Most tags are others.
    if !matches!(text.as_bytes().get(at + 1), Some(b'a' | b'A' | b'i' | b'I')) {
        return at + 1;
    }
    let length = text.bytes().skip(at + 1).take(4).take_while(u8::is_ascii_alphabetic).count();
    let (attribute, image) = match &text[at + 1..=at + length] {
        "a" | "A" => ("href", false),
        name if name.eq_ignore_ascii_case("img") => ("src", true),
        _ => return at + 1,
    };
    let near = &text[at..text.floor_char_boundary((at + LONGEST).min(text.len()))];
    let Some(end) = memchr::memchr(b'>', near.as_bytes()) else { return at + near.len() };
    let tag = &near[..end];
    let first = attribute.as_bytes()[0];
    for start in memchr::memchr_iter(first, tag.as_bytes()).filter(|&start| tag[start..].starts_with(attribute)) {
        let after = tag[start + attribute.len()..].trim_start();
        let starts = tag[..start].ends_with(|c: char| c.is_ascii_whitespace() || c == '"' || c == '\'');
        let Some(value) = after.strip_prefix('=').filter(|_| starts) else { continue };
        let value = value.trim_start();
        let from = end - value.len();
        let (inset, length) = match value.chars().next() {
            Some(quote @ ('"' | '\'')) => (1, value[1..].find(quote).unwrap_or(value.len() - 1)),
            _ => (0, value.find(|c: char| c.is_ascii_whitespace()).unwrap_or(value.len())),
        };
        let range = at + from + inset..at + from + inset + length;
        found.push(Address { range: base + range.start..base + range.end, image });
        break;
    }
    at + end
}

/// The addresses of reference links: `[name]: address` at the start of a line.
fn references(text: &str, base: usize, found: &mut Vec<Address>) {
    // To look for two bytes takes its time to begin.
    if memchr::memchr(b']', text.as_bytes()).is_none() {
        return;
    }
    for at in memchr::memmem::find_iter(text.as_bytes(), b"]:") {
        let near = text.floor_char_boundary(at.saturating_sub(1_000));
        let line = text[near..at].rfind('\n').map_or(near, |start| near + start + 1);
        // A footnote is no address.
        let name = text[line..at].trim_start();
        if !name.starts_with('[') || name.starts_with("[^") {
            continue;
        }
        let rest = &text[at + 2..text.floor_char_boundary((at + 2 + LONGEST).min(text.len()))];
        let inner = rest.trim_start_matches([' ', '\t', '<']);
        let length = inner.find(|c: char| c.is_ascii_whitespace() || c == '>').unwrap_or(inner.len());
        let start = base + at + 2 + rest.len() - inner.len();
        if length > 0 {
            found.push(Address { range: start..start + length, image: false });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::find;

    fn all(text: &str) -> Vec<(String, bool)> {
        find(text).into_iter().map(|address| (text[address.range].to_owned(), address.image)).collect()
    }

    #[test]
    fn links_images_and_references_are_found_and_code_is_not() {
        let text = "[a](b.md \"t\") ![c](d.png) [![e](f.png)](<g h.md>) `[x](y)`\n\n[r]: z.md\n[^1]: no\n\
                    <a class=\"href\" href='i?j&amp;k'>l</a> <img alt=m src=n.png> (not) [o](p(q).md)\n";
        let found = all(text);
        let found: Vec<(&str, bool)> = found.iter().map(|(text, image)| (text.as_str(), *image)).collect();
        let expected = [
            ("b.md", false),
            ("d.png", true),
            ("f.png", true),
            ("g h.md", false),
            ("z.md", false),
            ("i?j&amp;k", false),
            ("n.png", true),
            ("p(q).md", false),
        ];
        assert_eq!(found, expected);
    }

    #[test]
    fn hostile_text_takes_linear_time() {
        for text in ["](", "<a ", "[]:", "![", "](a(", "`](", "<img src=", "]: "] {
            find(&text.repeat(20_000));
        }
    }
}
