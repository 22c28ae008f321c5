//! # implausible-date
//!
//! ## What it checks
//! Whether a date lies before there were feeds.
//!
//! ## Why it matters
//! Such a date mostly comes from a clock that was never set, or from a template that had none; readers sort by it.
//!
//! ## Example
//! ```xml
//! <pubDate>Thu, 01 Jan 1970 00:00:00 +0000</pubDate>
//! ```
//!
//! ## Use instead
//! ```xml
//! <pubDate>Thu, 05 Mar 2026 10:00:00 +0000</pubDate>
//! ```
//!
//! ## Since
//! 0.1.0

use super::{Check, Rule};
use crate::finding::Severity;

pub(super) const RULE: Rule = Rule {
    code: "implausible-date",
    severity: Severity::Warning,
    page: include_str!("implausible_date.rs"),
    preview: false,
    check: Check::Elsewhere,
};
