//! # misspelt-key
//!
//! ## What it checks
//! Whether a key that the schema does not describe is nearly one that it does, and that the post lacks. In a JSON Feed:
//! whether a key is another style's or RSS's word for one that is missing (`contentHtml`, `link`, `pubDate`).
//!
//! ## Why it matters
//! Generators pass over keys that they do not know: the description that was written is never shown.
//!
//! ## Example
//! ```yaml
//! desciption: All nine parts passed
//! ```
//!
//! ## Use instead
//! ```yaml
//! description: All nine parts passed
//! ```
//!
//! ## Since
//! 0.1.0

use super::{Check, Rule};
use crate::finding::Severity;

pub(super) const RULE: Rule = Rule {
    code: "misspelt-key",
    severity: Severity::Warning,
    page: include_str!("misspelt_key.rs"),
    preview: false,
    check: Check::Elsewhere,
};
