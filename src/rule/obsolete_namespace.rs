//! # obsolete-namespace
//!
//! ## What it checks
//! Whether a feed is of a draft of its format, such as Atom 0.3.
//!
//! ## Why it matters
//! Readers have dropped it, or will.
//!
//! ## Example
//! ```xml
//! <feed version="0.3" xmlns="http://purl.org/atom/ns#">
//! ```
//!
//! ## Use instead
//! ```xml
//! <feed xmlns="http://www.w3.org/2005/Atom">
//! ```
//!
//! ## Since
//! 0.1.0

use super::{Check, Rule};
use crate::finding::Severity;

pub(super) const RULE: Rule = Rule {
    code: "obsolete-namespace",
    severity: Severity::Warning,
    page: include_str!("obsolete_namespace.rs"),
    preview: false,
    check: Check::Elsewhere,
};
