//! JSON as reports write it: plain to a parser, and harmless in a terminal or a log.

use std::io::{self, Write};

use serde_json::Value;

use crate::untrusted::acts;

/// Writes a value on one line. Characters that would act on a terminal are escaped, which JSON allows in every text
/// and reads back as what they were.
pub(crate) fn write_json(value: &Value, out: &mut dyn Write) -> io::Result<()> {
    let text = value.to_string();
    let mut from = 0;
    for (at, c) in text.char_indices().filter(|(_, c)| *c > '~' && acts(*c)) {
        out.write_all(&text.as_bytes()[from..at])?;
        for unit in c.encode_utf16(&mut [0; 2]) {
            write!(out, "\\u{unit:04x}")?;
        }
        from = at + c.len_utf8();
    }
    out.write_all(&text.as_bytes()[from..])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_would_act_is_escaped_and_read_back() {
        let value = Value::from("é\u{1b}[2J\u{9b}\u{202e}\u{e0041}\u{7f}日");
        let mut out = Vec::new();
        write_json(&value, &mut out).expect("a vector takes everything");
        let text = String::from_utf8(out).expect("JSON is UTF-8");
        assert_eq!(text, r#""é\u001b[2J\u009b\u202e\udb40\udc41\u007f日""#);
        assert_eq!(serde_json::from_str::<Value>(&text).expect("it is JSON"), value);
    }
}
