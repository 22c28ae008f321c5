//! Where values stand in a list that grows, so that a long one is not looked through for each value that may be in it
//! already. Short lists, which nearly all are, are looked through all the same.

use std::{
    collections::HashMap,
    hash::{BuildHasher, Hash, RandomState},
    sync::LazyLock,
};

/// Values up to which a list is short.
const FEW: usize = 16;

/// The places of a list's values: of those that are equal, the first one's.
#[derive(Debug, Default)]
pub(crate) struct Spots {
    /// By the values' hashes.
    first: HashMap<u64, usize>,
    /// How many values of the list are in it.
    known: usize,
}

impl Spots {
    /// Where the first value of `list` stands whose `key` is `wanted`. It is asked about one list, which may have grown
    /// since it was asked last, and for one kind of key.
    pub(crate) fn find<'l, T, K: Hash + PartialEq>(
        &mut self,
        list: &'l [T],
        wanted: &K,
        key: impl Fn(&'l T) -> K,
    ) -> Option<usize> {
        if list.len() < FEW {
            return list.iter().position(|value| key(value) == *wanted);
        }
        // With a seed that nobody knows, so that no values can be made up that share a place.
        static SEED: LazyLock<RandomState> = LazyLock::new(RandomState::new);
        if list.len() < self.known {
            self.clear();
        }
        for (at, value) in list.iter().enumerate().skip(self.known) {
            self.first.entry(SEED.hash_one(key(value))).or_insert(at);
        }
        self.known = list.len();
        self.first.get(&SEED.hash_one(wanted)).copied().filter(|&at| key(&list[at]) == *wanted)
    }

    /// Whether there is such a value.
    pub(crate) fn holds<'l, T, K: Hash + PartialEq>(
        &mut self,
        list: &'l [T],
        wanted: &K,
        key: impl Fn(&'l T) -> K,
    ) -> bool {
        self.find(list, wanted, key).is_some()
    }

    /// Begins with another list.
    pub(crate) fn clear(&mut self) {
        self.first.clear();
        self.known = 0;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_of_equal_values_is_found_in_short_and_long_lists() {
        let (mut spots, mut list) = (Spots::default(), Vec::new());
        for number in 0..200_usize {
            assert_eq!(spots.find(&list, &(number % 50), |n| *n), (number >= 50).then_some(number % 50));
            list.push(number % 50);
        }
        assert!(!spots.holds(&list, &50, |n| *n));
        spots.clear();
        assert_eq!(spots.find(&list[10..], &9, |n| *n), Some(49));
    }
}
