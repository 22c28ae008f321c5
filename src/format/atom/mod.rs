//! Atom 1.0 (RFC 4287), and to read also 0.3. What Atom shares with RSS is in [`crate::namespace`].

mod entry;
mod text;
mod write;

use std::io::Read;

use super::{Body, Format, Probe, ReadOptions, Reader, Shape, Target, xml_reader};
use crate::{namespace::meaning::Dialect, syntax::xml::Watch};

/// The row of Atom.
pub(super) const FORMAT: Format = Format {
    name: "atom",
    aliases: &["atom1", "atom1.0"],
    about: "Atom 1.0 (read too: Atom 0.3)",
    extensions: &["atom", "xml"],
    sniff,
    read: Some(reader),
    watch: Some(watcher),
    gather: None,
    is_export: false,
    write: Some(write::writer),
    target: Target { shape: Shape::Feed, head_first: true, has_head: true, needs_id: true, body: Body::Html },
};

/// Makes a reader.
fn reader<'a>(read: Box<dyn Read + 'a>, options: &ReadOptions) -> Box<dyn Reader + 'a> {
    xml_reader(read, options, Dialect::Atom, ())
}

/// Makes a reader whose tokens are watched.
fn watcher<'a>(read: Box<dyn Read + 'a>, options: &ReadOptions, watch: &'a mut dyn Watch) -> Box<dyn Reader + 'a> {
    xml_reader(read, options, Dialect::Atom, watch)
}

/// Whether a source is Atom: by its root, else by a `feed` that is near.
fn sniff(probe: &Probe<'_>) -> bool {
    let Some(root) = probe.root() else { return false };
    if probe.is_feed_root(root) {
        return ["feed", "entry"].iter().any(|known| root.eq_ignore_ascii_case(known));
    }
    probe.holds_tag("feed") || probe.holds_tag("atom:feed")
}
