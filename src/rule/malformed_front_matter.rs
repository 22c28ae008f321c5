//! # malformed-front-matter
//!
//! ## What it checks
//! Whether the front matter is valid YAML or TOML, and one document.
//!
//! ## Why it matters
//! A generator stops, or drops every key of the post without a word.
//!
//! ## Example
//! ```yaml
//! title: [Draft] Snow
//! ```
//!
//! ## Use instead
//! ```yaml
//! title: "[Draft] Snow"
//! ```
//!
//! ## Since
//! 0.1.0

use super::{Check, Rule};
use crate::finding::Severity;

pub(super) const RULE: Rule = Rule {
    code: "malformed-front-matter",
    severity: Severity::Error,
    page: include_str!("malformed_front_matter.rs"),
    preview: false,
    check: Check::Elsewhere,
};
