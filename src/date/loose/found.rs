//! What was found in a date's text, and the one day and time that it makes.

use crate::date::{
    Moment, Precision, Rescue,
    strict::{BLANK, full_year},
};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Number {
    pub(super) value: u64,
    pub(super) digits: usize,
    /// What stood between it and the number or word before; a blank for none.
    pub(super) before: char,
}

#[derive(Debug, Default)]
pub(super) struct Found {
    pub(super) numbers: Vec<Number>,
    pub(super) year: Option<(u64, usize)>,
    pub(super) month: Option<u8>,
    pub(super) day: Option<u64>,
    pub(super) week: Option<(u64, Option<u64>)>,
    pub(super) weekday: Option<u8>,
    pub(super) hour: Option<u64>,
    pub(super) minute: Option<u64>,
    pub(super) second: Option<u64>,
    pub(super) nanosecond: Option<u32>,
    pub(super) afternoon: Option<bool>,
    pub(super) zone: Option<i32>,
    pub(super) named_gmt: bool,
}

impl Found {
    /// Whether the time has been met, so that a sign or a word may begin a zone.
    pub(super) fn timed(&self) -> bool {
        self.hour.is_some() || matches!(self.numbers[..], [Number { digits: 12 | 14, .. }])
    }

    pub(super) fn has_day(&self) -> bool {
        self.numbers.len() >= 3 || matches!(self.numbers[..], [Number { digits: 8, .. }])
    }

    /// The day that the numbers and names make.
    pub(super) fn day(&self, rescues: &mut Vec<Rescue>) -> Option<Moment> {
        let mut date = |year: (u64, usize), month: Option<u64>, day: Option<u64>| {
            let precision = match (month, day) {
                (None, _) => Precision::Year,
                (_, None) => Precision::Month,
                _ => Precision::Day,
            };
            if year.1 < 4 {
                rescues.push(Rescue::ShortYear);
            }
            let year = full_year(u32::try_from(year.0).ok()?, year.1)?;
            let (month, day) = (u8::try_from(month.unwrap_or(1)).ok()?, u8::try_from(day.unwrap_or(1)).ok()?);
            Some(Moment { year, month, day, precision, ..BLANK })
        };
        let pair = |number: Number| (number.value, number.digits);
        let month = self.month.map(u64::from);
        if let Some(year) = self.year {
            return self.numbers.is_empty().then(|| date(year, month, self.day))?;
        }
        if let Some((week, day)) = self.week {
            let [year] = self.numbers[..] else { return None };
            return of_week(year, week, day);
        }
        if month.is_some() {
            return match self.numbers[..] {
                [year] if year.digits == 4 => date(pair(year), month, None),
                [year, day] if year.digits == 4 && day.digits <= 2 => date(pair(year), month, Some(day.value)),
                // `2004-July-13` is year first; else the day is, even of `25-Sep-24`.
                [day, year] if day.digits <= 2 => date(pair(year), month, Some(day.value)),
                _ => None,
            };
        }
        match self.numbers[..] {
            [number] => of_digits(number, rescues),
            [year, day] if year.digits == 4 && day.digits == 3 => of_ordinal(year.value, day.value),
            [year, month] if year.digits == 4 && month.digits <= 2 => date(pair(year), Some(month.value), None),
            [month, year] if year.digits == 4 && month.digits <= 2 => date(pair(year), Some(month.value), None),
            [year, month, day] if year.digits == 4 => date(pair(year), Some(month.value), Some(day.value)),
            [first, second, year] => {
                // Every reading of three numbers that gives a day; dots are always day first.
                let dots = second.before == '.' && year.before == '.';
                let short = year.digits < 4;
                let readings =
                    [(year, second, first, true), (year, first, second, !dots), (first, second, year, short && !dots)];
                let is_day = |(year, month, day, asked): (Number, Number, Number, bool)| {
                    let year = full_year(u32::try_from(year.value).ok()?, year.digits)?;
                    let (month, day) = (i8::try_from(month.value).ok()?, i8::try_from(day.value).ok()?);
                    jiff::civil::Date::new(year, month, day).ok().filter(|_| asked)
                };
                let mut days: Vec<_> =
                    readings.iter().filter_map(|&reading| Some((is_day(reading)?, reading))).collect();
                days.dedup_by_key(|(day, _)| *day);
                let [(_, (year, month, day, _))] = days[..] else { return None };
                let moment = date(pair(year), Some(month.value), Some(day.value));
                rescues.push(Rescue::Order);
                moment
            }
            _ => None,
        }
    }

    pub(super) fn add_time(&self, moment: &mut Moment, rescues: &mut Vec<Rescue>) -> Option<()> {
        moment.offset = self.zone;
        // A day of fourteen digits has its time already.
        let timed = moment.precision > Precision::Day;
        if self.zone.is_none() && (timed || self.hour.is_some()) {
            rescues.push(Rescue::NoZone);
        }
        let Some(mut hour) = self.hour else {
            return (self.minute.is_none() && self.second.is_none() && self.afternoon.is_none()).then_some(());
        };
        if moment.precision != Precision::Day {
            return None;
        }
        if let Some(afternoon) = self.afternoon {
            hour = match (hour, afternoon) {
                (12, false) => 0,
                (1..=11, true) => hour + 12,
                (0..=11, false) | (12..=23, true) => hour,
                _ => return None,
            };
        }
        moment.hour = u8::try_from(hour).ok()?;
        moment.minute = u8::try_from(self.minute.unwrap_or(0)).ok()?;
        moment.second = u8::try_from(self.second.unwrap_or(0)).ok()?;
        moment.nanosecond = self.nanosecond.unwrap_or(0);
        moment.precision = match (self.second, self.nanosecond) {
            (_, Some(_)) => Precision::Fraction,
            (Some(_), None) => Precision::Second,
            (None, None) => Precision::Minute,
        };
        Some(())
    }
}

fn of_date(date: jiff::civil::Date) -> Moment {
    let (month, day) = (date.month() as u8, date.day() as u8);
    Moment { year: date.year(), month, day, precision: Precision::Day, ..BLANK }
}

/// ISO 8601's week date; without a day, the week's Monday.
fn of_week(year: Number, week: u64, day: Option<u64>) -> Option<Moment> {
    let year = (year.digits == 4).then(|| i16::try_from(year.value).ok())??;
    let weekday = jiff::civil::Weekday::from_monday_one_offset(i8::try_from(day.unwrap_or(1)).ok()?).ok()?;
    let week = jiff::civil::ISOWeekDate::new(year, i8::try_from(week).ok()?, weekday).ok()?;
    Some(of_date(week.date()))
}

/// ISO 8601's ordinal date.
fn of_ordinal(year: u64, day: u64) -> Option<Moment> {
    let first = jiff::civil::Date::new(i16::try_from(year).ok()?, 1, 1).ok()?;
    let date = first.with().day_of_year(i16::try_from(day).ok()?).build().ok()?;
    Some(of_date(date))
}

/// A day, or a day and time, in digits only.
fn of_digits(number: Number, rescues: &mut Vec<Rescue>) -> Option<Moment> {
    let Number { value, digits, .. } = number;
    let day = |value: u64| Moment {
        year: (value / 10_000) as i16,
        month: (value / 100 % 100) as u8,
        day: (value % 100) as u8,
        precision: Precision::Day,
        ..BLANK
    };
    match digits {
        8 => Some(day(value)),
        7 => of_ordinal(value / 1000, value % 1000),
        // `YYMMDD`, unless it could be a year and a month.
        6 if !(1..=12).contains(&(value % 100)) || !(1900..2100).contains(&(value / 100)) => {
            rescues.push(Rescue::ShortYear);
            Some(Moment { year: full_year((value / 10_000) as u32, 2)?, ..day(value % 10_000) })
        }
        12 | 14 => {
            let value = if digits == 12 { value * 100 } else { value };
            let time = value % 1_000_000;
            Some(Moment {
                hour: (time / 10_000) as u8,
                minute: (time / 100 % 100) as u8,
                second: (time % 100) as u8,
                precision: if digits == 12 { Precision::Minute } else { Precision::Second },
                ..day(value / 1_000_000)
            })
        }
        _ => None,
    }
}
