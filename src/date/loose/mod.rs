//! Dates in no standard spelling, as long as they can mean one day only.
//!
//! The text is cut into numbers, words and signs. Time, zone and names are taken out where they stand; the numbers
//! that are left make the day, if there is just one way to.

mod found;
mod pieces;

use found::{Found, Number};
use pieces::{Piece, Token};

use super::{
    Moment, Rescue,
    names::{self, How},
    strict,
};

/// Reads a date of at most [`super::LONGEST`] bytes; `None` when it has no meaning, or more than one.
pub(super) fn read(text: &str, rescues: &mut Vec<Rescue>) -> Option<Moment> {
    let pieces = pieces::pieces(text)?;
    let mut parser = Parser { pieces: &pieces, at: 0, found: Found::default(), rescues };
    parser.run()?;
    let Parser { found, .. } = parser;
    let mut moment = found.day(rescues)?;
    found.add_time(&mut moment, rescues)?;
    let moment = strict::settle(moment, rescues)?;
    if let Some(mask) = found.weekday {
        strict::check_weekday(&moment, mask, rescues);
    }
    // That the day of the week is wrong says nothing of the spelling; a missing zone may be all that is amiss.
    let (utc, gmt) = (format!("{text}Z"), format!("{text} GMT"));
    let zone_only =
        || strict::rfc3339(&utc).or_else(|| strict::w3c(&utc)).or_else(|| strict::rfc822(&gmt, &mut vec![]));
    match rescues[..] {
        [Rescue::NoZone] if zone_only().is_some() => {}
        _ if rescues.iter().any(|rescue| !matches!(rescue, Rescue::WrongWeekday | Rescue::NoZone)) => {}
        _ => rescues.push(Rescue::Spelling),
    }
    Some(moment)
}

struct Parser<'p> {
    pieces: &'p [Piece],
    at: usize,
    found: Found,
    rescues: &'p mut Vec<Rescue>,
}

impl Parser<'_> {
    fn token(&self, ahead: usize) -> Option<&Token> {
        self.pieces.get(self.at + ahead).map(|piece| &piece.token)
    }

    fn is_sign(&self, ahead: usize, sign: char) -> bool {
        self.token(ahead) == Some(&Token::Sign(sign))
    }

    /// A number that follows without a blank.
    fn joined_number(&self, ahead: usize) -> Option<(u64, usize)> {
        match self.pieces.get(self.at + ahead)? {
            Piece { token: Token::Number(value, digits), apart: false } => Some((*value, *digits)),
            _ => None,
        }
    }

    fn word(&self, ahead: usize) -> Option<&str> {
        match self.token(ahead)? {
            Token::Word(word) => Some(word),
            _ => None,
        }
    }

    fn run(&mut self) -> Option<()> {
        let mut before = ' ';
        while let Some(piece) = self.pieces.get(self.at) {
            match &piece.token {
                Token::Number(value, digits) => {
                    let (value, digits) = (*value, *digits);
                    self.number(value, digits, before)?;
                    before = ' ';
                }
                Token::Word(word) => {
                    let word = word.clone();
                    self.word_found(&word, piece.apart)?;
                    // A name joined to its neighbours by hyphens: `24-Sep-2025`.
                    before = ' ';
                }
                Token::Sign(sign) => {
                    let sign = *sign;
                    if !self.sign(sign)? {
                        before = sign;
                    }
                }
            }
        }
        Some(())
    }

    /// Takes a number: part of a time, of a unit, or of the day.
    fn number(&mut self, value: u64, digits: usize, before: char) -> Option<()> {
        if let Some(unit) = self.word(1).and_then(names::unit) {
            self.at += 2;
            return self.unit(unit, value, digits);
        }
        let timed = self.found.timed();
        if !timed && self.is_sign(1, ':') && digits <= 2 {
            return self.clock(value, before);
        }
        // Korean has the half of the day before the time: `25 오후 11:23` is no 25 o'clock.
        let time_follows = self.is_sign(3, ':') || self.word(3).and_then(names::unit).is_some();
        let twelve =
            self.word(1).and_then(names::afternoon).is_some() && self.found.afternoon.is_none() && !time_follows;
        if !timed && digits <= 2 && twelve {
            self.found.hour = Some(value);
            self.at += 1;
            return Some(());
        }
        let after_t = self.at > 0 && self.pieces[self.at - 1].token == Token::Word("t".to_owned());
        if !timed && after_t {
            return self.basic_clock(value, digits);
        }
        self.found.numbers.push(Number { value, digits, before });
        self.at += 1;
        Some(())
    }

    fn unit(&mut self, unit: char, value: u64, digits: usize) -> Option<()> {
        fn set<T>(slot: &mut Option<T>, value: T) -> Option<()> {
            slot.is_none().then(|| *slot = Some(value))
        }
        self.note(Rescue::Language);
        let found = &mut self.found;
        match unit {
            'y' => set(&mut found.year, (value, digits)),
            'm' => set(&mut found.month, u8::try_from(value).ok()?),
            'd' => set(&mut found.day, value),
            'h' => set(&mut found.hour, value),
            'n' => set(&mut found.minute, value),
            _ => set(&mut found.second, value),
        }
    }

    /// `hh:mm`, `hh:mm:ss`, `hh:mm:ss.fff`; the cursor is on the hours.
    fn clock(&mut self, hour: u64, before: char) -> Option<()> {
        // `2025-09-24-05:00` may be a day with an offset as well as a time.
        if before == '-' && self.found.numbers.len() >= 3 && !self.is_sign(3, ':') {
            return None;
        }
        let two = |number: Option<(u64, usize)>| number.filter(|(_, digits)| *digits <= 2).map(|(value, _)| value);
        self.found.hour = Some(hour);
        self.found.minute = Some(two(self.joined_number(2))?);
        self.at += 3;
        if self.is_sign(0, ':') {
            self.found.second = Some(two(self.joined_number(1))?);
            self.at += 2;
            self.fraction();
        }
        Some(())
    }

    /// The digits after a decimal sign, when there are any.
    fn fraction(&mut self) {
        let decimal = self.is_sign(0, '.') || self.is_sign(0, ',');
        if decimal
            && !self.pieces[self.at].apart
            && let Some((value, digits)) = self.joined_number(1)
        {
            let nanoseconds = match digits {
                0..=9 => value * 10u64.pow(9 - digits as u32),
                _ => value / 10u64.pow(digits as u32 - 9),
            };
            self.found.nanosecond = u32::try_from(nanoseconds).ok();
            self.at += 2;
        }
    }

    /// `hhmmss`, `hhmm` or `hh` after a `T`.
    fn basic_clock(&mut self, value: u64, digits: usize) -> Option<()> {
        let found = &mut self.found;
        match digits {
            1 | 2 => found.hour = Some(value),
            4 => (found.hour, found.minute) = (Some(value / 100), Some(value % 100)),
            6 => {
                (found.hour, found.minute) = (Some(value / 10_000), Some(value / 100 % 100));
                found.second = Some(value % 100);
            }
            _ => return None,
        }
        self.at += 1;
        if digits == 6 {
            self.fraction();
        }
        Some(())
    }

    fn note(&mut self, rescue: Rescue) {
        if !self.rescues.contains(&rescue) {
            self.rescues.push(rescue);
        }
    }

    fn named(&mut self, how: How) {
        match how {
            How::Short => {}
            How::Long => self.note(Rescue::LongName),
            How::Other => self.note(Rescue::Language),
        }
    }

    fn word_found(&mut self, word: &str, apart: bool) -> Option<()> {
        let zone_may_follow = self.found.timed() || (word == "z" && self.found.has_day());
        if zone_may_follow && self.found.zone.is_none() && self.zone_found(word, apart) {
            return Some(());
        }
        let (previous_number, next_number) = (
            self.at > 0 && matches!(self.pieces[self.at - 1].token, Token::Number(..)),
            self.joined_number(1).is_some(),
        );
        self.at += 1;
        if word == "t" && previous_number && matches!(self.token(0), Some(Token::Number(..))) {
            return Some(());
        }
        if word == "w" && next_number && self.found.week.is_none() {
            return self.week();
        }
        if let Some(afternoon) = names::afternoon(word) {
            return self.half(afternoon);
        }
        // `a.m.` and `p.m.` are two words.
        if matches!(word, "a" | "p") && self.is_sign(0, '.') && self.word(1) == Some("m") {
            self.at += 2;
            return self.half(word == "p");
        }
        let month = names::month(word).filter(|_| self.found.month.is_none());
        let weekday = names::weekday(word).filter(|_| self.found.weekday.is_none());
        // `mar` is March, and Tuesday in other languages: Tuesday where another month follows.
        let other_month = || {
            self.pieces[self.at..].iter().any(|piece| match &piece.token {
                Token::Word(word) => names::month(word).is_some(),
                _ => false,
            })
        };
        match (month, weekday) {
            (Some((month, how)), other) if other.is_none() || !other_month() => {
                self.found.month = Some(month);
                self.named(how);
            }
            (_, Some((mask, how))) => {
                self.found.weekday = Some(mask);
                self.named(how);
            }
            // A word that is no day of the week in any language known here may stand where one would.
            _ => return (names::is_filler(word) || (self.at == 1 && self.is_sign(0, ','))).then_some(()),
        }
        Some(())
    }

    fn half(&mut self, afternoon: bool) -> Option<()> {
        self.note(Rescue::TwelveHours);
        self.found.afternoon.replace(afternoon).is_none().then_some(())
    }

    /// The week after a `W`: `W39`, `W39-3`, `W393`.
    fn week(&mut self) -> Option<()> {
        let (value, digits) = self.joined_number(0)?;
        self.at += 1;
        self.found.week = Some(match digits {
            2 if self.is_sign(0, '-') && self.joined_number(1).is_some_and(|(_, digits)| digits == 1) => {
                self.at += 2;
                let Token::Number(day, _) = self.pieces[self.at - 1].token else { return None };
                (value, Some(day))
            }
            2 => (value, None),
            3 => (value / 10, Some(value % 10)),
            _ => return None,
        });
        Some(())
    }

    /// Takes a zone by name; false when the word is none.
    fn zone_found(&mut self, word: &str, apart: bool) -> bool {
        // One letter other than `Z` is a zone only as the last word: `г` and `a` are not.
        let last = apart && self.token(1).is_none();
        let (minutes, rescue) = if word == "z" {
            (0, None)
        } else if let Some(minutes) = names::rfc822_zone(word).filter(|_| word.len() > 1 || last) {
            self.found.named_gmt = matches!(word, "gmt" | "ut");
            (minutes, (word.len() == 1).then_some(Rescue::MilitaryZone))
        } else if let Some(names::Zone { name, minutes, ambiguous }) = names::zone(&word.to_uppercase()) {
            self.found.named_gmt = name == "UTC";
            // `UTC+2` is an offset, not a name.
            let offset = self.found.named_gmt && (self.is_sign(1, '+') || self.is_sign(1, '-'));
            (minutes, (!offset).then_some(Rescue::NamedZone { name, minutes, ambiguous }))
        } else {
            return false;
        };
        if let Some(rescue) = rescue {
            self.note(rescue);
        }
        self.found.zone = Some(i32::from(minutes) * 60);
        self.at += 1;
        true
    }

    /// Takes a sign; true when it was an offset.
    fn sign(&mut self, sign: char) -> Option<bool> {
        let day_done = self.found.timed() || (sign == '+' && self.found.has_day());
        let fresh = self.found.zone.is_none() || self.found.named_gmt;
        if matches!(sign, '+' | '-')
            && day_done
            && fresh
            && let Some((value, digits)) = self.joined_number(1)
        {
            self.offset(sign == '-', value, digits)?;
            return Some(true);
        }
        self.at += 1;
        matches!(sign, '-' | '/' | '.' | ',' | '·' | '、').then_some(false)
    }

    /// A numeric offset; the cursor is on its sign.
    fn offset(&mut self, negative: bool, value: u64, digits: usize) -> Option<()> {
        self.at += 2;
        let spelt;
        let (hours, minutes) = if digits <= 2 && self.is_sign(0, ':') {
            let (minutes, digits) = self.joined_number(1)?;
            self.at += 2;
            spelt = digits != 2 || self.found.named_gmt;
            (value, minutes)
        } else if digits <= 2 {
            spelt = true;
            (value, 0)
        } else if digits <= 4 {
            spelt = digits == 3 || self.found.named_gmt;
            (value / 100, value % 100)
        } else {
            return None;
        };
        if spelt {
            self.note(Rescue::ZoneSpelling);
        }
        self.found.named_gmt = false;
        self.found.zone = Some(strict::seconds(negative, u32::try_from(hours).ok()?, u32::try_from(minutes).ok()?)?);
        Some(())
    }
}
