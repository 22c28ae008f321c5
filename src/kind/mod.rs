//! The kinds of values: what may stand in an element or attribute. A table names one; each is a row, with what it checks
//! and where that is specified. To add one: write its row and its check in the file of its neighbours, then name it here.

mod address;
mod choice;
mod date;
mod id;
mod label;
mod mail;
mod number;
mod podcast;
mod text;
mod time;
mod weight;

use std::{borrow::Cow, ops::Range};

pub use address::{ABSOLUTE_URL, ATOM_IRI, IRI, PERMALINK, PICTURE_URL, URI, WEB_URL};
pub use choice::{BOOLEAN, LOWER_CASE, ONE_OF, ONE_OF_ANY_CASE, REGISTERED, SOME_OF, YES_NO};
pub use date::{DATE, ISO8601_DATE, RFC822_DATE, RFC3339_DATE, W3C_DATE};
pub use id::{ID, URN_PART, UUID};
pub use label::{CHARSET, CONTROL_NAME, COUNTRIES, COUNTRY, HASH, LANGUAGE, MEDIA_TYPE, RELATION};
pub use mail::{ATOM_MAIL, MAIL, PERSON, PERSON_NAME};
pub use number::{
    BETWEEN, COLOUR, INTEGER, INTEGERS, LATITUDE, LENGTH_OF_TIME, LONGITUDE, MEASURE, NON_NEGATIVE, NUMBER, PERCENTAGE,
    POSITIONS, POSITIVE, VERSION,
};
pub use podcast::{GEO_URI, MAP_OBJECT, NAMED_UUID, RECURRENCE};
pub(crate) use text::holds_markup;
pub use text::{AT_MOST, ATOM_TEXT, BASE64, HTML, NAME, PAGE, PLAIN_TEXT, TEXT, TITLE};
pub use time::{DURATION, ISO_DURATION, PLAY_TIME};
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
