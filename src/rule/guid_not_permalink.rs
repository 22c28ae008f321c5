//! # guid-not-permalink
//!
//! ## What it checks
//! Whether a `guid` of RSS that counts as an address is one: it does unless `isPermaLink="false"` says otherwise.
//!
//! ## Why it matters
//! Readers open it as the item's page.
//!
//! ## Example
//! ```xml
//! <guid>harbour-1</guid>
//! ```
//!
//! ## Use instead
//! ```xml
//! <guid isPermaLink="false">harbour-1</guid>
//! ```
//! `--fix` says so.
//!
//! ## Since
//! 0.1.0

use super::{Check, Rule};
use crate::{
    feed_view::{About, Dialect, Look, Part},
    finding::{Edit, Finding, Place, Severity},
    reference::scheme,
    syntax::xml::Ns,
};

pub(super) const RULE: Rule = Rule {
    code: "guid-not-permalink",
    severity: Severity::Error,
    page: include_str!("guid_not_permalink.rs"),
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
        let Some(guid) = item.id().filter(|guid| !guid.text().is_empty()) else { return };
        let said = guid.get("isPermaLink");
        let web =
            scheme(guid.text()).is_some_and(|scheme| matches!(&*scheme.to_ascii_lowercase(), "http" | "https" | "ftp"));
        // Other values are no booleans, which the table says.
        if web || !matches!(said, None | Some("true")) {
            return;
        }
        let finding = Finding::error(RULE.code, "this `guid` counts as an address, and is none", guid.at_text());
        let finding = finding.w3c(&["InvalidPermalink", "InvalidHttpGUID"]);
        out.push(match (said, guid.at_name(), guid.at_attribute(Ns::NONE, "isPermaLink")) {
            (None, Place::Bytes(name), _) => {
                let edit = Edit { range: name.end..name.end, text: " isPermaLink=\"false\"".to_owned() };
                let meant = format!("/items/{}/url", item.index);
                finding.help("add `isPermaLink=\"false\"` (`--fix` does)").fix(true, vec![edit], vec![meant])
            }
            (Some(_), _, Place::Bytes(value)) => {
                let edit = Edit { range: value, text: "false".to_owned() };
                let meant = format!("/items/{}/url", item.index);
                finding.help("write `isPermaLink=\"false\"` (`--fix` does)").fix(true, vec![edit], vec![meant])
            }
            _ => finding.help("add `isPermaLink=\"false\"`"),
        });
    }
}
