//! Base64 (RFC 4648).

/// The text that was written in base64, in either alphabet, if text it was.
pub(crate) fn text(base64: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(base64.len() / 4 * 3);
    let (mut bits, mut count) = (0u32, 0u8);
    for byte in base64.bytes() {
        let six = match byte {
            b'A'..=b'Z' => byte - b'A',
            b'a'..=b'z' => byte - b'a' + 26,
            b'0'..=b'9' => byte - b'0' + 52,
            b'+' | b'-' => 62,
            b'/' | b'_' => 63,
            b'=' | b' ' | b'\t' | b'\r' | b'\n' => continue,
            _ => return None,
        };
        bits = bits << 6 | u32::from(six);
        count += 6;
        if count >= 8 {
            count -= 8;
            bytes.push((bits >> count) as u8);
            bits &= (1 << count) - 1;
        }
    }
    String::from_utf8(bytes).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_comes_out_of_base64() {
        assert_eq!(text("ZsO8bmYg\n ZXVybw=="), Some("fünf euro".to_owned()));
        assert_eq!(text("/9j/4AAQ"), None, "the beginning of a picture");
        assert_eq!(text("no, this is none"), None);
    }
}
