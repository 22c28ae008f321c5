//! # byte-order-mark
//!
//! ## What it checks
//! Whether a post begins with a byte order mark, where the generator does not pass over one.
//!
//! ## Why it matters
//! Jekyll looks for `---` in the first bytes of a page, finds the mark, and copies the file as it is. Obsidian shows the
//! front matter as text.
//!
//! ## Example
//! A file that an editor saved as "UTF-8 with BOM".
//!
//! ## Use instead
//! Save it as UTF-8 without one.
//!
//! ## Since
//! 0.1.0

use super::{Check, Rule};
use crate::{
    document::{Coding, Document},
    finding::{Finding, Place, Severity},
};

pub(super) const RULE: Rule = Rule {
    code: "byte-order-mark",
    severity: Severity::Warning,
    page: include_str!("byte_order_mark.rs"),
    preview: false,
    check: Check::Document(check),
};

fn check(document: &Document, findings: &mut Vec<Finding>) {
    if document.coding != Coding::Utf8Bom || document.post().is_none() || document.profile.fences.bom {
        return;
    }
    let message = format!("{} sees no front matter behind a byte order mark", document.profile.called());
    findings.push(Finding::warning(RULE.code, message, Place::Source).help("save the file as UTF-8 without one"));
}
