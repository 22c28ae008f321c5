//! # unknown-attribute
//!
//! ## What it checks
//! Whether an element has attributes that its specification does not know.
//!
//! ## Why it matters
//! Nobody reads them, and most are slips of the pen.
//!
//! ## Example
//! ```xml
//! <guid permaLink="false">snow</guid>
//! ```
//!
//! ## Use instead
//! ```xml
//! <guid isPermaLink="false">snow</guid>
//! ```
//!
//! ## Since
//! 0.1.0

use super::{Check, Rule};
use crate::finding::Severity;

pub(super) const RULE: Rule = Rule {
    code: "unknown-attribute",
    severity: Severity::Error,
    page: include_str!("unknown_attribute.rs"),
    preview: false,
    check: Check::Elsewhere,
};
