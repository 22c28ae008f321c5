//! # external-entity
//!
//! ## What it checks
//! Whether a reference to an entity is used whose text is in another file.
//!
//! ## Why it matters
//! Opening it would let a feed read files of the machine, or call addresses. slugline never does: the reference stays
//! as text. Most feed readers drop it, or refuse the feed.
//!
//! ## Example
//! ```xml
//! <!DOCTYPE rss [<!ENTITY note SYSTEM "note.txt">]>
//! <rss><channel><title>&note;</title></channel></rss>
//! ```
//!
//! ## Use instead
//! ```xml
//! <rss><channel><title>The text itself</title></channel></rss>
//! ```
//!
//! ## Since
//! 0.1.0

use super::{Check, Rule};
use crate::finding::Severity;

pub(super) const RULE: Rule = Rule {
    code: "external-entity",
    severity: Severity::Error,
    page: include_str!("external_entity.rs"),
    preview: false,
    check: Check::Elsewhere,
};
