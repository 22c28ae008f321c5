//! # image-differs
//!
//! ## What it checks
//! Whether the `image` of an RSS channel has the title and link of the channel.
//!
//! ## Why it matters
//! Readers show the image in the channel's place, and link it. The specification of RSS says that in practice the two
//! should be the same.
//!
//! ## Example
//! ```xml
//! <title>Harbour news</title>
//! <image>
//!   <title>A ship</title>
//!   …
//! ```
//!
//! ## Use instead
//! ```xml
//! <title>Harbour news</title>
//! <image>
//!   <title>Harbour news</title>
//!   …
//! ```
//!
//! ## Since
//! 0.1.0

use super::{Check, Rule};
use crate::{
    feed_view::{About, Dialect, Look, Part},
    finding::{Finding, Severity},
    syntax::xml::Ns,
    untrusted::shown,
};

pub(super) const RULE: Rule = Rule {
    code: "image-differs",
    severity: Severity::Hint,
    page: include_str!("image_differs.rs"),
    preview: false,
    check: Check::Feed(|| Box::<State>::default()),
};

/// Looks at the head.
#[derive(Default)]
struct State;

impl Look for State {
    fn end(&mut self, head: &Part<'_>, _: &About<'_>, out: &mut Vec<Finding>) {
        if head.dialect != Dialect::Rss {
            return;
        }
        let Some(image) = head.child(Ns::NONE, "image") else { return };
        let pairs: [(_, &[&str]); 2] = [("title", &["ImageTitleDoesntMatch"]), ("link", &["ImageLinkDoesntMatch"])];
        for (name, w3c) in pairs {
            let (Some(own), Some(channel)) = (image.child(Ns::NONE, name), head.child(Ns::NONE, name)) else {
                continue;
            };
            if own.text() == channel.text() || own.text().is_empty() || channel.text().is_empty() {
                continue;
            }
            let message = format!("the image's `{name}` is not that of the channel");
            let finding = Finding::new(RULE.code, RULE.severity, message, own.at_text());
            let finding = finding.related(channel.at_text(), "the channel's is here");
            out.push(finding.help(format!("write `{}`", shown(channel.text()))).w3c(w3c));
        }
    }
}
