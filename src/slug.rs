//! Titles to slugs.

/// The title as a slug: transliterated to ASCII, lower case, `[a-z0-9]+` joined by `-`. Empty when nothing is left.
pub fn slugify(title: &str) -> String {
    title.to_owned()
}
