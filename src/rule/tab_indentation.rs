//! # tab-indentation
//!
//! ## What it checks
//! Whether lines of YAML are indented with spaces.
//!
//! ## Why it matters
//! YAML forbids tabs there: what one editor shows as four columns another shows as eight.
//!
//! ## Example
//! ```yaml
//! tags:
//! →- weather
//! ```
//! where the arrow stands for a tab.
//!
//! ## Use instead
//! ```yaml
//! tags:
//!   - weather
//! ```
//!
//! ## Since
//! 0.1.0

use super::{Check, Rule};
use crate::finding::Severity;

pub(super) const RULE: Rule = Rule {
    code: "tab-indentation",
    severity: Severity::Error,
    page: include_str!("tab_indentation.rs"),
    preview: false,
    check: Check::Elsewhere,
};
