//! # invalid-url
//!
//! ## What it checks
//! Whether an address is written as RFC 3986 and RFC 3987 have it, with a host where it needs one; whether URNs and
//! tag URIs are what they claim to be.
//!
//! ## Why it matters
//! Readers that cannot take an address apart do not open it.
//!
//! ## Example
//! ```xml
//! <link>https://blog.example/a post</link>
//! ```
//!
//! ## Use instead
//! ```xml
//! <link>https://blog.example/a%20post</link>
//! ```
//!
//! ## Since
//! 0.1.0

use super::{Check, Rule};
use crate::finding::Severity;

pub(super) const RULE: Rule = Rule {
    code: "invalid-url",
    severity: Severity::Error,
    page: include_str!("invalid_url.rs"),
    preview: false,
    check: Check::Elsewhere,
};
