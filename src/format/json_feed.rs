//! TODO
use super::{Body, Format, Shape, Target};

pub(super) const FORMAT: Format = Format {
    name: "json-feed",
    aliases: &[],
    about: "",
    extensions: &[],
    sniff: |_| false,
    read: None,
    write: None,
    target: Target { shape: Shape::Feed, head_first: false, needs_id: false, body: Body::Html },
};
