//! Dates.

use std::borrow::Cow;

use super::{Complaint, Kind, Row, Tight, Weight, row};
use crate::date::{self, Rescue};

/// A date of RFC 822: RFC 822, section 5; RFC 2822, section 3.3.
pub const RFC822_DATE: Kind = &Row {
    code: "invalid-date",
    w3c: &["InvalidRFC2822Date"],
    example: "Wed, 24 Sep 2025 03:17:09 +0200",
    ..row("rfc822 date", "a date of RFC 822", "RFC 822, section 5; RFC 2822, section 3.3", rfc822)
};
/// A date of RFC 3339: RFC 3339, section 5.6; RFC 4287, section 3.3.
pub const RFC3339_DATE: Kind = &Row {
    code: "invalid-date",
    w3c: &["InvalidRFC3339Date"],
    tight: Tight::Always,
    example: "2025-09-24T03:17:09+02:00",
    ..row("rfc3339 date", "a date of RFC 3339", "RFC 3339, section 5.6; RFC 4287, section 3.3", rfc3339)
};
/// A date of the W3C: W3C note Date and Time Formats.
pub const W3C_DATE: Kind = &Row {
    code: "invalid-date",
    w3c: &["InvalidW3CDTFDate"],
    example: "2025-09-24T03:17:09+02:00",
    ..row("w3c date", "a date of the W3C", "W3C note Date and Time Formats", w3c)
};
/// A date of ISO 8601: ISO 8601.
pub const ISO8601_DATE: Kind = &Row {
    code: "invalid-date",
    w3c: &["InvalidISO8601DateTime"],
    example: "2025-09-24T03:17:09+02:00",
    ..row("iso8601 date", "a date of ISO 8601", "ISO 8601", iso8601)
};
/// A date.
pub const DATE: Kind = &Row { code: "invalid-date", w3c: &["InvalidRFC2822Date"], ..row("date", "a date", "", any) };

/// What PHP makes of a date that is all noughts.
const NOUGHT: &str = " 30 Nov -0001 00:00:00";

/// RFC 822 as RSS has it, with four digits for the year (RFC 2822 has the same).
fn rfc822(value: &str, _: &[&str], out: &mut Vec<Complaint>) {
    if value.contains(NOUGHT) {
        let words = "this stands for no date: WordPress' exports have it in drafts".into();
        let (code, weight) = (Some("implausible-date"), Some(Weight::May));
        return out.push(Complaint { words, code, weight, ..Complaint::default() });
    }
    let (read, rescues) = date::read(value);
    if read.moment.is_none() {
        return out.push(unread(value));
    }
    plausible(&read, out);
    if date::is_rfc822(value) && rescues.is_empty() {
        if value.contains("  ") {
            let words = "there are two blanks in a row".into();
            let (weight, w3c): (_, &[_]) = (Some(Weight::May), &["ProblematicalRFC822Date"]);
            out.push(Complaint { words, help: "write one".into(), weight, w3c, ..Complaint::default() });
        }
        return;
    }
    let words = words(&rescues, "it is not written as RSS writes one");
    if rescues.contains(&Rescue::WrongWeekday) {
        return out.push(Complaint { words, w3c: &["IncorrectDOW"], ..Complaint::default() });
    }
    let mild = rescues.iter().all(|rescue| matches!(rescue, Rescue::ShortYear)) && date::is_rfc822(value);
    if mild {
        let (weight, w3c): (_, &[_]) = (Some(Weight::Should), &["ProblematicalRFC822Date"]);
        return out.push(Complaint { words, weight, w3c, ..Complaint::default() });
    }
    out.push(Complaint { words, ..Complaint::default() });
}

/// RFC 3339, to the letter: `T` and `Z` are capitals (RFC 4287, section 3.3).
fn rfc3339(value: &str, _: &[&str], out: &mut Vec<Complaint>) {
    strict(value, date::is_rfc3339(value), "it is not written as RFC 3339 has it", out);
}

/// The W3C's profile of ISO 8601: a year, with month, day and time or without.
fn w3c(value: &str, _: &[&str], out: &mut Vec<Complaint>) {
    strict(value, date::is_w3c(value), "it is not written as the W3C's note has it", out);
}

/// ISO 8601, a time without zone too.
fn iso8601(value: &str, _: &[&str], out: &mut Vec<Complaint>) {
    let right = date::is_w3c(value) || value.contains('T') && date::is_w3c(&format!("{value}Z"));
    strict(value, right, "it is not written as ISO 8601 has it", out);
}

/// A date of any of these kinds.
fn any(value: &str, _: &[&str], out: &mut Vec<Complaint>) {
    if date::read(value).0.moment.is_none() {
        out.push(unread(value));
    }
}

fn strict(value: &str, right: bool, otherwise: &'static str, out: &mut Vec<Complaint>) {
    let (read, rescues) = date::read(value);
    if read.moment.is_none() && !right {
        return out.push(unread(value));
    }
    if !right {
        return out.push(Complaint { words: words(&rescues, otherwise), ..Complaint::default() });
    }
    plausible(&read, out);
}

fn words(rescues: &[Rescue], otherwise: &str) -> Cow<'static, str> {
    let why = date::rescued(rescues).unwrap_or_else(|| otherwise.to_owned());
    format!("the date can be read, but {why}").into()
}

fn unread(value: &str) -> Complaint {
    let short: String = value.chars().take(60).collect();
    let words = format!("`{}` is not a date that can be read", crate::untrusted::shown(&short)).into();
    Complaint { words, ..Complaint::default() }
}

/// Before the web there were no feeds.
fn plausible(read: &date::Date, out: &mut Vec<Complaint>) {
    if read.moment.as_ref().is_some_and(|moment| moment.year < 1990) {
        out.push(Complaint {
            words: "the date is older than the web".into(),
            help: "see whether the clock of what wrote it is right".into(),
            code: Some("implausible-date"),
            weight: Some(Weight::Should),
            w3c: &["ImplausibleDate"],
            ..Complaint::default()
        });
    }
}
