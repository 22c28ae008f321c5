//! # unknown-namespace
//!
//! ## What it checks
//! Whether a namespace is one that there is a table of. A site can add its own.
//!
//! ## Why it matters
//! What is in it cannot be checked. Mostly that is as it should be; sometimes the URI is misspelt.
//!
//! ## Example
//! ```xml
//! xmlns:shop="https://shop.example/ns"
//! ```
//!
//! ## Use instead
//! ```yaml
//! # feed/shop.yaml, beside slugline.toml
//! prefix: shop
//! uri: https://shop.example/ns
//! ```
//!
//! ## Since
//! 0.1.0

use super::{Check, Rule};
use crate::finding::Severity;

pub(super) const RULE: Rule = Rule {
    code: "unknown-namespace",
    severity: Severity::Hint,
    page: include_str!("unknown_namespace.rs"),
    preview: false,
    check: Check::Elsewhere,
};
