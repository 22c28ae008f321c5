//! # unknown-key
//!
//! ## What it checks
//! Whether a key is one that the schema describes, where the schema allows no others (`additionalProperties` or
//! `unevaluatedProperties` is `false`).
//!
//! ## Why it matters
//! A key that nothing reads is data that nobody sees, and most often a slip.
//!
//! ## Example
//! ```yaml
//! colour: red
//! ```
//!
//! ## Use instead
//! A key of the schema; or describe the key there.
//!
//! ## Since
//! 0.1.0

use super::{Check, Rule};
use crate::finding::Severity;

pub(super) const RULE: Rule = Rule {
    code: "unknown-key",
    severity: Severity::Error,
    page: include_str!("unknown_key.rs"),
    preview: false,
    check: Check::Elsewhere,
};
