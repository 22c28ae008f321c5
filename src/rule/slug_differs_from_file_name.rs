//! # slug-differs-from-file-name
//!
//! ## What it checks
//! Whether a post's slug is the one in its file's name, where the profile makes the name from the slug.
//!
//! ## Why it matters
//! Where a site names files for their slugs, people find a post by its address. A copied file that kept the slug of
//! the other is the usual cause, and the next import does not know the post again.
//!
//! ## Example
//! ```yaml
//! # content/news/snow.md
//! slug: budget
//! ```
//!
//! ## Use instead
//! ```yaml
//! # content/news/snow.md
//! slug: snow
//! ```
//!
//! ## Since
//! 0.1.0

use super::{Check, Rule};
use crate::{
    address,
    document::Document,
    finding::{Finding, Place, Severity},
};

pub(super) const RULE: Rule = Rule {
    code: "slug-differs-from-file-name",
    severity: Severity::Warning,
    page: include_str!("slug_differs_from_file_name.rs"),
    preview: false,
    check: Check::Document(check),
};

fn check(document: &Document, findings: &mut Vec<Finding>) {
    if !document.profile.names_files_by_slug() || document.name == "-" {
        return;
    }
    let Some(value) = document.text("slug") else { return };
    let Some(name) = address::slug_in_name(&document.name) else { return };
    if value.text != name {
        let message = format!("the slug is `{}`, the file is named `{name}`", value.text);
        let finding = Finding::warning(RULE.code, message, Place::Value(value.pointer.to_string()));
        findings.push(finding.help(format!("write `slug: {name}`, or rename the file")));
    }
}
