//! Items made ready ahead of whoever takes them, on several threads, in their order.
//!
//! What takes long about a post is to make Markdown of its body, and no item's body depends on another's. Who reads the
//! source hands the items out in turn, some at a time, and collects them in turn.

use std::{
    collections::VecDeque,
    sync::mpsc::{Receiver, SyncSender, sync_channel},
    thread::{self, Scope},
};

use super::{
    Options, Run,
    choice::Choosing,
    losses::Origin,
    prepare::Prepare,
    source::{Said, Source},
};
use crate::{
    error::{Error, ErrorKind},
    finding::Loss,
    format::Part,
    model::Feed,
};

/// Items that are handed over at once, unless they are large. The first ones are not: a small source starts no thread.
const SOME: usize = 32;

/// Bytes of their bodies from which on fewer are.
const LARGE: usize = 256 << 10;

/// Takes what a source is made of, its items made ready, each with what was lost by that.
pub(super) type Take<'t, R> = dyn FnMut(&mut R, Part, Origin, Said, Vec<Loss>) -> Result<(), Error> + 't;

impl Run<'_> {
    /// Reads one source, like [`Run::source`]; its items are made ready for the target.
    pub(super) fn source_ahead(
        &mut self,
        index: usize,
        source: &Source<'_>,
        choosing: &mut Choosing<'_>,
        feed: &Feed,
        take: &mut Take<'_, Self>,
    ) -> Result<(), Error> {
        let options = self.options;
        // Ids that are derived depend on those before them.
        let threads = if options.to.target.needs_id { 1 } else { options.threads };
        thread::scope(|scope| {
            let mut ahead = Ahead::new(scope, options, feed, threads);
            let mut alone = 0;
            self.source(index, source, choosing, &mut |run, part, origin, said| {
                let mut ready = Ready { part, origin, said, losses: Vec::new() };
                if threads < 2 || alone < SOME {
                    alone += 1;
                    ready.make(&mut run.prepare, feed);
                    return ready.hand_to(run, take);
                }
                ahead.give(ready)?;
                while let Some(ready) = ahead.done.pop_front() {
                    ready.hand_to(run, take)?;
                }
                Ok(())
            })?;
            ahead.end()?;
            while let Some(ready) = ahead.done.pop_front() {
                ready.hand_to(self, take)?;
            }
            Ok(())
        })
    }
}

/// A part, made ready if it is an item.
struct Ready {
    part: Part,
    origin: Origin,
    said: Said,
    losses: Vec<Loss>,
}

impl Ready {
    fn make(&mut self, prepare: &mut Prepare<'_>, feed: &Feed) {
        if let Part::Item(item) = &mut self.part {
            prepare.item(item, feed, &mut self.losses);
        }
    }

    fn hand_to<R>(self, run: &mut R, take: &mut Take<'_, R>) -> Result<(), Error> {
        take(run, self.part, self.origin, self.said, self.losses)
    }

    /// Bytes of its content.
    fn length(&self) -> usize {
        let Part::Item(item) = &self.part else { return 0 };
        item.content.as_ref().map_or(0, |content| content.value.len())
    }
}

/// A thread that makes items ready.
struct Hand {
    ask: SyncSender<Vec<Ready>>,
    made: Receiver<Vec<Ready>>,
}

/// Items on their way. Threads start with the first of them, and end with this.
struct Ahead<'s, 'e> {
    scope: &'s Scope<'s, 'e>,
    options: &'e Options,
    feed: &'e Feed,
    threads: usize,
    hands: Vec<Hand>,
    /// For the next hand.
    next: Vec<Ready>,
    bytes: usize,
    /// How often items were handed out, and collected.
    given: usize,
    collected: usize,
    /// Ready, in their order.
    done: VecDeque<Ready>,
}

impl<'s, 'e> Ahead<'s, 'e> {
    fn new(scope: &'s Scope<'s, 'e>, options: &'e Options, feed: &'e Feed, threads: usize) -> Self {
        let (hands, next, done) = (Vec::new(), Vec::new(), VecDeque::new());
        Ahead { scope, options, feed, threads, hands, next, bytes: 0, given: 0, collected: 0, done }
    }

    /// Takes an item in. Others may be ready then.
    fn give(&mut self, item: Ready) -> Result<(), Error> {
        self.bytes += item.length();
        self.next.push(item);
        if self.next.len() < SOME && self.bytes < LARGE { Ok(()) } else { self.hand_out() }
    }

    fn hand_out(&mut self) -> Result<(), Error> {
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
        let mut items = std::mem::take(&mut self.next);
        if self.threads == 0 {
            let mut prepare = Prepare::new(self.options);
            items.iter_mut().for_each(|item| item.make(&mut prepare, self.feed));
            self.done.extend(items);
            return Ok(());
        }
        let at = self.given % self.threads;
        self.hands[at].ask.send(items).map_err(|_| lost())?;
        self.given += 1;
        Ok(())
    }

    /// Another thread; `None` where none can be had.
    fn hand(&self) -> Option<Hand> {
        let (ask, asked) = sync_channel::<Vec<Ready>>(2);
        let (give, made) = sync_channel(2);
        let (options, feed) = (self.options, self.feed);
        let work = move || {
            let mut prepare = Prepare::new(options);
            for mut items in asked {
                items.iter_mut().for_each(|item| item.make(&mut prepare, feed));
                if give.send(items).is_err() {
                    break;
                }
            }
        };
        thread::Builder::new().spawn_scoped(self.scope, work).ok()?;
        Some(Hand { ask, made })
    }

    /// Waits for the items that were handed out first.
    fn collect(&mut self) -> Result<(), Error> {
        let items = self.hands[self.collected % self.threads].made.recv().map_err(|_| lost())?;
        self.collected += 1;
        self.done.extend(items);
        Ok(())
    }

    /// Waits for all of them.
    fn end(&mut self) -> Result<(), Error> {
        self.hand_out()?;
        while self.collected < self.given {
            self.collect()?;
        }
        Ok(())
    }
}

/// The thread has ended before its time; what it was about is told when it is joined.
fn lost() -> Error {
    Error::new(ErrorKind::Internal, "a thread that read items ended before its time")
}
