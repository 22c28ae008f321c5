//! # old-version
//!
//! ## What it checks
//! Whether a feed is in an old version of RSS (0.90 to 0.94) or of JSON Feed (1.0).
//!
//! ## Why it matters
//! RSS 2.0 holds all of 0.91 to 0.94, and JSON Feed 1.1 all of 1.0 that counts; the old ones have no word for ids or
//! for several authors.
//!
//! ## Example
//! ```xml
//! <rss version="0.91">
//! ```
//!
//! ## Use instead
//! ```xml
//! <rss version="2.0">
//! ```
//!
//! ## Since
//! 0.1.0

use super::{Check, Rule};
use crate::{
    feed_view::{About, Dialect, Look, Part},
    finding::{Finding, Severity},
    syntax::xml::Ns,
};

pub(super) const RULE: Rule = Rule {
    code: "old-version",
    severity: Severity::Hint,
    page: include_str!("old_version.rs"),
    preview: false,
    check: Check::Feed(|| Box::<State>::default()),
};

/// Looks at the head.
#[derive(Default)]
struct State;

impl Look for State {
    fn end(&mut self, head: &Part<'_>, _: &About<'_>, out: &mut Vec<Finding>) {
        let Some(root) = head.root() else { return };
        let (place, old, new) = match head.dialect {
            Dialect::Rss => match root.get("version").map(str::trim) {
                Some(version @ ("0.90" | "0.91" | "0.92" | "0.93" | "0.94")) => {
                    (root.at_attribute(Ns::NONE, "version"), format!("RSS {version}"), "RSS 2.0")
                }
                _ => return,
            },
            Dialect::Json => match head.child(Ns::NONE, "version") {
                Some(version) if version.text() == "https://jsonfeed.org/version/1" => {
                    (version.at_text(), "JSON Feed 1.0".to_owned(), "JSON Feed 1.1")
                }
                _ => return,
            },
            Dialect::Rdf | Dialect::Atom => return,
        };
        let message = format!("{old} is an old version");
        let finding = Finding::new(RULE.code, RULE.severity, message, place).w3c(&["ObsoleteVersion"]);
        out.push(finding.help(format!("{new} holds all of it")));
    }
}
