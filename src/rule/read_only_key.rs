//! # read-only-key
//!
//! ## What it checks
//! Whether a head sets a key that its schema marks `readOnly: true`.
//!
//! ## Why it matters
//! Such a key is set by the site's own tools: what stands in the post is passed over, or wins where it should not.
//!
//! ## Example
//! ```yaml
//! # in the schema: { properties: { permalink: { readOnly: true } } }
//! permalink: /news/snow/
//! ```
//!
//! ## Use instead
//! No such key.
//!
//! ## Since
//! 0.1.0

use super::{Check, Rule};
use crate::finding::Severity;

pub(super) const RULE: Rule = Rule {
    code: "read-only-key",
    severity: Severity::Warning,
    page: include_str!("read_only_key.rs"),
    preview: false,
    check: Check::Elsewhere,
};
