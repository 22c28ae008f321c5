//! Values that the podcast namespace asks for.

use super::{Complaint, Weight, address::is_uuid, number};

/// A UUID that is made of a name: version 5. One of another version still names the show, so that it is no error.
pub(super) fn named_uuid(value: &str, _: &[&str], out: &mut Vec<Complaint>) {
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
pub(super) fn geo_uri(value: &str, _: &[&str], out: &mut Vec<Complaint>) {
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
pub(super) fn map_object(value: &str, _: &[&str], out: &mut Vec<Complaint>) {
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
pub(super) fn recurrence(value: &str, _: &[&str], out: &mut Vec<Complaint>) {
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
