//! Names of elements and attributes: made once, shared afterwards, since they repeat in every item.

use std::{
    collections::HashMap,
    hash::{BuildHasher, RandomState},
};

use crate::model::Name;

/// Names kept at most; a feed has some dozens, and one that makes up names for ever gains nothing from the cache.
const MOST: usize = 4096;

/// The names met so far.
#[derive(Debug, Default)]
pub(crate) struct Names {
    hasher: RandomState,
    known: HashMap<u64, Name>,
}

impl Names {
    /// The name of those parts.
    pub(crate) fn get(&mut self, uri: &str, prefix: &str, local: &str) -> Name {
        let key = self.hasher.hash_one((uri, prefix, local));
        match self.known.get(&key) {
            Some(name) if name.local() == local && name.prefix() == prefix && name.namespace() == uri => name.clone(),
            _ => {
                let name = Name::new(uri, prefix, local);
                if self.known.len() < MOST {
                    self.known.insert(key, name.clone());
                }
                name
            }
        }
    }
}
