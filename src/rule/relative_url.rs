//! # relative-url
//!
//! ## What it checks
//! Whether an address is absolute where it must be. In a JSON Feed those of all its keys should be.
//!
//! ## Why it matters
//! A feed has no place of its own from which readers could go on: it is read from a file, a cache, another site.
//!
//! ## Example
//! ```xml
//! <link>/2026/snow/</link>
//! ```
//!
//! ## Use instead
//! ```xml
//! <link>https://news.example/2026/snow/</link>
//! ```
//!
//! ## Since
//! 0.1.0

use super::{Check, MOST, Rule};
use crate::{
    feed_view::{About, Dialect, Elem, Look, Part},
    finding::{Finding, Severity},
    schema::is_uri,
    untrusted::shown,
};

pub(super) const RULE: Rule = Rule {
    code: "relative-url",
    severity: Severity::Error,
    page: include_str!("relative_url.rs"),
    preview: false,
    check: Check::Feed(|| Box::<State>::default()),
};

/// Keys of JSON Feed that hold addresses.
const KEYS: &[&str] = &[
    "home_page_url",
    "feed_url",
    "next_url",
    "icon",
    "favicon",
    "url",
    "external_url",
    "image",
    "banner_image",
    "avatar",
];
/// Looks at each item and at the head of a JSON Feed. The tables hold those of XML.
#[derive(Default)]
struct State {
    told: usize,
}

impl State {
    fn look(&mut self, part: &Part<'_>, out: &mut Vec<Finding>) {
        if part.dialect != Dialect::Json {
            return;
        }
        for elem in part.top() {
            match elem.local() {
                "author" | "authors" | "attachments" | "hubs" => {
                    elem.children().for_each(|child| self.tell(child, out));
                }
                _ => self.tell(elem, out),
            }
        }
    }

    fn tell(&mut self, elem: Elem<'_, '_>, out: &mut Vec<Finding>) {
        let url = elem.text();
        // One with blanks or the like is no address at all, which the schema says.
        let relative = || !url.contains(':') && !url.contains(char::is_whitespace) && is_uri(&format!("x:{url}"));
        if !KEYS.contains(&elem.local()) || url.is_empty() || self.told >= MOST || !relative() {
            return;
        }
        self.told += 1;
        let message = format!("`{}` is relative, and nothing in a JSON Feed says to what", elem.local());
        let finding = Finding::warning(RULE.code, message, elem.at_text());
        let host =
            !url.starts_with(['/', '.', '?', '#']) && url.split('/').next().is_some_and(|host| host.contains('.'));
        out.push(match host && elem.local() == "home_page_url" {
            true => finding.help(format!("write `https://{}`", shown(url))),
            false => finding.help("write the whole address, with `https://` and the host"),
        });
    }
}

impl Look for State {
    fn item(&mut self, item: &Part<'_>, _: &About<'_>, out: &mut Vec<Finding>) {
        self.look(item, out);
    }

    fn end(&mut self, head: &Part<'_>, _: &About<'_>, out: &mut Vec<Finding>) {
        self.look(head, out);
    }
}
