//! The kinds of values: what may stand in an element or attribute. A table names one; each is a row here, with what it
//! checks and where that is specified. To add one: write its check, then add its row.

mod address;
mod choice;
mod date;
mod label;
mod number;
mod podcast;
mod text;
mod time;
mod weight;

use std::{borrow::Cow, ops::Range};

pub use weight::Weight;

/// A kind, as tables hold it.
pub type Kind = &'static Row;

/// What a check says of a value.
#[derive(Debug, Default)]
#[non_exhaustive]
pub struct Complaint {
    /// One sentence, where the kind's own does not say it.
    pub words: Cow<'static, str>,
    /// What to do.
    pub help: Cow<'static, str>,
    /// The bytes of the value that it is about; all of them where it is empty.
    pub range: Range<usize>,
    /// A code other than the kind's.
    pub code: Option<&'static str>,
    /// How much it matters, where that is not what the table says.
    pub weight: Option<Weight>,
    /// The classes of the W3C feed validator, where they are not the kind's.
    pub w3c: &'static [&'static str],
}

/// What is found in a value: the value as it stands, without the blanks around it, and what the table tells the kind.
pub type Check = fn(&str, &[&str], &mut Vec<Complaint>);

/// Whether a value of a kind may be empty.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Empty {
    /// It may.
    Fine,
    /// It should not be.
    Unwanted,
    /// Nothing is no such value.
    Wrong,
}

/// Where blanks around a value are wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tight {
    /// Nowhere.
    Never,
    /// In an attribute.
    Attribute,
    /// In elements, too.
    Always,
}

/// A row of [`KINDS`].
#[derive(Debug)]
#[non_exhaustive]
pub struct Row {
    /// The name that tables call it by.
    pub name: &'static str,
    /// What it is, for a sentence: "is no …".
    pub what: &'static str,
    /// Where it is specified.
    pub spec: &'static str,
    /// A right one, for the remedy; empty where none would help.
    pub example: &'static str,
    /// The code of its findings.
    pub code: &'static str,
    /// The classes of the W3C feed validator that mean the same.
    pub w3c: &'static [&'static str],
    /// Whether it may be empty.
    pub empty: Empty,
    /// Whether blanks around it are wrong.
    pub tight: Tight,
    /// The classes of the W3C feed validator for blanks around it in an attribute.
    pub blanks: &'static [&'static str],
    /// What it checks.
    pub check: Check,
}

/// The kind of that name.
pub fn find(name: &str) -> Option<Kind> {
    KINDS.iter().copied().find(|kind| kind.name == name)
}

/// Whether a value may stand where tables ask for that kind: writers ask before they write what a source gave.
pub(crate) fn accepts(kind: Kind, value: &str) -> bool {
    let trimmed = value.trim();
    if trimmed.is_empty() {
        return kind.empty == Empty::Fine;
    }
    if trimmed.len() < value.len() && kind.tight != Tight::Never {
        return false;
    }
    let mut complaints = Vec::new();
    (kind.check)(trimmed, &[], &mut complaints);
    complaints.iter().all(|complaint| matches!(complaint.weight, Some(Weight::Should | Weight::May)))
}

const fn row(name: &'static str, what: &'static str, spec: &'static str, check: Check) -> Row {
    let (code, w3c): (_, &[_]) = ("invalid-value", &["InvalidValue"]);
    Row { name, what, spec, example: "", code, w3c, empty: Empty::Wrong, tight: Tight::Never, blanks: &[], check }
}

/// Text.
pub const TEXT: Kind = &Row { empty: Empty::Fine, ..row("text", "text", "", text::any) };
/// Text.
pub const TITLE: Kind = &Row { empty: Empty::Unwanted, ..row("title", "text", "", text::any) };
/// Plain text: RSS 2.0; RFC 4287, section 3.1.1.1.
pub const PLAIN_TEXT: Kind = &Row {
    code: "html-in-plain-text",
    w3c: &["ContainsHTML"],
    empty: Empty::Fine,
    ..row("plain text", "plain text", "RSS 2.0; RFC 4287, section 3.1.1.1", text::plain)
};
/// A plain name: RSS 2.0.
pub const NAME: Kind = &Row {
    code: "html-in-plain-text",
    w3c: &["ContainsHTML"],
    empty: Empty::Unwanted,
    ..row("name", "a plain name", "RSS 2.0", text::plain)
};
/// HTML: RSS 2.0; RFC 4287, section 3.1.1.2.
pub const HTML: Kind = &Row {
    code: "invalid-html",
    w3c: &["NotHtml"],
    empty: Empty::Fine,
    ..row("html", "HTML", "RSS 2.0; RFC 4287, section 3.1.1.2", text::markup_text)
};
/// As short as it must be.
pub const AT_MOST: Kind = &Row {
    code: "too-long",
    w3c: &["TooLong"],
    empty: Empty::Fine,
    ..row("at most", "as short as it must be", "", text::at_most)
};
/// Base64: RFC 4648, section 4.
pub const BASE64: Kind = &Row {
    code: "invalid-value",
    w3c: &["NotBase64"],
    empty: Empty::Fine,
    ..row("base64", "base64", "RFC 4648, section 4", text::base64)
};
/// One of the values that are allowed.
pub const ONE_OF: Kind = &row("one of", "one of the values that are allowed", "", choice::one_of);
/// One of the values that are allowed.
pub const ONE_OF_ANY_CASE: Kind =
    &row("one of any case", "one of the values that are allowed", "", choice::one_of_any_case);
/// One of the values that are allowed.
pub const SOME_OF: Kind = &row("some of", "one of the values that are allowed", "", choice::some_of);
/// One of the values that are registered.
pub const REGISTERED: Kind = &row("registered", "one of the values that are registered", "", choice::registered);
/// Yes or no.
pub const YES_NO: Kind = &Row { w3c: &["InvalidYesNo"], ..row("yes no", "yes or no", "", choice::yes_no) };
/// True or false: XML Schema 1.1, part 2, section 3.3.2.
pub const BOOLEAN: Kind = &Row {
    w3c: &["InvalidTrueFalse"],
    ..row("boolean", "true or false", "XML Schema 1.1, part 2, section 3.3.2", choice::boolean)
};
/// A whole number.
pub const INTEGER: Kind =
    &Row { code: "invalid-number", w3c: &["InvalidInteger"], ..row("integer", "a whole number", "", number::integer) };
/// A whole number from 0 on.
pub const NON_NEGATIVE: Kind = &Row {
    code: "invalid-number",
    w3c: &["InvalidNonNegativeInteger"],
    ..row("non negative", "a whole number from 0 on", "", number::non_negative)
};
/// A whole number from 1 on.
pub const POSITIVE: Kind = &Row {
    code: "invalid-number",
    w3c: &["InvalidPositiveInteger"],
    ..row("positive", "a whole number from 1 on", "", number::positive)
};
/// A number in its range.
pub const BETWEEN: Kind = &Row {
    code: "invalid-number",
    w3c: &["InvalidInteger"],
    ..row("between", "a number in its range", "", number::between)
};
/// A number.
pub const NUMBER: Kind =
    &Row { code: "invalid-number", w3c: &["InvalidFloat"], ..row("number", "a number", "", number::decimal) };
/// A number from 0 on.
pub const MEASURE: Kind = &Row {
    code: "invalid-number",
    w3c: &["InvalidFloat"],
    ..row("measure", "a number from 0 on", "", number::measure)
};
/// A number of seconds.
pub const LENGTH_OF_TIME: Kind = &Row {
    code: "invalid-number",
    w3c: &["InvalidFloat"],
    example: "60",
    ..row("length of time", "a number of seconds above 0", "", number::above_zero)
};
/// A percentage from 0 to 100.
pub const PERCENTAGE: Kind = &Row {
    code: "invalid-number",
    w3c: &["InvalidPercentage"],
    ..row("percentage", "a percentage from 0 to 100", "", number::percentage)
};
/// Whole numbers with commas between them.
pub const INTEGERS: Kind = &Row {
    code: "invalid-number",
    w3c: &["InvalidCommaSeparatedIntegers"],
    ..row("integers", "whole numbers with commas between them", "", number::list)
};
/// A latitude from -90 to 90: WGS 84.
pub const LATITUDE: Kind = &Row {
    code: "invalid-value",
    w3c: &["InvalidLatitude"],
    ..row("latitude", "a latitude from -90 to 90", "WGS 84", number::latitude)
};
/// A longitude from -180 to 180: WGS 84.
pub const LONGITUDE: Kind = &Row {
    code: "invalid-value",
    w3c: &["InvalidLongitude"],
    ..row("longitude", "a longitude from -180 to 180", "WGS 84", number::longitude)
};
/// Pairs of latitude and longitude: GeoRSS-Simple.
pub const POSITIONS: Kind = &Row {
    code: "invalid-value",
    w3c: &["InvalidCoordList"],
    ..row("positions", "pairs of latitude and longitude", "GeoRSS-Simple", number::positions)
};
/// A version number.
pub const VERSION: Kind = &row("version", "a version number", "", number::version);
/// A colour: HTML, section 2.3.6.
pub const COLOUR: Kind =
    &Row { example: "#336699", ..row("colour", "a colour", "HTML, section 2.3.6", number::colour) };
/// A date of RFC 822: RFC 822, section 5; RFC 2822, section 3.3.
pub const RFC822_DATE: Kind = &Row {
    code: "invalid-date",
    w3c: &["InvalidRFC2822Date"],
    example: "Wed, 24 Sep 2025 03:17:09 +0200",
    ..row("rfc822 date", "a date of RFC 822", "RFC 822, section 5; RFC 2822, section 3.3", date::rfc822)
};
/// A date of RFC 3339: RFC 3339, section 5.6; RFC 4287, section 3.3.
pub const RFC3339_DATE: Kind = &Row {
    code: "invalid-date",
    w3c: &["InvalidRFC3339Date"],
    tight: Tight::Always,
    example: "2025-09-24T03:17:09+02:00",
    ..row("rfc3339 date", "a date of RFC 3339", "RFC 3339, section 5.6; RFC 4287, section 3.3", date::rfc3339)
};
/// A date of the W3C: W3C note Date and Time Formats.
pub const W3C_DATE: Kind = &Row {
    code: "invalid-date",
    w3c: &["InvalidW3CDTFDate"],
    example: "2025-09-24T03:17:09+02:00",
    ..row("w3c date", "a date of the W3C", "W3C note Date and Time Formats", date::w3c)
};
/// A date of ISO 8601: ISO 8601.
pub const ISO8601_DATE: Kind = &Row {
    code: "invalid-date",
    w3c: &["InvalidISO8601DateTime"],
    example: "2025-09-24T03:17:09+02:00",
    ..row("iso8601 date", "a date of ISO 8601", "ISO 8601", date::iso8601)
};
/// A date.
pub const DATE: Kind =
    &Row { code: "invalid-date", w3c: &["InvalidRFC2822Date"], ..row("date", "a date", "", date::any) };
/// A length of time: Apple, podcast requirements.
pub const DURATION: Kind = &Row {
    code: "invalid-value",
    w3c: &["InvalidDuration"],
    example: "1:02:03",
    ..row("duration", "a length of time", "Apple, podcast requirements", time::duration)
};
/// A play time: RFC 2326, section 3.6.
pub const PLAY_TIME: Kind = &Row {
    code: "invalid-value",
    w3c: &["InvalidNPTTime"],
    example: "0:01:30.5",
    ..row("play time", "a play time", "RFC 2326, section 3.6", time::play_time)
};
/// A duration of ISO 8601: ISO 8601.
pub const ISO_DURATION: Kind = &Row {
    code: "invalid-value",
    w3c: &["InvalidDuration"],
    example: "PT1H2M",
    ..row("iso duration", "a duration of ISO 8601", "ISO 8601", time::iso_duration)
};
/// An address: RFC 3986.
pub const URI: Kind = &Row {
    tight: Tight::Attribute,
    blanks: &["InvalidUriChar", "InvalidLink"],
    code: "invalid-url",
    w3c: &["InvalidLink"],
    empty: Empty::Fine,
    ..row("uri", "an address", "RFC 3986", address::uri)
};
/// An address: RFC 3987.
pub const IRI: Kind = &Row {
    tight: Tight::Attribute,
    blanks: &["InvalidUriChar", "InvalidLink"],
    code: "invalid-url",
    w3c: &["InvalidIRI"],
    empty: Empty::Fine,
    ..row("iri", "an address", "RFC 3987", address::iri)
};
/// An absolute address: RFC 3986, section 4.3.
pub const ABSOLUTE_URL: Kind = &Row {
    tight: Tight::Attribute,
    blanks: &["InvalidUriChar", "InvalidLink"],
    code: "invalid-url",
    w3c: &["InvalidLink"],
    ..row("absolute url", "an absolute address", "RFC 3986, section 4.3", address::absolute)
};
/// An address on the web: RSS 2.0.
pub const WEB_URL: Kind = &Row {
    tight: Tight::Attribute,
    blanks: &["InvalidUriChar", "InvalidLink"],
    code: "invalid-url",
    w3c: &["InvalidURLAttribute"],
    ..row("web url", "an address on the web", "RSS 2.0", address::web)
};
/// An absolute address: RFC 4287, section 4.2.6.
pub const ID: Kind = &Row {
    code: "invalid-url",
    w3c: &["InvalidFullLink"],
    empty: Empty::Unwanted,
    tight: Tight::Always,
    ..row("id", "an absolute address", "RFC 4287, section 4.2.6", address::id)
};
/// A name as a URN has it: RFC 8141, section 2.
pub const URN_PART: Kind = &Row {
    code: "invalid-url",
    w3c: &["InvalidNSS"],
    ..row("urn part", "a name as a URN has it", "RFC 8141, section 2", address::urn_part)
};
/// A UUID: RFC 9562.
pub const UUID: Kind = &Row { w3c: &["InvalidUUID"], ..row("uuid", "a UUID", "RFC 9562", address::uuid) };
/// A UUID that is made of a name: RFC 9562, section 5.5.
pub const NAMED_UUID: Kind =
    &Row { w3c: &["InvalidUUID"], ..row("named uuid", "a UUID", "RFC 9562, section 5.5", podcast::named_uuid) };
/// A place on the earth: RFC 5870.
pub const GEO_URI: Kind = &Row {
    example: "geo:53.5503,9.9937",
    ..row("geo uri", "a place as RFC 5870 writes it", "RFC 5870", podcast::geo_uri)
};
/// An object of OpenStreetMap.
pub const MAP_OBJECT: Kind = &Row {
    example: "R62782",
    ..row("map object", "an object of OpenStreetMap", "OpenStreetMap, elements", podcast::map_object)
};
/// How often something comes again: RFC 5545, section 3.3.10.
pub const RECURRENCE: Kind = &Row {
    example: "FREQ=WEEKLY",
    ..row("recurrence", "a rule of recurrence", "RFC 5545, section 3.3.10", podcast::recurrence)
};
/// An address of e-mail: RFC 5322, section 3.4.1.
pub const MAIL: Kind = &Row {
    code: "invalid-mail-address",
    w3c: &["InvalidAddrSpec"],
    ..row("mail", "an address of e-mail", "RFC 5322, section 3.4.1", address::mail)
};
/// An address of e-mail: RSS 2.0; RSS Advisory Board profile.
pub const PERSON: Kind = &Row {
    code: "invalid-mail-address",
    w3c: &["InvalidContact"],
    example: "mail@example.com (Name)",
    ..row("person", "an address of e-mail", "RSS 2.0; RSS Advisory Board profile", address::person)
};
/// A language: BCP 47 (RFC 5646).
pub const LANGUAGE: Kind = &Row {
    code: "invalid-language",
    w3c: &["InvalidLanguage"],
    example: "en-GB",
    ..row("language", "a language", "BCP 47 (RFC 5646)", label::language)
};
/// A media type: RFC 6838, section 4.2.
pub const MEDIA_TYPE: Kind = &Row {
    code: "invalid-media-type",
    w3c: &["InvalidMIMEType"],
    example: "audio/mpeg",
    ..row("media type", "a media type", "RFC 6838, section 4.2", label::media_type)
};
/// A character encoding: Encoding standard.
pub const CHARSET: Kind = &Row {
    w3c: &["InvalidEncoding"],
    example: "utf-8",
    ..row("charset", "a character encoding", "Encoding standard", label::charset)
};
/// A hash.
pub const HASH: Kind = &Row { w3c: &["InvalidMediaHash"], ..row("hash", "a hash", "", label::hash) };
/// A country: ISO 3166-1.
pub const COUNTRY: Kind =
    &Row { w3c: &["InvalidCountryCode"], example: "GB", ..row("country", "a country", "ISO 3166-1", label::country) };
/// Countries: ISO 3166-1.
pub const COUNTRIES: Kind = &Row {
    w3c: &["InvalidCountryCode"],
    example: "GB IE",
    ..row("countries", "countries", "ISO 3166-1", label::countries)
};
/// A relation of links: RFC 8288, section 2.1.
pub const RELATION: Kind = &Row {
    tight: Tight::Attribute,
    blanks: &["UnregisteredAtomLinkRel"],
    empty: Empty::Unwanted,
    code: "unregistered-value",
    w3c: &["UnregisteredAtomLinkRel"],
    ..row("relation", "a relation of links", "RFC 8288, section 2.1", label::relation)
};
/// The name of a control in a form: HTML 4, section 6.2.
pub const CONTROL_NAME: Kind = &Row {
    w3c: &["InvalidFormComponentName"],
    ..row("control name", "the name of a control in a form", "HTML 4, section 6.2", label::control_name)
};

/// Whether a text holds tags or entities of HTML.
pub(super) fn holds_markup(text: &str) -> bool {
    memchr::memchr(b'<', text.as_bytes()).is_some() && text::markup(text).is_some()
}

/// Plain text in Atom.
pub const ATOM_TEXT: Kind = &Row {
    code: "html-in-plain-text",
    w3c: &["ContainsUndeclaredHTML"],
    empty: Empty::Fine,
    ..row("atom text", "plain text", "RFC 4287, section 3.1.1.1", text::plain)
};
/// An address in Atom: no blanks may stand around it (RFC 4287, section 2).
pub const ATOM_IRI: Kind = &Row {
    code: "invalid-url",
    w3c: &["InvalidIRI"],
    tight: Tight::Always,
    empty: Empty::Unwanted,
    ..row("atom iri", "an address", "RFC 4287, section 2", address::iri)
};
/// An address of e-mail in Atom.
pub const ATOM_MAIL: Kind = &Row {
    code: "invalid-mail-address",
    w3c: &["InvalidAddrSpec"],
    tight: Tight::Always,
    ..row("atom mail", "an address of e-mail", "RFC 4287, section 3.2.3", address::mail)
};
/// Small letters.
pub const LOWER_CASE: Kind = &row("lower case", "written in small letters", "Media RSS", choice::lower_case);
/// A whole page.
pub const PAGE: Kind = &Row {
    code: "invalid-html",
    w3c: &["HtmlFragment"],
    empty: Empty::Fine,
    ..row("page", "a whole page", "RFC 4287, section 4.1.3.3", text::page)
};
/// A person's name.
pub const PERSON_NAME: Kind = &Row {
    code: "html-in-plain-text",
    w3c: &["ContainsHTML"],
    empty: Empty::Unwanted,
    ..row("person name", "a name", "RFC 4287, section 3.2.1", address::person_name)
};
/// An address that can be opened.
pub const PERMALINK: Kind = &Row {
    code: "invalid-url",
    w3c: &["InvalidHttpGUID"],
    empty: Empty::Unwanted,
    ..row("permalink", "an address on the web", "RSS 2.0, guid", address::permalink)
};
/// The address of a picture that browsers show.
pub const PICTURE_URL: Kind = &Row {
    code: "invalid-url",
    w3c: &["InvalidLink"],
    ..row("picture url", "an absolute address", "RSS 2.0, image", address::picture)
};

/// The kinds.
pub const KINDS: &[Kind] = &[
    ATOM_IRI,
    ATOM_MAIL,
    ATOM_TEXT,
    LOWER_CASE,
    PAGE,
    PERSON_NAME,
    PERMALINK,
    PICTURE_URL,
    TEXT,
    TITLE,
    PLAIN_TEXT,
    NAME,
    HTML,
    AT_MOST,
    BASE64,
    ONE_OF,
    ONE_OF_ANY_CASE,
    SOME_OF,
    REGISTERED,
    YES_NO,
    BOOLEAN,
    INTEGER,
    NON_NEGATIVE,
    POSITIVE,
    BETWEEN,
    NUMBER,
    MEASURE,
    LENGTH_OF_TIME,
    PERCENTAGE,
    INTEGERS,
    LATITUDE,
    LONGITUDE,
    POSITIONS,
    VERSION,
    COLOUR,
    RFC822_DATE,
    RFC3339_DATE,
    W3C_DATE,
    ISO8601_DATE,
    DATE,
    DURATION,
    PLAY_TIME,
    ISO_DURATION,
    URI,
    IRI,
    ABSOLUTE_URL,
    WEB_URL,
    ID,
    URN_PART,
    UUID,
    NAMED_UUID,
    GEO_URI,
    MAP_OBJECT,
    RECURRENCE,
    MAIL,
    PERSON,
    LANGUAGE,
    MEDIA_TYPE,
    CHARSET,
    HASH,
    COUNTRY,
    COUNTRIES,
    RELATION,
    CONTROL_NAME,
];
