//! # unknown-tag
//!
//! ## What it checks
//! Whether a value has a YAML tag that front matter has no use for, or one that does not fit the value.
//!
//! ## Why it matters
//! Some generators ignore such a tag, some refuse the front matter, and tags of a programming language can make
//! unsafe readers run code.
//!
//! ## Example
//! ```yaml
//! date: !date 2025-09-24
//! ```
//!
//! ## Use instead
//! ```yaml
//! date: 2025-09-24
//! ```
//!
//! ## Since
//! 0.1.0

use super::{Check, Rule};
use crate::finding::Severity;

pub(super) const RULE: Rule = Rule {
    code: "unknown-tag",
    severity: Severity::Warning,
    page: include_str!("unknown_tag.rs"),
    preview: false,
    check: Check::Elsewhere,
};
