//! # empty-value
//!
//! ## What it checks
//! Whether an element or attribute that says something is empty.
//!
//! ## Why it matters
//! An empty title or id is worse than none: readers show a blank line, or take all such items for one.
//!
//! ## Example
//! ```xml
//! <title></title>
//! ```
//!
//! ## Use instead
//! ```xml
//! <title>Snow in May</title>
//! ```
//!
//! ## Since
//! 0.1.0

use super::{Check, Rule};
use crate::finding::Severity;

pub(super) const RULE: Rule = Rule {
    code: "empty-value",
    severity: Severity::Warning,
    page: include_str!("empty_value.rs"),
    preview: false,
    check: Check::Elsewhere,
};
