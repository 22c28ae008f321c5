//! Posts made ahead of whoever writes them, on several threads, in their order.
//!
//! What takes long about a post is to make Markdown of its body and a head of its fields, and no item's post depends on
//! another's once the files are known. Who reads the source hands the items out in turn, some at a time, and collects
//! their posts in turn.

use std::{
    collections::VecDeque,
    sync::mpsc::{Receiver, SyncSender, sync_channel},
    thread::{self, Scope},
};

use super::{
    Options, Run,
    choice::Choosing,
    losses::Origin,
    making::{Made, Maker},
    plan::{Decision, Decisions},
    prepare::Prepare,
    source::{Said, Source},
};
use crate::{
    error::{Error, ErrorKind},
    format::Part,
    model::{Feed, Item},
};

/// Items that are handed over at once, unless they are large. The first ones are not: a small source starts no thread.
const SOME: usize = 32;

/// Bytes of their bodies from which on fewer are.
const LARGE: usize = 256 << 10;

/// A part of a source, on its way to whoever writes it.
pub(super) struct Parcel {
    pub(super) content: Content,
    /// Where it is from.
    pub(super) origin: Origin,
    /// What was said up to it, where that is asked for.
    pub(super) said: Said,
}

/// What there is of a part.
pub(super) enum Content {
    /// An item whose post is to be made.
    Item(Box<Item>, Decision),
    /// The post of an item, unless it could not be made.
    Post(Box<Result<Made, Error>>, Decision),
    /// What is no item.
    Other(Box<Part>),
}

/// Takes the parts of a source, in their order.
pub(super) type Take<'t, R> = dyn FnMut(&mut R, Parcel) -> Result<(), Error> + 't;

impl Run<'_> {
    /// Reads one source, like [`Run::source`], makes posts of its items, and hands out both. `decisions` tells the file
    /// of each item in turn.
    pub(super) fn source_ahead(
        &mut self,
        number: usize,
        source: &Source<'_>,
        choosing: &mut Choosing<'_>,
        (feed, mut maker): (&Feed, Maker<'_>),
        decisions: &mut Decisions,
        take: &mut Take<'_, Self>,
    ) -> Result<(), Error> {
        let options = self.options;
        // Ids that are derived depend on those before them.
        let threads = if options.to.target.needs_id { 1 } else { options.threads };
        thread::scope(|scope| {
            let mut ahead = Ahead::new(scope, options, feed, threads);
            let mut alone = 0;
            self.source(number, source, choosing, &mut |run, part, origin, said| {
                let content = match part {
                    // There is none for an item that was not there when the source was read before.
                    Part::Item(item) => Content::Item(item, decisions.next().ok_or_else(changed)?),
                    part => Content::Other(Box::new(part)),
                };
                let parcel = Parcel { content, origin, said };
                if threads < 2 || alone < SOME {
                    alone += 1;
                    let parcel = parcel.made(&mut run.prepare, &mut maker);
                    return take(run, parcel);
                }
                ahead.give(parcel, &mut maker)?;
                while let Some(parcel) = ahead.done.pop_front() {
                    take(run, parcel)?;
                }
                Ok(())
            })?;
            ahead.end(&mut maker)?;
            while let Some(parcel) = ahead.done.pop_front() {
                take(self, parcel)?;
            }
            Ok(())
        })
    }
}

impl Parcel {
    /// With the post in place of the item.
    fn made(self, prepare: &mut Prepare<'_>, maker: &mut Maker<'_>) -> Self {
        let content = match self.content {
            Content::Item(item, decision) => Content::Post(Box::new(maker.make(prepare, *item, &decision)), decision),
            other => other,
        };
        Parcel { content, ..self }
    }

    /// Bytes of the item's content.
    fn length(&self) -> usize {
        let Content::Item(item, _) = &self.content else { return 0 };
        item.content.as_ref().map_or(0, |content| content.value.len())
    }
}

/// A thread that makes posts.
struct Hand {
    ask: SyncSender<Vec<Parcel>>,
    made: Receiver<Vec<Parcel>>,
}

/// Parcels on their way. Threads start with the first of them, and end with this.
struct Ahead<'s, 'e> {
    scope: &'s Scope<'s, 'e>,
    options: &'e Options,
    feed: &'e Feed,
    threads: usize,
    hands: Vec<Hand>,
    /// For the next hand.
    next: Vec<Parcel>,
    bytes: usize,
    /// How often parcels were handed out, and collected.
    given: usize,
    collected: usize,
    /// With their posts, in their order.
    done: VecDeque<Parcel>,
}

impl<'s, 'e> Ahead<'s, 'e> {
    fn new(scope: &'s Scope<'s, 'e>, options: &'e Options, feed: &'e Feed, threads: usize) -> Self {
        let (hands, next, done) = (Vec::new(), Vec::new(), VecDeque::new());
        Ahead { scope, options, feed, threads, hands, next, bytes: 0, given: 0, collected: 0, done }
    }

    /// Takes a parcel in. Others may be ready then. `maker` makes their posts where no thread does.
    fn give(&mut self, parcel: Parcel, maker: &mut Maker<'_>) -> Result<(), Error> {
        self.bytes += parcel.length();
        self.next.push(parcel);
        if self.next.len() < SOME && self.bytes < LARGE { Ok(()) } else { self.hand_out(maker) }
    }

    fn hand_out(&mut self, maker: &mut Maker<'_>) -> Result<(), Error> {
        if self.next.is_empty() {
            return Ok(());
        }
        // Each hand has at most two lots: one in work and one that waits.
        if self.given - self.collected >= 2 * self.threads && self.threads > 0 {
            self.collect()?;
        }
        let at = self.given % self.threads.max(1);
        if self.hands.len() == at {
            match self.hand() {
                Some(hand) => self.hands.push(hand),
                // Those that there are take turns from here on.
                None => self.threads = self.hands.len(),
            }
        }
        self.bytes = 0;
        let parcels = std::mem::take(&mut self.next);
        if self.threads == 0 {
            let mut prepare = Prepare::new(self.options);
            self.done.extend(parcels.into_iter().map(|parcel| parcel.made(&mut prepare, maker)));
            return Ok(());
        }
        let at = self.given % self.threads;
        self.hands[at].ask.send(parcels).map_err(|_| lost())?;
        self.given += 1;
        Ok(())
    }

    /// Another thread; `None` where none can be had.
    fn hand(&self) -> Option<Hand> {
        let (ask, asked) = sync_channel::<Vec<Parcel>>(2);
        let (give, made) = sync_channel(2);
        let (options, feed) = (self.options, self.feed);
        let work = move || {
            // Whoever reads has made one of the same: it cannot fail here.
            let Ok(mut maker) = Maker::new(options, feed, &mut Vec::new()) else { return };
            let mut prepare = Prepare::new(options);
            for parcels in asked {
                let made = parcels.into_iter().map(|parcel| parcel.made(&mut prepare, &mut maker)).collect();
                if give.send(made).is_err() {
                    break;
                }
            }
        };
        thread::Builder::new().spawn_scoped(self.scope, work).ok()?;
        Some(Hand { ask, made })
    }

    /// Waits for the parcels that were handed out first.
    fn collect(&mut self) -> Result<(), Error> {
        let parcels = self.hands[self.collected % self.threads].made.recv().map_err(|_| lost())?;
        self.collected += 1;
        self.done.extend(parcels);
        Ok(())
    }

    /// Waits for all of them.
    fn end(&mut self, maker: &mut Maker<'_>) -> Result<(), Error> {
        self.hand_out(maker)?;
        while self.collected < self.given {
            self.collect()?;
        }
        Ok(())
    }
}

/// The thread has ended before its time; what it was about is told when it is joined.
fn lost() -> Error {
    Error::new(ErrorKind::Internal, "a thread that made posts ended before its time")
}

fn changed() -> Error {
    Error::new(ErrorKind::Input, "the source changed while it was read")
}
