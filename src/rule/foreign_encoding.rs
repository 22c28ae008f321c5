//! # foreign-encoding
//!
//! ## What it checks
//! Whether a post is in UTF-16.
//!
//! ## Why it matters
//! Generators expect UTF-8, and find no front matter in anything else.
//!
//! ## Example
//! ```text
//! �� followed by two bytes a character
//! ```
//!
//! ## Use instead
//! The file saved as UTF-8.
//!
//! ## Since
//! 0.1.0

use super::{Check, Rule};
use crate::finding::Severity;

pub(super) const RULE: Rule = Rule {
    code: "foreign-encoding",
    severity: Severity::Warning,
    page: include_str!("foreign_encoding.rs"),
    preview: false,
    check: Check::Elsewhere,
};
