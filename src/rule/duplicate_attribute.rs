//! # duplicate-attribute
//!
//! ## What it checks
//! Whether an attribute stands twice in one tag, also under two prefixes of one namespace.
//!
//! ## Why it matters
//! A strict parser stops there, and others disagree on which of the two counts. slugline takes the first.
//!
//! ## Example
//! ```xml
//! <enclosure url="a.mp3" length="1" url="b.mp3"/>
//! ```
//!
//! ## Use instead
//! ```xml
//! <enclosure url="a.mp3" length="1"/>
//! ```
//!
//! ## Since
//! 0.1.0

use super::{Check, Rule};
use crate::finding::Severity;

pub(super) const RULE: Rule = Rule {
    code: "duplicate-attribute",
    severity: Severity::Error,
    page: include_str!("duplicate_attribute.rs"),
    preview: false,
    check: Check::Elsewhere,
};
