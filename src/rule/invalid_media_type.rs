//! # invalid-media-type
//!
//! ## What it checks
//! Whether a media type is one: two words with a slash between them.
//!
//! ## Why it matters
//! Readers decide by it what they can play, and whether they fetch it at all.
//!
//! ## Example
//! ```xml
//! <enclosure url="https://radio.example/1.mp3" length="123" type="mp3"/>
//! ```
//!
//! ## Use instead
//! ```xml
//! <enclosure url="https://radio.example/1.mp3" length="123" type="audio/mpeg"/>
//! ```
//!
//! ## Since
//! 0.1.0

use super::{Check, Rule};
use crate::{
    feed_view::{About, Dialect, Look, Part},
    finding::{Finding, Severity},
    kind::MEDIA_TYPE,
    syntax::xml::Ns,
    untrusted::shown,
};

pub(super) const RULE: Rule = Rule {
    code: "invalid-media-type",
    severity: Severity::Error,
    page: include_str!("invalid_media_type.rs"),
    preview: false,
    check: Check::Feed(|| Box::<State>::default()),
};

/// Looks at the attachments of a JSON Feed. The tables hold those of XML.
#[derive(Default)]
struct State;

impl Look for State {
    fn item(&mut self, item: &Part<'_>, _: &About<'_>, out: &mut Vec<Finding>) {
        if item.dialect != Dialect::Json {
            return;
        }
        for kind in item.top().filter(|elem| elem.local() == "attachments") {
            let Some(kind) = kind.child(Ns::NONE, "mime_type") else { continue };
            let mut complaints = Vec::new();
            (MEDIA_TYPE.check)(kind.text(), &[], &mut complaints);
            if !complaints.is_empty() {
                let message = format!("`mime_type` is `{}`, which is not a media type", shown(kind.text()));
                let finding = Finding::error(RULE.code, message, kind.at_text());
                out.push(finding.help("write it as `audio/mpeg`"));
            }
        }
    }
}
