//! # noncanonical-id
//!
//! ## What it checks
//! Whether an Atom id that is an address is in its plainest form: small letters in scheme and host, no `.` and `..`,
//! no port or escape without need.
//!
//! ## Why it matters
//! Ids are compared letter by letter. What some program tidies up on the way is another id, and the entry comes up as
//! new (RFC 4287, section 4.2.6.1).
//!
//! ## Example
//! ```xml
//! <id>HTTP://Blog.example/a</id>
//! ```
//!
//! ## Use instead
//! ```xml
//! <id>http://blog.example/a</id>
//! ```
//!
//! ## Since
//! 0.1.0

use super::{Check, Rule};
use crate::finding::Severity;

pub(super) const RULE: Rule = Rule {
    code: "noncanonical-id",
    severity: Severity::Warning,
    page: include_str!("noncanonical_id.rs"),
    preview: false,
    check: Check::Elsewhere,
};
