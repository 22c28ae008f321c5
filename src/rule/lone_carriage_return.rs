//! # lone-carriage-return
//!
//! ## What it checks
//! Whether the lines of a head end in a lone carriage return, where the generator knows only line feeds.
//!
//! ## Why it matters
//! Jekyll, Zola, Hexo and others then see one long line, and no front matter: the post is copied as it is, or passed over.
//!
//! ## Example
//! A file that an editor saved with "classic Mac" line ends.
//!
//! ## Use instead
//! Save it with Unix line ends.
//!
//! ## Since
//! 0.1.0

use super::{Check, Rule};
use crate::finding::Severity;

pub(super) const RULE: Rule = Rule {
    code: "lone-carriage-return",
    severity: Severity::Error,
    page: include_str!("lone_carriage_return.rs"),
    preview: false,
    check: Check::Elsewhere,
};
