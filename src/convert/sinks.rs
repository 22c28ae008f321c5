//! Where writers' bytes go: on to the output, nowhere.

use super::Output;
use crate::{
    error::Error,
    format::{Post, Sink},
};

/// Takes the bytes of a feed.
pub(super) struct FeedSink<'s> {
    pub(super) output: &'s mut dyn Output,
}

impl Sink for FeedSink<'_> {
    fn write(&mut self, bytes: &[u8]) -> Result<(), Error> {
        self.output.write(bytes)
    }

    fn post(&mut self, post: Post) -> Result<(), Error> {
        self.output.write(&post.bytes)
    }
}

/// For a writer's head where nothing is written yet.
pub(super) struct NoSink;

impl Sink for NoSink {
    fn write(&mut self, _bytes: &[u8]) -> Result<(), Error> {
        Ok(())
    }

    fn post(&mut self, _post: Post) -> Result<(), Error> {
        Ok(())
    }
}
