//! # stray-markup
//!
//! ## What it checks
//! Whether a `&` or `<` stands in text or in the value of an attribute where it begins no reference and no tag.
//!
//! ## Why it matters
//! In XML these two always begin something. A strict parser stops there; slugline takes them for text.
//!
//! ## Example
//! ```xml
//! <link>https://example.org/?a=1&b=2</link>
//! ```
//!
//! ## Use instead
//! ```xml
//! <link>https://example.org/?a=1&amp;b=2</link>
//! ```
//!
//! ## Since
//! 0.1.0

use super::{Check, Rule};
use crate::finding::Severity;

pub(super) const RULE: Rule = Rule {
    code: "stray-markup",
    severity: Severity::Error,
    page: include_str!("stray_markup.rs"),
    preview: false,
    check: Check::Elsewhere,
};
