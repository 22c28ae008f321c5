//! RSS 2.0, and to read also 0.90 to 0.94 and 1.0. What RSS shares with Atom is in [`crate::namespace`].

mod head;
mod read;
mod write;

use super::{Body, Format, Probe, Shape, Target};

/// The row of RSS.
pub(super) const FORMAT: Format = Format {
    name: "rss",
    aliases: &["rss2", "rss2.0", "rdf"],
    about: "RSS 2.0 (read too: RSS 0.90 to 0.94 and 1.0)",
    extensions: &["rss", "rdf", "xml"],
    sniff,
    read: Some(read::reader),
    watch: Some(read::watcher),
    write: Some(write::writer),
    target: Target { shape: Shape::Feed, head_first: false, needs_id: false, body: Body::Html },
};

/// Whether a source is RSS: by its root, else by an element of RSS's frame that is near.
fn sniff(probe: &Probe<'_>) -> bool {
    let Some(root) = probe.root() else { return false };
    match root.to_ascii_lowercase().as_str() {
        "rss" | "rdf" | "channel" | "item" => true,
        "feed" | "entry" => false,
        _ => ["<rss", "<rdf:rdf", "<channel"].iter().any(|tag| holds(probe.start, tag)),
    }
}

/// Whether text holds a tag's beginning, in any case.
fn holds(text: &str, tag: &str) -> bool {
    let mut rest = text.as_bytes();
    while let Some(at) = memchr::memchr(b'<', rest) {
        rest = &rest[at..];
        if rest.get(..tag.len()).is_some_and(|start| start.eq_ignore_ascii_case(tag.as_bytes())) {
            return !rest.get(tag.len()).is_some_and(u8::is_ascii_alphanumeric);
        }
        rest = &rest[1..];
    }
    false
}
