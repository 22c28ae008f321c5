//! # unreachable-reply
//!
//! ## What it checks
//! Whether what an entry replies to (`thr:in-reply-to`) can be found: `ref` is the id of an entry of the same feed, or
//! `href` or `source` say where it is.
//!
//! ## Why it matters
//! RFC 4685, section 3: an id is a name, and no address that readers may open. Without `href` or `source` they can show
//! the reply only by itself.
//!
//! ## Example
//! ```xml
//! <thr:in-reply-to ref="tag:forum.example,2025:7"/>
//! ```
//!
//! ## Use instead
//! ```xml
//! <thr:in-reply-to ref="tag:forum.example,2025:7" href="https://forum.example/7" type="text/html"/>
//! ```
//!
//! ## Since
//! 0.1.0

use std::{
    collections::HashSet,
    hash::{BuildHasher, RandomState},
};

use super::{Check, MOST, Rule};
use crate::{
    feed_view::{About, Look, Part},
    finding::{Finding, Place, Severity},
    namespace::THR,
    syntax::xml::Ns,
};

pub(super) const RULE: Rule = Rule {
    code: "unreachable-reply",
    severity: Severity::Hint,
    page: include_str!("unreachable_reply.rs"),
    preview: false,
    check: Check::Feed(|| Box::<State>::default()),
};

/// The ids of the entries, by their hashes, and the replies that name no address.
#[derive(Default)]
struct State {
    hasher: RandomState,
    ids: HashSet<u64>,
    replies: Vec<(u64, Place)>,
}

impl Look for State {
    fn item(&mut self, item: &Part<'_>, _: &About<'_>, _: &mut Vec<Finding>) {
        self.ids.extend(item.id().map(|id| self.hasher.hash_one(id.text())));
        for reply in item.top().filter(|elem| elem.is(THR, "in-reply-to")) {
            let says = |name: &str| reply.get(name).is_some_and(|value| !value.trim().is_empty());
            if says("ref") && !says("href") && !says("source") && self.replies.len() < MOST {
                let to = self.hasher.hash_one(reply.get("ref").unwrap_or("").trim());
                self.replies.push((to, reply.at_attribute(Ns::NONE, "ref")));
            }
        }
    }

    fn end(&mut self, _: &Part<'_>, _: &About<'_>, out: &mut Vec<Finding>) {
        for (_, place) in self.replies.drain(..).filter(|(to, _)| !self.ids.contains(to)) {
            let message = "what this replies to is not in the feed, and nothing says where it is";
            let finding = Finding::new(RULE.code, RULE.severity, message, place);
            out.push(finding.help("add its address as `href`, or that of its feed as `source`"));
        }
    }
}
