//! Looking for bytes that stand close together, as the brackets of markup do: a call that looks at many bytes at once
//! takes its time to begin.

/// Bytes that are looked at one by one first.
const NEAR: usize = 4;

/// Where the next byte from `at` on stands that `is_one` holds for, which is what `find` looks for.
#[inline]
pub(super) fn next(
    bytes: &[u8],
    at: usize,
    is_one: impl Fn(u8) -> bool,
    find: impl Fn(&[u8]) -> Option<usize>,
) -> Option<usize> {
    let rest = bytes.get(at..)?;
    let near = &rest[..rest.len().min(NEAR)];
    if let Some(step) = near.iter().position(|b| is_one(*b)) {
        return Some(at + step);
    }
    find(&rest[near.len()..]).map(|step| at + near.len() + step)
}
