//! # duplicate-key
//!
//! ## What it checks
//! Whether a key is there twice in one mapping: in front matter and in JSON.
//!
//! ## Why it matters
//! Readers disagree on which of the two counts, and say nothing. slugline takes the first.
//!
//! ## Example
//! ```yaml
//! tags: [weather]
//! title: Snow
//! tags: [snow]
//! ```
//!
//! ## Use instead
//! ```yaml
//! title: Snow
//! tags: [weather, snow]
//! ```
//!
//! ## Since
//! 0.1.0

use super::{Check, Rule};
use crate::finding::Severity;

pub(super) const RULE: Rule = Rule {
    code: "duplicate-key",
    severity: Severity::Error,
    page: include_str!("duplicate_key.rs"),
    preview: false,
    check: Check::Elsewhere,
};
