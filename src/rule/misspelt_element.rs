//! # misspelt-element
//!
//! ## What it checks
//! Whether an element of RSS or Atom has a name that neither knows, but that is a slip of the fingers away from one
//! that it does.
//!
//! ## Why it matters
//! Readers pass over elements that they do not know: the title that was written is never shown. slugline reads it where
//! there is no other, and keeps the element as it is.
//!
//! ## Example
//! ```xml
//! <discription>Two loaves, one crumb</discription>
//! ```
//!
//! ## Use instead
//! ```xml
//! <description>Two loaves, one crumb</description>
//! ```
//!
//! ## Since
//! 0.1.0

use super::{Check, Rule};
use crate::finding::Severity;

pub(super) const RULE: Rule = Rule {
    code: "misspelt-element",
    severity: Severity::Warning,
    page: include_str!("misspelt_element.rs"),
    preview: false,
    check: Check::Elsewhere,
};
