//! What XML feeds of every format share: the namespaces that are met in them, which of their elements say what the hub
//! has a field for, and how whatever has no field is kept as rows and written back.
//!
//! - [`mod@self`]: the table of namespaces. [`meaning`]: which element is which [`field::Field`].
//! - [`gather`]: tokens → rows of one element → hub. [`item`] and [`feed`]: a field's value into the hub.
//! - [`emit`]: hub and rows → XML. [`given`]: what kept rows say already, so that it is not written twice.

pub(crate) mod date;
pub(crate) mod disguise;
pub(crate) mod element;
pub(crate) mod emit;
pub(crate) mod feed;
pub(crate) mod field;
pub(crate) mod gather;
pub(crate) mod given;
pub(crate) mod item;
pub(crate) mod link;
pub(crate) mod markup;
pub(crate) mod meaning;
pub(crate) mod name;
pub(crate) mod noted;
pub(crate) mod opened;
pub(crate) mod own;
pub(crate) mod person;
pub(crate) mod rows;
pub(crate) mod say;
mod settle;
pub(crate) mod source;
mod tag;
pub(crate) mod text;
pub(crate) mod told;

#[cfg(test)]
mod tests;

use crate::syntax::xml::Known;
pub(crate) use crate::syntax::xml::Ns;

/// A namespace that feeds use.
#[derive(Debug)]
pub(crate) struct Namespace {
    /// Its number: its place in [`NAMESPACES`], counted from 1.
    pub(crate) ns: Ns,
    /// The prefix that feeds usually give it, and that it is written with.
    pub(crate) prefix: &'static str,
    /// Its URI.
    pub(crate) uri: &'static str,
    /// Other spellings that are met. Case, scheme, `www.` and a closing `/` or `#` need no entry.
    pub(crate) others: &'static [&'static str],
    /// Those of them that are mistakes.
    pub(crate) mistaken: &'static [&'static str],
}

// The constants of `schemas/feed/`, which the build script makes: `ATOM`, `DC`, …, and `NAMESPACES`.
include!(concat!(env!("OUT_DIR"), "/namespaces.rs"));

const URIS: [&str; NAMESPACES.len()] = {
    let mut uris = [""; NAMESPACES.len()];
    let mut at = 0;
    while at < uris.len() {
        uris[at] = NAMESPACES[at].uri;
        at += 1;
    }
    uris
};

/// The namespaces as a tokenizer takes them.
pub(crate) const KNOWN: Known = Known { uris: &URIS, by_uri, by_prefix };

/// The URI without what writers get wrong: case, scheme, `www.`, the closing `/` or `#`.
fn essence(uri: &str) -> String {
    let lower = uri.trim().to_ascii_lowercase();
    let rest = lower.strip_prefix("http://").or_else(|| lower.strip_prefix("https://")).unwrap_or(&lower);
    let rest = rest.strip_prefix("www.").unwrap_or(rest);
    rest.trim_end_matches(['/', '#']).to_owned()
}

/// The namespace of a URI, in any spelling that is met. Called once a declaration, not once an element.
pub(crate) fn by_uri(uri: &str) -> Option<Ns> {
    if let Some(exact) = NAMESPACES.iter().find(|known| known.uri == uri) {
        return Some(exact.ns);
    }
    let wanted = essence(uri);
    let meant = |spelling: &&str| essence(spelling) == wanted;
    let found = NAMESPACES.iter().find(|known| meant(&known.uri) || known.others.iter().any(meant));
    found.map(|known| known.ns)
}

/// What a prefix usually stands for.
pub(crate) fn by_prefix(prefix: &str) -> Option<Ns> {
    let prefix = match prefix {
        "a" | "atom10" => "atom",
        "mrss" => "media",
        "dct" => "dcterms",
        "itms" => "itunes",
        _ => prefix,
    };
    NAMESPACES.iter().find(|known| known.prefix.eq_ignore_ascii_case(prefix)).map(|known| known.ns)
}

/// The number of a canonical URI; [`Ns::NONE`] for none and for what is unknown.
pub(crate) fn number(uri: &str) -> Option<Ns> {
    if uri.is_empty() {
        return Some(Ns::NONE);
    }
    NAMESPACES.iter().find(|known| known.uri == uri).map(|known| known.ns)
}
