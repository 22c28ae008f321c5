//! # misplaced-element
//!
//! ## What it checks
//! Whether an element stands in a parent that may hold it, and before those that it must stand before.
//!
//! ## Why it matters
//! Readers look for it where its specification has it, and nowhere else.
//!
//! ## Example
//! ```xml
//! <item>
//!   <ttl>60</ttl>
//! </item>
//! ```
//!
//! ## Use instead
//! ```xml
//! <channel>
//!   <ttl>60</ttl>
//!   <item/>
//! </channel>
//! ```
//!
//! ## Since
//! 0.1.0

use super::{Check, Rule};
use crate::finding::Severity;

pub(super) const RULE: Rule = Rule {
    code: "misplaced-element",
    severity: Severity::Error,
    page: include_str!("misplaced_element.rs"),
    preview: false,
    check: Check::Elsewhere,
};
