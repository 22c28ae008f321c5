//! # unclosed-quote
//!
//! ## What it checks
//! Whether each quote is closed where its text ends: neither too late nor, by a quote or an apostrophe inside, too
//! early.
//!
//! ## Why it matters
//! The text then runs into the next keys, and the place where a parser stops is far from the mistake.
//!
//! ## Example
//! ```yaml
//! title: 'It's late'
//! ```
//!
//! ## Use instead
//! ```yaml
//! title: "It's late"
//! ```
//!
//! ## Since
//! 0.1.0

use super::{Check, Rule};
use crate::finding::Severity;

pub(super) const RULE: Rule = Rule {
    code: "unclosed-quote",
    severity: Severity::Error,
    page: include_str!("unclosed_quote.rs"),
    preview: false,
    check: Check::Elsewhere,
};
