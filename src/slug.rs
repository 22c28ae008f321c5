//! Titles to slugs. The one file that knows deunicode.

use std::borrow::Cow;

use deunicode::deunicode_char;
use unicode_normalization::UnicodeNormalization;

/// Bytes of a slug, so that it fits a file name with a date, an ending and a number beside it.
const LONGEST: usize = 200;

/// The title as a slug: transliterated to ASCII, lower case, `[a-z0-9]+` joined by `-`, at most 200 bytes, cut at a
/// hyphen. Empty when nothing is left.
pub(crate) fn slugify(title: &str) -> String {
    slugified(title).into_owned()
}

/// The same, without a copy where the title is a slug of one word as it stands, as most tags are.
pub(crate) fn slugified(title: &str) -> Cow<'_, str> {
    let is_word = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit();
    if title.len() <= LONGEST && title.bytes().all(is_word) {
        return Cow::Borrowed(title);
    }
    let mut slug = String::with_capacity(title.len().min(LONGEST + 8));
    // ASCII is composed as it stands.
    let (plain, other) = if title.is_ascii() { (title, "") } else { ("", title) };
    for c in plain.chars().chain(other.nfkc()) {
        match c {
            // An apostrophe joins what it stands between: `it's` is no two words.
            '\'' | '\u{2019}' | '\u{2bc}' => {}
            c if c.is_ascii() => push(&mut slug, c),
            c => deunicode_char(c).unwrap_or_default().chars().for_each(|c| push(&mut slug, c)),
        }
        if slug.len() > LONGEST + 1 {
            break;
        }
    }
    if slug.len() > LONGEST {
        let end = slug[..=LONGEST].rfind('-').filter(|&end| end > LONGEST / 2).unwrap_or(LONGEST);
        slug.truncate(end);
    }
    slug.truncate(slug.trim_end_matches('-').len());
    Cow::Owned(slug)
}

fn push(slug: &mut String, c: char) {
    if c.is_ascii_alphanumeric() {
        slug.push(c.to_ascii_lowercase());
    } else if !slug.is_empty() && !slug.ends_with('-') {
        slug.push('-');
    }
}

/// Whether text can be a slug as it stands: letters (none of them a capital) and digits of any script, with single
/// `-`, `_` or `.` between them.
pub(crate) fn is_slug(text: &str) -> bool {
    let mut after_joint = true;
    for c in text.chars() {
        let joint = matches!(c, '-' | '_' | '.');
        let letter = match c {
            '\0'..='\u{7f}' => c.is_ascii_lowercase() || c.is_ascii_digit(),
            _ => c.is_alphanumeric() && !c.is_uppercase() || is_mark(c),
        };
        let fits = if joint { !after_joint } else { letter };
        if !fits {
            return false;
        }
        after_joint = joint;
    }
    !after_joint
}

/// A mark that belongs to the letter before it, as in Devanagari or in decomposed text.
fn is_mark(c: char) -> bool {
    unicode_normalization::char::is_combining_mark(c)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_become_words_joined_by_hyphens() {
        for (title, slug) in [
            ("The Budget: all nine parts!", "the-budget-all-nine-parts"),
            ("It's late", "its-late"),
            ("  --  ", ""),
            ("Straße nach Zürich", "strasse-nach-zurich"),
            ("Привет мир", "privet-mir"),
            ("ﬁne ① Ｗｉｄｅ", "fine-1-wide"),
            ("../../etc/passwd", "etc-passwd"),
            ("C++ & C#", "c-c"),
            ("talks in 'Paris' - News", "talks-in-paris-news"),
            ("U.S. backs", "u-s-backs"),
        ] {
            assert_eq!(slugify(title), slug);
        }
    }

    #[test]
    fn long_slugs_are_cut_at_a_hyphen() {
        let slug = slugify(&"twelve words ".repeat(40));
        assert!(slug.len() <= LONGEST && slug.len() > LONGEST - 10);
        assert!(slug.ends_with("words") || slug.ends_with("twelve"), "{slug}");
        assert_eq!(slugify(&"x".repeat(1_000)).len(), LONGEST);
    }

    #[test]
    fn what_slugify_makes_is_a_slug() {
        for text in ["the-budget", "a_b", "v1.2", "日本語", "हिन्दी", "é"] {
            assert!(is_slug(text), "{text}");
        }
        for text in ["", "a b", "A", "-a", "a-", "a--b", "../x", "a/b", "a?b", "a%2fb", "a\u{202e}b", "a\0"] {
            assert!(!is_slug(text), "{text}");
        }
    }
}
