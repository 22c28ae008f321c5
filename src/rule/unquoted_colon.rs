//! # unquoted-colon
//!
//! ## What it checks
//! Whether text with a colon and a blank in it, or a colon at its end, stands in quotes.
//!
//! ## Why it matters
//! YAML takes what is before the colon for a key. Most readers then refuse the whole front matter.
//!
//! ## Example
//! ```yaml
//! title: Budget: what passed
//! ```
//!
//! ## Use instead
//! ```yaml
//! title: "Budget: what passed"
//! ```
//!
//! ## Since
//! 0.1.0

use super::{Check, Rule};
use crate::finding::Severity;

pub(super) const RULE: Rule = Rule {
    code: "unquoted-colon",
    severity: Severity::Error,
    page: include_str!("unquoted_colon.rs"),
    preview: false,
    check: Check::Elsewhere,
};
