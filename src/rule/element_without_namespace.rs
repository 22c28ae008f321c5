//! # element-without-namespace
//!
//! ## What it checks
//! Whether an Atom feed holds elements that are in no namespace.
//!
//! ## Why it matters
//! Nobody can tell what they mean: Atom's own elements are in Atom's namespace, and others are in theirs (RFC 4287,
//! section 6).
//!
//! ## Example
//! ```xml
//! <feed xmlns:a="http://www.w3.org/2005/Atom">
//!   <ttl>60</ttl>
//! ```
//!
//! ## Use instead
//! ```xml
//! <feed xmlns="http://www.w3.org/2005/Atom" xmlns:sy="http://purl.org/rss/1.0/modules/syndication/">
//!   <sy:updatePeriod>hourly</sy:updatePeriod>
//! ```
//!
//! ## Since
//! 0.1.0

use super::{Check, Rule};
use crate::finding::Severity;

pub(super) const RULE: Rule = Rule {
    code: "element-without-namespace",
    severity: Severity::Warning,
    page: include_str!("element_without_namespace.rs"),
    preview: false,
    check: Check::Elsewhere,
};
