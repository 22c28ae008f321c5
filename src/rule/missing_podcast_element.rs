//! # missing-podcast-element
//!
//! ## What it checks
//! Whether a feed that uses Apple's podcast elements has what directories ask for: `language`, `itunes:category`,
//! `itunes:explicit`, `itunes:image`; and an address to reach the owner at. Whether each episode has an enclosure, and,
//! where the show is serial, its number (`itunes:episode`).
//!
//! ## Why it matters
//! Apple Podcasts and others turn down a show without them. The owner's address is a hint: it proves who runs a show,
//! and is public.
//!
//! ## Example
//! ```xml
//! <channel xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd">
//!   <itunes:author>Ida</itunes:author>
//!   …
//! ```
//!
//! ## Use instead
//! ```xml
//! <channel xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd">
//!   <language>en</language>
//!   <itunes:author>Ida</itunes:author>
//!   <itunes:category text="News"/>
//!   <itunes:explicit>false</itunes:explicit>
//!   <itunes:image href="https://harbour.example/cover.jpg"/>
//!   …
//! ```
//!
//! ## Since
//! 0.1.0

use super::{Check, MOST, Rule};
use crate::{
    feed_view::{About, Dialect, Look, Part},
    finding::{Finding, Place, Severity},
    namespace::{DC, ITUNES},
    syntax::xml::Ns,
};

pub(super) const RULE: Rule = Rule {
    code: "missing-podcast-element",
    severity: Severity::Warning,
    page: include_str!("missing_podcast_element.rs"),
    preview: false,
    check: Check::Feed(|| Box::<State>::default()),
};

/// Whether any item uses Apple's elements, and which have no enclosure.
#[derive(Default)]
struct State {
    used: bool,
    silent: Vec<Place>,
    /// Whole episodes without a number: the show decides whether they need one.
    unnumbered: Vec<Place>,
}

impl Look for State {
    fn item(&mut self, item: &Part<'_>, _: &About<'_>, _: &mut Vec<Finding>) {
        let own = item.top().any(|elem| elem.ns() == ITUNES);
        self.used |= own;
        if own
            && item.dialect == Dialect::Rss
            && item.child(Ns::NONE, "enclosure").is_none()
            && self.silent.len() < MOST
        {
            self.silent.extend(item.frame().map(|frame| frame.at_missing()));
        }
        let whole = |kind: &str| kind.is_empty() || kind.eq_ignore_ascii_case("full");
        if own
            && item.dialect == Dialect::Rss
            && item.child(ITUNES, "episode").is_none()
            && item.child(ITUNES, "episodeType").is_none_or(|kind| whole(kind.text()))
            && self.unnumbered.len() < MOST
        {
            self.unnumbered.extend(item.frame().map(|frame| frame.at_missing()));
        }
    }

    fn end(&mut self, head: &Part<'_>, _: &About<'_>, out: &mut Vec<Finding>) {
        let Some(frame) = head.frame().filter(|_| head.dialect == Dialect::Rss) else { return };
        let show = head.top().any(|elem| elem.ns() == ITUNES);
        if !show && !self.used {
            return;
        }
        let wanted = [
            (Ns::NONE, "language", "`language`"),
            (ITUNES, "category", "`itunes:category`"),
            (ITUNES, "explicit", "`itunes:explicit`"),
            (ITUNES, "image", "`itunes:image`"),
        ];
        for (ns, local, name) in wanted {
            let there = head.child(ns, local).is_some() || local == "language" && head.child(DC, "language").is_some();
            if !there {
                let message = format!("this podcast has no {name}, which directories ask for");
                let finding = Finding::warning(RULE.code, message, frame.at_missing()).help(format!("add {name}"));
                out.push(finding.w3c(&["MissingItunesElement"]));
            }
        }
        let owner = head.child(ITUNES, "owner");
        if owner.and_then(|owner| owner.child(ITUNES, "email")).is_none_or(|mail| mail.text().is_empty()) {
            let message = "this podcast does not say how to reach its owner";
            let finding =
                Finding::new(RULE.code, Severity::Hint, message, frame.at_missing()).w3c(&["MissingItunesEmail"]);
            out.push(finding.help("add `itunes:owner` with `itunes:email`, at least while a directory asks for it"));
        }
        let serial = head.child(ITUNES, "type").filter(|kind| kind.text().eq_ignore_ascii_case("serial"));
        for place in self.unnumbered.drain(..).take(if serial.is_some() { MOST } else { 0 }) {
            let message = "this episode has no `itunes:episode`, and the show is serial";
            let finding = Finding::warning(RULE.code, message, place).help("add its number");
            out.push(match serial {
                Some(kind) => finding.related(kind.at_text(), "the show says so"),
                None => finding,
            });
        }
        for place in self.silent.drain(..).take(if show { MOST } else { 0 }) {
            let finding = Finding::new(RULE.code, Severity::Hint, "this episode has no `enclosure`", place);
            out.push(finding.help("add the address of its recording"));
        }
    }
}
