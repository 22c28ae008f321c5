//! # future-date
//!
//! ## What it checks
//! Whether a post, or an item of a JSON Feed, is dated after today: the day of the run (in UTC), or the one of `--today`.
//! A day without a time counts as future from the day after tomorrow on, since it is tomorrow somewhere. Drafts are left
//! out.
//!
//! ## Why it matters
//! Hugo and Jekyll leave such a post out until a build on that day or later. A slip in the year hides it for good; in a
//! feed readers keep it above all others.
//!
//! ## Example
//! ```yaml
//! date: 2052-09-24
//! ```
//!
//! ## Use instead
//! ```yaml
//! date: 2025-09-24
//! ```
//! For a post that waits for its day: `slugline-ignore future-date`, or a draft.
//!
//! ## Since
//! 0.1.0

use super::{Check, Rule};
use crate::{
    date::Precision,
    document::Document,
    feed_view::{About, Dialect, Look, Part},
    finding::{Finding, Place, Severity},
    syntax::tree::{Kind, Pointer},
};

pub(super) const RULE: Rule = Rule {
    code: "future-date",
    severity: Severity::Warning,
    page: include_str!("future_date.rs"),
    preview: false,
    check: Check::Both(check, || Box::<State>::default()),
};

/// Seconds of a day.
const DAY: i64 = 86_400;
/// Seconds of ten years.
const TEN_YEARS: i64 = 3_652 * DAY;
/// Seconds that the easternmost zone is ahead of UTC.
const EASTERNMOST: i64 = 14 * 3_600;

fn check(document: &Document, findings: &mut Vec<Finding>) {
    let Some(today) = document.surroundings.today else { return };
    let is_draft = document.tree().and_then(|tree| tree.get("draft")).is_some_and(|node| node.kind == Kind::Bool(true));
    if is_draft {
        return;
    }
    for (value, moment) in document.dates().filter(|(value, _)| is_published(document, &value.pointer)) {
        let Some(moment) = moment else { continue };
        let bare = moment.offset.is_none() || moment.precision <= Precision::Day;
        let slack = if bare { EASTERNMOST } else { 0 };
        // What lies further ahead is implausible, and told as that.
        let ahead = moment.timestamp() - today;
        if ahead >= DAY + slack && ahead <= TEN_YEARS {
            let finding =
                Finding::warning(RULE.code, "this date is in the future", Place::Value(value.pointer.to_string()));
            findings.push(finding.label("left out of the site until then"));
        }
    }
}

/// Whether that is the date of publication: an updated one or one of expiry may well come.
fn is_published(document: &Document, pointer: &Pointer<'_>) -> bool {
    let key = document.profile.key_of("/published").unwrap_or("date");
    let path = match pointer {
        Pointer::Whole(whole) => &whole[1..],
        Pointer::Key(key) | Pointer::Item(key, _) => key,
    };
    pointer.key() == "date_published"
        || ["date", "pubdate", "published", key].iter().any(|key| path.eq_ignore_ascii_case(key))
}

/// Looks at each date of a feed. Those of a JSON Feed are values of a tree.
#[derive(Default)]
struct State;

impl Look for State {
    fn item(&mut self, item: &Part<'_>, about: &About<'_>, out: &mut Vec<Finding>) {
        let Some(today) = about.today.filter(|_| item.dialect != Dialect::Json) else { return };
        for date in item.dates() {
            if date.moment().is_some_and(|moment| moment.timestamp() > today) {
                let message = "this date is in the future";
                let finding = Finding::warning(RULE.code, message, date.elem.at_text()).w3c(&["ImplausibleDate"]);
                out.push(finding.help("see whether the year is right, and the clock of the generator"));
            }
        }
    }

    fn end(&mut self, head: &Part<'_>, about: &About<'_>, out: &mut Vec<Finding>) {
        self.item(head, about, out);
    }
}
