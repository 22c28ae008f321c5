//! # misplaced-reply-count
//!
//! ## What it checks
//! Whether `thr:count` and `thr:updated` stand on links to replies: `link` with `rel="replies"`.
//!
//! ## Why it matters
//! RFC 4685, section 4, gives them a meaning there only: how many replies the link leads to, and when the newest was
//! written. Elsewhere readers pass over them.
//!
//! ## Example
//! ```xml
//! <link href="https://harbour.example/1" thr:count="3"/>
//! ```
//!
//! ## Use instead
//! ```xml
//! <link rel="replies" href="https://harbour.example/1/replies.atom" type="application/atom+xml" thr:count="3"/>
//! ```
//!
//! ## Since
//! 0.1.0

use super::{Check, Rule};
use crate::{
    feed_view::{About, Look, Part, fields::is_atom},
    finding::{Finding, Severity},
    namespace::THR,
};

pub(super) const RULE: Rule = Rule {
    code: "misplaced-reply-count",
    severity: Severity::Warning,
    page: include_str!("misplaced_reply_count.rs"),
    preview: false,
    check: Check::Feed(|| Box::<State>::default()),
};

/// Looks at each item and at the head.
#[derive(Default)]
struct State;

impl State {
    fn look(part: &Part<'_>, out: &mut Vec<Finding>) {
        for link in part.links().filter(|link| is_atom(link.elem.ns()) && link.rel != "replies") {
            for name in ["count", "updated"] {
                if link.elem.get_in(THR, name).is_some() {
                    let message = format!("`thr:{name}` stands on a link that leads to no replies");
                    let finding = Finding::warning(RULE.code, message, link.elem.at_key(THR, name));
                    out.push(finding.help("put it on a `link` with `rel=\"replies\"`"));
                }
            }
        }
    }
}

impl Look for State {
    fn item(&mut self, item: &Part<'_>, _: &About<'_>, out: &mut Vec<Finding>) {
        Self::look(item, out);
    }

    fn end(&mut self, head: &Part<'_>, _: &About<'_>, out: &mut Vec<Finding>) {
        Self::look(head, out);
    }
}
