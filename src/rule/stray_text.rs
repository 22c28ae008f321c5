//! # stray-text
//!
//! ## What it checks
//! Whether text stands between the elements of a feed, outside of any element that holds text.
//!
//! ## Why it matters
//! No reader shows it. Mostly it is a sign of a lost tag, so that something is missing that should be seen.
//!
//! ## Example
//! ```xml
//! <item>
//!   <title>One</title>
//!   Two days of rain.
//! </item>
//! ```
//!
//! ## Use instead
//! ```xml
//! <item>
//!   <title>One</title>
//!   <description>Two days of rain.</description>
//! </item>
//! ```
//!
//! ## Since
//! 0.1.0

use super::{Check, Rule};
use crate::finding::Severity;

pub(super) const RULE: Rule = Rule {
    code: "stray-text",
    severity: Severity::Warning,
    page: include_str!("stray_text.rs"),
    preview: false,
    check: Check::Elsewhere,
};
