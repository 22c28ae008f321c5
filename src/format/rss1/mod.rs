//! RSS 1.0, which is RDF, and to read also 0.90. What it shares with RSS 2.0 and Atom is in [`crate::namespace`].
//!
//! RSS 1.0 itself has title, link and description; whatever else there is to say is said in modules: Dublin Core,
//! `content:encoded`, Atom. Where a kept element of another kind would be taken for what such a module says, RSS 2.0's
//! element is written in its place, which every reader looks at first.

mod channel;
mod item;
mod write;

use std::io::Read;

use super::{Body, Format, Probe, ReadOptions, Reader, Shape, Target, xml_reader};
use crate::{namespace::meaning::Dialect, syntax::xml::Watch};

/// The row of RSS 1.0.
pub(super) const FORMAT: Format = Format {
    name: "rss1",
    aliases: &["rss1.0", "rdf"],
    about: "RSS 1.0, in RDF (read too: RSS 0.90)",
    extensions: &["rdf", "xml"],
    sniff,
    read: Some(reader),
    watch: Some(watcher),
    gather: None,
    is_export: false,
    write: Some(write::writer),
    target: Target { shape: Shape::Feed, head_first: true, has_head: true, needs_id: false, body: Body::Html },
};

/// Makes a reader: the root says which RSS it is.
fn reader<'a>(read: Box<dyn Read + 'a>, options: &ReadOptions) -> Box<dyn Reader + 'a> {
    xml_reader(read, options, Dialect::Rss, ())
}

/// Makes a reader whose tokens are watched.
fn watcher<'a>(read: Box<dyn Read + 'a>, options: &ReadOptions, watch: &'a mut dyn Watch) -> Box<dyn Reader + 'a> {
    xml_reader(read, options, Dialect::Rss, watch)
}

/// Whether a source is RDF of RSS: by its root, else by RDF's root near.
fn sniff(probe: &Probe<'_>) -> bool {
    let Some(root) = probe.root() else { return false };
    root.eq_ignore_ascii_case("rdf") || !probe.is_feed_root(root) && probe.holds_tag("rdf:rdf")
}
