//! Dates as feeds and posts write them. The one file that knows jiff.
//!
//! A [`Date`] is its text and, where that can be read, its [`Moment`]: fields as they were written, the offset kept,
//! with the precision that was there. Nothing here asks for the clock or the machine's time zone.

/// How much of a date was written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Precision {
    /// `2025`
    Year,
    /// `2025-09`
    Month,
    /// `2025-09-24`
    Day,
    /// `2025-09-24T03:17Z`
    Minute,
    /// `2025-09-24T03:17:09Z`
    Second,
    /// `2025-09-24T03:17:09.123Z`
    Fraction,
}

/// A date that could be read: what was written, field by field; what was not is the least it can be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Moment {
    /// Year, 0 to 9999.
    pub year: i16,
    /// 1 to 12.
    pub month: u8,
    /// 1 to 31.
    pub day: u8,
    /// 0 to 23.
    pub hour: u8,
    /// 0 to 59.
    pub minute: u8,
    /// 0 to 59; a leap second is read as 59.
    pub second: u8,
    /// 0 to 999,999,999.
    pub nanosecond: u32,
    /// Seconds east of UTC; none was written: `None`, which [`Moment::timestamp`] takes for UTC.
    pub offset: Option<i32>,
    /// How much was written.
    pub precision: Precision,
}

/// A date: what stands in the source, and what it means.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Date {
    /// As written, without the blanks around it.
    pub text: String,
    /// `None` when it could not be read.
    pub moment: Option<Moment>,
}

impl Date {
    /// Reads a date in any spelling known here; see [`read`] for what had to be guessed.
    pub fn new(text: &str) -> Self {
        read(text).0
    }
}

/// What had to be mended to read a date: half a sentence for a finding, such as "the day of the week is wrong".
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rescue(pub String);

/// Reads a date, and says what had to be mended.
pub fn read(text: &str) -> (Date, Vec<Rescue>) {
    (Date { text: text.trim().to_owned(), moment: None }, Vec::new())
}

impl Moment {
    /// Seconds since 1970-01-01T00:00:00Z; a date without offset is taken for UTC.
    pub fn timestamp(&self) -> i64 {
        0
    }

    /// RFC 3339 with a numeric offset: `2025-09-24T03:17:09+02:00`; `+00:00` where none was written.
    pub fn rfc3339(&self) -> String {
        String::new()
    }

    /// RFC 822 as RSS wants it: `Wed, 24 Sep 2025 03:17:09 +0200`.
    pub fn rfc822(&self) -> String {
        String::new()
    }

    /// The shortest spelling of RFC 3339 or W3C date and time with just the precision that was written, and an
    /// offset only where one was: `2025-09-24`.
    pub fn written(&self) -> String {
        String::new()
    }
}
