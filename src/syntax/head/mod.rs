//! Heads: the front matter of a post. Finds the fences, and parses what is between them.
//!
//! Which fences count differs between site generators: [`Fences`] says, and comes from the profile.

mod bare_json;
mod body;
mod fences;
mod mistakes;
mod org;
mod plain;
mod split;

use std::{borrow::Cow, ops::Range};

pub use fences::{AfterOpen, Close, Fences};
pub use split::split;

use crate::{
    finding::{Finding, Place},
    limits::Limits,
    syntax::{
        json, toml,
        tree::{Kind, Style, Tree},
        yaml,
    },
};

/// The syntax of a head.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Hash)]
#[non_exhaustive]
pub enum HeadFormat {
    /// Between lines `---`.
    #[default]
    Yaml,
    /// Between lines `+++`.
    Toml,
    /// An object in braces.
    Json,
    /// The members of an object without its braces, closed by a line `;;;`.
    BareJson,
    /// Lines `Key: value` up to an empty line. Values are text, quotes and all.
    Plain,
    /// Lines `#+KEY: value`. Read only.
    Org,
}

impl HeadFormat {
    /// Every format, in the order in which their fences are looked for.
    pub const ALL: [HeadFormat; 6] = [
        HeadFormat::Yaml,
        HeadFormat::Toml,
        HeadFormat::Json,
        HeadFormat::BareJson,
        HeadFormat::Plain,
        HeadFormat::Org,
    ];

    /// The name that profiles use.
    pub const fn name(self) -> &'static str {
        match self {
            HeadFormat::Yaml => "yaml",
            HeadFormat::Toml => "toml",
            HeadFormat::Json => "json",
            HeadFormat::BareJson => "bare-json",
            HeadFormat::Plain => "plain",
            HeadFormat::Org => "org",
        }
    }

    /// The format of that name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|format| format.name() == name)
    }

    /// The line that opens and closes it; empty where other things do: braces, empty lines, the lines' own signs.
    pub const fn fence(self) -> &'static str {
        match self {
            HeadFormat::Yaml => "---",
            HeadFormat::Toml => "+++",
            HeadFormat::BareJson => ";;;",
            HeadFormat::Json | HeadFormat::Plain | HeadFormat::Org => "",
        }
    }
}

/// Where the parts of a post are; bytes of the text without its byte order mark.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Head {
    /// Its syntax.
    pub format: HeadFormat,
    /// The opening fence, without the blanks and the line end after it. JSON: the opening brace. Empty where the head
    /// has none.
    pub open: Range<usize>,
    /// What the parser gets: the lines between the fences; of JSON that stands for itself, the object with its braces.
    pub inner: Range<usize>,
    /// The closing fence. JSON: the closing brace. Empty where the head has none.
    pub close: Range<usize>,
    /// Everything after the line of the closing fence.
    pub body: Range<usize>,
    /// Whether tabs may indent YAML: [`Fences::tabs`].
    pub tabs: bool,
}

/// What [`split`] found.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Split {
    /// The head; `None` when there is none, or it has no end (then there is a finding).
    pub head: Option<Head>,
    /// The body; the whole text when there is no head.
    pub body: Range<usize>,
    /// What is wrong with the fences.
    pub findings: Vec<Finding>,
}

/// Parses a head. The tree's root is a mapping; it has no node at all when the head cannot be used, which a finding
/// of severity error then says.
pub fn parse(text: &str, head: &Head, limits: &Limits) -> (Tree, Vec<Finding>) {
    if head.inner.len() > limits.head {
        let message = format!("the front matter has {}", Limits::message("bytes", limits.head, "head"));
        return (Tree::default(), vec![Finding::error("limit-reached", message, Place::Bytes(head.open.clone()))]);
    }
    let (mut tree, mut findings) = match head.format {
        HeadFormat::Yaml if head.tabs => yaml::parse(&without_tabs(text, &head.inner), head.inner.clone(), limits),
        HeadFormat::Yaml => yaml::parse(text, head.inner.clone(), limits),
        HeadFormat::Toml => toml::parse(text, head.inner.clone(), limits),
        HeadFormat::Json => json::parse(text, head.inner.clone(), limits),
        HeadFormat::BareJson => bare_json::parse(text, head.inner.clone(), limits),
        HeadFormat::Plain => plain::parse(text, head.inner.clone()),
        HeadFormat::Org => (org::parse(text, head.inner.clone()), Vec::new()),
    };
    let Some(root) = tree.nodes.first_mut() else { return (tree, findings) };
    match &root.kind {
        Kind::Map(_) => return (tree, findings),
        Kind::Null => {
            // Nothing but comments, or nothing at all: valid, and to Jekyll a meaning of its own.
            root.kind = Kind::Map(Vec::new());
            root.range = head.inner.start..head.inner.start;
            root.style = Style::Plain;
            return (tree, findings);
        }
        kind => findings.push(no_mapping(text, kind, &root.range)),
    }
    (Tree::default(), findings)
}

/// The text with each tab that indents a line of the head as a blank, so that every byte stays where it is. The
/// generator takes a tab for more than one, which makes no difference while a head is indented by tabs alone.
fn without_tabs<'t>(text: &'t str, inner: &Range<usize>) -> Cow<'t, str> {
    if !text[inner.clone()].contains('\t') {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    out.push_str(&text[..inner.start]);
    let mut indents = true;
    for c in text[inner.clone()].chars() {
        indents = matches!(c, '\n' | '\r') || indents && c == '\t';
        out.push(if indents && c == '\t' { ' ' } else { c });
    }
    out.push_str(&text[inner.end..]);
    Cow::Owned(out)
}

/// The finding for a head whose root is no mapping.
fn no_mapping(text: &str, kind: &Kind, range: &Range<usize>) -> Finding {
    let what = match kind {
        Kind::List(_) => "a list",
        Kind::String(_) => "text",
        Kind::Number(_) => "a number",
        _ => "a single value",
    };
    // A list can be long: its first line shows it.
    let end = text[range.clone()].find(['\n', '\r']).map_or(range.end, |at| range.start + at);
    let first = &text[range.start..end];
    let finding = Finding::error(
        "front-matter-not-a-mapping",
        format!("the front matter is {what}, not keys with values"),
        Place::Bytes(range.start..end),
    );
    match first.split_once(':') {
        Some((key, value)) if matches!(kind, Kind::String(_)) && !key.is_empty() && !value.is_empty() => {
            finding.help(format!("put a blank after the colon: `{key}: {value}`"))
        }
        _ => finding.help("write each on a line of its own, as `key: value`"),
    }
}
