//! # missing-self-link
//!
//! ## What it checks
//! Whether a feed says its own address: Atom's `link` with `rel="self"`, which RSS may carry too, JSON Feed's
//! `feed_url`.
//!
//! ## Why it matters
//! A reader that was handed the file, or a copy of it, cannot tell where to look for news. RFC 4287, section 4.1.1,
//! says that a feed should have it; for RSS the Best Practices Profile recommends it, and for JSON Feed its
//! specification: there it is a hint, unless `--feed-url` tells the address that is missing.
//!
//! ## Example
//! ```xml
//! <feed xmlns="http://www.w3.org/2005/Atom">
//!   <title>Harbour news</title>
//!   …
//! ```
//!
//! ## Use instead
//! ```xml
//! <feed xmlns="http://www.w3.org/2005/Atom">
//!   <title>Harbour news</title>
//!   <link rel="self" href="https://harbour.example/feed.atom"/>
//!   …
//! ```
//! With `--feed-url URL`, `--fix` adds it.
//!
//! ## Since
//! 0.1.0

use super::{Check, Rule};
use crate::{
    feed_view::{About, Dialect, Look, Part},
    finding::{Edit, Finding, Severity},
    namespace::ATOM_03,
    syntax::{html, xml::Ns},
};

pub(super) const RULE: Rule = Rule {
    code: "missing-self-link",
    severity: Severity::Warning,
    page: include_str!("missing_self_link.rs"),
    preview: false,
    check: Check::Feed(|| Box::<State>::default()),
};

/// Looks at the head.
#[derive(Default)]
struct State;

impl Look for State {
    fn end(&mut self, head: &Part<'_>, about: &About<'_>, out: &mut Vec<Finding>) {
        let Some(frame) = head.frame() else { return };
        // RSS 1.0 says its address by `rdf:about`; Atom 0.3 has no word for it.
        if head.dialect == Dialect::Rdf || frame.ns() == ATOM_03 || head.links().any(|link| link.rel == "self") {
            return;
        }
        let (severity, w3c): (_, &[_]) = match head.dialect {
            Dialect::Atom => (Severity::Warning, &["MissingSelf"]),
            Dialect::Json => (Severity::Hint, &[]),
            _ => (Severity::Hint, &["MissingAtomSelfLink"]),
        };
        // Whoever names the address wants it there.
        let severity = if about.feed_url.is_some() { Severity::Warning } else { severity };
        let message = match head.dialect {
            Dialect::Json => "the feed does not say its own address: it has no `feed_url`",
            _ => "the feed does not say its own address: it has no `link` with `rel=\"self\"`",
        };
        let finding = Finding::new(RULE.code, severity, message, frame.at_missing()).w3c(w3c);
        out.push(match about.feed_url.and_then(|url| edit(head, url)) {
            Some(edit) => finding.help("add it (`--fix` does)").fix(true, vec![edit], vec!["/feed_url".to_owned()]),
            None => finding.help("add it; with `--feed-url URL` `--fix` does"),
        });
    }
}

/// The link, as the first thing in the feed; in JSON behind the version.
fn edit(head: &Part<'_>, url: &str) -> Option<Edit> {
    let frame = head.frame()?;
    if head.dialect == Dialect::Json {
        let end = head.child(Ns::NONE, "version")?.value()?.end;
        let text = format!(", \"feed_url\": {}", serde_json::Value::from(url));
        return Some(Edit { range: end..end, text });
    }
    let tag = frame.tag();
    if head.source.get(tag.clone())?.ends_with("/>") {
        return None;
    }
    let (around, start) = head.source.around(tag.end, 1 << 10)?;
    let rest = &around[tag.end - start..];
    let blanks = &rest[..rest.len() - rest.trim_start().len()];
    let href = html::escape_attribute(url);
    let link = match head.dialect {
        Dialect::Atom if frame.prefix().is_empty() => format!("<link rel=\"self\" href=\"{href}\"/>"),
        Dialect::Atom => format!("<{}:link rel=\"self\" href=\"{href}\"/>", frame.prefix()),
        _ => format!(
            "<atom:link xmlns:atom=\"http://www.w3.org/2005/Atom\" rel=\"self\" href=\"{href}\" \
             type=\"application/rss+xml\"/>"
        ),
    };
    Some(Edit { range: tag.end..tag.end, text: format!("{blanks}{link}") })
}
