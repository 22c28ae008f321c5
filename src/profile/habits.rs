//! What a generator does that its schema cannot say, as data: rules read it, and serve every generator that does so.

use super::parse::Text;
use crate::{error::Error, syntax::tree::Node};

/// The keys of `[habits]`.
const KNOWN: &[&str] = &[
    "others_in",
    "shadows",
    "ordered",
    "paths_only",
    "refuses_addresses",
    "deprecated",
    "unquoted_dates",
    "date_words",
    "lenient_dates",
    "seconds",
    "zones",
    "old_yaml",
    "fills_dates",
    "wikilinks",
    "category_paths",
    "empty_means",
];

/// The table `[habits]` of a profile.
#[derive(Debug, Clone, Default)]
#[non_exhaustive]
pub struct Habits {
    /// The mapping that keys belong in which the generator does not know: it passes over others at the top. The
    /// profile's [`within`](super::Key::within) keys have their own.
    pub others_in: Option<String>,
    /// Keys of which the second is not read where the first stands.
    pub shadows: Vec<(String, String)>,
    /// Keys of which the first may not be more than the second.
    pub ordered: Vec<(String, String)>,
    /// Keys that hold paths of the site, and no whole addresses.
    pub paths_only: Vec<String>,
    /// Whether the build stops where one of those holds a whole address.
    pub refuses_addresses: bool,
    /// Keys that are no longer read, and those that took their place.
    pub deprecated: Vec<(String, String)>,
    /// Whether dates must stand without quotes.
    pub unquoted_dates: bool,
    /// Words that may stand for a date.
    pub date_words: Vec<String>,
    /// Whether it makes something of nearly any text with digits in the place of a date.
    pub lenient_dates: bool,
    /// Whether a number in the place of a date is seconds since 1970.
    pub seconds: bool,
    /// Names of time zones that are read as what they mean; `None` where the generator is not known.
    pub zones: Option<Vec<String>>,
    /// What of YAML 1.1 its reader keeps: `booleans`, `numbers`, `dates`; `None` where it is not known.
    pub old_yaml: Option<Vec<String>>,
    /// Whether what a date lacks is filled in from the day of the build.
    pub fills_dates: bool,
    /// Whether `[[name]]` is a link.
    pub wikilinks: bool,
    /// Whether a list of categories is a path, each below the one before.
    pub category_paths: bool,
    /// Keys that say something by having no value; `*` at the end of one stands for anything.
    pub empty_means: Vec<String>,
}

impl Habits {
    /// Reads the table into what is there already.
    pub(super) fn parse(&mut self, source: &Text<'_>, node: &Node) -> Result<(), Error> {
        for (key, node) in source.table(node, KNOWN)? {
            let owned = |texts: Vec<&str>| texts.into_iter().map(str::to_owned).collect::<Vec<_>>();
            match key {
                "others_in" => self.others_in = Some(source.text(node)?.to_owned()),
                "shadows" => self.shadows = source.pairs(node)?,
                "ordered" => self.ordered = source.pairs(node)?,
                "paths_only" => self.paths_only = owned(source.texts(node)?),
                "refuses_addresses" => self.refuses_addresses = source.flag(node)?,
                "deprecated" => self.deprecated = source.pairs(node)?,
                "unquoted_dates" => self.unquoted_dates = source.flag(node)?,
                "date_words" => self.date_words = owned(source.texts(node)?),
                "lenient_dates" => self.lenient_dates = source.flag(node)?,
                "seconds" => self.seconds = source.flag(node)?,
                "zones" => self.zones = Some(owned(source.texts(node)?)),
                "old_yaml" => self.old_yaml = Some(owned(source.texts(node)?)),
                "fills_dates" => self.fills_dates = source.flag(node)?,
                "wikilinks" => self.wikilinks = source.flag(node)?,
                "category_paths" => self.category_paths = source.flag(node)?,
                _ => self.empty_means = owned(source.texts(node)?),
            }
        }
        Ok(())
    }

    /// Whether a key without a value is not the same as no such key.
    pub fn means_empty(&self, key: &str) -> bool {
        self.empty_means.iter().any(|known| match known.strip_suffix('*') {
            Some(start) => key.starts_with(start),
            None => key == known,
        })
    }
}
