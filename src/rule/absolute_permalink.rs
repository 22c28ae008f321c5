//! # absolute-permalink
//!
//! ## What it checks
//! Whether a key that holds a path of the site (`url`, `permalink`, `aliases`, as the generator calls them) holds a whole
//! address.
//!
//! ## Why it matters
//! Hugo stops the build at one with `http:` or `https:`. Other generators make folders called `https:` of it, and the page is
//! found nowhere.
//!
//! ## Example
//! ```yaml
//! url: https://example.org/news/budget/
//! ```
//!
//! ## Use instead
//! ```yaml
//! url: /news/budget/
//! ```
//!
//! ## Since
//! 0.1.0

use super::{Check, Rule};
use crate::{
    document::Document,
    finding::{Finding, Place, Severity},
    syntax::tree::{Kind, pointer_step},
};

pub(super) const RULE: Rule = Rule {
    code: "absolute-permalink",
    severity: Severity::Warning,
    page: include_str!("absolute_permalink.rs"),
    preview: false,
    check: Check::Document(check),
};

fn check(document: &Document, findings: &mut Vec<Finding>) {
    let (profile, Some(tree)) = (&document.profile, document.tree()) else { return };
    let severity = if profile.habits.refuses_addresses { Severity::Error } else { Severity::Warning };
    for entry in profile.habits.paths_only.iter().filter_map(|key| document.top(key)) {
        let pointer = format!("/{}", pointer_step(&entry.key));
        let values = match &tree.node(entry.value).kind {
            Kind::List(items) => items.iter().enumerate().map(|(at, &id)| (format!("{pointer}/{at}"), id)).collect(),
            _ => vec![(pointer, entry.value)],
        };
        for (pointer, id) in values {
            let Kind::String(text) = &tree.node(id).kind else { continue };
            let Some((scheme, path)) = text.split_once("://").filter(|_| is_address(text)) else { continue };
            let message = format!("`{}` must be a path, not a whole address", entry.key);
            let mut finding = Finding::new(RULE.code, severity, message, Place::Value(pointer));
            if let Some(at) = path.find('/') {
                finding = finding.help(format!("write `{}`, without `{scheme}://{}`", &path[at..], &path[..at]));
            }
            findings.push(finding);
        }
    }
}

fn is_address(text: &str) -> bool {
    let scheme = text.split("://").next().unwrap_or_default();
    scheme.eq_ignore_ascii_case("http") || scheme.eq_ignore_ascii_case("https")
}
