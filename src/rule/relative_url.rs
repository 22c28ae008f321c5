//! # relative-url
//!
//! ## What it checks
//! Whether an address is absolute where it must be.
//!
//! ## Why it matters
//! A feed has no place of its own from which readers could go on: it is read from a file, a cache, another site.
//!
//! ## Example
//! ```xml
//! <link>/2026/snow/</link>
//! ```
//!
//! ## Use instead
//! ```xml
//! <link>https://news.example/2026/snow/</link>
//! ```
//!
//! ## Since
//! 0.1.0

use super::{Check, Rule};
use crate::finding::Severity;

pub(super) const RULE: Rule = Rule {
    code: "relative-url",
    severity: Severity::Error,
    page: include_str!("relative_url.rs"),
    preview: false,
    check: Check::Elsewhere,
};
