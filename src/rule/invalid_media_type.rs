//! # invalid-media-type
//!
//! ## What it checks
//! Whether a media type is one: two words with a slash between them.
//!
//! ## Why it matters
//! Readers decide by it what they can play, and whether they fetch it at all.
//!
//! ## Example
//! ```xml
//! <enclosure url="https://radio.example/1.mp3" length="123" type="mp3"/>
//! ```
//!
//! ## Use instead
//! ```xml
//! <enclosure url="https://radio.example/1.mp3" length="123" type="audio/mpeg"/>
//! ```
//!
//! ## Since
//! 0.1.0

use super::{Check, Rule};
use crate::finding::Severity;

pub(super) const RULE: Rule = Rule {
    code: "invalid-media-type",
    severity: Severity::Error,
    page: include_str!("invalid_media_type.rs"),
    preview: false,
    check: Check::Elsewhere,
};
