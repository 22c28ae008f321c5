//! The conductor of checks: bytes and a name in, a document with its findings out. A pure function for each source,
//! so that any number of threads may call it; what rules compare between sources is judged at the end, in path order.

mod detect;
mod far;
mod found;
mod ignore;
mod json_items;
mod mend;
mod onlookers;
mod read;
mod required;
mod respell;
mod same;
mod settings;
mod site;

use std::{
    io,
    sync::{Arc, LazyLock},
};

pub use detect::detect;
pub use mend::{Mended, mend};
use read::Read;
pub use required::{NamedSchema, Requirement};
pub use settings::{Settings, Silenced};
pub use site::judge;

use crate::{
    document::{Content, Document},
    error::Error,
    facts::{Facts, Notes},
    finding::{Finding, Severity},
    limits::Limits,
    lines::Cursor,
    profile::Profile,
    rule::{Check, RULES, Rule},
    schema::Schema,
    vocabulary::table::Table,
};

/// What checks may be told. One for a run, or for each group of files that a configuration treats alike.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Options {
    /// What posts must carry.
    pub required: Arc<Requirement>,
    /// How posts are spelt.
    pub profile: Arc<Profile>,
    /// Which codes count, and how much.
    pub settings: Arc<Settings>,
    /// A site's own tables of elements, before the built-in ones.
    pub tables: Arc<[&'static Table]>,
    /// Bounds on the input.
    pub limits: Limits,
    /// The address that the checked feed was fetched from.
    pub feed_url: Option<String>,
}

impl Default for Options {
    /// Nothing is required, and a post is anything with front matter: syntax, rules and the vocabulary of feeds count.
    fn default() -> Self {
        Options {
            required: Arc::default(),
            profile: Arc::new(Profile::empty()),
            settings: Arc::default(),
            tables: Arc::default(),
            limits: Limits::default(),
            feed_url: None,
        }
    }
}

impl Options {
    /// Posts as the generator of a profile reads them, held to its schema; JSON Feeds held to the schema of their format.
    ///
    /// # Errors
    /// [`ErrorKind::Schema`](crate::error::ErrorKind::Schema) where the profile's schema cannot be used.
    pub fn new(profile: Arc<Profile>) -> Result<Self, Error> {
        let compile = |text: &String| Schema::compile(&profile.name, text, None);
        let schema = profile.schema.as_ref().map(compile).transpose()?.map(Arc::new);
        let required = Requirement { schema, given_by_name: true, json_feed: true, ..Requirement::default() };
        Ok(Options { required: Arc::new(required), profile, ..Options::default() })
    }
}

/// A checked source.
#[derive(Debug)]
#[non_exhaustive]
pub struct Checked {
    /// What was read of it. Its findings are settled, filtered and in order of place.
    pub document: Document,
    /// What the site's rules compare it by.
    pub facts: Facts,
    /// Findings over the cap, which were left out.
    pub left_out: usize,
    /// Whether it was passed over: a Markdown file without front matter that nothing asks to have one.
    pub skipped: bool,
}

/// A source that can be opened more than once.
pub trait Source {
    /// Its bytes, from the beginning.
    ///
    /// # Errors
    /// [`ErrorKind::Input`](crate::error::ErrorKind::Input), where it cannot be opened.
    fn open(&self) -> Result<Box<dyn io::Read + '_>, Error>;
}

impl Source for Vec<u8> {
    fn open(&self) -> Result<Box<dyn io::Read + '_>, Error> {
        Ok(Box::new(self.as_slice()))
    }
}

/// What a rule does with a document.
type Look = fn(&Document, &mut Vec<Finding>);
/// What a rule takes down of one, to compare it with others by.
type Note = fn(&Document, &mut Notes);

/// The rules that look at one document at a time: most rules look at feeds, or at nothing themselves.
static OF_DOCUMENTS: LazyLock<Vec<(&Rule, Look)>> = LazyLock::new(|| {
    let look = |rule: &'static Rule| match rule.check {
        Check::Document(check) | Check::Both(check, _) => Some((rule, check)),
        _ => None,
    };
    RULES.iter().filter_map(look).collect()
});

/// The rules that compare documents, with their numbers.
static OF_SITES: LazyLock<Vec<(usize, &Rule, Note)>> = LazyLock::new(|| {
    let note = |(index, rule): (usize, &'static Rule)| match rule.check {
        Check::Site { note, .. } => Some((index, rule, note)),
        _ => None,
    };
    RULES.iter().enumerate().filter_map(note).collect()
});

/// Checks one source: a post, a feed, NDJSON or OPML, told by its content and then by `name`, whose path rules and
/// profiles read too (`/` between folders). What it must carry is in [`Options::required`].
///
/// # Errors
/// Where it could not be looked at to its end: [`ErrorKind::Unreadable`](crate::error::ErrorKind::Unreadable) for what
/// is no text, [`ErrorKind::Limit`](crate::error::ErrorKind::Limit) where a limit was reached, and
/// [`ErrorKind::Schema`](crate::error::ErrorKind::Schema) where the schema that a post names cannot be used.
///
/// ```
/// use slugline::check;
///
/// let feed = "<rss version='2.0'><channel><title>a</title><link>https://example.org/</link>\
///     <description>b</description><item><pubDate>yesterday</pubDate></item></channel></rss>";
/// let checked = check::check("feed.xml", feed.into(), &check::Options::default())?;
/// let found = checked.document.findings.iter().map(|finding| (&*finding.code, &finding.message));
/// assert!(found.into_iter().any(|(code, _)| code == "invalid-date"));
/// # Ok::<(), slugline::error::Error>(())
/// ```
pub fn check(name: &str, bytes: Vec<u8>, options: &Options) -> Result<Checked, Error> {
    let mut document = match read::read(name, bytes, options)? {
        Read::Whole(document) => *document,
        Read::Beyond(bytes) => return check_beyond(name, &bytes, options),
    };
    if matches!(document.content, Content::Headless) && !options.required.of_headless {
        let quiet = document.findings.iter().all(|finding| finding.severity < Severity::Error);
        if quiet {
            return Ok(Checked { document, facts: Facts::default(), left_out: 0, skipped: true });
        }
    }
    options.required.check(&mut document)?;
    let mut facts = note(&document, options);
    if document.tree().is_some() {
        by_rules(&mut document, options);
    }
    ignore::apply(&mut document, &mut facts, &options.settings);
    let left_out = finish(&mut document, None, options)?;
    Ok(Checked { document, facts: facts.finish(), left_out, skipped: false })
}

/// Adds what the rules that look at one document find.
fn by_rules(document: &mut Document, options: &Options) {
    let mut findings = Vec::new();
    for (_, check) in OF_DOCUMENTS.iter().filter(|(rule, _)| options.settings.is_on(rule)) {
        check(document, &mut findings);
        document.findings.append(&mut findings);
    }
}

/// Checks a source that is larger than the limit `kept`, without holding it: a feed. It is opened up to three times.
///
/// # Errors
/// As [`check`] has them; [`ErrorKind::Limit`](crate::error::ErrorKind::Limit) for anything that is no feed.
pub fn check_beyond(name: &str, source: &dyn Source, options: &Options) -> Result<Checked, Error> {
    let (mut document, more) = far::read(name, source, options)?;
    let left_out = more + finish(&mut document, Some(source), options)?;
    Ok(Checked { document, facts: Facts::default(), left_out, skipped: false })
}

/// The lines of a source that are asked for, in a text where all others are empty; `None` where they are too much to show.
pub fn excerpt(source: &dyn Source, lines: &[usize], limits: &Limits) -> Option<String> {
    far::excerpt(source, lines, limits)
}

/// What the site's rules compare a source by, and no more: for the rest of a site when a few of its files are checked.
/// Their own findings are nobody's question then; what cannot be read has no facts.
pub fn facts(name: &str, bytes: Vec<u8>, options: &Options) -> Facts {
    // A source that is too large to be kept is no post.
    let Ok(Read::Whole(mut document)) = read::read(name, bytes, options) else { return Facts::default() };
    let mut facts = note(&document, options);
    ignore::apply(&mut document, &mut facts, &options.settings);
    facts.finish().hidden()
}

/// Takes down what the site's rules compare.
fn note(document: &Document, options: &Options) -> Notes {
    let mut notes = Notes::default();
    if document.tree().is_none() {
        return notes;
    }
    for (index, _, note) in OF_SITES.iter().filter(|(_, rule, _)| options.settings.is_on(rule)) {
        notes.turn(*index);
        note(document, &mut notes);
    }
    notes.settle(&document.text, || document.lines());
    notes
}

/// The text of a source's bytes, as [`check`] decodes it; `None` when it has none.
pub fn text(bytes: Vec<u8>) -> Option<String> {
    read::decode("", bytes, &Limits::default()).ok()?.ok().map(|(text, ..)| text)
}

/// A date with a zone's name is one mistake, though a schema may forbid it too: the rule says more of it, and has the
/// fix; it matters as much as the schema has it.
fn merge_zones(findings: &mut Vec<Finding>) {
    let zones: Vec<String> =
        findings.iter().filter(|finding| finding.code == "named-zone").map(|finding| finding.pointer.clone()).collect();
    for pointer in zones {
        let is_schema = |finding: &Finding| finding.code == "invalid-value" && finding.pointer == pointer;
        let Some(at) = findings.iter().position(is_schema) else { continue };
        let severity = findings.remove(at).severity;
        let zone = findings.iter_mut().find(|finding| finding.code == "named-zone" && finding.pointer == pointer);
        if let Some(zone) = zone {
            zone.severity = zone.severity.max(severity);
        }
    }
}

/// Sets severities, drops what does not count, settles places, puts findings in order, and caps them. `source` is what
/// is read again where the text was not kept.
fn finish(document: &mut Document, source: Option<&dyn Source>, options: &Options) -> Result<usize, Error> {
    let mut findings: Vec<Finding> = std::mem::take(&mut document.findings);
    // How much a finding matters does not depend on what else is asked for.
    if !options.settings.is_set_off("invalid-value") {
        merge_zones(&mut findings);
    }
    findings.retain_mut(|finding| options.settings.keep(finding));
    if findings.is_empty() {
        return Ok(0);
    }
    let left_out = findings.len().saturating_sub(options.limits.findings);
    for finding in &mut findings {
        finding.range.get_or_insert_with(|| document.locate(&finding.place));
    }
    let start = |finding: &Finding| finding.range.as_ref().map_or(0, |range| range.start);
    findings.sort_by(|a, b| start(a).cmp(&start(b)).then_with(|| a.code.cmp(&b.code)));
    findings.truncate(options.limits.findings);
    if let Some(source) = source {
        far::mark(document, &findings, source, options)?;
        findings.iter_mut().for_each(|finding| document.settle(finding));
        document.findings = findings;
        return Ok(left_out);
    }
    // Lines and columns are counted last, for those that are shown, and from one to the next.
    let mut cursor = Cursor::new(&document.text, document.lines());
    for finding in &mut findings {
        if let Some(range) = &finding.range {
            finding.span.get_or_insert_with(|| cursor.span(range));
        }
        document.settle(finding);
    }
    document.findings = findings;
    Ok(left_out)
}
