//! Numbers.

use super::{Complaint, Kind, Row, row};

/// A whole number.
pub const INTEGER: Kind =
    &Row { code: "invalid-number", w3c: &["InvalidInteger"], ..row("integer", "a whole number", "", integer) };
/// A whole number from 0 on.
pub const NON_NEGATIVE: Kind = &Row {
    code: "invalid-number",
    w3c: &["InvalidNonNegativeInteger"],
    ..row("non negative", "a whole number from 0 on", "", non_negative)
};
/// A whole number from 1 on.
pub const POSITIVE: Kind = &Row {
    code: "invalid-number",
    w3c: &["InvalidPositiveInteger"],
    ..row("positive", "a whole number from 1 on", "", positive)
};
/// A number in its range.
pub const BETWEEN: Kind =
    &Row { code: "invalid-number", w3c: &["InvalidInteger"], ..row("between", "a number in its range", "", between) };
/// A number.
pub const NUMBER: Kind =
    &Row { code: "invalid-number", w3c: &["InvalidFloat"], ..row("number", "a number", "", decimal) };
/// A number from 0 on.
pub const MEASURE: Kind =
    &Row { code: "invalid-number", w3c: &["InvalidFloat"], ..row("measure", "a number from 0 on", "", measure) };
/// A number of seconds.
pub const LENGTH_OF_TIME: Kind = &Row {
    code: "invalid-number",
    w3c: &["InvalidFloat"],
    example: "60",
    ..row("length of time", "a number of seconds above 0", "", above_zero)
};
/// A percentage from 0 to 100.
pub const PERCENTAGE: Kind = &Row {
    code: "invalid-number",
    w3c: &["InvalidPercentage"],
    ..row("percentage", "a percentage from 0 to 100", "", percentage)
};
/// Whole numbers with commas between them.
pub const INTEGERS: Kind = &Row {
    code: "invalid-number",
    w3c: &["InvalidCommaSeparatedIntegers"],
    ..row("integers", "whole numbers with commas between them", "", list)
};
/// A latitude from -90 to 90: WGS 84.
pub const LATITUDE: Kind = &Row {
    code: "invalid-value",
    w3c: &["InvalidLatitude"],
    ..row("latitude", "a latitude from -90 to 90", "WGS 84", latitude)
};
/// A longitude from -180 to 180: WGS 84.
pub const LONGITUDE: Kind = &Row {
    code: "invalid-value",
    w3c: &["InvalidLongitude"],
    ..row("longitude", "a longitude from -180 to 180", "WGS 84", longitude)
};
/// Pairs of latitude and longitude: GeoRSS-Simple.
pub const POSITIONS: Kind = &Row {
    code: "invalid-value",
    w3c: &["InvalidCoordList"],
    ..row("positions", "pairs of latitude and longitude", "GeoRSS-Simple", positions)
};
/// A version number.
pub const VERSION: Kind = &row("version", "a version number", "", version);
/// A colour: HTML, section 2.3.6.
pub const COLOUR: Kind = &Row { example: "#336699", ..row("colour", "a colour", "HTML, section 2.3.6", colour) };

fn unless(right: bool, out: &mut Vec<Complaint>) {
    if !right {
        out.push(Complaint::default());
    }
}

fn digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// Digits, with a sign before them or not.
fn integer(value: &str, _: &[&str], out: &mut Vec<Complaint>) {
    unless(digits(value.strip_prefix(['+', '-']).unwrap_or(value)), out);
}

/// Digits.
fn non_negative(value: &str, _: &[&str], out: &mut Vec<Complaint>) {
    unless(digits(value), out);
}

/// Digits that are not all zero.
fn positive(value: &str, _: &[&str], out: &mut Vec<Complaint>) {
    unless(digits(value) && value.bytes().any(|byte| byte != b'0'), out);
}

/// A whole number between the two that the table gives.
fn between(value: &str, words: &[&str], out: &mut Vec<Complaint>) {
    let bound = |at: usize| words.get(at).and_then(|word| word.parse::<i64>().ok());
    let (least, most) = (bound(0).unwrap_or(0), bound(1).unwrap_or(i64::MAX));
    let right = value.parse::<i64>().is_ok_and(|number| (least..=most).contains(&number));
    if !right {
        let help = format!("it is a whole number from {least} to {most}").into();
        out.push(Complaint { help, ..Complaint::default() });
    }
}

/// A number, with decimals or not.
fn decimal(value: &str, _: &[&str], out: &mut Vec<Complaint>) {
    unless(parse(value).is_some(), out);
}

/// A number from 0 on, with decimals or not.
fn measure(value: &str, _: &[&str], out: &mut Vec<Complaint>) {
    unless(parse(value).is_some_and(|number| number >= 0.0), out);
}

/// A number above 0, with decimals or not.
fn above_zero(value: &str, _: &[&str], out: &mut Vec<Complaint>) {
    unless(parse(value).is_some_and(|number| number > 0.0), out);
}

/// A decimal number as written in XML: no exponent, no infinity.
pub(super) fn parse(value: &str) -> Option<f64> {
    let bare = value.strip_prefix(['+', '-']).unwrap_or(value);
    let plain = bare.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
    (plain && bare.bytes().any(|byte| byte.is_ascii_digit())).then(|| value.parse().ok()).flatten()
}

/// A number from 0 to 100, with `%` behind it or not.
fn percentage(value: &str, _: &[&str], out: &mut Vec<Complaint>) {
    let number = parse(value.strip_suffix('%').unwrap_or(value));
    unless(number.is_some_and(|number| (0.0..=100.0).contains(&number)), out);
}

/// Degrees north.
fn latitude(value: &str, _: &[&str], out: &mut Vec<Complaint>) {
    unless(parse(value).is_some_and(|number| (-90.0..=90.0).contains(&number)), out);
}

/// Degrees east.
fn longitude(value: &str, _: &[&str], out: &mut Vec<Complaint>) {
    unless(parse(value).is_some_and(|number| (-180.0..=180.0).contains(&number)), out);
}

/// Pairs of latitude and longitude with blanks between them: as many as the table says, at least; `polygon` when the
/// last must be the first.
fn positions(value: &str, words: &[&str], out: &mut Vec<Complaint>) {
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
fn list(value: &str, _: &[&str], out: &mut Vec<Complaint>) {
    unless(value.split(',').all(|part| digits(part.trim())), out);
}

/// `major.minor`, digits all.
fn version(value: &str, _: &[&str], out: &mut Vec<Complaint>) {
    unless(value.split('.').all(digits), out);
}

/// `#rrggbb`, or six digits of base 16 without the sign.
fn colour(value: &str, _: &[&str], out: &mut Vec<Complaint>) {
    let bare = value.strip_prefix('#').unwrap_or(value);
    unless(bare.len() == 6 && bare.bytes().all(|byte| byte.is_ascii_hexdigit()), out);
}
