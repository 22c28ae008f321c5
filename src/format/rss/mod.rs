//! RSS 2.0, and to read also 0.91 to 0.94. What RSS shares with Atom is in [`crate::namespace`].

mod head;
mod write;

use std::io::Read;

use super::{Body, Format, Probe, ReadOptions, Reader, Shape, Target, xml_reader};
use crate::{namespace::meaning::Dialect, syntax::xml::Watch};

/// The row of RSS.
pub(super) const FORMAT: Format = Format {
    name: "rss",
    aliases: &["rss2", "rss2.0"],
    about: "RSS 2.0 (read too: RSS 0.91 to 0.94)",
    extensions: &["rss", "xml"],
    sniff,
    read: Some(reader),
    watch: Some(watcher),
    gather: None,
    is_export: false,
    write: Some(write::writer),
    target: Target { shape: Shape::Feed, head_first: false, has_head: true, needs_id: false, body: Body::Html },
};

/// Makes a reader.
fn reader<'a>(read: Box<dyn Read + 'a>, options: &ReadOptions) -> Box<dyn Reader + 'a> {
    xml_reader(read, options, Dialect::Rss, ())
}

/// Makes a reader whose tokens are watched.
fn watcher<'a>(read: Box<dyn Read + 'a>, options: &ReadOptions, watch: &'a mut dyn Watch) -> Box<dyn Reader + 'a> {
    xml_reader(read, options, Dialect::Rss, watch)
}

/// Whether a source is RSS: by its root, else by an element of RSS's frame that is near. XML that has not come to its
/// root yet is taken for RSS too: the reader finds out.
fn sniff(probe: &Probe<'_>) -> bool {
    let Some(root) = probe.root() else { return probe.is_prolog_alone() };
    if probe.is_feed_root(root) {
        return ["rss", "channel", "item"].iter().any(|known| root.eq_ignore_ascii_case(known));
    }
    // `<channel` alone may be the one of RDF.
    probe.holds_tag("rss") || probe.holds_tag("channel") && !probe.holds_tag("rdf:rdf")
}
