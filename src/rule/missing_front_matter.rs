//! # missing-front-matter
//!
//! ## What it checks
//! Whether a Markdown file begins with front matter, where a `[[content]]` entry of `slugline.toml` names it.
//!
//! ## Why it matters
//! A post without front matter has no title, no date and no slug; most generators leave it out or fail.
//!
//! ## Example
//! ```markdown
//! It snowed.
//! ```
//!
//! ## Use instead
//! ```markdown
//! ---
//! title: Snow
//! slug: snow
//! ---
//! It snowed.
//! ```
//!
//! ## Since
//! 0.1.0

use super::{Check, Rule};
use crate::finding::Severity;

pub(super) const RULE: Rule = Rule {
    code: "missing-front-matter",
    severity: Severity::Error,
    page: include_str!("missing_front_matter.rs"),
    preview: false,
    check: Check::Elsewhere,
};
