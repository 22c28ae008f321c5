//! Text as XML: escaping for text, attributes and CDATA sections. What is written is read back as it was, but for
//! characters that XML forbids: each becomes U+FFFD, and is counted, so that a writer can report the loss.

use super::name;
use crate::syntax::lanes;

/// Appends text between tags. Returns how many characters were replaced.
pub fn text(out: &mut String, text: &str) -> usize {
    let marks = |word| controls(word) | lanes::equal(word, b'\r') | markup(word);
    escape(out, text, marks, |byte| match byte {
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
    let marks = |word| lanes::less(word, 0x20) | lanes::equal(word, b'"') | markup(word);
    escape(out, value, marks, |byte| match byte {
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
            replaced += escape(out, line, controls, |_| None);
        }
    }
    out.push_str(CLOSE);
    replaced
}

/// Appends a comment. What XML forbids in comments is kept apart by blanks. Returns how many characters were replaced.
pub fn comment(out: &mut String, text: &str) -> usize {
    out.push_str("<!--");
    let start = out.len();
    let replaced = escape(out, text, controls, |_| None);
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

/// The high bit of each byte that is a control character other than tab, line feed and carriage return.
#[inline]
fn controls(word: u64) -> u64 {
    let allowed = lanes::equal(word, b'\t') | lanes::equal(word, b'\n') | lanes::equal(word, b'\r');
    lanes::less(word, 0x20) & !allowed
}

/// The high bit of each byte that begins or ends markup.
#[inline]
fn markup(word: u64) -> u64 {
    lanes::equal(word, b'&') | lanes::equal(word, b'<') | lanes::equal(word, b'>')
}

/// Appends text, with what stands instead of each byte that `marks` (as the tests of [`lanes`]) finds: what `special`
/// gives, U+FFFD for what XML forbids, else the byte itself.
#[inline]
fn escape(
    out: &mut String,
    text: &str,
    marks: impl Fn(u64) -> u64,
    special: impl Fn(u8) -> Option<&'static str>,
) -> usize {
    let bytes = text.as_bytes();
    let (mut done, mut replaced) = (0, 0);
    // U+FFFE and U+FFFF begin with EF.
    lanes::each(
        bytes,
        |word| marks(word) | lanes::equal(word, 0xef),
        |at| {
            let byte = bytes[at];
            let (instead, length) = match special(byte) {
                Some(reference) => (reference, 1),
                None if byte < 0x20 && !matches!(byte, b'\t' | b'\n' | b'\r') => ("\u{fffd}", 1),
                None if byte == 0xef && matches!(bytes[at + 1..], [0xbf, 0xbe | 0xbf, ..]) => ("\u{fffd}", 3),
                None => return,
            };
            replaced += usize::from(instead == "\u{fffd}");
            out.push_str(&text[done..at]);
            out.push_str(instead);
            done = at + length;
        },
    );
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
