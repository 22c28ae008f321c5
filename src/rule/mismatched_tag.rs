//! # mismatched-tag
//!
//! ## What it checks
//! Whether each end tag closes the element that was opened last.
//!
//! ## Why it matters
//! A strict parser stops there. slugline closes what lies between when an element around it is meant, and leaves out an
//! end tag that closes nothing. HTML in a feed needs `<br/>`, or to be escaped.
//!
//! ## Example
//! ```xml
//! <description>one<br>two</description>
//! ```
//!
//! ## Use instead
//! ```xml
//! <description>one&lt;br&gt;two</description>
//! ```
//!
//! ## Since
//! 0.1.0

use super::{Check, Rule};
use crate::finding::Severity;

pub(super) const RULE: Rule = Rule {
    code: "mismatched-tag",
    severity: Severity::Error,
    page: include_str!("mismatched_tag.rs"),
    preview: false,
    check: Check::Elsewhere,
};
