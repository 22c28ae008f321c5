//! # lone-surrogate
//!
//! ## What it checks
//! Whether an escape `\uD800` to `\uDFFF` stands without its other half.
//!
//! ## Why it matters
//! Characters beyond U+FFFF are written as two such escapes. One alone is no character: some programs refuse the whole
//! file, others put a replacement character there, and the text is cut or changed.
//!
//! ## Example
//! ```json
//! {"title": "Snow \ud83d"}
//! ```
//!
//! ## Use instead
//! ```json
//! {"title": "Snow ☃"}
//! ```
//!
//! ## Since
//! 0.1.0

use super::{Check, Rule};
use crate::finding::Severity;

pub(super) const RULE: Rule = Rule {
    code: "lone-surrogate",
    severity: Severity::Error,
    page: include_str!("lone_surrogate.rs"),
    preview: false,
    check: Check::Elsewhere,
};
