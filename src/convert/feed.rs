//! One stream: the head, then item after item.

use std::sync::Arc;

use super::{
    Fate, Options, Output, Run, Told,
    apart::{self, Crew},
    choice::Choosing,
    head,
    losses::Origin,
    media,
    prepare::Prepare,
    sinks::FeedSink,
    source::{Said, Source, Take},
    survey::Survey,
    unwritable,
};
use crate::{
    error::Error,
    finding::{Loss, Reason},
    format::{Part, Reader, Shape, Sink, Writer},
    identity,
    model::{Feed, Item},
};

/// Seconds of a day.
const DAY: i64 = 86_400;

/// Items between two looks ahead for what can be read apart.
const PAUSE: usize = 1_000;

/// Writes the items of the sources as one feed.
pub(super) fn write(run: &mut Run<'_>, mut sources: Vec<Source<'_>>, output: &mut dyn Output) -> Result<(), Error> {
    let options = run.options;
    let from_posts = sources.iter().any(|source| source.format.target.shape == Shape::Posts);
    let whole = from_posts || options.to.target.head_first;
    let mut choosing = options.choice.begin();
    if !options.drafts {
        choosing = choosing.without_drafts();
        if let Some(today) = options.today.filter(|_| from_posts) {
            choosing = choosing.published(today + DAY);
        }
    }
    // In which order posts come is not known before they are looked at.
    let looking = if from_posts { choosing.clone().unlimited() } else { choosing.clone() };
    let survey = if whole { Survey::take(&sources, options, looking, from_posts) } else { Survey::default() };
    if from_posts {
        survey.order(&mut sources);
    }
    let mut writer = (options.to.write.ok_or_else(|| unwritable(options.to))?)(&options.write);
    if writer.lists_items() {
        announce(run, &sources, survey.head.clone(), choosing.clone(), writer.as_mut())?;
    }
    let head = HeadState::Waiting { head: Box::new(survey.head), whole };
    let feed = ToFeed { run: &mut *run, writer, sink: FeedSink { output }, head, late: Feed::default() };
    std::thread::scope(|scope| feed.take(&sources, choosing, &mut Crew::new(scope, options)))?;
    if run.summary.unaddressed > 0 {
        let count = run.summary.unaddressed;
        let posts = if count == 1 { "1 post has".to_owned() } else { format!("{count} posts have") };
        run.summary
            .notes
            .push(format!("{posts} no address (`--address '/posts/{{{{ slug }}}}/'` tells how they are made)"));
    }
    Ok(())
}

/// Passes over the items once more for a writer whose head lists them.
fn announce(
    run: &mut Run<'_>,
    sources: &[Source<'_>],
    mut feed: Feed,
    mut choosing: Choosing<'_>,
    writer: &mut dyn Writer,
) -> Result<(), Error> {
    let options = run.options;
    head::complete(&mut feed, options, &mut Vec::new())?;
    head::demand(&mut feed, options, &mut Vec::new());
    for source in sources {
        source.read(options, &mut choosing, &mut |part, _: Said| {
            if let Part::Item(mut item) = part
                && !is_left_out(&item, options)
            {
                run.prepare.identify(&mut item, &feed);
                writer.announce(&item, &feed);
            }
            Ok(())
        })?;
    }
    run.prepare.seen = identity::Seen::default();
    Ok(())
}

/// Whether an item is a draft, and drafts are not wanted.
fn is_left_out(item: &Item, options: &Options) -> bool {
    item.draft == Some(true) && !options.drafts
}

/// Writes one item of a feed, whose head is `feed`; false where it is left out.
pub(super) fn write_item(
    prepare: &mut Prepare<'_>,
    item: &mut Item,
    feed: &Feed,
    writer: &mut dyn Writer,
    sink: &mut dyn Sink,
    losses: &mut Vec<Loss>,
) -> Result<bool, Error> {
    if is_left_out(item, prepare.options) {
        return Ok(false);
    }
    prepare.item(item, feed, losses);
    writer.item(item, sink, losses)?;
    Ok(true)
}

/// What an item is called in messages.
pub(super) fn title(item: &Item) -> Option<String> {
    item.title.as_ref().map(|title| title.value.clone()).or_else(|| item.url.clone())
}

/// A feed that is being written.
struct ToFeed<'r, 'o, 's> {
    run: &'r mut Run<'o>,
    writer: Box<dyn Writer>,
    sink: FeedSink<'s>,
    head: HeadState,
    /// What sources say of the feed after its items.
    late: Feed,
}

/// Whether the head has gone to the writer.
enum HeadState {
    Waiting {
        head: Box<Feed>,
        /// Whether a first pass has gathered all of it.
        whole: bool,
    },
    Written(Arc<Feed>),
}

impl ToFeed<'_, '_, '_> {
    /// Takes the sources, one after the other.
    fn take(
        mut self,
        sources: &[Source<'_>],
        mut choosing: Choosing<'_>,
        crew: &mut Crew<'_, '_>,
    ) -> Result<(), Error> {
        let options = self.run.options;
        for (index, source) in sources.iter().enumerate() {
            let mut taking = Taking { feed: &mut self, crew, source, index, items: 0, look: 1, pause: PAUSE };
            let end = source.read(options, &mut choosing, &mut taking)?;
            self.run.note(source, end.findings);
            self.run.summary.errors.extend(end.error);
        }
        (self.run.summary.not_chosen, self.run.summary.future) = (choosing.left_out, choosing.future);
        let waiting = matches!(self.head, HeadState::Waiting { .. });
        if sources.is_empty() || waiting && !self.run.summary.errors.is_empty() {
            return Ok(());
        }
        self.finish()
    }

    /// Takes a source's head: the first one is the feed's; items of the others keep theirs as their source.
    fn take_head(&mut self, feed: Feed, index: usize) -> Result<(), Error> {
        match &mut self.head {
            HeadState::Waiting { head, whole } if index == 0 => {
                if !*whole {
                    **head = feed;
                }
                self.open()
            }
            state => {
                let first: &Feed = match state {
                    HeadState::Waiting { head, .. } => head,
                    HeadState::Written(head) => head,
                };
                // The parts of an export that was split are one feed.
                let is_same = feed.title == first.title && feed.home_page_url == first.home_page_url;
                if let Some(title) = feed.title.as_ref().filter(|_| !is_same) {
                    let loss = Loss::new("feed", Reason::OnlyOne, &title.value);
                    self.run.summary.losses.add(vec![loss], &Origin { source: index, ..Origin::default() });
                }
                Ok(())
            }
        }
    }

    /// Hands the head to the writer, if it has not got it.
    fn open(&mut self) -> Result<(), Error> {
        let HeadState::Waiting { head, .. } = &mut self.head else { return Ok(()) };
        let mut feed = std::mem::take(head);
        let mut losses = Vec::new();
        head::complete(&mut feed, self.run.options, &mut losses)?;
        if self.run.options.to.target.has_head {
            head::demand(&mut feed, self.run.options, &mut self.run.summary.notes);
        }
        self.writer.head(&feed, &mut self.sink, &mut losses)?;
        self.run.summary.losses.add(losses, &Origin::default());
        self.head = HeadState::Written(Arc::from(feed));
        Ok(())
    }

    fn finish(mut self) -> Result<(), Error> {
        self.open()?;
        let mut losses = Vec::new();
        let late = (self.late != Feed::default()).then_some(&self.late);
        self.writer.finish(late, &mut self.sink, &mut losses)?;
        self.run.summary.losses.add(losses, &Origin::default());
        Ok(())
    }
}

/// Takes the parts of one source.
struct Taking<'t, 'r, 'o, 's, 'c, 'e> {
    feed: &'t mut ToFeed<'r, 'o, 's>,
    crew: &'t mut Crew<'c, 'e>,
    source: &'t Source<'t>,
    index: usize,
    /// Its items so far.
    items: usize,
    /// After which item to look ahead.
    look: usize,
    /// How many items to wait when that was in vain.
    pause: usize,
}

impl Take for Taking<'_, '_, '_, '_, '_, '_> {
    fn part(&mut self, part: Part, said: Said) -> Result<(), Error> {
        let ToFeed { run, sink, .. } = &mut *self.feed;
        let heard = if run.options.tell { said.clone() } else { Said::default() };
        run.note(self.source, said.findings);
        if !said.losses.is_empty() {
            let title = if let Part::Item(item) = &part { title(item) } else { None };
            let origin = Origin { source: self.index, item: self.items, title };
            run.summary.losses.add(said.losses, &origin);
        }
        match part {
            Part::Head(feed) => self.feed.take_head(feed, self.index),
            Part::Item(mut item) => {
                self.feed.open()?;
                let number = self.items;
                self.items += 1;
                let ToFeed { run, writer, sink, head, .. } = &mut *self.feed;
                let HeadState::Written(feed) = head else { return Ok(()) };
                run.summary.items += 1;
                let mut losses = Vec::new();
                let written = write_item(&mut run.prepare, &mut item, feed, writer.as_mut(), sink, &mut losses)?;
                if run.options.tell {
                    let losses = [heard.losses, losses.clone()].concat();
                    let fate = if written { Fate::Written } else { Fate::LeftOut };
                    sink.output.told(&Told {
                        id: item.id.as_deref(),
                        title: title(&item).as_deref(),
                        losses: &losses,
                        findings: &heard.findings,
                        ..Told::new(self.source.name(), number, fate)
                    })?;
                }
                if !written {
                    run.summary.drafts += 1;
                    return Ok(());
                }
                run.summary.written += 1;
                let is_post = self.source.format.target.shape == Shape::Posts;
                run.summary.unaddressed += usize::from(is_post && item.url.is_none());
                if run.options.media {
                    media::list(&item, None).iter().try_for_each(|medium| sink.output.medium(medium))?;
                }
                if !losses.is_empty() {
                    let origin = Origin { source: self.index, item: number, title: title(&item) };
                    run.summary.losses.add(losses, &origin);
                }
                Ok(())
            }
            Part::Comment(_) | Part::LeftOut(_) => {
                let origin = Origin { source: self.index, item: self.items, title: None };
                run.beside(part, self.source.name(), sink.output, &origin)
            }
            Part::Late(feed) => {
                if self.index == 0 && !run.options.to.target.head_first {
                    head::absorb(&mut self.feed.late, feed);
                }
                Ok(())
            }
        }
    }

    fn between(&mut self, reader: &mut dyn Reader) -> Result<(), Error> {
        // What is made apart is told in counts only.
        let threads = if self.feed.run.options.tell { 1 } else { self.crew.size() };
        while threads > 1 && !self.feed.run.options.media && self.items >= self.look {
            let ToFeed { run, writer, sink, head: HeadState::Written(feed), .. } = &mut *self.feed else {
                return Ok(());
            };
            writer.flush(sink)?;
            // A writer for each thread, if items can be written apart.
            let writers: Option<Vec<_>> = (0..threads).map(|_| writer.apart()).collect();
            let (Some(writers), Some(stretches)) = (writers, reader.apart(threads, apart::STRETCH)) else {
                self.look = self.items + PAUSE;
                return Ok(());
            };
            let lengths: Vec<usize> = stretches.stretches.iter().map(|stretch| stretch.len()).collect();
            let made = self.crew.make(&stretches, feed, writers);
            let (mut passed, before) = (0, self.items);
            let mut whole = true;
            for (made, length) in made.into_iter().zip(lengths) {
                let Some(made) = made.filter(|made| run.prepare.seen.join(&made.seen)) else {
                    whole = false;
                    break;
                };
                sink.write(&made.bytes)?;
                passed += length;
                run.summary.items += made.items;
                run.summary.written += made.items - made.drafts;
                run.summary.drafts += made.drafts;
                for (item, title, losses) in made.losses {
                    let origin = Origin { source: self.index, item: self.items + item, title };
                    run.summary.losses.add(losses, &origin);
                }
                self.items += made.items;
            }
            reader.pass_over(passed, self.items - before);
            if !whole {
                self.look = self.items + self.pause;
                self.pause *= 2;
            }
        }
        Ok(())
    }
}
