//! Declarations of namespaces: their URIs and prefixes.

use std::{collections::BTreeSet, ops::Range};

use super::{
    place,
    say::{Said, short},
    table::Weight,
    walk::Vocabulary,
};
use crate::namespace::{NAMESPACES, RSS, SLUGLINE, by_prefix, by_uri};

/// The URIs that were looked at.
#[derive(Debug, Default)]
pub(super) struct Declared {
    known: BTreeSet<String>,
}

/// URIs that are looked at; a document that declares more gains nothing by it.
const MOST: usize = 1000;

impl Vocabulary<'_> {
    /// Looks at the declarations of a start tag.
    pub(super) fn declarations(&mut self, tag: &Range<usize>) {
        let text = self.text;
        let Some(raw) = text.get(tag.clone()) else { return };
        if memchr::memmem::find(raw.as_bytes(), b"xmlns").is_none() {
            return;
        }
        for written in place::attributes(text, tag) {
            let prefix = match written.name.split_once(':') {
                None if written.name == "xmlns" => "",
                Some(("xmlns", prefix)) => prefix,
                _ => continue,
            };
            let uri = &text[written.value.clone()];
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
                let taken = by_prefix(prefix).filter(|_| !prefix.is_empty());
                if let Some(usual) = taken.and_then(|ns| NAMESPACES.get(usize::from(ns.0) - 1)) {
                    let words = format!("the prefix `{prefix}` usually stands for `{}`", usual.uri);
                    let said = Said::new("reserved-prefix", Weight::Should, words, key.clone());
                    let help = "use another prefix, or that namespace";
                    self.raise(said.help(help).w3c(&["ReservedPrefix"]).finding(None));
                }
            }
            return;
        };
        let known = &NAMESPACES[usize::from(ns.0) - 1];
        if known.uri != uri && ns != RSS && ns != SLUGLINE {
            let words = format!("`{}` is not how the namespace `{}` is written", short(trimmed), known.prefix);
            let said = Said::new("misspelt-namespace", Weight::Must, words, at.clone());
            let help = format!("write `{}`: readers compare it letter by letter", known.uri);
            self.raise(said.help(help).w3c(&["InvalidNamespace"]).finding(None));
        }
    }
}
