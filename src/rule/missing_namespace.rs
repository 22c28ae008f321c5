//! # missing-namespace
//!
//! ## What it checks
//! Whether an Atom feed is in Atom's namespace.
//!
//! ## Why it matters
//! Without it no reader knows that it is Atom.
//!
//! ## Example
//! ```xml
//! <feed>
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
    code: "missing-namespace",
    severity: Severity::Error,
    page: include_str!("missing_namespace.rs"),
    preview: false,
    check: Check::Elsewhere,
};
