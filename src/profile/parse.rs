//! `profile.toml` to a [`Profile`].

use super::{Key, Profile, Split, Templates, fields};
use crate::{
    error::{Error, ErrorKind},
    finding::Place,
    limits::Limits,
    lines::Lines,
    model::{TextKind, Value},
    nearest::nearest,
    syntax::{
        head::{AfterOpen, Close, HeadFormat},
        toml,
        tree::{Entry, Kind, Node, NodeId, Style, Tree},
        yaml,
    },
};

/// The keys of `profile.toml`.
const TOP: &[&str] = &[
    "extends",
    "about",
    "generator",
    "head",
    "fences",
    "quotes",
    "list_indent",
    "body",
    "any_case",
    "from_file_name",
    "templates",
    "file_name",
    "other_file_name",
    "address",
    "old_addresses",
    "without",
    "key",
    "habits",
    "pages",
];
/// The keys of `[fences]`.
const FENCES: &[&str] = &[
    "formats",
    "dots",
    "leading_blanks",
    "close",
    "after_open",
    "long",
    "optional_open",
    "open_end",
    "empty",
    "lone_cr",
    "bom",
    "tabs",
    "strict",
];
/// The keys of `[[key]]`.
const KEY: &[&str] =
    &["name", "within", "alone", "also", "split", "read", "write", "always", "style", "items", "empty", "blank_before"];

impl Profile {
    /// Parses `profile.toml` and takes `post.schema.json`; without a schema, the extended profile's one counts.
    ///
    /// - `extends`: a built-in profile whose keys and settings these are added to. A `[[key]]` of the same name takes
    ///   the other's place; `without` is a list of keys that go.
    /// - `about`; `generator`, its name in messages; `head` (`yaml`, `toml`, `json`, `bare-json`, `plain`); `body` (`markdown`, `html`); `quotes` (`single`, `double`);
    ///   `list_indent` (0 or 2); `any_case`; `from_file_name`, a list of `date`, `slug` and `title`; `templates` (`hugo`,
    ///   `liquid`, `zola`, `mdx`); `file_name` and `address`, patterns; `other_file_name`, the pattern for what is no post;
    ///   `old_addresses`, the key from whose addresses the generator sends readers on.
    /// - `[fences]`, `[habits]`, `[pages]`: see [`Fences`](crate::syntax::head::Fences), [`Habits`](super::Habits) and
    ///   [`Pages`](super::Pages).
    /// - `[[key]]`: `name`, `within` (the mapping it stands in), `alone` (whether it stands in the mapping's place when
    ///   nothing else is in it), `also`, `split` (`blanks` or `commas`: what parts a text that is a list), `read` (the name of a field), `write` (an expression), `always`, `style` (`plain`,
    ///   `single`, `double`, `block`, `flow`), `items`, `empty` (as it is written in YAML), `blank_before`.
    ///
    /// # Errors
    /// TOML that is none, a key or value that is not known, an expression that does not compile: each with its place.
    pub fn parse(profile: &str, schema: Option<&str>) -> Result<Profile, Error> {
        let (tree, findings) = toml::parse(profile, 0..profile.len(), &Limits::default());
        let source = Text { text: profile, lines: Lines::new(profile), tree: &tree };
        if let Some(finding) = findings.first() {
            let at = match &finding.place {
                Place::Bytes(range) => range.start,
                _ => 0,
            };
            let error = source.error(at, finding.message.clone());
            return Err(match &finding.help {
                Some(help) => error.help(help.clone()),
                None => error,
            });
        }
        source.known(tree.entries(), TOP)?;
        let mut parsed = match source.get("extends") {
            None => Profile::empty(),
            Some(node) => {
                let name = source.text(node)?;
                Profile::built_in(name).ok_or_else(|| {
                    let names = Profile::names().join(", ");
                    source
                        .error(node.range.start, format!("there is no built-in profile `{name}`"))
                        .help(format!("there is {names}"))
                })?
            }
        };
        if let Some(schema) = schema {
            parsed.schema = Some(schema.to_owned());
        }
        // A schema that cannot be read is reported by whoever checks with it.
        let schema = parsed.schema.as_ref().and_then(|schema| serde_json::from_str::<Value>(schema).ok());
        parsed.required = schema
            .as_ref()
            .and_then(|schema| serde_json::from_value(schema.get("required")?.clone()).ok())
            .unwrap_or_default();
        let described = schema.as_ref().and_then(|schema| schema.get("properties")?.as_object());
        parsed.described = described.into_iter().flatten().map(|(key, _)| key.clone()).collect();
        source.settings(&mut parsed)?;
        source.keys(&mut parsed)?;
        parsed.build_index();
        Ok(parsed)
    }
}

/// The text of `profile.toml`, for places.
pub(super) struct Text<'t> {
    text: &'t str,
    lines: Lines,
    tree: &'t Tree,
}

impl<'t> Text<'t> {
    fn error(&self, at: usize, message: impl Into<String>) -> Error {
        let position = self.lines.position(self.text, at);
        Error::new(ErrorKind::Config, message).at(position.line, position.column)
    }

    fn known(&self, entries: &[Entry], known: &[&str]) -> Result<(), Error> {
        match entries.iter().find(|entry| !known.contains(&entry.key.as_str())) {
            None => Ok(()),
            Some(entry) => {
                let error = self.error(entry.key_range.start, format!("`{}` is no key of a profile here", entry.key));
                Err(match nearest(&entry.key, known.iter().copied()) {
                    Some(near) => error.help(format!("did you mean `{near}`?")),
                    None => error.help(format!("there is {}", known.join(", "))),
                })
            }
        }
    }

    fn get(&self, key: &str) -> Option<&'t Node> {
        self.tree.get(key)
    }

    pub(super) fn text(&self, node: &'t Node) -> Result<&'t str, Error> {
        match &node.kind {
            Kind::String(text) => Ok(text),
            _ => Err(self.error(node.range.start, "this must be text")),
        }
    }

    pub(super) fn flag(&self, node: &Node) -> Result<bool, Error> {
        match node.kind {
            Kind::Bool(value) => Ok(value),
            _ => Err(self.error(node.range.start, "this must be true or false")),
        }
    }

    /// The items of a list of text.
    pub(super) fn texts(&self, node: &'t Node) -> Result<Vec<&'t str>, Error> {
        match &node.kind {
            Kind::List(items) => items.iter().map(|&item| self.text(self.tree.node(item))).collect(),
            _ => Err(self.error(node.range.start, "this must be a list of texts")),
        }
    }

    /// The keys of a table, each one of `known`, and their values.
    pub(super) fn table(&self, node: &'t Node, known: &[&str]) -> Result<Vec<(&'t str, &'t Node)>, Error> {
        let Kind::Map(entries) = &node.kind else { return Err(self.error(node.range.start, "this must be a table")) };
        self.known(entries, known)?;
        Ok(entries.iter().map(|entry| (entry.key.as_str(), self.tree.node(entry.value))).collect())
    }

    /// A list of pairs of texts.
    pub(super) fn pairs(&self, node: &'t Node) -> Result<Vec<(String, String)>, Error> {
        let wrong = |node: &Node| self.error(node.range.start, "this must be a list of pairs of texts");
        let Kind::List(items) = &node.kind else { return Err(wrong(node)) };
        let pair = |item: &NodeId| match self.texts(self.tree.node(*item))?.as_slice() {
            [first, second] => Ok(((*first).to_owned(), (*second).to_owned())),
            _ => Err(wrong(self.tree.node(*item))),
        };
        items.iter().map(pair).collect()
    }

    /// One of a few words.
    pub(super) fn word<T: Copy>(&self, node: &'t Node, words: &[(&str, T)]) -> Result<T, Error> {
        let text = self.text(node)?;
        words.iter().find(|(word, _)| *word == text).map(|(_, meaning)| *meaning).ok_or_else(|| {
            let known: Vec<&str> = words.iter().map(|(word, _)| *word).collect();
            self.error(node.range.start, format!("`{text}` cannot stand here"))
                .help(format!("there is {}", known.join(", ")))
        })
    }

    fn settings(&self, profile: &mut Profile) -> Result<(), Error> {
        let formats = HeadFormat::ALL.map(|format| (format.name(), format));
        if let Some(node) = self.get("about") {
            self.text(node)?.clone_into(&mut profile.about);
        }
        if let Some(node) = self.get("generator") {
            self.text(node)?.clone_into(&mut profile.generator);
        }
        if let Some(node) = self.get("head") {
            profile.head = self.word(node, &formats)?;
            if profile.head == HeadFormat::Org {
                return Err(self.error(node.range.start, "heads in Org are read only"));
            }
        }
        if let Some(node) = self.get("habits") {
            profile.habits.parse(self, node)?;
        }
        if let Some(node) = self.get("pages") {
            profile.pages.parse(self, node)?;
        }
        if let Some(node) = self.get("quotes") {
            profile.layout.quotes = self.word(node, &[("single", Style::Single), ("double", Style::Double)])?;
        }
        if let Some(node) = self.get("list_indent") {
            profile.layout.list_indent = match &node.kind {
                Kind::Number(number) if matches!(number.as_u64(), Some(0 | 2)) => number.as_u64().unwrap_or(2) as usize,
                _ => return Err(self.error(node.range.start, "this must be 0 or 2")),
            };
        }
        if let Some(node) = self.get("body") {
            let html = self.word(node, &[("markdown", false), ("html", true)])?;
            profile.body = if html { TextKind::Html } else { TextKind::Markdown };
        }
        if let Some(node) = self.get("any_case") {
            profile.any_case = self.flag(node)?;
        }
        if let Some(node) = self.get("from_file_name") {
            let given = self.texts(node)?;
            if let Some(other) = given.iter().find(|word| !matches!(**word, "date" | "slug" | "title")) {
                let error = self.error(node.range.start, format!("`{other}` cannot be taken from a file's name"));
                return Err(error.help("there is date, slug, title"));
            }
            profile.from_file_name.date = given.contains(&"date");
            profile.from_file_name.title = given.contains(&"title");
            profile.from_file_name.slug = given.contains(&"slug");
        }
        if let Some(node) = self.get("templates") {
            let words = [
                ("none", Templates::None),
                ("hugo", Templates::Hugo),
                ("liquid", Templates::Liquid),
                ("zola", Templates::Zola),
                ("mdx", Templates::Mdx),
            ];
            profile.templates = self.word(node, &words)?;
        }
        for key in ["file_name", "other_file_name"] {
            let Some(node) = self.get(key) else { continue };
            let source = self.text(node)?;
            let pattern = profile.paths.add(source);
            let pattern =
                pattern.map_err(|mistake| self.error(node.range.start, format!("the pattern {}", mistake.0)))?;
            if key == "file_name" { profile.file_name = pattern } else { profile.other_file_name = pattern }
        }
        if let Some(node) = self.get("address") {
            let source = self.text(node)?;
            profile.address = Some(source.to_owned());
            let expression = profile
                .values
                .add(source)
                .map_err(|mistake| self.error(node.range.start, format!("the pattern {}", mistake.0)))?;
            profile.addresses = Some(expression);
        }
        if let Some(node) = self.get("old_addresses") {
            profile.old_addresses = Some(self.text(node)?.to_owned());
        }
        match self.get("fences") {
            Some(node) => self.fences(profile, node),
            None => Ok(()),
        }
    }

    fn fences(&self, profile: &mut Profile, node: &'t Node) -> Result<(), Error> {
        let formats = HeadFormat::ALL.map(|format| (format.name(), format));
        let closes = [("line", Close::Line), ("prefix", Close::Prefix), ("anywhere", Close::Anywhere)];
        let after = [("nothing", AfterOpen::Nothing), ("blanks", AfterOpen::Blanks), ("language", AfterOpen::Language)];
        let fences = &mut profile.fences;
        for (key, node) in self.table(node, FENCES)? {
            match key {
                "dots" => fences.dots = self.flag(node)?,
                "leading_blanks" => fences.leading_blanks = self.flag(node)?,
                "close" => fences.close = self.word(node, &closes)?,
                "after_open" => fences.after_open = self.word(node, &after)?,
                "long" => fences.long = self.flag(node)?,
                "optional_open" => fences.optional_open = self.flag(node)?,
                "open_end" => fences.open_end = self.flag(node)?,
                "empty" => fences.empty = self.flag(node)?,
                "lone_cr" => fences.lone_cr = self.flag(node)?,
                "bom" => fences.bom = self.flag(node)?,
                "tabs" => fences.tabs = self.flag(node)?,
                "strict" => fences.strict = self.flag(node)?,
                _ => {
                    let Kind::List(items) = &node.kind else {
                        return Err(self.error(node.range.start, "this must be a list of formats"));
                    };
                    let formats = items.iter().map(|&item| self.word(self.tree.node(item), &formats));
                    fences.formats = formats.collect::<Result<_, _>>()?;
                }
            }
        }
        Ok(())
    }

    fn keys(&self, profile: &mut Profile) -> Result<(), Error> {
        if let Some(node) = self.get("without") {
            for name in self.texts(node)? {
                let before = profile.keys.len();
                profile.keys.retain(|key| key.name != name);
                if profile.keys.len() == before {
                    let message = format!("there is no key `{name}` to leave out");
                    return Err(self.error(node.range.start, message));
                }
            }
        }
        let Some(node) = self.get("key") else { return Ok(()) };
        let Kind::List(items) = &node.kind else {
            return Err(self.error(node.range.start, "write each key as a table `[[key]]`"));
        };
        let mut own: Vec<String> = Vec::new();
        for &item in items {
            let (key, at) = self.key(profile, item)?;
            if own.contains(&key.path()) {
                return Err(self.error(at, format!("the key `{}` is described twice", key.name)));
            }
            own.push(key.path());
            match profile.keys.iter_mut().find(|known| known.path() == key.path()) {
                Some(known) => *known = key,
                None => profile.keys.push(key),
            }
        }
        Ok(())
    }

    fn key(&self, profile: &mut Profile, item: NodeId) -> Result<(Key, usize), Error> {
        let node = self.tree.node(item);
        let Kind::Map(entries) = &node.kind else { return Err(self.error(node.range.start, "this must be a table")) };
        self.known(entries, KEY)?;
        let mut key = Key {
            name: String::new(),
            within: None,
            alone: false,
            also: Vec::new(),
            split: None,
            read: None,
            write: None,
            always: false,
            style: None,
            items: None,
            empty: None,
            blank_before: false,
        };
        let styles = [
            ("plain", Style::Plain),
            ("single", Style::Single),
            ("double", Style::Double),
            ("block", Style::Block),
            ("flow", Style::Flow),
        ];
        for entry in entries {
            let node = self.tree.node(entry.value);
            match entry.key.as_str() {
                "name" => self.text(node)?.clone_into(&mut key.name),
                "within" => key.within = Some(self.text(node)?.to_owned()),
                "alone" => key.alone = self.flag(node)?,
                "split" => {
                    key.split = Some(self.word(node, &[("blanks", Split::Blanks), ("commas", Split::Commas)])?);
                }
                "also" => key.also = self.texts(node)?.into_iter().map(str::to_owned).collect(),
                "read" => {
                    let name = self.text(node)?;
                    let names = fields::FIELDS.iter().map(|field| field.name);
                    key.read = Some(fields::find(name).ok_or_else(|| {
                        let error = self.error(node.range.start, format!("`{name}` is no field of an item"));
                        match nearest(name, names.clone()) {
                            Some(near) => error.help(format!("did you mean `{near}`?")),
                            None => error.help(format!("there is {}", names.collect::<Vec<_>>().join(", "))),
                        }
                    })?);
                }
                "write" => {
                    let source = self.text(node)?;
                    let compiled = profile.values.add(source);
                    let compiled = compiled
                        .map_err(|mistake| self.error(node.range.start, format!("the expression {}", mistake.0)))?;
                    key.write = Some(compiled);
                }
                "always" => key.always = self.flag(node)?,
                "blank_before" => key.blank_before = self.flag(node)?,
                "style" => key.style = Some(self.word(node, &styles)?),
                "items" => key.items = Some(self.word(node, &styles)?),
                _ => key.empty = Some(self.empty(node)?),
            }
        }
        let at = node.range.start;
        if key.name.is_empty() {
            return Err(self.error(at, "this key has no name").help("add `name = \"…\"`"));
        }
        if key.always && key.write.is_none() {
            return Err(self.error(at, format!("`{}` has `always`, but nothing to write", key.name)));
        }
        Ok((key, at))
    }

    /// What stands for nothing, from how it is written in YAML.
    fn empty(&self, node: &'t Node) -> Result<(Value, Style), Error> {
        let text = self.text(node)?;
        let (tree, findings) = yaml::parse(text, 0..text.len(), &Limits::default());
        match (tree.nodes.first(), findings.is_empty()) {
            (Some(value), true) => Ok((tree.to_value(Tree::ROOT), value.style)),
            _ => Err(self.error(node.range.start, format!("`{text}` is no value in YAML"))),
        }
    }
}
