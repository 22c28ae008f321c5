//! # missing-element
//!
//! ## What it checks
//! Whether an element holds what it must hold.
//!
//! ## Why it matters
//! Readers rely on it. Many refuse a feed without a title, or lose items without an id.
//!
//! ## Example
//! ```xml
//! <channel>
//!   <title>Northern News</title>
//! </channel>
//! ```
//!
//! ## Use instead
//! ```xml
//! <channel>
//!   <title>Northern News</title>
//!   <link>https://news.example/</link>
//!   <description>News of the north</description>
//! </channel>
//! ```
//!
//! ## Since
//! 0.1.0

use super::{Check, Rule};
use crate::finding::Severity;

pub(super) const RULE: Rule = Rule {
    code: "missing-element",
    severity: Severity::Error,
    page: include_str!("missing_element.rs"),
    preview: false,
    check: Check::Elsewhere,
};
