//! # wrong-encoding
//!
//! ## What it checks
//! Whether the encoding that an XML declaration names is that of the file.
//!
//! ## Why it matters
//! Readers that believe the declaration show other text, or none. A byte order mark wins over it.
//!
//! ## Example
//! ```xml
//! <?xml version="1.0" encoding="ISO-8859-1"?>  (in a file saved as UTF-8)
//! ```
//!
//! ## Use instead
//! ```xml
//! <?xml version="1.0" encoding="UTF-8"?>
//! ```
//!
//! ## Since
//! 0.1.0

use super::{Check, Rule};
use crate::finding::Severity;

pub(super) const RULE: Rule = Rule {
    code: "wrong-encoding",
    severity: Severity::Warning,
    page: include_str!("wrong_encoding.rs"),
    preview: false,
    check: Check::Elsewhere,
};
