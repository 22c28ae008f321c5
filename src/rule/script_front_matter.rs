//! # script-front-matter
//!
//! ## What it checks
//! Whether a head is a program (`---js`), as Eleventy and others with gray-matter allow.
//!
//! ## Why it matters
//! Nothing is run here, so what the post carries is not known: it is not checked, and `convert` stops at it.
//!
//! ## Example
//! ```text
//! ---js
//! { title: "Snow" }
//! ---
//! ```
//!
//! ## Use instead
//! ```yaml
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
    code: "script-front-matter",
    severity: Severity::Warning,
    page: include_str!("script_front_matter.rs"),
    preview: false,
    check: Check::Elsewhere,
};
