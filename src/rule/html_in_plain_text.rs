//! # html-in-plain-text
//!
//! ## What it checks
//! Whether there are tags or entities in a value that is plain text: titles, names, categories; and whether there is
//! escaped markup in XHTML.
//!
//! ## Why it matters
//! Readers that keep to the specification show the tags as they are.
//!
//! ## Example
//! ```xml
//! <title>&lt;b&gt;Snow&lt;/b&gt; in May</title>
//! ```
//!
//! ## Use instead
//! ```xml
//! <title>Snow in May</title>
//! ```
//!
//! ## Since
//! 0.1.0

use super::{Check, Rule};
use crate::finding::Severity;

pub(super) const RULE: Rule = Rule {
    code: "html-in-plain-text",
    severity: Severity::Warning,
    page: include_str!("html_in_plain_text.rs"),
    preview: false,
    check: Check::Elsewhere,
};
