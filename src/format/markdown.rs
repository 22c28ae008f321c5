//! TODO
use super::{Body, Format, Shape, Target};

pub(super) const FORMAT: Format = Format {
    name: "markdown",
    aliases: &[],
    about: "",
    extensions: &[],
    sniff: |_| false,
    read: None,
    write: None,
    target: Target { shape: Shape::Posts, head_first: false, needs_id: false, body: Body::Markdown },
};
