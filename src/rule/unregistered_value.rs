//! # unregistered-value
//!
//! ## What it checks
//! Whether a relation of links, or the scheme of an address, is registered with the IANA.
//!
//! ## Why it matters
//! Readers do not know others. A relation of one's own is an address.
//!
//! ## Example
//! ```xml
//! <link rel="shortcut" href="https://blog.example/"/>
//! ```
//!
//! ## Use instead
//! ```xml
//! <link rel="alternate" href="https://blog.example/"/>
//! ```
//!
//! ## Since
//! 0.1.0

use super::{Check, Rule};
use crate::finding::Severity;

pub(super) const RULE: Rule = Rule {
    code: "unregistered-value",
    severity: Severity::Warning,
    page: include_str!("unregistered_value.rs"),
    preview: false,
    check: Check::Elsewhere,
};
