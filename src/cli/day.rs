//! Days and moments on the command line, and the day of the run.

use crate::date::{self, Precision};

/// The beginning of a day in UTC, in seconds from 1970.
#[derive(Debug, Clone, Copy)]
pub(super) struct Day(pub(super) i64);

impl Day {
    /// The day of the run: the one use of a clock.
    pub(super) fn today() -> Self {
        let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH);
        let seconds = since.map_or(0, |since| since.as_secs() as i64);
        Day(seconds - seconds % 86_400)
    }

    /// A bare day.
    pub(super) fn parse(text: &str) -> Result<Self, String> {
        match date::read(text).0.moment.filter(|moment| moment.precision == Precision::Day) {
            Some(moment) => Ok(Day(moment.timestamp())),
            None => Err("this is no day; write it as `2025-09-24`".to_owned()),
        }
    }
}

/// A day, or a moment in it, as seconds from 1970.
pub(super) fn moment(text: &str) -> Result<i64, String> {
    let moment = date::read(text).0.moment;
    moment
        .map(|moment| moment.timestamp())
        .ok_or_else(|| "this is no date; write it as `2025-09-24` or `2025-09-24T03:17:09+02:00`".to_owned())
}
