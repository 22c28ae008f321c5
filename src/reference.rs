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

/// Characters that every kind of address may hold behind its host as they are (RFC 3986, section 2), `%` left out.
const PLAIN: [bool; 256] = {
    let mut plain = [false; 256];
    let mut byte = 0;
    while byte < 128 {
        plain[byte] = (byte as u8).is_ascii_alphanumeric();
        byte += 1;
    }
    let others = b"-._~!$&'()*+,;=:@/?#";
    let mut at = 0;
    while at < others.len() {
        plain[others[at] as usize] = true;
        at += 1;
    }
    plain
};

/// Whether an address is what nearly all are: one of the web, its host a name without port, and no character in it that
/// asks for a second look. Where this says yes there is nothing to mend and nothing wrong.
pub(crate) fn is_common(address: &str) -> bool {
    let Some(rest) = address.strip_prefix("https://").or_else(|| address.strip_prefix("http://")) else { return false };
    let rest = rest.as_bytes();
    let end = rest.iter().position(|byte| matches!(byte, b'/' | b'?' | b'#')).unwrap_or(rest.len());
    let (host, rest) = rest.split_at(end);
    let name = |&byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-');
    host.first().is_some_and(u8::is_ascii_alphanumeric)
        && host.iter().all(name)
        && !host.windows(2).any(|two| two == b"..")
        && rest.iter().all(|&byte| PLAIN[usize::from(byte)])
}

/// An address with the characters escaped that none may hold as they are (RFC 3986, section 2), as browsers take it:
/// blanks, `<`, `|`, a `%` that escapes nothing, a bracket that is not around a host. `None` where it is right already.
pub fn mended(address: &str) -> Option<String> {
    if is_common(address) {
        return None;
    }
    let bytes = address.as_bytes();
    let host_end = address.find("://").map_or(0, |at| {
        let start = at + 3;
        address[start..].find(['/', '?', '#']).map_or(address.len(), |end| start + end)
    });
    let is_escape = |at: usize| bytes.get(at + 1..at + 3).is_some_and(|two| two.iter().all(u8::is_ascii_hexdigit));
    let odd = |at: usize, c: char| match c {
        '%' => !is_escape(at),
        '[' | ']' => at >= host_end,
        '"' | '<' | '>' | '\\' | '^' | '`' | '{' | '|' | '}' => true,
        _ => c.is_whitespace() || c.is_control(),
    };
    address.char_indices().find(|&(at, c)| odd(at, c))?;
    let mut whole = String::with_capacity(address.len() + 8);
    let mut buffer = [0; 4];
    for (at, c) in address.char_indices() {
        if odd(at, c) {
            whole.extend(c.encode_utf8(&mut buffer).bytes().map(|byte| format!("%{byte:02X}")));
        } else {
            whole.push(c);
        }
    }
    Some(whole)
}

/// The path of an address, percent-encoded; `None` where it has none, or a query tells the page.
pub fn path(address: &str) -> Option<String> {
    let url = Url::parse(address).ok().filter(|url| matches!(url.scheme(), "http" | "https"))?;
    url.query().is_none().then(|| url.path().to_owned())
}

/// A path with its percent escapes resolved (RFC 3986, section 2.1); a `%` that begins none stays. `None` where that is
/// no UTF-8.
pub fn decoded(path: &str) -> Option<String> {
    let (mut bytes, mut rest) = (Vec::with_capacity(path.len()), path.as_bytes());
    let hex = |byte: u8| char::from(byte).to_digit(16);
    while let Some((&first, tail)) = rest.split_first() {
        rest = tail;
        let escaped = match (first, tail) {
            (b'%', [high, low, after @ ..]) => hex(*high).zip(hex(*low)).map(|(high, low)| (high * 16 + low, after)),
            _ => None,
        };
        match escaped {
            Some((byte, after)) => {
                bytes.push(byte as u8);
                rest = after;
            }
            None => bytes.push(first),
        }
    }
    String::from_utf8(bytes).ok()
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

    #[test]
    fn common_addresses_are_told_from_those_that_need_a_look() {
        for common in ["https://snow.example", "http://a-1.example/b?c=d&e#f", "https://snow.example/~a/(b)"] {
            assert!(is_common(common), "{common}");
        }
        for other in [
            "https://",
            "https:///a",
            "https://.a/",
            "https://a..b/",
            "https://a:80/",
            "https://a@b/",
            "https://[::1]/",
            "https://a/%20",
            "https://a/ b",
            "https://a/é",
            "HTTPS://a/",
            "mailto:a@b",
            "a/b",
            "",
        ] {
            assert!(!is_common(other), "{other}");
        }
    }

    #[test]
    fn what_no_address_may_hold_is_escaped_once() {
        let of = |address| mended(address).unwrap_or_default();
        assert_eq!(of("https://example.org/a b?c[]=50%&d=%20|"), "https://example.org/a%20b?c%5B%5D=50%25&d=%20%7C");
        assert_eq!(of("a\u{a0}<b>"), "a%C2%A0%3Cb%3E");
        for right in ["https://[::1]/a%20b", "https://www.schnee.example/öl", "urn:isbn:1", "#a", ""] {
            assert_eq!(mended(right), None);
        }
    }
}
