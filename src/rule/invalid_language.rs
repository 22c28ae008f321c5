//! # invalid-language
//!
//! ## What it checks
//! Whether a language is written as BCP 47 has it: `en`, `pt-BR`, `zh-Hant`.
//!
//! ## Why it matters
//! Readers choose hyphens, fonts and voices by it, and directories the shelf.
//!
//! ## Example
//! ```xml
//! <language>English</language>
//! ```
//!
//! ## Use instead
//! ```xml
//! <language>en</language>
//! ```
//!
//! ## Since
//! 0.1.0

use super::{Check, Rule};
use crate::finding::Severity;

pub(super) const RULE: Rule = Rule {
    code: "invalid-language",
    severity: Severity::Error,
    page: include_str!("invalid_language.rs"),
    preview: false,
    check: Check::Elsewhere,
};
