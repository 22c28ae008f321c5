//! # malformed-xml
//!
//! ## What it checks
//! Whether the source is well-formed XML, as XML 1.0 and Namespaces in XML have it: names, quotes, comments, the XML
//! declaration, the DOCTYPE, one root.
//!
//! ## Why it matters
//! Most feed readers use a strict parser, which stops at the first mistake: subscribers see no feed at all. slugline
//! reads on as far as it makes sense, and says so; `--no-repair` makes it stop.
//!
//! ## Example
//! ```xml
//! <enclosure url=https://example.org/1.mp3 />
//! ```
//!
//! ## Use instead
//! ```xml
//! <enclosure url="https://example.org/1.mp3" />
//! ```
//!
//! ## Since
//! 0.1.0

use super::{Check, Rule};
use crate::finding::Severity;

pub(super) const RULE: Rule = Rule {
    code: "malformed-xml",
    severity: Severity::Error,
    page: include_str!("malformed_xml.rs"),
    preview: false,
    check: Check::Elsewhere,
};
