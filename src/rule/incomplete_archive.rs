//! # incomplete-archive
//!
//! ## What it checks
//! Whether a feed that is an archive (`fh:archive`) links to the current feed, and one with archives or pages says
//! what it is.
//!
//! ## Why it matters
//! RFC 5005, section 4: an archive should link to the feed that is current, or readers who find it stay with old news.
//!
//! ## Example
//! ```xml
//! <fh:archive/>
//! ```
//!
//! ## Use instead
//! ```xml
//! <fh:archive/>
//! <link rel="current" href="https://harbour.example/feed.atom"/>
//! ```
//!
//! ## Since
//! 0.1.0

use super::{Check, Rule};
use crate::{
    feed_view::{About, Look, Part},
    finding::{Finding, Severity},
    namespace::FH,
    syntax::xml::Ns,
};

pub(super) const RULE: Rule = Rule {
    code: "incomplete-archive",
    severity: Severity::Warning,
    page: include_str!("incomplete_archive.rs"),
    preview: false,
    check: Check::Feed(|| Box::<State>::default()),
};

/// Looks at the head.
#[derive(Default)]
struct State;

impl Look for State {
    fn end(&mut self, head: &Part<'_>, _: &About<'_>, out: &mut Vec<Finding>) {
        let has = |rel: &str| head.links().any(|link| link.rel == rel);
        if let Some(archive) = head.child(FH, "archive") {
            if !has("current") {
                let message = "this archive does not say which feed is the current one";
                let finding = Finding::warning(RULE.code, message, archive.at_name());
                out.push(finding.help("add a `link` with `rel=\"current\"`").w3c(&["MissingCurrentInArchive"]));
            }
            if !has("prev-archive") && has("next-archive") && has("previous") {
                let message = "this archive links to pages, which lead readers out of the archive";
                out.push(Finding::warning(RULE.code, message, archive.at_name()).w3c(&["ArchiveIncomplete"]));
            }
            return;
        }
        // The current feed links to the archive before it; one with a next archive is an archive itself.
        if let Some(next) = head.links().find(|link| link.rel == "next-archive") {
            let message = "a feed with a next archive is an archive, and does not say so";
            let finding = Finding::warning(RULE.code, message, next.elem.at_attribute(Ns::NONE, "rel"));
            out.push(finding.help("add `fh:archive`").w3c(&["ArchiveIncomplete"]));
        }
    }
}
