//! # unsupported-podcast-format
//!
//! ## What it checks
//! Whether the enclosures of a feed that uses Apple's podcast elements are in formats that Apple Podcasts plays: M4A,
//! MP3, MOV, MP4, M4V, PDF, EPUB; and whether its pictures (`itunes:image`) are JPEG or PNG.
//!
//! ## Why it matters
//! Episodes in other formats are not shown there; a show with another picture is turned down.
//!
//! ## Example
//! ```xml
//! <enclosure url="https://harbour.example/1.ogg" length="900" type="audio/ogg"/>
//! ```
//!
//! ## Use instead
//! ```xml
//! <enclosure url="https://harbour.example/1.mp3" length="1000" type="audio/mpeg"/>
//! ```
//!
//! ## Since
//! 0.1.0

use super::{Check, MOST, Rule};
use crate::{
    feed_view::{About, Dialect, Look, Part},
    finding::{Finding, Place, Severity},
    namespace::ITUNES,
    syntax::xml::Ns,
    untrusted::shown,
};

pub(super) const RULE: Rule = Rule {
    code: "unsupported-podcast-format",
    severity: Severity::Warning,
    page: include_str!("unsupported_podcast_format.rs"),
    preview: false,
    check: Check::Feed(|| Box::<State>::default()),
};

/// Endings of pictures that are not shown.
const NOT_SHOWN: &[&str] = &["gif", "webp", "avif", "svg", "bmp", "tif", "tiff", "heic"];
/// Endings of files that are played.
const PLAYED: &[&str] = &["m4a", "mp3", "mov", "mp4", "m4v", "pdf", "epub", "x-m4a", "x-m4v"];

/// Whether Apple's elements are used, and which enclosures are not played.
#[derive(Default)]
struct State {
    used: bool,
    others: Vec<(String, Place)>,
}

/// The ending of the file that an address names, where it names one.
fn ending(url: &str) -> Option<&str> {
    let path = url.split(['?', '#']).next().unwrap_or("");
    let file = path.rsplit('/').next().unwrap_or("");
    let (_, ending) = file.rsplit_once('.').filter(|_| path.matches('/').count() > 2)?;
    Some(ending)
}

/// Tells of the picture of a show or an episode.
fn picture(part: &Part<'_>, out: &mut Vec<Finding>) {
    let Some(image) = part.child(ITUNES, "image") else { return };
    let Some(ending) = image.get("href").and_then(ending) else { return };
    if NOT_SHOWN.iter().any(|known| known.eq_ignore_ascii_case(ending)) {
        let message = format!("Apple Podcasts shows no pictures in `.{}`", shown(ending));
        let finding = Finding::warning(RULE.code, message, image.at_attribute(Ns::NONE, "href"));
        out.push(finding.help("give the picture as JPEG or PNG"));
    }
}

impl Look for State {
    fn item(&mut self, item: &Part<'_>, _: &About<'_>, out: &mut Vec<Finding>) {
        picture(item, out);
        self.used |= item.top().any(|elem| elem.ns() == ITUNES);
        if item.dialect != Dialect::Rss || self.others.len() >= MOST {
            return;
        }
        for enclosure in item.top().filter(|elem| elem.is(Ns::NONE, "enclosure")) {
            let Some(ending) = enclosure.get("url").and_then(ending) else { continue };
            if ending.len() <= 5 && !PLAYED.iter().any(|known| known.eq_ignore_ascii_case(ending)) {
                self.others.push((ending.to_owned(), enclosure.at_attribute(Ns::NONE, "url")));
            }
        }
    }

    fn end(&mut self, head: &Part<'_>, _: &About<'_>, out: &mut Vec<Finding>) {
        picture(head, out);
        self.used |= head.top().any(|elem| elem.ns() == ITUNES);
        if self.used {
            out.extend(self.others.drain(..).map(|(ending, place)| {
                let message = format!("Apple Podcasts does not play `.{}`", shown(&ending));
                let finding = Finding::warning(RULE.code, message, place).w3c(&["UnsupportedItunesFormat"]);
                finding.help("give the episode as MP3 or M4A")
            }));
        }
    }
}
