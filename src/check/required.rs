//! What a post must carry.

use std::{collections::HashSet, fmt, sync::Arc};

use crate::{
    address,
    document::{Content, Document},
    error::Error,
    finding::{Edit, Finding, Place, Severity},
    nearest::nearest,
    profile::{self, Key},
    schema::{Schema, built_in},
    slug,
    syntax::{
        head::HeadFormat,
        tree::{Entry, Kind, Node, Style, Tree, pointer_step},
    },
};

/// Finds a schema by the name of a document and what its `$schema` key says.
pub type NamedSchema = Box<dyn Fn(&str, &str) -> Result<Arc<Schema>, Error> + Send + Sync>;

/// What posts and JSON Feeds must carry.
#[derive(Default)]
#[non_exhaustive]
pub struct Requirement {
    /// The schema of posts.
    pub schema: Option<Arc<Schema>>,
    /// What is asked of keys beside the schema: `keys` of the configuration.
    pub more: Option<Arc<Schema>>,
    /// Keys that are required beside: `--require`, `require = […]`.
    pub keys: Vec<String>,
    /// Whether slug and date count as given where the generator takes them from the file's name: so for the schema
    /// of a profile.
    pub given_by_name: bool,
    /// Whether a Markdown file must have front matter.
    pub of_headless: bool,
    /// Gives the schema that a head names under `$schema`, by the document's name and that; without it such a key says
    /// nothing.
    pub named: Option<NamedSchema>,
    /// Whether JSON Feeds are held to the schema of their format.
    pub json_feed: bool,
}

impl fmt::Debug for Requirement {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Requirement").field("schema", &self.schema).field("keys", &self.keys).finish_non_exhaustive()
    }
}

impl Requirement {
    /// Whether a post is held to a schema that its head names.
    pub fn names_its_own(&self, document: &Document) -> bool {
        self.named.is_some() && document.post().is_some_and(|post| post.tree.text("$schema").is_some())
    }

    /// Adds a finding for everything that is not as required.
    pub(super) fn check(&self, document: &mut Document) -> Result<(), Error> {
        let mut findings = Vec::new();
        match &document.content {
            Content::Post(post) => {
                let named = match (&self.named, post.tree.text("$schema")) {
                    (Some(named), Some(name)) => Some(named(&document.name, name)?),
                    _ => None,
                };
                let given_by_name = self.given_by_name && named.is_none();
                if let Some(schema) = named.as_ref().or(self.schema.as_ref()) {
                    match spelt_as(schema, document) {
                        Some((tree, names)) => {
                            schema.check(&tree, &mut findings);
                            findings.iter_mut().for_each(|finding| spell_back(finding, &names));
                        }
                        None => schema.check(&post.tree, &mut findings),
                    }
                    if given_by_name {
                        // Files that a configuration names as content are posts wherever they lie.
                        of_the_profile(document, self.of_headless, &mut findings);
                    }
                    let is_page = document.profile.pages.place(&document.name) == profile::Place::Page;
                    if schema.is_open() && !is_page {
                        misspelt(document, schema, &mut findings);
                    }
                }
                // A head of lines ends at a value below its key: that this has none is the same mistake.
                if document.findings.iter().any(|finding| finding.code == "malformed-front-matter")
                    && let Some(last) = post.tree.entries().last()
                    && post.tree.node(last.value).kind == Kind::Null
                {
                    let pointer = format!("/{}", pointer_step(&last.key));
                    findings.retain(|finding| finding.code != "wrong-type" || finding.pointer != pointer);
                }
                if let Some(more) = &self.more {
                    let mut found = Vec::new();
                    more.check(&post.tree, &mut found);
                    // One word on a value is enough.
                    found.retain(|finding| !findings.iter().any(|known| known.pointer == finding.pointer));
                    findings.append(&mut found);
                }
                for key in &self.keys {
                    let pointer = format!("/{}", pointer_step(key));
                    let known = |f: &&mut Finding| f.code == "missing-key" && f.pointer == pointer;
                    match findings.iter_mut().find(known) {
                        Some(finding) => finding.severity = Severity::Error,
                        None if !document.has_key(key) => findings.push(missing(document, key, pointer)),
                        None => {}
                    }
                }
                let schema = named.as_ref().or(self.schema.as_ref()).map(|schema| &**schema);
                for finding in findings.iter_mut().filter(|finding| finding.code == "missing-key") {
                    at_fence(document, schema, finding);
                }
            }
            Content::JsonFeed(tree) | Content::JsonLines(tree) => {
                if self.json_feed
                    && let Some(schema) = built_in::json_feed()
                {
                    schema.check(tree, &mut findings);
                    if matches!(document.content, Content::JsonLines(_)) {
                        // What a feed must say of itself has no line.
                        findings.retain(|finding| finding.pointer.starts_with("/items/"));
                    }
                    // That an item has no content is told by its rule.
                    let told = document.findings.iter().filter(|finding| finding.code == "missing-content");
                    let told: HashSet<usize> = told.map(|finding| document.locate(&finding.place).start).collect();
                    findings.retain(|finding| {
                        !finding.pointer.ends_with("/content_html")
                            || finding.code != "missing-key"
                            || !told.contains(&document.locate(&finding.place).start)
                    });
                }
            }
            Content::Headless => {
                let message = "this post has no front matter";
                let finding = Finding::error("missing-front-matter", message, Place::Source);
                findings.push(finding.help("begin the file with a line `---`, the keys, and a line `---`"));
            }
            Content::Feed(_) | Content::Broken => {}
        }
        document.findings.append(&mut findings);
        Ok(())
    }
}

/// Keys as the schema spells them, and as the head does.
type Names = Vec<(String, String)>;

/// The head with its keys as the schema spells them, for a generator that does not tell capitals from small letters;
/// `None` where that changes nothing.
fn spelt_as(schema: &Schema, document: &Document) -> Option<(Tree, Names)> {
    let post = document.post().filter(|_| document.profile.any_case)?;
    let mut names = Names::new();
    for entry in post.tree.entries() {
        let known = |known: &&str| known.eq_ignore_ascii_case(&entry.key);
        if let Some(known) = schema.keys().find(known).filter(|known| *known != entry.key)
            && post.tree.entry(known).is_none()
        {
            names.push((known.to_owned(), entry.key.to_string()));
        }
    }
    if names.is_empty() {
        return None;
    }
    let mut tree = post.tree.clone();
    if let Some(Node { kind: Kind::Map(entries), .. }) = tree.nodes.first_mut() {
        for entry in entries {
            if let Some((known, _)) = names.iter().find(|(_, own)| *own == entry.key) {
                entry.key = known.as_str().into();
            }
        }
    }
    Some((tree, names))
}

/// Gives a finding's pointers the key's own spelling again.
fn spell_back(finding: &mut Finding, names: &Names) {
    let spell = |pointer: &mut String| {
        for (known, own) in names {
            let known = format!("/{}", pointer_step(known));
            if let Some(rest) = pointer.strip_prefix(&known).filter(|rest| rest.is_empty() || rest.starts_with('/')) {
                *pointer = format!("/{}{rest}", pointer_step(own));
                return;
            }
        }
    };
    spell(&mut finding.pointer);
    if let Place::Value(pointer) | Place::Key(pointer) = &mut finding.place {
        spell(pointer);
    }
}

fn missing(document: &Document, key: &str, pointer: String) -> Finding {
    let finding = Finding::error("missing-key", format!("`{key}` is missing"), Place::Value(pointer));
    match nearest(key, document.keys()) {
        Some(near) => finding.help(format!("is `{near}` meant to be `{key}`?")),
        None => finding,
    }
}

/// What the schema of a profile requires: less what the generator takes from the file's name or from another key, and
/// less of files that are pages.
fn of_the_profile(document: &Document, is_content: bool, findings: &mut Vec<Finding>) {
    if !findings.iter().any(|finding| finding.code == "missing-key") {
        return;
    }
    let given = given(document);
    let pages = &document.profile.pages;
    let is_post = document.name == "-" || is_content && !pages.is_section(&document.name);
    let place = match pages.place(&document.name) {
        _ if is_post => profile::Place::Post,
        // A bare name says nothing of its folder; without a date it is a page, or is passed over.
        profile::Place::Post if pages.dated_names && !document.name.contains('/') && !is_dated(document) => {
            profile::Place::Unclear
        }
        place => place,
    };
    let at_top = |finding: &Finding| finding.code == "missing-key" && finding.pointer.rfind('/') == Some(0);
    findings.retain(|f| !at_top(f) || place != profile::Place::Page && !given.contains(&f.pointer));
    for finding in findings.iter_mut().filter(|f| at_top(f) && f.pointer == "/title") {
        if document.profile.from_file_name.title && document.name != "-" {
            finding.severity = Severity::Warning;
            finding.label = Some(format!("{} makes one of the file's name", document.profile.called()));
        }
    }
    if pages.dated_names && is_passed_over(document) {
        for finding in findings.iter_mut().filter(|f| at_top(f)) {
            finding.severity = Severity::Warning;
            let called = document.profile.called();
            finding.label = Some(format!("{called} passes over a post whose file's name does not begin with a date"));
        }
    }
    if place != profile::Place::Unclear {
        return;
    }
    for finding in findings.iter_mut().filter(|finding| at_top(finding)) {
        // Most folders that are not called so hold pages; whoever knows better says so in the configuration.
        finding.severity = Severity::Warning;
        finding.label = Some("if this is a post: it has none".to_owned());
    }
}

/// Whether a file in a folder of posts is none for the generator, since its name has no date.
fn is_passed_over(document: &Document) -> bool {
    let pages = &document.profile.pages;
    document.name.contains('/')
        && pages.place(&document.name) == profile::Place::Post
        && !pages.is_draft(&document.name)
        && !is_dated(document)
}

fn is_dated(document: &Document) -> bool {
    address::date_in_path(document).is_some()
}

/// Pointers of the keys that need not be there: the generator takes them from the file's name, or another key that it
/// reads for them is there.
fn given(document: &Document) -> Vec<String> {
    let profile = &document.profile;
    let is_read_as = |key: &Key, name: &str| key.read.is_some_and(|field| field.name == name);
    let mut given = Vec::new();
    let is_draft = document.profile.pages.is_draft(&document.name);
    let dated = document.profile.from_file_name.date && is_dated(document);
    for key in &profile.keys {
        let by_name = is_read_as(key, "published") && (dated || is_draft)
            || is_read_as(key, "slug") && profile.from_file_name.slug;
        let by_key = key.also.iter().any(|name| document.has_key(name));
        if by_name || by_key {
            given.push(format!("/{}", pointer_step(key.within.as_ref().unwrap_or(&key.name))));
        }
    }
    given
}

/// Keys that an open schema does not describe, and that are nearly one that it does and the post lacks.
fn misspelt(document: &Document, schema: &Schema, findings: &mut Vec<Finding>) {
    let Some(post) = document.post() else { return };
    let strange = |entry: &&Entry| entry.key.len() >= 4 && !schema.keys().any(|known| known == entry.key);
    for entry in post.tree.entries().iter().filter(strange) {
        let key = entry.key.as_str();
        let Some(meant) = schema.key_near(key, |known| post.tree.entry(known).is_none()) else { continue };
        // `tag` beside `tags` is most often meant: generators know both.
        if meant.strip_suffix('s') == Some(key) || key.strip_suffix('s') == Some(meant) || case_only(key, meant) {
            continue;
        }
        let place = Place::Key(format!("/{}", pointer_step(key)));
        let finding = Finding::warning("misspelt-key", format!("`{key}` is no key of this site"), place);
        findings.push(finding.label(format!("did you mean `{meant}`?")).help(format!("write `{meant}`")));
    }
}

fn case_only(a: &str, b: &str) -> bool {
    a.eq_ignore_ascii_case(b)
}

/// A missing key at the top: what to say at the fence, and for a slug the remedy.
fn at_fence(document: &Document, schema: Option<&Schema>, finding: &mut Finding) {
    let Place::Value(pointer) = &finding.place else { return };
    if pointer.rfind('/') != Some(0) {
        return;
    }
    finding.label.get_or_insert_with(|| "this post has none".to_owned());
    if finding.help.is_some() {
        return;
    }
    let key = pointer[1..].replace("~1", "/").replace("~0", "~");
    if let Some(default) = schema.and_then(|schema| schema.default_of(&key)) {
        add_default(document, &key, default, finding);
        return;
    }
    if pointer != "/slug" {
        return;
    }
    let Some((slug, from)) = slug_for(document) else { return };
    finding.help = Some(match slug_edit(document, &slug) {
        Some(edit) => {
            finding.fix = Some(crate::finding::Fix { safe: false, edits: vec![edit], meant: vec!["/slug".to_owned()] });
            format!("add `slug: {slug}`, from the {from} (`--unsafe-fixes` does)")
        }
        None => format!("add the slug `{slug}`, from the {from}"),
    });
}

/// The remedy for a key that the schema has a default for: a line of it.
fn add_default(document: &Document, key: &str, default: &serde_json::Value, finding: &mut Finding) {
    let simple = !default.is_object() && !default.is_array() && !default.is_null();
    let plain = key.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_' || b == b'-');
    let Some(post) = document.post().filter(|_| simple && plain) else { return };
    let text = default.as_str().map_or_else(|| default.to_string(), str::to_owned);
    // JSON's spelling of a single value is YAML's and TOML's too; lines of text take no quotes.
    let line = match post.head.format {
        HeadFormat::Yaml => format!("{key}: {default}"),
        HeadFormat::Toml => format!("{key} = {default}"),
        HeadFormat::Json => format!("\"{key}\": {default}"),
        HeadFormat::BareJson if post.tree.entries().is_empty() => format!("\"{key}\": {default}"),
        HeadFormat::BareJson => format!("\"{key}\": {default},"),
        HeadFormat::Plain => format!("{key}: {text}"),
        HeadFormat::Org => format!("#+{key}: {text}"),
    };
    finding.help = Some(format!("add `{line}`, the schema's default"));
    if let Some(edit) = first_line(document, line) {
        finding.help = Some(format!("{} (`--unsafe-fixes` does)", finding.help.take().unwrap_or_default()));
        let meant = vec![format!("/{}", pointer_step(key))];
        finding.fix = Some(crate::finding::Fix { safe: false, edits: vec![edit], meant });
    }
}

/// A slug for a post that has none: from the file's name, else from the title.
fn slug_for(document: &Document) -> Option<(String, &'static str)> {
    let name = (document.name != "-").then(|| address::slug_in_name(&document.name)).flatten();
    let from_name = name.map(slug::slugify).filter(|slug| !slug.is_empty());
    let from_title = || document.value("/title").map(|title| slug::slugify(title.text)).filter(|slug| !slug.is_empty());
    from_name.map(|slug| (slug, "file name")).or_else(|| from_title().map(|slug| (slug, "title")))
}

/// The line that adds a slug.
fn slug_edit(document: &Document, slug: &str) -> Option<Edit> {
    let letters = slug.bytes().any(|b| b.is_ascii_alphabetic());
    // Without quotes YAML takes `2025` for a number, `1e5` for another, and readers of YAML 1.1 `no` for false.
    let plain = letters && (slug.contains('-') || slug.len() > 5) && !slug.starts_with("0x");
    let is_empty = document.post()?.tree.entries().is_empty();
    let comma = if is_empty { "" } else { "," };
    let line = match document.post()?.head.format {
        HeadFormat::Yaml if plain => format!("slug: {slug}"),
        HeadFormat::Yaml => format!("slug: '{slug}'"),
        HeadFormat::Toml => format!("slug = \"{slug}\""),
        HeadFormat::BareJson => format!("\"slug\": \"{slug}\"{comma}"),
        HeadFormat::Plain => format!("slug: {slug}"),
        HeadFormat::Org => format!("#+slug: {slug}"),
        HeadFormat::Json => return first_member(document, &format!("\"slug\": \"{slug}\"{comma}")),
    };
    first_line(document, line)
}

/// A member put first in a head of JSON, parted from the brace as the one is that was first.
fn first_member(document: &Document, member: &str) -> Option<Edit> {
    let post = document.post()?;
    let inner = &document.text[post.head.inner.clone()];
    let brace = inner.find('{')? + 1;
    let after = &inner[brace..];
    let start = &after[..after.len() - after.trim_start().len()];
    let end = if post.tree.entries().is_empty() || !start.is_empty() { "" } else { " " };
    let at = post.head.inner.start + brace;
    Some(Edit { range: at..at, text: format!("{start}{member}{end}") })
}

/// A line put first in a head; `None` where it is not one of lines.
fn first_line(document: &Document, line: String) -> Option<Edit> {
    let post = document.post().filter(|post| post.head.format != HeadFormat::Json)?;
    let line_end = if document.text.contains("\r\n") { "\r\n" } else { "\n" };
    // Only a block mapping takes a line more; JSON has no other.
    let block = post.tree.nodes.first().is_some_and(|root| root.style != Style::Flow);
    let bare = post.head.format == HeadFormat::BareJson;
    let at = post.head.inner.start;
    let text = line + line_end;
    ((block || bare) && (at == 0 || document.text[..at].ends_with(['\n', '\r'])))
        .then_some(Edit { range: at..at, text })
}
