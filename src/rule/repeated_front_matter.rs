//! # repeated-front-matter
//!
//! ## What it checks
//! Whether a second front matter follows the first.
//!
//! ## Why it matters
//! Generators read the first one and show the second as text. It mostly comes from an import that was run over
//! posts which had one.
//!
//! ## Example
//! ```markdown
//! ---
//! title: Snow
//! ---
//! ---
//! tags: [weather]
//! ---
//! ```
//!
//! ## Use instead
//! ```markdown
//! ---
//! title: Snow
//! tags: [weather]
//! ---
//! ```
//!
//! ## Since
//! 0.1.0

use super::{Check, Rule};
use crate::finding::Severity;

pub(super) const RULE: Rule = Rule {
    code: "repeated-front-matter",
    severity: Severity::Warning,
    page: include_str!("repeated_front_matter.rs"),
    preview: false,
    check: Check::Elsewhere,
};
