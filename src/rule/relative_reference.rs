//! # relative-reference
//!
//! ## What it checks
//! Whether HTML in an item of RSS or JSON Feed links to, or shows, an address that is relative, without an `xml:base`.
//!
//! ## Why it matters
//! Nothing says what it is relative to: some readers take the feed's address, some the item's, some none. Pictures
//! stay away and links lead nowhere.
//!
//! ## Example
//! ```xml
//! <description>&lt;img src="/low.jpg"&gt;</description>
//! ```
//!
//! ## Use instead
//! ```xml
//! <description>&lt;img src="https://harbour.example/low.jpg"&gt;</description>
//! ```
//!
//! ## Since
//! 0.1.0

use super::{Check, Rule};
use crate::{
    feed_view::{Look, Markup, fields::is_atom},
    finding::{Finding, Severity},
    reference::scheme,
    untrusted::shown,
};

pub(super) const RULE: Rule = Rule {
    code: "relative-reference",
    severity: Severity::Warning,
    page: include_str!("relative_reference.rs"),
    preview: false,
    check: Check::Feed(|| Box::<State>::default()),
};

/// Attributes that hold an address.
const ADDRESSES: &[&str] = &["href", "src", "poster", "cite", "longdesc", "usemap", "background", "data", "action"];

/// Looks at each tag.
#[derive(Default)]
struct State;

impl Look for State {
    fn wants_tags(&self) -> bool {
        true
    }

    fn tag(&mut self, tag: &Markup<'_, '_>, out: &mut Vec<Finding>) {
        if tag.text.elem.is_based() || is_atom(tag.text.elem.ns()) {
            return;
        }
        for (name, value) in tag.attributes {
            let value = value.trim();
            let is_address = ADDRESSES.iter().any(|known| name.eq_ignore_ascii_case(known));
            if !is_address || value.is_empty() || value.starts_with('#') || scheme(value).is_some() {
                continue;
            }
            let message = format!("`{}` is relative, and nothing says to what", shown(value));
            let finding = Finding::warning(RULE.code, message, tag.at_attribute(name)).w3c(&["ContainsRelRef"]);
            out.push(finding.help("write it with `https://` and the host"));
        }
    }
}
