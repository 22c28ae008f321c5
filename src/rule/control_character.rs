//! # control-character
//!
//! ## What it checks
//! Whether the text holds characters that XML forbids, bare or as `&#…;`: all below U+0020 but tab and line ends,
//! U+FFFE, U+FFFF, surrogates. And whether it holds U+0080 to U+009F, which XML allows but nobody means: they are
//! letters of windows-1252 whose bytes were taken for numbers of Unicode.
//!
//! ## Why it matters
//! A strict parser stops there, and there is no way to write them. They most often come from a copy out of another
//! program. slugline leaves them out, and reads letters of windows-1252 for what they are.
//!
//! ## Example
//! ```xml
//! <title>Chapter&#11;one</title>
//! ```
//!
//! ## Use instead
//! ```xml
//! <title>Chapter one</title>
//! ```
//!
//! ## Since
//! 0.1.0

use super::{Check, Rule};
use crate::finding::Severity;

pub(super) const RULE: Rule = Rule {
    code: "control-character",
    severity: Severity::Error,
    page: include_str!("control_character.rs"),
    preview: false,
    check: Check::Elsewhere,
};
