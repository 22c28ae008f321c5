//! Formats of strings beyond those that JSON Schema names, and what to call each.

use std::sync::Arc;

use jsonschema::{Retrieve, ValidationOptions};

use super::node::Trees;
use crate::{date, slug};

type Options<'i> = ValidationOptions<'i, Arc<dyn Retrieve>, Trees>;

/// A format: its name, what a value of it is, and an example.
pub(super) struct Format {
    pub(super) name: &'static str,
    pub(super) noun: &'static str,
    pub(super) example: &'static str,
}

/// What the formats are called, those of JSON Schema and ours.
pub(super) const FORMATS: &[Format] = &[
    Format { name: "date", noun: "date", example: "2025-09-24" },
    Format { name: "date-time", noun: "date with time and offset", example: "2025-09-24T03:17:09+02:00" },
    Format { name: "date-or-datetime", noun: "date", example: "2025-09-24` or `2025-09-24T03:17:09+02:00" },
    Format { name: "rfc822-date", noun: "date of RFC 822", example: "Wed, 24 Sep 2025 03:17:09 +0200" },
    Format { name: "time", noun: "time with offset", example: "03:17:09+02:00" },
    Format { name: "duration", noun: "duration", example: "PT1H30M" },
    Format { name: "slug", noun: "slug", example: "a-new-budget" },
    Format { name: "uri", noun: "address", example: "https://example.org/budget" },
    Format { name: "iri", noun: "address", example: "https://example.org/budget" },
    Format { name: "uri-reference", noun: "address, whole or relative", example: "/news/budget" },
    Format { name: "iri-reference", noun: "address, whole or relative", example: "/news/budget" },
    Format { name: "email", noun: "e-mail address", example: "desk@example.org" },
    Format { name: "idn-email", noun: "e-mail address", example: "desk@example.org" },
    Format { name: "hostname", noun: "host name", example: "example.org" },
    Format { name: "uuid", noun: "UUID", example: "6ba7b810-9dad-51d1-80b4-00c04fd430c8" },
    Format { name: "regex", noun: "regular expression", example: "^[a-z]+$" },
];

/// Adds the formats of ours.
pub(super) fn add(options: Options<'_>) -> Options<'_> {
    options
        .with_format("slug", slug::is_slug)
        .with_format("date-or-datetime", is_date_or_datetime)
        .with_format("rfc822-date", is_rfc822_date)
}

/// Whether a text is an absolute address, as the format `uri` has it.
pub fn is_uri(text: &str) -> bool {
    jsonschema::Uri::parse(text).is_ok()
}

/// Whether a text is a date in ISO order, with or without a time, with or without an offset: the format
/// `date-or-datetime`, which every generator reads.
pub fn is_date_or_datetime(text: &str) -> bool {
    let bytes = text.as_bytes();
    let iso = bytes.len() >= 10 && bytes[..4].iter().all(u8::is_ascii_digit) && bytes[4] == b'-' && bytes[7] == b'-';
    let plain = text.bytes().all(|b| b.is_ascii_digit() || b" TZtz+-:.".contains(&b));
    iso && plain && reads(text)
}

fn is_rfc822_date(text: &str) -> bool {
    text.contains([' ', '\t']) && text.bytes().any(|b| b.is_ascii_alphabetic()) && reads(text)
}

fn reads(text: &str) -> bool {
    let (date, rescues) = date::read(text);
    date.moment.is_some() && rescues.is_empty()
}
