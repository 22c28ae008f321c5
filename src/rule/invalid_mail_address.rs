//! # invalid-mail-address
//!
//! ## What it checks
//! Whether an address of e-mail is one. RSS wants one for `author`, `managingEditor` and `webMaster`; a name by
//! itself goes into `dc:creator`.
//!
//! ## Why it matters
//! Readers make a link of it.
//!
//! ## Example
//! ```xml
//! <author>Ada Okafor</author>
//! ```
//!
//! ## Use instead
//! ```xml
//! <dc:creator>Ada Okafor</dc:creator>
//! ```
//!
//! ## Since
//! 0.1.0

use super::{Check, Rule};
use crate::finding::Severity;

pub(super) const RULE: Rule = Rule {
    code: "invalid-mail-address",
    severity: Severity::Error,
    page: include_str!("invalid_mail_address.rs"),
    preview: false,
    check: Check::Elsewhere,
};
