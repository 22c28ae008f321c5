//! # duplicate-element
//!
//! ## What it checks
//! Whether an element that may stand once in its parent stands there again.
//!
//! ## Why it matters
//! Readers disagree on which one counts: some take the first, some the last, some refuse the feed.
//!
//! ## Example
//! ```xml
//! <item>
//!   <title>Snow</title>
//!   <title>Snow in May</title>
//! </item>
//! ```
//!
//! ## Use instead
//! ```xml
//! <item>
//!   <title>Snow in May</title>
//! </item>
//! ```
//!
//! ## Since
//! 0.1.0

use super::{Check, Rule};
use crate::finding::Severity;

pub(super) const RULE: Rule = Rule {
    code: "duplicate-element",
    severity: Severity::Error,
    page: include_str!("duplicate_element.rs"),
    preview: false,
    check: Check::Elsewhere,
};
