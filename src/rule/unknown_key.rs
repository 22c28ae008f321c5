//! # unknown-key
//!
//! ## What it checks
//! Whether a key is one that the schema describes, where the schema allows no others (`additionalProperties` or
//! `unevaluatedProperties` is `false`). In a JSON Feed: whether a key is one of JSON Feed's, or begins with `_` as those
//! of others must.
//!
//! ## Why it matters
//! A key that nothing reads is data that nobody sees, and most often a slip.
//!
//! ## Example
//! ```yaml
//! colour: red
//! ```
//!
//! ## Use instead
//! A key of the schema; or describe the key there. In a JSON Feed: a key of JSON Feed, or an object of your own such as
//! `_harbour`.
//!
//! ## Since
//! 0.1.0

use super::{Check, MOST, Rule};
use crate::{
    feed_view::{About, Dialect, Elem, Look, Part},
    finding::{Finding, Severity},
    json_hub::alias,
    nearest::nearest,
    untrusted::shown,
};

pub(super) const RULE: Rule = Rule {
    code: "unknown-key",
    severity: Severity::Error,
    page: include_str!("unknown_key.rs"),
    preview: false,
    check: Check::Feed(|| Box::<State>::default()),
};

/// The keys of JSON Feed 1.0 and 1.1, by what they stand in.
const FEED: &[&str] = &[
    "version",
    "title",
    "home_page_url",
    "feed_url",
    "description",
    "user_comment",
    "next_url",
    "icon",
    "favicon",
    "author",
    "authors",
    "language",
    "expired",
    "hubs",
    "items",
];
const ITEM: &[&str] = &[
    "id",
    "url",
    "external_url",
    "title",
    "content_html",
    "content_text",
    "summary",
    "image",
    "banner_image",
    "date_published",
    "date_modified",
    "author",
    "authors",
    "tags",
    "language",
    "attachments",
];
const AUTHOR: &[&str] = &["name", "url", "avatar"];
const ATTACHMENT: &[&str] = &["url", "mime_type", "title", "size_in_bytes", "duration_in_seconds"];
const HUB: &[&str] = &["type", "url"];

/// The words that RSS and others have for keys of an attachment.
const ENCLOSURE: &[(&str, &str)] = &[
    ("type", "mime_type"),
    ("length", "size_in_bytes"),
    ("size", "size_in_bytes"),
    ("duration", "duration_in_seconds"),
    ("href", "url"),
];

/// Looks at each item and at the head of a JSON Feed.
#[derive(Default)]
struct State {
    told: usize,
}

impl State {
    fn look(
        &mut self,
        part: &Part<'_>,
        known: &[&str],
        alias: fn(&str) -> Option<&'static str>,
        out: &mut Vec<Finding>,
    ) {
        if part.dialect != Dialect::Json {
            return;
        }
        for elem in part.top() {
            let inside = match elem.local() {
                "author" | "authors" => AUTHOR,
                "attachments" => ATTACHMENT,
                "hubs" => HUB,
                name => {
                    if !known.contains(&name) {
                        self.tell(elem, known, alias(name), out);
                    }
                    continue;
                }
            };
            for child in elem.children().filter(|child| !inside.contains(&child.local())) {
                let meant = ENCLOSURE.iter().find(|(own, _)| elem.local() == "attachments" && *own == child.local());
                self.tell(child, inside, meant.map(|(_, meant)| *meant), out);
            }
        }
    }

    fn tell(&mut self, elem: Elem<'_, '_>, known: &[&str], meant: Option<&str>, out: &mut Vec<Finding>) {
        let name = elem.local();
        if name.starts_with('_') || self.told >= MOST {
            return;
        }
        self.told += 1;
        let message = format!("`{}` is no key of JSON Feed here", shown(name));
        let finding = Finding::warning(RULE.code, message, elem.at_name());
        out.push(match meant.or_else(|| nearest(name, known.iter().copied())) {
            // HTML or plain text: both are meant by it.
            Some("content") => finding.help("did you mean `content_html` or `content_text`?"),
            Some(meant) => finding.help(format!("did you mean `{meant}`?")),
            None => finding.help("readers pass over it; give what is your own a name that begins with `_`"),
        });
    }
}

impl Look for State {
    fn item(&mut self, item: &Part<'_>, _: &About<'_>, out: &mut Vec<Finding>) {
        self.look(item, ITEM, alias::item_key, out);
    }

    fn end(&mut self, head: &Part<'_>, _: &About<'_>, out: &mut Vec<Finding>) {
        self.look(head, FEED, alias::feed_key, out);
    }
}
