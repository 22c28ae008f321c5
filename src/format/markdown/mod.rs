//! Posts: Markdown (or HTML) files with front matter, spelt as a profile says.

mod read;
mod templates;
mod write;

use super::{Body, Format, Probe, Shape, Target};
use crate::syntax::head::{self, Fences};

pub(super) const FORMAT: Format = Format {
    name: "markdown",
    aliases: &["posts", "md"],
    about: "posts: Markdown files with front matter, as a profile spells them",
    extensions: &["md", "markdown", "mdown", "mkd", "mdx", "org", "html", "htm"],
    sniff,
    read: Some(read::read),
    watch: None,
    gather: None,
    is_export: false,
    write: Some(write::write),
    target: Target { shape: Shape::Posts, head_first: true, has_head: false, needs_id: false, body: Body::Markdown },
};

fn sniff(probe: &Probe<'_>) -> bool {
    if matches!(probe.extension, "md" | "markdown" | "mdown" | "mkd" | "mdx" | "org") {
        return true;
    }
    let split = head::split(probe.start, &Fences::default());
    // The first bytes may end before the head does.
    let fenced = split.head.is_some() || split.findings.iter().any(|finding| finding.code == "unclosed-front-matter");
    fenced || matches!(probe.extension, "html" | "htm")
}
