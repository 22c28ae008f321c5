//! What a plain scalar means: YAML 1.2's core schema for reading (YAML 1.2.2, section 10.3.2), and whether a
//! reader of YAML 1.1 or 1.2 could take text for something else, for writing.

use serde_json::Number;

use crate::syntax::tree::Kind;

/// A plain scalar by the core schema. Numbers that JSON cannot hold exactly enough (infinities, integers of more than
/// 64 bits) stay text.
pub fn resolve(text: &str) -> Kind {
    match text {
        "" | "~" | "null" | "Null" | "NULL" => Kind::Null,
        "true" | "True" | "TRUE" => Kind::Bool(true),
        "false" | "False" | "FALSE" => Kind::Bool(false),
        _ => number(text).map_or_else(|| Kind::String(text.into()), Kind::Number),
    }
}

/// An integer or float of the core schema.
pub fn number(text: &str) -> Option<Number> {
    let first = *text.as_bytes().first()?;
    if !(first.is_ascii_digit() || matches!(first, b'-' | b'+' | b'.')) {
        return None;
    }
    if let Some(digits) = text.strip_prefix("0o") {
        return radix(digits, 8);
    }
    if let Some(digits) = text.strip_prefix("0x") {
        return radix(digits, 16);
    }
    let digits = text.strip_prefix(['-', '+']).unwrap_or(text);
    if !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit()) {
        let signed = text.strip_prefix('+').unwrap_or(text);
        // Minus zero is a number of its own only as a float.
        return signed.parse::<u64>().map(Number::from).or_else(|_| signed.parse::<i64>().map(Number::from)).ok();
    }
    is_float(digits).then(|| text.parse::<f64>().ok().and_then(Number::from_f64)).flatten()
}

fn radix(digits: &str, radix: u32) -> Option<Number> {
    // `from_str_radix` takes a sign, the core schema none here.
    let plain = digits.bytes().all(|b| b.is_ascii_hexdigit());
    plain.then(|| u64::from_str_radix(digits, radix).ok().map(Number::from)).flatten()
}

/// `(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?`, the sign taken off.
fn is_float(text: &str) -> bool {
    let (mantissa, exponent) = match text.find(['e', 'E']) {
        Some(at) => (&text[..at], Some(&text[at + 1..])),
        None => (text, None),
    };
    let all_digits = |text: &str| text.bytes().all(|b| b.is_ascii_digit());
    let (whole, part) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let mantissa_ok = all_digits(whole) && all_digits(part) && !(whole.is_empty() && part.is_empty());
    let exponent_ok = exponent.is_none_or(|exponent| {
        let digits = exponent.strip_prefix(['-', '+']).unwrap_or(exponent);
        !digits.is_empty() && all_digits(digits)
    });
    mantissa_ok && exponent_ok
}

/// What a reader may take plain text for, by YAML 1.1 or 1.2; `None` when all agree that it is text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Taken {
    /// Nothing.
    Null,
    /// A boolean.
    Bool,
    /// A number.
    Number,
    /// A date, or a date and time (YAML 1.1's timestamp).
    Date,
    /// YAML 1.1's `=` and `<<`.
    Special,
}

/// What some reader takes this plain text for, when it is not text to all.
pub fn taken_for(text: &str) -> Option<Taken> {
    match text {
        "" | "~" => return Some(Taken::Null),
        "=" | "<<" => return Some(Taken::Special),
        _ => {}
    }
    // Cased as in YAML 1.1's patterns or not: some readers do not look.
    if text.len() <= 5 {
        match text.to_ascii_lowercase().as_str() {
            "null" => return Some(Taken::Null),
            "y" | "n" | "yes" | "no" | "on" | "off" | "true" | "false" => return Some(Taken::Bool),
            ".inf" | "-.inf" | "+.inf" | ".nan" => return Some(Taken::Number),
            _ => {}
        }
    }
    let first = *text.as_bytes().first()?;
    if !(first.is_ascii_digit() || matches!(first, b'-' | b'+' | b'.')) {
        return None;
    }
    if is_date(text) {
        return Some(Taken::Date);
    }
    is_number_somewhere(text).then_some(Taken::Number)
}

/// A number of YAML 1.1 or 1.2: decimal, octal, hexadecimal, binary, sexagesimal, with `_` between digits.
fn is_number_somewhere(text: &str) -> bool {
    if number(text).is_some() || is_float(text.strip_prefix(['-', '+']).unwrap_or(text)) {
        return true;
    }
    let digits: String = text.strip_prefix(['-', '+']).unwrap_or(text).chars().filter(|&c| c != '_').collect();
    if !digits.bytes().any(|b| b.is_ascii_digit()) {
        return false;
    }
    if let Some(rest) = digits.strip_prefix("0x").or_else(|| digits.strip_prefix("0X")) {
        return rest.bytes().all(|b| b.is_ascii_hexdigit());
    }
    if let Some(rest) = digits.strip_prefix("0b").or_else(|| digits.strip_prefix("0o")) {
        return rest.bytes().all(|b| b.is_ascii_digit());
    }
    if digits.contains(':') {
        return digits.split(':').all(|part| part.bytes().all(|b| b.is_ascii_digit() || b == b'.'));
    }
    // `1_000`, `1,5` in no schema but `1.` and `.5e3` in some: whatever looks like a number at all.
    !digits.starts_with(['e', 'E'])
        && digits.bytes().all(|b| b.is_ascii_digit() || matches!(b, b'.' | b'e' | b'E' | b'+' | b'-'))
}

/// YAML 1.1's timestamp, loosely: `2025-09-24`, and that with a time after it.
pub fn is_date(text: &str) -> bool {
    let bytes = text.as_bytes();
    let year = bytes.len() >= 8 && bytes[..4].iter().all(u8::is_ascii_digit) && bytes[4] == b'-';
    year && {
        let day: Vec<&str> = text[5..].splitn(2, '-').collect();
        let is_short = |text: &str| matches!(text.len(), 1 | 2) && text.bytes().all(|b| b.is_ascii_digit());
        let [month, rest] = day[..] else { return false };
        let end = rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len());
        let after = &rest[end..];
        is_short(month) && is_short(&rest[..end]) && (after.is_empty() || after.starts_with(['T', 't', ' ', '\t']))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plain_scalars_are_typed_by_the_core_schema() {
        for text in ["yes", "no", "on", "12:30:45", "1_000", "2025-09-24", ".inf", ".nan", "0b1", "0o8", "0x", "+", "."]
        {
            assert_eq!(resolve(text), Kind::String(text.into()), "{text}");
        }
        for (text, number) in
            [("017", 17.into()), ("0o17", 15.into()), ("0xfF", 255.into()), ("-3", (-3).into()), ("+12", 12.into())]
        {
            assert_eq!(resolve(text), Kind::Number(number), "{text}");
        }
        for (text, value) in [("1e3", 1000.0), (".5", 0.5), ("-1.", -1.0), ("1.10", 1.1)] {
            assert_eq!(resolve(text), Kind::Number(Number::from_f64(value).expect("finite")), "{text}");
        }
        let long = "123456789012345678901234567890";
        assert_eq!(resolve(long), Kind::String(long.into()));
    }

    #[test]
    fn what_any_reader_takes_for_something_else_is_known() {
        for text in [
            "no",
            "On",
            "y",
            "~",
            "Null",
            "017",
            "0o17",
            "1_000",
            "12:34:56",
            "190:20:30.15",
            "1e3",
            ".5",
            "0x1F",
            "0b11",
            ".inf",
            "-.INF",
            "2025-9-4",
            "2025-09-24",
            "2025-09-24T10:00:00Z",
            "2025-09-24 10:00:00 +2",
            "=",
            "<<",
            "+1",
            "-1.5",
            "1.",
        ] {
            assert!(taken_for(text).is_some(), "{text}");
        }
        for text in ["budget", "2025-09-24-budget", "1st", "v1.2", "10 things", "-", "...", "e3", "1.2.x", "yess"] {
            assert!(taken_for(text).is_none(), "{text}");
        }
    }
}
