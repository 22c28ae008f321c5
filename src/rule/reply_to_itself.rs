//! # reply-to-itself
//!
//! ## What it checks
//! Whether an entry says that it replies to itself: `thr:in-reply-to` with its own id.
//!
//! ## Why it matters
//! Readers that show threads hang each reply under what it replies to. This one hangs under nothing, or they run in
//! circles.
//!
//! ## Example
//! ```xml
//! <entry>
//!   <id>tag:harbour.example,2025:2</id>
//!   <thr:in-reply-to ref="tag:harbour.example,2025:2"/>
//!   …
//! ```
//!
//! ## Use instead
//! ```xml
//! <entry>
//!   <id>tag:harbour.example,2025:2</id>
//!   <thr:in-reply-to ref="tag:harbour.example,2025:1"/>
//!   …
//! ```
//!
//! ## Since
//! 0.1.0

use super::{Check, Rule};
use crate::{
    feed_view::{About, Look, Part},
    finding::{Finding, Severity},
    namespace::THR,
    syntax::xml::Ns,
};

pub(super) const RULE: Rule = Rule {
    code: "reply-to-itself",
    severity: Severity::Warning,
    page: include_str!("reply_to_itself.rs"),
    preview: false,
    check: Check::Feed(|| Box::<State>::default()),
};

/// Looks at each entry.
#[derive(Default)]
struct State;

impl Look for State {
    fn item(&mut self, item: &Part<'_>, _: &About<'_>, out: &mut Vec<Finding>) {
        for reply in item.top().filter(|elem| elem.is(THR, "in-reply-to")) {
            let Some(id) = item.id().filter(|id| !id.text().is_empty()) else { return };
            if reply.get("ref").is_some_and(|to| to.trim() == id.text()) {
                let message = "this entry replies to itself";
                let finding = Finding::warning(RULE.code, message, reply.at_attribute(Ns::NONE, "ref"));
                let finding = finding.related(id.at_text(), "its own id");
                out.push(finding.help("write the id of the entry that it replies to"));
            }
        }
    }
}
