//! # contradictory-paging
//!
//! ## What it checks
//! Whether what a feed says of its pages and archives can be true: it is not complete (`fh:complete`) and an archive
//! (`fh:archive`) at once; an archive is not the current feed; what comes before is not what comes after; of each
//! relation there is one page.
//!
//! ## Why it matters
//! RFC 5005: readers put a feed's history together from these. Of a complete feed they delete what it no longer holds;
//! an archive they never fetch again, so that they would miss all that is new.
//!
//! ## Example
//! ```xml
//! <link rel="self" href="https://harbour.example/feed.atom"/>
//! <link rel="current" href="https://harbour.example/feed.atom"/>
//! <fh:archive/>
//! ```
//!
//! ## Use instead
//! ```xml
//! <link rel="self" href="https://harbour.example/2024.atom"/>
//! <link rel="current" href="https://harbour.example/feed.atom"/>
//! <fh:archive/>
//! ```
//!
//! ## Since
//! 0.1.0

use super::{Check, Rule};
use crate::{
    feed_view::{About, Look, Part, fields::Link},
    finding::{Finding, Severity},
    namespace::FH,
    syntax::xml::Ns,
};

pub(super) const RULE: Rule = Rule {
    code: "contradictory-paging",
    severity: Severity::Warning,
    page: include_str!("contradictory_paging.rs"),
    preview: false,
    check: Check::Feed(|| Box::<State>::default()),
};

/// Relations of which a feed has one each.
const SINGLE: &[&str] = &["first", "last", "next", "previous", "current", "prev-archive", "next-archive"];
/// What is before a feed, and what is after it.
const APART: &[(&str, &str)] = &[("previous", "next"), ("prev-archive", "next-archive")];

/// Looks at the head.
#[derive(Default)]
struct State;

impl Look for State {
    fn end(&mut self, head: &Part<'_>, _: &About<'_>, out: &mut Vec<Finding>) {
        let (complete, archive) = (head.child(FH, "complete"), head.child(FH, "archive"));
        if let (Some(complete), Some(archive)) = (complete, archive) {
            let message = "a feed is complete or an archive, not both";
            let finding = Finding::error(RULE.code, message, archive.at_name());
            let finding = finding.related(complete.at_name(), "the feed says that it is complete");
            out.push(finding.help("take one of the two out"));
        }
        let links: Vec<(&str, Link<'_, '_>)> = head
            .links()
            .map(|link| (if link.rel == "prev" { "previous" } else { link.rel }, link))
            .filter(|(rel, link)| (*rel == "self" || SINGLE.contains(rel)) && !link.href.is_empty())
            .take(64)
            .collect();
        let of = |rel: &str| links.iter().find(|(known, _)| *known == rel).map(|(_, link)| link);
        if let (Some(archive), Some(own), Some(current)) = (archive, of("self"), of("current"))
            && own.href == current.href
        {
            let message = "an archive is not the current feed";
            let finding = Finding::warning(RULE.code, message, current.at());
            let finding = finding.related(archive.at_name(), "the feed says that it is an archive");
            out.push(finding.help("write the address of the feed that is current, or take `fh:archive` out"));
        }
        for (before, after) in APART {
            if let (Some(first), Some(second)) = (of(before), of(after))
                && first.href == second.href
                && of("self").is_none_or(|own| own.href != first.href)
            {
                let message = format!("`{before}` and `{after}` are the same page");
                let finding = Finding::warning(RULE.code, message, second.at());
                out.push(finding.related(first.at(), "the same here").help("write the address of each"));
            }
        }
        for (at, (rel, link)) in links.iter().enumerate().filter(|(_, (rel, _))| SINGLE.contains(rel)) {
            let same = |other: &&(&str, Link<'_, '_>)| other.0 == *rel && other.1.kind == link.kind;
            if let Some((_, first)) = links[..at].iter().find(same).filter(|(_, first)| first.href != link.href) {
                let message = format!("the feed has two pages that are its `{rel}` one");
                let finding = Finding::warning(RULE.code, message, link.elem.at_attribute(Ns::NONE, "rel"));
                let at = first.elem.at_attribute(Ns::NONE, "rel");
                out.push(finding.related(at, "the first is here").help("keep one: readers follow the first they see"));
            }
        }
    }
}
