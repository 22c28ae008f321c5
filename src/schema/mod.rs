//! Heads and JSON Feeds against a JSON Schema, draft 4 to 2020-12. The one folder that knows jsonschema, and the one
//! place that reads YAML into values (serde_yaml), for schemas written in it.
//!
//! A schema may come from a pull request, so it is untrusted: its patterns run on a linear engine with a bound on
//! their size, its `$ref`s reach files of its own folder and nothing else, and what it gets wrong is an error before
//! any source is read.

mod branches;
pub mod built_in;
mod formats;
mod keywords;
mod node;
mod notes;
mod words;

use std::{
    collections::{HashMap, HashSet},
    sync::{Arc, OnceLock},
};

use built_in::BuiltIn;
pub use formats::{is_date_or_datetime, is_uri};
use jsonschema::{PatternOptions, Retrieve, Uri, Validator};
use serde_json::Value;

use crate::{
    error::{Error, ErrorKind},
    finding::Finding,
    nearest::KnownNames,
    syntax::tree::Tree,
};

/// Reads a file of the schema's own folder, by its path relative to it; what went wrong otherwise.
pub type Folder = Arc<dyn Fn(&str) -> Result<String, String> + Send + Sync>;

/// Bytes that a schema may have.
const MAX_BYTES: usize = 1 << 20;
/// Bytes that one compiled pattern may take.
const MAX_PATTERN: usize = 1 << 20;
/// What relative references of a schema without `$id` are relative to.
const HERE: &str = "slugline://schema/here/";

/// A schema, ready to validate.
#[derive(Debug)]
pub struct Schema {
    /// Its name, for messages: a path, or the name of a built-in one.
    pub name: String,
    root: Value,
    /// The keys that it describes at its top.
    keys: KnownNames,
    /// Whether others may stand beside them.
    open: bool,
    /// Whether it marks keys: [`notes`].
    notes: bool,
    /// Made when it is first needed where it is known to be right. `None` where it is not, after all.
    validator: OnceLock<Option<Validator<node::Trees>>>,
}

impl Schema {
    /// Compiles a schema from JSON or YAML. `folder` gives the files that its `$ref`s may name; without it they may
    /// name none. `name` is what errors call it.
    ///
    /// # Errors
    /// [`ErrorKind::Schema`]: no JSON or YAML, a keyword that no draft has, a pattern that is no regular expression, a
    /// `$ref` that leads nowhere or out of the folder.
    pub fn compile(name: &str, text: &str, folder: Option<Folder>) -> Result<Self, Error> {
        let error = |message: String| Error::new(ErrorKind::Schema, message).in_source(name);
        let root = parse(name, text).map_err(|trouble| trouble.in_source(name))?;
        if !root.is_object() && !root.is_boolean() {
            return Err(error("this is no JSON Schema: it must be an object".to_owned())
                .help("`slugline schema post` prints one to start from"));
        }
        keywords::check(&root).map_err(|trouble| trouble.in_source(name))?;
        let validator = validator(name, &root, folder).map_err(|trouble| {
            let (message, help) = words::schema_trouble(&trouble);
            let error = error(message);
            if let Some(help) = help { error.help(help) } else { error }
        })?;
        Ok(Schema::new(name, root, OnceLock::from(Some(validator))))
    }

    /// A built-in schema, which is known to be right: it is compiled when the first tree is held to it. Whoever checks
    /// feeds need not wait for that of posts.
    ///
    /// # Errors
    /// None for the rows of [`SCHEMAS`](built_in::SCHEMAS).
    pub fn built_in(known: &BuiltIn) -> Result<Self, Error> {
        let root = parse(known.name, known.text).map_err(|trouble| trouble.in_source(known.name))?;
        Ok(Schema::new(known.name, root, OnceLock::new()))
    }

    fn new(name: &str, root: Value, validator: OnceLock<Option<Validator<node::Trees>>>) -> Self {
        let keys = root.get("properties").and_then(Value::as_object).into_iter().flatten();
        let keys = keys.map(|(key, _)| key.clone()).collect();
        let closed = |keyword| root.get(keyword) == Some(&Value::Bool(false));
        let open = !closed("additionalProperties") && !closed("unevaluatedProperties");
        Schema { name: name.to_owned(), keys, open, notes: notes::any(&root), root, validator }
    }

    /// Adds a finding for everything in `tree` that the schema does not allow.
    pub fn check(&self, tree: &Tree, findings: &mut Vec<Finding>) {
        let root = node::At::Node(tree, Tree::ROOT);
        if self.notes {
            notes::find(&self.root, tree, findings);
        }
        let validator = self.validator.get_or_init(|| validator(&self.name, &self.root, None).ok());
        let Some(validator) = validator.as_ref().filter(|_| !tree.nodes.is_empty()) else { return };
        if validator.is_valid(root) {
            return;
        }
        for trouble in validator.iter_errors(root) {
            words::findings(&trouble, &self.root, tree, findings);
        }
        once_a_value(findings);
    }

    /// The keys that the schema requires at its top, in its order.
    pub fn required(&self) -> impl Iterator<Item = &str> {
        self.root.get("required").and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str)
    }

    /// The value that the schema gives a key at its top that is not there: `default`.
    pub fn default_of(&self, key: &str) -> Option<&Value> {
        notes::property(&self.root, key, "default")
    }

    /// The keys that the schema describes at its top.
    pub fn keys(&self) -> impl Iterator<Item = &str> {
        self.keys.iter()
    }

    /// The key at its top, among those that `counts`, that another one is most likely meant for.
    pub(crate) fn key_near(&self, key: &str, counts: impl Fn(&str) -> bool) -> Option<&str> {
        self.keys.nearest(key, counts)
    }

    /// Whether the schema lets a head hold keys that it does not describe.
    pub fn is_open(&self) -> bool {
        self.open
    }
}

/// What holds trees to a schema.
fn validator<'r>(
    name: &str,
    root: &'r Value,
    folder: Option<Folder>,
) -> Result<Validator<node::Trees>, jsonschema::ValidationError<'r>> {
    let files = Files { base: base(root), folder };
    let options = jsonschema::options_for::<node::Trees>()
        .should_validate_formats(true)
        .with_pattern_options(PatternOptions::regex().size_limit(MAX_PATTERN).dfa_size_limit(MAX_PATTERN))
        .with_base_uri(format!("{HERE}{}", file_name(name)))
        .with_retriever(files);
    formats::add(options).build(root)
}

/// One word on a value that is not as asked is enough: of several keywords that it fails, the one that knows a remedy.
/// A shared subschema may also say the same of the same value twice.
fn once_a_value(findings: &mut Vec<Finding>) {
    let mut best: HashMap<String, usize> = HashMap::new();
    let worth = |finding: &Finding| (finding.fix.is_some(), finding.label.is_some());
    for (index, finding) in findings.iter().enumerate().filter(|(_, finding)| finding.code == "invalid-value") {
        let best = best.entry(finding.pointer.clone()).or_insert(index);
        if worth(finding) > worth(&findings[*best]) {
            *best = index;
        }
    }
    let mut seen = HashSet::new();
    let mut index = 0;
    findings.retain(|finding| {
        let is_best = best.get(&finding.pointer).is_none_or(|best| *best == index || finding.code != "invalid-value");
        index += 1;
        is_best && seen.insert((finding.code.clone(), finding.pointer.clone(), finding.message.clone()))
    });
}

/// JSON, or YAML where it is no JSON.
fn parse(name: &str, text: &str) -> Result<Value, Error> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    if text.len() > MAX_BYTES {
        let message = format!("more than {MAX_BYTES} bytes (the limit on schemas)");
        return Err(Error::new(ErrorKind::Schema, message));
    }
    let yaml = [".yaml", ".yml"].iter().any(|ending| name.ends_with(ending));
    if yaml || !text.trim_start().starts_with(['{', '[', '"']) {
        return serde_yaml::from_str(text).map_err(|trouble| {
            let error = Error::new(ErrorKind::Schema, format!("the schema is not well-formed YAML: {trouble}"));
            match trouble.location() {
                Some(place) => error.at(place.line(), place.column()),
                None => error,
            }
        });
    }
    serde_json::from_str(text).map_err(|trouble| {
        let words = trouble.to_string();
        let words = words.rsplit_once(" at line ").map_or(words.as_str(), |(words, _)| words);
        Error::new(ErrorKind::Schema, format!("the schema is not well-formed JSON: {words}"))
            .at(trouble.line(), trouble.column())
    })
}

fn file_name(path: &str) -> String {
    let name = path.rsplit(['/', '\\']).next().unwrap_or(path);
    name.bytes()
        .map(|b| match b {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' | b'.' => char::from(b).to_string(),
            _ => format!("%{b:02X}"),
        })
        .collect()
}

/// The address whose relatives are files of the folder: that of the schema's own `$id`, else [`HERE`].
fn base(root: &Value) -> String {
    let id = root.get("$id").or_else(|| root.get("id")).and_then(Value::as_str).unwrap_or_default();
    match id.rfind('/') {
        Some(end) if id.contains("://") && end > id.find("://").unwrap_or(0) + 2 => id[..=end].to_owned(),
        _ => HERE.to_owned(),
    }
}

/// Gives the files of the schema's folder, and refuses all else.
struct Files {
    base: String,
    folder: Option<Folder>,
}

impl Retrieve for Files {
    fn retrieve(&self, uri: &Uri<String>) -> Result<Value, Box<dyn std::error::Error + Send + Sync>> {
        let uri = uri.as_str();
        let path = uri.strip_prefix(self.base.as_str()).or_else(|| uri.strip_prefix(HERE));
        let Some(path) = path.filter(|path| is_plain(path)) else {
            return Err(format!("`{uri}` is outside the schema's folder, and nothing is fetched").into());
        };
        let folder = self.folder.as_ref().ok_or_else(|| format!("`{path}` cannot be read: no folder was given"))?;
        let value = parse(path, &folder(path)?).map_err(|trouble| trouble.to_string())?;
        keywords::check(&value).map_err(|trouble| trouble.to_string())?;
        Ok(value)
    }
}

/// Whether a path goes down only, in plain characters that mean the same to every file system.
fn is_plain(path: &str) -> bool {
    let part = |part: &str| {
        !part.is_empty()
            && !part.starts_with('.')
            && part.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '_' | '.' | ' '))
    };
    !path.is_empty() && path.split('/').all(part)
}

#[cfg(test)]
mod tests;
