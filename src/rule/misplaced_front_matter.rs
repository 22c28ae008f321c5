//! # misplaced-front-matter
//!
//! ## What it checks
//! Whether the front matter stands at the very beginning, for generators that look nowhere else.
//!
//! ## Why it matters
//! Jekyll takes a post with an empty line above its first fence for a plain file: the front matter is published as
//! text.
//!
//! ## Example
//! ```markdown
//!
//! ---
//! title: Snow
//! ---
//! ```
//!
//! ## Use instead
//! ```markdown
//! ---
//! title: Snow
//! ---
//! ```
//!
//! ## Since
//! 0.1.0

use super::{Check, Rule};
use crate::finding::Severity;

pub(super) const RULE: Rule = Rule {
    code: "misplaced-front-matter",
    severity: Severity::Error,
    page: include_str!("misplaced_front_matter.rs"),
    preview: false,
    check: Check::Elsewhere,
};
