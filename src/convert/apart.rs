//! Stretches of items, each read and written on a thread of its own.

use std::{
    sync::{
        Arc,
        mpsc::{Receiver, Sender, channel},
    },
    thread::Scope,
};

use super::{Options, feed, prepare::Prepare};
use crate::{
    finding::Loss,
    format::{
        Part, Writer,
        apart::{Apart, ReadApart},
    },
    identity::Seen,
    model::Feed,
};

/// Bytes of a stretch: enough that handing it over costs nothing beside it, few enough that nobody waits long for the
/// last one.
pub(super) const STRETCH: usize = 1 << 20;

/// What was made of a stretch.
#[derive(Default)]
pub(super) struct Made {
    /// What the writer made.
    pub(super) bytes: Vec<u8>,
    pub(super) items: usize,
    /// How many of them are drafts, and left out.
    pub(super) drafts: usize,
    /// Which item they are of, counted from the beginning of the stretch, what it is called, the losses.
    pub(super) losses: Vec<(usize, Option<String>, Vec<Loss>)>,
    /// The ids that were derived.
    pub(super) seen: Seen,
}

/// A stretch and all that it takes to read and write it.
struct Job {
    stretch: Vec<u8>,
    read: Arc<dyn ReadApart>,
    /// The head that the items belong to.
    feed: Arc<Feed>,
    writer: Box<dyn Writer + Send>,
}

/// A thread that makes what it is asked for, and gives it back.
struct Worker {
    ask: Sender<Job>,
    made: Receiver<Option<Made>>,
}

/// Threads beside the caller's. They start with the first stretches, and end with this.
pub(super) struct Crew<'s, 'e> {
    scope: &'s Scope<'s, 'e>,
    options: &'e Options,
    workers: Vec<Worker>,
}

impl<'s, 'e> Crew<'s, 'e> {
    /// A crew that has not begun.
    pub(super) fn new(scope: &'s Scope<'s, 'e>, options: &'e Options) -> Self {
        Crew { scope, options, workers: Vec::new() }
    }

    /// How many threads there are, with the caller's.
    pub(super) fn size(&self) -> usize {
        self.options.threads.max(1)
    }

    fn worker(&self) -> Worker {
        let (ask, asked) = channel::<Job>();
        let (give, made) = channel();
        let options = self.options;
        let work = move || {
            for Job { stretch, read, feed, writer } in asked {
                if give.send(make(options, &feed, read.as_ref(), &stretch, writer)).is_err() {
                    break;
                }
            }
        };
        // Where no thread can be had nobody answers, and the stretches are read where they stand.
        let _ = std::thread::Builder::new().spawn_scoped(self.scope, work);
        Worker { ask, made }
    }

    /// Reads and writes the stretches, in their order, each with a writer of its own; `None` for one that is not just
    /// items, or in which there is anything to tell: that is to be read where it stands.
    pub(super) fn make(
        &mut self,
        apart: &Apart<'_>,
        feed: &Arc<Feed>,
        writers: Vec<Box<dyn Writer + Send>>,
    ) -> Vec<Option<Made>> {
        let mut work = apart.stretches.iter().zip(writers);
        let first = work.next();
        let mut asked = 0;
        for (stretch, writer) in work {
            if self.workers.len() == asked {
                self.workers.push(self.worker());
            }
            let (stretch, read, feed) = (stretch.to_vec(), Arc::clone(&apart.read), Arc::clone(feed));
            // A thread that is no more gives nothing: the stretch is read again here.
            let _ = self.workers[asked].ask.send(Job { stretch, read, feed, writer });
            asked += 1;
        }
        let first = first.map(|(stretch, writer)| make(self.options, feed, apart.read.as_ref(), stretch, writer));
        let others = self.workers[..asked].iter().map(|worker| worker.made.recv().ok().flatten());
        first.into_iter().chain(others).collect()
    }
}

fn make(
    options: &Options,
    feed: &Feed,
    read: &dyn ReadApart,
    stretch: &[u8],
    mut writer: Box<dyn Writer + Send>,
) -> Option<Made> {
    let mut reader = read.reader(stretch);
    let mut prepare = Prepare::new(options);
    let mut made = Made::default();
    let mut sink = Vec::with_capacity(stretch.len() * 5 / 4);
    while let Some(part) = reader.next().ok()? {
        let Part::Item(mut item) = part else { return None };
        let mut losses = Vec::new();
        let written = feed::write_item(&mut prepare, &mut item, feed, writer.as_mut(), &mut sink, &mut losses).ok()?;
        made.drafts += usize::from(!written);
        if !losses.is_empty() {
            made.losses.push((made.items, feed::title(&item), losses));
        }
        made.items += 1;
    }
    writer.flush(&mut sink).ok()?;
    (made.bytes, made.seen) = (sink, prepare.seen);
    (reader.take_findings().is_empty() && reader.take_losses().is_empty()).then_some(made)
}
