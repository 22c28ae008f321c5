//! The known name that a misspelt one most likely means.

/// The nearest of `known` to `name`, where it is near enough that one slip of the fingers or two explain it.
pub(crate) fn nearest<'k>(name: &str, known: impl IntoIterator<Item = &'k str>) -> Option<&'k str> {
    let looked_at = known.into_iter().map(|candidate| {
        // Of ASCII alone there is nothing to fold: most are told apart by their length and letters.
        let (length, letters) = if candidate.is_ascii() && candidate.len() <= LONGEST {
            (candidate.len(), letters(candidate))
        } else {
            let folded = Folded::new(candidate);
            (folded.length, folded.letters)
        };
        (candidate, length, letters)
    });
    nearest_of(name, looked_at, |_| true)
}

/// Names that others are compared with again and again.
#[derive(Debug, Clone, Default)]
pub(crate) struct KnownNames(Vec<(String, usize, u64)>);

impl KnownNames {
    pub(crate) fn iter(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(|(name, ..)| name.as_str())
    }

    /// The nearest to `name` among those that `counts`, as [`nearest`] tells it.
    pub(crate) fn nearest(&self, name: &str, counts: impl Fn(&str) -> bool) -> Option<&str> {
        let names = self.0.iter().map(|(name, length, letters)| (name.as_str(), *length, *letters));
        nearest_of(name, names, counts)
    }
}

impl FromIterator<String> for KnownNames {
    fn from_iter<I: IntoIterator<Item = String>>(names: I) -> Self {
        let folded = names.into_iter().map(|name| {
            let Folded { length, letters, .. } = Folded::new(&name);
            (name, length, letters)
        });
        KnownNames(folded.collect())
    }
}

/// The nearest of names that `counts`, each with its length and letters when it is folded.
fn nearest_of<'k>(
    name: &str,
    known: impl Iterator<Item = (&'k str, usize, u64)>,
    counts: impl Fn(&str) -> bool,
) -> Option<&'k str> {
    let folded = Folded::new(name);
    let bound = match folded.length {
        0..=2 => return None,
        3..=5 => 1,
        _ => 2,
    };
    let mut best: Option<(usize, &str)> = None;
    for (candidate, length, letters) in known {
        // A slip takes one letter from those of a name and adds one, at most.
        let unlike = (folded.letters ^ letters).count_ones() as usize > 2 * bound;
        if unlike || length.abs_diff(folded.length) > bound || candidate == name || !counts(candidate) {
            continue;
        }
        let bound = best.map_or(bound, |(least, _)| least - 1);
        if let Some(distance) = distance(folded.chars(), Folded::new(candidate).chars(), bound) {
            best = Some((distance, candidate));
            if distance == 0 {
                break;
            }
        }
    }
    best.map(|(_, candidate)| candidate)
}

/// Nobody misspells the 65th character: long names are cut.
const LONGEST: usize = 64;

/// A name where case and the choice between `-` and `_` do not count.
struct Folded {
    chars: [char; LONGEST],
    length: usize,
    /// A bit for each character that is in it; some share one.
    letters: u64,
}

impl Folded {
    fn new(name: &str) -> Self {
        let mut folded = Folded { chars: ['\0'; LONGEST], length: 0, letters: 0 };
        for (slot, c) in folded.chars.iter_mut().zip(name.chars().flat_map(char::to_lowercase)) {
            *slot = if c == '_' { '-' } else { c };
            folded.letters |= bit(*slot);
            folded.length += 1;
        }
        folded
    }

    fn chars(&self) -> &[char] {
        &self.chars[..self.length]
    }
}

/// The characters of a name of ASCII alone, as [`Folded::letters`] has them.
fn letters(name: &str) -> u64 {
    let folded = name.bytes().map(|b| if b == b'_' { b'-' } else { b.to_ascii_lowercase() });
    folded.fold(0, |letters, b| letters | bit(char::from(b)))
}

fn bit(c: char) -> u64 {
    1 << (c as u32 % 64)
}

/// Insertions, deletions, replacements and swaps of neighbours (optimal string alignment), where they are no more than
/// `bound`.
fn distance(a: &[char], b: &[char], bound: usize) -> Option<usize> {
    let mut before = [0; LONGEST + 1];
    let mut last: [usize; LONGEST + 1] = std::array::from_fn(|at| at);
    for i in 1..=a.len() {
        let mut row = [i; LONGEST + 1];
        let mut nearest = i;
        for j in 1..=b.len() {
            let same = a[i - 1] == b[j - 1];
            let mut least = (last[j - 1] + usize::from(!same)).min(last[j] + 1).min(row[j - 1] + 1);
            if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                least = least.min(before[j - 2] + 1);
            }
            row[j] = least;
            nearest = nearest.min(least);
        }
        // No row is nearer than the one before it.
        if nearest > bound {
            return None;
        }
        before = std::mem::replace(&mut last, row);
    }
    Some(last[b.len()]).filter(|distance| *distance <= bound)
}

#[cfg(test)]
mod tests {
    use super::{KnownNames, nearest};

    #[test]
    fn one_slip_in_short_names_and_two_in_long_ones() {
        let known = ["title", "slug", "date", "description"];
        assert_eq!(nearest("desciption", known), Some("description"));
        assert_eq!(nearest("Titel", known), Some("title"));
        assert_eq!(nearest("slgu", known), Some("slug"));
        assert_eq!(nearest("weight", known), None);
        assert_eq!(nearest("layout", known), None);
    }

    #[test]
    fn case_marks_and_long_names() {
        assert_eq!(nearest("Feed_URL", ["feed-url", "feed"]), Some("feed-url"));
        assert_eq!(nearest("größe", ["grösse", "große"]), Some("große"));
        assert_eq!(nearest("ab", ["abc"]), None);
        let long = "a".repeat(70);
        assert_eq!(nearest(&long, [&*"a".repeat(65)]).map(str::len), Some(65));
        assert_eq!(nearest(&long, [&*"b".repeat(70)]), None);
    }

    #[test]
    fn names_that_are_kept_are_as_near() {
        let known = ["title", "feed-url", "grösse", "categories", "ab"];
        let names: KnownNames = known.iter().map(|name| (*name).to_owned()).collect();
        for name in ["titel", "Feed_URL", "größe", "categores", "abc", "title", "x"] {
            assert_eq!(names.nearest(name, |_| true), nearest(name, known), "{name}");
            assert_eq!(names.nearest(name, |known| known == "ab"), nearest(name, ["ab"]), "{name}");
        }
    }

    #[test]
    fn the_nearer_one_is_meant_and_the_first_of_equals() {
        assert_eq!(nearest("authrs", ["author", "authors"]), Some("authors"));
        assert_eq!(nearest("categores", ["category", "categories"]), Some("categories"));
        assert_eq!(nearest("titles", ["titled", "title", "tiles"]), Some("titled"));
    }
}
