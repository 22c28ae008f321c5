//! # missing-key
//!
//! ## What it checks
//! Whether each key is there that the schema, the configuration or `--require` asks for.
//!
//! ## Why it matters
//! A post without a slug gets an address made from its title, which changes with it; one without a date sorts first
//! or last; one without a source cannot be traced. No generator says so: they build, and the page is wrong.
//!
//! ## Example
//! ```yaml
//! ---
//! title: Budget
//! date: 2025-09-24
//! ---
//! ```
//!
//! ## Use instead
//! ```yaml
//! ---
//! title: Budget
//! slug: budget
//! date: 2025-09-24
//! source: https://example.org/feed.xml
//! ---
//! ```
//! `--unsafe-fixes` adds a missing `slug`, made from the file's name or the title.
//!
//! ## Since
//! 0.1.0

use super::{Check, Rule};
use crate::finding::Severity;

pub(super) const RULE: Rule = Rule {
    code: "missing-key",
    severity: Severity::Error,
    page: include_str!("missing_key.rs"),
    preview: false,
    check: Check::Elsewhere,
};
