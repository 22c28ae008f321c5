//! # malformed-fence
//!
//! ## What it checks
//! Whether the first line of a post is nearly a fence (`---yaml`, `----`), and whether the line that ends the front
//! matter is more than one.
//!
//! ## Why it matters
//! Generators then see no front matter at all, or one that ends elsewhere than it seems. A fence is a line of its
//! own; Hugo closes at any line that begins with one.
//!
//! ## Example
//! ```markdown
//! ---yaml
//! title: Snow
//! ---
//! ```
//!
//! ## Use instead
//! ```markdown
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
    code: "malformed-fence",
    severity: Severity::Error,
    page: include_str!("malformed_fence.rs"),
    preview: false,
    check: Check::Elsewhere,
};
