//! How much of anything is accepted. Every limit is named in the message that it causes, and can be set.

/// Bounds on untrusted input. The defaults are far above what real feeds and posts need.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Limits {
    /// Nesting of elements, objects, lists and mappings.
    pub depth: usize,
    /// Attributes on one XML element.
    pub attributes: usize,
    /// Bytes of an element's or attribute's name.
    pub name: usize,
    /// Bytes of one piece of text: a text node, an attribute's value, a JSON string.
    pub text: usize,
    /// Bytes of one item of a feed.
    pub item: usize,
    /// Bytes of a post's front matter.
    pub head: usize,
    /// Bytes that internal XML entities may add, unless five times the input is more.
    pub entities: usize,
    /// Nodes that YAML aliases may stand for.
    pub aliases: usize,
    /// Bytes that may come out of gzip, unless a hundred times the packed size is more.
    pub unpacked: usize,
    /// Findings kept for one file; the rest is counted.
    pub findings: usize,
    /// Bytes of a source that `check` keeps in memory.
    pub kept: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Limits {
            depth: 128,
            attributes: 1_000,
            name: 4 << 10,
            text: 64 << 20,
            item: 128 << 20,
            head: 256 << 10,
            entities: 1_000_000,
            aliases: 10_000,
            unpacked: 64 << 20,
            findings: 1_000,
            kept: 64 << 20,
        }
    }
}

impl Limits {
    /// The message for a limit that struck: `what` is the plural noun, `name` the key in `[limits]` of `slugline.toml`.
    pub fn message(what: &str, limit: usize, name: &str) -> String {
        format!("more than {limit} {what} (the limit `{name}`, set under [limits] in slugline.toml)")
    }
}
