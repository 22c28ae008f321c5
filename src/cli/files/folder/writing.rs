//! The posts of a folder on their way to the disk, and the threads that write them behind whoever makes them.

use std::{
    panic,
    path::PathBuf,
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicBool, AtomicUsize, Ordering},
        mpsc::{Receiver, SyncSender, sync_channel},
    },
    thread::{self, JoinHandle},
};

use super::super::{
    batch::{Batch, Before, Failure},
    interrupt::Work,
    place::Below,
    unwritable::unwritable,
};
use crate::{cli::lots::Lots, error::Error};

/// What the threads share.
#[derive(Debug)]
pub(super) struct Writing {
    pub(super) root: PathBuf,
    pub(super) batch: Batch<Below>,
    /// Posts that there are to write.
    pub(super) expected: AtomicUsize,
    /// Files that stand and are none.
    pub(super) others: AtomicUsize,
    pub(super) failed: AtomicBool,
    pub(super) failures: Mutex<Vec<Failure>>,
}

/// Threads that write behind: one writes files, the other brings them to the disk and puts them into their places.
#[derive(Debug)]
pub(super) struct Threads {
    posts: Lots<Post>,
    write: JoinHandle<()>,
    settle: JoinHandle<()>,
}

#[derive(Debug)]
pub(super) struct Post {
    pub(super) path: PathBuf,
    pub(super) bytes: Vec<u8>,
    pub(super) before: Before,
}

impl Work for Writing {
    fn give_up(&self) -> Option<String> {
        self.batch.give_up();
        let stands = self.stands();
        Some(if stands.is_empty() {
            "interrupted: no post was written".to_owned()
        } else {
            format!("interrupted: {stands}")
        })
    }
}

impl Writing {
    /// What was and what was not done; empty where nothing was to be done yet.
    pub(super) fn stands(&self) -> String {
        let expected = self.expected.load(Ordering::Relaxed);
        let done = self.batch.done().saturating_sub(self.others.load(Ordering::Relaxed));
        if expected == 0 {
            return String::new();
        }
        let posts = if expected == 1 { "post is" } else { "posts are" };
        format!("{done} of {expected} {posts} written; run again for the others")
    }

    pub(super) fn fail(&self, failures: Vec<Failure>) {
        if !failures.is_empty() {
            self.failures.lock().unwrap_or_else(PoisonError::into_inner).extend(failures);
            self.failed.store(true, Ordering::Release);
        }
    }

    /// Writes a post; true when it is time to settle.
    pub(super) fn put(&self, Post { path, bytes, before }: Post) -> bool {
        match self.batch.put(path, &bytes, before) {
            Ok(is_time) => is_time,
            Err(failure) => {
                self.fail(vec![failure]);
                false
            }
        }
    }

    pub(super) fn settle(&self) {
        self.fail(self.batch.settle());
    }

    pub(super) fn has_failed(&self) -> bool {
        self.failed.load(Ordering::Acquire)
    }

    /// Why the first post that is not there is not.
    pub(super) fn trouble(&self) -> Result<(), Error> {
        match self.failures.lock().unwrap_or_else(PoisonError::into_inner).first() {
            Some(Failure { path, error }) => Err(unwritable(&self.root.join(path), error)),
            None => Ok(()),
        }
    }
}

impl Threads {
    /// Starts them, where they can be had.
    pub(super) fn start(writing: &Arc<Writing>) -> Option<Self> {
        let (posts, receive) = Lots::new();
        let (is_time, times) = sync_channel::<()>(0);
        let (settling, putting) = (Arc::clone(writing), Arc::clone(writing));
        let settle = spawn("settle", move || times.iter().for_each(|()| settling.settle()))?;
        let write = spawn("write", move || write_all(&putting, &receive, &is_time))?;
        Some(Threads { posts, write, settle })
    }

    pub(super) fn take(&mut self, post: Post) {
        let bytes = post.bytes.len();
        self.posts.add(post, bytes);
    }

    /// Waits for what was handed over to be written, and put into its place as far as it was time to.
    pub(super) fn end(self) {
        self.posts.end();
        // The one that settles ends with the one that writes, however that ends.
        let (written, settled) = (self.write.join(), self.settle.join());
        written.and(settled).unwrap_or_else(|panicked| panic::resume_unwind(panicked));
    }
}

fn write_all(writing: &Writing, lots: &Receiver<Vec<Post>>, is_time: &SyncSender<()>) {
    for post in lots.iter().flatten() {
        // After a failure the posts that follow are not written: which one was the first is clear then.
        if !writing.has_failed() && writing.put(post) {
            let _ = is_time.send(());
        }
    }
}

fn spawn(name: &str, work: impl FnOnce() + Send + 'static) -> Option<JoinHandle<()>> {
    thread::Builder::new().name(name.to_owned()).spawn(work).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Threads that do something else.
    fn threads(write: impl FnOnce() + Send + 'static, settle: impl FnOnce() + Send + 'static) -> Threads {
        let (posts, _) = Lots::new();
        Threads { posts, write: thread::spawn(write), settle: thread::spawn(settle) }
    }

    #[test]
    #[should_panic(expected = "written")]
    fn a_panic_while_posts_are_written_is_passed_on() {
        let mut threads = threads(|| panic!("written"), || ());
        (0..1_000).for_each(|_| {
            threads.take(Post { path: PathBuf::from("post.md"), bytes: Vec::new(), before: Before::Nothing });
        });
        threads.end();
    }

    #[test]
    #[should_panic(expected = "settled")]
    fn a_panic_while_posts_are_settled_is_passed_on() {
        threads(|| (), || panic!("settled")).end();
    }
}
