//! Convert between feeds (RSS, Atom, JSON Feed), posts (Markdown with front matter) and site exports, and check that
//! each carries what it must, with the exact place of each finding.
//!
//! The command line tool of the same name is this crate with the feature `cli`. Everything it does without a disk or a
//! terminal can be done here: bytes and a name in; bytes, findings and losses out.
//!
//! # Read, edit, write
//!
//! ```
//! use slugline::{convert::Whole, format};
//!
//! let rss = "<rss version='2.0'><channel><title>Harbour News</title><link>https://example.org/</link>\
//!     <item><title>Snow on the ridge</title><link>/2025/snow</link></item></channel></rss>";
//! let mut feed = Whole::read("feed.xml", rss)?;
//! feed.items[0].slug = Some("snow-on-the-ridge".to_owned());
//! let (json, losses) = feed.write(format::find("json-feed").expect("a format"))?;
//! # assert!(String::from_utf8(json).expect("UTF-8").contains(r#""url": "https://example.org/2025/snow""#));
//! assert_eq!(losses.count(), 0);
//! # Ok::<(), slugline::error::Error>(())
//! ```
//!
//! A feed of any size, with one item at a time in memory, goes through [`convert::convert`]; it writes posts as well:
//!
//! ```
//! use std::sync::Arc;
//! use slugline::{convert::{self, memory::{Bytes, Memory}}, format, profile::Profile};
//!
//! let hugo = Profile::built_in("hugo").expect("a built-in profile");
//! let options = convert::Options::new(format::find("markdown").expect("a format"), Arc::new(hugo));
//! let feed = Bytes { name: "items.ndjson".to_owned(), bytes: br#"{"id": "7", "title": "Snow", "content_html": "<p>It snowed."}"#.to_vec() };
//! let mut folder = Memory { is_folder: true, ..Memory::default() };
//! let summary = convert::convert(&[&feed], &mut folder, &options)?;
//! assert_eq!(summary.written, 1);
//! assert!(folder.files["snow.md"].starts_with(b"---\ntitle: Snow\n"));
//! # Ok::<(), slugline::error::Error>(())
//! ```
//!
//! # Check, and mend
//!
//! A head is held to the schema of its profile, or to one of your own; rules say the rest. Each finding has a code, a
//! line and a column, and often a fix.
//!
//! ```
//! use std::sync::Arc;
//! use slugline::{check, fix::Apply, profile::Profile, schema::Schema};
//!
//! let mut options = check::Options::new(Arc::new(Profile::default()))?;
//! let required = Arc::get_mut(&mut options.required).expect("nobody else has it");
//! required.schema = Some(Arc::new(Schema::compile("own", r#"{"required": ["title", "slug"]}"#, None)?));
//!
//! let post = "---\ntitle: Snow\ntags: [weather, no]\n---\nIt snowed.\n";
//! let checked = check::check("posts/snow.md", post.into(), &options)?;
//! let codes: Vec<&str> = checked.document.findings.iter().map(|finding| &*finding.code).collect();
//! assert_eq!(codes, ["ambiguous-value"]);
//! let place = checked.document.findings[0].span.expect("a place");
//! assert_eq!((place.start.line, place.start.column), (3, 17));
//!
//! let mended = check::mend(checked, Apply::Safe, &options)?;
//! assert_eq!(mended.bytes.as_deref(), Some(post.replace("no]", "'no']").as_bytes()));
//! # Ok::<(), slugline::error::Error>(())
//! ```
//!
//! [`head_edit::set`] gives keys of a head new values and leaves every other byte as it was; [`report`] writes findings
//! for people, CI services and programs; [`infer`] makes a schema of the posts that there are.
//!
//! # What is where
//!
//! Modules stand on floors, and import from their own or below:
//!
//! | floor | modules |
//! |---|---|
//! | conductors | [`convert`], [`check`] |
//! | tables, a file a row | [`format`](mod@format), [`rule`], [`report`], [`redirect`] |
//! | one source, as data | [`document`], [`profile`], [`facts`], [`vocabulary`], [`fix`], [`head_edit`], [`baseline`], [`infer`], [`surroundings`] |
//! | plain data | [`model`] (the hub that all formats meet in), [`config`], [`schema`] |
//! | ground | [`syntax`], [`date`], [`finding`], [`error`], [`limits`], [`lines`], [`file_name`], [`untrusted`] |
//!
//! [`Error`](error::Error) is why a run could not go on, [`Finding`](finding::Finding) what is wrong in a source, and
//! [`Loss`](finding::Loss) what a target had no place for: never one for another.
//!
//! # Features
//!
//! - `cli` (default): the command line, with arguments, colours, walks over folders, writing of files, and the report
//!   for people. Without it the library touches no file, no environment, no clock and no terminal, starts no process,
//!   and builds for `wasm32-unknown-unknown`:
//!
//! ```toml
//! slugline = { version = "0.1", default-features = false }
//! ```
//!
//! No feature brings a network: neither feeds nor schemas are ever fetched.
//!
//! # What stays
//!
//! What this documentation shows follows semantic versioning; [CONTRIBUTING.md] says what that covers. Kinds whose
//! fields will grow are `#[non_exhaustive]`: begin with `new` or `default`, then set fields. Codes of findings, names of
//! formats and shapes of machine reports change only with a new major version.
//!
//! [CONTRIBUTING.md]: https://github.com/slugline/slugline/blob/main/CONTRIBUTING.md#what-a-version-promises

pub(crate) mod address;
pub mod aside;
pub mod baseline;
pub(crate) mod blocks;
pub mod check;
// For `main.rs`, which is a crate of its own.
#[cfg(feature = "cli")]
#[doc(hidden)]
pub mod cli;
pub mod config;
pub mod convert;
pub mod date;
pub mod document;
#[cfg(test)]
pub(crate) mod drip;
// Hidden: for the tests of this repository, and no promise to anyone.
#[doc(hidden)]
pub mod encoding;
pub mod error;
pub(crate) mod expression;
pub mod facts;
pub(crate) mod feed_view;
pub mod file_name;
pub mod finding;
pub mod fix;
pub mod format;
pub(crate) mod hash;
pub mod head_edit;
pub(crate) mod identity;
pub mod infer;

pub(crate) mod json_hub;
pub(crate) mod kept;
#[doc(hidden)]
pub mod kind;
pub mod limits;
pub mod lines;
pub(crate) mod marks;
pub mod model;
pub(crate) mod namespace;
pub(crate) mod nearest;
pub mod profile;
pub mod redirect;
#[doc(hidden)]
pub mod reference;
pub mod report;
pub mod rule;
pub mod schema;
pub(crate) mod slug;
pub(crate) mod spots;
pub mod surroundings;
pub mod syntax;
pub mod untrusted;
pub mod vocabulary;
