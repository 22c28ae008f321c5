//! The conductor of `convert`: sources in, one feed or many posts out, with what was lost and found on the way.
//!
//! It knows no format: a row of [`FORMATS`](crate::format::FORMATS) tells what a target asks for, and the conductor
//! gives it. Reading and writing hold one item at a time. A source is passed over twice where something must be known
//! before the first byte is written: the whole head (Atom), the order of items (posts to a feed), or the names of all
//! files (posts). The first pass collects keys, never bodies. Before all of that, the sources of a format whose items
//! speak of what stands behind them, or in another file, are passed over for its [`Facts`].
//!
//! 1. `source`: opens each input, asks for its format, reads its parts.
//!    [`choice`]: which of the items are taken.
//! 2. `survey`: the first pass, where one is needed.
//! 3. [`plan`]: which file each post goes to, and what happens to those that exist (`known`).
//!    `index`: what was imported last; `merge`: what of a post follows its source, and what a person changed.
//! 4. `body`: each item's content into the kind that the target is made for.
//!    `templates`: posts as their generators show them.
//! 5. `links`: addresses made absolute, where that is asked for inside bodies too.
//! 6. `mend`: addresses and languages in the spelling that every format takes.
//! 7. [`media`]: pictures and files, listed, and found where they lie now.
//! 8. [`losses`]: what could not be kept, counted by kind.
//!
//! What an export holds beside its items goes to a file of its own or is counted (`beside`).
//!
//! [`Whole`] reads and writes a feed that fits into memory, for programs that edit it in between.
//!
//! A large feed is read on several threads: what comes next is cut before items, the stretches are read and written apart
//! from one another, and what they make is put together in their order. Posts (`making`) are made ahead of whoever writes them (`ahead`).

mod ahead;
mod apart;
mod beside;
pub(crate) mod body;
pub mod choice;
mod feed;
#[doc(hidden)]
pub mod head;
#[doc(hidden)]
pub mod index;
mod known;
pub(crate) mod links;
pub mod losses;
mod making;
pub mod media;
pub mod memory;
#[doc(hidden)]
pub mod mend;
pub(crate) mod merge;
mod names;
mod options;
pub mod plan;
mod posts;
mod prepare;
mod sinks;
pub(crate) mod source;
mod summary;
pub(crate) mod survey;
pub(crate) mod templates;
mod told;
mod whole;

use std::{
    io::{self, Read},
    sync::Arc,
};

pub use merge::{Conflict, Why};
pub use options::Options;
pub use source::identify_one;
pub use summary::{Conflicts, Fate, Summary};
pub use told::Told;
pub use whole::Whole;

use crate::{
    aside::Aside,
    error::{Error, ErrorKind},
    finding::Finding,
    format::{Facts, Files, Format, Keep, Shape},
};

use self::{prepare::Prepare, source::Source};

/// A named source that can be opened, more than once when [`passes`] says so. Errors are
/// [`ErrorKind::Input`], and end this source alone.
pub trait Input {
    /// Its name for messages and for rules on file names: a path, or `-`.
    fn name(&self) -> &str;

    /// Its first bytes, `count` of them unless it is shorter; opening it later gives them again.
    fn start(&self, count: usize) -> Result<Vec<u8>, Error>;

    /// Its bytes, from the beginning.
    fn open(&self) -> Result<Box<dyn Read + '_>, Error>;
}

/// Writes the bytes of a file, some at a time.
pub type Lines<'l> = dyn FnMut(&mut dyn io::Write) -> io::Result<()> + 'l;

/// Where what is made goes. Errors are [`ErrorKind::Output`], and end the conversion.
pub trait Output {
    /// The next bytes of a feed, or of the only post when there is no folder.
    fn write(&mut self, bytes: &[u8]) -> Result<(), Error>;

    /// Whether there is a folder for posts; without one, a single post goes to [`Output::write`].
    fn is_folder(&self) -> bool;

    /// The names of the files that are in the folder, relative to it, with `/`, in any order.
    fn existing(&self) -> Result<Vec<String>, Error>;

    /// Says how many posts are to be written at most, before the first.
    fn expect(&mut self, _posts: usize) {}

    /// The bytes of an existing file; `None` where it cannot be read as a plain file.
    fn read(&self, name: &str) -> Result<Option<Vec<u8>>, Error>;

    /// Puts a whole file at that name, in one step. An output that writes behind may fail for a post before; what was
    /// read last of the name is what may be replaced.
    fn post(&mut self, name: &str, bytes: &[u8]) -> Result<(), Error>;

    /// The file [`index::NAME`] of the folder; `None` where there is none.
    fn index(&self) -> Result<Option<Box<dyn Read + '_>>, Error> {
        Ok(None)
    }

    /// Puts that file into the folder, in one step, when everything that was put there before is there for good.
    /// `before` is of the bytes that are replaced; `lines` writes the new ones, which never stand in memory whole.
    fn put_index(&mut self, _before: Option<index::Sum>, _lines: &mut Lines<'_>) -> Result<(), Error> {
        Ok(())
    }

    /// A place for bytes that should not stand in memory, another one at each call; `None` where there is none.
    fn aside(&self) -> Option<Box<dyn Aside>> {
        None
    }

    /// Hears what became of an item, after it was written; of all there are where [`Options::tell`] says so.
    fn told(&mut self, _told: &Told<'_>) -> Result<(), Error> {
        Ok(())
    }

    /// The next picture or file that an item shows. Called only where [`Options::media`] says so.
    fn medium(&mut self, _medium: &media::Medium) -> Result<(), Error> {
        Ok(())
    }

    /// The next comment of an export: a line of JSON with its end. Called only where [`Options::comments`] says so.
    fn comment(&mut self, _line: &[u8]) -> Result<(), Error> {
        Ok(())
    }
}

/// How often inputs are opened under these options: standard input must be kept when it is more than once.
pub fn passes(inputs: &[&dyn Input], options: &Options) -> usize {
    let target = options.to.target;
    let sources = source::identify(inputs, options, &mut Vec::new());
    let from_posts = sources.iter().any(|source| source.format.target.shape == Shape::Posts);
    let written = if target.shape == Shape::Posts || target.head_first || from_posts { 2 } else { 1 };
    written + usize::from(sources.iter().any(|source| source.format.gather.is_some()))
}

/// Whether what has no field goes along when nobody says: between feeds it does; to and from posts and from exports of
/// sites it does not, so that nothing private (commenters' addresses, a reviewer's e-mail) is published by accident.
pub fn default_extra(inputs: &[&dyn Input], options: &Options) -> Keep {
    let sources = source::identify(&inputs[..inputs.len().min(1)], options, &mut Vec::new());
    let is_private = |format: &Format| format.target.shape == Shape::Posts || format.is_export;
    let private = sources.iter().any(|source| is_private(source.format));
    if private || options.to.target.shape == Shape::Posts { Keep::None } else { Keep::All }
}

/// Converts the inputs, in their order, into the output.
///
/// # Errors
/// When nothing can be written: options that do not fit, an output that fails, conflicts of file names. A source that
/// cannot be read is no such error: it is in [`Summary::errors`], and the others go on.
pub fn convert(inputs: &[&dyn Input], output: &mut dyn Output, options: &Options) -> Result<Summary, Error> {
    let mut summary = Summary::default();
    let sources = source::identify(inputs, options, &mut summary.errors);
    let informed = informed(&sources, options, output.aside());
    let options = informed.as_ref().unwrap_or(options);
    let mut run = Run { options, summary, prepare: Prepare::new(options) };
    match options.to.target.shape {
        Shape::Feed => feed::write(&mut run, sources, output)?,
        Shape::Posts => posts::write(&mut run, &sources, output)?,
    }
    match options.read.facts.files.trouble() {
        Some(words) => Err(Error::new(ErrorKind::Input, format!("what the export says of its files {words}"))),
        None => Ok(run.summary),
    }
}

/// The options with what the sources must know of each other before they are read, where they must.
fn informed(sources: &[Source<'_>], options: &Options, aside: Option<Box<dyn Aside>>) -> Option<Options> {
    if !sources.iter().any(|source| source.format.gather.is_some()) {
        return None;
    }
    let mut facts = Facts { files: Files::new(aside), ..Facts::default() };
    sources.iter().for_each(|source| source.gather(options, &mut facts));
    let mut informed = options.clone();
    informed.read.facts = Arc::new(facts);
    Some(informed)
}

/// One conversion on its way.
struct Run<'o> {
    options: &'o Options,
    summary: Summary,
    prepare: Prepare<'o>,
}

impl Run<'_> {
    /// Keeps findings, up to the cap.
    fn note(&mut self, source: &Source<'_>, findings: Vec<Finding>) {
        for finding in findings {
            if self.summary.findings.len() < self.options.findings {
                self.summary.findings.push((source.name().to_owned(), finding));
            } else {
                self.summary.more_findings += 1;
            }
        }
    }
}

fn unwritable(format: &Format) -> Error {
    Error::new(ErrorKind::Usage, format!("`{}` can be read but not written", format.name))
        .help("`slugline list formats` tells what can be written")
}
