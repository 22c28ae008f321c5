//! Links: what makes them absolute. The one file that knows the crate `url`.

use url::Url;

/// Makes relative links absolute.
#[derive(Debug, Clone, Default)]
pub(crate) struct Links {
    /// What links are relative to where no `xml:base` says otherwise.
    document: Option<String>,
    /// The addresses that a reader of the feed takes for its own.
    own: [Option<String>; 2],
    /// The last base that was parsed: items of a feed share theirs.
    parsed: Option<(String, Option<Url>)>,
}

impl Links {
    /// Links of a document at `document`, which need not be known.
    pub(crate) fn new(document: Option<&str>) -> Self {
        Links { document: document.map(str::to_owned), ..Links::default() }
    }

    /// Sets what links are relative to, unless that is no absolute address itself.
    pub(crate) fn set_document(&mut self, address: &str) {
        if is_absolute(address) && self.document.as_deref() != Some(address) {
            self.document = Some(address.to_owned());
        }
    }

    /// What links are relative to where no `xml:base` says otherwise.
    pub(crate) fn document(&self) -> Option<&str> {
        self.document.as_deref()
    }

    /// Sets the addresses that a reader of the feed takes for its own.
    pub(crate) fn set_own(&mut self, own: [Option<String>; 2]) {
        self.own = own;
    }

    /// Whether links relative to `base` need no word about it.
    pub(crate) fn is_own(&self, base: &str) -> bool {
        self.own.iter().flatten().any(|own| own == base)
    }

    /// What links in texts are relative to, where the root says so and it is not the feed's own address.
    pub(crate) fn inherited(&self) -> Option<&str> {
        let known = self.own.iter().any(Option::is_some);
        self.document().filter(|document| known && !self.is_own(document))
    }

    /// `reference` as an absolute address where `base`, or else the document's address, makes one of it; what is
    /// absolute already is not touched.
    pub(crate) fn resolve(&mut self, base: Option<&str>, reference: &str) -> String {
        let reference = reference.trim();
        if reference.is_empty() || is_absolute(reference) {
            return reference.to_owned();
        }
        let base = match (base, self.document.as_deref()) {
            (Some(base), _) if is_absolute(base) => base.to_owned(),
            (Some(base), Some(document)) => join(document, base).unwrap_or_else(|| document.to_owned()),
            (Some(base), None) if base.starts_with("//") => format!("https:{base}"),
            (None, Some(document)) => document.to_owned(),
            (_, None) => return reference.to_owned(),
        };
        if self.parsed.as_ref().is_none_or(|(known, _)| *known != base) {
            let url = Url::parse(&base).ok();
            self.parsed = Some((base, url));
        }
        let url = self.parsed.as_ref().and_then(|(_, url)| url.as_ref());
        url.and_then(|url| url.join(reference).ok()).map_or_else(|| reference.to_owned(), String::from)
    }
}

fn join(base: &str, reference: &str) -> Option<String> {
    Some(Url::parse(base).ok()?.join(reference).ok()?.into())
}

/// Whether an address begins with a scheme (RFC 3986, section 3.1).
pub(crate) fn is_absolute(address: &str) -> bool {
    let Some(colon) = address.find(':') else { return false };
    let scheme = &address.as_bytes()[..colon];
    scheme.first().is_some_and(u8::is_ascii_alphabetic)
        && scheme.iter().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'-' | b'.'))
}

/// Whether an address is one of the web: what a browser opens.
pub(crate) fn is_web(address: &str) -> bool {
    let starts = |scheme: &str| address.get(..scheme.len()).is_some_and(|start| start.eq_ignore_ascii_case(scheme));
    (starts("http://") || starts("https://")) && !address.contains(char::is_whitespace)
}

/// The host of an address.
pub(crate) fn host(address: &str) -> Option<String> {
    Url::parse(address).ok()?.host_str().map(str::to_owned)
}

/// Resolves what stands before the query of an e-mail link: `mailto:a@b.example?subject=x` → `a@b.example`.
pub(crate) fn mail_address(link: &str) -> Option<&str> {
    let rest = link.get(..7).filter(|scheme| scheme.eq_ignore_ascii_case("mailto:")).map(|_| &link[7..])?;
    let address = rest.split('?').next()?.trim();
    (!address.is_empty()).then_some(address)
}

/// The word of a link relation: `alternate` of the IANA's URI for it, in lower case without blanks.
pub(crate) fn relation(rel: &str) -> String {
    let rel = rel.trim().to_ascii_lowercase();
    for registry in ["http://www.iana.org/assignments/relation/", "https://www.iana.org/assignments/relation/"] {
        if let Some(word) = rel.strip_prefix(registry) {
            return word.to_owned();
        }
    }
    rel
}
