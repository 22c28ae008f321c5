//! # undefined-entity
//!
//! ## What it checks
//! Whether an entity is used that the document does not define. XML knows five: `&amp;`, `&lt;`, `&gt;`, `&quot;` and
//! `&apos;`; those of HTML, such as `&nbsp;`, are not among them.
//!
//! ## Why it matters
//! A strict parser stops there. slugline reads those of HTML as what they mean, and keeps others as text. Where the
//! DOCTYPE names another file, the definition may be in it: that is a warning.
//!
//! ## Example
//! ```xml
//! <title>News&nbsp;today</title>
//! ```
//!
//! ## Use instead
//! ```xml
//! <title>News&#160;today</title>
//! ```
//!
//! ## Since
//! 0.1.0

use super::{Check, Rule};
use crate::finding::Severity;

pub(super) const RULE: Rule = Rule {
    code: "undefined-entity",
    severity: Severity::Error,
    page: include_str!("undefined_entity.rs"),
    preview: false,
    check: Check::Elsewhere,
};
