//! A list that grows without being moved: one that doubles in place leaves as much behind as it holds.

use std::ops::{Index, IndexMut};

/// Elements of a block.
pub(crate) const BLOCK: usize = 4_096;

/// A list in blocks of equal length.
#[derive(Debug, Clone)]
pub(crate) struct Blocks<T> {
    blocks: Vec<Vec<T>>,
    len: usize,
}

impl<T> Default for Blocks<T> {
    fn default() -> Self {
        Blocks { blocks: Vec::new(), len: 0 }
    }
}

impl<T> Blocks<T> {
    pub(crate) fn len(&self) -> usize {
        self.len
    }

    pub(crate) fn push(&mut self, element: T) {
        if self.len == self.blocks.len() * BLOCK {
            // The first one grows as it must: most lists are short.
            self.blocks.push(if self.len == 0 { Vec::new() } else { Vec::with_capacity(BLOCK) });
        }
        if let Some(last) = self.blocks.last_mut() {
            last.push(element);
            self.len += 1;
        }
    }

    pub(crate) fn get(&self, number: usize) -> Option<&T> {
        self.blocks.get(number / BLOCK)?.get(number % BLOCK)
    }

    /// Forgets all elements but the first `len`.
    pub(crate) fn truncate(&mut self, len: usize) {
        if len < self.len {
            self.blocks.truncate(len.div_ceil(BLOCK));
            if let Some(last) = self.blocks.last_mut() {
                last.truncate(len - (len.div_ceil(BLOCK) - 1) * BLOCK);
            }
            self.len = len;
        }
    }
}

impl<T> Index<usize> for Blocks<T> {
    type Output = T;

    fn index(&self, number: usize) -> &T {
        &self.blocks[number / BLOCK][number % BLOCK]
    }
}

impl<T> IndexMut<usize> for Blocks<T> {
    fn index_mut(&mut self, number: usize) -> &mut T {
        &mut self.blocks[number / BLOCK][number % BLOCK]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn elements_are_where_they_were_put() {
        let mut list = Blocks::default();
        for number in 0..3 * BLOCK + 5 {
            assert_eq!(list.len(), number);
            list.push(number);
        }
        let is_whole = |list: &Blocks<usize>, len: usize| {
            (0..len).all(|number| list.get(number) == Some(&number)) && list.get(len).is_none() && list.len() == len
        };
        assert!(is_whole(&list, 3 * BLOCK + 5));
        for len in [4 * BLOCK, 3 * BLOCK + 1, 3 * BLOCK, 2 * BLOCK + 7, BLOCK, 1, 0] {
            list.truncate(len);
            assert!(is_whole(&list, len.min(3 * BLOCK + 5)), "{len}");
        }
        list.push(0);
        list[0] += 7;
        assert_eq!((list[0], list.len()), (7, 1));
    }
}
