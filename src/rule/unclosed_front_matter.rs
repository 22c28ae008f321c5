//! # unclosed-front-matter
//!
//! ## What it checks
//! Whether the front matter that a post opens is closed again: by a line `---`, `+++`, or the closing brace.
//!
//! ## Why it matters
//! Hugo stops the build. Jekyll and others take the whole file for text, and publish the keys with it.
//!
//! ## Example
//! ```markdown
//! ---
//! title: Snow
//!
//! It snowed.
//! ```
//!
//! ## Use instead
//! ```markdown
//! ---
//! title: Snow
//! ---
//! It snowed.
//! ```
//!
//! ## Since
//! 0.1.0

use super::{Check, Rule};
use crate::finding::Severity;

pub(super) const RULE: Rule = Rule {
    code: "unclosed-front-matter",
    severity: Severity::Error,
    page: include_str!("unclosed_front_matter.rs"),
    preview: false,
    check: Check::Elsewhere,
};
