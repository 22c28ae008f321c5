//! Numbers.

use super::Complaint;

fn unless(right: bool, out: &mut Vec<Complaint>) {
    if !right {
        out.push(Complaint::default());
    }
}

fn digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// Digits, with a sign before them or not.
pub(super) fn integer(value: &str, _: &[&str], out: &mut Vec<Complaint>) {
    unless(digits(value.strip_prefix(['+', '-']).unwrap_or(value)), out);
}

/// Digits.
pub(super) fn non_negative(value: &str, _: &[&str], out: &mut Vec<Complaint>) {
    unless(digits(value), out);
}

/// Digits that are not all zero.
pub(super) fn positive(value: &str, _: &[&str], out: &mut Vec<Complaint>) {
    unless(digits(value) && value.bytes().any(|byte| byte != b'0'), out);
}

/// A whole number between the two that the table gives.
pub(super) fn between(value: &str, words: &[&str], out: &mut Vec<Complaint>) {
    let bound = |at: usize| words.get(at).and_then(|word| word.parse::<i64>().ok());
    let (least, most) = (bound(0).unwrap_or(0), bound(1).unwrap_or(i64::MAX));
    let right = value.parse::<i64>().is_ok_and(|number| (least..=most).contains(&number));
    if !right {
        let help = format!("it is a whole number from {least} to {most}").into();
        out.push(Complaint { help, ..Complaint::default() });
    }
}

/// A number, with decimals or not.
pub(super) fn decimal(value: &str, _: &[&str], out: &mut Vec<Complaint>) {
    unless(parse(value).is_some(), out);
}

/// A number from 0 on, with decimals or not.
pub(super) fn measure(value: &str, _: &[&str], out: &mut Vec<Complaint>) {
    unless(parse(value).is_some_and(|number| number >= 0.0), out);
}

/// A number above 0, with decimals or not.
pub(super) fn above_zero(value: &str, _: &[&str], out: &mut Vec<Complaint>) {
    unless(parse(value).is_some_and(|number| number > 0.0), out);
}

/// A decimal number as written in XML: no exponent, no infinity.
pub(super) fn parse(value: &str) -> Option<f64> {
    let bare = value.strip_prefix(['+', '-']).unwrap_or(value);
    let plain = bare.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
    (plain && bare.bytes().any(|byte| byte.is_ascii_digit())).then(|| value.parse().ok()).flatten()
}

/// A number from 0 to 100, with `%` behind it or not.
pub(super) fn percentage(value: &str, _: &[&str], out: &mut Vec<Complaint>) {
    let number = parse(value.strip_suffix('%').unwrap_or(value));
    unless(number.is_some_and(|number| (0.0..=100.0).contains(&number)), out);
}

/// Degrees north.
pub(super) fn latitude(value: &str, _: &[&str], out: &mut Vec<Complaint>) {
    unless(parse(value).is_some_and(|number| (-90.0..=90.0).contains(&number)), out);
}

/// Degrees east.
pub(super) fn longitude(value: &str, _: &[&str], out: &mut Vec<Complaint>) {
    unless(parse(value).is_some_and(|number| (-180.0..=180.0).contains(&number)), out);
}

/// Pairs of latitude and longitude with blanks between them: as many as the table says, at least; `polygon` when the
/// last must be the first.
pub(super) fn positions(value: &str, words: &[&str], out: &mut Vec<Complaint>) {
    if value.contains(',') {
        let help = "write blanks between the numbers, no commas".into();
        let w3c: &[_] = &["CoordComma", "InvalidCoordList"];
        return out.push(Complaint { help, w3c, weight: Some(super::Weight::Should), ..Complaint::default() });
    }
    let numbers: Option<Vec<f64>> = value.split_ascii_whitespace().map(parse).collect();
    let least: usize = words.first().and_then(|word| word.parse().ok()).unwrap_or(1);
    let exact = words.contains(&"exactly");
    let right = numbers.is_some_and(|numbers| {
        let pairs = numbers.len() / 2;
        let in_range = |pair: &[f64]| pair[0].abs() <= 90.0 && pair[1].abs() <= 180.0;
        let closed = !words.contains(&"closed") || numbers.get(..2) == numbers.get(numbers.len().saturating_sub(2)..);
        numbers.len().is_multiple_of(2)
            && pairs >= least
            && (!exact || pairs == least)
            && closed
            && numbers.chunks(2).all(in_range)
    });
    unless(right, out);
}

/// Numbers with commas between them.
pub(super) fn list(value: &str, _: &[&str], out: &mut Vec<Complaint>) {
    unless(value.split(',').all(|part| digits(part.trim())), out);
}

/// `major.minor`, digits all.
pub(super) fn version(value: &str, _: &[&str], out: &mut Vec<Complaint>) {
    unless(value.split('.').all(digits), out);
}

/// `#rrggbb`, or six digits of base 16 without the sign.
pub(super) fn colour(value: &str, _: &[&str], out: &mut Vec<Complaint>) {
    let bare = value.strip_prefix('#').unwrap_or(value);
    unless(bare.len() == 6 && bare.bytes().all(|byte| byte.is_ascii_hexdigit()), out);
}
