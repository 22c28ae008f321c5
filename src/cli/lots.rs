//! Things on their way to a thread, several at a time: to hand over is to wake it.

use std::sync::mpsc::{Receiver, SyncSender, sync_channel};

/// Things that are handed over at once, unless they are large.
const MANY: usize = 32;

/// Bytes of them from which on fewer are.
const LARGE: usize = 256 << 10;

/// Lots that wait to be taken; whoever hands over more waits too.
const WAITING: usize = 2;

/// The end that hands over. What it still holds is handed over by [`Lots::end`].
#[derive(Debug)]
pub(crate) struct Lots<T> {
    send: SyncSender<Vec<T>>,
    next: Vec<T>,
    bytes: usize,
}

impl<T> Lots<T> {
    /// Both ends. The other one has no more to take when this one has ended.
    pub(crate) fn new() -> (Self, Receiver<Vec<T>>) {
        let (send, receive) = sync_channel(WAITING);
        (Lots { send, next: Vec::new(), bytes: 0 }, receive)
    }

    /// Takes a thing of so many bytes.
    pub(crate) fn add(&mut self, thing: T, bytes: usize) {
        self.bytes += bytes;
        self.next.push(thing);
        if self.next.len() >= MANY || self.bytes >= LARGE {
            self.hand_over();
        }
    }

    /// Hands over the rest.
    pub(crate) fn end(mut self) {
        self.hand_over();
    }

    fn hand_over(&mut self) {
        self.bytes = 0;
        // A thread that is no more has panicked, which whoever joins it is told.
        drop(self.send.send(std::mem::take(&mut self.next)));
    }
}
