//! # html-in-plain-text
//!
//! ## What it checks
//! Whether there are tags or entities in a value that is plain text: titles, names, categories; and whether there is
//! escaped markup in XHTML. In a JSON Feed: whether there are tags in a title, summary or description.
//!
//! ## Why it matters
//! Readers that keep to the specification show the tags as they are.
//!
//! ## Example
//! ```xml
//! <title>&lt;b&gt;Snow&lt;/b&gt; in May</title>
//! ```
//!
//! ## Use instead
//! ```xml
//! <title>Snow in May</title>
//! ```
//!
//! ## Since
//! 0.1.0

use super::{Check, Rule};
use crate::{
    feed_view::{About, Dialect, Look, Part, place::Cursor},
    finding::{Finding, Severity},
    kind::PLAIN_TEXT,
};

pub(super) const RULE: Rule = Rule {
    code: "html-in-plain-text",
    severity: Severity::Warning,
    page: include_str!("html_in_plain_text.rs"),
    preview: false,
    check: Check::Feed(|| Box::<State>::default()),
};

/// Keys of JSON Feed whose text is a line or two for people. Of `content_text` markup may be the subject.
const KEYS: &[&str] = &["title", "summary", "description"];

/// Looks at each item and at the head of a JSON Feed. The tables hold those of XML.
#[derive(Default)]
struct State;

impl State {
    fn look(part: &Part<'_>, out: &mut Vec<Finding>) {
        if part.dialect != Dialect::Json {
            return;
        }
        for elem in part.top().filter(|elem| KEYS.contains(&elem.local()) && elem.raw().contains('<')) {
            let mut complaints = Vec::new();
            (PLAIN_TEXT.check)(elem.raw(), &[], &mut complaints);
            // Entities in plain text have a rule of their own.
            let tag = complaints.into_iter().find(|complaint| elem.raw()[complaint.range.start..].starts_with('<'));
            let Some(complaint) = tag else { continue };
            let message =
                format!("`{}` is plain text, and holds HTML: readers show the tags as they are", elem.local());
            let finding = Finding::warning(RULE.code, message, elem.at(complaint.range, &mut Cursor::default()));
            out.push(finding.help("write it without tags: in JSON Feed HTML goes into `content_html` alone"));
        }
    }
}

impl Look for State {
    fn item(&mut self, item: &Part<'_>, _: &About<'_>, out: &mut Vec<Finding>) {
        Self::look(item, out);
    }

    fn end(&mut self, head: &Part<'_>, _: &About<'_>, out: &mut Vec<Finding>) {
        Self::look(head, out);
    }
}
