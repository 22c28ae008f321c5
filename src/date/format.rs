//! Dates by a pattern, for profiles: strftime's signs, English names.

use std::fmt::Write;

use super::{Moment, names, offset};

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];
const DAYS: [&str; 7] = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];

impl Moment {
    /// The moment by a pattern: `%Y %m %d %H %M %S %y %e %j %b %B %a %A %I %p %z %:z %s %F %T %%`, in the offset that
    /// was written.
    ///
    /// # Errors
    /// The sign that is not known.
    pub fn format(&self, pattern: &str) -> Result<String, String> {
        let mut out = String::with_capacity(pattern.len() + 16);
        let midnight = Moment { hour: 0, minute: 0, second: 0, offset: None, ..*self };
        let day_number = midnight.timestamp().div_euclid(86_400);
        let weekday = (day_number + 3).rem_euclid(7) as usize;
        let month = usize::from(self.month.clamp(1, 12)) - 1;
        let mut chars = pattern.chars();
        while let Some(c) = chars.next() {
            if c != '%' {
                out.push(c);
                continue;
            }
            let sign = chars.next().ok_or("%")?;
            // Writing to a `String` cannot fail.
            let _ = match sign {
                'Y' => write!(out, "{:04}", self.year),
                'y' => write!(out, "{:02}", self.year.rem_euclid(100)),
                'm' => write!(out, "{:02}", self.month),
                'd' => write!(out, "{:02}", self.day),
                'e' => write!(out, "{:2}", self.day),
                'H' => write!(out, "{:02}", self.hour),
                'I' => write!(out, "{:02}", (self.hour + 11) % 12 + 1),
                'p' => write!(out, "{}", if self.hour < 12 { "AM" } else { "PM" }),
                'M' => write!(out, "{:02}", self.minute),
                'S' => write!(out, "{:02}", self.second),
                'j' => {
                    let first = Moment { month: 1, day: 1, ..midnight };
                    write!(out, "{:03}", day_number - first.timestamp().div_euclid(86_400) + 1)
                }
                'b' => write!(out, "{}", names::MONTHS_SHORT[month]),
                'B' => write!(out, "{}", MONTHS[month]),
                'a' => write!(out, "{}", names::DAYS_SHORT[weekday]),
                'A' => write!(out, "{}", DAYS[weekday]),
                'z' => write!(out, "{}", offset(self.offset.unwrap_or(0) / 60, "")),
                's' => write!(out, "{}", self.timestamp()),
                'F' => write!(out, "{:04}-{:02}-{:02}", self.year, self.month, self.day),
                'T' => write!(out, "{:02}:{:02}:{:02}", self.hour, self.minute, self.second),
                '%' => write!(out, "%"),
                ':' if chars.next() == Some('z') => write!(out, "{}", offset(self.offset.unwrap_or(0) / 60, ":")),
                other => return Err(format!("%{other}")),
            };
        }
        Ok(out)
    }
}

#[cfg(test)]
mod tests {
    use super::super::Date;

    #[test]
    fn patterns_take_the_fields_as_they_were_written() {
        let moment = Date::new("2025-09-04T03:07:09+05:30").moment.expect("a date");
        for (pattern, text) in [
            ("%Y/%m/%d", "2025/09/04"),
            ("%a %A %b %B %e", "Thu Thursday Sep September  4"),
            ("%H:%M:%S %z %:z %I %p", "03:07:09 +0530 +05:30 03 AM"),
            ("%j %y %F %T 100%%", "247 25 2025-09-04 03:07:09 100%"),
        ] {
            assert_eq!(moment.format(pattern).as_deref(), Ok(text));
        }
        assert_eq!(moment.format("%Q"), Err("%Q".to_owned()));
    }
}
