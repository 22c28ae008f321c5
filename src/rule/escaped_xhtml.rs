//! # escaped-xhtml
//!
//! ## What it checks
//! Whether a text of `type="xhtml"` holds no elements but escaped HTML.
//!
//! ## Why it matters
//! Readers show the tags as text: in XHTML, markup is written as elements.
//!
//! ## Example
//! ```xml
//! <content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">The tide is &lt;b&gt;low&lt;/b&gt;.</div></content>
//! ```
//!
//! ## Use instead
//! ```xml
//! <content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">The tide is <b>low</b>.</div></content>
//! ```
//!
//! ## Since
//! 0.2.0

use super::{Check, Rule};
use crate::{
    feed_view::{About, Look, Part, fields::Kind, place::Cursor},
    finding::{Finding, Severity},
    syntax::html::{self, Token},
};

pub(super) const RULE: Rule = Rule {
    code: "escaped-xhtml",
    severity: Severity::Warning,
    page: include_str!("escaped_xhtml.rs"),
    preview: false,
    check: Check::Feed(|| Box::<State>::default()),
};

/// Looks at the texts of items and of the head.
#[derive(Default)]
struct State;

impl Look for State {
    fn item(&mut self, item: &Part<'_>, _: &About<'_>, out: &mut Vec<Finding>) {
        for text in item.texts().filter(|text| text.kind == Kind::Xhtml) {
            let mut inside = text.elem.inside();
            let (Some(div), None) = (inside.next(), inside.next()) else { continue };
            let raw = div.raw();
            let tag = html::tokens(raw).find_map(|token| match token {
                Token::Open(tag) if html::is_element(tag.name) => Some(tag.name),
                _ => None,
            });
            let Some(name) = tag else { continue };
            let start = name.as_ptr() as usize - raw.as_ptr() as usize;
            let place = div.at(start - 1..start + name.len(), &mut Cursor::default());
            let finding = Finding::warning(RULE.code, "this is XHTML, and its markup is escaped", place);
            out.push(finding.help("write `type=\"html\"`, or the tags as elements").w3c(&["NotInline"]));
        }
    }

    fn end(&mut self, head: &Part<'_>, about: &About<'_>, out: &mut Vec<Finding>) {
        self.item(head, about, out);
    }
}
