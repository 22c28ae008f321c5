//! # inexact-number
//!
//! ## What it checks
//! Whether a number is more than 64-bit integers and doubles hold exactly.
//!
//! ## Why it matters
//! Most programs read JSON numbers as doubles, which hold about 16 digits: a longer one, often an id, comes out rounded
//! and then names something else. slugline keeps it as text.
//!
//! ## Example
//! ```json
//! {"id": 123456789012345678901234567890}
//! ```
//!
//! ## Use instead
//! ```json
//! {"id": "123456789012345678901234567890"}
//! ```
//!
//! ## Since
//! 0.1.0

use super::{Check, Rule};
use crate::finding::Severity;

pub(super) const RULE: Rule = Rule {
    code: "inexact-number",
    severity: Severity::Warning,
    page: include_str!("inexact_number.rs"),
    preview: false,
    check: Check::Elsewhere,
};
