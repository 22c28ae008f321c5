//! `xml:base`: references resolved against the element around.

use url::Url;

/// `reference`, resolved against `outer`. Kept as given while nothing absolute is known to resolve it against.
pub(super) fn resolve(outer: Option<&str>, reference: &str) -> String {
    let resolved = match outer {
        Some(outer) if reference.is_empty() => Some(outer.to_owned()),
        Some(outer) => Url::parse(outer).ok().and_then(|outer| outer.join(reference).ok()).map(String::from),
        None => None,
    };
    resolved.unwrap_or_else(|| reference.to_owned())
}

#[cfg(test)]
mod tests {
    use super::resolve;

    #[test]
    fn each_base_is_relative_to_the_one_around_it() {
        assert_eq!(resolve(None, "a/b"), "a/b");
        assert_eq!(resolve(Some("https://example.org/a/"), "b/"), "https://example.org/a/b/");
        assert_eq!(resolve(Some("https://example.org/a/"), ""), "https://example.org/a/");
        assert_eq!(resolve(Some("https://example.org/a/"), "https://example.com/"), "https://example.com/");
        assert_eq!(resolve(Some("a/"), "b/"), "b/");
    }
}
