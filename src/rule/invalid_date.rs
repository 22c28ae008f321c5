//! # invalid-date
//!
//! ## What it checks
//! Whether a date of a feed is written as its format has it: RFC 822 in RSS, RFC 3339 in Atom, the W3C's profile of
//! ISO 8601 in Dublin Core.
//!
//! ## Why it matters
//! Readers sort and mark items by their dates. One that cannot be read counts as now, as never, or as 1970; one that
//! is read anyway may be hours off.
//!
//! ## Example
//! ```xml
//! <pubDate>2026-03-05 10:00</pubDate>
//! ```
//!
//! ## Use instead
//! ```xml
//! <pubDate>Thu, 05 Mar 2026 10:00:00 +0000</pubDate>
//! ```
//!
//! ## Since
//! 0.1.0

use super::{Check, Rule};
use crate::finding::Severity;

pub(super) const RULE: Rule = Rule {
    code: "invalid-date",
    severity: Severity::Error,
    page: include_str!("invalid_date.rs"),
    preview: false,
    check: Check::Elsewhere,
};
