//! Stretches of items, each read and written on a thread of its own.

use super::{Options, feed, prepare::Prepare};
use crate::{
    error::Error,
    finding::Loss,
    format::{
        Part, Post, Sink, Writer,
        apart::{Apart, ReadApart},
    },
    identity::Seen,
    model::Feed,
};

/// Bytes of a stretch: enough that a thread is worth its start, few enough that nobody waits long for the last one.
pub(super) const STRETCH: usize = 1 << 20;

/// What is to be done with stretches.
pub(super) struct Work<'w> {
    pub(super) options: &'w Options,
    /// The head that the items belong to.
    pub(super) feed: &'w Feed,
    pub(super) writer: &'w dyn Writer,
}

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

impl Work<'_> {
    /// A writer for each thread; `None` where items cannot be written apart.
    pub(super) fn writers(&self, count: usize) -> Option<Vec<Box<dyn Writer + Send>>> {
        (0..count).map(|_| self.writer.apart()).collect()
    }

    /// Reads and writes the stretches; `None` for one that is not just items, or in which there is anything to tell:
    /// that is read again where it stands.
    pub(super) fn make(&self, apart: &Apart<'_>, writers: Vec<Box<dyn Writer + Send>>) -> Vec<Option<Made>> {
        let (options, feed, read) = (self.options, self.feed, apart.read.as_ref());
        let make = |stretch: &[u8], writer: Box<dyn Writer + Send>| make(options, feed, read, stretch, writer);
        std::thread::scope(|scope| {
            let mut work = apart.stretches.iter().zip(writers);
            let first = work.next();
            let others: Vec<_> = work.map(|(stretch, writer)| scope.spawn(move || make(stretch, writer))).collect();
            let first = first.map(|(stretch, writer)| make(stretch, writer));
            let others = others.into_iter().map(|other| match other.join() {
                Ok(made) => made,
                Err(panic) => std::panic::resume_unwind(panic),
            });
            first.into_iter().chain(others).collect()
        })
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
    let mut sink = Bytes(Vec::with_capacity(stretch.len() * 5 / 4));
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
    (made.bytes, made.seen) = (sink.0, prepare.seen);
    reader.take_findings().is_empty().then_some(made)
}

/// Keeps what a writer makes.
struct Bytes(Vec<u8>);

impl Sink for Bytes {
    fn write(&mut self, bytes: &[u8]) -> Result<(), Error> {
        self.0.extend_from_slice(bytes);
        Ok(())
    }

    fn post(&mut self, post: Post) -> Result<(), Error> {
        self.0.extend_from_slice(&post.bytes);
        Ok(())
    }
}
