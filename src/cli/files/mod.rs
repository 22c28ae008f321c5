//! Files: which ones, reading them, writing them whole. The only place that touches the disk.

mod aside;
mod batch;
mod behind;
pub(super) mod folder;
mod git;
mod interrupt;
mod place;
pub(super) mod profile;
pub(super) mod read;
pub(super) mod replace;
pub(super) mod site;
pub(super) mod survey;
mod temporary;
mod unwritable;
pub(super) mod walk;
pub(super) mod whole;
pub(super) mod write;
