//! Atom 1.0 (RFC 4287), and to read also 0.3. What Atom shares with RSS is in [`crate::namespace`].

mod entry;
mod read;
mod text;
mod write;

use super::{Body, Format, Probe, Shape, Target};

/// The row of Atom.
pub(super) const FORMAT: Format = Format {
    name: "atom",
    aliases: &["atom1", "atom1.0"],
    about: "Atom 1.0 (read too: Atom 0.3)",
    extensions: &["atom", "xml"],
    sniff,
    read: Some(read::reader),
    watch: Some(read::watcher),
    write: Some(write::writer),
    target: Target { shape: Shape::Feed, head_first: true, needs_id: true, body: Body::Html },
};

/// Whether a source is Atom: by its root, else by a `feed` that is near.
fn sniff(probe: &Probe<'_>) -> bool {
    let Some(root) = probe.root() else { return false };
    root.eq_ignore_ascii_case("feed")
        || root.eq_ignore_ascii_case("entry")
        || probe.start.contains("<feed ")
        || probe.start.contains("<feed>")
}
