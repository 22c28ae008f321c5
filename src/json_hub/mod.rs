//! JSON Feed's objects and the hub: what JSON Feed and NDJSON share.
//!
//! - [`alias`]: keys that mean to be JSON Feed's.
//! - [`cursor`]: values of the types that keys ask for, and what is said of others. [`read`]: a feed's or item's object
//!   into the hub.
//! - [`object`]: objects as a person lays them out. [`write`]: the hub as a feed's or item's object.
//! - [`own`]: the object `_slugline`, what JSON Feed has no word for, in both directions. `schemas/slugline.md`
//!   describes it.
//!
//! What a key holds that is no field, or is no value that the field can take, is kept in
//! [`Extra::keys`](crate::model::Extra): by its key, or by its JSON Pointer from the item where it stands deeper
//! (`/authors/0/_handle`).

pub(crate) mod alias;
pub(crate) mod cursor;
pub(crate) mod object;
pub(crate) mod own;
pub(crate) mod read;
mod read_own;
pub(crate) mod write;

/// The key of what JSON Feed has no word for.
pub(crate) const OWN: &str = "_slugline";

/// The same, of what a source said after its items.
pub(crate) const OWN_LATE: &str = "_slugline_late";
