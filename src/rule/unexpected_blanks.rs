//! # unexpected-blanks
//!
//! ## What it checks
//! Whether there are blanks around a value that must have none: ids and dates of Atom, addresses in attributes.
//!
//! ## Why it matters
//! They are a part of the value: an id with a blank is another id.
//!
//! ## Example
//! ```xml
//! <id> urn:uuid:0e8a7c7e-4e5c-4f57-9d4b-6d0e5b4c3a2f </id>
//! ```
//!
//! ## Use instead
//! ```xml
//! <id>urn:uuid:0e8a7c7e-4e5c-4f57-9d4b-6d0e5b4c3a2f</id>
//! ```
//!
//! ## Since
//! 0.1.0

use super::{Check, Rule};
use crate::finding::Severity;

pub(super) const RULE: Rule = Rule {
    code: "unexpected-blanks",
    severity: Severity::Error,
    page: include_str!("unexpected_blanks.rs"),
    preview: false,
    check: Check::Elsewhere,
};
