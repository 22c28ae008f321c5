//! # repeated-summary
//!
//! ## What it checks
//! Whether an item's summary is the whole of its content.
//!
//! ## Why it matters
//! Readers that show both show the same twice, and the feed is twice as long.
//!
//! ## Example
//! ```xml
//! <summary>The tide is low.</summary>
//! <content>The tide is low.</content>
//! ```
//!
//! ## Use instead
//! ```xml
//! <content>The tide is low.</content>
//! ```
//!
//! ## Since
//! 0.1.0

use super::{Check, Rule};
use crate::{
    feed_view::{
        About, Look, Part,
        fields::{Kind, Role},
    },
    finding::{Finding, Severity},
};

pub(super) const RULE: Rule = Rule {
    code: "repeated-summary",
    severity: Severity::Hint,
    page: include_str!("repeated_summary.rs"),
    preview: false,
    check: Check::Feed(|| Box::<State>::default()),
};

/// Looks at each item.
#[derive(Default)]
struct State;

impl Look for State {
    fn item(&mut self, item: &Part<'_>, _: &About<'_>, out: &mut Vec<Finding>) {
        let find = |role| item.texts().find(|text| text.role == role && text.kind != Kind::Xhtml);
        let (Some(summary), Some(content)) = (find(Role::Summary), find(Role::Content)) else { return };
        let text = summary.elem.text();
        if !text.is_empty() && text == content.elem.text() {
            let finding =
                Finding::new(RULE.code, RULE.severity, "the summary is the whole content", summary.elem.at_name());
            let finding = finding.related(content.elem.at_name(), "the content is here");
            out.push(finding.help("leave the summary out, or shorten it"));
        }
    }
}
