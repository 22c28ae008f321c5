//! Characters and names: XML 1.0, fifth edition, productions 2 to 5.

/// What an ASCII byte may be in a name: bit 0 anywhere but first, bit 1 also first.
const ASCII: [u8; 128] = {
    let mut table = [0; 128];
    let mut byte = 0;
    while byte < 128 {
        let b = byte as u8;
        if b.is_ascii_alphabetic() || b == b'_' || b == b':' {
            table[byte] = 3;
        } else if b.is_ascii_digit() || b == b'-' || b == b'.' {
            table[byte] = 1;
        }
        byte += 1;
    }
    table
};

/// Whether XML allows the character at all (production 2).
pub(super) fn is_char(c: char) -> bool {
    !matches!(c, '\0'..='\u{8}' | '\u{b}' | '\u{c}' | '\u{e}'..='\u{1f}' | '\u{fffe}' | '\u{ffff}')
}

/// White space (production 3).
pub(super) const fn is_blank(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t' | b'\n' | b'\r')
}

/// Whether a name may begin with it (production 4).
pub(super) fn is_name_start(c: char) -> bool {
    if c.is_ascii() {
        return ASCII[c as usize] & 2 != 0;
    }
    matches!(c,
        '\u{c0}'..='\u{d6}' | '\u{d8}'..='\u{f6}' | '\u{f8}'..='\u{2ff}' | '\u{370}'..='\u{37d}'
        | '\u{37f}'..='\u{1fff}' | '\u{200c}'..='\u{200d}' | '\u{2070}'..='\u{218f}' | '\u{2c00}'..='\u{2fef}'
        | '\u{3001}'..='\u{d7ff}' | '\u{f900}'..='\u{fdcf}' | '\u{fdf0}'..='\u{fffd}' | '\u{10000}'..='\u{effff}')
}

/// Whether a name may hold it (production 4a).
pub(super) fn is_name_char(c: char) -> bool {
    if c.is_ascii() {
        return ASCII[c as usize] != 0;
    }
    is_name_start(c) || matches!(c, '\u{b7}' | '\u{300}'..='\u{36f}' | '\u{203f}'..='\u{2040}')
}

/// Whether the whole text is one name (production 5).
pub(super) fn is_name(text: &str) -> bool {
    let bytes = text.as_bytes();
    let Some(&first) = bytes.first() else { return false };
    if first < 128 && ASCII[first as usize] & 2 == 0 {
        return false;
    }
    if bytes.iter().all(|&b| b < 128 && ASCII[b as usize] != 0) {
        return true;
    }
    text.starts_with(is_name_start) && text.chars().all(is_name_char)
}

/// The length of the name at the start, where it is plain ASCII and ends with the text or before a blank.
#[inline]
pub(super) fn ascii_name(bytes: &[u8]) -> Option<usize> {
    let first = *bytes.first()?;
    if first >= 128 || ASCII[first as usize] & 2 == 0 {
        return None;
    }
    let length = bytes.iter().position(|&b| b >= 128 || ASCII[b as usize] == 0).unwrap_or(bytes.len());
    bytes.get(length).is_none_or(|&b| is_blank(b)).then_some(length)
}

/// How many bytes at the start of the text make a name; 0 when it starts with none.
pub(super) fn name_length(text: &str) -> usize {
    if !text.starts_with(is_name_start) {
        return 0;
    }
    text.find(|c| !is_name_char(c)).unwrap_or(text.len())
}

/// The name at the start of a tag, up to a blank or the end.
pub(super) fn of_tag(tag: &str) -> &str {
    &tag[..tag.bytes().position(is_blank).unwrap_or(tag.len())]
}

/// Prefix and local name (Namespaces in XML, productions 7 to 11); `None` when the colons are wrong.
pub(super) fn split(name: &str) -> Option<(&str, &str)> {
    match name.split_once(':') {
        None => Some(("", name)),
        Some((prefix, local)) => {
            (!prefix.is_empty() && local.starts_with(is_name_start) && !local.contains(':')).then_some((prefix, local))
        }
    }
}

/// The first character that XML forbids, and its offset.
pub(super) fn find_illegal(text: &str) -> Option<(usize, char)> {
    text.char_indices().find(|&(_, c)| !is_char(c))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_follow_the_fifth_edition() {
        for good in ["a", "_", ":", "dc:creator", "é", "日本", "a-b.c·", "x1"] {
            assert!(is_name(good), "{good}");
        }
        for bad in ["", "1a", "-a", "a b", "a×", "a\u{37e}", ".x", "a,b", "·"] {
            assert!(!is_name(bad), "{bad}");
        }
        assert_eq!(name_length("abc def"), 3);
        assert_eq!(name_length("é=1"), 2);
        assert_eq!(name_length("=1"), 0);
    }

    #[test]
    fn one_colon_between_two_names_splits() {
        assert_eq!(split("dc:date"), Some(("dc", "date")));
        assert_eq!(split("date"), Some(("", "date")));
        for bad in [":a", "a:", "a:b:c", "a:1", ":"] {
            assert_eq!(split(bad), None, "{bad}");
        }
    }
}
