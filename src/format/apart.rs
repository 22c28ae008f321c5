//! Items read apart from those before them, so that a feed can be read on several threads.
//!
//! A reader that stands between two items looks for places ahead where an item seems to begin, and hands out the
//! stretches between them unread. What only seems to be an item (its tag stands in a comment, say) shows when the
//! stretch is read: it does not end between two items then, or holds something else. Such a stretch is read by the reader
//! itself, where it stands, as if nobody had looked; one that is whole is passed over.

use std::sync::Arc;

use super::Reader;

/// Bytes below which a source is read sooner than shared out.
const LEAST: usize = 256 << 10;

/// Whole items that come next in a source, as far as can be told without reading them.
pub struct Apart<'s> {
    /// The bytes of the source, decoded, from where its reader stands; each stretch follows the one before it.
    pub stretches: Vec<&'s [u8]>,
    /// Reads one of them.
    pub read: Arc<dyn ReadApart>,
}

impl std::fmt::Debug for Apart<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let lengths: Vec<usize> = self.stretches.iter().map(|stretch| stretch.len()).collect();
        f.debug_struct("Apart").field("stretches", &lengths).finish_non_exhaustive()
    }
}

/// Makes readers of stretches, on any thread.
pub trait ReadApart: Send + Sync {
    /// A reader of one stretch. It gives its items and ends with `None`; with an error when the stretch holds anything
    /// else, or does not end between two items. What it finds wrong has no right place.
    fn reader<'a>(&'a self, stretch: &'a [u8]) -> Box<dyn Reader + 'a>;
}

/// Cuts the bytes at hand into about `count` stretches, each from where `begins` finds the beginning of an item (the
/// first one from the start) up to another; none where they are too few. `begin` is what an item begins with. The first
/// is shorter by an eighth: who reads that one also reads ahead, and puts together what the others make.
pub(super) fn cut<'b>(bytes: &'b [u8], count: usize, begin: &[u8], begins: impl Fn(&[u8]) -> bool) -> Vec<&'b [u8]> {
    if bytes.len() < LEAST || begin.is_empty() {
        return Vec::new();
    }
    let last = memchr::memmem::rfind_iter(bytes, begin).find(|&at| begins(&bytes[at..]));
    let Some(last) = last.filter(|&last| last >= LEAST / 2) else { return Vec::new() };
    let finder = memchr::memmem::Finder::new(begin);
    let mut stretches = Vec::with_capacity(count);
    let mut start = 0;
    for number in 1..count {
        let middle = last / (8 * count - 1) * (8 * number - 1);
        let next = finder.find_iter(&bytes[middle..last]).map(|at| middle + at).find(|&at| begins(&bytes[at..]));
        if let Some(next) = next.filter(|&next| next > start) {
            stretches.push(&bytes[start..next]);
            start = next;
        }
    }
    stretches.push(&bytes[start..last]);
    stretches
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stretches_are_the_bytes_up_to_the_last_item() {
        let text = "<item>a</item>\n <items/> ".repeat(20_000);
        let is_item = |rest: &[u8]| rest.get(5) == Some(&b'>');
        let stretches = cut(text.as_bytes(), 3, b"<item", is_item);
        assert_eq!(stretches.len(), 3);
        assert!(text.as_bytes().starts_with(&stretches.concat()));
        assert!(stretches.iter().all(|stretch| stretch.starts_with(b"<item>")));
        assert_eq!(stretches.concat().len(), text.rfind("<item>").expect("an item"));
    }

    #[test]
    fn short_sources_are_not_cut() {
        assert!(cut(b"<item/><item/>", 2, b"<item", |_| true).is_empty());
        let text = "x".repeat(LEAST);
        assert!(cut(text.as_bytes(), 2, b"<item", |_| true).is_empty());
    }
}
