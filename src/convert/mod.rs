//! The conductor of `convert`: sources in, one feed or many posts out, with what was lost and found on the way.
//!
//! It knows no format: a row of [`FORMATS`](crate::format::FORMATS) tells what a target asks for, and the conductor
//! gives it. Reading and writing hold one item at a time. A source is passed over twice where something must be known
//! before the first byte is written: the whole head (Atom), the order of items (posts to a feed), or the names of all
//! files (posts). The first pass collects keys, never bodies.
//!
//! 1. [`source`]: opens each input, asks for its format, reads its parts.
//! 2. [`survey`]: the first pass, where one is needed.
//! 3. [`plan`]: which file each post goes to, and what happens to those that exist.
//! 4. [`body`]: each item's content into the kind that the target is made for.
//! 5. [`links`]: addresses made absolute, where that is asked for inside bodies too.
//! 6. [`mend`]: addresses and languages in the spelling that every format takes.
//! 7. [`losses`]: what could not be kept, counted by kind.

pub mod body;
pub mod head;
pub mod links;
pub mod losses;
pub mod memory;
pub mod mend;
mod options;
pub mod plan;
mod sinks;
pub mod source;
mod summary;
pub mod survey;

use std::io::Read;

pub use options::Options;
pub use summary::{Fate, Summary};

use crate::{
    error::{Error, ErrorKind},
    finding::{Finding, Loss},
    format::{Body, Format, Keep, MakeWriter, Part, Shape, Writer},
    identity,
    model::{Feed, Item, TextKind},
};

use self::{
    losses::Origin,
    plan::{Decision, Plan},
    sinks::{FeedSink, NoSink, OneSink},
    source::Source,
    survey::Survey,
};

/// A named source that can be opened, more than once when [`passes`] says so.
pub trait Input {
    /// Its name for messages and for rules on file names: a path, or `-`.
    fn name(&self) -> &str;

    /// Its first bytes, `count` of them unless it is shorter; opening it later gives them again.
    fn start(&self, count: usize) -> Result<Vec<u8>, Error>;

    /// Its bytes, from the beginning.
    fn open(&self) -> Result<Box<dyn Read + '_>, Error>;
}

/// Where what is made goes.
pub trait Output {
    /// The next bytes of a feed, or of the only post when there is no folder.
    fn write(&mut self, bytes: &[u8]) -> Result<(), Error>;

    /// Whether there is a folder for posts; without one, a single post goes to [`Output::write`].
    fn is_folder(&self) -> bool;

    /// The names of the files that are in the folder, relative to it, with `/`, in any order.
    fn existing(&self) -> Result<Vec<String>, Error>;

    /// The bytes of an existing file; `None` where it cannot be read as a plain file.
    fn read(&self, name: &str) -> Result<Option<Vec<u8>>, Error>;

    /// Puts a whole file at that name, in one step.
    fn post(&mut self, name: &str, bytes: &[u8]) -> Result<(), Error>;
}

/// How often each input is opened under these options: standard input must be kept when it is twice.
pub fn passes(options: &Options) -> usize {
    if options.to.target.shape == Shape::Posts || options.to.target.head_first { 2 } else { 1 }
}

/// Whether what has no field goes along when nobody says: between feeds it does; to and from posts it does not, so that
/// nothing private (commenters' addresses, a reviewer's e-mail) is published by accident.
pub fn default_extra(inputs: &[&dyn Input], options: &Options) -> Keep {
    let sources = source::identify(&inputs[..inputs.len().min(1)], options, &mut Vec::new());
    let from_posts = sources.iter().any(|source| source.format.target.shape == Shape::Posts);
    if from_posts || options.to.target.shape == Shape::Posts { Keep::None } else { Keep::All }
}

/// Converts the inputs, in their order, into the output.
///
/// # Errors
/// When nothing can be written: options that do not fit, an output that fails, conflicts of file names. A source that
/// cannot be read is no such error: it is in [`Summary::errors`], and the others go on.
pub fn convert(inputs: &[&dyn Input], output: &mut dyn Output, options: &Options) -> Result<Summary, Error> {
    let mut run = Run { options, summary: Summary::default(), seen: identity::Seen::default() };
    match options.to.target.shape {
        Shape::Feed => run.feed(inputs, output)?,
        Shape::Posts => run.posts(inputs, output)?,
    }
    Ok(run.summary)
}

/// One conversion on its way.
struct Run<'o> {
    options: &'o Options,
    summary: Summary,
    seen: identity::Seen,
}

impl Run<'_> {
    fn feed(&mut self, inputs: &[&dyn Input], output: &mut dyn Output) -> Result<(), Error> {
        let options = self.options;
        let mut sources = source::identify(inputs, options, &mut self.summary.errors);
        let from_posts = sources.iter().any(|source| source.format.target.shape == Shape::Posts);
        let whole = from_posts || options.to.target.head_first;
        let survey = if whole { Survey::take(&sources, options, from_posts) } else { Survey::default() };
        if from_posts {
            survey.order(&mut sources);
        }
        let mut writer = (options.to.write.ok_or_else(|| unwritable(options.to))?)(&options.write);
        if writer.lists_items() {
            self.announce(&sources, survey.head.clone(), writer.as_mut())?;
        }
        let mut sink = FeedSink { output };
        let mut head = HeadState::Waiting { head: Box::new(survey.head), whole };
        let mut late = Feed::default();
        for (index, source) in sources.iter().enumerate() {
            self.source(index, source, &mut |run, part, origin| match part {
                Part::Head(feed) => run.take_head(feed, index, &mut head, writer.as_mut(), &mut sink),
                Part::Item(mut item) => {
                    head.open(run, writer.as_mut(), &mut sink)?;
                    let HeadState::Written(feed) = &head else { return Ok(()) };
                    run.summary.items += 1;
                    if item.draft == Some(true) && !options.drafts {
                        run.summary.drafts += 1;
                        return Ok(());
                    }
                    let mut losses = Vec::new();
                    run.prepare(&mut item, feed, &mut losses);
                    writer.item(&item, &mut sink, &mut losses)?;
                    run.summary.written += 1;
                    run.summary.losses.add(losses, &origin);
                    Ok(())
                }
                Part::Late(feed) => {
                    if index == 0 && !options.to.target.head_first {
                        head::absorb(&mut late, feed);
                    }
                    Ok(())
                }
            })?;
        }
        if sources.is_empty() || (matches!(head, HeadState::Waiting { .. }) && !self.summary.errors.is_empty()) {
            return Ok(());
        }
        head.open(self, writer.as_mut(), &mut sink)?;
        let mut losses = Vec::new();
        let late = (late != Feed::default()).then_some(&late);
        writer.finish(late, &mut sink, &mut losses)?;
        self.summary.losses.add(losses, &Origin::default());
        Ok(())
    }

    /// Passes over the items once more for a writer whose head lists them.
    fn announce(&mut self, sources: &[Source<'_>], mut feed: Feed, writer: &mut dyn Writer) -> Result<(), Error> {
        let options = self.options;
        head::complete(&mut feed, options, &mut Vec::new())?;
        head::demand(&mut feed, options, &mut Vec::new());
        for source in sources {
            source.read(options, &mut |part, _| {
                if let Part::Item(mut item) = part
                    && (options.drafts || item.draft != Some(true))
                {
                    self.identify(&mut item, &feed);
                    writer.announce(&item, &feed);
                }
                Ok(())
            })?;
        }
        self.seen = identity::Seen::default();
        Ok(())
    }

    /// Takes a source's head: the first one is the feed's; items of the others keep theirs as their source.
    fn take_head(
        &mut self,
        feed: Feed,
        index: usize,
        state: &mut HeadState,
        writer: &mut dyn Writer,
        sink: &mut FeedSink<'_>,
    ) -> Result<(), Error> {
        match state {
            HeadState::Waiting { head, whole } if index == 0 => {
                if !*whole {
                    **head = feed;
                }
                state.open(self, writer, sink)
            }
            _ => {
                if let Some(title) = &feed.title {
                    let loss = Loss::new("feed", crate::finding::Reason::OnlyOne, &title.value);
                    self.summary.losses.add(vec![loss], &Origin { source: index, ..Origin::default() });
                }
                Ok(())
            }
        }
    }

    fn posts(&mut self, inputs: &[&dyn Input], output: &mut dyn Output) -> Result<(), Error> {
        let options = self.options;
        let sources = source::identify(inputs, options, &mut self.summary.errors);
        let make = options.to.write.ok_or_else(|| unwritable(options.to))?;
        // First pass: heads whole, ids and names of all items, so that conflicts are known before the first write.
        let mut plan = Plan::default();
        let mut heads: Vec<Feed> = Vec::with_capacity(sources.len());
        for source in &sources {
            let (before, seen) = (plan.len(), self.seen.clone());
            let (mut head, late) = self.survey_posts(source, None, make, &mut plan)?;
            if late {
                // What came after the items counts for them too: their links are relative to it, and their ids.
                plan.truncate(before);
                self.seen = seen;
                (head, _) = self.survey_posts(source, Some(head), make, &mut plan)?;
            }
            heads.push(head);
        }
        self.seen = identity::Seen::default();
        let decisions = plan.decide(output, options)?;
        // Second pass: write.
        let mut number = 0;
        for (index, source) in sources.iter().enumerate() {
            let mut writer = make(&options.write);
            let mut losses = Vec::new();
            let feed = &mut heads[index];
            head::complete(feed, options, &mut losses)?;
            let feed = &*feed;
            writer.head(feed, &mut NoSink, &mut losses)?;
            let origin = Origin { source: index, ..Origin::default() };
            self.summary.losses.add(losses, &origin);
            self.source(index, source, &mut |run, part, origin| {
                let Part::Item(mut item) = part else { return Ok(()) };
                let decision = decisions.get(number);
                number += 1;
                run.summary.items += 1;
                let mut losses = Vec::new();
                run.prepare(&mut item, feed, &mut losses);
                let (name, fate) = match decision {
                    Some(Decision::Write(name)) => (Some(name.as_str()), None),
                    Some(Decision::Keep(name)) => (Some(name.as_str()), Some(Fate::Kept)),
                    // The source changed between the passes.
                    None => return Err(Error::new(ErrorKind::Input, "the source changed while it was read")),
                    Some(Decision::Stream) => (None, None),
                };
                if let (Some(name), Some(Fate::Kept)) = (name, fate) {
                    run.summary.kept += 1;
                    run.summary.files.push((name.to_owned(), Fate::Kept));
                    return Ok(());
                }
                let mut made = OneSink::default();
                writer.item(&item, &mut made, &mut losses)?;
                run.summary.losses.add(losses, &origin);
                let Some(post) = made.post else { return Ok(()) };
                match name {
                    None => {
                        output.write(&post.bytes)?;
                        run.summary.written += 1;
                    }
                    Some(name) => {
                        let fate = match output.read(name)? {
                            Some(bytes) if bytes == post.bytes => Fate::Unchanged,
                            Some(_) => Fate::Replaced,
                            None => Fate::New,
                        };
                        if fate == Fate::Unchanged {
                            run.summary.unchanged += 1;
                        } else {
                            output.post(name, &post.bytes)?;
                            run.summary.written += 1;
                        }
                        run.summary.files.push((name.to_owned(), fate));
                    }
                }
                Ok(())
            })?;
        }
        Ok(())
    }

    /// Adds the items of a source to the plan. Gives its head, and whether some of that came after the items. `known` is
    /// the head where that was found out before.
    fn survey_posts(
        &mut self,
        source: &Source<'_>,
        known: Option<Feed>,
        make: MakeWriter,
        plan: &mut Plan,
    ) -> Result<(Feed, bool), Error> {
        let options = self.options;
        let mut writer = make(&options.write);
        let whole = known.is_some();
        let mut feed = known.unwrap_or_default();
        let mut is_late = false;
        source.read(options, &mut |part, _| {
            match part {
                Part::Head(head) => {
                    if !whole {
                        feed = head;
                    }
                    head::complete(&mut feed, options, &mut Vec::new())?;
                    writer.head(&feed, &mut NoSink, &mut Vec::new())?;
                }
                Part::Item(mut item) => {
                    self.prepare(&mut item, &feed, &mut Vec::new());
                    plan.add(&item, writer.file_name(&item)?);
                }
                Part::Late(late) if !whole => {
                    is_late = true;
                    head::absorb(&mut feed, late);
                }
                Part::Late(_) => {}
            }
            Ok(())
        })?;
        Ok((feed, is_late))
    }

    /// Reads one source and hands out its parts; findings and a bad end go to the summary.
    fn source(
        &mut self,
        index: usize,
        source: &Source<'_>,
        take: &mut dyn FnMut(&mut Self, Part, Origin) -> Result<(), Error>,
    ) -> Result<(), Error> {
        let options = self.options;
        let mut item = 0;
        let end = source.read(options, &mut |part, findings| {
            self.note(source, findings);
            let origin = Origin { source: index, item, title: None };
            if let Part::Item(it) = &part {
                item += 1;
                let title = it.title.as_ref().map(|title| title.value.clone()).or_else(|| it.url.clone());
                return take(self, part, Origin { title, ..origin });
            }
            take(self, part, origin)
        })?;
        self.note(source, end.findings);
        self.summary.errors.extend(end.error);
        Ok(())
    }

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

    /// The kind of body that the target is made for: a profile has the last word on its posts.
    fn made_for(&self) -> Body {
        let target = self.options.to.target;
        match (target.shape, &self.options.write.profile.body) {
            (Shape::Posts, TextKind::Html) => Body::Html,
            _ => target.body,
        }
    }

    /// Makes an item ready for any target: its id, its addresses, its body.
    fn prepare(&mut self, item: &mut Item, feed: &Feed, losses: &mut Vec<Loss>) {
        self.identify(item, feed);
        if self.options.resolve_links {
            links::in_texts(item, feed, self.options.read.base_url.as_deref());
        }
        body::convert(item, self.options.body.unwrap_or_else(|| self.made_for()), losses);
    }

    /// Gives an item the id that the target requires, and makes its own addresses absolute.
    fn identify(&mut self, item: &mut Item, feed: &Feed) {
        let target = self.options.to.target;
        if target.needs_id {
            let derived = item.id.is_none();
            let id = item.id.take().unwrap_or_else(|| identity::derive(item, feed));
            item.id = Some(if derived { self.seen.distinct(id, item) } else { id });
        }
        links::complete(item, feed, self.options.read.base_url.as_deref());
        mend::item(item);
    }
}

fn unwritable(format: &Format) -> Error {
    Error::new(ErrorKind::Usage, format!("`{}` can be read but not written", format.name))
        .help("`slugline list formats` tells what can be written")
}

/// Whether the head has gone to the writer.
enum HeadState {
    Waiting {
        head: Box<Feed>,
        /// Whether a first pass has gathered all of it.
        whole: bool,
    },
    Written(Box<Feed>),
}

impl HeadState {
    fn open(&mut self, run: &mut Run<'_>, writer: &mut dyn Writer, sink: &mut FeedSink<'_>) -> Result<(), Error> {
        if let HeadState::Waiting { head, .. } = self {
            let mut feed = std::mem::take(head);
            let mut losses = Vec::new();
            head::complete(&mut feed, run.options, &mut losses)?;
            if run.options.to.target.has_head {
                head::demand(&mut feed, run.options, &mut run.summary.notes);
            }
            writer.head(&feed, sink, &mut losses)?;
            run.summary.losses.add(losses, &Origin::default());
            *self = HeadState::Written(feed);
        }
        Ok(())
    }
}
