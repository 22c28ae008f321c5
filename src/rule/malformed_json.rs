//! # malformed-json
//!
//! ## What it checks
//! Whether a text that should be JSON is JSON, by RFC 8259: commas, quotes, brackets, escapes, numbers, and nothing after
//! the end.
//!
//! ## Why it matters
//! One wrong comma and no program reads any of it. slugline mends what has one meaning only (a comma before a bracket, a
//! comment, a line end within a string) and stops at anything else; others stop at all of it.
//!
//! ## Example
//! ```json
//! {"title": 'Snow', "items": [],}
//! ```
//!
//! ## Use instead
//! ```json
//! {"title": "Snow", "items": []}
//! ```
//!
//! ## Since
//! 0.1.0

use super::{Check, Rule};
use crate::finding::Severity;

pub(super) const RULE: Rule = Rule {
    code: "malformed-json",
    severity: Severity::Error,
    page: include_str!("malformed_json.rs"),
    preview: false,
    check: Check::Elsewhere,
};
