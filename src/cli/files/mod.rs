//! Files: which ones, reading them, writing them whole. The only place that touches the disk.

mod behind;
mod git;
pub(super) mod profile;
pub(super) mod read;
pub(super) mod site;
pub(super) mod survey;
pub(super) mod walk;
pub(super) mod write;
