//! # deprecated
//!
//! ## What it checks
//! Whether a feed uses elements, attributes, values or document types that their specification has given up.
//!
//! ## Why it matters
//! Readers stop knowing them; what took their place says the same, and is known.
//!
//! ## Example
//! ```xml
//! <media:adult>true</media:adult>
//! ```
//!
//! ## Use instead
//! ```xml
//! <media:rating scheme="urn:simple">adult</media:rating>
//! ```
//!
//! ## Since
//! 0.1.0

use super::{Check, Rule};
use crate::finding::Severity;

pub(super) const RULE: Rule = Rule {
    code: "deprecated",
    severity: Severity::Hint,
    page: include_str!("deprecated.rs"),
    preview: false,
    check: Check::Elsewhere,
};
