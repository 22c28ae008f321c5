//! # late-channel-element
//!
//! ## What it checks
//! Whether a channel of RSS, or a feed of Atom, says something of itself after its items.
//!
//! ## Why it matters
//! Readers that show a feed while it loads know its title or language too late. The RSS Best Practices Profile says
//! that items should come last, and RFC 4287 lists them so.
//!
//! ## Example
//! ```xml
//! <item>…</item>
//! <language>en</language>
//! ```
//!
//! ## Use instead
//! ```xml
//! <language>en</language>
//! <item>…</item>
//! ```
//!
//! ## Since
//! 0.2.0

use std::ops::Range;

use super::{Check, Rule};
use crate::{
    feed_view::{About, Dialect, Look, Part},
    finding::{Finding, Place, Severity},
};

pub(super) const RULE: Rule = Rule {
    code: "late-channel-element",
    severity: Severity::Hint,
    page: include_str!("late_channel_element.rs"),
    preview: false,
    check: Check::Feed(|| Box::<State>::default()),
};

/// Where the first item stands.
#[derive(Default)]
struct State {
    first: Option<Range<usize>>,
}

impl Look for State {
    fn item(&mut self, item: &Part<'_>, _: &About<'_>, _: &mut Vec<Finding>) {
        if self.first.is_none() {
            self.first = item.frame().map(|frame| frame.tag());
        }
    }

    fn end(&mut self, head: &Part<'_>, _: &About<'_>, out: &mut Vec<Finding>) {
        let Some(first) = self.first.take().filter(|_| matches!(head.dialect, Dialect::Rss | Dialect::Atom)) else {
            return;
        };
        let frame = head.frame().map(|frame| frame.whole());
        // Items behind the channel, as in RSS 1.0, are another matter.
        if !frame.is_some_and(|frame| frame.contains(&first.start)) {
            return;
        }
        if let Some(late) = head.top().find(|elem| elem.tag().start > first.start) {
            let message = format!("`{}` comes after the items", late.local());
            let finding = Finding::new(RULE.code, RULE.severity, message, late.at_name());
            let finding = finding.related(Place::Bytes(first), "the first item is here");
            out.push(finding.help("put the items last").w3c(&["MisplacedItem"]));
        }
    }
}
