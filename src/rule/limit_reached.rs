//! # limit-reached
//!
//! ## What it checks
//! Whether the source stays within the limits on size, nesting and references. The message names the limit.
//!
//! ## Why it matters
//! What goes beyond them is most often an attack or a broken export; without limits it would take all memory or
//! time.
//!
//! ## Example
//! ```yaml
//! a: &a [x, x]
//! b: &b [*a, *a]
//! c: [*b, *b]  # and so on
//! ```
//!
//! ## Use instead
//! ```yaml
//! a: [x, x]
//! ```
//!
//! ## Since
//! 0.1.0

use super::{Check, Rule};
use crate::finding::Severity;

pub(super) const RULE: Rule = Rule {
    code: "limit-reached",
    severity: Severity::Error,
    page: include_str!("limit_reached.rs"),
    preview: false,
    check: Check::Elsewhere,
};
