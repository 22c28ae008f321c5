//! # missing-content
//!
//! ## What it checks
//! Whether an entry of Atom has a `summary` or `content`, and an item of JSON Feed `content_html` or `content_text`.
//!
//! ## Why it matters
//! Readers have nothing to show but the title. JSON Feed requires it, which makes it an error there; RFC 4287, section
//! 4.1.1.1, advises it.
//!
//! ## Example
//! ```xml
//! <entry>
//!   <title>Low tide</title>
//!   <link href="https://harbour.example/1"/>
//! </entry>
//! ```
//!
//! ## Use instead
//! ```xml
//! <entry>
//!   <title>Low tide</title>
//!   <link href="https://harbour.example/1"/>
//!   <summary>The tide is low.</summary>
//! </entry>
//! ```
//!
//! ## Since
//! 0.1.0

use super::{Check, Rule};
use crate::{
    feed_view::{About, Dialect, Look, Part, fields::Role},
    finding::{Finding, Severity},
};

pub(super) const RULE: Rule = Rule {
    code: "missing-content",
    severity: Severity::Hint,
    page: include_str!("missing_content.rs"),
    preview: false,
    check: Check::Feed(|| Box::<State>::default()),
};

/// Looks at each item.
#[derive(Default)]
struct State;

impl Look for State {
    fn may_be_worse(&self) -> bool {
        true
    }

    fn item(&mut self, item: &Part<'_>, _: &About<'_>, out: &mut Vec<Finding>) {
        let Some(frame) = item.frame() else { return };
        let there = |role| item.texts().any(|text| text.role == role);
        match item.dialect {
            Dialect::Atom if !there(Role::Summary) && !there(Role::Content) => {
                let message = "this entry has neither `summary` nor `content`";
                let finding = Finding::new(RULE.code, Severity::Hint, message, frame.at_missing());
                out.push(finding.help("add one").w3c(&["MissingTextualContent"]));
            }
            Dialect::Json if !there(Role::Content) => {
                let message = "this item has neither `content_html` nor `content_text`";
                out.push(Finding::error(RULE.code, message, frame.at_missing()).help("add one: JSON Feed requires it"));
            }
            _ => {}
        }
    }
}
