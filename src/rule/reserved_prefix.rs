//! # reserved-prefix
//!
//! ## What it checks
//! Whether a prefix that everybody uses for one namespace stands for another.
//!
//! ## Why it matters
//! Some readers go by the prefix.
//!
//! ## Example
//! ```xml
//! xmlns:dc="https://shop.example/ns"
//! ```
//!
//! ## Use instead
//! ```xml
//! xmlns:shop="https://shop.example/ns"
//! ```
//!
//! ## Since
//! 0.1.0

use super::{Check, Rule};
use crate::finding::Severity;

pub(super) const RULE: Rule = Rule {
    code: "reserved-prefix",
    severity: Severity::Warning,
    page: include_str!("reserved_prefix.rs"),
    preview: false,
    check: Check::Elsewhere,
};
