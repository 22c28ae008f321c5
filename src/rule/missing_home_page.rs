//! # missing-home-page
//!
//! ## What it checks
//! Whether a JSON Feed says which page it belongs to: `home_page_url`.
//!
//! ## Why it matters
//! Readers lead to it from the feed's name, and take the site's icon from there. JSON Feed says that a feed on the web
//! should be thought of as required to have it.
//!
//! ## Example
//! ```json
//! {"version": "https://jsonfeed.org/version/1.1", "title": "Harbour news"}
//! ```
//!
//! ## Use instead
//! ```json
//! {"version": "https://jsonfeed.org/version/1.1", "title": "Harbour news", "home_page_url": "https://harbour.example/"}
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
    code: "missing-home-page",
    severity: Severity::Hint,
    page: include_str!("missing_home_page.rs"),
    preview: false,
    check: Check::Feed(|| Box::<State>::default()),
};

/// Looks at the head.
#[derive(Default)]
struct State;

impl Look for State {
    fn end(&mut self, head: &Part<'_>, _: &About<'_>, out: &mut Vec<Finding>) {
        let Some(frame) = head.frame().filter(|_| head.dialect == Dialect::Json) else { return };
        if head.child(Ns::NONE, "home_page_url").is_none() {
            let message = "the feed does not say which page it belongs to: it has no `home_page_url`";
            let finding = Finding::new(RULE.code, RULE.severity, message, frame.at_missing());
            out.push(finding.help("add the address of the site's page"));
        }
    }
}
