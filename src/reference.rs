//! Relative references made absolute (RFC 3986, section 5).

use std::borrow::Cow;

use url::Url;

/// What references are relative to, parsed once.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Base(Option<Url>);

impl Base {
    /// The address of a document; one that is not absolute itself leaves references as they are.
    pub fn new(address: &str) -> Self {
        Base(Url::parse(address.trim()).ok().filter(|url| !url.cannot_be_a_base()))
    }

    /// Whether there is anything to be relative to.
    pub fn is_known(&self) -> bool {
        self.0.is_some()
    }

    /// The reference as an absolute address; as it is where it is one already, or where no base is known.
    pub fn resolve<'r>(&self, reference: &'r str) -> Cow<'r, str> {
        match &self.0 {
            Some(base) if !is_absolute(reference) => {
                base.join(reference).map_or(Cow::Borrowed(reference), |url| Cow::Owned(url.into()))
            }
            _ => Cow::Borrowed(reference),
        }
    }
}

/// The scheme of an address, where it has one (RFC 3986, section 3.1).
pub fn scheme(address: &str) -> Option<&str> {
    let (scheme, _) = address.split_once(':')?;
    let inside = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'-' | b'.');
    (scheme.starts_with(|c: char| c.is_ascii_alphabetic()) && scheme.bytes().all(inside)).then_some(scheme)
}

/// Whether an address begins with a scheme (RFC 3986, section 3.1).
pub fn is_absolute(address: &str) -> bool {
    let Some(colon) = address.find(':') else { return false };
    let scheme = &address.as_bytes()[..colon];
    scheme.first().is_some_and(u8::is_ascii_alphabetic)
        && scheme.iter().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'-' | b'.'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn absolute_addresses_stay_as_they_are_written() {
        let base = Base::new("https://example.org/a/b");
        assert_eq!(base.resolve("HTTP://Example.org"), "HTTP://Example.org");
        assert_eq!(base.resolve("mailto:a@example.org"), "mailto:a@example.org");
        assert_eq!(base.resolve("c?d"), "https://example.org/a/c?d");
        assert_eq!(base.resolve("//example.com/x"), "https://example.com/x");
        assert_eq!(Base::new("a/b").resolve("c"), "c");
        assert_eq!(Base::new("mailto:x").resolve("c"), "c");
    }
}
