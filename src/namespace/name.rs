//! Names of elements and attributes: made once, shared afterwards, since they repeat in every item.

use super::Ns;
use crate::{model::Name, syntax::lanes};

/// Names kept at once; a feed has some dozens. A name that meets two others in its places takes the first.
const PLACES: usize = 1 << 10;

/// The names met so far. Namespaces are told by their numbers, which stay the same through a document.
#[derive(Debug)]
pub(crate) struct Names {
    known: Vec<Option<(Ns, Name)>>,
}

impl Default for Names {
    fn default() -> Self {
        Names { known: vec![None; PLACES] }
    }
}

impl Names {
    /// The name of those parts; `uri` is that of `ns`.
    #[inline]
    pub(crate) fn get(&mut self, ns: Ns, uri: &str, prefix: &str, local: &str) -> Name {
        let first = place(ns, prefix, local);
        let places = [first, first ^ 1];
        for at in places {
            if let Some((of, name)) = &self.known[at]
                && *of == ns
                && lanes::same(name.local(), local)
                && lanes::same(name.prefix(), prefix)
            {
                return name.clone();
            }
        }
        let name = Name::new(uri, prefix, local);
        let free = places.into_iter().find(|&at| self.known[at].is_none()).unwrap_or(first);
        self.known[free] = Some((ns, name.clone()));
        name
    }
}

/// Where a name is kept. Quick rather than even: names that collide cost what names that are new cost.
fn place(ns: Ns, prefix: &str, local: &str) -> usize {
    let mut hash = u64::from(ns.0) << 32 ^ (prefix.len() as u64) << 16 ^ local.len() as u64;
    let (words, rest) = local.as_bytes().as_chunks::<8>();
    let mut last = [0; 8];
    last[..rest.len()].copy_from_slice(rest);
    for word in words.iter().chain([&last]) {
        hash = (hash ^ u64::from_le_bytes(*word)).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        hash ^= hash >> 29;
    }
    (hash >> 32) as usize % PLACES
}
