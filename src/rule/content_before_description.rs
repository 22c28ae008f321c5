//! # content-before-description
//!
//! ## What it checks
//! Whether an item of RSS has `content:encoded` before its `description`, or without one.
//!
//! ## Why it matters
//! Some readers take the first of the two that they meet for the summary. The RSS Best Practices Profile says that
//! `description` should come first.
//!
//! ## Example
//! ```xml
//! <content:encoded>…</content:encoded>
//! <description>The tide is low.</description>
//! ```
//!
//! ## Use instead
//! ```xml
//! <description>The tide is low.</description>
//! <content:encoded>…</content:encoded>
//! ```
//!
//! ## Since
//! 0.2.0

use super::{Check, Rule};
use crate::{
    feed_view::{About, Dialect, Look, Part},
    finding::{Finding, Severity},
    namespace::CONTENT,
    syntax::xml::Ns,
};

pub(super) const RULE: Rule = Rule {
    code: "content-before-description",
    severity: Severity::Hint,
    page: include_str!("content_before_description.rs"),
    preview: false,
    check: Check::Feed(|| Box::<State>::default()),
};

/// Looks at each item.
#[derive(Default)]
struct State;

impl Look for State {
    fn item(&mut self, item: &Part<'_>, _: &About<'_>, out: &mut Vec<Finding>) {
        if item.dialect != Dialect::Rss {
            return;
        }
        let Some(content) = item.child(CONTENT, "encoded") else { return };
        let description = item.child(Ns::NONE, "description");
        let (message, help) = match description {
            Some(description) if description.tag().start < content.tag().start => return,
            Some(_) => ("`content:encoded` comes before `description`", "put `description` first"),
            None => ("`content:encoded` comes without a `description`", "add one before it: a summary"),
        };
        let mut finding = Finding::new(RULE.code, RULE.severity, message, content.at_name());
        if let Some(description) = description {
            finding = finding.related(description.at_name(), "this should come first");
        }
        out.push(finding.help(help).w3c(&["NeedDescriptionBeforeContent"]));
    }
}
