//! Tags of Liquid: `{% raw %}`, or `{%- raw -%}` with the signs that eat blanks, and blanks and line ends inside.

use std::ops::Range;

/// Where the next tag of that name without arguments stands, from a byte on.
pub(crate) fn find_tag(text: &str, from: usize, name: &str) -> Option<Range<usize>> {
    text.get(from..)?.match_indices("{%").find_map(|(at, _)| {
        let start = from + at;
        Some(start..start + tag_length(&text[start..], name)?)
    })
}

/// How long the tag is that a text begins with, where it is of that name.
pub(crate) fn tag_length(text: &str, name: &str) -> Option<usize> {
    let inner = text.strip_prefix("{%")?;
    let inner = inner.strip_prefix('-').unwrap_or(inner).trim_start_matches(is_blank);
    let after = inner.strip_prefix(name)?.trim_start_matches(is_blank);
    let after = after.strip_prefix('-').unwrap_or(after).strip_prefix("%}")?;
    Some(text.len() - after.len())
}

/// What Liquid passes over: `\s` of Ruby.
fn is_blank(c: char) -> bool {
    matches!(c, ' ' | '\t'..='\r')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tag_is_found_however_it_is_spaced() {
        for tag in ["{% raw %}", "{%raw%}", "{%- raw -%}", "{%-raw-%}", "{%\n\traw\r\n%}", "{%-\nraw %}"] {
            assert_eq!(tag_length(&format!("{tag} x"), "raw"), Some(tag.len()), "{tag:?}");
            assert_eq!(find_tag(&format!("{{% raw {{%{tag}"), 3, "raw"), Some(9..9 + tag.len()), "{tag:?}");
        }
        for other in [
            "raw %}",
            "{% raw }}",
            "{% - raw %}",
            "{% raws %}",
            "{% endraw %}",
            "{% raw x %}",
            "{%\u{a0}raw %}",
            "{% raw",
        ] {
            assert_eq!((tag_length(other, "raw"), find_tag(other, 0, "raw")), (None, None), "{other:?}");
        }
        assert_eq!(find_tag("{% raw %}", 10, "raw"), None);
    }
}
