//! Numbers that mean the same in every program.

use serde_json::Number;

/// The number that a JSON text spells; `None` when neither 64-bit integers nor doubles hold it exactly, so that it
/// would be rounded without a word: `1e400`, an integer of thirty digits.
pub fn number(text: &str) -> Option<Number> {
    if text != "-0" {
        if let Ok(value) = text.parse::<u64>() {
            return Some(value.into());
        }
        if let Ok(value) = text.parse::<i64>() {
            return Some(value.into());
        }
    }
    let value: f64 = text.parse().ok()?;
    let (written, shortest) = (digits(text)?, digits(&format!("{value:e}"))?);
    // Of two spellings that are as short and as near, programs write either: `1…530.62` and `1…530.63`.
    let held = written == shortest || written.0.len() == shortest.0.len();
    Number::from_f64(value).filter(|_| held)
}

/// The digits of a decimal number without noughts at either end, and the power of ten of the last one.
fn digits(text: &str) -> Option<(String, i64)> {
    let (mantissa, exponent) = text.split_once(['e', 'E']).unwrap_or((text, "0"));
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let all = [whole.trim_start_matches('-'), fraction].concat();
    let kept = all.trim_end_matches('0');
    let noughts = (all.len() - kept.len()) as i64;
    let kept = kept.trim_start_matches('0');
    if kept.is_empty() {
        return Some((String::new(), 0));
    }
    let exponent: i64 = exponent.parse().ok()?;
    Some((kept.to_owned(), exponent.checked_sub(fraction.len() as i64)?.checked_add(noughts)?))
}

/// Whether bytes are a number by RFC 8259, section 6.
pub(super) fn is_number(text: &[u8]) -> bool {
    let text = text.strip_prefix(b"-").unwrap_or(text);
    let run = |text: &[u8]| text.iter().take_while(|byte| byte.is_ascii_digit()).count();
    let whole = run(text);
    if whole == 0 || (whole > 1 && text[0] == b'0') {
        return false;
    }
    let mut rest = &text[whole..];
    if let Some(after) = rest.strip_prefix(b".") {
        let fraction = run(after);
        if fraction == 0 {
            return false;
        }
        rest = &after[fraction..];
    }
    if let [b'e' | b'E', after @ ..] = rest {
        let after = after.strip_prefix(b"+").or_else(|| after.strip_prefix(b"-")).unwrap_or(after);
        let exponent = run(after);
        return exponent > 0 && exponent == after.len();
    }
    rest.is_empty()
}
