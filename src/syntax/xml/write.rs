//! Text as XML: escaping for text, attributes and CDATA sections. What is written is read back as it was, but for
//! characters that XML forbids: each becomes U+FFFD, and is counted, so that a writer can report the loss.

use super::name;
use crate::syntax::lanes;

/// Appends text between tags. Returns how many characters were replaced.
pub fn text(out: &mut String, text: &str) -> usize {
    escape(out, text, |byte| match byte {
        b'&' => Some("&amp;"),
        b'<' => Some("&lt;"),
        b'>' => Some("&gt;"),
        // A bare one would be read as a line feed.
        b'\r' => Some("&#13;"),
        _ => None,
    })
}

/// Appends the value of an attribute, for double quotes. Returns how many characters were replaced.
pub fn attribute(out: &mut String, value: &str) -> usize {
    escape(out, value, |byte| match byte {
        b'&' => Some("&amp;"),
        b'<' => Some("&lt;"),
        b'>' => Some("&gt;"),
        b'"' => Some("&quot;"),
        // Bare ones would be read as blanks.
        b'\t' => Some("&#9;"),
        b'\n' => Some("&#10;"),
        b'\r' => Some("&#13;"),
        _ => None,
    })
}

/// Appends text as CDATA sections. A `]]>` in it ends one section and goes on in the next; carriage returns stand
/// between sections. Returns how many characters were replaced.
pub fn cdata(out: &mut String, text: &str) -> usize {
    const OPEN: &str = "<![CDATA[";
    const CLOSE: &str = "]]>";
    out.push_str(OPEN);
    let mut replaced = 0;
    for (index, part) in text.split("]]>").enumerate() {
        if index > 0 {
            out.push_str("]]]]><![CDATA[>");
        }
        for (index, line) in part.split('\r').enumerate() {
            if index > 0 {
                out.push_str(CLOSE);
                out.push_str("&#13;");
                out.push_str(OPEN);
            }
            replaced += escape(out, line, |_| None);
        }
    }
    out.push_str(CLOSE);
    replaced
}

/// Appends a comment. What XML forbids in comments is kept apart by blanks. Returns how many characters were replaced.
pub fn comment(out: &mut String, text: &str) -> usize {
    out.push_str("<!--");
    let start = out.len();
    let replaced = escape(out, text, |_| None);
    while let Some(at) = out[start..].find("--") {
        out.insert(start + at + 1, ' ');
    }
    if out[start..].ends_with('-') {
        out.push(' ');
    }
    out.push_str("-->");
    replaced
}

/// Whether text holds characters that XML forbids.
pub fn has_illegal(text: &str) -> bool {
    name::find_illegal(text).is_some()
}

fn escape(out: &mut String, text: &str, special: fn(u8) -> Option<&'static str>) -> usize {
    const BLOCK: usize = 64;
    let bytes = text.as_bytes();
    let (mut at, mut done, mut replaced) = (0, 0, 0);
    while at < bytes.len() {
        // Most blocks hold nothing special; a pass without branches is fast.
        let end = bytes.len().min(at + BLOCK);
        let odd = lanes::any(&bytes[at..end], |word| {
            let marks = [b'&', b'<', b'>', b'"', 0xef].map(|mark| lanes::equal(word, mark));
            marks.into_iter().fold(lanes::less(word, 0x20), |odd, mark| odd | mark)
        });
        if !odd {
            at = end;
            continue;
        }
        for at in at..end {
            let byte = bytes[at];
            let (instead, length) = match special(byte) {
                Some(reference) => (reference, 1),
                None if byte < 0x20 && !matches!(byte, b'\t' | b'\n' | b'\r') => ("\u{fffd}", 1),
                // U+FFFE and U+FFFF.
                None if byte == 0xef && matches!(bytes[at + 1..], [0xbf, 0xbe | 0xbf, ..]) => ("\u{fffd}", 3),
                None => continue,
            };
            replaced += usize::from(instead == "\u{fffd}");
            out.push_str(&text[done..at]);
            out.push_str(instead);
            done = at + length;
        }
        at = end;
    }
    out.push_str(&text[done..]);
    replaced
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(write: fn(&mut String, &str) -> usize, text: &str) -> (String, usize) {
        let mut out = String::new();
        let replaced = write(&mut out, text);
        (out, replaced)
    }

    #[test]
    fn text_keeps_line_ends_and_loses_what_xml_forbids() {
        assert_eq!(written(text, "a < b & c > d \"e\"\r\n"), ("a &lt; b &amp; c &gt; d \"e\"&#13;\n".into(), 0));
        assert_eq!(written(text, "a\0b\u{1f}c\u{ffff}d\u{fffd}"), ("a\u{fffd}b\u{fffd}c\u{fffd}d\u{fffd}".into(), 3));
        let long = "é".repeat(100);
        assert_eq!(written(text, &format!("{long}<{long}")), (format!("{long}&lt;{long}"), 0));
    }

    #[test]
    fn attributes_keep_their_blanks() {
        assert_eq!(written(attribute, "a\tb\nc\rd\"'<&"), ("a&#9;b&#10;c&#13;d&quot;'&lt;&amp;".into(), 0));
    }

    #[test]
    fn a_cdata_section_never_ends_early() {
        assert_eq!(written(cdata, "a]]>b"), ("<![CDATA[a]]]]><![CDATA[>b]]>".into(), 0));
        assert_eq!(written(cdata, "a\r\nb"), ("<![CDATA[a]]>&#13;<![CDATA[\nb]]>".into(), 0));
        assert_eq!(written(cdata, "<b>\u{2}</b>"), ("<![CDATA[<b>\u{fffd}</b>]]>".into(), 1));
    }

    #[test]
    fn a_comment_never_ends_early() {
        assert_eq!(written(comment, "a--b---"), ("<!--a- -b- - - -->".into(), 0));
    }
}
