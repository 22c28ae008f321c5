//! The spellings that the formats ask for, to the letter: RFC 822, RFC 3339, W3C date and time.

use super::{Moment, Precision, Rescue, names};

/// The fields with nothing written yet.
pub(super) const BLANK: Moment = Moment {
    year: 0,
    month: 1,
    day: 1,
    hour: 0,
    minute: 0,
    second: 0,
    nanosecond: 0,
    offset: None,
    precision: Precision::Year,
};

/// What is left of a text.
struct Rest<'t>(&'t [u8]);

impl Rest<'_> {
    fn one(&mut self, is: impl Fn(u8) -> bool) -> Option<u8> {
        let (&first, rest) = self.0.split_first()?;
        is(first).then(|| {
            self.0 = rest;
            first
        })
    }

    fn eat(&mut self, byte: u8) -> Option<()> {
        self.one(|found| found == byte).map(|_| ())
    }

    /// A number of `least` to `most` digits, with how many there were.
    fn number(&mut self, least: usize, most: usize) -> Option<(u32, usize)> {
        let mut value = 0;
        let mut count = 0;
        while count < most
            && let Some(digit) = self.one(|byte| byte.is_ascii_digit())
        {
            value = value * 10 + u32::from(digit - b'0');
            count += 1;
        }
        (count >= least).then_some((value, count))
    }

    fn two(&mut self) -> Option<u8> {
        self.number(2, 2).map(|(value, _)| value as u8)
    }

    /// A word of ASCII letters.
    fn word(&mut self) -> Option<&str> {
        let end = self.0.iter().position(|byte| !byte.is_ascii_alphabetic()).unwrap_or(self.0.len());
        let (word, rest) = self.0.split_at(end);
        self.0 = rest;
        std::str::from_utf8(word).ok().filter(|word| !word.is_empty())
    }

    fn blanks(&mut self) -> Option<()> {
        self.eat(b' ')?;
        while self.eat(b' ').is_some() {}
        Some(())
    }

    /// Digits after a decimal sign, as nanoseconds; more than nine are cut.
    fn fraction(&mut self) -> Option<u32> {
        let (mut value, mut scale) = (0, 100_000_000);
        self.0.first().filter(|byte| byte.is_ascii_digit())?;
        while let Some(digit) = self.one(|byte| byte.is_ascii_digit()) {
            value += u32::from(digit - b'0') * scale;
            scale /= 10;
        }
        Some(value)
    }

    /// `Z` or `±hh:mm`, as seconds.
    fn zone(&mut self) -> Option<i32> {
        if self.one(|byte| matches!(byte, b'Z' | b'z')).is_some() {
            return Some(0);
        }
        let negative = self.one(|byte| matches!(byte, b'+' | b'-'))? == b'-';
        let hours = self.two()?;
        self.eat(b':')?;
        seconds(negative, hours.into(), self.two()?.into())
    }

    fn end(&self) -> Option<()> {
        self.0.is_empty().then_some(())
    }
}

/// An offset in seconds; `None` when there is no such offset.
pub(super) fn seconds(negative: bool, hours: u32, minutes: u32) -> Option<i32> {
    let seconds = (hours * 3600 + minutes * 60) as i32;
    (hours < 24 && minutes < 60).then_some(if negative { -seconds } else { seconds })
}

/// Date and time of RFC 3339, section 5.6.
pub(super) fn rfc3339(text: &str) -> Option<Moment> {
    let mut rest = Rest(text.as_bytes());
    let mut moment = Moment { precision: Precision::Second, ..BLANK };
    moment.year = rest.number(4, 4)?.0 as i16;
    rest.eat(b'-')?;
    moment.month = rest.two()?;
    rest.eat(b'-')?;
    moment.day = rest.two()?;
    rest.one(|byte| matches!(byte, b'T' | b't'))?;
    moment.hour = rest.two()?;
    rest.eat(b':')?;
    moment.minute = rest.two()?;
    rest.eat(b':')?;
    moment.second = rest.two()?;
    if rest.eat(b'.').is_some() {
        moment.nanosecond = rest.fraction()?;
        moment.precision = Precision::Fraction;
    }
    moment.offset = Some(rest.zone()?);
    rest.end().map(|()| moment)
}

/// W3C date and time, where it is less than RFC 3339: the year alone, down to the minute.
pub(super) fn w3c(text: &str) -> Option<Moment> {
    let mut rest = Rest(text.as_bytes());
    let mut moment = Moment { year: rest.number(4, 4)?.0 as i16, ..BLANK };
    if rest.end().is_some() {
        return Some(moment);
    }
    rest.eat(b'-')?;
    (moment.month, moment.precision) = (rest.two()?, Precision::Month);
    if rest.end().is_some() {
        return Some(moment);
    }
    rest.eat(b'-')?;
    (moment.day, moment.precision) = (rest.two()?, Precision::Day);
    if rest.end().is_some() {
        return Some(moment);
    }
    rest.eat(b'T')?;
    (moment.hour, moment.precision) = (rest.two()?, Precision::Minute);
    rest.eat(b':')?;
    moment.minute = rest.two()?;
    moment.offset = Some(rest.zone()?);
    rest.end().map(|()| moment)
}

/// The text without a comment at its end: `+0000 (UTC)`.
pub(super) fn without_comment(text: &str) -> &str {
    let mut depth = 0usize;
    for (at, byte) in text.bytes().enumerate().rev() {
        match byte {
            b')' => depth += 1,
            _ if depth == 0 => return text,
            b'(' if depth == 1 => return text[..at].trim_end(),
            b'(' => depth -= 1,
            _ => {}
        }
    }
    text
}

/// RFC 822, section 5, with RFC 1123's years of four digits. Letter case does not count.
pub(super) fn rfc822(text: &str, rescues: &mut Vec<Rescue>) -> Option<Moment> {
    let mut rest = Rest(text.as_bytes());
    let mut moment = Moment { precision: Precision::Minute, ..BLANK };
    let mut weekday = None;
    if !rest.0.first()?.is_ascii_digit() {
        weekday = Some(index(&names::DAYS_SHORT, rest.word()?)?);
        rest.eat(b',')?;
        rest.blanks()?;
    }
    moment.day = rest.number(1, 2)?.0 as u8;
    rest.blanks()?;
    moment.month = index(&names::MONTHS_SHORT, rest.word()?)? as u8 + 1;
    rest.blanks()?;
    let (year, digits) = rest.number(2, 4).filter(|&(_, digits)| digits != 3)?;
    moment.year = full_year(year, digits)?;
    rest.blanks()?;
    moment.hour = rest.two()?;
    rest.eat(b':')?;
    moment.minute = rest.two()?;
    if rest.eat(b':').is_some() {
        (moment.second, moment.precision) = (rest.two()?, Precision::Second);
    }
    rest.blanks()?;
    let mut military = false;
    moment.offset = Some(if let Some(sign) = rest.one(|byte| matches!(byte, b'+' | b'-')) {
        let hours = rest.two()?;
        seconds(sign == b'-', hours.into(), rest.two()?.into())?
    } else {
        let zone = rest.word()?;
        military = zone.len() == 1 && !zone.eq_ignore_ascii_case("z");
        i32::from(names::rfc822_zone(zone)?) * 60
    });
    rest.end()?;
    if digits < 4 {
        rescues.push(Rescue::ShortYear);
    }
    if military {
        rescues.push(Rescue::MilitaryZone);
    }
    if let Some(weekday) = weekday {
        check_weekday(&moment, 1 << weekday, rescues);
    }
    Some(moment)
}

/// The place of a word in a list, whatever the case of its letters.
fn index(list: &[&str], word: &str) -> Option<usize> {
    list.iter().position(|known| known.eq_ignore_ascii_case(word))
}

/// A year of two or three digits by RFC 2822, section 4.3.
pub(super) fn full_year(year: u32, digits: usize) -> Option<i16> {
    match digits {
        2 if year < 50 => Some(2000 + year as i16),
        2 | 3 => Some(1900 + year as i16),
        4 => Some(year as i16),
        _ => None,
    }
}

/// Notes when the day is none of the days of the week in `mask`, bit 0 being Monday.
pub(super) fn check_weekday(moment: &Moment, mask: u8, rescues: &mut Vec<Rescue>) {
    let day = jiff::civil::Date::new(moment.year, moment.month as i8, moment.day as i8);
    if let Ok(day) = day
        && mask >> day.weekday().to_monday_zero_offset() & 1 == 0
    {
        rescues.push(Rescue::WrongWeekday);
    }
}

/// Whether there is such a day and such a time; a leap second and midnight as 24:00 pass.
pub(super) fn exists(moment: Moment) -> bool {
    let Moment { year, month, day, hour, minute, second, nanosecond, .. } = moment;
    let midnight = hour == 24 && minute == 0 && second == 0 && nanosecond == 0;
    year > 0
        && jiff::civil::Date::new(year, month as i8, day as i8).is_ok()
        && (hour < 24 || midnight)
        && minute < 60
        && second <= 60
}

/// Makes hour 24 and second 60 what the fields allow; `None` when there is no such moment.
pub(super) fn settle(mut moment: Moment, rescues: &mut Vec<Rescue>) -> Option<Moment> {
    if !exists(moment) {
        return None;
    }
    if moment.second == 60 {
        (moment.second, moment.nanosecond) = (59, 0);
        rescues.push(Rescue::LeapSecond);
    }
    if moment.hour == 24 {
        let day = jiff::civil::Date::new(moment.year, moment.month as i8, moment.day as i8).ok()?.tomorrow().ok()?;
        (moment.year, moment.month, moment.day) = (day.year(), day.month() as u8, day.day() as u8);
        moment.hour = 0;
        rescues.push(Rescue::Hour24);
    }
    Some(moment)
}
