//! # missing-attribute
//!
//! ## What it checks
//! Whether an element has the attributes that it must have.
//!
//! ## Why it matters
//! Without them it says nothing: a link without `href` leads nowhere.
//!
//! ## Example
//! ```xml
//! <enclosure url="https://radio.example/1.mp3"/>
//! ```
//!
//! ## Use instead
//! ```xml
//! <enclosure url="https://radio.example/1.mp3" length="123" type="audio/mpeg"/>
//! ```
//!
//! ## Since
//! 0.1.0

use super::{Check, Rule};
use crate::finding::Severity;

pub(super) const RULE: Rule = Rule {
    code: "missing-attribute",
    severity: Severity::Error,
    page: include_str!("missing_attribute.rs"),
    preview: false,
    check: Check::Elsewhere,
};
