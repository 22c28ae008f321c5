//! # unused-ignore
//!
//! ## What it checks
//! Whether a comment `slugline-ignore` still has something to ignore, and names codes that there are.
//!
//! In YAML and TOML front matter `# slugline-ignore CODE` speaks for its own line, or, alone on a line, for the next
//! line that is no comment. Directly under the opening fence it speaks for the fence too, where missing keys are shown.
//! In bodies and in XML feeds `<!-- slugline-ignore CODE -->` speaks for its own line and the next one that is not
//! empty. What is missing in an element of a feed, which is shown at its end tag, is silenced before the element and
//! anywhere right in it too. Several codes are parted by commas; what follows `:` or `--` is the reason. JSON has no comments: there, and for
//! many files at once, set levels in `slugline.toml`.
//!
//! ## Why it matters
//! A comment that outlived its mistake hides the next one.
//!
//! ## Example
//! ```yaml
//! title: Snow  # slugline-ignore escaped-text
//! ```
//!
//! ## Use instead
//! ```yaml
//! title: Snow
//! ```
//! `--fix` takes it out of front matter. A code that compares posts (`duplicate-address`) counts as used while there
//! is anything to compare, since a run over one file does not see the others.
//!
//! ## Since
//! 0.1.0

use super::{Check, Rule};
use crate::finding::Severity;

pub(super) const RULE: Rule = Rule {
    code: "unused-ignore",
    severity: Severity::Warning,
    page: include_str!("unused_ignore.rs"),
    preview: false,
    check: Check::Elsewhere,
};
