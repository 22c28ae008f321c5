//! What a site's own folders tell: its configuration, and the files that its generator needs.

use std::{
    collections::HashSet,
    fs,
    path::{Path, PathBuf},
    sync::{Arc, OnceLock},
};

use crate::{
    check::detect,
    config::Config,
    error::{Error, ErrorKind},
    nearest::nearest,
    rule::RULES,
    schema::{Folder, Schema, built_in},
    surroundings::Files,
    vocabulary::{self, table::Table},
};

use super::walk::shown;

/// The name of the configuration.
const NAME: &str = "slugline.toml";

/// A configuration, and the folder that it is about.
#[derive(Debug, Default)]
pub(crate) struct Site {
    /// What it asks; the default where there is no configuration.
    pub(crate) config: Config,
    /// The folder of the configuration, as an absolute path.
    pub(crate) root: Option<PathBuf>,
    /// The configuration's file, as it is shown.
    pub(crate) file: Option<String>,
    /// Its own tables of elements.
    pub(crate) tables: Arc<[&'static Table]>,
}

impl Site {
    /// Reads a configuration.
    pub(crate) fn read(file: &Path) -> Result<Self, Error> {
        let name = shown(file, None);
        let text = text(file).map_err(|error| with_kind(error, ErrorKind::Config).in_source(name.clone()))?;
        let whole = std::path::absolute(file).unwrap_or_else(|_| file.to_owned());
        let tables = tables(whole.parent().unwrap_or(Path::new(".")), &Config::tables(&text))?;
        let own = tables.iter().flat_map(|table| vocabulary::codes(table)).map(|(code, _)| code);
        let codes: Vec<&str> = RULES.iter().map(|rule| rule.code).chain(own).collect();
        let config = Config::parse(&text, &codes).map_err(|error| error.in_source(name.clone()))?;
        Ok(Site { config, root: whole.parent().map(Path::to_owned), file: Some(name), tables })
    }

    /// The configuration nearest above `start`, up to the folder with `.git`.
    pub(crate) fn find(start: &Path) -> Result<Self, Error> {
        match above(start).map(|folder| folder.join(NAME)).find(|file| file.is_file()) {
            Some(file) => {
                let here = std::env::current_dir().unwrap_or_default();
                Self::read(file.strip_prefix(&here).unwrap_or(&file))
            }
            None => Ok(Site::default()),
        }
    }
}

/// The tables of a site: those that its configuration names, and those in the folder `feed` beside it.
fn tables(root: &Path, named: &[String]) -> Result<Arc<[&'static Table]>, Error> {
    let mut files: Vec<PathBuf> = named.iter().map(|name| root.join(name)).collect();
    if let Ok(folder) = fs::read_dir(root.join("feed")) {
        let is_table = |path: &PathBuf| path.extension().is_some_and(|ending| ending == "yaml" || ending == "yml");
        let mut beside: Vec<PathBuf> = folder.filter_map(|entry| entry.ok().map(|entry| entry.path())).collect();
        beside.retain(|path| is_table(path) && !files.contains(path));
        beside.sort();
        files.append(&mut beside);
    }
    let read = |path: &PathBuf| {
        let name = shown(path, std::env::current_dir().ok().as_deref());
        let text = text(path).map_err(|error| with_kind(error, ErrorKind::Config).in_source(name.clone()))?;
        vocabulary::parse(&text).map_err(|message| {
            let error = Error::new(ErrorKind::Config, format!("this table of elements cannot be used: {message}"));
            error.help("the module `vocabulary::yaml` of the documentation shows one").in_source(name)
        })
    };
    files.iter().map(read).collect::<Result<Vec<_>, _>>().map(Arc::from)
}

/// The folders from `start` upwards, up to the one with `.git`.
fn above(start: &Path) -> impl Iterator<Item = PathBuf> {
    let start = std::path::absolute(start).unwrap_or_else(|_| start.to_owned());
    let mut next = if start.is_dir() { Some(start) } else { start.parent().map(Path::to_owned) };
    std::iter::from_fn(move || {
        let folder = next.take()?;
        if !folder.join(".git").exists() {
            next = folder.parent().map(Path::to_owned);
        }
        Some(folder)
    })
}

/// The generator that the files from `start` upwards tell, and the file that told it.
pub(crate) fn generator(start: &Path) -> Option<(&'static str, String)> {
    above(start).find_map(|folder| {
        let has = |name: &str| folder.join(name).exists();
        let read = |name: &str| fs::read_to_string(folder.join(name)).ok();
        detect(&has, &read).map(|(profile, file)| (profile, file.to_owned()))
    })
}

/// The files of a site, asked for as rules come across their names.
#[derive(Debug)]
pub(crate) struct SiteFiles {
    root: PathBuf,
    /// The names of all files; collected the first time that one is looked for in any folder.
    names: OnceLock<HashSet<String>>,
}

impl SiteFiles {
    /// Those of a folder; of the current one without it.
    pub(crate) fn new(root: Option<&Path>) -> Self {
        SiteFiles { root: root.map_or_else(|| PathBuf::from("."), Path::to_owned), names: OnceLock::new() }
    }
}

impl Files for SiteFiles {
    fn has(&self, path: &str) -> bool {
        self.root.join(path).is_file()
    }

    fn has_named(&self, name: &str) -> bool {
        self.names.get_or_init(|| super::walk::names(&self.root)).contains(name)
    }
}

/// The schema of that name, or in that file. `root` is the folder that paths are relative to.
pub(crate) fn schema(name: &str, root: Option<&Path>) -> Result<Schema, Error> {
    if let Some(known) = built_in::find(name) {
        return Schema::built_in(known);
    }
    let path = match root {
        Some(root) => root.join(name),
        None => PathBuf::from(name),
    };
    let text = text(&path).map_err(|error| {
        let error = with_kind(error, ErrorKind::Schema).in_source(name);
        if path.exists() || name.contains(['/', '.']) {
            return error;
        }
        let names: Vec<&str> = built_in::SCHEMAS.iter().map(|schema| schema.name).collect();
        let meant = nearest(name, names.iter().copied()).map(|meant| format!("did you mean `{meant}`? "));
        let help = format!("{}name a file, or one of {}", meant.unwrap_or_default(), names.join(", "));
        Error { help: Some(help), ..error }
    })?;
    let folder = path.parent().map(Path::to_owned).unwrap_or_default();
    let folder: Folder = Arc::new(move |relative| beside(&folder, relative));
    Schema::compile(name, &text, Some(folder))
}

/// The text of a file of a schema's folder; a symbolic link may not lead out of it.
fn beside(folder: &Path, relative: &str) -> Result<String, String> {
    let folder = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
    let whole =
        |path: &Path| fs::canonicalize(path).map_err(|_| format!("there is no file `{relative}` beside the schema"));
    let (root, path) = (whole(folder)?, whole(&folder.join(relative))?);
    if !path.starts_with(&root) {
        return Err(format!("`{relative}` leads out of the schema's folder"));
    }
    text(&path).map_err(|error| format!("`{relative}` {}", error.message))
}

fn text(path: &Path) -> Result<String, Error> {
    let bytes = super::walk::bytes(path, 4 << 20)?;
    String::from_utf8(bytes).map_err(|_| Error::new(ErrorKind::Input, "this is not UTF-8 text"))
}

fn with_kind(error: Error, kind: ErrorKind) -> Error {
    Error { kind, ..error }
}

/// The file that a post's `$schema` key names, relative to the post; it may not leave the site's folder.
pub(crate) fn beside_post(root: &Path, document: &str, name: &str) -> Result<PathBuf, Error> {
    let refuse = |message: String| {
        let help = "name a schema's file within the site, relative to the post";
        Err(Error::new(ErrorKind::Schema, message).help(help))
    };
    if name.contains("://") || name.starts_with("//") {
        return refuse(format!("`$schema` is `{name}`, and nothing is fetched"));
    }
    let post = root.join(document);
    let path = post.parent().unwrap_or(root).join(name);
    let (Ok(whole), Ok(root)) = (fs::canonicalize(&path), fs::canonicalize(root)) else {
        return refuse(format!("`$schema` is `{name}`, and there is no such file"));
    };
    if !whole.starts_with(&root) {
        return refuse(format!("`$schema` is `{name}`, outside the site"));
    }
    Ok(whole)
}
