//! Bytes looked at eight at a time: compilers make vector instructions of such words, and of folds over the bytes
//! themselves most often none.

const ONES: u64 = u64::MAX / 255;
const HIGH: u64 = ONES * 0x80;

/// The high bit of each byte of `word` that is less than `bound`, which is at most 0x80.
#[inline]
pub(crate) const fn less(word: u64, bound: u8) -> u64 {
    // Seven bits and 0x80 - bound carry into the high bit from the bound on; nothing carries into the next byte.
    !((word & !HIGH).wrapping_add(ONES * (0x80 - bound as u64)) | word) & HIGH
}

/// The high bit of each byte of `word` that is `byte`.
#[inline]
pub(super) const fn equal(word: u64, byte: u8) -> u64 {
    less(word ^ (ONES * byte as u64), 1)
}

/// Whether `test`, which takes a word and gives the high bits of the bytes that pass, finds any byte of `bytes`. It may
/// be shown blanks that are not there.
#[inline]
pub(super) fn any(bytes: &[u8], test: impl Fn(u64) -> u64) -> bool {
    let (words, rest) = bytes.as_chunks();
    let mut last = [b' '; 8];
    last[..rest.len()].copy_from_slice(rest);
    let found = words.iter().fold(0, |found, word| found | test(u64::from_le_bytes(*word)));
    found | test(u64::from_le_bytes(last)) != 0
}

/// Calls `found` with the place of each byte that `test`, which takes a word and gives the high bits of the bytes that
/// pass, finds. `test` finds no blank. Blocks without any are passed over at once.
#[inline]
pub(crate) fn each(bytes: &[u8], test: impl Fn(u64) -> u64, mut found: impl FnMut(usize)) {
    const BLOCK: usize = 32;
    let mut in_word = |start: usize, mut flags: u64| {
        while flags != 0 {
            found(start + flags.trailing_zeros() as usize / 8);
            flags &= flags - 1;
        }
    };
    let (blocks, rest) = bytes.as_chunks::<BLOCK>();
    for (start, block) in (0..).step_by(BLOCK).zip(blocks) {
        let words = || block.as_chunks().0.iter().map(|word| test(u64::from_le_bytes(*word)));
        if words().fold(0, |any, flags| any | flags) != 0 {
            (start..).step_by(8).zip(words()).for_each(|(start, flags)| in_word(start, flags));
        }
    }
    for (start, part) in (blocks.len() * BLOCK..).step_by(8).zip(rest.chunks(8)) {
        let mut word = [b' '; 8];
        word[..part.len()].copy_from_slice(part);
        in_word(start, test(u64::from_le_bytes(word)));
    }
}

/// Whether two short texts are the same. The C library's comparison loads what was just written by other widths than it
/// was written, which processors wait for; names are compared most often right after they were copied.
#[inline]
pub(crate) fn same(a: &str, b: &str) -> bool {
    let (a, b) = (a.as_bytes(), b.as_bytes());
    if a.len() != b.len() {
        return false;
    }
    if a.len() > 64 {
        return a == b;
    }
    let (words, rest) = a.as_chunks::<8>();
    let (others, other_rest) = b.as_chunks::<8>();
    words.iter().zip(others).all(|(a, b)| u64::from_le_bytes(*a) == u64::from_le_bytes(*b))
        && rest.iter().zip(other_rest).fold(0, |unlike, (a, b)| unlike | (a ^ b)) == 0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_byte_is_judged_by_itself() {
        for bound in [1, 0x20, 0x7f, 0x80] {
            for byte in 0..=255_u8 {
                for beside in [0, 0x1f, 0x20, 0x7f, 0x80, 0xff] {
                    let mut bytes = [beside; 8];
                    bytes[3] = byte;
                    let word = u64::from_le_bytes(bytes);
                    let flags = less(word, bound).to_le_bytes();
                    assert_eq!(flags.map(|flag| flag == 0x80), bytes.map(|byte| byte < bound), "{byte} {bound}");
                    let flags = equal(word, byte).to_le_bytes();
                    assert_eq!(flags.map(|flag| flag == 0x80), bytes.map(|other| other == byte), "{byte}");
                }
            }
        }
    }

    #[test]
    fn every_byte_that_passes_is_found_in_order() {
        let bytes: Vec<u8> = (0..200_u32).map(|at| if at * at % 7 == 1 { b'"' } else { b'a' }).collect();
        for length in 0..bytes.len() {
            let mut found = Vec::new();
            each(&bytes[..length], |word| equal(word, b'"'), |at| found.push(at));
            let wanted: Vec<usize> = (0..length).filter(|&at| bytes[at] == b'"').collect();
            assert_eq!(found, wanted);
        }
    }

    #[test]
    fn texts_are_the_same_to_their_last_byte() {
        let text = "0123456789abcdefghijklmnopqrstuvwxyz0123456789abcdefghijklmnopqrstuvwxyz";
        for length in 0..=text.len() {
            assert!(same(&text[..length], &text[..length]));
            assert!(!same(&text[..length], &text[..length.saturating_sub(1)]) || length == 0);
            for at in 0..length {
                let mut other = text[..length].to_owned();
                other.replace_range(at..=at, "_");
                assert!(!same(&text[..length], &other), "{length} {at}");
            }
        }
    }

    #[test]
    fn the_last_bytes_count_too() {
        let quote = |word| equal(word, b'"');
        for length in 0..20 {
            let clean = vec![b'a'; length];
            assert!(!any(&clean, quote));
            for at in 0..length {
                let mut bytes = clean.clone();
                bytes[at] = b'"';
                assert!(any(&bytes, quote), "{at} of {length}");
            }
        }
    }
}
