//! # expired-feed
//!
//! ## What it checks
//! Whether a JSON Feed that says it has ended (`expired`) is still written: whether it has items newer than a month
//! before today.
//!
//! ## Why it matters
//! Readers stop asking for a feed that has ended.
//!
//! ## Example
//! ```json
//! {"version": "https://jsonfeed.org/version/1.1", "expired": true, "items": [{"id": "1", "date_published": "2026-06-20T10:00:00Z"}]}
//! ```
//!
//! ## Use instead
//! ```json
//! {"version": "https://jsonfeed.org/version/1.1", "items": [{"id": "1", "date_published": "2026-06-20T10:00:00Z"}]}
//! ```
//!
//! ## Since
//! 0.1.0

use super::{Check, Rule};
use crate::{
    feed_view::{About, Dialect, Look, Part},
    finding::{Finding, Place, Severity},
    syntax::xml::Ns,
};

pub(super) const RULE: Rule = Rule {
    code: "expired-feed",
    severity: Severity::Hint,
    page: include_str!("expired_feed.rs"),
    preview: false,
    check: Check::Feed(|| Box::<State>::default()),
};

/// Thirty days, in seconds.
const RECENT: i64 = 30 * 86_400;

/// The newest date, and where it stands.
#[derive(Default)]
struct State {
    newest: Option<(i64, Place)>,
}

impl Look for State {
    fn item(&mut self, item: &Part<'_>, _: &About<'_>, _: &mut Vec<Finding>) {
        if item.dialect != Dialect::Json {
            return;
        }
        for date in item.dates() {
            let Some(time) = date.moment().map(|moment| moment.timestamp()) else { continue };
            if self.newest.as_ref().is_none_or(|(newest, _)| *newest < time) {
                self.newest = Some((time, date.elem.at_text()));
            }
        }
    }

    fn end(&mut self, head: &Part<'_>, about: &About<'_>, out: &mut Vec<Finding>) {
        let Some(expired) = head.child(Ns::NONE, "expired").filter(|expired| expired.text() == "true") else { return };
        let (Some(today), Some((newest, place))) = (about.today, self.newest.take()) else { return };
        if newest > today - RECENT && head.dialect == Dialect::Json {
            let message = "the feed says that it has ended, and has new items";
            let finding = Finding::new(RULE.code, RULE.severity, message, expired.at_name());
            out.push(finding.related(place, "this is new").help("leave `expired` out while there is news"));
        }
    }
}
