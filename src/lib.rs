//! Convert between feeds (RSS, Atom, JSON Feed) and posts (Markdown with front matter), and check that each carries
//! what it must, with the exact place of each finding.

pub mod address;
pub mod baseline;
pub mod check;
#[cfg(feature = "cli")]
pub mod cli;
pub mod config;
pub mod convert;
pub mod date;
pub mod document;
#[cfg(test)]
pub(crate) mod drip;
pub mod encoding;
pub mod error;
pub mod expression;
pub mod facts;
pub mod feed_view;
pub mod file_name;
pub mod finding;
pub mod fix;
pub mod format;
pub mod head_edit;
pub mod identity;
pub mod infer;

pub(crate) mod json_hub;
pub mod kept;
pub mod kind;
pub mod limits;
pub mod lines;
pub(crate) mod marks;
pub mod model;
pub(crate) mod namespace;
pub mod nearest;
pub mod profile;
pub mod redirect;
pub mod reference;
pub mod report;
pub mod rule;
pub mod schema;
pub mod slug;
pub(crate) mod spots;
pub mod surroundings;
pub mod syntax;
pub mod untrusted;
pub mod vocabulary;
