//! # odd-person
//!
//! ## What it checks
//! Whether people are written as RSS has them: the address, then the name in brackets; and whether a name holds no
//! address.
//!
//! ## Why it matters
//! Readers show one or the other, and take it apart by the brackets.
//!
//! ## Example
//! ```xml
//! <author>Ada Okafor &lt;ada@news.example&gt;</author>
//! ```
//!
//! ## Use instead
//! ```xml
//! <author>ada@news.example (Ada Okafor)</author>
//! ```
//!
//! ## Since
//! 0.1.0

use super::{Check, Rule};
use crate::finding::Severity;

pub(super) const RULE: Rule = Rule {
    code: "odd-person",
    severity: Severity::Warning,
    page: include_str!("odd_person.rs"),
    preview: false,
    check: Check::Elsewhere,
};
