//! Which stretches of a Markdown text are prose and markup, and which are code, where nothing means what it says.

use std::ops::Range;

use super::active::code_end;

/// The stretches outside code spans and fenced blocks, in order. Linear in the text.
pub fn ranges(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let (mut from, mut at, mut line, mut seen) = (0, 0, 0, 0);
    while let Some(step) = memchr::memchr2(b'`', b'~', &text.as_bytes()[at..]) {
        let here = at + step;
        if let Some(start) = memchr::memrchr(b'\n', &text.as_bytes()[seen..here]) {
            line = seen + start + 1;
        }
        seen = here;
        let tildes = text.as_bytes()[here] == b'~';
        if tildes && !(text[here..].starts_with("~~~") && text[line..here].trim().is_empty()) {
            at = here + 1;
            continue;
        }
        let run = text[here..].bytes().take_while(|&b| b == text.as_bytes()[here]).count();
        at = code_end(text, here, line);
        // Backticks without a partner are text.
        if at > here + run {
            found.push(from..here);
            from = at;
        }
    }
    found.push(from..text.len());
    found.retain(|range| !range.is_empty());
    found
}

#[cfg(test)]
mod tests {
    use super::ranges;

    #[test]
    fn spans_and_fences_are_code_and_lone_ticks_are_not() {
        let prose = |text| ranges(text).into_iter().map(|range| &text[range]).collect::<String>();
        assert_eq!(prose("a `b` c"), "a  c");
        assert_eq!(prose("a ` b"), "a ` b");
        assert_eq!(prose("a\n```\nb\n```\nc"), "a\n\nc");
        assert_eq!(prose("~~~\nb\n~~~\nc ~~d~~"), "\nc ~~d~~");
        assert_eq!(prose("a\n````\nb\n```\nc"), "a\n");
    }
}
