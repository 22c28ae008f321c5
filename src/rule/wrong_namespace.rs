//! # wrong-namespace
//!
//! ## What it checks
//! Whether the root of a feed is in the namespace of its format: Atom's for `feed`, none (or RDF's) for RSS.
//!
//! ## Why it matters
//! To readers that go by namespaces these are elements that they have never heard of, and the feed is empty. slugline
//! reads it as what it means to be.
//!
//! ## Example
//! ```xml
//! <feed><title>Loaves</title></feed>
//! ```
//!
//! ## Use instead
//! ```xml
//! <feed xmlns="http://www.w3.org/2005/Atom"><title>Loaves</title></feed>
//! ```
//!
//! ## Since
//! 0.1.0

use super::{Check, Rule};
use crate::finding::Severity;

pub(super) const RULE: Rule = Rule {
    code: "wrong-namespace",
    severity: Severity::Error,
    page: include_str!("wrong_namespace.rs"),
    preview: false,
    check: Check::Elsewhere,
};
