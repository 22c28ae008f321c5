//! # html-fragment
//!
//! ## What it checks
//! Whether Atom's `content` of `type="text/html"` is a piece of HTML rather than a whole document.
//!
//! ## Why it matters
//! A media type means a whole document of that type (RFC 4287, section 4.1.3.1); readers may show it apart from the
//! feed. For a piece there is `type="html"`.
//!
//! ## Example
//! ```xml
//! <content type="text/html">&lt;p&gt;The tide is low.&lt;/p&gt;</content>
//! ```
//!
//! ## Use instead
//! ```xml
//! <content type="html">&lt;p&gt;The tide is low.&lt;/p&gt;</content>
//! ```
//!
//! ## Since
//! 0.2.0

use super::{Check, Rule};
use crate::{
    feed_view::{About, Look, Part},
    finding::{Finding, Severity},
    namespace::ATOM,
    syntax::{
        html::{self, Token},
        xml::Ns,
    },
};

pub(super) const RULE: Rule = Rule {
    code: "html-fragment",
    severity: Severity::Hint,
    page: include_str!("html_fragment.rs"),
    preview: false,
    check: Check::Feed(|| Box::<State>::default()),
};

/// Looks at each entry.
#[derive(Default)]
struct State;

impl Look for State {
    fn item(&mut self, item: &Part<'_>, _: &About<'_>, out: &mut Vec<Finding>) {
        for elem in item.top().filter(|elem| elem.ns() == ATOM) {
            let kind = elem.get("type").unwrap_or("").trim();
            let whole = || {
                html::tokens(elem.raw())
                    .any(|token| matches!(token, Token::Open(tag) if tag.name.eq_ignore_ascii_case("html")))
            };
            if !kind.eq_ignore_ascii_case("text/html") || elem.get("src").is_some() || whole() {
                continue;
            }
            let message = "`text/html` is for whole documents, and this is a piece of one";
            let finding = Finding::new(RULE.code, RULE.severity, message, elem.at_attribute(Ns::NONE, "type"));
            out.push(finding.help("write `type=\"html\"`").w3c(&["HtmlFragment"]));
        }
    }

    fn end(&mut self, head: &Part<'_>, about: &About<'_>, out: &mut Vec<Finding>) {
        self.item(head, about, out);
    }
}
