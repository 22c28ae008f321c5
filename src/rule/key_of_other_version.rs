//! # key-of-other-version
//!
//! ## What it checks
//! Whether a JSON Feed has keys that its version does not know: `authors` and `language` in 1.0; `author` in 1.1,
//! where it is deprecated.
//!
//! ## Why it matters
//! Readers that go by the version pass over them.
//!
//! ## Example
//! ```json
//! {"version": "https://jsonfeed.org/version/1", "authors": [{"name": "Ida"}]}
//! ```
//!
//! ## Use instead
//! ```json
//! {"version": "https://jsonfeed.org/version/1.1", "authors": [{"name": "Ida"}]}
//! ```
//!
//! ## Since
//! 0.1.0

use super::{Check, MOST, Rule};
use crate::{
    feed_view::{About, Dialect, Look, Part},
    finding::{Finding, Place, Severity},
    syntax::xml::Ns,
};

pub(super) const RULE: Rule = Rule {
    code: "key-of-other-version",
    severity: Severity::Warning,
    page: include_str!("key_of_other_version.rs"),
    preview: false,
    check: Check::Feed(|| Box::<State>::default()),
};

/// Where the keys stand that belong to one version: the version decides which are wrong.
#[derive(Default)]
struct State {
    new: Vec<(&'static str, Place)>,
    old: Vec<Place>,
    beside: bool,
}

impl State {
    fn note(&mut self, part: &Part<'_>) {
        if part.dialect != Dialect::Json || self.new.len() + self.old.len() > MOST {
            return;
        }
        self.beside = part.child(Ns::NONE, "authors").is_some();
        for name in ["authors", "language"] {
            self.new.extend(part.child(Ns::NONE, name).map(|elem| (name, elem.at_name())));
        }
        // A feed may carry both for old readers.
        if !self.beside {
            self.old.extend(part.child(Ns::NONE, "author").map(|elem| elem.at_name()));
        }
    }
}

impl Look for State {
    fn item(&mut self, item: &Part<'_>, _: &About<'_>, _: &mut Vec<Finding>) {
        self.note(item);
    }

    fn end(&mut self, head: &Part<'_>, _: &About<'_>, out: &mut Vec<Finding>) {
        self.note(head);
        let Some(version) = head.child(Ns::NONE, "version").filter(|_| head.dialect == Dialect::Json) else { return };
        if version.text().ends_with("/version/1") {
            out.extend(self.new.drain(..).map(|(name, place)| {
                let message = format!("JSON Feed 1.0 has no `{name}`");
                Finding::warning(RULE.code, message, place).help("write version 1.1")
            }));
        } else {
            out.extend(self.old.drain(..).map(|place| {
                let message = "`author` is deprecated since JSON Feed 1.1";
                Finding::new(RULE.code, Severity::Hint, message, place).help("write `authors`, a list, beside it")
            }));
        }
    }
}
