//! # missing-author
//!
//! ## What it checks
//! Whether an Atom feed has an author, or else each of its entries, in itself or in its `source`.
//!
//! ## Why it matters
//! RFC 4287, sections 4.1.1 and 4.1.2, requires it.
//!
//! ## Example
//! ```xml
//! <feed xmlns="http://www.w3.org/2005/Atom">
//!   <title>Harbour news</title>
//!   …
//! ```
//!
//! ## Use instead
//! ```xml
//! <feed xmlns="http://www.w3.org/2005/Atom">
//!   <title>Harbour news</title>
//!   <author><name>Ida</name></author>
//!   …
//! ```
//!
//! ## Since
//! 0.2.0

use super::{Check, Rule};
use crate::{
    feed_view::{About, Dialect, Look, Part},
    finding::{Finding, Place, Severity},
    namespace::ATOM,
};

pub(super) const RULE: Rule = Rule {
    code: "missing-author",
    severity: Severity::Error,
    page: include_str!("missing_author.rs"),
    preview: false,
    check: Check::Feed(|| Box::<State>::default()),
};

/// Where the first entry stands that has none.
#[derive(Default)]
struct State {
    without: Option<Place>,
}

impl Look for State {
    fn item(&mut self, item: &Part<'_>, _: &About<'_>, _: &mut Vec<Finding>) {
        if item.dialect != Dialect::Atom || self.without.is_some() {
            return;
        }
        let Some(frame) = item.frame().filter(|frame| frame.ns() == ATOM) else { return };
        let source = item.child(ATOM, "source").is_some_and(|source| source.child(ATOM, "author").is_some());
        if !source && !item.has_author() {
            self.without = Some(frame.at_name());
        }
    }

    fn end(&mut self, head: &Part<'_>, _: &About<'_>, out: &mut Vec<Finding>) {
        // Where there is no entry, the feed itself needs none.
        let Some(place) = self.without.take().filter(|_| !head.has_author()) else { return };
        let message = "neither this entry nor the feed has an `author`";
        let finding = Finding::error(RULE.code, message, place).w3c(&["MissingElement"]);
        out.push(finding.help("add `<author><name>…</name></author>` to the feed, or to each entry"));
    }
}
