//! Dates as feeds and posts write them. The one folder that knows jiff.
//!
//! A [`Date`] is its text and, where that can be read, its [`Moment`]: fields as they were written, the offset kept,
//! with the precision that was there. Nothing here asks for the clock or the machine's time zone.
//!
//! - `strict`: RFC 822 (with four-digit years), RFC 3339, W3C date and time, to the letter. Most dates end here.
//! - `loose`: everything else that has one meaning only; each departure is a [`Rescue`].
//! - `names`: months, days and zones by name, in many languages.

mod format;
mod loose;
mod names;
mod strict;
#[cfg(test)]
mod tests;

use std::{borrow::Cow, fmt::Write};

/// Longer texts are not read: no spelling of a date needs more.
pub const LONGEST: usize = 128;

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
    /// Year, 1 to 9999.
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
    /// Seconds east of UTC, whole minutes; none was written: `None`, which [`Moment::timestamp`] takes for UTC.
    pub offset: Option<i32>,
    /// How much was written.
    pub precision: Precision,
}

/// A date: what stands in the source, and what it means. Dates that mean the same are equal, however they are spelt.
#[derive(Debug, Clone, Default)]
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

impl PartialEq for Date {
    fn eq(&self, other: &Self) -> bool {
        match (&self.moment, &other.moment) {
            (Some(moment), Some(other)) => moment == other,
            (None, None) => self.text == other.text,
            _ => false,
        }
    }
}

impl Eq for Date {}

impl From<Moment> for Date {
    /// The date of a moment, in its shortest spelling.
    fn from(moment: Moment) -> Self {
        Date { text: moment.written(), moment: Some(moment) }
    }
}

/// What had to be mended to read a date that is neither RFC 822, RFC 3339 nor W3C date and time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Rescue {
    /// The day of the week is not that day's.
    WrongWeekday,
    /// A year of fewer than four digits: 00 to 49 are of this century, others of the last.
    ShortYear,
    /// The name of a day or month is spelt out.
    LongName,
    /// The name of a day or month is not English.
    Language,
    /// A zone by a name that RFC 822 does not know.
    NamedZone {
        /// The name.
        name: &'static str,
        /// What it was taken for, in minutes east of UTC.
        minutes: i16,
        /// Whether other zones have that name too.
        ambiguous: bool,
    },
    /// One letter as a zone, which RFC 2822 takes for UTC because RFC 822 had the signs wrong.
    MilitaryZone,
    /// A numeric offset in another spelling: `+1`, `GMT+2`.
    ZoneSpelling,
    /// A time without a zone.
    NoZone,
    /// Second 60, read as 59.
    LeapSecond,
    /// Hour 24, read as midnight of the next day.
    Hour24,
    /// Hours with AM or PM.
    TwelveHours,
    /// Day and month in an order that only their values tell.
    Order,
    /// Anything else: separators, missing noughts or commas, fields in another order.
    Spelling,
}

impl Rescue {
    /// Half a sentence for a finding: "the day of the week is wrong".
    pub fn words(&self) -> Cow<'static, str> {
        Cow::Borrowed(match self {
            Rescue::WrongWeekday => "the day of the week is wrong",
            Rescue::ShortYear => "the year has fewer than four digits",
            Rescue::LongName => "the name of a day or month is not cut to three letters",
            Rescue::Language => "the name of a day or month is not English",
            Rescue::NamedZone { name, minutes, ambiguous } => {
                let also = if *ambiguous { ", though others have that name too" } else { "" };
                return Cow::Owned(format!(
                    "the zone `{name}` is taken for {}{also}",
                    offset(i32::from(*minutes), ":")
                ));
            }
            Rescue::MilitaryZone => "a zone of one letter is taken for UTC",
            Rescue::ZoneSpelling => "the offset is not spelt with a sign and four digits",
            Rescue::NoZone => "the zone is missing",
            Rescue::LeapSecond => "the leap second 60 is read as 59",
            Rescue::Hour24 => "the hour 24 is read as midnight of the next day",
            Rescue::TwelveHours => "the hours are counted with AM and PM",
            Rescue::Order => "day and month are told apart by their values only",
            Rescue::Spelling => "it is in no standard spelling",
        })
    }
}

/// What was mended in a date, as half a sentence; `None` where nothing was.
pub fn rescued(rescues: &[Rescue]) -> Option<String> {
    let (last, others) = rescues.split_last()?;
    let mut words = String::new();
    for rescue in others {
        words.push_str(&rescue.words());
        words.push_str(", ");
    }
    if !others.is_empty() {
        words.push_str("and ");
    }
    words.push_str(&last.words());
    Some(words)
}

/// Reads a date, and says what had to be mended. What cannot be read, or could mean two days, has no moment. Tried in
/// turn: RFC 3339, RFC 822 with the years of RFC 2822, W3C date and time, then what feeds have been seen to write.
///
/// ```
/// use slugline::date;
///
/// let (date, rescues) = date::read("Wed, 24 Sep 2025 03:17:09 GMT");
/// assert_eq!(date.moment.expect("a moment").rfc3339(), "2025-09-24T03:17:09+00:00");
/// assert!(rescues.is_empty());
/// assert_eq!(date::read("04/05/2025").0.moment, None, "which of the two is the month?");
/// ```
pub fn read(text: &str) -> (Date, Vec<Rescue>) {
    let text = text.trim();
    let mut rescues = Vec::new();
    let moment = if text.len() > LONGEST {
        None
    } else {
        strict::rfc3339(text)
            .or_else(|| strict::rfc822(strict::without_comment(text), &mut rescues))
            .or_else(|| strict::w3c(text))
            .map(|moment| strict::settle(moment, &mut rescues))
            .unwrap_or_else(|| {
                rescues.clear();
                loose::read(without_zone_name(text), &mut rescues)
            })
    };
    if moment.is_none() {
        rescues.clear();
    }
    (Date { text: text.to_owned(), moment }, rescues)
}

/// The text without a zone's name behind a numeric offset, which says all: `2025-09-24 03:17:09 +0200 CEST`, as Go's
/// `Time.String` has it.
fn without_zone_name(text: &str) -> &str {
    let Some((rest, name)) = text.rsplit_once(' ') else { return text };
    let is_name = (2..=5).contains(&name.len()) && name.bytes().all(|b| b.is_ascii_uppercase());
    let offset = rest.rsplit(' ').next().unwrap_or_default();
    let is_offset =
        offset.len() == 5 && offset.starts_with(['+', '-']) && offset[1..].bytes().all(|b| b.is_ascii_digit());
    if is_name && is_offset { rest } else { text }
}

/// Whether the text is a date as RSS wants it: RFC 822 with a year of two or four digits, one that exists. The day of
/// the week may be wrong (see [`Rescue::WrongWeekday`]).
pub fn is_rfc822(text: &str) -> bool {
    strict::rfc822(strict::without_comment(text), &mut Vec::new()).is_some_and(strict::exists)
}

/// Whether the text is a date and time of RFC 3339 with capital `T` and `Z`, as Atom wants it (RFC 4287,
/// section 3.3), one that exists.
pub fn is_rfc3339(text: &str) -> bool {
    !text.contains(['t', 'z']) && strict::rfc3339(text).is_some_and(strict::exists)
}

/// Whether the text is a W3C date and time of any precision, from the year alone on, one that exists.
pub fn is_w3c(text: &str) -> bool {
    is_rfc3339(text) || strict::w3c(text).is_some_and(strict::exists)
}

/// `+hh:mm` with what stands between hours and minutes.
fn offset(minutes: i32, between: &str) -> String {
    let (sign, minutes) = (if minutes < 0 { '-' } else { '+' }, minutes.unsigned_abs());
    let mut text = String::with_capacity(6);
    text.push(sign);
    two(&mut text, minutes / 60);
    text.push_str(between);
    two(&mut text, minutes % 60);
    text
}

/// Appends two digits, as most parts of a date have them.
fn two(text: &mut String, number: u32) {
    if number > 99 {
        let _ = write!(text, "{number}");
        return;
    }
    text.push(char::from(b'0' + (number / 10) as u8));
    text.push(char::from(b'0' + (number % 10) as u8));
}

impl Moment {
    /// The moment so many seconds after 1970-01-01T00:00:00Z, in UTC; `None` outside of the years 1 to 9999.
    pub fn from_timestamp(seconds: i64) -> Option<Self> {
        let (days, second) = (seconds.div_euclid(86_400), seconds.rem_euclid(86_400));
        let start = jiff::civil::date(1970, 1, 1);
        let date = start.checked_add(jiff::Span::new().try_days(days).ok()?).ok().filter(|date| date.year() > 0)?;
        Some(Moment {
            year: date.year(),
            month: date.month() as u8,
            day: date.day() as u8,
            hour: (second / 3600) as u8,
            minute: (second / 60 % 60) as u8,
            second: (second % 60) as u8,
            nanosecond: 0,
            offset: Some(0),
            precision: Precision::Second,
        })
    }

    /// Seconds since 1970-01-01T00:00:00Z; a date without offset is taken for UTC.
    pub fn timestamp(&self) -> i64 {
        // Days since 1970 by counting years from March, so that the leap day is a year's last.
        let (year, month) = (i64::from(self.year), i64::from(self.month));
        let year = if month <= 2 { year - 1 } else { year };
        let day_of_year = (153 * ((month + 9) % 12) + 2) / 5 + i64::from(self.day) - 1;
        let days =
            365 * year + year.div_euclid(4) - year.div_euclid(100) + year.div_euclid(400) + day_of_year - 719_468;
        let seconds = i64::from(self.hour) * 3600 + i64::from(self.minute) * 60 + i64::from(self.second);
        days * 86_400 + seconds - i64::from(self.offset.unwrap_or(0))
    }

    /// RFC 3339 with a numeric offset: `2025-09-24T03:17:09+02:00`; `+00:00` where none was written.
    pub fn rfc3339(&self) -> String {
        let mut text = String::with_capacity(25);
        self.push_day(&mut text);
        self.push_time(&mut text, true);
        text.push_str(&offset(self.offset.unwrap_or(0) / 60, ":"));
        text
    }

    /// RFC 822 as RSS wants it: `Wed, 24 Sep 2025 03:17:09 +0200`. Fractions of a second have no place there.
    pub fn rfc822(&self) -> String {
        let midnight = Moment { hour: 0, minute: 0, second: 0, offset: None, ..*self };
        let weekday = (midnight.timestamp().div_euclid(86_400) + 3).rem_euclid(7) as usize;
        let month = usize::from(self.month.clamp(1, 12)) - 1;
        format!(
            "{}, {:02} {} {:04} {:02}:{:02}:{:02} {}",
            names::DAYS_SHORT[weekday],
            self.day,
            names::MONTHS_SHORT[month],
            self.year,
            self.hour,
            self.minute,
            self.second,
            offset(self.offset.unwrap_or(0) / 60, "")
        )
    }

    /// The shortest spelling of RFC 3339 or W3C date and time with just the precision that was written, and an
    /// offset only where one was: `2025-09-24`.
    pub fn written(&self) -> String {
        let mut text = String::with_capacity(25);
        match self.precision {
            Precision::Year => drop(write!(text, "{:04}", self.year)),
            Precision::Month => drop(write!(text, "{:04}-{:02}", self.year, self.month)),
            Precision::Day => self.push_day(&mut text),
            Precision::Minute | Precision::Second | Precision::Fraction => {
                self.push_day(&mut text);
                self.push_time(&mut text, self.precision != Precision::Minute);
                match self.offset {
                    None => {}
                    Some(0) => text.push('Z'),
                    Some(seconds) => text.push_str(&offset(seconds / 60, ":")),
                }
            }
        }
        text
    }

    fn push_day(&self, text: &mut String) {
        match u16::try_from(self.year) {
            Ok(year) if year < 10_000 => {
                two(text, (year / 100).into());
                two(text, (year % 100).into());
            }
            _ => {
                let _ = write!(text, "{:04}", self.year);
            }
        }
        text.push('-');
        two(text, self.month.into());
        text.push('-');
        two(text, self.day.into());
    }

    fn push_time(&self, text: &mut String, seconds: bool) {
        text.push('T');
        two(text, self.hour.into());
        text.push(':');
        two(text, self.minute.into());
        if seconds {
            text.push(':');
            two(text, self.second.into());
            if self.precision == Precision::Fraction {
                let digits = format!("{:09}", self.nanosecond);
                let digits = digits.trim_end_matches('0');
                text.push('.');
                text.push_str(if digits.is_empty() { "0" } else { digits });
            }
        }
    }
}
