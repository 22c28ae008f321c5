//! Spans of time.

use super::{Complaint, Kind, Row, row};

/// A length of time: Apple, podcast requirements.
pub const DURATION: Kind = &Row {
    code: "invalid-value",
    w3c: &["InvalidDuration"],
    example: "1:02:03",
    ..row("duration", "a length of time", "Apple, podcast requirements", duration)
};
/// A play time: RFC 2326, section 3.6.
pub const PLAY_TIME: Kind = &Row {
    code: "invalid-value",
    w3c: &["InvalidNPTTime"],
    example: "0:01:30.5",
    ..row("play time", "a play time", "RFC 2326, section 3.6", play_time)
};
/// A duration of ISO 8601: ISO 8601.
pub const ISO_DURATION: Kind = &Row {
    code: "invalid-value",
    w3c: &["InvalidDuration"],
    example: "PT1H2M",
    ..row("iso duration", "a duration of ISO 8601", "ISO 8601", iso_duration)
};

fn digits(text: &str) -> Option<u32> {
    (!text.is_empty() && text.len() <= 9 && text.bytes().all(|byte| byte.is_ascii_digit()))
        .then(|| text.parse().ok())
        .flatten()
}

/// Seconds, `m:ss` or `h:mm:ss`; a part of a second may follow.
fn duration(value: &str, _: &[&str], out: &mut Vec<Complaint>) {
    let whole = value.split_once('.').filter(|(_, rest)| digits(rest).is_some()).map_or(value, |(whole, _)| whole);
    let parts: Option<Vec<u32>> = whole.split(':').map(digits).collect();
    let right = parts.is_some_and(|parts| match parts.as_slice() {
        [_] => true,
        [_, second] => *second < 60,
        [_, minute, second] => *minute < 60 && *second < 60,
        _ => false,
    });
    if !right {
        out.push(Complaint::default());
    }
}

/// Normal play time (RFC 2326, section 3.6): `now`, seconds or `h:mm:ss`, each with decimals or not.
fn play_time(value: &str, _: &[&str], out: &mut Vec<Complaint>) {
    let (whole, fraction) = value.split_once('.').unwrap_or((value, "0"));
    let decimals = fraction.is_empty() || digits(fraction).is_some();
    let parts: Option<Vec<u32>> = whole.split(':').map(digits).collect();
    let right = parts.is_some_and(|parts| match parts.as_slice() {
        [_] => true,
        [_, minute, second] => *minute < 60 && *second < 60,
        _ => false,
    });
    if value != "now" && !(right && decimals) {
        out.push(Complaint::default());
    }
}

/// A duration as ISO 8601 has it: `P1DT2H3M4.5S`.
fn iso_duration(value: &str, _: &[&str], out: &mut Vec<Complaint>) {
    let read = || {
        let rest = value.strip_prefix('P')?;
        let (days, times) = match rest.split_once('T') {
            Some((days, times)) => (days, Some(times)),
            None => (rest, None),
        };
        let fits = |text: &str, units: &str| {
            let (mut number, mut units) = (String::new(), units.chars());
            for c in text.chars() {
                if c.is_ascii_digit() || c == '.' {
                    number.push(c);
                } else if number.is_empty() || !units.any(|unit| unit == c) {
                    return false;
                } else {
                    number.clear();
                }
            }
            number.is_empty()
        };
        let right = fits(days, "YMWD") && times.is_none_or(|times| !times.is_empty() && fits(times, "HMS"));
        (right && !rest.is_empty()).then_some(())
    };
    if read().is_none() {
        out.push(Complaint::default());
    }
}
