//! What is required of which file, and why.

use std::{
    borrow::Cow,
    collections::{BTreeMap, HashMap},
    path::{Path, PathBuf},
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicUsize, Ordering},
    },
};

use crate::{
    check::{NamedSchema, Options, Requirement, Settings, Silenced},
    config::{ContentEntry, Level},
    document::Document,
    error::Error,
    finding::Severity,
    format::{FORMATS, Shape},
    profile::Profile,
    schema::Schema,
    surroundings::Surroundings,
};

use super::{
    super::{
        day::Day,
        files::{
            profile,
            site::{self, Site},
        },
    },
    Arguments,
};

/// The options of each group of files.
pub(super) struct Choice {
    /// One for each `[[content]]` entry, in order.
    entries: Vec<Chosen>,
    /// For the files that no entry is about.
    rest: Chosen,
}

/// The options of a group of files, and why they are these.
struct Chosen {
    options: Options,
    words: String,
    /// How many posts were checked with them, and how many of those by a schema that they name themselves.
    used: AtomicUsize,
    by_own: AtomicUsize,
}

impl Choice {
    /// Chooses and compiles, before any source is read. `start` is where the search for a site's own files begins.
    pub(super) fn new(arguments: &Arguments, site: &Site, start: &Path) -> Result<Self, Error> {
        // What feeds must be no generator tells.
        let feeds_only = !arguments.paths.is_empty() && arguments.paths.iter().all(|path| is_named_as_feed(path));
        let found = if feeds_only { None } else { site::generator(start) };
        let choose = |entry| chosen(arguments, site, entry, found.as_ref());
        Ok(Choice {
            entries: site.config.content.iter().map(|entry| choose(Some(entry))).collect::<Result<_, _>>()?,
            rest: choose(None)?,
        })
    }

    /// The options for a file.
    pub(super) fn options(&self, site: &Site, name: &str) -> &Options {
        let entry = site.config.content.iter().position(|entry| entry.is_about(name));
        &entry.map_or(&self.rest, |index| &self.entries[index]).options
    }

    /// Notes that a post was checked by them, so that [`Choice::words`] tells.
    pub(super) fn used(&self, options: &Options, document: &Document) {
        let all = self.entries.iter().chain([&self.rest]);
        if let Some(chosen) = all.into_iter().find(|chosen| std::ptr::eq(&chosen.options, options)) {
            chosen.used.fetch_add(1, Ordering::Relaxed);
            let by_own = options.required.names_its_own(document);
            chosen.by_own.fetch_add(usize::from(by_own), Ordering::Relaxed);
        }
    }

    /// Where levels of the configuration are watched: the codes that it sets off and that kept nothing silent, each with
    /// the `[[content]]` entry (its number, from 0) that sets it, or none for all files.
    pub(super) fn needless<'s>(&'s self, site: &'s Site) -> impl Iterator<Item = (Option<usize>, &'s str)> {
        let off = |levels: &'s BTreeMap<String, Level>| {
            levels.iter().filter(|(_, level)| **level == Level::Off).map(|(code, _)| code.as_str())
        };
        let silent = |chosen: &Chosen, code: &str| {
            chosen.options.settings.silenced.as_ref().is_none_or(|silenced| silenced.has(code))
        };
        let all = off(&site.config.rules).filter(move |code| {
            // An entry that sets the code itself speaks for itself.
            let own = |index: usize| site.config.content[index].rules.contains_key(*code);
            let mut entries =
                self.entries.iter().enumerate().filter(|(index, _)| !own(*index)).map(|(_, chosen)| chosen);
            !silent(&self.rest, code) && !entries.any(|chosen| silent(chosen, code))
        });
        let entries = self.entries.iter().enumerate().flat_map(move |(index, chosen)| {
            let codes = off(&site.config.content[index].rules).filter(move |code| !silent(chosen, code));
            codes.map(move |code| (Some(index), code))
        });
        all.map(|code| (None, code)).chain(entries)
    }

    /// What posts were checked by, in words: a line each.
    pub(super) fn words(&self) -> impl Iterator<Item = Cow<'_, str>> {
        let all = self.entries.iter().chain([&self.rest]);
        all.filter_map(|chosen| {
            let (used, by_own) = (chosen.used.load(Ordering::Relaxed), chosen.by_own.load(Ordering::Relaxed));
            match (used, by_own) {
                (0, _) => None,
                (_, 0) => Some(Cow::Borrowed(chosen.words.as_str())),
                (1, 1) => Some("checked by the `$schema` of its head".into()),
                _ if used == by_own => Some("checked by the `$schema` of their heads".into()),
                (_, 1) => Some(format!("{}; 1 post by the `$schema` of its head", chosen.words).into()),
                _ => Some(format!("{}; {by_own} posts by the `$schema` of their heads", chosen.words).into()),
            }
        })
    }
}

/// Whether a file's name is one that feeds have, and posts do not.
fn is_named_as_feed(path: &Path) -> bool {
    let ending = path.extension().and_then(|ending| ending.to_str()).unwrap_or_default();
    let has = |shape| FORMATS.iter().any(|format| format.target.shape == shape && format.extensions.contains(&ending));
    has(Shape::Feed) && !has(Shape::Posts)
}

fn chosen(
    arguments: &Arguments,
    site: &Site,
    entry: Option<&ContentEntry>,
    found: Option<&(&'static str, String)>,
) -> Result<Chosen, Error> {
    // The profile: named on the command line, in the configuration, or told by the site's own files.
    let named = arguments.profile.as_ref().or_else(|| entry.and_then(|entry| entry.profile.as_ref()));
    let profile = match (named, found) {
        (Some(name), _) => Some((load(name, site)?, "asked for".to_owned())),
        (None, Some((name, file))) => load(name, site).ok().map(|profile| (profile, format!("{file} found"))),
        (None, None) => None,
    };
    // The schema: the first that there is of the command line's, the configuration's, the profile's, the built-in.
    let configured = entry.and_then(|entry| entry.schema.as_ref());
    let own = profile.as_ref().and_then(|(profile, why)| Some((profile, why, own_schema(profile)?)));
    let (schema, why, given_by_name) = match (&arguments.schema, configured, own) {
        (Some(name), ..) => (site::schema(name, None)?, format!("by {name}"), false),
        (None, Some(name), _) => {
            let schema = site::schema(name, site.root.as_deref())?;
            (schema, format!("by {name} ({})", site.file.as_deref().unwrap_or("slugline.toml")), false)
        }
        (None, None, Some((profile, why, schema))) => (schema?, format!("as {} ({why})", profile.name), true),
        (None, None, None) => {
            let why = match &profile {
                Some((profile, why)) => format!("as {} ({why})", profile.name),
                None => "by slugline's own schema (no site found; `slugline schema post` prints it)".to_owned(),
            };
            (site::schema("post", None)?, why, false)
        }
    };
    let mut keys = arguments.require.clone();
    keys.extend(entry.iter().flat_map(|entry| entry.require.iter().cloned()));
    let words = say(&why, &schema, &keys);
    let mut levels = site.config.rules.clone();
    levels.extend(entry.iter().flat_map(|entry| entry.rules.clone()).collect::<BTreeMap<_, _>>());
    let shown = if arguments.all { Severity::Hint } else { arguments.show.severity() };
    let settings = Settings {
        levels,
        select: arguments.select.clone(),
        ignore: arguments.ignore.clone(),
        show: shown,
        preview: arguments.preview || arguments.all,
        aside: arguments.jobs != Some(1),
        // Only a run over everything can tell, and only who asks for matters of taste wants to hear of it.
        silenced: (arguments.is_over_everything() && shown == Severity::Hint).then(|| Arc::new(Silenced::default())),
        surroundings: Arc::new(Surroundings {
            asks: entry.map(|entry| entry.asks.clone()).unwrap_or_default(),
            today: Some(arguments.today.unwrap_or_else(Day::today).0),
            files: Some(Arc::new(site::SiteFiles::new(site.root.as_deref()))),
        }),
    };
    let more = entry.and_then(|entry| entry.keys.as_ref());
    let more = more.map(|text| Schema::compile("slugline.toml", text, None)).transpose()?;
    let required = Requirement {
        more: more.map(Arc::new),
        schema: Some(Arc::new(schema)),
        keys,
        given_by_name,
        of_headless: entry.is_some(),
        named: arguments.schema.is_none().then(|| schema_keys(site)),
        json_feed: true,
    };
    let options = Options {
        required: Arc::new(required),
        profile: profile.map(|(profile, _)| profile).unwrap_or_else(|| Arc::new(Profile::empty())),
        settings: Arc::new(settings),
        tables: Arc::clone(&site.tables),
        limits: site.config.limits.clone(),
        feed_url: arguments.feed_url.clone(),
    };
    Ok(Chosen { options, words, used: AtomicUsize::new(0), by_own: AtomicUsize::new(0) })
}

/// `checked as jekyll (_config.yml found): requires title, date`.
fn say(why: &str, schema: &Schema, keys: &[String]) -> String {
    let mut required: Vec<&str> = schema.required().collect();
    required.extend(keys.iter().map(String::as_str).filter(|key| !schema.required().any(|known| known == *key)));
    match required.as_slice() {
        [] => format!("checked {why}: requires no key"),
        required => format!("checked {why}: requires {}", required.join(", ")),
    }
}

/// The built-in profile of that name, or the one in that folder of the site.
fn load(name: &str, site: &Site) -> Result<Arc<Profile>, Error> {
    let below = site.root.as_ref().map(|root| root.join(name)).filter(|folder| folder.is_dir());
    let name = below.as_deref().and_then(Path::to_str).unwrap_or(name);
    profile::load(name).map(Arc::new)
}

/// Reads schemas that heads name under `$schema`, each once.
fn schema_keys(site: &Site) -> NamedSchema {
    let root = site.root.clone().or_else(|| std::env::current_dir().ok()).unwrap_or_default();
    let known: Mutex<HashMap<PathBuf, Result<Arc<Schema>, Error>>> = Mutex::default();
    Box::new(move |document, name| {
        let path = site::beside_post(&root, document, name)?;
        let mut known = known.lock().unwrap_or_else(PoisonError::into_inner);
        let read = || site::schema(&path.to_string_lossy(), None).map(Arc::new);
        known.entry(path.clone()).or_insert_with(read).clone()
    })
}

/// The schema that a profile brings.
fn own_schema(profile: &Profile) -> Option<Result<Schema, Error>> {
    let text = profile.schema.as_deref()?;
    Some(Schema::compile(&format!("{}/post.schema.json", profile.name), text, None))
}
