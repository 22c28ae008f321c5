//! # unknown-element
//!
//! ## What it checks
//! Whether a feed has elements that their specification does not know.
//!
//! ## Why it matters
//! Nobody reads them, and most are slips of the pen: names are compared letter by letter, and `pubdate` is not
//! `pubDate`.
//!
//! ## Example
//! ```xml
//! <pubdate>Thu, 05 Mar 2026 10:00:00 +0000</pubdate>
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
    code: "unknown-element",
    severity: Severity::Error,
    page: include_str!("unknown_element.rs"),
    preview: false,
    check: Check::Elsewhere,
};
