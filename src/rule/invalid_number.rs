//! # invalid-number
//!
//! ## What it checks
//! Whether a number is one, of the kind that is asked for: whole, positive, in its range.
//!
//! ## Why it matters
//! A reader that cannot read it takes nought, or gives up on the element.
//!
//! ## Example
//! ```xml
//! <ttl>one hour</ttl>
//! ```
//!
//! ## Use instead
//! ```xml
//! <ttl>60</ttl>
//! ```
//!
//! ## Since
//! 0.1.0

use super::{Check, Rule};
use crate::finding::Severity;

pub(super) const RULE: Rule = Rule {
    code: "invalid-number",
    severity: Severity::Error,
    page: include_str!("invalid_number.rs"),
    preview: false,
    check: Check::Elsewhere,
};
