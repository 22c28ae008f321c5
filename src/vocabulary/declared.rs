//! Declarations of namespaces: their URIs and prefixes.

use std::{collections::BTreeSet, ops::Range};

use super::{
    kind, place,
    say::{Said, short},
    table::Weight,
    walk::Vocabulary,
};
use crate::{
    namespace::{NAMESPACES, RSS, SLUGLINE, XHTML, by_prefix, by_uri},
    syntax::xml::Open,
};

/// The URIs that were looked at.
#[derive(Debug, Default)]
pub(super) struct Declared {
    known: BTreeSet<String>,
}

/// URIs that are looked at; a document that declares more gains nothing by it.
const MOST: usize = 1000;

impl Vocabulary<'_> {
    /// Looks at the declarations of a start tag.
    pub(super) fn declarations(&mut self, open: &Open<'_>) {
        let tag = &open.range;
        // Most tags have a name, with a colon perhaps, brackets and a slash, and nothing else.
        if tag.len() <= open.prefix.len() + open.local.len() + "<:/>".len() {
            return;
        }
        let text = self.text;
        let Some(raw) = text.get(tag.clone()) else { return };
        let raw = &*raw;
        if memchr::memmem::find(raw.as_bytes(), b"xmlns").is_none() {
            return;
        }
        for (name, written) in place::attributes(raw, tag.start) {
            let prefix = match name.split_once(':') {
                None if name == "xmlns" => "",
                Some(("xmlns", prefix)) => prefix,
                _ => continue,
            };
            let uri = &raw[written.value.start - tag.start..written.value.end - tag.start];
            if uri.is_empty() || self.declared.known.len() >= MOST || !self.declared.known.insert(uri.to_owned()) {
                continue;
            }
            self.declaration(prefix, uri, &written.value, &written.key);
        }
    }

    fn declaration(&mut self, prefix: &str, uri: &str, at: &Range<usize>, key: &Range<usize>) {
        let trimmed = uri.trim();
        let Some(ns) = by_uri(uri) else {
            if !self.is_own(uri) {
                let words = format!("the namespace `{}` is not known: what is in it is not checked", short(trimmed));
                let said = Said::new("unknown-namespace", Weight::May, words, at.clone());
                self.raise(said.w3c(&["UnknownNamespace"]).finding(None));
                if let Some(usual) = by_prefix(prefix).filter(|_| !prefix.is_empty()) {
                    self.taken(prefix, NAMESPACES[usize::from(usual.0) - 1].uri, key);
                }
                let mut complaints = Vec::new();
                (kind::ABSOLUTE_URL.check)(trimmed, &[], &mut complaints);
                if let Some(complaint) = complaints.into_iter().find(|complaint| complaint.weight.is_none()) {
                    let words = if complaint.words.is_empty() { "this is no address".into() } else { complaint.words };
                    let said = Said::new("invalid-url", Weight::Should, words, at.clone()).help(complaint.help);
                    self.raise(said.w3c(complaint.w3c).finding(None));
                }
            }
            return;
        };
        let known = &NAMESPACES[usize::from(ns.0) - 1];
        let near = |other: &str| same_but_for_spelling(uri, other);
        let usual = known.others.contains(&uri) && !known.mistaken.contains(&uri);
        let wrong = !usual && near(known.uri) || known.mistaken.iter().any(|other| *other == uri || near(other));
        if known.uri != uri && wrong && ns != RSS && ns != SLUGLINE {
            let words = format!("`{}` is not how the namespace `{}` is written", short(trimmed), known.prefix);
            let said = Said::new("misspelt-namespace", Weight::Must, words, at.clone());
            let help = format!("write `{}`: readers compare it letter by letter", known.uri);
            self.raise(said.help(help).w3c(&["InvalidNamespace", "UnknownNamespace"]).finding(None));
        }
        if prefix.is_empty() {
            return;
        }
        if ns == XHTML {
            self.prefixed(key);
        }
        if let Some(usual) = by_prefix(prefix).filter(|usual| *usual != ns) {
            self.taken(prefix, NAMESPACES[usize::from(usual.0) - 1].uri, key);
        }
    }

    /// A prefix that usually stands for something else.
    fn taken(&mut self, prefix: &str, usual: &str, key: &Range<usize>) {
        let words = format!("the prefix `{prefix}` usually stands for `{usual}`");
        let said = Said::new("reserved-prefix", Weight::Should, words, key.clone());
        self.raise(said.help("use another prefix").w3c(&["ReservedPrefix"]).finding(None));
    }

    /// A prefix for what is mostly written without one.
    pub(super) fn prefixed(&mut self, at: &Range<usize>) {
        let words = "some readers know these elements without a prefix only";
        let said = Said::new("needless-prefix", Weight::May, words, place::name(self.text, at));
        let help = "declare the namespace without a prefix: `xmlns=\"…\"`";
        self.raise(said.help(help).w3c(&["AvoidNamespacePrefix"]).finding(None));
    }

    /// A document type that RSS 0.91 had.
    pub(super) fn doctype(&mut self, root: &Range<usize>) {
        let Some(before) = self.text.get(0..root.start) else { return };
        let Some(at) = memchr::memmem::find(before.as_bytes(), b"<!DOCTYPE") else { return };
        if memchr::memmem::find(&before.as_bytes()[at..], b"netscape.com").is_some() {
            let words = "the document type of RSS 0.91 is no longer published";
            let said = Said::new("deprecated", Weight::Should, words, at..at + "<!DOCTYPE".len());
            self.raise(said.help("leave the line out").w3c(&["DeprecatedDTD"]).finding(None));
        }
    }
}

/// Whether two URIs differ in letter case, scheme, `www.` or a closing `/` or `#` only.
fn same_but_for_spelling(one: &str, other: &str) -> bool {
    let bare = |uri: &str| {
        let lower = uri.trim().to_ascii_lowercase();
        let rest = lower.strip_prefix("https://").or_else(|| lower.strip_prefix("http://")).unwrap_or(&lower);
        rest.strip_prefix("www.").unwrap_or(rest).trim_end_matches(['/', '#']).to_owned()
    };
    bare(one) == bare(other)
}
