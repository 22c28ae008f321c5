//! # misread-text
//!
//! ## What it checks
//! Whether text holds control characters of the range U+0080 to U+009F.
//!
//! ## Why it matters
//! Nobody writes them: they are quotes and dashes of windows-1252 that were read as Latin-1, and readers show boxes.
//!
//! ## Example
//! ```xml
//! <title>Snow&#x92;s end</title>
//! ```
//!
//! ## Use instead
//! ```xml
//! <title>Snow&#x2019;s end</title>
//! ```
//!
//! ## Since
//! 0.1.0

use super::{Check, Rule};
use crate::finding::Severity;

pub(super) const RULE: Rule = Rule {
    code: "misread-text",
    severity: Severity::Warning,
    page: include_str!("misread_text.rs"),
    preview: false,
    check: Check::Elsewhere,
};
