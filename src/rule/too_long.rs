//! # too-long
//!
//! ## What it checks
//! Whether a text is longer than those who show it allow.
//!
//! ## Why it matters
//! They cut it off, or leave it out.
//!
//! ## Example
//! ```xml
//! <itunes:subtitle>… 300 characters …</itunes:subtitle>
//! ```
//!
//! ## Use instead
//! ```xml
//! <itunes:subtitle>An hour about snow</itunes:subtitle>
//! ```
//!
//! ## Since
//! 0.1.0

use super::{Check, Rule};
use crate::finding::Severity;

pub(super) const RULE: Rule = Rule {
    code: "too-long",
    severity: Severity::Error,
    page: include_str!("too_long.rs"),
    preview: false,
    check: Check::Elsewhere,
};
