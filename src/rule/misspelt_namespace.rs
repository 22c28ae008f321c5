//! # misspelt-namespace
//!
//! ## What it checks
//! Whether the URI of a namespace is written as its specification has it.
//!
//! ## Why it matters
//! Readers compare it letter by letter: another case, `https` or a missing slash is another namespace, and its
//! elements are unknown.
//!
//! ## Example
//! ```xml
//! xmlns:media="http://search.yahoo.com/mrss"
//! ```
//!
//! ## Use instead
//! ```xml
//! xmlns:media="http://search.yahoo.com/mrss/"
//! ```
//!
//! ## Since
//! 0.1.0

use super::{Check, Rule};
use crate::finding::Severity;

pub(super) const RULE: Rule = Rule {
    code: "misspelt-namespace",
    severity: Severity::Error,
    page: include_str!("misspelt_namespace.rs"),
    preview: false,
    check: Check::Elsewhere,
};
