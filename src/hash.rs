//! Hashes that are the same everywhere, and no secret.

/// FNV-1a, 64 bits, of bytes that come in pieces of any length.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Fnv(u64);

impl Default for Fnv {
    fn default() -> Self {
        Fnv(0xcbf2_9ce4_8422_2325)
    }
}

impl Fnv {
    /// Adds the next bytes.
    pub(crate) fn add(&mut self, bytes: &[u8]) {
        let step = |hash: u64, &byte: &u8| (hash ^ u64::from(byte)).wrapping_mul(0x100_0000_01b3);
        self.0 = bytes.iter().fold(self.0, step);
    }

    /// The hash of all so far.
    pub(crate) fn finish(self) -> u64 {
        self.0
    }
}

/// FNV-1a, 32 bits.
pub(crate) fn fnv32(bytes: &[u8]) -> u32 {
    bytes.iter().fold(0x811c_9dc5, |hash, &byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193))
}

/// MurmurHash64A by Austin Appleby: eight bytes a step, for what is long.
pub(crate) fn murmur(seed: u64, bytes: &[u8]) -> u64 {
    const FACTOR: u64 = 0xc6a4_a793_5bd1_e995;
    let mixed = |word: u64| {
        let word = word.wrapping_mul(FACTOR);
        (word ^ (word >> 47)).wrapping_mul(FACTOR)
    };
    let (words, rest) = bytes.as_chunks::<8>();
    let mut hash = seed ^ (bytes.len() as u64).wrapping_mul(FACTOR);
    for word in words {
        hash = (hash ^ mixed(u64::from_le_bytes(*word))).wrapping_mul(FACTOR);
    }
    if !rest.is_empty() {
        let mut last = [0; 8];
        last[..rest.len()].copy_from_slice(rest);
        hash = (hash ^ u64::from_le_bytes(last)).wrapping_mul(FACTOR);
    }
    hash = (hash ^ (hash >> 47)).wrapping_mul(FACTOR);
    hash ^ (hash >> 47)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Values of FNV's own test vectors.
    #[test]
    fn fnv_is_fnv() {
        let mut fnv = Fnv::default();
        assert_eq!(fnv.finish(), 0xcbf2_9ce4_8422_2325);
        fnv.add(b"foo");
        fnv.add(b"bar");
        assert_eq!(fnv.finish(), 0x8594_4171_f739_67e8);
        assert_eq!((fnv32(b""), fnv32(b"foobar")), (0x811c_9dc5, 0xbf9c_f968));
    }

    #[test]
    fn each_byte_counts_and_so_does_the_length() {
        let mut seen = std::collections::HashSet::new();
        for length in 0..40 {
            let mut bytes = vec![0; length];
            assert!(seen.insert(murmur(0, &bytes)), "{length}");
            for at in 0..length {
                bytes[at] = 1;
                assert!(seen.insert(murmur(0, &bytes)), "{at} of {length}");
                bytes[at] = 0;
            }
        }
        assert_ne!(murmur(0, b"a"), murmur(1, b"a"));
    }
}
