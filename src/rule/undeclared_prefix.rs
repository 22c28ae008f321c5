//! # undeclared-prefix
//!
//! ## What it checks
//! Whether each prefix of an element or attribute is declared with `xmlns:` on it or around it.
//!
//! ## Why it matters
//! A strict parser stops there, since the prefix alone says nothing. slugline takes well-known prefixes for what they
//! usually stand for, and keeps others apart.
//!
//! ## Example
//! ```xml
//! <rss version="2.0"><channel><dc:creator>Ada</dc:creator></channel></rss>
//! ```
//!
//! ## Use instead
//! ```xml
//! <rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><dc:creator>Ada</dc:creator></channel></rss>
//! ```
//!
//! ## Since
//! 0.1.0

use super::{Check, Rule};
use crate::finding::Severity;

pub(super) const RULE: Rule = Rule {
    code: "undeclared-prefix",
    severity: Severity::Error,
    page: include_str!("undeclared_prefix.rs"),
    preview: false,
    check: Check::Elsewhere,
};
