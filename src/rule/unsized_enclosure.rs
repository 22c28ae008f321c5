//! # unsized-enclosure
//!
//! ## What it checks
//! Whether a link of Atom to an enclosure says how long the file is, and of what type.
//!
//! ## Why it matters
//! Readers decide by them whether to fetch the file at all. RFC 4287, section 4.2.7.2, asks for the length.
//!
//! ## Example
//! ```xml
//! <link rel="enclosure" href="https://harbour.example/1.mp3"/>
//! ```
//!
//! ## Use instead
//! ```xml
//! <link rel="enclosure" href="https://harbour.example/1.mp3" type="audio/mpeg" length="123456"/>
//! ```
//!
//! ## Since
//! 0.1.0

use super::{Check, Rule};
use crate::{
    feed_view::{About, Look, Part},
    finding::{Finding, Severity},
    namespace::ATOM,
};

pub(super) const RULE: Rule = Rule {
    code: "unsized-enclosure",
    severity: Severity::Hint,
    page: include_str!("unsized_enclosure.rs"),
    preview: false,
    check: Check::Feed(|| Box::<State>::default()),
};

/// Looks at each item.
#[derive(Default)]
struct State;

impl Look for State {
    fn item(&mut self, item: &Part<'_>, _: &About<'_>, out: &mut Vec<Finding>) {
        let links = item.links().filter(|link| link.rel == "enclosure" && link.elem.ns() == ATOM);
        for link in links.filter(|link| !link.href.is_empty()) {
            let says = |name: &str| link.elem.get(name).is_some_and(|value| !value.trim().is_empty());
            let (lacks, help) = match (says("length"), says("type")) {
                (true, true) => continue,
                (false, true) => ("how long its file is", "add `length`, in bytes"),
                (true, false) => ("of what type its file is", "add `type`, such as `audio/mpeg`"),
                (false, false) => ("how long its file is, and of what type", "add `length`, in bytes, and `type`"),
            };
            let message = format!("this enclosure does not say {lacks}");
            out.push(Finding::new(RULE.code, RULE.severity, message, link.elem.at_name()).help(help));
        }
    }
}
