//! Dates in feeds, put into the spelling that their element wants.

use std::ops::Range;

use crate::{
    date::{self, Moment, Precision, Rescue},
    finding::{Edit, Finding},
    kept::Text,
};

/// Codes of findings that a date in another spelling raises.
const CODES: &[&str] = &["invalid-date", "loose-date"];

/// Elements whose dates are those of RFC 822; all others' are of RFC 3339.
const RFC_822: &[&str] = &["pubDate", "lastBuildDate"];

/// Bytes before and behind a date in which its element begins and ends, where not all of the text is at hand.
const REACH: usize = 4 << 10;

/// Gives findings on dates their fix, where the date has one meaning. Safe is one that says no more and no less than
/// what was written; what had to be guessed, a zone or a time of day, is not.
pub(super) fn dates(text: Text<'_>, findings: &mut [Finding]) {
    for finding in findings.iter_mut().filter(|finding| CODES.contains(&&*finding.code) && finding.fix.is_none()) {
        let Some(found) = finding.range.clone() else { continue };
        let Some((text, base)) = text.around(found.start, REACH) else { continue };
        let text = &*text;
        let found = found.start - base..found.end - base;
        let Some((element, range)) = whole(text, &found) else { continue };
        let (date, rescues) = date::read(&text[range.clone()]);
        let Some(moment) = date.moment else { continue };
        let rfc822 = RFC_822.contains(&element);
        let written = if rfc822 { moment.rfc822() } else { moment.rfc3339() };
        if written == text[range.clone()] || rfc822 && moment.precision == Precision::Fraction {
            continue;
        }
        let safe = is_certain(&moment, &rescues);
        let option = if safe { "--fix" } else { "--unsafe-fixes" };
        finding.help = Some(format!("write `{written}` (`{option}` does)"));
        let range = base + range.start..base + range.end;
        *finding = finding.clone().fix(safe, vec![Edit { range, text: written }], Vec::new());
    }
}

fn is_certain(moment: &Moment, rescues: &[Rescue]) -> bool {
    let guessed = |rescue: &Rescue| match rescue {
        Rescue::NamedZone { ambiguous, .. } => *ambiguous,
        Rescue::MilitaryZone | Rescue::NoZone | Rescue::Order | Rescue::ShortYear | Rescue::LeapSecond => true,
        _ => false,
    };
    moment.precision >= Precision::Minute && moment.offset.is_some() && !rescues.iter().any(guessed)
}

/// The text of an element around a piece of it, and the element's name without its prefix. None in an attribute.
fn whole<'t>(text: &'t str, piece: &Range<usize>) -> Option<(&'t str, Range<usize>)> {
    let before = text.get(..piece.start)?;
    let (mut start, mut end) =
        (before.rfind(['<', '>', '"', '[']).filter(|&at| !before[at..].starts_with(['<', '"']))? + 1, piece.end);
    end += text.get(piece.end..)?.find(['<', ']', '>'])?;
    let tag = before[..start].strip_suffix("<![CDATA[").map_or(&before[..start], str::trim_end);
    let open = &tag[tag.rfind('<')?..];
    let name = open.strip_prefix('<')?.split([' ', '>', '\t', '\n', '\r', '/']).next()?;
    let value = &text[start..end];
    start += value.len() - value.trim_start().len();
    end = start + value.trim().len();
    Some((name.rsplit(':').next().unwrap_or(name), start..end))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_whole_text_of_an_element_is_found() {
        let text = "<a:pubDate x=\"1\"> <![CDATA[ Mon, 24 Sep 2025 ]]> </a:pubDate>";
        let at = text.find("Mon").expect("it is there");
        let (name, range) = whole(text, &(at..at + 3)).expect("an element");
        assert_eq!((name, &text[range]), ("pubDate", "Mon, 24 Sep 2025"));
        let text = "<a when=\"x\"/>";
        assert_eq!(whole(text, &(9..10)), None);
    }
}
