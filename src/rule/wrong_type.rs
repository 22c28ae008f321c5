//! # wrong-type
//!
//! ## What it checks
//! Whether a value is of the type that the schema asks for. Values are typed as YAML 1.2 types them (its core schema);
//! dates are text.
//!
//! ## Why it matters
//! `draft: "no"` is text, and text is true to most templates: the post stays hidden, or is shown.
//!
//! ## Example
//! ```yaml
//! draft: "no"
//! tags: weather
//! ```
//!
//! ## Use instead
//! ```yaml
//! draft: false
//! tags: [weather]
//! ```
//!
//! ## Since
//! 0.1.0

use super::{Check, Rule};
use crate::finding::Severity;

pub(super) const RULE: Rule = Rule {
    code: "wrong-type",
    severity: Severity::Error,
    page: include_str!("wrong_type.rs"),
    preview: false,
    check: Check::Elsewhere,
};
