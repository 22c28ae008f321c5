//! # incomplete-podcast-tag
//!
//! ## What it checks
//! Whether an element of the podcast namespace has what it needs because of what else it says: `podcast:socialInteract`
//! a `uri`, unless its protocol is `disabled`; `podcast:license` a `url`, where the text is no identifier of a known
//! licence; `podcast:updateFrequency` a `dtstart`, where its rule ends after a `COUNT`.
//!
//! ## Why it matters
//! Apps cannot use it without: a discussion that nobody can open, a licence that nobody can read.
//!
//! ## Example
//! ```xml
//! <podcast:socialInteract protocol="activitypub"/>
//! ```
//!
//! ## Use instead
//! ```xml
//! <podcast:socialInteract protocol="activitypub" uri="https://harbour.example/@ida/1"/>
//! ```
//!
//! ## Since
//! 0.1.0

use super::{Check, Rule};
use crate::{
    feed_view::{About, Elem, Look, Part},
    finding::{Finding, Severity},
    namespace::PODCAST,
};

pub(super) const RULE: Rule = Rule {
    code: "incomplete-podcast-tag",
    severity: Severity::Error,
    page: include_str!("incomplete_podcast_tag.rs"),
    preview: false,
    check: Check::Feed(|| Box::<State>::default()),
};

/// An element, what it lacks, and when that is wrong.
type Row = (&'static str, &'static str, fn(&Elem<'_, '_>) -> bool, &'static str);

/// What an element must have because of what else it says.
const NEEDS: &[Row] = &[
    (
        "socialInteract",
        "uri",
        |elem| elem.get("protocol").is_some_and(|protocol| protocol.trim() != "disabled"),
        "it says where the discussion is",
    ),
    // Identifiers of licences hold no blanks.
    ("license", "url", |elem| elem.text().contains(char::is_whitespace), "a licence of one's own needs its text"),
    (
        "updateFrequency",
        "dtstart",
        |elem| elem.get("rrule").is_some_and(|rule| rule.to_ascii_uppercase().contains("COUNT=")),
        "`COUNT` counts from there",
    ),
];

/// Looks at each item and at the head.
#[derive(Default)]
struct State;

impl State {
    fn check(elem: Elem<'_, '_>, out: &mut Vec<Finding>) {
        if elem.ns() != PODCAST {
            return;
        }
        for (name, wanted, when, why) in NEEDS {
            let there = elem.get(wanted).is_some_and(|value| !value.trim().is_empty());
            if elem.local() == *name && !there && when(&elem) {
                let message = format!("`podcast:{name}` has no `{wanted}`");
                let finding = Finding::error(RULE.code, message, elem.at_name());
                out.push(finding.help(format!("add `{wanted}=\"…\"`: {why}")));
            }
        }
    }
}

impl Look for State {
    fn item(&mut self, item: &Part<'_>, _: &About<'_>, out: &mut Vec<Finding>) {
        item.top().for_each(|elem| Self::check(elem, out));
    }

    fn end(&mut self, head: &Part<'_>, _: &About<'_>, out: &mut Vec<Finding>) {
        for elem in head.top() {
            Self::check(elem, out);
            if elem.is(PODCAST, "liveItem") {
                elem.children().for_each(|child| Self::check(child, out));
            }
        }
    }
}
