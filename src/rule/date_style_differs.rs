//! # date-style-differs
//!
//! ## What it checks
//! Whether dates are spelt as the site asks: `date-style` of the `[[content]]` entry in `slugline.toml`, with `quotes`
//! (`none`, `single`, `double`), `offset` (`numeric`, `z`, `none`) and `precision` (`day`, `minute`, `second`).
//!
//! ## Why it matters
//! One spelling sorts, compares and reads alike in every tool. It is a matter of taste which, so it is asked of nobody who
//! did not ask.
//!
//! ## Example
//! ```yaml
//! # date-style = { quotes = "none", offset = "numeric", precision = "second" }
//! date: "2025-09-24T03:17:09Z"
//! ```
//!
//! ## Use instead
//! ```yaml
//! date: 2025-09-24T03:17:09+00:00
//! ```
//! `--fix` writes quotes and offsets, `--unsafe-fixes` also cuts a time that is not wanted.
//!
//! ## Since
//! 0.1.0

use super::{Check, Rule};
use crate::{
    config::{DateStyle, OffsetStyle, Quotes},
    date::{Moment, Precision},
    document::{Document, Value},
    finding::{Edit, Finding, Place, Severity},
    syntax::{head::HeadFormat, tree::Style},
};

pub(super) const RULE: Rule = Rule {
    code: "date-style-differs",
    severity: Severity::Warning,
    page: include_str!("date_style_differs.rs"),
    preview: false,
    check: Check::Document(check),
};

fn check(document: &Document, findings: &mut Vec<Finding>) {
    let asked = document.surroundings.asks.date_style;
    let Some(post) = document.post().filter(|_| asked != DateStyle::default()) else { return };
    for (value, moment) in document.dates() {
        let Some(moment) = moment else { continue };
        if document.is_faulted(&value.pointer) || value.style == Style::Block {
            continue;
        }
        let (words, text, cut) = respell(&asked, &value, &moment, post.head.format);
        let Some(first) = words.first() else { continue };
        let finding = Finding::warning(RULE.code, (*first).to_owned(), Place::Value(value.pointer.to_string()));
        findings.push(match text {
            Some(text) => {
                let option = if cut { "--unsafe-fixes" } else { "--fix" };
                let meant = if text.trim_matches(['\'', '"']) == value.text {
                    Vec::new()
                } else {
                    vec![value.pointer.to_string()]
                };
                let help = format!("write `{text}` (`{option}` does)");
                finding.help(help).fix(!cut, vec![Edit { range: value.range, text }], meant)
            }
            None => finding,
        });
    }
}

/// What is not as asked, the date as it is asked for where that can be had, and whether a time was cut off for it.
fn respell(
    asked: &DateStyle,
    value: &Value<'_>,
    moment: &Moment,
    format: HeadFormat,
) -> (Vec<&'static str>, Option<String>, bool) {
    let (mut words, mut certain, mut cut) = (Vec::new(), true, false);
    let mut text = value.text.trim().to_owned();
    // What is not written in ISO order is another rule's.
    let iso = text.as_bytes().get(4) == Some(&b'-') && text.as_bytes().get(7) == Some(&b'-');
    let precision = if moment.precision == Precision::Fraction { Precision::Second } else { moment.precision };
    match asked.precision.filter(|asked| *asked != precision) {
        Some(Precision::Day) if precision > Precision::Day && iso => {
            words.push("this date has a time, and the site asks for days");
            text.truncate(10);
            cut = true;
        }
        Some(asked) if asked > precision => {
            words.push("this date says less than the site asks for");
            certain = false;
        }
        Some(_) => {
            words.push("this date says more than the site asks for");
            certain = false;
        }
        None => {}
    }
    if moment.precision > Precision::Day && !cut {
        let zero = if text.ends_with('Z') {
            Some("Z")
        } else {
            ["+00:00", "-00:00"].into_iter().find(|zero| text.ends_with(zero))
        };
        match (asked.offset, moment.offset, zero) {
            (Some(OffsetStyle::None), Some(_), _) => {
                words.push("this date has an offset, and the site asks for none");
                certain = false;
            }
            (Some(OffsetStyle::Numeric | OffsetStyle::Z), None, _) => {
                words.push("this date has no offset, and the site asks for one");
                certain = false;
            }
            (Some(OffsetStyle::Numeric), Some(0), Some("Z")) => {
                words.push("the site asks for offsets in digits");
                text.truncate(text.len() - 1);
                text.push_str("+00:00");
            }
            (Some(OffsetStyle::Z), Some(0), Some(zero)) if zero != "Z" => {
                words.push("the site asks for `Z` where the offset is zero");
                text.truncate(text.len() - zero.len());
                text.push('Z');
            }
            _ => {}
        }
    }
    let own = match value.style {
        Style::Single => Quotes::Single,
        Style::Double => Quotes::Double,
        _ => Quotes::None,
    };
    let wanted = asked.quotes.filter(|_| format != HeadFormat::Json).unwrap_or(own);
    if wanted != own {
        words.push(match wanted {
            Quotes::None => "the site asks for dates without quotes",
            Quotes::Single => "the site asks for dates in single quotes",
            Quotes::Double => "the site asks for dates in double quotes",
        });
    }
    let quote = match wanted {
        Quotes::None => "",
        Quotes::Single => "'",
        Quotes::Double => "\"",
    };
    (words, (certain && iso).then(|| format!("{quote}{text}{quote}")), cut)
}
