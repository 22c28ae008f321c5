//! The known name that a misspelt one most likely means.

/// The nearest of `known` to `name`, where it is near enough that one slip of the fingers or two explain it.
pub fn nearest<'k>(name: &str, known: impl IntoIterator<Item = &'k str>) -> Option<&'k str> {
    let folded = fold(name);
    let bound = match folded.len() {
        0..=2 => return None,
        3..=5 => 1,
        _ => 2,
    };
    let mut best: Option<(usize, &str)> = None;
    for candidate in known {
        let other = fold(candidate);
        if other.len().abs_diff(folded.len()) > bound || candidate == name {
            continue;
        }
        let distance = distance(&folded, &other);
        if distance <= bound && best.is_none_or(|(least, _)| distance < least) {
            best = Some((distance, candidate));
        }
    }
    best.map(|(_, candidate)| candidate)
}

/// Case and the choice between `-` and `_` do not count. Long names are cut: nobody misspells the 65th character.
fn fold(name: &str) -> Vec<char> {
    name.chars().take(64).flat_map(char::to_lowercase).map(|c| if c == '_' { '-' } else { c }).collect()
}

/// Insertions, deletions, replacements and swaps of neighbours (optimal string alignment).
fn distance(a: &[char], b: &[char]) -> usize {
    let mut before: Vec<usize> = Vec::new();
    let mut last: Vec<usize> = (0..=b.len()).collect();
    for i in 1..=a.len() {
        let mut row = vec![i];
        for j in 1..=b.len() {
            let same = a[i - 1] == b[j - 1];
            let mut least = (last[j - 1] + usize::from(!same)).min(last[j] + 1).min(row[j - 1] + 1);
            if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                least = least.min(before[j - 2] + 1);
            }
            row.push(least);
        }
        before = std::mem::replace(&mut last, row);
    }
    last[b.len()]
}

#[cfg(test)]
mod tests {
    use super::nearest;

    #[test]
    fn one_slip_in_short_names_and_two_in_long_ones() {
        let known = ["title", "slug", "date", "description"];
        assert_eq!(nearest("desciption", known), Some("description"));
        assert_eq!(nearest("Titel", known), Some("title"));
        assert_eq!(nearest("slgu", known), Some("slug"));
        assert_eq!(nearest("weight", known), None);
        assert_eq!(nearest("layout", known), None);
    }
}
