//! # truncated
//!
//! ## What it checks
//! Whether the source ends before all elements are closed.
//!
//! ## Why it matters
//! What is missing cannot be made up. slugline reads what is there, and ends with an error, so that half a feed is
//! never taken for a whole one.
//!
//! ## Example
//! ```xml
//! <rss><channel><item><title>The las
//! ```
//!
//! ## Use instead
//! ```xml
//! <rss><channel><item><title>The last</title></item></channel></rss>
//! ```
//!
//! ## Since
//! 0.1.0

use super::{Check, Rule};
use crate::finding::Severity;

pub(super) const RULE: Rule = Rule {
    code: "truncated",
    severity: Severity::Error,
    page: include_str!("truncated.rs"),
    preview: false,
    check: Check::Elsewhere,
};
