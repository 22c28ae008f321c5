//! # malformed-extension-name
//!
//! ## What it checks
//! Whether an extension of a JSON Feed has a name that may be one: `_`, a letter, and no full stop anywhere, nor in the
//! names of what is in it.
//!
//! ## Why it matters
//! JSON Feed sets these rules so that the names can be used in every language that reads feeds: many reach what is in
//! an object with a full stop.
//!
//! ## Example
//! ```json
//! {"_harbour.example": {"tide": "low"}}
//! ```
//!
//! ## Use instead
//! ```json
//! {"_harbour": {"tide": "low"}}
//! ```
//!
//! ## Since
//! 0.1.0

use super::{Check, MOST, Rule};
use crate::{
    feed_view::{About, Dialect, Look, Part},
    finding::{Finding, Severity},
    untrusted::shown,
};

pub(super) const RULE: Rule = Rule {
    code: "malformed-extension-name",
    severity: Severity::Warning,
    page: include_str!("malformed_extension_name.rs"),
    preview: false,
    check: Check::Feed(|| Box::<State>::default()),
};

/// Looks at each item and at the head of a JSON Feed.
#[derive(Default)]
struct State {
    told: usize,
}

impl State {
    fn look(&mut self, part: &Part<'_>, out: &mut Vec<Finding>) {
        if part.dialect != Dialect::Json {
            return;
        }
        for own in part.top().filter(|elem| elem.local().starts_with('_')) {
            if self.told >= MOST {
                return;
            }
            let message = if !own.local()[1..].starts_with(char::is_alphabetic) {
                format!("the name `{}` of an extension has no letter behind its `_`", shown(own.local()))
            } else if own.local().contains('.') {
                format!("the name `{}` of an extension holds a full stop", shown(own.local()))
            } else if let Some(inside) = own.inside().find(|elem| elem.local().contains('.')) {
                let message = format!("the name `{}` in an extension holds a full stop", shown(inside.local()));
                self.told += 1;
                out.push(Finding::warning(RULE.code, message, inside.at_name()).help("write it without"));
                continue;
            } else {
                continue;
            };
            self.told += 1;
            let finding = Finding::warning(RULE.code, message, own.at_name());
            out.push(finding.help("name it for who made it, such as `_harbour`"));
        }
    }
}

impl Look for State {
    fn item(&mut self, item: &Part<'_>, _: &About<'_>, out: &mut Vec<Finding>) {
        self.look(item, out);
    }

    fn end(&mut self, head: &Part<'_>, _: &About<'_>, out: &mut Vec<Finding>) {
        self.look(head, out);
    }
}
