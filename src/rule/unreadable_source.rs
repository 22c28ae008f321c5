//! # unreadable-source
//!
//! ## What it checks
//! Whether the source can be read to its end.
//!
//! ## Why it matters
//! What comes after the place was not looked at, and no feed reader will see it.
//!
//! ## Example
//! ```xml
//! <rss><channel><item>
//! ```
//!
//! ## Use instead
//! The source whole. A cut-off file is most often an interrupted download or upload.
//!
//! ## Since
//! 0.1.0

use super::{Check, Rule};
use crate::finding::Severity;

pub(super) const RULE: Rule = Rule {
    code: "unreadable-source",
    severity: Severity::Error,
    page: include_str!("unreadable_source.rs"),
    preview: false,
    check: Check::Elsewhere,
};
