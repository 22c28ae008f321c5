//! `slugline.toml`: what a site asks of its posts. The one file that knows globset.

mod asks;
mod keys;

use std::{collections::BTreeMap, ops::Range};

pub use asks::{Asks, DateStyle, OffsetStyle, Quotes};

use globset::{GlobBuilder, GlobSet, GlobSetBuilder};

use crate::{
    error::{Error, ErrorKind},
    finding::Severity,
    limits::Limits,
    lines::Lines,
    model::{Map, Value},
    nearest::nearest,
    syntax::{
        toml,
        tree::{Entry, Kind, Node, NodeId, Tree},
    },
};

/// What a code is set to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Level {
    /// It does not count.
    Off,
    /// It counts that much.
    On(Severity),
}

impl Level {
    /// The level of that name: a severity, or `off`.
    pub fn from_name(name: &str) -> Option<Self> {
        if name == "off" { Some(Level::Off) } else { Severity::from_name(name).map(Level::On) }
    }
}

/// A configuration. Paths in it are relative to its folder.
#[derive(Debug, Clone, Default)]
#[non_exhaustive]
pub struct Config {
    /// The file of findings that are known and wait.
    pub baseline: Option<String>,
    /// What is asked of which files; of entries that name one file, the first counts.
    pub content: Vec<ContentEntry>,
    /// Levels by code.
    pub rules: BTreeMap<String, Level>,
    /// What a feed made of the site's posts says of itself: `title`, `home_page_url` …
    pub feed: Map<String, Value>,
    /// Files with tables of elements that feeds of the site may hold.
    pub vocabulary: Vec<String>,
    /// Bounds on the input.
    pub limits: Limits,
}

/// A `[[content]]` entry.
#[derive(Debug, Clone, Default)]
#[non_exhaustive]
pub struct ContentEntry {
    /// The globs, as written.
    pub paths: Vec<String>,
    /// How the posts are spelt: a profile's name or folder.
    pub profile: Option<String>,
    /// The schema: a built-in one's name, or a path.
    pub schema: Option<String>,
    /// Keys that are required beside the schema's.
    pub require: Vec<String>,
    /// Levels by code, for these files.
    pub rules: BTreeMap<String, Level>,
    /// What is asked of them beyond a schema.
    pub asks: Asks,
    /// A JSON Schema, as text, of what `keys` says.
    pub keys: Option<String>,
    globs: GlobSet,
}

impl ContentEntry {
    /// Whether the entry is about the file at that path, relative to the configuration's folder.
    pub fn is_about(&self, path: &str) -> bool {
        self.globs.is_match(path)
    }
}

impl Config {
    /// Reads a configuration. `codes` are those that exist.
    ///
    /// # Errors
    /// [`ErrorKind::Config`] with the place: TOML that is none, a key, code or level that is not known.
    pub fn parse(text: &str, codes: &[&str]) -> Result<Self, Error> {
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        let (tree, findings) = toml::parse(text, 0..text.len(), &Limits::default());
        let reader = Reader { text, tree: &tree, codes };
        if let Some(finding) = findings.into_iter().next() {
            let range = match finding.place {
                crate::finding::Place::Bytes(range) => range,
                _ => 0..0,
            };
            return Err(reader.error(&finding.range.unwrap_or(range), finding.message, finding.help));
        }
        reader.config()
    }

    /// The files of tables that a configuration names: they are read before it, since they may bring codes of their
    /// own. Nothing where it cannot be read.
    pub fn tables(text: &str) -> Vec<String> {
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        let (tree, _) = toml::parse(text, 0..text.len(), &Limits::default());
        let reader = Reader { text, tree: &tree, codes: &[] };
        let named = tree.entries().iter().find(|entry| entry.key == "vocabulary");
        named.and_then(|entry| reader.strings(entry).ok()).unwrap_or_default()
    }

    /// The entry that is about a file.
    pub fn entry(&self, path: &str) -> Option<&ContentEntry> {
        self.content.iter().find(|entry| entry.is_about(path))
    }
}

const TOP: &[&str] = &["baseline", "content", "rules", "feed", "vocabulary", "limits"];
const CONTENT: &[&str] = &[
    "paths",
    "profile",
    "schema",
    "require",
    "rules",
    "key-order",
    "date-style",
    "deprecated",
    "author-files",
    "keys",
];
const FEED: &[&str] = &[
    "title",
    "home_page_url",
    "feed_url",
    "description",
    "language",
    "icon",
    "favicon",
    "author",
    "authors",
    "rights",
    "address",
    "id",
];

struct Reader<'t> {
    text: &'t str,
    tree: &'t Tree,
    codes: &'t [&'t str],
}

impl<'t> Reader<'t> {
    fn error(&self, range: &Range<usize>, message: impl Into<String>, help: Option<String>) -> Error {
        let position = Lines::new(self.text).position(self.text, range.start);
        let error = Error::new(ErrorKind::Config, message).at(position.line, position.column);
        match help {
            Some(help) => error.help(help),
            None => error,
        }
    }

    fn unknown(&self, entry: &Entry, noun: &str, known: &[&str]) -> Error {
        let help = match nearest(&entry.key, known.iter().copied()) {
            Some(meant) => format!("did you mean `{meant}`?"),
            None => format!("known here: {}", known.join(", ")),
        };
        self.error(&entry.key_range, format!("`{}` is no {noun}", entry.key), Some(help))
    }

    fn config(&self) -> Result<Config, Error> {
        let mut config = Config::default();
        for entry in self.tree.entries() {
            match entry.key.as_str() {
                "baseline" => config.baseline = Some(self.string(entry)?),
                "content" => {
                    for id in self.list(entry)? {
                        config.content.push(self.content(entry, id)?);
                    }
                }
                "rules" => config.rules = self.rules(entry)?,
                "feed" => config.feed = self.feed(entry)?,
                "vocabulary" => config.vocabulary = self.strings(entry)?,
                "limits" => self.limits(entry, &mut config.limits)?,
                _ => return Err(self.unknown(entry, "key of slugline.toml", TOP)),
            }
        }
        Ok(config)
    }

    fn content(&self, owner: &Entry, id: NodeId) -> Result<ContentEntry, Error> {
        let Kind::Map(entries) = &self.tree.node(id).kind else {
            return Err(self.error(&owner.key_range, "`content` must be tables, written `[[content]]`", None));
        };
        let mut content = ContentEntry::default();
        for entry in entries {
            match entry.key.as_str() {
                "paths" => (content.paths, content.globs) = self.globs(entry)?,
                "profile" => content.profile = Some(self.string(entry)?),
                "schema" => content.schema = Some(self.string(entry)?),
                "require" => content.require.extend(self.strings(entry)?),
                "rules" => content.rules = self.rules(entry)?,
                "keys" => self.keys(entry, &mut content)?,
                _ if self.asks(entry, &mut content.asks)? => {}
                _ => return Err(self.unknown(entry, "key of [[content]]", CONTENT)),
            }
        }
        if content.paths.is_empty() {
            let help = "add `paths = [\"content/**/*.md\"]`".to_owned();
            return Err(self.error(&self.place(owner, id), "a [[content]] entry needs `paths`", Some(help)));
        }
        Ok(content)
    }

    /// Where a table stands, else the key that holds it.
    fn place(&self, owner: &Entry, id: NodeId) -> Range<usize> {
        let range = self.tree.node(id).range.clone();
        if range.is_empty() { owner.key_range.clone() } else { range }
    }

    fn globs(&self, entry: &Entry) -> Result<(Vec<String>, GlobSet), Error> {
        let paths = self.strings(entry)?;
        let node = self.tree.node(entry.value);
        let wrong = |trouble: globset::Error| {
            self.error(&node.range, format!("a glob cannot be used: {}", trouble.kind()), None)
        };
        let mut set = GlobSetBuilder::new();
        for path in &paths {
            set.add(GlobBuilder::new(path).literal_separator(true).build().map_err(wrong)?);
        }
        Ok((paths, set.build().map_err(wrong)?))
    }

    fn rules(&self, entry: &Entry) -> Result<BTreeMap<String, Level>, Error> {
        let mut rules = BTreeMap::new();
        for rule in self.table(entry)? {
            if !self.codes.contains(&rule.key.as_str()) {
                return Err(self.unknown_code(rule));
            }
            let name = self.string(rule)?;
            let Some(level) = Level::from_name(&name) else {
                let range = &self.tree.node(rule.value).range;
                let help = "write \"error\", \"warning\", \"hint\" or \"off\"".to_owned();
                return Err(self.error(range, format!("`{name}` is no severity"), Some(help)));
            };
            rules.insert(rule.key.to_string(), level);
        }
        Ok(rules)
    }

    fn unknown_code(&self, rule: &Entry) -> Error {
        let help = match nearest(&rule.key, self.codes.iter().copied()) {
            Some(meant) => format!("did you mean `{meant}`?"),
            None => "`slugline list rules` lists them".to_owned(),
        };
        self.error(&rule.key_range, format!("there is no rule `{}`", rule.key), Some(help))
    }

    fn feed(&self, entry: &Entry) -> Result<Map<String, Value>, Error> {
        let mut feed = Map::new();
        for key in self.table(entry)? {
            if !FEED.contains(&key.key.as_str()) && !key.key.starts_with('_') {
                return Err(self.unknown(key, "key of [feed]", FEED));
            }
            feed.insert(key.key.to_string(), self.tree.to_value(key.value));
        }
        Ok(feed)
    }

    fn limits(&self, entry: &Entry, limits: &mut Limits) -> Result<(), Error> {
        let names = [
            "depth",
            "attributes",
            "name",
            "text",
            "item",
            "head",
            "entities",
            "aliases",
            "unpacked",
            "findings",
            "kept",
        ];
        for key in self.table(entry)? {
            let field = match key.key.as_str() {
                "depth" => &mut limits.depth,
                "attributes" => &mut limits.attributes,
                "name" => &mut limits.name,
                "text" => &mut limits.text,
                "item" => &mut limits.item,
                "head" => &mut limits.head,
                "entities" => &mut limits.entities,
                "aliases" => &mut limits.aliases,
                "unpacked" => &mut limits.unpacked,
                "findings" => &mut limits.findings,
                "kept" => &mut limits.kept,
                _ => return Err(self.unknown(key, "limit", &names)),
            };
            let node = self.tree.node(key.value);
            *field = match &node.kind {
                Kind::Number(number) if number.as_u64().is_some_and(|n| n > 0) => number.as_u64().unwrap_or(1) as usize,
                _ => return Err(self.wrong(key, node, "a whole number above 0")),
            };
        }
        // The readers of trees work with a stack of the system's in places that this bounds.
        limits.depth = limits.depth.min(256);
        Ok(())
    }

    fn wrong(&self, entry: &Entry, node: &Node, wanted: &str) -> Error {
        let range = if node.range.is_empty() { &entry.key_range } else { &node.range };
        self.error(range, format!("`{}` must be {wanted}", entry.key), None)
    }

    fn table(&self, entry: &Entry) -> Result<&'t [Entry], Error> {
        match &self.tree.node(entry.value).kind {
            Kind::Map(entries) => Ok(entries),
            _ => Err(self.wrong(entry, self.tree.node(entry.value), "a table")),
        }
    }

    fn list(&self, entry: &Entry) -> Result<Vec<NodeId>, Error> {
        match &self.tree.node(entry.value).kind {
            Kind::List(items) => Ok(items.clone()),
            _ => Err(self.wrong(entry, self.tree.node(entry.value), "a list")),
        }
    }

    fn string(&self, entry: &Entry) -> Result<String, Error> {
        match &self.tree.node(entry.value).kind {
            Kind::String(text) => Ok(text.to_string()),
            _ => Err(self.wrong(entry, self.tree.node(entry.value), "text in quotes")),
        }
    }

    fn strings(&self, entry: &Entry) -> Result<Vec<String>, Error> {
        let text = |id: NodeId| match &self.tree.node(id).kind {
            Kind::String(text) => Ok(text.to_string()),
            _ => Err(self.wrong(entry, self.tree.node(id), "a list of texts in quotes")),
        };
        self.list(entry)?.into_iter().map(text).collect()
    }
}
