//! # invalid-encoding
//!
//! ## What it checks
//! Whether the bytes of the source are the encoding that it says it is in; a post must be UTF-8.
//!
//! ## Why it matters
//! What cannot be decoded is shown as �, and some generators stop.
//!
//! ## Example
//! ```text
//! title: Caf� (a byte 0xE9 alone)
//! ```
//!
//! ## Use instead
//! The file saved as UTF-8. slugline does not rewrite such a file: it would have to guess.
//!
//! ## Since
//! 0.1.0

use super::{Check, Rule};
use crate::finding::Severity;

pub(super) const RULE: Rule = Rule {
    code: "invalid-encoding",
    severity: Severity::Error,
    page: include_str!("invalid_encoding.rs"),
    preview: false,
    check: Check::Elsewhere,
};
