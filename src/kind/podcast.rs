//! Values that the podcast namespace asks for.

use super::{Complaint, Kind, Row, Weight, id::is_uuid, number, row};

/// A UUID that is made of a name: RFC 9562, section 5.5.
pub const NAMED_UUID: Kind =
    &Row { w3c: &["InvalidUUID"], ..row("named uuid", "a UUID", "RFC 9562, section 5.5", named_uuid) };
/// A place on the earth: RFC 5870.
pub const GEO_URI: Kind =
    &Row { example: "geo:53.5503,9.9937", ..row("geo uri", "a place as RFC 5870 writes it", "RFC 5870", geo_uri) };
/// An object of OpenStreetMap.
pub const MAP_OBJECT: Kind = &Row {
    example: "R62782",
    ..row("map object", "an object of OpenStreetMap", "OpenStreetMap, elements", map_object)
};
/// How often something comes again: RFC 5545, section 3.3.10.
pub const RECURRENCE: Kind = &Row {
    example: "FREQ=WEEKLY",
    ..row("recurrence", "a rule of recurrence", "RFC 5545, section 3.3.10", recurrence)
};

/// A UUID that is made of a name: version 5. One of another version still names the show, so that it is no error.
fn named_uuid(value: &str, _: &[&str], out: &mut Vec<Complaint>) {
    if !is_uuid(value) {
        out.push(Complaint::default());
    } else if value.as_bytes()[14] != b'5' {
        out.push(Complaint {
            words: "this UUID is not made from the address of a feed: it is not of version 5".into(),
            help: "take the one that the Podcast Index has for the show".into(),
            weight: Some(Weight::Should),
            ..Complaint::default()
        });
    }
}

/// A place on the earth (RFC 5870): `geo:` with latitude, longitude, and a height or not; parameters may follow.
fn geo_uri(value: &str, _: &[&str], out: &mut Vec<Complaint>) {
    let read = || {
        let (scheme, rest) = value.split_once(':')?;
        let place = rest.split(';').next()?;
        let numbers: Option<Vec<f64>> = place.split(',').map(number::parse).collect();
        let right = matches!(numbers?.as_slice(), [north, east] | [north, east, _] if north.abs() <= 90.0 && east.abs() <= 180.0);
        (scheme.eq_ignore_ascii_case("geo") && right).then_some(())
    };
    if read().is_none() {
        out.push(Complaint::default());
    }
}

/// An object of OpenStreetMap: N, W or R and its number; `#` and a revision may follow.
fn map_object(value: &str, _: &[&str], out: &mut Vec<Complaint>) {
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let number = value.strip_prefix(['N', 'W', 'R']);
    let right = number.is_some_and(|number| match number.split_once('#') {
        Some((number, revision)) => digits(number) && digits(revision),
        None => digits(number),
    });
    if !right {
        out.push(Complaint::default());
    }
}

/// How often something comes again (RFC 5545, section 3.3.10): pairs of a name and a value, `FREQ` among them.
fn recurrence(value: &str, _: &[&str], out: &mut Vec<Complaint>) {
    const OFTEN: &[&str] = &["SECONDLY", "MINUTELY", "HOURLY", "DAILY", "WEEKLY", "MONTHLY", "YEARLY"];
    let mut often = false;
    let rule = value.strip_prefix("RRULE:").unwrap_or(value);
    let pairs = rule.split(';').filter(|pair| !pair.is_empty()).all(|pair| {
        let Some((name, value)) = pair.split_once('=') else { return false };
        let name = name.trim();
        let known =
            !name.eq_ignore_ascii_case("FREQ") || OFTEN.iter().any(|word| word.eq_ignore_ascii_case(value.trim()));
        often |= name.eq_ignore_ascii_case("FREQ");
        known && !name.is_empty() && !value.trim().is_empty()
    });
    if !pairs || !often {
        out.push(Complaint::default());
    }
}
