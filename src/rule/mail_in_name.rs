//! # mail-in-name
//!
//! ## What it checks
//! Whether the name of an Atom person is an e-mail address.
//!
//! ## Why it matters
//! Readers show names, and collectors of addresses read feeds.
//!
//! ## Example
//! ```xml
//! <author><name>ida@harbour.example</name></author>
//! ```
//!
//! ## Use instead
//! ```xml
//! <author><name>Ida</name></author>
//! ```
//!
//! ## Since
//! 0.2.0

use super::{Check, Rule};
use crate::{
    feed_view::{About, Dialect, Look, Part, fields::is_atom},
    finding::{Finding, Severity},
};

pub(super) const RULE: Rule = Rule {
    code: "mail-in-name",
    severity: Severity::Warning,
    page: include_str!("mail_in_name.rs"),
    preview: false,
    check: Check::Feed(|| Box::<State>::default()),
};

/// Looks at the people of items and of the head.
#[derive(Default)]
struct State;

impl Look for State {
    fn item(&mut self, item: &Part<'_>, _: &About<'_>, out: &mut Vec<Finding>) {
        let people = item.top().filter(|elem| {
            is_atom(elem.ns()) && matches!(elem.local(), "author" | "contributor")
                || item.dialect == Dialect::Json && elem.local() == "authors"
        });
        for name in people.flat_map(|person| person.children()).filter(|child| child.local() == "name") {
            if is_mail(name.text()) {
                let finding = Finding::warning(RULE.code, "this name is an e-mail address", name.at_text());
                out.push(finding.help("write the person's name").w3c(&["ContainsEmail"]));
            }
        }
    }

    fn end(&mut self, head: &Part<'_>, about: &About<'_>, out: &mut Vec<Finding>) {
        self.item(head, about, out);
    }
}

/// Whether some word of a text is an e-mail address.
fn is_mail(text: &str) -> bool {
    text.split([' ', '<', '>', '(', ')']).any(|word| {
        let parts = word.split_once('@');
        parts.is_some_and(|(user, host)| {
            !user.is_empty() && host.contains('.') && !host.ends_with('.') && !host.contains('@')
        })
    })
}
