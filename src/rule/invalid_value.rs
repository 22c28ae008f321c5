//! # invalid-value
//!
//! ## What it checks
//! Whether a value is what the schema asks for beyond its type: a pattern, a format such as `date-time` or `uri`, one
//! of some values, a length, a range.
//!
//! ## Why it matters
//! What the schema asks for is what templates, feeds and other tools of the site rely on.
//!
//! ## Example
//! ```yaml
//! date: March 5th, 2021
//! slug: My Budget!
//! ```
//!
//! ## Use instead
//! ```yaml
//! date: 2021-03-05
//! slug: my-budget
//! ```
//!
//! ## Since
//! 0.1.0

use super::{Check, Rule};
use crate::finding::Severity;

pub(super) const RULE: Rule = Rule {
    code: "invalid-value",
    severity: Severity::Error,
    page: include_str!("invalid_value.rs"),
    preview: false,
    check: Check::Elsewhere,
};
