//! # front-matter-not-a-mapping
//!
//! ## What it checks
//! Whether the front matter is made of keys with values, rather than a list or a single text.
//!
//! ## Why it matters
//! There is no title, date or any other key then. A missing blank after a colon is the commonest cause.
//!
//! ## Example
//! ```yaml
//! title:Snow
//! ```
//!
//! ## Use instead
//! ```yaml
//! title: Snow
//! ```
//!
//! ## Since
//! 0.1.0

use super::{Check, Rule};
use crate::finding::Severity;

pub(super) const RULE: Rule = Rule {
    code: "front-matter-not-a-mapping",
    severity: Severity::Error,
    page: include_str!("front_matter_not_a_mapping.rs"),
    preview: false,
    check: Check::Elsewhere,
};
