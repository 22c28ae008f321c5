//! # long-slug
//!
//! ## What it checks
//! Whether a slug has more than 100 characters.
//!
//! ## Why it matters
//! Long addresses are cut in mails and hard to say. A file named for the slug may not fit a name of 255 bytes.
//!
//! ## Example
//! ```yaml
//! slug: european-nations-commit-to-troops-as-part-of-milestone-peace-talks-in-paris-say-three-of-the-participants-today
//! ```
//!
//! ## Use instead
//! ```yaml
//! slug: european-nations-commit-to-troops
//! ```
//!
//! ## Since
//! 0.1.0

use super::{Check, Rule};
use crate::{
    document::Document,
    finding::{Finding, Place, Severity},
};

pub(super) const RULE: Rule = Rule {
    code: "long-slug",
    severity: Severity::Hint,
    page: include_str!("long_slug.rs"),
    preview: false,
    check: Check::Document(check),
};

/// Characters that a slug may have.
const LONGEST: usize = 100;

fn check(document: &Document, findings: &mut Vec<Finding>) {
    let key = document.profile.key_of("/slug").unwrap_or("slug");
    let Some(value) = document.post().and_then(|_| document.text(key)) else { return };
    let count = value.text.chars().count();
    if count > LONGEST && !document.is_faulted(&value.pointer) {
        let message = format!("the slug has {count} characters");
        findings.push(
            Finding::new(RULE.code, RULE.severity, message, Place::Value(value.pointer.to_string()))
                .help("the first five words do"),
        );
    }
}
