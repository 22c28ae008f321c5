//! # said-twice
//!
//! ## What it checks
//! Whether a feed or item of RSS says the same by an element of RSS and by one of an extension: `pubDate` and
//! `dc:date`, `author` and `dc:creator`, `description` and `xhtml:body`.
//!
//! ## Why it matters
//! Readers disagree on which counts, and one of the two is forgotten when the other is changed.
//!
//! ## Example
//! ```xml
//! <pubDate>Sat, 01 Mar 2025 10:00:00 +0000</pubDate>
//! <dc:date>2025-03-01T10:00:00Z</dc:date>
//! ```
//!
//! ## Use instead
//! ```xml
//! <pubDate>Sat, 01 Mar 2025 10:00:00 +0000</pubDate>
//! ```
//!
//! ## Since
//! 0.1.0

use super::{Check, Rule};
use crate::{
    feed_view::{About, Dialect, Elem, Look, Part},
    finding::{Finding, Severity},
    namespace::{ADMIN, ATOM, CC, CONTENT, CREATIVE_COMMONS, DC, DCTERMS, XHTML},
    syntax::xml::Ns,
};

pub(super) const RULE: Rule = Rule {
    code: "said-twice",
    severity: Severity::Hint,
    page: include_str!("said_twice.rs"),
    preview: false,
    check: Check::Feed(|| Box::<State>::default()),
};

/// Elements of RSS, and those of others that say the same.
const TWINS: &[(&str, Ns, &str)] = &[
    ("title", DC, "title"),
    ("description", DC, "description"),
    ("description", DCTERMS, "abstract"),
    ("link", DC, "relation"),
    ("language", DC, "language"),
    ("copyright", DC, "rights"),
    ("managingEditor", DC, "publisher"),
    ("managingEditor", DC, "creator"),
    ("webMaster", DC, "publisher"),
    ("webMaster", ADMIN, "errorReportsTo"),
    ("generator", ADMIN, "generatorAgent"),
    ("author", DC, "creator"),
    ("category", DC, "subject"),
    ("pubDate", DC, "date"),
    ("pubDate", DCTERMS, "created"),
    ("lastBuildDate", DCTERMS, "modified"),
    ("source", DC, "source"),
    ("guid", DC, "identifier"),
    ("guid", ATOM, "id"),
    ("description", ATOM, "summary"),
    ("author", ATOM, "author"),
    ("pubDate", ATOM, "published"),
    ("enclosure", DCTERMS, "hasFormat"),
];

/// Looks at each item and at the head.
#[derive(Default)]
struct State;

impl State {
    fn look(part: &Part<'_>, w3c: &'static [&'static str], out: &mut Vec<Finding>) {
        if part.dialect != Dialect::Rss {
            return;
        }
        let mut tell = |own: Elem<'_, '_>, other: Elem<'_, '_>, w3c: &'static [&'static str]| {
            let name = format!("{}:{}", other.prefix(), other.local());
            let name = if other.prefix().is_empty() { other.local().to_owned() } else { name };
            let message = format!("`{}` and `{name}` say the same", own.local());
            let finding = Finding::new(RULE.code, RULE.severity, message, other.at_name());
            out.push(
                finding.related(own.at_name(), "here too").help("keep one: readers disagree on which counts").w3c(w3c),
            );
        };
        // Most parts hold few elements of others, and each counts once.
        let mut told: Vec<(Ns, &str)> = Vec::new();
        let (mut licensed, mut embodied) = (false, false);
        for other in part.top() {
            let ns = other.ns();
            licensed |= ns == CREATIVE_COMMONS;
            embodied |= ns == XHTML;
            if !matches!(ns, DC | DCTERMS | ADMIN | ATOM) {
                continue;
            }
            let name = other.local();
            let mut twins = TWINS.iter().filter(|(_, known, local)| *known == ns && *local == name).peekable();
            if twins.peek().is_none() || told.contains(&(other.ns(), other.local())) {
                continue;
            }
            told.push((other.ns(), other.local()));
            twins.filter_map(|(own, ..)| part.child(Ns::NONE, own)).for_each(|own| tell(own, other, w3c));
        }
        if licensed
            && let (Some(own), Some(other)) = (part.child(CREATIVE_COMMONS, "license"), part.child(CC, "license"))
        {
            tell(own, other, w3c);
        }
        if embodied && let Some(body) = part.child(XHTML, "body").or_else(|| part.child(XHTML, "div")) {
            let twin = part.child(Ns::NONE, "description").or_else(|| part.child(CONTENT, "encoded"));
            if let Some(own) = twin {
                tell(own, body, &["DuplicateDescriptionSemantics"]);
            }
        }
    }
}

impl Look for State {
    fn item(&mut self, item: &Part<'_>, _: &About<'_>, out: &mut Vec<Finding>) {
        Self::look(item, &["DuplicateItemSemantics"], out);
    }

    fn end(&mut self, head: &Part<'_>, _: &About<'_>, out: &mut Vec<Finding>) {
        Self::look(head, &["DuplicateSemantics"], out);
    }
}
