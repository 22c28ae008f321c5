//! # active-content
//!
//! ## What it checks
//! Whether the body of a post holds markup that runs or loads something in the reader's browser: `<script>`, frames
//! and plug-ins, `on…` attributes, `javascript:` addresses, `<base>`, `<meta http-equiv="refresh">`. Code blocks of
//! Markdown are left out.
//!
//! ## Why it matters
//! In a post that came from a feed it was written by a stranger, and runs with the rights of the site's own pages.
//!
//! ## Example
//! ```html
//! <p onclick="steal()">Read more</p>
//! ```
//!
//! ## Use instead
//! ```html
//! <p>Read more</p>
//! ```
//! `slugline convert --sanitize` removes it. Where it is meant, set `active-content = "off"` for those posts.
//!
//! ## Since
//! 0.1.0

use super::{Check, Rule};
use crate::{
    document::Document,
    finding::{Finding, Place, Severity},
    syntax::active,
};

pub(super) const RULE: Rule = Rule {
    code: "active-content",
    severity: Severity::Warning,
    page: include_str!("active_content.rs"),
    preview: false,
    check: Check::Document(check),
};

fn check(document: &Document, findings: &mut Vec<Finding>) {
    let Some((body, start)) = document.body() else { return };
    for found in active::find(body) {
        let range = start + found.range.start..start + found.range.end;
        findings.push(
            Finding::warning(RULE.code, found.message(), Place::Bytes(range))
                .label("runs in the reader's browser")
                .help("`slugline convert --sanitize` removes active content from imports"),
        );
    }
}
