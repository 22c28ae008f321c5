//! Dates of feeds: read, and what had to be mended told.

use std::ops::Range;

use crate::{
    date::{self, Date, Moment, Precision, Rescue},
    finding::{Finding, Place, Severity},
    lines::Span,
    namespace::{
        DC, DCTERMS,
        element::{Element, uri_of},
        meaning::Dialect,
    },
};

/// A date that was read, and where.
#[derive(Debug, Clone)]
pub(crate) struct Reading {
    /// The date.
    pub(crate) date: Date,
    /// What had to be mended.
    pub(crate) rescues: Vec<Rescue>,
    /// The bytes of the text.
    pub(crate) range: Range<usize>,
    /// Line and column of the text, where something is to be said of it.
    pub(crate) span: Option<Span>,
}

impl Reading {
    /// Reads `text`, which stands at `range`.
    pub(crate) fn new(text: &str, range: Range<usize>) -> Self {
        let (date, rescues) = date::read(text);
        Reading { date, rescues, range, span: None }
    }

    /// Whether there is something to be said of it.
    pub(crate) fn is_clean(&self) -> bool {
        self.rescues.is_empty() && self.date.moment.is_some()
    }
}

/// The date that an element gives, and findings on how it is written. `None` where it is empty.
pub(crate) fn read(element: &Element<'_>, dialect: Dialect, findings: &mut Vec<Finding>) -> Option<Date> {
    if let Some(own) = element.own("date") {
        return Some(Date::new(own));
    }
    let reading = match &element.date {
        Some(reading) => reading.clone(),
        None if element.trimmed().is_empty() => return None,
        None => Reading::new(element.trimmed(), element.range.clone()),
    };
    if !reading.is_clean() {
        let namespace = element.node.name.namespace();
        let w3c = namespace == uri_of(DC) || namespace == uri_of(DCTERMS);
        findings.extend(judge(&reading, if w3c { W3C } else { spelling(dialect) }));
    }
    Some(reading.date)
}

/// The class of a wrong date in Dublin Core, and how one is written there.
const W3C: (&str, &str) = ("InvalidW3CDTFDate", "2025-09-24T03:17:09+02:00");

/// The class of a wrong date, and how one is written.
fn spelling(dialect: Dialect) -> (&'static str, &'static str) {
    match dialect {
        Dialect::Rss => ("InvalidRFC2822Date", "Wed, 24 Sep 2025 03:17:09 +0200"),
        Dialect::Atom => ("InvalidRFC3339Date", "2025-09-24T03:17:09+02:00"),
    }
}

fn judge(reading: &Reading, (class, example): (&'static str, &str)) -> Vec<Finding> {
    let place = || Place::Bytes(reading.range.clone());
    let mut found: Vec<Finding> = Vec::new();
    if reading.date.moment.is_none() {
        let text: String = reading.date.text.chars().take(60).collect();
        found.push(
            Finding::error("unread-date", format!("`{text}` is not a date that can be read"), place())
                .help(format!("write it as `{example}`"))
                .w3c(&[class]),
        );
    } else {
        found.extend(date::rescued(&reading.rescues).map(|words| {
            Finding::new("loose-date", Severity::Warning, format!("the date was read, but {words}"), place())
                .help(format!("write it as `{example}`"))
                .w3c(&[class])
        }));
    }
    for finding in &mut found {
        finding.range = Some(reading.range.clone());
        finding.span = reading.span;
    }
    found
}

/// How a date is written in a feed of a dialect, and the text of `slugline:date` where reading that back would give
/// another moment: less precision in RFC 822 than was there, more than was there, an offset that was not.
pub(crate) fn write(moment: &Moment, dialect: Dialect) -> (String, Option<String>) {
    let (text, says) = match dialect {
        Dialect::Rss => (moment.rfc822(), Precision::Second),
        Dialect::Atom if moment.precision == Precision::Fraction => (moment.rfc3339(), Precision::Fraction),
        Dialect::Atom => (moment.rfc3339(), Precision::Second),
    };
    let same = moment.offset.is_some() && moment.precision == says;
    (text, (!same).then(|| moment.written()))
}
