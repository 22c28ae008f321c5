//! # missing-summary
//!
//! ## What it checks
//! Whether an entry of Atom has a `summary` where its `content` is elsewhere (`src`) or in base64.
//!
//! ## Why it matters
//! Few readers can show such content; the summary is what the others show. RFC 4287, section 4.1.2, requires it.
//!
//! ## Example
//! ```xml
//! <content type="image/png" src="https://harbour.example/low.png"/>
//! ```
//!
//! ## Use instead
//! ```xml
//! <summary>A picture of the low tide</summary>
//! <content type="image/png" src="https://harbour.example/low.png"/>
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
    code: "missing-summary",
    severity: Severity::Error,
    page: include_str!("missing_summary.rs"),
    preview: false,
    check: Check::Feed(|| Box::<State>::default()),
};

/// Looks at each entry.
#[derive(Default)]
struct State;

impl Look for State {
    fn item(&mut self, item: &Part<'_>, _: &About<'_>, out: &mut Vec<Finding>) {
        let Some(content) = item.child(ATOM, "content") else { return };
        let kind = content.get("type").unwrap_or("text").trim().to_ascii_lowercase();
        let text = matches!(&*kind, "text" | "html" | "xhtml")
            || kind.starts_with("text/")
            || kind.ends_with("+xml")
            || kind.ends_with("/xml")
            || !kind.contains('/');
        let elsewhere = content.get("src").is_some();
        if (elsewhere || !text) && item.child(ATOM, "summary").is_none() {
            let message = match elsewhere {
                true => "the content is elsewhere, and there is no `summary`",
                false => "the content is in base64, and there is no `summary`",
            };
            let finding = Finding::error(RULE.code, message, content.at_name());
            out.push(finding.help("add a `summary`").w3c(&["MissingSummary"]));
        }
    }
}
