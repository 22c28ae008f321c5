//! Writing behind: what makes a large file goes on while what it made before is on its way to the disk.

use std::{
    io::{self, Write},
    sync::{
        Arc, Mutex, PoisonError,
        mpsc::{Receiver, SyncSender, channel, sync_channel},
    },
    thread::{self, JoinHandle},
};

/// Bytes that are handed over at once.
const CHUNK: usize = 256 << 10;

/// Bytes from which on a thread is worth its start.
const LARGE: usize = 1 << 20;

/// Collects bytes, and writes them on a thread of its own once there are many.
#[derive(Debug)]
pub(crate) struct Behind<W: Write + Send + 'static> {
    buffer: Vec<u8>,
    written: usize,
    target: Target<W>,
}

#[derive(Debug)]
enum Target<W> {
    /// Written to on this thread.
    Here(W),
    /// Written to on another: chunks go there and come back to be used again.
    There { send: SyncSender<Vec<u8>>, spare: Receiver<Vec<u8>>, thread: JoinHandle<io::Result<W>> },
    /// Taken away, or lost to a failure that was told.
    Gone,
}

impl<W: Write + Send + 'static> Behind<W> {
    /// A writer to `target`.
    pub(crate) fn new(target: W) -> Self {
        Behind { buffer: Vec::new(), written: 0, target: Target::Here(target) }
    }

    /// Adds bytes. A failure may be one of bytes that were added before.
    pub(crate) fn write(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.buffer.extend_from_slice(bytes);
        if self.buffer.len() >= CHUNK { self.hand_over() } else { Ok(()) }
    }

    /// Writes what is left and gives the target back.
    pub(crate) fn finish(mut self) -> io::Result<W> {
        if !self.buffer.is_empty() {
            self.hand_over()?;
        }
        self.end()
    }

    fn hand_over(&mut self) -> io::Result<()> {
        match &mut self.target {
            Target::Here(target) => {
                target.write_all(&self.buffer)?;
                self.written += self.buffer.len();
                self.buffer.clear();
                if self.written >= LARGE {
                    self.leave();
                }
                Ok(())
            }
            Target::There { send, spare, .. } => {
                let next = spare.try_recv().unwrap_or_default();
                if send.send(std::mem::replace(&mut self.buffer, next)).is_ok() {
                    return Ok(());
                }
                // The thread has ended, which it does before its time when it cannot write.
                self.end().map(drop)
            }
            Target::Gone => Err(gone()),
        }
    }

    /// Goes on on a thread, where one can be had.
    fn leave(&mut self) {
        let Target::Here(target) = std::mem::replace(&mut self.target, Target::Gone) else { return };
        let (send, receive) = sync_channel::<Vec<u8>>(2);
        let (give_back, spare) = channel();
        // A thread that cannot be started takes with it what it was given.
        let place = Arc::new(Mutex::new(Some(target)));
        let taken = Arc::clone(&place);
        let write = move || {
            let mut target = take(&taken).ok_or_else(gone)?;
            for mut chunk in receive {
                target.write_all(&chunk)?;
                chunk.clear();
                // At the end nobody wants it any more.
                let _ = give_back.send(chunk);
            }
            Ok(target)
        };
        self.target = match thread::Builder::new().name("write".to_owned()).spawn(write) {
            Ok(thread) => Target::There { send, spare, thread },
            Err(_) => take(&place).map_or(Target::Gone, Target::Here),
        };
    }

    fn end(&mut self) -> io::Result<W> {
        match std::mem::replace(&mut self.target, Target::Gone) {
            Target::Here(target) => Ok(target),
            Target::There { send, spare, thread } => {
                drop((send, spare));
                thread.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic))
            }
            Target::Gone => Err(gone()),
        }
    }
}

impl<W: Write + Send + 'static> Drop for Behind<W> {
    /// Waits for the thread, so that the target is dropped before the process ends.
    fn drop(&mut self) {
        if let Target::There { send, spare, thread } = std::mem::replace(&mut self.target, Target::Gone) {
            drop((send, spare));
            let _ = thread.join();
        }
    }
}

fn take<W>(place: &Mutex<Option<W>>) -> Option<W> {
    place.lock().unwrap_or_else(PoisonError::into_inner).take()
}

fn gone() -> io::Error {
    io::Error::other("the file was given up")
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Fails after so many bytes.
    #[derive(Debug)]
    struct Small(Vec<u8>, usize);

    impl Write for Small {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            if self.0.len() + bytes.len() > self.1 {
                return Err(io::ErrorKind::StorageFull.into());
            }
            self.0.extend_from_slice(bytes);
            Ok(bytes.len())
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    #[test]
    fn bytes_arrive_in_order_however_many_there_are() {
        for length in [0, 1, CHUNK, LARGE + 1, 3 * LARGE + 7] {
            let bytes: Vec<u8> = (0..length).map(|at| (at % 251) as u8).collect();
            let mut behind = Behind::new(Vec::new());
            for part in bytes.chunks(77_777) {
                behind.write(part).expect("room");
            }
            assert!(behind.finish().expect("room") == bytes, "{length}");
        }
    }

    #[test]
    fn a_full_disk_is_told_at_the_latest_at_the_end() {
        for room in [10, LARGE + CHUNK, 2 * LARGE] {
            let mut behind = Behind::new(Small(Vec::new(), room));
            let part = vec![b'x'; 100_000];
            let failed = (0..40).find_map(|_| behind.write(&part).err());
            let error = failed.or_else(|| behind.finish().err()).expect("no room");
            assert_eq!(error.kind(), io::ErrorKind::StorageFull, "{room}");
        }
    }
}
