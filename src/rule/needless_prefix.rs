//! # needless-prefix
//!
//! ## What it checks
//! Whether Atom's own elements, or XHTML in a feed, are written with a prefix.
//!
//! ## Why it matters
//! It is right, and some readers look for the names without one.
//!
//! ## Example
//! ```xml
//! <atom:feed xmlns:atom="http://www.w3.org/2005/Atom">
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
    code: "needless-prefix",
    severity: Severity::Hint,
    page: include_str!("needless_prefix.rs"),
    preview: false,
    check: Check::Elsewhere,
};
