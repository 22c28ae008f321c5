//! # invalid-html
//!
//! ## What it checks
//! Whether HTML in a feed is a piece that can stand in a page: without `html`, `head` and `body`.
//!
//! ## Why it matters
//! Readers put it into a page of their own, which has these already.
//!
//! ## Example
//! ```xml
//! <description>&lt;html&gt;&lt;body&gt;It snowed.&lt;/body&gt;&lt;/html&gt;</description>
//! ```
//!
//! ## Use instead
//! ```xml
//! <description>&lt;p&gt;It snowed.&lt;/p&gt;</description>
//! ```
//!
//! ## Since
//! 0.1.0

use super::{Check, Rule};
use crate::finding::Severity;

pub(super) const RULE: Rule = Rule {
    code: "invalid-html",
    severity: Severity::Warning,
    page: include_str!("invalid_html.rs"),
    preview: false,
    check: Check::Elsewhere,
};
